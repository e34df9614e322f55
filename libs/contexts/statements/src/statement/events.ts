import {
  Deadline, DecisionId, Digest, Digests, EventCatalogue, type EventOf, GroupId, Id, LanguageTag, Multilingual, NonEmpty, PersonId, Prose, StatementId,
} from '#kernel';
import { z } from 'zod';
import {
  After, Agreement, ClauseId, CrossParty, Eligibility, FollowUpRef, Kind, Languages, Method, Outcome, Procedure, PublishedLanguage, Section, Snapshot, Text,
  Thresholds, Urgency, Verb, When,
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
  ClauseEdited: z.object({ clauseId: ClauseId, baseRevision: revision, text: Text, verb: Verb.optional(), note: NonEmpty }),
  ClauseMoved: z.object({ clauseId: ClauseId, after: After }),
  ClauseRemoved: z.object({ clauseId: ClauseId }),
  DraftCirculated: z.object({ revision, to: z.array(GroupId).max(500), commentsDue: Deadline }),
  ClauseAgreed: z.object({ clauseId: ClauseId, mode: Agreement, pendingGroups: z.array(GroupId).max(500) }),
  ClauseReopened: z.object({ clauseId: ClauseId, by: PersonId, reason: Prose }),
  /** `digest` is that of all languages together: what a decision and a signature bind (STM-5). */
  TextFrozen: z.object({ revision, digests: Digests, digest: Digest }),
  TextReopened: z.object({ by: PersonId, reason: Prose, voids: z.array(z.enum(['decision', 'signatures'])) }),
  StatementSubmittedForDecision: z.object({ decisionId: DecisionId, procedure: Procedure }),
  StatementAdopted: z.object({ decisionId: DecisionId, revision, digest: Digest }),
  StatementNotAdopted: z.object({ decisionId: DecisionId, outcome: Outcome }),
  StatementOpenedForSignature: z.object({ from: When, closesAt: Deadline.optional(), thresholds: Thresholds, eligibility: Eligibility }),
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
  }),
  SignatureWithdrawn: z.object({ personId: PersonId, at: When, beforePublication: z.boolean(), reason: Prose.optional() }),
  /** No clauses named: to the text as a whole. */
  StatementReservationEntered: z.object({ groupId: GroupId, clauses: z.array(ClauseId).max(200), text: Text }),
  StatementPublished: z.object({
    at: When,
    revision,
    digests: Digests,
    languages: z.array(PublishedLanguage).min(1),
    signatoryCount: count,
    parliamentCount: count,
    crossParty: z.array(CrossParty),
  }),
  StatementClosedForSignature: z.object({ at: When, finalCount: count }),
  FollowUpLinked: z.object({ ref: FollowUpRef }),
  StatementSuperseded: z.object({ byStatementId: StatementId }),
  StatementRetracted: z.object({ decisionRef: DecisionId, reason: Multilingual }),
  StatementAbandoned: z.object({ reason: Prose }),
});
export type StatementSchemas = (typeof StatementEvents)['schemas'];
export type StatementEvent = EventOf<StatementSchemas>;
export type DataOf<K extends StatementEvent['type']> = Extract<StatementEvent, { type: K }>['data'];
