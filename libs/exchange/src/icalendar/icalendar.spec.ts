import ICAL from 'ical.js';
import { type Calendar, toCalendar } from './icalendar.js';

const CALENDAR: Calendar = {
  lang: 'ar', name: 'المواعيد؛ الشبكة', host: 'comity.example', url: 'https://example.org/public/ar/calendar.ics',
  entries: [
    { id: 'decision-1', at: '2026-12-01T15:30:00.000Z', zone: 'Africa/Kigali', summary: 'نهاية فترة الصمت, مهم; جدا', description: 'سطر\nثان \\ نهاية '.repeat(8), url: 'https://example.org/x', sequence: 2, changedAt: '2026-11-20T08:00:00.000Z', alarm: 60 },
    { id: 'mou-1', day: '2027-02-28', summary: 'Review', sequence: 0, changedAt: '2026-11-20T08:00:00.000Z', cancelled: true },
  ],
};

describe('toCalendar', () => {
  const text = toCalendar(CALENDAR);
  const events = new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent').map((c) => ({ event: new ICAL.Event(c), component: c }));
  it('is read back with its instants, days, words and order of changes', () => {
    expect(events.map(({ event }) => [event.uid, event.summary, event.sequence])).toEqual(CALENDAR.entries.map((e) => [`${e.id}@comity.example`, e.summary, e.sequence]));
    expect(events[0]!.event.startDate.toJSDate().toISOString()).toBe('2026-12-01T15:30:00.000Z');
    expect(events[0]!.event.startDate.zone?.tzid).toBe('UTC');
    expect([events[1]!.event.startDate.isDate, events[1]!.event.startDate.toString()]).toEqual([true, '2027-02-28']);
    expect(events[0]!.event.description).toBe(CALENDAR.entries[0]!.description);
    expect(events[1]!.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });
  it('reminds before, and tells the zone in which a deadline was stated', () => {
    const alarm = events[0]!.component.getFirstSubcomponent('valarm')!;
    expect([String(alarm.getFirstPropertyValue('trigger')), String(events[0]!.component.getFirstPropertyValue('x-comity-zone'))]).toEqual(['-PT1H', 'Africa/Kigali']);
  });
  it('is the same bytes each time, in lines of at most 75 octets that end with CRLF', () => {
    expect(toCalendar(CALENDAR)).toBe(text);
    const lines = text.split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(lines.filter((line) => line.includes('\n') || Buffer.byteLength(line) > 75)).toEqual([]);
  });
});
