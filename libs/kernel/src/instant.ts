/** The instant so many milliseconds after another one, both ISO 8601 in UTC. */
export const instantAfter = (instant: string, milliseconds: number): string => new Date(Date.parse(instant) + milliseconds).toISOString();
/** In milliseconds. */
export const HOUR = 3_600_000;
