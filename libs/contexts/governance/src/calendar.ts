/**
 * Days, months and instants by their digits: aggregates have no clock and no `Date`.
 * The calendar is proleptic Gregorian; instants are UTC, with or without seconds and fractions.
 */
const pad = (n: number, width = 2) => String(n).padStart(width, '0');

/** Days since 1970-01-01. */
export function dayNumber(day: string): number {
  const [y = 0, m = 1, d = 1] = day.slice(0, 10).split('-').map(Number);
  const year = m <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const ofEra = year - era * 400;
  const ofYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

function dayOf(number: number): string {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const m = month < 10 ? month + 3 : month - 9;
  return `${pad(year + era * 400 + (m <= 2 ? 1 : 0), 4)}-${pad(m)}-${pad(ofYear - Math.floor((153 * month + 2) / 5) + 1)}`;
}

/** The day so many days later; of an instant the same time of that day. */
export const daysAfter = (moment: string, days: number): string => `${dayOf(dayNumber(moment) + days)}${moment.slice(10)}`;

/** The day so many months later, `YYYY-MM-DD`; where that month is shorter, its last day. */
export function monthsAfter(day: string, months: number): string {
  const [y = 0, m = 1, d = 1] = day.slice(0, 10).split('-').map(Number);
  const total = y * 12 + (m - 1) + months;
  const [year, month] = [Math.floor(total / 12), (total % 12) + 1];
  const last = dayNumber(`${pad(month === 12 ? year + 1 : year, 4)}-${pad((month % 12) + 1)}-01`) - dayNumber(`${pad(year, 4)}-${pad(month)}-01`);
  return `${pad(year, 4)}-${pad(month)}-${pad(Math.min(d, last))}`;
}

export const dayIn = (instant: string): string => instant.slice(0, 10);

/** Seconds since 1970. Digits alone do not sort: `09:00:00.5Z` comes after `09:00:00Z`, and `09:00Z` is the same as that. */
export function secondsOf(instant: string): number {
  const [h = 0, m = 0, s = 0] = instant.slice(11, -1).split(':').map(Number);
  return dayNumber(instant) * 86_400 + h * 3600 + m * 60 + s;
}

/** Is it then or later: has the period up to this instant ended? */
export const reached = (instant: string, now: string): boolean => secondsOf(now) >= secondsOf(instant);

export const hoursBetween = (from: string, to: string): number => (secondsOf(to) - secondsOf(from)) / 3600;

export function hoursAfter(instant: string, hours: number): string {
  const total = Math.ceil(secondsOf(instant)) + hours * 3600;
  const rest = ((total % 86_400) + 86_400) % 86_400;
  return `${dayOf(Math.floor(total / 86_400))}T${pad(Math.floor(rest / 3600))}:${pad(Math.floor((rest % 3600) / 60))}:${pad(rest % 60)}Z`;
}

/** What the clock shows then in a time zone, `YYYY-MM-DDTHH:MM`; null where there is no such zone (rule G7). */
export function wallTimeOf(instant: string, timeZone: string): string | null {
  try {
    const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
    });
    const parts = format.formatToParts(secondsOf(instant) * 1000);
    const of = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
    return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
  } catch {
    return null;
  }
}

/** When a day has ended everywhere on Earth: noon in UTC of the next one. Nobody loses a day by where he sits. */
export const dayOver = (day: string): string => `${daysAfter(day, 1)}T12:00:00Z`;
/** The end of a day as lists show it. */
export const endOf = (day: string): string => `${day}T23:59:59Z`;
