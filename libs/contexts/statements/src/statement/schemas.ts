import { Edtf, GroupId, Id, Instant, LanguageTag, Multilingual, NonEmpty, ParliamentId, PersonId, Prose, Side } from '#kernel';
import { z } from 'zod';

/** What it is decides who is said to speak (STM-1). */
export const Kind = z.enum(['network-statement', 'chairs-statement', 'joint-statement', 'open-letter', 'harmonised-motion']);
export type Kind = z.output<typeof Kind>;

export const Section = z.enum(['preambular', 'operative', 'annex']);
export type Section = z.output<typeof Section>;
export const Urgency = z.enum(['ordinary', 'crisis']);
export const ClauseId = Id;
/** The clause behind which it stands; null: before all others of its section. */
export const After = ClauseId.nullable();
/** Key of an opening verb in `data/opening-verbs.ts`. */
export const Verb = z.string().regex(/^[a-z]+(-[a-z]+)*$/, { error: 'verb' });
export const Agreement = z.enum(['agreed', 'ad-referendum']);
export type Agreement = z.output<typeof Agreement>;

/** An instant where the product saw it happen; a partial date where a source tells of it. */
export const When = z.union([Instant, Edtf]);

/** What is shown of a signatory: as of the instant of the signature, whatever changes later (STM-6). */
export const Snapshot = z.object({
  name: NonEmpty,
  title: NonEmpty.optional(),
  party: NonEmpty.optional(),
  side: Side,
  chamber: NonEmpty.optional(),
  parliament: ParliamentId,
});
export type Snapshot = z.output<typeof Snapshot>;

/** What must be reached before publication (STM-7). */
export const Thresholds = z.object({
  signatories: z.int().nonnegative(),
  parliaments: z.int().nonnegative(),
  /** Groups that have endorsed. */
  endorsements: z.int().nonnegative(),
  /** Signatories of every endorsing group. */
  signatoriesPerGroup: z.int().nonnegative(),
  /** Is the cross-party mark asked for? */
  crossParty: z.boolean(),
});
export type Thresholds = z.output<typeof Thresholds>;

export const Eligibility = z.enum(['network', 'sponsor-groups']);

/** Sides among the signatories of one parliament, and whether it bears the cross-party mark. */
export const CrossParty = z.object({
  parliament: ParliamentId,
  government: z.int().nonnegative(),
  opposition: z.int().nonnegative(),
  other: z.int().nonnegative(),
  mark: z.boolean(),
});
export type CrossParty = z.output<typeof CrossParty>;

export const PublishedLanguage = z.object({ tag: LanguageTag, status: z.enum(['authentic', 'official', 'courtesy', 'provisional']) });
/** Equal in force; adopted and certified; for information only (domain.md 5.1). */
export const LegalStatus = z.enum(['authentic', 'official', 'courtesy']);
export type LegalStatus = z.output<typeof LegalStatus>;
/** The words of one language, by clause. */
export const TextsByClause = z.record(ClauseId, Prose);
/** What the public reads of a clause, in the languages that are published. */
export const PublishedClause = z.object({ clauseId: ClauseId, section: Section, verb: Verb.optional(), text: Multilingual });
export type PublishedClause = z.output<typeof PublishedClause>;
/** Who may read before the instant, besides those whose text it is. */
export const EmbargoList = z.object({ groups: z.array(GroupId).max(500), persons: z.array(PersonId).max(2000) });
export const Method = z.enum(['account', 'passkey', 'source']);
export const Procedure = z.enum(['silence', 'ballot', 'consensus']);
export const Outcome = z.enum(['rejected', 'silence-broken']);
export const FollowUpRef = z.object({
  type: z.enum(['statement', 'scrutiny', 'action', 'commitment', 'mou', 'briefing', 'situation']),
  id: Id,
});

/** In a historical import the source says who, for whom and when; elsewhere the actor and the clock do (G2, G3). */
export const imported = {
  groupId: GroupId.optional().meta({ import: true }),
  personId: PersonId.optional().meta({ import: true }),
  at: Edtf.optional().meta({ import: true }),
};

export const Languages = z.array(LanguageTag).max(20);
export const Text = Multilingual;
