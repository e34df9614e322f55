import { Deadline, GroupId, Id, LanguageTag, Multilingual, NonEmpty, PersonId, Prose } from '#kernel';
import { z } from 'zod';
import { Method, Snapshot, When } from './schemas.js';

const count = z.int().nonnegative();

/** One step of an order: a group has done its part when one of its members has signed or it has endorsed. */
export const SigningStage = z.object({
  title: Multilingual.optional(),
  groups: z.array(GroupId).max(200),
  persons: z.array(PersonId).max(200),
  /** So many of those named complete it; all where it is left out. */
  need: z.int().positive().optional(),
});
export type SigningStage = z.output<typeof SigningStage>;

/** What must be reached before anybody sees who has signed; parties are counted within their parliament. */
export const PrivateUntil = z.object({ signatories: count.optional(), parliaments: count.optional(), parties: count.optional() });
export type PrivateUntil = z.output<typeof PrivateUntil>;

export const SigningPolicy = z.object({
  order: z.enum(['all-at-once', 'stages', 'k-of-m']),
  /** With `stages`: one opens when the one before it is complete. */
  stages: z.array(SigningStage).min(1).max(20).optional(),
  /** With `k-of-m`: those of whom `need` sign. */
  persons: z.array(PersonId).min(1).max(200).optional(),
  need: z.int().positive().optional(),
  /** May lie after publication: later signatories are dated. */
  addUntil: Deadline.optional(),
  withdrawUntil: Deadline.optional(),
  /** A withdrawal after publication; shown with its date where it is left out (STM-9). */
  afterPublication: z.enum(['shown', 'refused']).optional(),
  privateUntil: PrivateUntil.optional(),
});
export type SigningPolicy = z.output<typeof SigningPolicy>;

/** The version of a chamber's rules by which it was judged. */
export const ProfileRef = z.object({ profileId: NonEmpty, version: NonEmpty });
export type ProfileRef = z.output<typeof ProfileRef>;

/** Everyone whose signature stood, and who was told of it; the title under which they know the text. */
export const told = { told: z.array(PersonId).max(20_000).optional(), title: Multilingual.optional() };
/** Nobody but this person, the network's secretariat and the auditor knows of it. */
export const secret = { private: z.boolean().optional() };

/** A signature as it is shown once it may be. */
export const Signature = z.object({
  personId: PersonId, groupId: GroupId.optional(), capacity: z.enum(['individual', 'officer']), snapshot: Snapshot, languageSeen: LanguageTag, at: When, method: Method,
});
export type Signature = z.output<typeof Signature>;
export const RemovedBecause = z.enum(['executive-office']);

export const MotionAmendmentId = Id;
export const MotionTitle = NonEmpty;
export const MotionText = Prose;
/** IPU Parline writes GB-LC01 for the lower chamber, GB-UC01 for the upper. */
export const Chamber = z.string().regex(/^[A-Z]{2}-[A-Z]{2}\d{2}$/, { error: 'chamber-code' });
