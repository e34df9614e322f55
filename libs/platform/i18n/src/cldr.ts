import { COUNTRIES, EXERCISE_COUNTRIES } from './data/countries.js';
import { KINYARWANDA } from './data/kinyarwanda.js';
import type { CldrData, ListPattern } from './format.js';
import { LANGUAGES } from './languages.js';

/** Node's Intl has no data of this language and would have answered in another one without complaint. */
export class MissingLocale extends Error {}

/** Names that the secretariat has decided on, before those of CLDR: by kind, language of the reader, code. */
export interface NameOverrides {
  readonly languages?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly countries?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Besides those of the interface, the languages of the parliaments of the record. */
const NAMED_LANGUAGES = ['en', 'fr', 'es', 'ar', 'pt', 'rw', 'zh', 'ru', 'cy', 'sw', 'de', 'it'];
/** English with the day before the month, as parliaments write it. */
const DATA: Readonly<Record<string, string>> = { en: 'en-GB' };
const SAMPLE = Date.UTC(2014, 5, 7, 14, 3);
const GREGORIAN = { calendar: 'gregory', timeZone: 'UTC' } as const;

interface Resolved {
  resolvedOptions(): { readonly locale: string };
}
/** @throws MissingLocale */
export function assertLocale<T extends Resolved>(made: T, tag: string): T {
  const { locale } = made.resolvedOptions();
  if (locale.split('-')[0] !== tag.split('-')[0])
    throw new MissingLocale(`${Object.prototype.toString.call(made)} has no ${tag}: it answered in ${locale}`);
  return made;
}

/** What a browser needs to write dates, lists and names in a language; the same data that the server writes with. @throws MissingLocale */
export function cldrData(lang: string, overrides: NameOverrides = {}): CldrData {
  const language = LANGUAGES.find(({ tag }) => tag === lang);
  if (language === undefined) throw new MissingLocale(`${lang} is not a language of the interface`);
  const own = lang === 'rw' ? kinyarwanda() : fromIntl(DATA[lang] ?? lang);
  const { name, direction } = language;
  return {
    lang,
    name,
    direction,
    ...own,
    languages: { ...own.languages, ...overrides.languages?.[lang] },
    countries: { ...own.countries, ...EXERCISE_COUNTRIES[lang], ...overrides.countries?.[lang] },
  };
}

type Data = Omit<CldrData, 'lang' | 'name' | 'direction'>;

function kinyarwanda(): Data {
  const { months, languages, countries, ...rest } = KINYARWANDA;
  return {
    ...rest,
    months: { format: months, standalone: months },
    languages,
    countries: { ...namesOf('en-GB', 'region', COUNTRIES), ...countries },
  };
}

function fromIntl(tag: string): Data {
  const months = (options: Intl.DateTimeFormatOptions) =>
    Array.from(
      { length: 12 },
      (_, i) => partsOf(tag, options, Date.UTC(2014, i, 7)).find((part) => part.type === 'month')!.value,
    );
  return {
    numbers: numbersOf(tag),
    months: {
      format: { long: months({ day: 'numeric', month: 'long' }), short: months({ day: 'numeric', month: 'short' }) },
      standalone: { long: months({ month: 'long' }), short: months({ month: 'short' }) },
    },
    dates: {
      day: patternOf(tag, { day: 'numeric', month: 'long', year: 'numeric' }),
      dayShort: patternOf(tag, { day: 'numeric', month: 'short', year: 'numeric' }),
      month: patternOf(tag, { month: 'long', year: 'numeric' }),
      year: patternOf(tag, { year: 'numeric' }),
      time: timePattern(tag),
    },
    lists: { and: listOf(tag, 'conjunction'), or: listOf(tag, 'disjunction') },
    languages: namesOf(tag, 'language', NAMED_LANGUAGES),
    countries: namesOf(tag, 'region', COUNTRIES),
  };
}

const partsOf = (tag: string, options: Intl.DateTimeFormatOptions, at = SAMPLE) =>
  assertLocale(new Intl.DateTimeFormat(tag, { ...GREGORIAN, ...options }), tag).formatToParts(at);

const patternOf = (tag: string, options: Intl.DateTimeFormatOptions): string =>
  partsOf(tag, options)
    .map(({ type, value }) => (type === 'literal' ? value : `{${type}}`))
    .join('');

/** The words between a date and its time of day. */
function timePattern(tag: string): string {
  const parts = partsOf(tag, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' });
  const hour = parts.findIndex((part) => part.type === 'hour');
  return `{date}${parts[hour - 1]?.value ?? ' '}{time}`;
}

function numbersOf(tag: string): CldrData['numbers'] {
  const format = assertLocale(new Intl.NumberFormat(tag), tag);
  const part = (type: string) => format.formatToParts(1234567.5).find((p) => p.type === type)?.value ?? '';
  const four = format.formatToParts(1234).some((p) => p.type === 'group');
  return {
    system: format.resolvedOptions().numberingSystem,
    decimal: part('decimal'),
    group: part('group'),
    groupFrom: four ? 4 : 5,
  };
}

function listOf(tag: string, type: Intl.ListFormatType): ListPattern {
  const format = assertLocale(new Intl.ListFormat(tag, { type, style: 'long' }), tag);
  const words = (items: readonly string[]) => format.formatToParts(items).flatMap((p) => (p.type === 'literal' ? [p.value] : []));
  const [two = ''] = words(['A', 'B']);
  const more = words(['A', 'B', 'C', 'D']);
  return { two, middle: more[0] ?? '', end: more.at(-1) ?? '' };
}

function namesOf(tag: string, type: 'language' | 'region', codes: readonly string[]): Record<string, string> {
  const names = assertLocale(new Intl.DisplayNames(tag, { type, fallback: 'none' }), tag);
  return Object.fromEntries(
    codes.map((code) => {
      const name = names.of(code);
      if (name === undefined) throw new MissingLocale(`${tag} has no name for ${code}`);
      return [code, name];
    }),
  );
}
