import { Day, Digests, Edtf, GroupId, Instant, LanguageTag, MouId, Multilingual, NonEmpty, PersonId } from '#kernel';
import { z } from 'zod';

/** Kinds of clause (domain 3.2); `other` for what none of them covers. */
export const ClauseKind = z.enum([
  'title', 'parties', 'preamble', 'purpose', 'cooperation', 'modalities', 'focal-points', 'information-handling', 'crisis', 'accession',
  'status', 'languages', 'effect', 'amendment', 'differences', 'suspension', 'withdrawal', 'depositary', 'done-at', 'signatures', 'other',
]);
export type ClauseKind = z.output<typeof ClauseKind>;

/** An instant where the product saw it happen; a partial date where a source tells of it. */
export const When = z.union([Instant, Edtf]);

/** How the instrument comes into effect (MOU-6). */
export const Effect = z.object({
  rule: z.enum(['last-signature', 'fixed-date', 'n-signatures', 'notifications']),
  /** For `fixed-date`. */
  date: Day.optional(),
  /** For `n-signatures`. */
  n: z.int().min(2).optional(),
});
export const EffectRule = z.enum(['last-signature', 'fixed-date', 'n-signatures', 'notifications', 'assumed-on-signature', 'unknown']);

/** Either months from its effect or a day; neither: without limit of time. */
export const Duration = z.object({ months: z.int().positive().max(1200).optional(), until: Day.optional() });

/** What the rules compute with; the same words stand in the clauses. */
export const terms = {
  effect: Effect,
  accession: z.enum(['open', 'by-invitation', 'unanimous', 'closed']),
  withdrawalNoticeMonths: z.int().min(0).max(60),
  /** Whose consent an amendment or addendum needs (MOU-7). */
  amendmentConsent: z.enum(['all', 'two-thirds', 'majority']),
  /** `participant-suspended`: when a participant's membership is suspended; `any-participant`: also when one asks for it. */
  suspension: z.enum(['none', 'participant-suspended', 'any-participant']),
  numberStyle: z.enum(['articles', 'paragraphs', 'letters']),
  duration: Duration.optional(),
  renewal: z.enum(['none', 'tacit', 'express']),
  /** For how long a tacit renewal holds. */
  renewalMonths: z.int().positive().max(1200).optional(),
};
export const Terms = z.object(terms);
export type Terms = z.output<typeof Terms>;
export const SomeTerms = Terms.partial();

/** Political, not legally binding, or binding: mandatory (MOU-12). */
export const Bindingness = z.enum(['political', 'binding']);
export const Participants = z.array(GroupId).max(300);
export const Languages = z.array(LanguageTag).min(1).max(20);

/** Characters `from` (included) to `to` (not included) of the clause in one language, in UTF-16 code units of its canonical form. */
export const Range = z.object({ lang: LanguageTag, from: z.int().nonnegative(), to: z.int().positive() });
export const Alternative = z.object({ by: GroupId, text: Multilingual });

export const Initials = z.array(z.object({ personId: PersonId, groupId: GroupId, at: When })).max(300);

/** One step from the text in effect to the consolidated one. A new clause goes to `position`, counted from 1. */
export const Change = z.object({
  op: z.enum(['replace', 'insert', 'delete']),
  clauseId: NonEmpty.optional(),
  kind: ClauseKind.optional(),
  position: z.int().positive().optional(),
  text: Multilingual.optional(),
});
export type Change = z.output<typeof Change>;

export const Notifications = z.array(z.object({ groupId: GroupId, receivedOn: Day, ref: NonEmpty })).max(300);
export const Supersedes = z.array(MouId).max(20);
export const Timetable = z.array(z.object({ on: Day, item: NonEmpty })).max(100);
/** Everyone who has signed and is told of this; the text is called so at that time. */
export const told = { told: z.array(PersonId).max(300).optional(), title: Multilingual.optional() };
/** The copy that a participant signed, as the depositary received it. */
export const Counterpart = z.object({ groupId: GroupId, digests: Digests, ref: NonEmpty });
export const SigningMethod = z.enum(['account', 'passkey', 'qualified-esign', 'wet-ink-scan', 'proxy', 'unknown']);
