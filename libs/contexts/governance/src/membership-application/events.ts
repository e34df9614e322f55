import { Day, EventCatalogue, type EventOf, GroupId, Id, Instant, MembershipId, Multilingual, NetworkId, NonEmpty, PersonId, Prose } from '#kernel';
import { z } from 'zod';
import { Category } from '../network/events.js';

const ApplicationId = Id.meta({ ref: 'application' });
const Members = z.int().nonnegative().optional();
/** Members of the group by side of the chamber. */
const MembersBySide = z.strictObject({
  government: Members, opposition: Members, crossbench: Members, independent: Members, 'confidence-and-supply': Members, unknown: Members,
});

export const ApplicationEvents = new EventCatalogue('governance', {
  InterestExpressed: z.object({
    applicationId: ApplicationId, networkId: NetworkId, groupId: GroupId, contact: NonEmpty, on: Day,
    /** What the group was called then. */
    groupNames: Multilingual.optional(),
  }),
  InvitationIssued: z.object({
    applicationId: ApplicationId, networkId: NetworkId, by: PersonId, to: GroupId, expiresOn: Day, groupNames: Multilingual.optional(),
  }),
  ApplicationSubmitted: z.object({
    category: Category,
    /** `none` while the network is an initiative without charter. */
    charterVersionAccepted: NonEmpty,
    /** The recorded decision of the applicant group: an authorisation of the directory, or its minutes. */
    authorisationRef: NonEmpty,
    membersBySide: MembersBySide,
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
    /** The decision procedure; `no-objection` where the period ended without one; in an initiative the record that is cited. */
    decisionRef: NonEmpty,
    category: Category, conditions: z.array(NonEmpty), membershipId: MembershipId, groupId: GroupId, networkId: NetworkId,
  }),
  ApplicationDeferred: z.object({
    until: Day.optional(), reason: Prose,
    /** When it was deferred: whether the objection period had ended by then. */
    at: Instant.optional(),
  }),
  ApplicationResumed: z.object({
    on: Day,
    /** A new period, where the deferral fell into the first one: nobody loses days in which he could not object. */
    objectionDeadline: Instant.optional(),
  }),
  ApplicationDeclined: z.object({ decisionRef: NonEmpty, reasons: Prose, reapplyAfter: Day }),
  ApplicationWithdrawn: z.object({ reason: Prose }),
  ApplicationLapsed: z.object({ reason: NonEmpty }),
});
export type ApplicationSchemas = (typeof ApplicationEvents)['schemas'];
export type ApplicationEvent = EventOf<ApplicationSchemas>;
