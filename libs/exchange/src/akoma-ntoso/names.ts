import { parseEdtf } from '#kernel';

/** Namespace of Akoma Ntoso 3.0 (OASIS LegalDocML, XSD of 2017-03-30), and of what we keep in `proprietary`. */
export const AKN = 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0';
export const OWN = 'urn:comity:exchange:1';

/** Whose documents they are: the part of the address behind `/akn/`, the acting body in it, and its name. The network has no country: `un`, or an authority of its own. */
export interface Authority {
  readonly country: string;
  readonly actor: string;
  readonly name: string;
}

/** ISO 639-2 codes as the naming convention has them in addresses; a language that is not here keeps its tag. */
const THREE: Readonly<Record<string, string>> = {
  ar: 'ara', de: 'deu', en: 'eng', es: 'spa', fa: 'fas', fr: 'fra', he: 'heb', it: 'ita', ja: 'jpn', km: 'khm', ko: 'kor', lo: 'lao', my: 'mya', nl: 'nld', pt: 'por', rn: 'run', ru: 'rus', rw: 'kin', sw: 'swa', th: 'tha',
  zh: 'zho',
};
export const threeLetters = (tag: string): string => THREE[tag.split('-')[0]!.toLowerCase()] ?? tag.toLowerCase();
export const camel = (kebab: string): string => kebab.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

export interface FullDate {
  /** `YYYY-MM-DD` or an instant, as xsd:date or xsd:dateTime. */
  readonly date: string;
  /** `year-only`, `month-only`, `one-of`, `interval`, `unknown`, `uncertain` where `date` is only the first day it can be; else null. */
  readonly name: string | null;
}
const NAMES: Readonly<Record<string, string>> = { year: 'year-only', month: 'month-only', 'one-of': 'one-of', interval: 'interval', unknown: 'unknown' };

/** A date that the standard can hold. What is partial becomes the first day it can be, under a name that says so; the true EDTF stands in `proprietary`. */
export function fullDate(at: string): FullDate {
  if (/^\d{4}-\d{2}-\d{2}T/.test(at)) return { date: at.replace(/\.\d+Z$/, 'Z'), name: null };
  const parsed = parseEdtf(at);
  const date = parsed?.earliest ?? parsed?.latest ?? '0001-01-01';
  const name = parsed === null ? 'unknown' : (NAMES[parsed.kind] ?? (parsed.uncertain || parsed.approximate ? 'uncertain' : null));
  return { date, name };
}
export const dayOf = (at: string): string => fullDate(at).date.slice(0, 10);
