import type { Row } from '#kernel';
import type { MouDoc } from '#contexts/agreements';
import type { StatementDoc } from '#contexts/statements';
import type { CalendarEntry } from '#exchange';
import type { ExportVoice } from './voice.js';

/** What falls due on one text, as entries of a calendar. */
type Due = Pick<CalendarEntry, 'at' | 'day' | 'zone'>;
const HOUR_BEFORE = 60;

export function deadlinesOf(collection: 'statements' | 'mous', row: Row<StatementDoc | MouDoc>, title: string, lang: string, voice: ExportVoice): CalendarEntry[] {
  const entry = (kind: string, due: Due | null | undefined): CalendarEntry[] =>
    due === null || due === undefined
      ? []
      : [{ id: `${collection}-${row.id}-${kind}`, ...due, summary: `${voice.say(lang, `export.due.${kind}`)}: ${title}`, sequence: row.revision, changedAt: row.recordedAt, ...(due.at === undefined ? {} : { alarm: HOUR_BEFORE }) }];
  const stated = (d: { instant: string; timezone: string } | null | undefined): Due | null => (d === null || d === undefined ? null : { at: d.instant, zone: d.timezone });
  const day = (on: string | null | undefined): Due | null => (on !== null && on !== undefined && /^\d{4}-\d\d-\d\d$/.test(on) ? { day: on } : null);
  if (collection === 'statements') {
    const doc = row.doc as StatementDoc;
    return [...entry('comments', stated(doc.commentsDue)), ...entry('signature', stated(doc.opening?.closesAt)), ...entry('embargo', stated(doc.embargo?.until))];
  }
  const doc = row.doc as MouDoc;
  const until = doc.signing?.until ?? null;
  return [...entry('signature', until !== null && /T\d/.test(until) ? { at: until } : day(until)), ...entry('expiry', day(doc.expiresOn)), ...doc.withdrawals.filter((w) => w.withdrewOn === null).flatMap((w) => entry('withdrawal', day(w.effectiveOn)))];
}
