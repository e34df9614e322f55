/**
 * Partial dates by ISO 8601-2 / EDTF (loc.gov/standards/datetime), the part that the record needs:
 * `2005`, `2005-06`, `2005-06-17`; with `?` (uncertain), `~` (approximate) or `%` (both) behind;
 * one of a range, with an open end where one is not known: `[2013-12..2014-06-17]`, `[2015-05-18..]`, `[..2014]`;
 * an interval: `2010/2014-06`, `2014/..`; and `XXXX` for a date of which nothing is known.
 * The calendar is proleptic Gregorian.
 */
export interface Bounds {
  /** First day it can be, `YYYY-MM-DD`; null: unbounded. */
  readonly earliest: string | null;
  /** Last day it can be, `YYYY-MM-DD`; null: unbounded. */
  readonly latest: string | null;
}

export interface PartialDate extends Bounds {
  readonly kind: 'day' | 'month' | 'year' | 'one-of' | 'interval' | 'unknown';
  readonly uncertain: boolean;
  readonly approximate: boolean;
  /** For `one-of` and `interval`: the two ends as written, null where open. */
  readonly from?: string | null;
  readonly to?: string | null;
}

const POINT = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%])?$/;
const pad = (n: number) => String(n).padStart(2, '0');
const leap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
const daysIn = (y: number, m: number) => [31, leap(y) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 0;

function point(text: string): PartialDate | null {
  const match = POINT.exec(text);
  if (!match) return null;
  const [, y = '', m, d, mark = ''] = match;
  const uncertain = mark === '?' || mark === '%';
  const approximate = mark === '~' || mark === '%';
  if (m === undefined) return { kind: 'year', earliest: `${y}-01-01`, latest: `${y}-12-31`, uncertain, approximate };
  const month = Number(m);
  if (month < 1 || month > 12) return null;
  const last = daysIn(Number(y), month);
  if (d === undefined)
    return { kind: 'month', earliest: `${y}-${m}-01`, latest: `${y}-${m}-${pad(last)}`, uncertain, approximate };
  const day = Number(d);
  if (day < 1 || day > last) return null;
  return { kind: 'day', earliest: `${y}-${m}-${d}`, latest: `${y}-${m}-${d}`, uncertain, approximate };
}

function range(kind: 'one-of' | 'interval', from: string, to: string): PartialDate | null {
  const start = from === '' || from === '..' ? null : point(from);
  const end = to === '' || to === '..' ? null : point(to);
  if ((start === null && from !== '' && from !== '..') || (end === null && to !== '' && to !== '..')) return null;
  if (start === null && end === null) return null;
  const earliest = start?.earliest ?? null;
  const latest = end?.latest ?? null;
  if (earliest !== null && latest !== null && earliest > latest) return null;
  const uncertain = (start?.uncertain ?? false) || (end?.uncertain ?? false);
  const approximate = (start?.approximate ?? false) || (end?.approximate ?? false);
  return { kind, earliest, latest, uncertain, approximate, from: start ? from : null, to: end ? to : null };
}

/** Null when the text is not in the part of EDTF that we speak. */
export function parseEdtf(text: string): PartialDate | null {
  if (text === 'XXXX') return { kind: 'unknown', earliest: null, latest: null, uncertain: false, approximate: false };
  const oneOf = /^\[([^.\]]*)\.\.([^.\]]*)\]$/.exec(text);
  if (oneOf) return range('one-of', oneOf[1] ?? '', oneOf[2] ?? '');
  const slash = text.indexOf('/');
  if (slash >= 0) return range('interval', text.slice(0, slash), text.slice(slash + 1));
  return point(text);
}

/** Could it have begun on or before this day (`YYYY-MM-DD`)? A date of which nothing is known always could. */
export function begunBy(edtf: string, day: string): boolean {
  const date = parseEdtf(edtf);
  return date === null || date.earliest === null || date.earliest <= day;
}

/** Is every day that the first can be before every day that the second can be? */
export function certainlyBefore(first: string, second: string): boolean {
  const [a, b] = [parseEdtf(first), parseEdtf(second)];
  return a?.latest != null && b?.earliest != null && a.latest < b.earliest;
}
