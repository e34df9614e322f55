/** A concept of the termbase, as far as a translation is held to it. */
export interface TermInForce {
  readonly conceptId: string;
  readonly protected: boolean;
  readonly designations: readonly { readonly lang: string; readonly term: string; readonly status: 'preferred' | 'admitted' | 'avoid' }[];
}
/** `wanted`: what should stand there; `found`: what is to be avoided and stands there, null where the agreed term is missing. */
export interface TermMismatch {
  readonly term: string;
  readonly wanted: string;
  readonly found: string | null;
}

/** Scripts that set no spaces between words: there a term is looked for as it is written. */
const UNSPACED = /^(?:zh|ja|th|km|lo|my|bo)(?:-|$)/;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const HARAKAT = /[\u0640\u064B-\u0652\u0670]/g;
const folded = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(HARAKAT, '').replaceAll(/[أإآٱ]/g, 'ا');

/** Forms under which a word is recognised: the article and the one-letter prefixes of Arabic, the plural of European languages. */
function formsOf(word: string, lang: string): readonly string[] {
  if (lang.startsWith('ar')) {
    const bare = [word, ...(/^[وف]..../u.test(word) ? [word.slice(1)] : [])].flatMap((w) => [w, ...(/^[بكل]..../u.test(w) ? [w.slice(1)] : [])]);
    return bare.flatMap((w) => [w, ...(w.startsWith('ال') && w.length > 4 ? [w.slice(2)] : []), ...(w.startsWith('لل') && w.length > 4 ? [w.slice(2)] : [])]);
  }
  if (!/^(?:en|fr|es|pt|it|ca|gl)(?:-|$)/.test(lang) || word.length < 4) return [word];
  return [word, ...(word.endsWith('s') ? [word.slice(0, -1)] : []), ...(word.endsWith('es') ? [word.slice(0, -2)] : []), ...(word.endsWith('ies') ? [`${word.slice(0, -3)}y`] : [])];
}

type Words = readonly (readonly string[])[];
const wordsOf = (text: string, lang: string): Words => [...folded(text).matchAll(WORD)].map(([word]) => formsOf(word, lang));
const meets = (a: readonly string[], b: readonly string[]): boolean => a.some((form) => b.includes(form));

/** Where a term stands among the words, as places of its first word. */
function places(words: Words, term: Words): readonly number[] {
  if (term.length === 0) return [];
  return words.flatMap((_, at) => (term.every((form, n) => meets(words[at + n] ?? [], form)) ? [at] : []));
}
/** The text without the given terms: what is avoided is looked for in the rest, since an agreed term may contain it. */
function without(words: Words, terms: readonly Words[]): Words {
  const gone = new Set(terms.flatMap((term) => places(words, term).flatMap((at) => term.map((_, n) => at + n))));
  return words.map((forms, at) => (gone.has(at) ? [] : forms));
}

/** Designations in a language; in that of its country before those of the language at large (`fr-CA`, then `fr`). */
export function designationsIn(entry: Pick<TermInForce, 'designations'>, lang: string): TermInForce['designations'] {
  const exact = entry.designations.filter((d) => d.lang === lang);
  return exact.length > 0 ? exact : entry.designations.filter((d) => d.lang === lang.split('-')[0]);
}

interface Text {
  has: (term: string) => boolean;
  /** Without these terms. */
  less: (terms: readonly string[]) => Text;
}
function reading(text: string, lang: string): Text {
  if (UNSPACED.test(lang)) {
    const plain = folded(text);
    return { has: (term) => plain.includes(folded(term)), less: (terms) => reading(terms.reduce((rest, term) => rest.replaceAll(folded(term), '\n'), plain), lang) };
  }
  const among = (words: Words): Text => ({
    has: (term) => places(words, wordsOf(term, lang)).length > 0,
    less: (terms) => among(without(words, terms.map((term) => wordsOf(term, lang)))),
  });
  return among(wordsOf(text, lang));
}

const TLP = /TLP:(?:RED|AMBER\+STRICT|AMBER|GREEN|CLEAR)/g;
const labelsIn = (text: string): string[] => (text.match(TLP) ?? []).toSorted();

/**
 * Protected terms of the source that the target does not carry as agreed (TRN-6): the agreed term is missing, or one stands there that is to be avoided.
 * TLP labels stand in every language as they are (FIRST, TLP 2.0).
 */
export function termMismatches(source: string, sourceLang: string, target: string, targetLang: string, terms: readonly TermInForce[]): TermMismatch[] {
  const [from, to] = [reading(source, sourceLang), reading(target, targetLang)];
  const mismatches = terms.flatMap((entry): TermMismatch[] => {
    if (!entry.protected) return [];
    const said = designationsIn(entry, sourceLang).find((d) => d.status !== 'avoid' && from.has(d.term));
    if (said === undefined) return [];
    const there = designationsIn(entry, targetLang);
    const agreed = there.filter((d) => d.status !== 'avoid');
    const wanted = (there.find((d) => d.status === 'preferred') ?? agreed[0])?.term ?? '';
    const rest = to.less(agreed.map((d) => d.term));
    const found = there.find((d) => d.status === 'avoid' && rest.has(d.term));
    if (found) return [{ term: said.term, wanted, found: found.term }];
    return agreed.length === 0 || agreed.some((d) => to.has(d.term)) ? [] : [{ term: said.term, wanted, found: null }];
  });
  const [labels, kept] = [labelsIn(source), labelsIn(target)];
  const lost = [...new Set(labels)].filter((label) => labels.filter((l) => l === label).length !== kept.filter((l) => l === label).length);
  return [...mismatches, ...lost.filter((label) => !mismatches.some((m) => m.wanted === label)).map((label) => ({ term: label, wanted: label, found: null }))];
}
