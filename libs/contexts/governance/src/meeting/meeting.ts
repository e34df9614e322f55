import { defineAggregate, refuse, rowsFor } from '#kernel';
import { secondsOf } from '../calendar.js';
import { type Body, MeetingEvents, type MeetingSchemas } from './events.js';
import {
  bodyRules, chairs, type MeetingEvidence, minutesRules, namesAttendant, noticeRules, quorumFor, quorumRules, tooMany,
} from './rules.js';
import { amend, attendanceLabel, attendanceOf, decisionOf, evolveMeeting, initialMeeting, labelOf, type Meeting, sameWords } from './state.js';

export type { MeetingEvidence } from './rules.js';
export type { Meeting } from './state.js';

const { command, event, records } = rowsFor<Meeting, MeetingSchemas, MeetingEvidence>(MeetingEvents);
const schema = MeetingEvents.schema.bind(MeetingEvents) as typeof MeetingEvents.schema;
/** Now and here the clock says when; of the past its source. */
const At = schema('MeetingClosed').shape.at.optional().meta({ import: true });
const bodyOf = (state: Meeting, input: unknown): Body | null => state.body ?? (input as { body?: Body } | null)?.body ?? null;
/** Who came in time finds it not yet begun, and not given up (MTG-1). */
const beforeItsTime = ({ at }: Meeting, now: string) => secondsOf(now) < secondsOf(at) && refuse('meeting.before-its-time', { at }, 'MTG-1');
const untold = () => refuse('meeting.time-not-told', {}, 'G3');

export const meeting = defineAggregate<Meeting, MeetingSchemas, MeetingEvidence>({
  name: 'Meeting',
  category: 'meeting',
  events: MeetingEvents,
  states: ['none', 'convened', 'open', 'inquorate', 'closed', 'cancelled'],
  terminal: ['closed', 'cancelled'],
  initial: initialMeeting,
  invariants: {
    'MTG-1': 'Notice is at least the period for the kind of meeting, or the rule of urgency is cited.',
    'MTG-2': 'The quorum is checked at the opening and on call; a decision recorded while inquorate is void.',
    'MTG-3': 'Under the Chatham House Rule minutes hold what was said, never by whom; the list of attendance is not published.',
    'MTG-4': 'Minutes are approved at a later meeting; after that they change by a correction of the record.',
  },

  commands: {
    ConveneMeeting: command({
      by: ['NetSec', 'GroupSec'], from: ['none'], to: 'convened', emits: ['MeetingConvened'], guards: ['MTG-1'],
      input: schema('MeetingConvened')
        .omit({ bodyNames: true, entitled: true })
        .extend({ noticeGivenAt: schema('MeetingConvened').shape.noticeGivenAt.meta({ import: true }) }),
      guard: (input, _, ctx) => [...bodyRules(input, ctx), ...noticeRules(input, ctx)],
      decide: ({ noticeGivenAt: told, ...input }, _, { evidence: { id, body }, mode, now }) => {
        if (input.meetingId !== id) return refuse('meeting.other-id', { id });
        const noticeGivenAt = mode === 'import' ? told : now;
        return [event('MeetingConvened', {
          ...input, ...(noticeGivenAt === undefined ? {} : { noticeGivenAt }), ...(body.names === null ? {} : { bodyNames: body.names }),
          // Who was called in the past the record of today does not know.
          ...(mode === 'import' || body.entitled.length === 0 ? {} : { entitled: [...body.entitled] }),
        })];
      },
    }),
    AmendAgenda: command({
      by: ['NetSec', 'GroupSec'], from: ['convened'], to: 'same', emits: ['AgendaAmended'], input: schema('AgendaAmended'),
      decide: ({ changes }, { agenda }) => {
        const missing = changes.find(({ item, title }) => title === undefined && !(item in agenda));
        if (missing !== undefined) return refuse('meeting.no-such-item', { item: missing.item });
        if (new Set(changes.map(({ item }) => item)).size < changes.length) return refuse('meeting.item-twice', {});
        if (Object.keys(amend(agenda, changes)).length === 0) return refuse('meeting.agenda-empty', {});
        const told = changes.filter(({ item, title }) => title === undefined || !sameWords(title, agenda[item]));
        return told.length === 0 ? [] : [event('AgendaAmended', { changes: told })];
      },
    }),
    OpenMeeting: command({
      by: ['Chair'], from: ['convened', 'inquorate'], to: 'open', emits: ['MeetingOpened'], guards: ['MTG-2', 'MTG-3'],
      input: schema('MeetingOpened')
        .pick({ present: true, quorumRequired: true })
        .extend({ at: At, chairedBy: schema('MeetingOpened').shape.chairedBy.meta({ import: true }) }),
      guard: (input, state, ctx) => [
        beforeItsTime(state, ctx.now),
        ...quorumRules(input, ctx),
      ],
      decide: ({ at: told, chairedBy: by, present, quorumRequired: stated }, { rule }, ctx) => {
        const past = ctx.mode === 'import';
        const at = past ? told : ctx.now;
        if (at === undefined) return untold();
        const quorumRequired = past ? stated : quorumFor(stated, ctx);
        const chairedBy = rule !== 'on-record' ? undefined : past ? by : ctx.actor.personId;
        return [event('MeetingOpened', {
          at, ...(chairedBy === undefined ? {} : { chairedBy }), ...(quorumRequired === undefined ? {} : { quorumRequired }), present,
        })];
      },
    }),
    RecordInquorate: command({
      by: ['Chair'], from: ['convened', 'open'], to: 'inquorate', emits: ['QuorumLost'], guards: ['MTG-2'],
      input: schema('QuorumLost').pick({ present: true }).extend({ at: At }),
      guard: ({ present }, state, { now, evidence: { quorum, counted } }) => {
        const required = state.quorumRequired ?? quorum.required;
        return [beforeItsTime(state, now), present >= required && refuse('meeting.quorum-met', { present, required }, 'MTG-2'), tooMany(present, counted)];
      },
      decide: ({ present, at: told }, _, { mode, now }) => {
        const at = mode === 'import' ? told : now;
        return at === undefined ? untold() : [event('QuorumLost', { at, present })];
      },
    }),
    RecordAttendance: command({
      by: ['NetSec', 'GroupSec'], from: ['convened', 'open', 'inquorate'], to: 'same', emits: ['AttendanceRecorded'], guards: ['MTG-3'],
      input: schema('AttendanceRecorded'),
      guard: ({ joinedAt, leftAt }, _, { evidence, now }) => [
        evidence.personRecorded !== true && refuse('meeting.unknown-person', {}),
        secondsOf(leftAt ?? joinedAt) > secondsOf(now) && refuse('meeting.attendance-ahead', {}),
        leftAt !== undefined && secondsOf(leftAt) < secondsOf(joinedAt) && refuse('meeting.left-before-joining', {}),
      ],
      decide: (input, { attendance }) => (attendance[input.personId] === attendanceOf(input) ? [] : [event('AttendanceRecorded', input)]),
    }),
    RecordDecision: command({
      by: ['Chair'], from: ['open'], to: 'same', emits: ['MeetingDecisionRecorded'], guards: ['MTG-2', 'MTG-3'], input: schema('MeetingDecisionRecorded'),
      guard: ({ item, text, decisionRef }, { agenda }, ctx) => [
        !(item in agenda) && refuse('meeting.no-such-item', { item }),
        decisionRef !== undefined && !['adopted', 'rejected'].includes(ctx.evidence.decision ?? '') && refuse('meeting.decision-not-taken', {}, 'MTG-2'),
        namesAttendant(text, ctx) && refuse('meeting.names-attendant', {}, 'MTG-3'),
      ],
      decide: (input, { decisions }) => (decisions.includes(decisionOf(input)) ? [] : [event('MeetingDecisionRecorded', input)]),
    }),
    CloseMeeting: command({
      by: ['Chair'], from: ['open', 'inquorate'], to: 'closed', emits: ['MeetingClosed'], input: schema('MeetingClosed').extend({ at: At }),
      decide: ({ at: told }, _, { mode, now }) => {
        const at = mode === 'import' ? told : now;
        return at === undefined ? untold() : [event('MeetingClosed', { at })];
      },
    }),
    ApproveMinutes: command({
      by: ['Chair'], from: ['open'], to: 'same', emits: ['MinutesApproved'], guards: ['MTG-4'], input: schema('MinutesApproved'),
      guard: ({ ofMeetingId, documentRef }, state, ctx) => (state.approved[ofMeetingId] === documentRef ? undefined : minutesRules(state, ctx)),
      decide: (input, { approved }, { evidence: { id } }) => {
        if (input.ofMeetingId === id) return refuse('meeting.own-minutes', {}, 'MTG-4');
        if (!Object.hasOwn(approved, input.ofMeetingId)) return [event('MinutesApproved', input)];
        return approved[input.ofMeetingId] === input.documentRef ? [] : refuse('meeting.minutes-approved', {}, 'MTG-4');
      },
    }),
    CancelMeeting: records('MeetingCancelled', { by: ['Chair', 'NetSec'], from: ['convened'], to: 'cancelled' }),
  },

  basis: (_, { evidence: { basis } }) => basis,
  evolve: evolveMeeting,
  groups: (state, input) => {
    const body = bodyOf(state, input);
    return body?.type === 'group' ? [body.id] : [];
  },
  roles: (actor, state) => (chairs(actor, state) ? ['Chair'] : []),
  label: (state, { type }) => (type === 'AttendanceRecorded' ? attendanceLabel(state) : labelOf(state)),
});
