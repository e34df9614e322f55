import {
  Deadline, DecisionId, Digest, Digests, EventCatalogue, type EventOf, GroupId, Id, Instant, LanguageTag, Multilingual, NonEmpty, PersonId, Prose, StatementId, Tlp,
} from '#kernel';
import { z } from 'zod';
import {
  AmendmentId, Authors, BracketAlternative, BracketId, BracketRange, BracketResolution, CompromiseId, Fallen, Operations, RelationName, SourceRef, WhyVersion,
} from './amendment-schemas.js';
import {
  Chamber, MotionAmendmentId, MotionText, MotionTitle, ProfileRef, RemovedBecause, secret, Signature, SigningPolicy, told,
} from './signing-schemas.js';
import {
  After, Agreement, ClauseId, CrossParty, Eligibility, EmbargoList, FollowUpRef, Kind, Languages, LegalStatus, Method, Outcome, Procedure, PublishedClause, PublishedLanguage, Section, Snapshot,
  Text, TextsByClause, Thresholds, Urgency, Verb, When,
} from './schemas.js';

const revision = z.int().nonnegative();
const count = z.int().nonnegative();

export const StatementEvents = new EventCatalogue('statements', {
  StatementProposed: z.object({
    statementId: StatementId,
    kind: Kind,
    subject: Multilingual,
    situationRef: Id.meta({ ref: 'situation' }).optional(),
    /** The language in which it is drafted. */
    leadLanguage: LanguageTag,
    authenticLanguages: Languages,
    urgency: Urgency,
    /** The group that proposes. */
    by: GroupId,
    /** Who proposed for it; unknown in some imports. Holds the pen until a penholder is appointed. */
    personId: PersonId.optional(),
  }),
  SponsorJoined: z.object({ by: GroupId }),
  SponsorLeft: z.object({ by: GroupId }),
  PenholderAppointed: z.object({ personId: PersonId }),
  DraftingStarted: z.object({ template: NonEmpty.optional() }),
  /** `after` absent: at the end of its section. */
  ClauseAdded: z.object({ clauseId: ClauseId, section: Section, after: After.optional(), text: Text, verb: Verb.optional() }),
  /** The languages in `text` are set anew; the others stay. `baseRevision`: the revision that the editor saw (STM-3). */
  ClauseEdited: z.object({ clauseId: ClauseId, baseRevision: revision, text: Text, verb: Verb.optional(), note: NonEmpty, operations: Operations.optional() }),
  /** What people typed together, as one version: from which to which version of the live text, and by whom. */
  ClauseVersionMarked: z.object({
    clauseId: ClauseId, lang: LanguageTag, text: Prose, textHash: Digest, fromVersion: count, toVersion: count, authors: Authors, why: WhyVersion, operations: Operations,
  }),
  ClauseMoved: z.object({ clauseId: ClauseId, after: After }),
  ClauseRemoved: z.object({ clauseId: ClauseId }),
  DraftCirculated: z.object({ revision, to: z.array(GroupId).max(500), commentsDue: Deadline }),
  /** `operations` are on the text of `baseRevision`, or on that of the amendment `to` which they would change. */
  AmendmentProposed: z.object({
    amendmentId: AmendmentId, number: z.int().positive(), lang: LanguageTag, operations: Operations, by: GroupId, personId: PersonId.optional(), authors: Authors.optional(),
    rationale: Multilingual, baseRevision: revision, to: AmendmentId.optional(), draftId: Id.optional(),
  }),
  AmendmentSeconded: z.object({ amendmentId: AmendmentId, by: GroupId, personId: PersonId.optional() }),
  /** `operations` as they entered the text; `rest`: those that were not accepted and stay open; `into`: the amendment that it changed instead of the text. */
  AmendmentAccepted: z.object({
    amendmentId: AmendmentId, revision, by: PersonId, operations: Operations, rest: Operations.optional(), into: AmendmentId.optional(), decisionRef: DecisionId.optional(),
  }),
  AmendmentAcceptedAsModified: z.object({
    amendmentId: AmendmentId, amendments: z.array(AmendmentId).min(1).max(50), compromiseId: CompromiseId, operations: Operations, revision, by: PersonId, agreedBy: z.array(GroupId).max(500),
    decisionRef: DecisionId.optional(),
  }),
  AmendmentRejected: z.object({ amendmentId: AmendmentId, by: PersonId, reason: Prose, decisionRef: DecisionId.optional() }),
  AmendmentWithdrawn: z.object({ amendmentId: AmendmentId, by: GroupId }),
  AmendmentFell: z.object({ amendmentId: AmendmentId, because: Fallen }),
  /** It says the same as another one, which carries it; both keep the credit. Without `by`: found when the other was accepted. */
  AmendmentJoined: z.object({ amendmentId: AmendmentId, into: AmendmentId, by: GroupId.optional() }),
  /** Brought over an accepted change; until `undoUntil` its author may take that back. */
  AmendmentRebased: z.object({ amendmentId: AmendmentId, revision, operations: Operations, before: Operations, undoUntil: Instant }),
  AmendmentRebaseUndone: z.object({ amendmentId: AmendmentId, by: PersonId }),
  /** An accepted change stands where it would: its author finds it another place, joins or withdraws it. */
  AmendmentDisplaced: z.object({ amendmentId: AmendmentId, revision, relation: RelationName, by: AmendmentId.optional() }),
  AmendmentReanchored: z.object({ amendmentId: AmendmentId, operations: Operations, baseRevision: revision }),
  /** For those of the two that are `by`’s own. */
  InsertionOrderAccepted: z.object({ first: AmendmentId, second: AmendmentId, by: GroupId, for: z.array(AmendmentId).min(1).max(2) }),
  CompromiseProposed: z.object({
    compromiseId: CompromiseId, amendments: z.array(AmendmentId).min(1).max(50), operations: Operations, by: GroupId, personId: PersonId, rationale: Multilingual, baseRevision: revision,
  }),
  CompromiseConsented: z.object({ compromiseId: CompromiseId, by: GroupId, personId: PersonId }),
  CompromiseRefused: z.object({ compromiseId: CompromiseId, by: GroupId, personId: PersonId, reason: Prose }),
  TextBracketed: z.object({
    bracketId: BracketId, clauseId: ClauseId, lang: LanguageTag, range: BracketRange, quote: z.string().max(20_000), by: z.array(GroupId).min(1).max(50), alternatives: z.array(BracketAlternative).max(20),
  }),
  BracketResolved: z.object({ bracketId: BracketId, clauseId: ClauseId, resolution: BracketResolution, text: z.string().max(20_000), operations: Operations, revision, by: PersonId }),
  ClauseSourceAttached: z.object({ clauseId: ClauseId, sourceRef: SourceRef, tlp: Tlp }),
  ClauseSourceCleared: z.object({ clauseId: ClauseId, sourceRef: SourceRef.pick({ id: true, title: true, url: true }), by: PersonId }),
  LegalCharacterisationOverridden: z.object({ clauseId: ClauseId, by: PersonId, reason: Prose }),
  ClauseAgreed: z.object({ clauseId: ClauseId, mode: Agreement, pendingGroups: z.array(GroupId).max(500) }),
  ClauseReopened: z.object({ clauseId: ClauseId, by: PersonId, reason: Prose }),
  /** `digest` is that of all languages together: what a decision and a signature bind (STM-5). */
  TextFrozen: z.object({ revision, digests: Digests, digest: Digest }),
  /** The certified words of one language. `digest` is of its whole text; once the text is frozen, `digests` and `frozenDigest` are what is frozen with it. */
  LanguageVersionEntered: z.object({
    lang: LanguageTag, status: LegalStatus, texts: TextsByClause, title: NonEmpty.optional(), sourceRevision: revision, translationId: Id, certifiedBy: z.array(PersonId).max(50), digest: Digest,
    digests: Digests.optional(), frozenDigest: Digest.optional(), operations: Operations.optional(),
  }),
  /** Every authentic language says the same: from here on the text changes by procès-verbal only (STM-12). */
  TextSealed: z.object({ revision, digests: Digests, digest: Digest, concordance: z.array(z.object({ lang: LanguageTag, translationId: Id, certifiedBy: z.array(PersonId).max(50) })).max(20) }),
  TextReopened: z.object({ by: PersonId, reason: Prose, voids: z.array(z.enum(['decision', 'signatures'])) }),
  StatementSubmittedForDecision: z.object({ decisionId: DecisionId, procedure: Procedure }),
  StatementAdopted: z.object({ decisionId: DecisionId, revision, digest: Digest }),
  StatementNotAdopted: z.object({ decisionId: DecisionId, outcome: Outcome }),
  StatementOpenedForSignature: z.object({ from: When, closesAt: Deadline.optional(), thresholds: Thresholds, eligibility: Eligibility, policy: SigningPolicy.optional() }),
  GroupEndorsed: z.object({ groupId: GroupId, authorisationId: Id.optional(), digest: Digest }),
  StatementSigned: z.object({
    personId: PersonId,
    /** The group to which the signatory belongs, where he has one. */
    groupId: GroupId.optional(),
    capacity: z.enum(['individual', 'officer']),
    snapshot: Snapshot,
    digest: Digest,
    languageSeen: LanguageTag,
    at: When,
    method: Method,
    /** The stage of the order to which it counts, from 1. */
    stage: z.int().positive().optional(),
    ...secret,
  }),
  /** The threshold is reached: from here on everybody sees who has signed, and when. */
  SignaturesRevealed: z.object({ signatories: z.array(Signature).max(20_000) }),
  SignatureWithdrawn: z.object({ personId: PersonId, at: When, beforePublication: z.boolean(), reason: Prose.optional(), signedAt: When.optional(), ...told, ...secret }),
  SignatureDeclined: z.object({ personId: PersonId, groupId: GroupId.optional(), at: When, reason: Prose.optional(), ...told, ...secret }),
  /** By a rule of the chamber. */
  SignatureRemoved: z.object({
    personId: PersonId, at: When, beforePublication: z.boolean(), because: RemovedBecause, office: NonEmpty.optional(), profile: ProfileRef.optional(), signedAt: When.optional(), ...told, ...secret,
  }),
  /** The text in the form of one chamber, in its language. */
  MotionVariantSet: z.object({ chamber: Chamber, lang: LanguageTag, title: MotionTitle, text: MotionText, profile: ProfileRef }),
  MotionAmendmentTabled: z.object({ amendmentId: MotionAmendmentId, chamber: Chamber, text: MotionText, words: count, personId: PersonId, groupId: GroupId.optional(), at: When }),
  MotionAmendmentSigned: z.object({ amendmentId: MotionAmendmentId, personId: PersonId, groupId: GroupId.optional(), at: When }),
  /** No clauses named: to the text as a whole. */
  StatementReservationEntered: z.object({ groupId: GroupId, clauses: z.array(ClauseId).max(200), text: Text }),
  /** `digest`: of the text that will be released, so that anybody can check later what was fixed (STM-8). */
  EmbargoSet: z.object({ until: Deadline, list: EmbargoList, digest: Digest }),
  EmbargoAccessGranted: z.object({ to: EmbargoList, purpose: Prose }),
  EmbargoBreached: z.object({ how: Prose, at: When }),
  EmbargoChanged: z.object({ until: Deadline, digest: Digest }),
  /** The publication of record: the words themselves, in the languages that are published. */
  StatementPublished: z.object({
    at: When,
    revision,
    digests: Digests,
    languages: z.array(PublishedLanguage).min(1),
    signatoryCount: count,
    parliamentCount: count,
    crossParty: z.array(CrossParty),
    /** Over all authentic languages. */
    digest: Digest.optional(),
    /** The digest to which an embargo had committed. */
    committed: Digest.optional(),
    corrections: count.optional(),
    kind: Kind.optional(),
    leadLanguage: LanguageTag.optional(),
    title: Multilingual.optional(),
    clauses: z.array(PublishedClause).max(1000).optional(),
  }),
  /** `languages`: all that are published from now on, with their status. */
  LanguageVersionPublished: z.object({
    lang: LanguageTag, status: PublishedLanguage.shape.status, digest: Digest, texts: TextsByClause, title: NonEmpty.optional(), translationId: Id, revision, corrections: count,
    languages: z.array(PublishedLanguage).min(1), digests: Digests, frozenDigest: Digest,
  }),
  /** What a procès-verbal put right in the words; without `clauseId`: in the title. `languages` once it is published. */
  StatementCorrected: z.object({
    correctionId: Id, clauseId: ClauseId.optional(), lang: LanguageTag, wrong: Prose, corrected: Prose, procesVerbalRef: NonEmpty, revision, corrections: count,
    before: Digests, digests: Digests, frozenDigest: Digest, kind: Kind, leadLanguage: LanguageTag, title: Multilingual, clauses: z.array(PublishedClause).max(1000),
    languages: z.array(PublishedLanguage).optional(), told: told.told,
  }),
  StatementClosedForSignature: z.object({ at: When, finalCount: count }),
  FollowUpLinked: z.object({ ref: FollowUpRef }),
  StatementSuperseded: z.object({ byStatementId: StatementId }),
  StatementRetracted: z.object({ decisionRef: DecisionId, reason: Multilingual, ...told }),
  StatementAbandoned: z.object({ reason: Prose }),
});
export type StatementSchemas = (typeof StatementEvents)['schemas'];
export type StatementEvent = EventOf<StatementSchemas>;
export type DataOf<K extends StatementEvent['type']> = Extract<StatementEvent, { type: K }>['data'];
