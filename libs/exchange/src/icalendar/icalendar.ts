import ical, { ICalAlarmType, ICalCalendarMethod } from 'ical-generator';

export interface CalendarEntry {
  /** Stays the same when the entry changes; unique within the product. */
  readonly id: string;
  /** An instant, ISO 8601 UTC, or a whole day, `YYYY-MM-DD`: one of them. */
  readonly at?: string;
  readonly day?: string;
  /** IANA zone in which the deadline was stated. Instants are written in UTC, so that no reader needs a table of zones; the zone is told beside them. */
  readonly zone?: string;
  readonly summary: string;
  readonly description?: string;
  readonly url?: string;
  /** How often it has been moved or changed: readers keep the highest. */
  readonly sequence: number;
  /** When it was last changed, ISO 8601 UTC: the same calendar is then the same bytes. */
  readonly changedAt: string;
  /** Minutes before, when a reader should remind. */
  readonly alarm?: number;
  readonly cancelled?: boolean;
}
export interface Calendar {
  readonly lang: string;
  readonly name: string;
  readonly url?: string;
  /** Host part of the uids, such as `comity.example`. */
  readonly host: string;
  readonly entries: readonly CalendarEntry[];
}

/** Deadlines, meetings and review dates as iCalendar (RFC 5545). */
export function toCalendar({ lang, name, url, host, entries }: Calendar): string {
  const calendar = ical({ name, method: ICalCalendarMethod.PUBLISH, prodId: { company: 'Comity', product: 'calendar', language: lang.toUpperCase() }, ...(url === undefined ? {} : { url }) });
  for (const { id, at, day, zone, summary, description, url: link, sequence, changedAt, alarm, cancelled } of entries) {
    const event = calendar.createEvent({
      id: `${id}@${host}`, start: new Date(at ?? `${day}T00:00:00Z`), allDay: at === undefined, stamp: new Date(changedAt), lastModified: new Date(changedAt), sequence, summary,
      ...(at === undefined ? { timezone: 'UTC' } : {}), ...(description === undefined ? {} : { description }), ...(link === undefined ? {} : { url: link }),
    });
    if (zone !== undefined) event.x('X-COMITY-ZONE', zone);
    if (cancelled) event.status('CANCELLED' as never);
    if (alarm !== undefined) event.createAlarm({ type: ICalAlarmType.display, trigger: alarm * 60, description: summary });
  }
  return `${calendar.toString().trimEnd()}\r\n`;
}
