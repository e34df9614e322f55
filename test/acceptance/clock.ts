const Real = Date;
let ahead = 0;
/**
 * The clock of this process, set forward by the test: everything that serves runs in it. A timer that waits keeps waiting for the
 * time that it was told; whoever starts anew looks at the clock.
 */
class Clock extends Real {
  constructor(...said: []) {
    super(...((said.length === 0 ? [Clock.now()] : said) as []));
  }
  static override now(): number {
    return Real.now() + ahead;
  }
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const startClock = (): void => {
  globalThis.Date = Clock as DateConstructor;
};
export const stopClock = (): void => {
  globalThis.Date = Real;
  ahead = 0;
};
export const pass = (ms: number): void => {
  ahead += ms;
};
export const instantIn = (ms: number): string => new Date(Date.now() + ms).toISOString();
/** An end so far ahead, as the clock of a zone shows it. */
export function endIn(ms: number, timezone = 'UTC') {
  const instant = instantIn(ms);
  const wallTime = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(instant));
  return { instant, wallTime, timezone };
}
