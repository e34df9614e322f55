import {
  Confidence, Day, Digest, Digests, Edtf, EventCatalogue, type EventOf, GroupId, Id, Instant, LanguageTag, MouId, Multilingual, NonEmpty, PersonId, Prose, Sources, Text,
} from '#kernel';
import { z } from 'zod';
import {
  Alternative, Bindingness, Change, ClauseKind, Counterpart, EffectRule, Initials, Languages, Notifications, Participants, Range, SigningMethod, SomeTerms, Supersedes,
  Terms, Timetable, told, When,
} from './schemas.js';

const position = z.int().positive();
const revision = z.int().positive();

export const MouEvents = new EventCatalogue('agreements', {
  MouProposed: z.object({
    mouId: MouId,
    titles: Multilingual,
    participants: Participants,
    purpose: Multilingual,
    bindingness: Bindingness,
    authenticLanguages: Languages,
    ...Terms.shape,
    /** Instruments between the same participants that this one replaces when it comes into effect. */
    supersedes: Supersedes.optional(),
    /** The participant that proposes. */
    by: GroupId,
  }),
  MouRecordedFromSource: z.object({
    mouId: MouId,
    titles: Multilingual,
    participants: Participants,
    /** `XXXX` where the source does not say. */
    signedOn: Edtf,
    signatories: z.array(z.object({ asPrinted: NonEmpty, personId: PersonId.optional(), groupId: GroupId.optional(), capacity: NonEmpty })).max(300),
    present: z.array(z.object({ asPrinted: NonEmpty, personId: PersonId.optional(), role: NonEmpty })).max(300),
    textAvailable: z.boolean(),
    confidence: Confidence,
    sources: Sources.min(1),
    /** The sources are open to the public, although none has an address. */
    sourcesPublic: z.boolean().optional(),
    purpose: Multilingual.optional(),
    bindingness: Bindingness.optional(),
    authenticLanguages: Languages.optional(),
    clauses: z.array(z.object({ clauseId: NonEmpty, kind: ClauseKind, text: Multilingual })).max(300).optional(),
    digests: Digests.optional(),
    terms: SomeTerms.optional(),
  }),
  MouNegotiationOpened: z.object({ leads: z.record(GroupId, PersonId), timetable: Timetable, by: GroupId }),
  MouClauseProposed: z.object({ clauseId: NonEmpty, kind: ClauseKind, position, text: Multilingual, by: GroupId }),
  MouClauseRevised: z.object({ clauseId: NonEmpty, revision, text: Multilingual, by: GroupId, inReplyTo: NonEmpty.optional() }),
  MouTextBracketed: z.object({
    bracketId: NonEmpty,
    clauseId: NonEmpty,
    /** The revision to which the range refers. */
    revision,
    /** Absent: the whole clause is in brackets. */
    range: Range.optional(),
    by: z.array(GroupId).min(1),
    alternatives: z.array(Alternative).max(50),
  }),
  MouBracketsLifted: z.object({
    bracketId: NonEmpty,
    clauseId: NonEmpty,
    resolution: z.enum(['kept', 'dropped', 'compromise']),
    /** The clause as it reads afterwards; absent where it stays as it is, or where the whole clause is dropped. */
    text: Multilingual.optional(),
    revision,
    by: GroupId,
  }),
  MouClauseAgreed: z.object({ clauseId: NonEmpty, revision, mode: z.enum(['agreed', 'ad-referendum']), groupId: GroupId }),
  /** All initials so far; the text is initialled when every participant's are among them. */
  MouTextInitialled: z.object({ digests: Digests, initials: Initials.min(1) }),
  MouTextReopened: z.object({ reason: Prose, by: GroupId }),
  MouPartyAuthorised: z.object({ groupId: GroupId, authorisationId: NonEmpty, digests: Digests }),
  MouOpenedForSignature: z.object({
    from: Instant,
    until: Instant.optional(),
    mode: z.enum(['ceremony', 'counterparts', 'sequential']),
    place: NonEmpty.optional(),
    /** Each participant's copy names that participant first; the text and its digest are the same. */
    alternat: z.boolean().optional(),
    /** With `sequential`: the participants in the order in which they sign. */
    order: z.array(GroupId).max(300).optional(),
  }),
  MouSigned: z.object({
    /** Absent only where a source gives no more than a printed name. */
    personId: PersonId.optional(),
    asPrinted: NonEmpty.optional(),
    groupId: GroupId,
    capacity: z.enum(['for-group', 'ad-referendum']),
    /** Empty only where a source does not give the text. */
    digests: Digests,
    at: When,
    place: NonEmpty.optional(),
    /** `account`: in a session opened with a password, no signing key involved; `passkey` never in an import (G3). */
    method: SigningMethod,
    evidenceRef: NonEmpty.optional(),
    /** With `proxy`: who gave it for the person whose signature it is, as the rules of the chamber allow (AUT-1). */
    proxyBy: PersonId.optional(),
  }),
  /** A participant that has not signed says that it will not. */
  MouSignatureDeclined: z.object({ groupId: GroupId, personId: PersonId.optional(), reason: Prose, at: When, ...told }),
  /** The time for signature has run out; `missing` have not signed. */
  MouSignatureClosed: z.object({ at: Instant, missing: z.array(GroupId).max(300), ...told }),
  MouSignatureExtended: z.object({ until: Instant }),
  MouSignaturesCompleted: z.object({ at: When }),
  /** Each participant has the copies that the others signed (MOU-5). */
  MouCounterpartsExchanged: z.object({ counterparts: z.array(Counterpart).min(2).max(300), on: Edtf }),
  MouSignatureConfirmed: z.object({ groupId: GroupId, authorisationId: NonEmpty, at: When }),
  MouSignatureWitnessed: z.object({
    personId: PersonId.optional(),
    /** Whose signature; absent where the source says no more than that the person was present. */
    ofSignatureBy: PersonId.optional(),
    asPrinted: NonEmpty.optional(),
  }),
  MouEnteredIntoEffect: z.object({ on: Edtf, byRule: EffectRule, expiresOn: Day.optional(), notifications: Notifications.optional() }),
  MouCertifiedCopyIssued: z.object({ to: NonEmpty, digest: Digest, lang: LanguageTag }),
  /** By procès-verbal: the corrected text stands in place of the defective one from the beginning; both stay readable (COR-2). */
  MouTextRectified: z.object({
    correctionId: Id,
    clauseId: NonEmpty,
    lang: LanguageTag,
    wrong: Text(20_000),
    right: Text(20_000),
    /** The procès-verbal. */
    ref: NonEmpty,
    before: Digests,
    digests: Digests,
    ...told,
  }),
  MouAmendmentProposed: z.object({
    amendmentId: NonEmpty,
    kind: z.enum(['amendment', 'addendum']),
    text: Multilingual,
    by: GroupId,
    changes: z.array(Change).max(300),
    /** Not before this day. */
    effectiveOn: Day.optional(),
    on: Edtf,
  }),
  MouAmendmentConsented: z.object({ amendmentId: NonEmpty, groupId: GroupId, on: Edtf }),
  MouAmended: z.object({ amendmentId: NonEmpty, effectiveOn: Edtf, consolidatedDigest: Digests }),
  MouAddendumAdded: z.object({ addendumId: NonEmpty, documentRef: NonEmpty, on: Edtf }),
  MouAccessionRequested: z.object({ groupId: GroupId, letterRef: NonEmpty }),
  /** Given before it is asked for, it is the invitation. */
  MouAccessionConsented: z.object({ applicantId: GroupId, byGroupId: GroupId }),
  MouAccessionRefused: z.object({ applicantId: GroupId, byGroupId: GroupId, reason: Prose }),
  MouAcceded: z.object({ groupId: GroupId, instrumentRef: NonEmpty, effectiveOn: Edtf, digests: Digests }),
  MouRenewed: z.object({ until: Day, basis: z.enum(['tacit', 'express']), instrumentRef: NonEmpty.optional() }),
  MouActivityRecorded: z.object({
    kind: z.enum(['visit', 'joint-event', 'exchange', 'statement', 'training']),
    ref: NonEmpty,
    on: Edtf,
  }),
  MouReviewHeld: z.object({ on: Edtf, findings: Prose }),
  MouSuspended: z.object({
    /** The participant that asked for it, or the rule that fired. */
    by: NonEmpty,
    scope: z.enum(['instrument', 'participant']),
    /** With scope `participant`: for whose sake the instrument rests. */
    groupId: GroupId.optional(),
    reason: Prose,
    from: Edtf,
  }),
  MouResumed: z.object({ on: Edtf }),
  MouWithdrawalNotified: z.object({ groupId: GroupId, effectiveOn: Day, ...told }),
  MouParticipantWithdrew: z.object({ groupId: GroupId, on: Edtf }),
  MouTerminated: z.object({
    on: Edtf,
    reason: z.enum(['mutual-consent', 'fewer-than-two', 'unknown']),
    decisionRef: NonEmpty.optional(),
  }),
  MouExpired: z.object({ on: Edtf }),
  MouSuperseded: z.object({ byMouId: MouId }),
  MouAbandoned: z.object({ reason: Prose, by: GroupId.optional(), ...told }),
});
export type MouSchemas = (typeof MouEvents)['schemas'];
export type MouEvent = EventOf<MouSchemas>;
export type DataOf<K extends MouEvent['type']> = Extract<MouEvent, { type: K }>['data'];
