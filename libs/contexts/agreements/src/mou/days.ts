import { parseEdtf } from '#kernel';

/** Arithmetic of calendar days, `YYYY-MM-DD`, proleptic Gregorian; the days of an instrument are counted in UTC. */
const leap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
const daysIn = (y: number, m: number) => [31, leap(y) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 31;
const split = (day: string): [number, number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
const join = (y: number, m: number, d: number) => `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;

/** The same day of the month so many months later; the last day of that month where it has no such day. */
export function addMonths(day: string, months: number): string {
  const [y, m, d] = split(day);
  const index = y * 12 + (m - 1) + months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  return join(year, month, Math.min(d, daysIn(year, month)));
}

export function nextDay(day: string): string {
  const [y, m, d] = split(day);
  if (d < daysIn(y, m)) return join(y, m, d + 1);
  return m < 12 ? join(y, m + 1, 1) : join(y + 1, 1, 1);
}

export const dayOf = (instant: string): string => instant.slice(0, 10);
/** The day of an instant or of a whole, certain date; null where the date is partial or doubted. */
export function exactDay(when: string): string | null {
  if (when.includes('T')) return dayOf(when);
  const date = parseEdtf(when);
  return date?.kind === 'day' && !date.uncertain && !date.approximate ? date.earliest : null;
}
/** The latest of them, whole or partial: by the last day each can be; one of which nothing is known counts as latest. */
export const latest = (whens: readonly string[]): string | null =>
  whens.reduce<string | null>((late, when) => (late === null || endOf(when) > endOf(late) ? when : late), null);
const endOf = (when: string): string => (when.includes('T') ? dayOf(when) : (parseEdtf(when)?.latest ?? '9999-12-31'));
/** As a date for the record: the day of an instant, a partial date as it is. */
export const asDate = (when: string): string => (when.includes('T') ? dayOf(when) : when);
export const startOf = (day: string): string => `${day}T00:00:00Z`;
