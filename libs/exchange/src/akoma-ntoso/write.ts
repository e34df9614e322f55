import { drafted, type DraftParagraph, type DraftPiece } from '../draft/drafted.js';
import type { ExchangedDocument, ExchangedSignatory } from '../document.js';
import { el, type Xml, xmlDocument } from '../markup.js';
import { identification, lifecycle, nameOf, proprietary, references, workflow } from './meta.js';
import { AKN, type Authority, dayOf, fullDate } from './names.js';

export interface AkomaNtosoOptions {
  readonly authority: Authority;
  /** Instant or day of the export. */
  readonly at: string;
}

type Bracket = NonNullable<ExchangedDocument['brackets']>[number];

/** Words with their line ends, cut where a bracket begins or ends. */
function words(text: string): (string | Xml)[] {
  return text.split('\n').flatMap((line, i) => (i === 0 ? [line] : [el('br'), line]));
}
/** The brackets within a run that begins at `start` of the clause's text. */
function bracketed(text: string, start: number, brackets: readonly Bracket[]): (string | Xml)[] {
  const own = brackets.map((b) => ({ from: Math.max(b.from - start, 0), to: Math.min(b.to - start, text.length) })).filter((b) => b.from < b.to).toSorted((a, b) => a.from - b.from || b.to - a.to);
  const out: (string | Xml)[] = [];
  let at = 0;
  for (const { from, to } of own) {
    // A bracket within a bracket is not marked twice: the standard's inline would have to be nested as the groups nested it.
    if (from < at) continue;
    out.push(...words(text.slice(at, from)), el('inline', { name: 'bracketed' }, ...words(text.slice(from, to))));
    at = to;
  }
  return [...out, ...words(text.slice(at))];
}
function inline(pieces: readonly DraftPiece[], brackets: readonly Bracket[]): (string | Xml)[] {
  let at = 0;
  return pieces.flatMap(({ kind, text, by }) => {
    if (kind === 'added') return [el('ins', { refersTo: `#amendment_${by?.id ?? ''}` }, ...words(text))];
    const content = bracketed(text, at, brackets);
    at += text.length;
    return kind === 'removed' ? [el('del', { refersTo: `#amendment_${by?.id ?? ''}` }, ...content)] : content;
  });
}

/** Clauses of a memorandum that carry no number stand before the articles or behind them, as far as they really do. */
const BEFORE = new Set(['title', 'parties', 'preamble']);
const BEHIND = new Set(['done-at', 'signatures']);

const ELEMENT: Readonly<Record<string, readonly [name: string, id: string]>> = { preambular: ['recital', 'rec'], operative: ['clause', 'cl'], article: ['article', 'art'], annex: ['hcontainer', 'anx'] };

function clauseElement({ clause, pieces, added }: DraftParagraph, n: number, brackets: readonly Bracket[]): Xml {
  const content = inline(pieces, brackets);
  // What an amendment would bring is no clause yet: it has no identity of its own here and is named by its amendment.
  const identity = { GUID: added === null ? clause.id : null, refersTo: clause.verb === null ? null : `#verb_${clause.verb}` };
  const [name, prefix] = ELEMENT[clause.section]!;
  if (clause.kind !== undefined && clause.label === '') return el('block', { name: clause.kind, eId: `blk_${n}`, ...identity }, ...content);
  const num = clause.label === '' ? null : el('num', {}, clause.label);
  const p = el('p', {}, ...content);
  const own = { eId: `${prefix}_${n}`, ...identity, class: added === null ? (clause.kind ?? null) : 'proposed' };
  if (name === 'recital') return el('recital', own, num, p);
  return el(name, name === 'hcontainer' ? { name: 'annex', ...own } : own, num, el('content', {}, p));
}

const signature = (s: ExchangedSignatory, n: number, lang: string): Xml => {
  const { date } = fullDate(s.at);
  return el('p', { eId: `sig_${n}`, class: s.withdrawnAt === null ? (s.later ? 'later' : null) : 'withdrawn' },
    el('signature', {}, el('person', { refersTo: `#person_${s.personId}`, as: `#role_${s.capacity}` }, s.name), ', ',
      el('organization', { refersTo: `#parliament_${s.parliament}` }, s.parliamentName[lang] ?? Object.values(s.parliamentName)[0] ?? s.parliament), ', ', el('date', { date }, s.at)));
};

/** Corrections, withdrawals, reservations and what stands above the text; those who signed and withdrew stay, with the day. */
function notes(doc: ExchangedDocument, lang: string, apart: readonly Xml[]): Xml | null {
  const say = (texts: Readonly<Record<string, string>>) => texts[lang] ?? Object.values(texts)[0] ?? '';
  const date = (at: string) => el('date', { date: fullDate(at).date }, at);
  const all = [
    ...doc.notices.map((n, i) => el('note', { eId: `note_notice_${i + 1}`, class: n.kind }, el('p', {}, date(n.at), ' ', ...words(say(n.text))))),
    ...doc.signatories.flatMap((s, i) => (s.withdrawnAt === null ? [] : [el('note', { eId: `note_withdrawn_${i + 1}`, class: 'withdrawn', placementBase: `#sig_${i + 1}` }, el('p', {}, s.name, ' ', date(s.withdrawnAt)))])),
    ...doc.reservations.map((r, i) => el('note', { eId: `note_reservation_${i + 1}`, class: 'reservation' },
      el('p', {}, el('organization', { refersTo: `#group_${r.groupId}` }, say(doc.groups.find((g) => g.id === r.groupId)?.name ?? {}) || r.groupId), ' (', r.clauses.join(', '), '): ', ...words(say(r.text))))),
    ...apart,
  ];
  return all.length === 0 ? null : el('notes', { source: '#network' }, ...all);
}

/**
 * One language of a document as Akoma Ntoso 3.0. With amendments, the text as it stands carries their words as `ins` and `del`; those in the way of others stand in notes.
 * Clauses keep their ids in `GUID`; `eId` follows the naming convention.
 */
export function toAkomaNtoso(doc: ExchangedDocument, lang: string, { authority, at }: AkomaNtosoOptions): string {
  const say = (texts: Readonly<Record<string, string>>) => texts[lang] ?? texts[doc.languages[0]?.tag ?? ''] ?? Object.values(texts)[0] ?? '';
  const { paragraphs, apart } = drafted(doc, lang, doc.amendments);
  const brackets = (id: string) => (doc.brackets ?? []).filter((b) => b.clauseId === id && b.lang === lang);
  const counts = new Map<string, number>();
  const element = (p: DraftParagraph): Xml => {
    const kind = p.clause.kind !== undefined && p.clause.label === '' ? 'block' : p.clause.section;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return clauseElement(p, counts.get(kind)!, brackets(p.clause.id));
  };
  const numberless = (p: DraftParagraph, of: ReadonlySet<string>) => p.clause.label === '' && of.has(p.clause.kind ?? '');
  let from = 0;
  while (from < paragraphs.length && numberless(paragraphs[from]!, BEFORE)) from++;
  let to = paragraphs.length;
  while (to > from && numberless(paragraphs[to - 1]!, BEHIND)) to--;
  const head = paragraphs.slice(0, from).map(element);
  const recitals = paragraphs.filter((p) => p.clause.section === 'preambular').map(element);
  const body = paragraphs.slice(from, to).filter((p) => p.clause.section !== 'preambular').map(element);
  const tail = paragraphs.slice(to).map(element);
  const others = apart.map(({ amendment, paragraphs: own }, i) =>
    el('note', { eId: `note_amendment_${i + 1}`, class: 'amendment' }, own.map((p) => el('p', { refersTo: `#amendment_${amendment.id}` }, p.clause.label === '' ? null : `${p.clause.label} `, ...inline(p.pieces, [])))));
  const signatures = doc.signatories.map((s, i) => signature(s, i + 1, lang));
  const done = doc.publishedAt === null ? [] : [el('p', { class: 'published' }, el('date', { date: dayOf(doc.publishedAt) }, dayOf(doc.publishedAt)))];
  const attribution = doc.attribution[lang] ?? '';
  const root = el('akomaNtoso', { xmlns: AKN },
    el(doc.type === 'mou' ? 'doc' : 'statement', { name: nameOf(doc), contains: doc.corrections > 0 ? 'singleVersion' : 'originalVersion' },
      el('meta', {}, identification(doc, lang, authority, at), lifecycle(doc), workflow(doc), references(doc, lang, authority), notes(doc, lang, others), proprietary(doc, lang)),
      el('preface', { 'xml:lang': lang },
        el('longTitle', { eId: 'longTitle' }, el('p', {}, el('docTitle', {}, ...words(say(doc.title))))),
        attribution === '' ? null : el('p', { class: 'attribution' }, el('docAuthority', {}, ...words(attribution)))),
      head.length + recitals.length === 0 ? null : el('preamble', { 'xml:lang': lang }, ...head, recitals.length === 0 ? null : el('recitals', { eId: 'recs' }, ...recitals)),
      el('mainBody', { 'xml:lang': lang }, ...(body.length === 0 ? [el('p', {})] : body)),
      tail.length + signatures.length + done.length === 0 ? null : el('conclusions', { 'xml:lang': lang }, ...tail, ...done, ...signatures)));
  return xmlDocument(root);
}
