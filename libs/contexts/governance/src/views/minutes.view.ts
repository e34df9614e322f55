import type { Multilingual, View } from '#kernel';
import type { Body, MeetingEvent, Rule } from '../meeting/events.js';
import { labelOf } from '../meeting/state.js';
import { chairOf, titleOf } from './meetings.view.js';

export interface MinutesDoc {
  /** `running`: it is not over; `due`: they wait for a later meeting; `approved`: from then on they change by a correction. */
  status: 'running' | 'due' | 'approved' | 'none';
  body: Body;
  rule: Rule;
  entitled: readonly string[];
  titles: Multilingual;
  /** The later meeting that approved them. */
  approvedAt: string | null;
  documentRef: string | null;
}

/** The minutes of each meeting, by its id: their approval stands in the stream of a later one (MTG-4). */
export const minutes: View<MinutesDoc, MeetingEvent> = {
  name: 'minutes',
  version: 1,
  key: ({ type, data, streamId }) => (type === 'MinutesApproved' ? (data as { ofMeetingId: string }).ofMeetingId : streamId),
  on: {
    MeetingConvened: (_, d) => ({
      status: 'running', body: d.body, rule: d.rule, entitled: d.entitled ?? [], titles: titleOf(d), approvedAt: null, documentRef: null,
    }),
    // Of the past the approval may have been recorded first.
    MeetingClosed: (doc) => doc && (doc.status === 'running' ? { ...doc, status: 'due' } : doc),
    MinutesApproved: (doc, d, { streamId }) => doc && { ...doc, status: 'approved', approvedAt: streamId, documentRef: d.documentRef },
    MeetingCancelled: (doc) => doc && { ...doc, status: 'none' },
  },
  label: labelOf,
  columns: { status: (doc) => doc.status, body: (doc) => doc.body.id },
  title: (doc) => doc.titles,
  duties: ({ status, body }) => (status === 'due' ? [{ kind: 'meeting-minutes', holder: chairOf(body) }] : []),
};
