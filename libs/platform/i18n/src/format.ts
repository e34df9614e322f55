import type { Direction } from './format-direction.js';

/** Browser-safe: names and patterns come as data, so that every browser and the server write the same, whatever their Intl lacks. */

/** What `/i18n/cldr/<lang>.json` holds. */
export interface CldrData {
  readonly lang: string;
  /** The language's name in itself. */
  readonly name: string;
  readonly direction: Direction;
  readonly numbers: { readonly system: string; readonly decimal: string; readonly group: string; readonly groupFrom: number };
  /** January first. */
  readonly months: { readonly format: Months; readonly standalone: Months };
  /** With `{day}`, `{month}`, `{year}`; `time` joins `{date}` and `{time}`. */
  readonly dates: {
    readonly day: string;
    readonly dayShort: string;
    readonly month: string;
    readonly year: string;
    readonly time: string;
  };
  readonly lists: { readonly and: ListPattern; readonly or: ListPattern };
  readonly languages: Readonly<Record<string, string>>;
  readonly countries: Readonly<Record<string, string>>;
}
export interface Months {
  readonly long: readonly string[];
  readonly short: readonly string[];
}
/** The words between two; and of more, between the first ones and before the last one. */
export interface ListPattern {
  readonly two: string;
  readonly middle: string;
  readonly end: string;
}

/** A word or sentence of the reader's language by its key; undefined where there is none. */
export type Say = (key: string, params?: Readonly<Record<string, unknown>>) => string | undefined;

/** Everything that depends on the reader's language. */
export interface Formatters {
  readonly lang: string;
  readonly direction: Direction;
  readonly say: Say;
  /** A Gregorian year, month or day, as far as it is known. */
  readonly date: (year: number, month?: number, day?: number) => string;
  /** An ISO 8601 instant in a time zone (IANA; UTC where left out), with 24 hours. */
  readonly instant: (iso: string, timeZone?: string) => string;
  readonly list: (items: readonly string[], kind?: 'and' | 'or') => string;
  readonly number: (value: number) => string;
  /** Name of a language by its tag, of a country by its ISO 3166-1 code; the code where there is none. */
  readonly language: (tag: string) => string;
  readonly country: (code: string) => string;
}

const fill = (pattern: string, values: Readonly<Record<string, string>>): string =>
  pattern.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

export function makeFormatters(cldr: CldrData, say: Say): Formatters {
  const dayOf = (day: number) => (cldr.lang === 'fr' && day === 1 ? '1er' : String(day));
  const date = (year: number, month?: number, day?: number): string => {
    if (month === undefined) return fill(cldr.dates.year, { year: String(year) });
    const name = cldr.months.format.long[month - 1] ?? String(month);
    const values = { year: String(year), month: name };
    return day === undefined ? fill(cldr.dates.month, values) : fill(cldr.dates.day, { ...values, day: dayOf(day) });
  };
  return {
    lang: cldr.lang,
    direction: cldr.direction,
    say,
    date,
    instant: (iso, timeZone = 'UTC') => {
      const wall = wallTime(iso, timeZone);
      return wall === null
        ? iso
        : `${fill(cldr.dates.time, { date: date(wall.year, wall.month, wall.day), time: wall.time })} ${wall.zone}`;
    },
    list: (items, kind = 'and') => joinList(items, cldr.lists[kind], cldr.lang),
    number: (value) => formatNumber(value, cldr.numbers),
    language: (tag) => cldr.languages[tag] ?? cldr.languages[tag.split('-')[0] ?? tag] ?? tag,
    country: (code) => cldr.countries[code] ?? code,
  };
}

/** Only for reckoning in zones: its words are never shown, so English serves everywhere. */
function wallTime(iso: string, timeZone: string) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return null;
  const zone = isZone(timeZone) ? timeZone : 'UTC';
  const parts = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn-hc-h23', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  const number = (type: string) => Number(part(type));
  return { year: number('year'), month: number('month'), day: number('day'), time: `${part('hour')}:${part('minute')}`, zone };
}
function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function joinList(items: readonly string[], pattern: ListPattern, lang: string): string {
  const [first = '', second = ''] = items;
  if (items.length < 2) return first;
  if (items.length === 2) return first + before(pattern.two, second, lang) + second;
  const last = items.at(-1)!;
  return items.slice(0, -1).join(pattern.middle) + before(pattern.end, last, lang) + last;
}

/** Spanish: `y` becomes `e` before the sound of i, `o` becomes `u` before that of o (RAE, Ortografía). */
function before(word: string, next: string, lang: string): string {
  if (lang !== 'es') return word;
  if (word.trim() === 'y' && /^(i|hi(?!e))/i.test(next)) return word.replace('y', 'e');
  return word.trim() === 'o' && /^h?o/i.test(next) ? word.replace('o', 'u') : word;
}

function formatNumber(value: number, { decimal, group, groupFrom }: CldrData['numbers']): string {
  const [whole = '', fraction] = String(Math.abs(Math.round(value * 1000) / 1000)).split('.');
  const grouped = whole.length >= groupFrom ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
  return `${value < 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : decimal + fraction}`;
}

/** The text of a reader: his language, the same language in another form, English, whichever there is. */
export function inLanguage(texts: Readonly<Record<string, string>> | undefined, lang: string): string | undefined {
  const found = languageIn(texts, lang);
  return found === undefined ? undefined : texts?.[found];
}
/** Which of them that is: for `lang` and `dir` beside it. */
export function languageIn(texts: Readonly<Record<string, string>> | undefined, lang: string): string | undefined {
  const tags = Object.keys(texts ?? {});
  const base = (tag: string) => tag.split('-')[0];
  return (
    tags.find((tag) => tag === lang) ??
    tags.find((tag) => base(tag) === base(lang)) ??
    tags.find((tag) => base(tag) === 'en') ??
    tags.toSorted()[0]
  );
}

export { directionOf } from './format-direction.js';
