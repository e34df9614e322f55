import { Capacity, DecisionId, EventCatalogue, type EventOf, GroupId, Id, Instant, MeetingId, Multilingual, NonEmpty, PersonId, Prose, TimeZone } from '#kernel';
import { z } from 'zod';

/** Who meets: the network, or one of its groups. */
export const Body = z.object({ type: z.enum(['network', 'group']), id: Id });
export const Kind = z.enum(['inaugural', 'agm', 'egm', 'plenary', 'steering', 'ordinary', 'crisis-call']);
/** What may be told of it outside: everything; what was said, but not by whom (the Chatham House Rule); nothing. */
export const Rule = z.enum(['on-record', 'chatham-house', 'in-camera']);
const Count = z.int().nonnegative();

export const MeetingEvents = new EventCatalogue('governance', {
  MeetingConvened: z.object({
    meetingId: MeetingId, body: Body, kind: Kind, at: z.object({ instant: Instant, timezone: TimeZone }), place: NonEmpty.optional(), link: NonEmpty.optional(),
    /** Numbered by their place, from one; a number stays with its item. */
    agenda: z.array(Multilingual).min(1), noticeGivenAt: Instant.optional(), rule: Rule,
    /** The rule of urgency under which notice was short (MTG-1). */
    urgencyRule: NonEmpty.optional(),
    /** What it is called, where it has a name of its own. */
    title: Multilingual.optional(),
    /** What the body was called then. */
    bodyNames: Multilingual.optional(),
    /** Of a network: the groups that may vote, as of the convening. */
    entitled: z.array(GroupId).optional(),
  }),
  /** By its number: an item with a title is put there, or in place of what stood there; one without is taken off. */
  AgendaAmended: z.object({ changes: z.array(z.object({ item: z.int().positive().max(999), title: Multilingual.optional() })).min(1) }),
  /** How many are present, and not who: of a network its groups, of a group its members. Who chaired is told of a meeting on the record alone (MTG-3). */
  MeetingOpened: z.object({ at: Instant, chairedBy: PersonId.optional(), quorumRequired: Count.optional(), present: Count }),
  QuorumLost: z.object({ at: Instant, present: Count }),
  AttendanceRecorded: z.object({ personId: PersonId, capacity: Capacity.exclude(['system', 'administrator']), joinedAt: Instant, leftAt: Instant.optional() }),
  MeetingDecisionRecorded: z.object({ item: z.int().positive().max(999), text: Multilingual, decisionRef: DecisionId.optional() }),
  MeetingClosed: z.object({ at: Instant }),
  MinutesApproved: z.object({ ofMeetingId: MeetingId, documentRef: NonEmpty }),
  MeetingCancelled: z.object({ reason: Prose }),
});
export type MeetingSchemas = (typeof MeetingEvents)['schemas'];
export type MeetingEvent = EventOf<MeetingSchemas>;
export type DataOf<K extends MeetingEvent['type']> = Extract<MeetingEvent, { type: K }>['data'];
export type Body = z.output<typeof Body>;
export type Kind = z.output<typeof Kind>;
export type Rule = z.output<typeof Rule>;
