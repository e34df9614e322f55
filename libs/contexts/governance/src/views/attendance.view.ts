import type { View } from '#kernel';
import type { MeetingEvent } from '../meeting/events.js';

export interface AttendanceDoc {
  meetingId: string;
  personId: string;
  capacity: string;
  joinedAt: string;
  leftAt: string | null;
}

/** Who attended which meeting, each for the readers of that event: under the Chatham House Rule and in camera the body itself (MTG-3). */
export const attendance: View<AttendanceDoc, MeetingEvent> = {
  name: 'attendance',
  version: 1,
  key: ({ streamId, data }) => `${streamId}_${(data as { personId: string }).personId}`,
  on: {
    AttendanceRecorded: (_, { personId, capacity, joinedAt, leftAt = null }, { streamId }) => ({ meetingId: streamId, personId, capacity, joinedAt, leftAt }),
  },
  columns: { meetingId: (doc) => doc.meetingId, personId: (doc) => doc.personId },
};
