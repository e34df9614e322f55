import { dayNumber, dayOver, daysAfter, hoursAfter, hoursBetween, monthsAfter, reached, secondsOf, wallTimeOf } from './calendar.js';

describe('the calendar', () => {
  it('counts days as the platform’s own calendar does, over leap years and centuries', () => {
    for (let n = -200_000; n < 200_000; n += 97) {
      const day = new Date(n * 86_400_000).toISOString().slice(0, 10);
      if (day.length === 10) expect([day, dayNumber(day), daysAfter('1970-01-01', n)]).toEqual([day, n, day]);
    }
  });
  it('keeps the time of day of an instant', () => {
    expect(daysAfter('2026-12-15T08:30:00Z', 30)).toBe('2027-01-14T08:30:00Z');
    expect(daysAfter('2028-02-28', 1)).toBe('2028-02-29');
  });
  it('takes the last day of a shorter month', () => {
    expect(monthsAfter('2026-11-30', 3)).toBe('2027-02-28');
    expect(monthsAfter('2027-11-30', 3)).toBe('2028-02-29');
    expect(monthsAfter('2015-03-30', 12)).toBe('2016-03-30');
    expect(monthsAfter('2026-12-31', 0)).toBe('2026-12-31');
    expect(monthsAfter('2026-10-31', 1)).toBe('2026-11-30');
  });
  it('compares instants by time, not by digits', () => {
    expect(reached('2026-11-23T09:00:00Z', '2026-11-23T09:00:00.001Z')).toBe(true);
    expect(reached('2026-11-23T09:00:00Z', '2026-11-23T08:59:59.999Z')).toBe(false);
    expect(reached('2026-11-23T09:00Z', '2026-11-23T09:00:00Z')).toBe(true);
    expect(secondsOf('2026-11-23T09:00:00Z') * 1000).toBe(Date.parse('2026-11-23T09:00:00Z'));
  });
  it('adds hours over midnight', () => {
    expect(hoursAfter('2026-12-31T20:00:00Z', 48)).toBe('2027-01-02T20:00:00Z');
    expect(hoursAfter('2026-12-31T23:30:00.250Z', 1)).toBe('2027-01-01T00:30:01Z');
    expect(hoursBetween('2026-11-23T09:00:00Z', '2026-11-26T09:00:00Z')).toBe(72);
  });
  it('G7 tells the time of the wall, on the night when the clocks go back as well', () => {
    expect(wallTimeOf('2026-10-25T00:30:00Z', 'Europe/London')).toBe('2026-10-25T01:30');
    expect(wallTimeOf('2026-10-25T00:30:00Z', 'America/Toronto')).toBe('2026-10-24T20:30');
    expect(wallTimeOf('2026-10-25T00:30:00Z', 'Pacific/Auckland')).toBe('2026-10-25T13:30');
    expect(wallTimeOf('2026-10-25T00:00:00Z', 'UTC')).toBe('2026-10-25T00:00');
    expect(wallTimeOf('2026-10-25T00:30:00Z', 'Mars/Olympus')).toBeNull();
  });
  it('lets a day end for those who sit farthest west', () => expect(dayOver('2026-11-30')).toBe('2026-12-01T12:00:00Z'));
});
