import type { Formatters } from './format.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Unit and its length in ms; the greatest that fits is spoken of. */
const UNITS = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

/** Browser-safe. How long ago or ahead an instant is, in whole units: `3 days ago`. */
export function relativeTime(iso: string, now: number, { say }: Formatters): string {
  const away = new Date(iso).getTime() - now;
  if (Number.isNaN(away)) return iso;
  const unit = UNITS.find(([, length]) => Math.abs(away) >= length);
  if (unit === undefined) return say('relative.now') ?? iso;
  const n = Math.floor(Math.abs(away) / unit[1]);
  return say(`relative.${away < 0 ? 'past' : 'future'}.${unit[0]}`, { n }) ?? iso;
}
