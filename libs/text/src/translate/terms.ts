import { baseOf } from './numbers.js';

/** A concept of the termbase with what it is called, and must not be called, in each language (TRM-1). */
export interface Term {
  readonly concept: string;
  /** Names of crimes, institutions: a translation that lacks the agreed designation cannot become final (TRN-6). */
  readonly protected: boolean;
  readonly designations: readonly Designation[];
}
export interface Designation {
  readonly lang: string;
  readonly term: string;
  readonly status: 'preferred' | 'admitted' | 'avoid';
}

/** Written without spaces: there a designation is found as it stands. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Case, accents (crimen, crímenes), vowel marks, tatweel and the seats of hamza do not tell designations apart. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/(?<=\p{Script=Latin})[\u0300-\u036F]+/gu, '')
    .normalize('NFC')
    .replaceAll(/[\u064B-\u065F\u0670\u0640\u05B0-\u05BD\u05BF\u05C1\u05C2\u05C7\u200B-\u200F\u00AD]/g, '')
    .replaceAll(/[أإآٱ]/g, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه');
}

/** What is written together with the word that follows it. */
const PROCLITIC: Readonly<Record<string, RegExp>> = {
  ar: /^(?:[وف]?(?:[بكل]?ال|لل|[بكل])|[وف])(?=\p{L}{3})/u,
  am: /^(?:የ|በ|ለ|ከ|እንደ|ስለ|ወደ|ያለ)(?=\p{L}{2})/u,
  he: /^[והבלכמש]{1,2}(?=\p{L}{3})/u,
};

function bare(word: string, lang: string): readonly string[] {
  const stripped = word.replace(PROCLITIC[baseOf(lang)] ?? /^$/, '');
  return stripped === word ? [word] : [word, stripped];
}

/** Is one the other with another ending? Three quarters of the word are the same from its start, and at most three letters follow. */
function inflected(word: string, of: string): boolean {
  if (word === of) return true;
  if (of.length < 4) return false;
  const least = Math.max(3, Math.ceil(of.length * 0.75));
  return word.startsWith(of.slice(0, least)) && word.length - least <= 3 + (of.length - least);
}

interface Words {
  readonly text: string;
  readonly words: readonly { readonly forms: readonly string[]; readonly at: number; readonly end: number }[];
}
function wordsOf(text: string, lang: string): Words {
  const whole = folded(text);
  return { text: whole, words: Array.from(whole.matchAll(WORD), ({ 0: word, index }) => ({ forms: bare(word, lang), at: index, end: index + word.length })) };
}

/** Places at which a designation stands in the text, as offsets in its folded form. */
function places({ text, words }: Words, term: string, lang: string): { readonly at: number; readonly end: number }[] {
  if (UNSPACED.test(term)) {
    const wanted = folded(term).replaceAll(/\s/g, '');
    return Array.from(text.matchAll(new RegExp([...wanted].map((c) => c.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join(String.raw`\s?`), 'gu')), ({ 0: found, index }) => ({ at: index, end: index + found.length }));
  }
  const wanted = wordsOf(term, lang).words.map(({ forms }) => forms);
  if (wanted.length === 0) return [];
  const found: { at: number; end: number }[] = [];
  for (let i = 0; i + wanted.length <= words.length; i++)
    if (wanted.every((forms, k) => words[i + k]!.forms.some((word) => forms.some((of) => inflected(word, of))))) found.push({ at: words[i]!.at, end: words[i + wanted.length - 1]!.end });
  return found;
}

const ofLanguage = ({ designations }: Term, lang: string): Designation[] => {
  const exact = designations.filter((d) => d.lang.toLowerCase() === lang.toLowerCase());
  return exact.length > 0 ? exact : designations.filter((d) => baseOf(d.lang) === baseOf(lang));
};

export interface TermUse {
  readonly term: Term;
  /** Designations that stand in the text; of those within one another the longest. */
  readonly agreed: readonly string[];
  readonly avoided: readonly string[];
  /** What it should be called in the language; null where nothing is agreed. */
  readonly preferred: string | null;
}

/** Which concepts a text names, and how. A variant to avoid counts only where it is no part of an agreed designation. */
export function termsIn(text: string, lang: string, terms: readonly Term[]): TermUse[] {
  const words = wordsOf(text, lang);
  const of = terms.map((term) => ({ term, all: ofLanguage(term, lang).map((d) => ({ ...d, at: places(words, d.term, lang) })) }));
  const agreedAt = of.flatMap(({ all }) => all.filter((d) => d.status !== 'avoid').flatMap((d) => d.at));
  return of.flatMap(({ term, all }): TermUse[] => {
    const agreed = all.filter((d) => d.status !== 'avoid' && d.at.length > 0);
    const avoided = all.filter((d) => d.status === 'avoid' && d.at.some((a) => !agreedAt.some((b) => b.at <= a.at && a.end <= b.end)));
    if (agreed.length + avoided.length === 0) return [];
    const preferred = all.find((d) => d.status === 'preferred') ?? all.find((d) => d.status === 'admitted');
    return [{ term, agreed: agreed.map((d) => d.term), avoided: avoided.map((d) => d.term), preferred: preferred?.term ?? null }];
  });
}

/** What a concept should be called in a language; null where nothing is agreed. */
export const designationOf = (term: Term, lang: string): string | null =>
  (ofLanguage(term, lang).find((d) => d.status === 'preferred') ?? ofLanguage(term, lang).find((d) => d.status === 'admitted'))?.term ?? null;
