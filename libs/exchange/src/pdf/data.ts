import type { VerbOfClause } from '../clauses/recognise.js';
import type { ExchangedClause, ExchangedDocument, ExchangedSignatory } from '../document.js';
import { writable } from '../markup.js';
import type { ExportWords } from '../words.js';

export interface PdfOptions {
  /** BCP 47; where the document lacks a text in it, the lead language stands in its place. */
  readonly lang: string;
  readonly words: ExportWords;
  /** Whose document it is, at the head of the first page. */
  readonly network?: string;
  /** Opening words of clauses, for those that stand in italics. */
  readonly openings?: readonly VerbOfClause[];
}
/** Words of a clause as they are printed: the opening stands out, a bracket is drawn and no part of the text. */
interface Piece {
  readonly text: string;
  readonly look: 'plain' | 'opening' | 'bracket';
}
/** What the template prints; strings only, so that nothing that somebody wrote is read as anything else. */
export interface PdfData {
  readonly lang: string;
  readonly region: string | null;
  readonly script: string;
  readonly rtl: boolean;
  readonly title: string;
  readonly [field: string]: unknown;
}

const RTL = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Adlm', 'Nkoo', 'Rohg']);
/** The script in which a language is written by default: `fa` Arab, `zh` Hans. */
export const scriptOf = (tag: string): string => new Intl.Locale(tag).maximize().script ?? 'Latn';
export const isRtl = (tag: string): boolean => RTL.has(scriptOf(tag));
/** Scripts without italics: what would stand in them stands in bold. */
const UPRIGHT = new Set(['Arab', 'Hans', 'Hant', 'Jpan', 'Kore', 'Hebr']);
const pick = (texts: Readonly<Record<string, string>>, lang: string, lead: string): readonly [string, string] =>
  texts[lang] !== undefined ? [texts[lang], lang] : texts[lead] !== undefined ? [texts[lead], lead] : [Object.values(texts)[0] ?? '', Object.keys(texts)[0] ?? lang];

const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/g;
/** Direction is the template's: a control within what people wrote could make the words beside it read otherwise. */
const clean = (text: string): string => writable(text).replaceAll(DIRECTION, '');
/** A part of a line that keeps its own direction. */
const apart = (text: string): string => `\u2068${clean(text)}\u2069`;

const said = (s: ExchangedSignatory, words: ExportWords): string =>
  [s.party === null ? null : apart(s.party), words.capacity(s.capacity), s.later ? `${words.later} ${words.date(s.at)}` : null, s.withdrawnAt === null ? null : words.withdrawn(words.date(s.withdrawnAt))].filter((part) => part !== null && part !== '').join(' · ');

const alike = (text: string): string => text.toLowerCase().replaceAll(/[’‘ʼ]/g, "'").replaceAll('\u00A0', ' ');
/** How far the opening of a clause goes, in UTF-16 units: its verb, with the adverb before it; 0 where it is not found. */
export function openingOf(text: string, verb: VerbOfClause | undefined, lang: string): number {
  const words = verb?.words[lang];
  if (words === undefined) return 0;
  // A particle that is written together with the next word stays with it: letters of one word are of one look.
  const searched = alike(words).replace(/\s+\S*\u0640$/u, '');
  const found = alike(text).indexOf(searched);
  const end = found + searched.length;
  return found >= 0 && found <= 24 && /^[\p{L}\p{M}\s"“«]*$/u.test(text.slice(0, found)) && !/[\p{L}\p{M}]/u.test(text.charAt(end)) ? end : 0;
}

function pieces(doc: ExchangedDocument, { id, verb }: ExchangedClause, text: string, tag: string, openings: readonly VerbOfClause[]): Piece[] {
  const opening = openingOf(text, openings.find((o) => o.key === verb), tag);
  const brackets = (doc.brackets ?? []).filter((b) => b.clauseId === id && b.lang === tag);
  const cuts = [...new Set([0, opening, text.length, ...brackets.flatMap((b) => [b.from, b.to])])].filter((p) => p <= text.length).toSorted((a, b) => a - b);
  const drawn = (sign: string, side: 'from' | 'to', place: number): Piece[] => brackets.filter((b) => b[side] === place).map(() => ({ text: sign, look: 'bracket' }));
  return cuts.flatMap((from, i) => {
    const words = text.slice(from, cuts[i + 1] ?? from);
    return [...drawn(']', 'to', from), ...drawn('[', 'from', from), ...(words === '' ? [] : [{ text: clean(words), look: from < opening ? ('opening' as const) : ('plain' as const) }])];
  });
}

/** The document in one language; where it lacks a text, that of the lead language, marked as such for screen readers by its own language. */
export function pdfData(doc: ExchangedDocument, { lang, words, network = '', openings = [] }: PdfOptions): PdfData {
  const lead = doc.languages[0]?.tag ?? lang;
  const version = doc.languages.find((l) => l.tag === lang);
  const title = clean(pick(doc.title, lang, lead)[0]);
  const locale = new Intl.Locale(lang);
  const language = new Intl.DisplayNames([lang], { type: 'language' }).of(lang) ?? lang;
  const parliaments = [...new Set(doc.signatories.map((s) => s.parliament))];
  const nameOf = (id: string) => pick(doc.groups.find((g) => g.id === id)?.name ?? {}, lang, lead)[0] || id;
  const status = version === undefined ? '' : version.status === 'authentic' ? (doc.publishedAt === null ? '' : words.authentic) : words.status(version.status);
  const revision = `r${doc.revision}${doc.corrections > 0 ? `-c${doc.corrections}` : ''}`;
  const of = (texts: Readonly<Record<string, string>>) => {
    const [text, tag] = pick(texts, lang, lead);
    return { text, tag, lang: new Intl.Locale(tag).language, rtl: isRtl(tag), upright: UPRIGHT.has(scriptOf(tag)) };
  };
  return {
    lang: locale.language, region: locale.region ?? null, script: scriptOf(lang), rtl: isRtl(lang), upright: UPRIGHT.has(scriptOf(lang)), title, network: clean(network),
    // A signed text is nobody's manuscript: who speaks stands in the attribution.
    author: [], keywords: [doc.id, revision],
    short: title.length > 76 ? `${title.slice(0, 74)}…` : title, language,
    // Said on every page: a page may be seen alone.
    warning: doc.exercise ? words.exercise : doc.publishedAt === null ? words.draft(doc.revision) : '',
    kicker: [doc.kind === null ? '' : words.kind(doc.kind), doc.publishedAt === null ? '' : words.date(doc.publishedAt)].filter(Boolean).join(' · '),
    // A memorandum whose text has a title of its own shows that one.
    heading: doc.clauses.some((c) => c.kind === 'title') ? '' : title,
    attribution: clean(pick(doc.attribution, lang, lead)[0]), languageLine: [language, status].filter(Boolean).join(' — '),
    notices: doc.notices.map((n) => {
      const { text, lang: own, rtl } = of(n.text);
      return { at: words.date(n.at), text: clean(text), lang: own, rtl };
    }),
    clauses: doc.clauses.map((c, i) => {
      const { text, tag, ...own } = of(c.text);
      return { label: clean(c.label), begins: i > 0 && doc.clauses[i - 1]!.section !== c.section, title: c.kind === 'title', pieces: pieces(doc, c, text, tag, openings), ...own };
    }),
    reservations: doc.reservations.map((r) => {
      const { text, lang: own, rtl } = of(r.text);
      return { by: clean(nameOf(r.groupId)), on: clean(r.clauses.map((c) => doc.clauses.find(({ id }) => id === c)?.label ?? c).join(', ')), text: clean(text), lang: own, rtl };
    }),
    signatories: parliaments.map((id) => {
      const people = doc.signatories.filter((s) => s.parliament === id);
      return { parliament: clean(pick(people[0]!.parliamentName, lang, lead)[0] || id), people: people.map((s) => ({ name: apart(s.title === null ? s.name : `${s.title} ${s.name}`), withdrawn: s.withdrawnAt !== null, more: said(s, words) })) };
    }),
    digest: version?.digest ?? '', address: doc.address ?? '',
    foot: [revision, version?.digest?.slice(0, 16) ?? '', doc.address?.replace(/^https?:\/\//, '') ?? ''].filter(Boolean).join(' · '),
    words: { signatures: words.signatures, reservations: words.reservations, verify: words.verify },
  };
}
