import { people } from '../people.contract.js';
import type { DataOf, MeetingEvent } from './events.js';
import type { MeetingEvidence } from './meeting.js';

/** Facts of an invented meeting, for the tests of this context: the network `net` meets in Kigali a month after the moment of the tests. */
export const actors = people;

export const happened = <K extends MeetingEvent['type']>(type: K, data: DataOf<K>): MeetingEvent => ({ type, data }) as MeetingEvent;

export const agenda = [{ en: 'Programme of work', fr: 'Programme de travail' }, { en: 'Admission of members' }];
export const at = { instant: '2026-12-24T08:00:00Z', timezone: 'Africa/Kigali' };
/** During the meeting. */
export const during = '2026-12-24T08:05:00Z';
export const later = '2026-12-24T10:00:00Z';
export const names = { en: 'Network for Prevention' };
export const asked = { meetingId: 'mt1', body: { type: 'network' as const, id: 'net' }, kind: 'plenary' as const, at, place: 'Kigali', agenda, rule: 'on-record' as const };
export const ofGroup = { ...asked, body: { type: 'group' as const, id: 'g-p' }, kind: 'ordinary' as const };

const settled: MeetingEvidence = {
  id: 'mt1', body: { meets: true, names, entitled: ['g-p', 'g-q', 'g-r'] }, counted: 3, quorum: { required: 2, ruled: true }, zoneKnown: true, noticeDays: 30,
  attendants: [], basis: { charterVersion: '1', rulesVersion: null },
};
export const known = (over: Partial<MeetingEvidence> = {}): MeetingEvidence => ({ ...settled, ...over });

export const convened = (over: Partial<DataOf<'MeetingConvened'>> = {}) => [
  happened('MeetingConvened', { ...asked, noticeGivenAt: '2026-11-23T09:00:00Z', bodyNames: names, entitled: ['g-p', 'g-q', 'g-r'], ...over }),
];
export const open = (over: Partial<DataOf<'MeetingConvened'>> = {}) => [
  ...convened(over), happened('MeetingOpened', { at: during, chairedBy: 'p-net', quorumRequired: 2, present: 3 }),
];
export const lost = happened('QuorumLost', { at: later, present: 1 });
export const inquorate = () => [...open(), lost];
export const closed = () => [...open(), happened('MeetingClosed', { at: later })];
export const decision: DataOf<'MeetingDecisionRecorded'> = { item: 1, text: { en: 'The programme of work was adopted.' } };
export const attended: DataOf<'AttendanceRecorded'> = { personId: 'p-member', capacity: 'member', joinedAt: during };
export const approval: DataOf<'MinutesApproved'> = { ofMeetingId: 'mt0', documentRef: 'Minutes of the first plenary meeting' };
/** An earlier meeting of the same body that was closed. */
export const earlier: NonNullable<MeetingEvidence['minutesOf']> = { status: 'closed', ofThisBody: true, closedAt: '2026-06-01T16:00:00Z', approved: false };
