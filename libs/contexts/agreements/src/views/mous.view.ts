import type { Multilingual, View } from '#kernel';
import { asDate, latest } from '../mou/days.js';
import type { DataOf, MouEvent } from '../mou/events.js';
import { written } from '../mou/text.js';
import { draftingWarnings } from '../mou/warnings.js';
import { inTheLife } from './mou-life.js';
import { type ClauseDoc, type MouDoc, numbered, present } from './mou.doc.js';
import { mouDuties, nextStep } from './next-step.js';

type Handlers = View<MouDoc, MouEvent>['on'];

const EMPTY = {
  proposedBy: null, supersedes: [], supersededBy: null, negotiation: null, clauses: [], digests: null, initials: [], reopenings: [],
  authorisations: [], signing: null, declined: [], counterparts: null, signatures: [], witnesses: [], signedOn: null, source: null, effect: null, expiresOn: null, original: null, consolidated: null,
  corrections: [],
  amendments: [], accessions: [], withdrawals: [], renewals: [], activities: [], reviews: [], certifiedCopies: [], suspension: null, ended: null,
  unknowns: [], next: null,
} satisfies Partial<MouDoc>;
const founders = (ids: readonly string[], since: string | null) =>
  ids.map((groupId) => ({ groupId, since, acceded: false, withdrewOn: null }));

const warningsOf = (text: Multilingual): ClauseDoc['warnings'] => {
  const found = Object.entries(text).map(([lang, words]) => [lang, draftingWarnings(words, lang)] as const);
  return Object.fromEntries(found.filter(([, list]) => list.length > 0));
};
const clauseDoc = (clauseId: string, kind: ClauseDoc['kind'], text: Multilingual, by: string | null): ClauseDoc => ({
  clauseId, kind, number: null, text, revision: by === null ? null : 1, by, agreedBy: [], agreed: by === null, stale: [], dropped: false, brackets: [],
  warnings: {},
});
const onClause = (doc: MouDoc, id: string, to: (clause: ClauseDoc) => ClauseDoc): MouDoc => ({
  ...doc, digests: null, initials: [], clauses: doc.clauses.map((c) => (c.clauseId === id ? to(c) : c)),
});

/** Of what a record from a source does not tell, the names (MOU-11). */
function unknownIn(d: DataOf<'MouRecordedFromSource'>): string[] {
  const marks: [string, boolean][] = [
    ['text', d.clauses === undefined],
    ['signed-on', !/^\d{4}-\d{2}-\d{2}$/.test(d.signedOn)],
    ['authorisations', true],
    ['signing-method', true],
    ['purpose', d.purpose === undefined],
    ['bindingness', d.bindingness === undefined],
    ['authentic-languages', d.authenticLanguages === undefined],
    ['effect-rule', d.terms?.effect === undefined],
    ['terms', d.terms === undefined],
    ['signatories', d.signatories.length === 0 || d.signatories.some((s) => s.personId === undefined)],
  ];
  return marks.flatMap(([name, unknown]) => (unknown ? [name] : []));
}

const towardsSignature: Handlers = {
  MouProposed: (_, d) => ({
    ...EMPTY,
    status: 'proposed', mouId: d.mouId, titles: d.titles, purpose: d.purpose, imported: false, proposedBy: d.by,
    participants: founders(d.participants, null), bindingness: d.bindingness, authenticLanguages: d.authenticLanguages,
    terms: {
      effect: d.effect, accession: d.accession, withdrawalNoticeMonths: d.withdrawalNoticeMonths, amendmentConsent: d.amendmentConsent,
      suspension: d.suspension, numberStyle: d.numberStyle, duration: d.duration, renewal: d.renewal, renewalMonths: d.renewalMonths,
    },
    supersedes: d.supersedes ?? [],
  }),
  MouRecordedFromSource: (_, d) => ({
    ...EMPTY,
    status: 'signed', mouId: d.mouId, titles: d.titles, purpose: d.purpose ?? null, imported: true,
    participants: founders(d.participants, d.signedOn), bindingness: d.bindingness ?? null, authenticLanguages: d.authenticLanguages ?? [],
    terms: d.terms ?? {},
    clauses: (d.clauses ?? []).map((c) => clauseDoc(c.clauseId, c.kind, c.text, null)),
    digests: d.digests ?? null,
    signatures: d.signatories.map((s) => ({
      personId: s.personId ?? null, asPrinted: s.asPrinted, groupId: s.groupId ?? null, capacity: s.capacity, at: d.signedOn, place: null,
      method: 'unknown', digests: d.digests ?? {}, evidenceRef: null, effective: true, confirmedAt: null,
      proxyBy: null,
    })),
    signedOn: d.signedOn,
    source: { sources: d.sources, confidence: d.confidence, textAvailable: d.textAvailable, present: d.present },
    unknowns: unknownIn(d),
  }),
  MouNegotiationOpened: (doc, d) => doc && { ...doc, status: 'negotiating', negotiation: { leads: d.leads, timetable: d.timetable } },
  MouClauseProposed: (doc, d) => doc && {
    ...doc, digests: null, initials: [],
    clauses: doc.clauses.toSpliced(Math.min(d.position, doc.clauses.length + 1) - 1, 0, clauseDoc(d.clauseId, d.kind, d.text, d.by)),
  },
  MouClauseRevised: (doc, d) => doc && onClause(doc, d.clauseId, (c) => ({
    ...c, ...written(c, d.text), revision: d.revision, by: d.by, agreedBy: [], dropped: false,
  })),
  MouTextBracketed: (doc, d) => doc && onClause(doc, d.clauseId, (c) => ({
    ...c, agreedBy: [],
    brackets: [...c.brackets, { bracketId: d.bracketId, revision: d.revision, range: d.range ?? null, by: d.by, alternatives: d.alternatives }],
  })),
  MouBracketsLifted: (doc, d) => doc && onClause(doc, d.clauseId, (c) => ({
    ...c, ...written(c, d.text ?? {}), revision: d.revision, agreedBy: [], brackets: c.brackets.filter((b) => b.bracketId !== d.bracketId),
    by: d.text === undefined ? c.by : d.by, dropped: d.resolution === 'dropped' && d.text === undefined,
  })),
  MouClauseAgreed: (doc, d) => doc && {
    ...doc,
    clauses: doc.clauses.map((c) =>
      c.clauseId === d.clauseId && c.revision === d.revision
        ? { ...c, agreedBy: [...c.agreedBy.filter((a) => a.groupId !== d.groupId), { groupId: d.groupId, mode: d.mode }] }
        : c),
  },
  MouTextInitialled: (doc, d) => doc && {
    ...doc, digests: d.digests, initials: d.initials,
    status: present(doc).every((g) => d.initials.some((i) => i.groupId === g)) ? 'initialled' : doc.status,
  },
  MouTextReopened: (doc, d) => doc && {
    ...doc, status: 'negotiating', digests: null, initials: [], authorisations: [], reopenings: [...doc.reopenings, d],
  },
  MouPartyAuthorised: (doc, d) => doc && { ...doc, authorisations: [...doc.authorisations.filter((a) => a.groupId !== d.groupId), d] },
  // From here the network reads along: what only the negotiators may know leaves the document (G5); the record keeps it under its own label.
  MouOpenedForSignature: (doc, d) => doc && {
    ...doc, status: 'openForSignature', negotiation: null, reopenings: [],
    signing: {
      from: d.from, until: d.until ?? null, mode: d.mode, place: d.place ?? null, alternat: d.alternat ?? false, order: d.order ?? [],
      turn: null, closedAt: null,
    },
    clauses: doc.clauses.filter((c) => !c.dropped).map((c) => ({ ...c, revision: null, by: null, agreedBy: [], brackets: [] })),
  },
  MouSigned: (doc, d) => doc && {
    ...doc, status: doc.status === 'openForSignature' ? 'partlySigned' : doc.status,
    declined: doc.declined.filter((r) => r.groupId !== d.groupId),
    signatures: [...doc.signatures, {
      personId: d.personId ?? null, asPrinted: d.asPrinted ?? null, groupId: d.groupId, capacity: d.capacity, at: d.at, place: d.place ?? null,
      method: d.method, digests: d.digests, evidenceRef: d.evidenceRef ?? null, effective: d.capacity === 'for-group', confirmedAt: null,
      proxyBy: d.proxyBy ?? null,
    }],
  },
  MouSignatureDeclined: (doc, d) => doc && {
    ...doc, declined: [...doc.declined, { groupId: d.groupId, personId: d.personId ?? null, reason: d.reason, at: d.at }],
  },
  MouSignatureClosed: (doc, d) => doc && { ...doc, signing: doc.signing && { ...doc.signing, closedAt: d.at } },
  MouSignatureExtended: (doc, d) => doc && { ...doc, signing: doc.signing && { ...doc.signing, until: d.until, closedAt: null } },
  MouSignaturesCompleted: (doc, d) => doc && {
    ...doc, status: 'signed', signedOn: asDate(latest(doc.signatures.map((s) => s.at)) ?? d.at),
    participants: doc.participants.map((p) => ({ ...p, since: asDate(doc.signatures.find((s) => s.groupId === p.groupId)?.at ?? d.at) })),
  },
  MouSignatureConfirmed: (doc, d) => doc && {
    ...doc,
    signatures: doc.signatures.map((s) =>
      s.groupId === d.groupId ? { ...s, effective: true, confirmedAt: d.at, evidenceRef: s.evidenceRef ?? d.authorisationId } : s),
  },
  MouSignatureWitnessed: (doc, d) => doc && {
    ...doc, witnesses: [...doc.witnesses, { personId: d.personId ?? null, asPrinted: d.asPrinted ?? null, of: d.ofSignatureBy ?? null }],
  },
  MouAbandoned: (doc, d) => doc && { ...doc, status: 'abandoned', ended: { on: null, reason: d.reason, decisionRef: null } },
};

/** What follows from the rest is computed after every event: numbers, agreement, warnings, the next step. */
function completed(doc: MouDoc): MouDoc {
  const parties = present(doc);
  const negotiated = doc.status === 'negotiating';
  const clauses = numbered(doc.clauses, doc.terms.numberStyle).map((c) => ({
    ...c,
    agreed: negotiated ? parties.every((g) => c.agreedBy.some((a) => a.groupId === g && a.mode === 'agreed')) : c.agreed,
    warnings: doc.bindingness === 'binding' ? {} : warningsOf(c.text),
  }));
  const unsigned = parties.filter((g) => !doc.signatures.some((s) => s.groupId === g));
  const turn = doc.signing?.order.find((g) => unsigned.includes(g)) ?? null;
  const whole = { ...doc, clauses, signing: doc.signing && { ...doc.signing, turn } };
  return { ...whole, next: nextStep(whole) };
}
type Handler = (doc: MouDoc | null, data: unknown, event: unknown) => MouDoc | null;
const on = Object.fromEntries(
  Object.entries({ ...towardsSignature, ...inTheLife } as Record<string, Handler>).map(([type, fold]): [string, Handler] => [
    type,
    (doc, data, event) => {
      const folded = fold(doc, data, event);
      return folded && completed(folded);
    },
  ]),
) as Handlers;

const pair = (doc: MouDoc, nth: 0 | 1) => (doc.participants.length > 2 ? null : (doc.participants[nth]?.groupId ?? null));

/** The register of memoranda, and the room of each. */
export const mous: View<MouDoc, MouEvent> = {
  name: 'mous',
  version: 2,
  category: 'mou',
  on,
  columns: {
    status: (doc) => doc.status,
    /** All who ever took part, between spaces: for clients to filter. */
    parties: (doc) => ` ${doc.participants.map((p) => p.groupId).join(' ')} `,
    // The two of a bilateral instrument; those of more are found by `multilateral`.
    party1: (doc) => pair(doc, 0),
    party2: (doc) => pair(doc, 1),
    multilateral: (doc) => (doc.participants.length > 2 ? 1 : 0),
    bindingness: (doc) => doc.bindingness,
    accession: (doc) => doc.terms.accession ?? null,
    imported: (doc) => (doc.imported ? 1 : 0),
    signedOn: (doc) => doc.signedOn,
    effectOn: (doc) => doc.effect?.on ?? null,
    expiresOn: (doc) => doc.expiresOn,
  },
  title: (doc) => doc.titles,
  words: (doc) => [...Object.values(doc.purpose ?? {}), ...doc.clauses.flatMap((c) => Object.values(c.text))].join(' '),
  duties: mouDuties,
};
