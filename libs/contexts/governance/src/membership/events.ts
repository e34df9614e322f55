import {
  Day, Edtf, EventCatalogue, type EventOf, GroupId, Id, Instant, LanguageTag, MembershipId, Multilingual, NetworkId, NonEmpty, PersonId, TimeZone,
} from '#kernel';
import { z } from 'zod';
import { Category } from '../network/events.js';

const Grounds = z.array(NonEmpty).min(1);
/** To the second where it was given here; of the past as much as its source tells. */
const NotifiedAt = z.union([Instant, Day, z.literal('XXXX')]);
export const Right = z.enum(['vote', 'sign', 'draft']);

export const MembershipEvents = new EventCatalogue('governance', {
  MembershipActivated: z.object({
    membershipId: MembershipId, groupId: GroupId, networkId: NetworkId, category: Category, since: Edtf,
    applicationRef: Id.meta({ ref: 'application' }).optional(),
    /** What the group was called then. */
    groupNames: Multilingual.optional(),
  }),
  MembershipCategoryChanged: z.object({ from: Category, to: Category, decisionRef: NonEmpty, effectiveOn: Day }),
  FocalPointDesignated: z.object({
    personId: PersonId, deputyId: PersonId.optional(), languages: z.array(LanguageTag).min(1), reachable: z.object({ hours: NonEmpty, timezone: TimeZone }),
  }),
  AnnualReportFiled: z.object({ period: z.object({ from: Day, to: Day }), documentRef: NonEmpty }),
  PreventiveWatchOpened: z.object({ grounds: Grounds, reviewOn: Day }),
  WatchLifted: z.object({ decisionRef: NonEmpty }),
  AlertDeclared: z.object({ grounds: Grounds, reviewOn: Day, decisionRef: NonEmpty }),
  MembershipSuspended: z.object({ grounds: Grounds, effectiveAt: Instant, decisionRef: NonEmpty, rightsWithheld: z.array(Right).min(1) }),
  TransitionOpened: z.object({ benchmarks: z.array(NonEmpty).min(1), reviewOn: Day }),
  MembershipReinstated: z.object({ decisionRef: NonEmpty, effectiveAt: Instant }),
  MembershipHeldInAbeyance: z.object({ cause: NonEmpty, graceUntil: Edtf }),
  MembershipResumed: z.object({ on: Edtf }),
  MembershipEnded: z.object({ reason: NonEmpty, on: Edtf }),
  WithdrawalNotified: z.object({ notifiedAt: NotifiedAt, effectiveOn: Day, reason: NonEmpty.optional() }),
  WithdrawalRevoked: z.object({ on: Edtf }),
  MembershipWithdrawn: z.object({ effectiveOn: Day }),
  MemberExpelled: z.object({ decisionRef: NonEmpty, effectiveOn: Day }),
});
export type MembershipSchemas = (typeof MembershipEvents)['schemas'];
export type MembershipEvent = EventOf<MembershipSchemas>;
