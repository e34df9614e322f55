import type { Multilingual, Row } from '#kernel';
import type { MouDoc } from '#contexts/agreements';
import type { AmendmentDoc, StatementDoc } from '#contexts/statements';
import type { ExchangedAmendment, ExchangedDocument, ExchangedLanguage, ExchangedSignatory } from '#exchange';
import type { ExportVoice, Names } from './voice.js';

/** View documents as what is exchanged with the world; names are those that the reader may know. */

export interface Around {
  readonly names: Names;
  readonly voice: ExportVoice;
  readonly history: ExchangedDocument['history'];
  /** Parliament of each group, where the reader may know it. */
  readonly parliaments: Readonly<Record<string, string | null>>;
  /** Origin of the public site, such as `https://example.org`. */
  readonly origin: string;
}
const nameOf = (names: Names, stream: string): Multilingual => names[stream] ?? {};
const plainName = (names: Names, stream: string): string => nameOf(names, stream)['en'] ?? Object.values(nameOf(names, stream))[0] ?? stream.slice(stream.indexOf('-') + 1);

/** Streams whose names a statement shows. */
export const namedIn = (doc: StatementDoc, amendments: readonly AmendmentDoc[]): string[] => [
  ...doc.signatories.flatMap((s) => [`parliament-${s.snapshot.parliament}`, ...(s.groupId === null ? [] : [`group-${s.groupId}`])]),
  ...[...doc.sponsors, ...doc.endorsements.map((e) => e.groupId), ...doc.reservations.map((r) => r.groupId), ...amendments.map((a) => a.by)].map((id) => `group-${id}`),
  ...amendments.flatMap((a) => (a.personId === null ? [] : [`person-${a.personId}`])),
];
export const namedInMou = (doc: MouDoc): string[] => [...doc.participants.map((p) => `group-${p.groupId}`), ...doc.signatures.flatMap((s) => [...(s.personId === null ? [] : [`person-${s.personId}`]), ...(s.groupId === null ? [] : [`group-${s.groupId}`])])];

const amendmentOf = ({ id, doc }: Row<AmendmentDoc>, names: Names): ExchangedAmendment => ({
  id, number: doc.number, by: Object.keys(nameOf(names, `group-${doc.by}`)).length > 0 ? nameOf(names, `group-${doc.by}`) : { [doc.lang]: doc.by },
  author: doc.personId === null ? null : plainName(names, `person-${doc.personId}`), at: doc.at, lang: doc.lang, operations: doc.operations, rationale: doc.rationale,
});

function languagesOf(doc: StatementDoc): ExchangedLanguage[] {
  const digests = doc.published?.digests ?? doc.sealed?.digests ?? doc.frozen?.digests ?? {};
  const known = new Map<string, ExchangedLanguage['status']>(doc.languages.map((tag) => [tag, 'authentic']));
  for (const { lang, status } of doc.versions) if (!known.has(lang)) known.set(lang, status);
  for (const { tag, status } of doc.published?.languages ?? []) known.set(tag, status);
  return [doc.leadLanguage, ...[...known.keys()].filter((tag) => tag !== doc.leadLanguage)].map((tag) => ({ tag, status: known.get(tag) ?? 'authentic', digest: digests[tag] ?? doc.versions.find((v) => v.lang === tag)?.digest ?? null }));
}

/** @param amendments those of the statement that are open and that the reader may see */
export function exchangedStatement({ id, doc, mode }: Row<StatementDoc>, amendments: readonly Row<AmendmentDoc>[], { names, voice, history, parliaments, origin }: Around): ExchangedDocument {
  const groups = [...new Set([...doc.endorsements.map((e) => e.groupId), ...doc.sponsors, ...doc.reservations.map((r) => r.groupId), ...doc.signatories.flatMap((s) => s.groupId ?? [])])];
  const corrections = doc.published?.corrections ?? doc.corrections.length;
  const revision = doc.published?.revision ?? doc.revision;
  const isPublic = doc.published !== null && mode !== 'exercise';
  return {
    type: 'statement', id, kind: doc.kind, status: doc.status, title: doc.subject, languages: languagesOf(doc),
    clauses: doc.clauses.map(({ id: clauseId, label, section, verb, text }) => ({ id: clauseId, label, section, verb, text })),
    attribution: voice.attribution(doc.attribution, names), revision, corrections, digest: doc.published?.digest ?? doc.sealed?.digest ?? doc.frozen?.digest ?? null,
    signatories: doc.signatories.map((s): ExchangedSignatory => ({
      personId: s.personId, name: s.snapshot.name, title: s.snapshot.title ?? null, party: s.snapshot.party ?? null, side: s.snapshot.side, chamber: s.snapshot.chamber ?? '', parliament: s.snapshot.parliament,
      parliamentName: nameOf(names, `parliament-${s.snapshot.parliament}`), groupId: s.groupId, capacity: s.capacity, at: s.at, later: s.later, withdrawnAt: s.withdrawn?.at ?? null,
    })),
    groups: groups.map((g) => ({ id: g, name: nameOf(names, `group-${g}`), parliament: parliaments[g] ?? null, endorsedAt: doc.endorsements.find((e) => e.groupId === g)?.at ?? null })),
    reservations: doc.reservations.map((r) => ({ groupId: r.groupId, clauses: r.clauses.map((c) => c.label), text: r.text })),
    history,
    notices: [
      ...doc.notices.map((n) => ({ kind: n.kind, at: n.at, text: voice.inAll((lang) => (n.kind === 'superseded' ? voice.say(lang, 'export.notice.superseded') : voice.say(lang, 'export.notice.retracted', { reason: n.reason[lang] ?? Object.values(n.reason)[0] ?? '' }))) })),
      ...doc.corrections.map((c) => ({ kind: 'rectified', at: c.at, text: voice.inAll((lang) => voice.say(lang, 'export.notice.rectified', { lang: c.lang, wrong: c.wrong, right: c.right })) })),
    ],
    amendments: amendments.filter((a) => a.doc.to === null).toSorted((a, b) => a.doc.number - b.doc.number).map((a) => amendmentOf(a, names)),
    brackets: doc.brackets.map(({ clauseId, lang, from, to }) => ({ clauseId, lang, from, to })),
    publishedAt: doc.published?.at ?? null,
    address: isPublic ? `${origin}/public/statements/${id}/r${revision}${corrections > 0 ? `-c${corrections}` : ''}` : null,
    exercise: mode === 'exercise',
  };
}

/** A memorandum as it reads now; those who signed as printed where that is all that is known. */
export function exchangedMou({ id, doc, mode }: Row<MouDoc>, { names, voice, history, parliaments }: Around): ExchangedDocument {
  const tags = doc.authenticLanguages.length > 0 ? doc.authenticLanguages : Object.keys(doc.titles);
  const digests = doc.digests ?? {};
  const parliamentOf = (groupId: string | null) => (groupId === null ? null : (parliaments[groupId] ?? null));
  return {
    type: 'mou', id, kind: null, status: doc.status, title: doc.titles, languages: tags.map((tag) => ({ tag, status: 'authentic', digest: digests[tag] ?? null })),
    clauses: doc.clauses.filter((c) => !c.dropped).map((c) => ({ id: c.clauseId, label: c.number ?? '', section: 'article', verb: null, text: c.text, kind: c.kind })),
    attribution: {}, revision: Math.max(1, ...doc.clauses.flatMap((c) => c.revision ?? [])), corrections: doc.corrections.length, digest: null,
    signatories: doc.signatures.map((s, i): ExchangedSignatory => ({
      personId: s.personId ?? `unknown-${i + 1}`, name: s.personId === null ? (s.asPrinted ?? '?') : plainName(names, `person-${s.personId}`), title: null, party: null, side: 'unknown', chamber: '', parliament: parliamentOf(s.groupId) ?? '',
      parliamentName: parliamentOf(s.groupId) === null ? {} : nameOf(names, `parliament-${parliamentOf(s.groupId)}`), groupId: s.groupId, capacity: s.capacity, at: s.at, later: false, withdrawnAt: null,
    })),
    groups: doc.participants.map((p) => ({ id: p.groupId, name: nameOf(names, `group-${p.groupId}`), parliament: parliamentOf(p.groupId), endorsedAt: null })),
    reservations: [], history,
    notices: doc.corrections.map((c) => ({ kind: 'rectified', at: c.at, text: voice.inAll((lang) => voice.say(lang, 'export.notice.rectified', { lang: c.lang, wrong: c.wrong, right: c.right })) })),
    amendments: [], publishedAt: doc.effect === null ? null : (history.find((h) => h.act === 'entered-into-effect')?.at ?? null), address: null, exercise: mode === 'exercise',
  };
}
