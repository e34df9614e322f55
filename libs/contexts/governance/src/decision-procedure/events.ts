import { Deadline, DecisionId, Digest, EventCatalogue, type EventOf, GroupId, Id, Instant, MeetingId, Multilingual, NetworkId, NonEmpty, PersonId, Prose } from '#kernel';
import { z } from 'zod';
import { Rule } from '../network/events.js';

/** What is decided on: fixed at opening by type, id, revision and digest (DEC-1). */
export const Subject = z.object({
  type: z.enum(['application', 'statement', 'charter-amendment', 'membership', 'other']),
  id: Id, revision: z.int().nonnegative(), digest: Digest.optional(), title: Multilingual,
});
export const Option = z.enum(['yes', 'no', 'abstain']);
/** The groups that may decide, as of the opening (DEC-5). */
const Entitled = z.array(GroupId).min(1);
const Clauses = z.array(NonEmpty);
export const Counts = z.object({ yes: z.int(), no: z.int(), abstain: z.int(), notVoting: z.int() });
/** Of which network, and the version of its charter by which the procedure runs (NET-2, G10). */
const Basis = { networkId: NetworkId.optional(), charterVersion: NonEmpty };

export const DecisionEvents = new EventCatalogue('governance', {
  SilenceProcedureOpened: z.object({
    decisionId: DecisionId, subject: Subject, entitled: Entitled, deadline: Deadline, ...Basis, urgency: z.enum(['ordinary', 'crisis']),
  }),
  BallotOpened: z.object({
    decisionId: DecisionId, subject: Subject, entitled: Entitled, rule: Rule.exclude(['consensus']), secret: z.boolean(), closesAt: Instant,
    quorum: z.int().nonnegative(), ...Basis,
  }),
  ConsensusCalled: z.object({
    decisionId: DecisionId, subject: Subject, meetingId: MeetingId.optional(), entitled: Entitled, networkId: NetworkId.optional(), charterVersion: NonEmpty.optional(),
  }),
  NotificationDelivered: z.object({ member: GroupId, channel: z.enum(['application', 'e-mail', 'telephone', 'in-person']), deliveredAt: Instant }),
  SilenceBroken: z.object({ by: GroupId, receivedAt: Instant, reason: Prose, proposedText: Prose.optional() }),
  SilencePeriodExtended: z.object({ newDeadline: Deadline, reason: NonEmpty }),
  SupportExpressed: z.object({ by: GroupId }),
  SilenceObserved: z.object({ at: Instant, objections: z.literal(0), notified: z.int(), entitled: z.int() }),
  VoteCast: z.object({ by: GroupId, option: Option, castAt: Instant }),
  BallotClosed: z.object({
    counts: Counts, quorum: z.object({ required: z.int(), present: z.int() }),
    /** Who voted how; never of a secret ballot. */
    roll: z.array(z.object({ by: GroupId, option: Option })).optional(),
  }),
  ConsensusDeclared: z.object({ by: PersonId, at: Instant }),
  ConsensusBlocked: z.object({ by: z.array(GroupId).min(1), reasons: z.array(Prose).min(1) }),
  DecisionAdopted: z.object({ decisionId: DecisionId, subject: Subject, rule: NonEmpty, at: Instant }),
  DecisionRejected: z.object({ decisionId: DecisionId, subject: Subject, at: Instant }),
  DecisionFellInquorate: z.object({ decisionId: DecisionId, present: z.int(), required: z.int() }),
  ReservationEntered: z.object({ by: GroupId, clauses: Clauses, text: Multilingual }),
  ExplanationOfPositionEntered: z.object({ by: GroupId, text: Multilingual }),
  DisassociationDeclared: z.object({ by: GroupId, scope: z.union([z.literal('whole'), Clauses.min(1)]), text: Multilingual }),
  DecisionProcedureCancelled: z.object({ by: PersonId, reason: Prose }),
});
export type DecisionSchemas = (typeof DecisionEvents)['schemas'];
export type DecisionEvent = EventOf<DecisionSchemas>;
export type DataOf<K extends DecisionEvent['type']> = Extract<DecisionEvent, { type: K }>['data'];
export type Subject = z.output<typeof Subject>;
