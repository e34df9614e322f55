import { Day, EventCatalogue, type EventOf, GroupId, Id, Instant, NetworkId, NonEmpty, PersonId, Prose } from '#kernel';
import { z } from 'zod';
import { Category } from '../network/events.js';

export const ApplicationEvents = new EventCatalogue('governance', {
  InterestExpressed: z.object({ applicationId: Id, networkId: NetworkId, groupId: GroupId, contact: NonEmpty, on: Day }),
  InvitationIssued: z.object({ applicationId: Id, networkId: NetworkId, by: PersonId, to: GroupId, expiresOn: Day }),
  ApplicationSubmitted: z.object({
    category: Category,
    /** `none` while the network is an initiative without charter. */
    charterVersionAccepted: NonEmpty,
    /** The recorded decision of the applicant group. */
    authorisationRef: NonEmpty,
    /** Members of the group by side of the chamber. */
    membersBySide: z.record(z.string(), z.int().nonnegative()),
    documents: z.array(NonEmpty).max(50),
  }),
  FurtherInformationRequested: z.object({ questions: z.array(Prose).min(1), dueOn: Day }),
  FurtherInformationSupplied: z.object({ answers: z.array(Prose).min(1) }),
  EligibilityAssessed: z.object({
    parliamentEligible: z.boolean(),
    criteria: z.array(z.object({ id: NonEmpty, met: z.boolean(), evidence: NonEmpty })).min(1),
    assessor: PersonId,
  }),
  ApplicationCirculated: z.object({ to: z.array(GroupId), objectionDeadline: Instant }),
  ApplicationObjectionRaised: z.object({ by: GroupId, ground: z.enum(['eligibility', 'conduct', 'balance', 'procedure', 'other']), text: Prose }),
  ApplicationObjectionWithdrawn: z.object({ by: GroupId }),
  AdmissionRecommended: z.object({ by: PersonId, category: Category, conditions: z.array(NonEmpty) }),
  ApplicantAdmitted: z.object({
    /** The decision procedure, or `no-objection` where the period ended without one. */
    decisionRef: NonEmpty, category: Category, conditions: z.array(NonEmpty), membershipId: Id, groupId: GroupId, networkId: NetworkId,
  }),
  ApplicationDeferred: z.object({ until: Day.optional(), reason: Prose }),
  ApplicationResumed: z.object({ on: Day }),
  ApplicationDeclined: z.object({ decisionRef: NonEmpty, reasons: Prose, reapplyAfter: Day }),
  ApplicationWithdrawn: z.object({ reason: Prose }),
  ApplicationLapsed: z.object({ reason: NonEmpty }),
});
export type ApplicationEvent = EventOf<(typeof ApplicationEvents)['schemas']>;
