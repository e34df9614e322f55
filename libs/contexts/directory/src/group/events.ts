import {
  Day, Digest, Edtf, EventCatalogue, type EventOf, GroupId, Id, Instant, LanguageTag, Multilingual, NonEmpty, ParliamentId,
  PartnerId, PersonId, Prose, Side, Sources,
} from '#kernel';
import { z } from 'zod';
import { ChamberCode } from '../parliament/events.js';

export const OfficerRole = z.enum(['chair', 'co-chair', 'vice-chair', 'secretary', 'treasurer', 'officer', 'honorary', 'ex-officio']);
export const Officer = z.object({
  personId: PersonId,
  role: OfficerRole,
  /** Party, side and chamber on the day of the election; absent where a source does not say. */
  party: NonEmpty.optional(),
  side: Side.optional(),
  chamber: ChamberCode.optional(),
  /** Since when, where that is known to differ from the election recorded here. */
  since: Edtf.optional(),
});
export type Officer = z.output<typeof Officer>;
const Currency = z.string().regex(/^[A-Z]{3}$/, { error: 'currency' });
const Money = z.object({ amount: z.number().nonnegative(), currency: Currency });
const Period = z.object({ from: Day, to: Day });

export const GroupEvents = new EventCatalogue('directory', {
  GroupFormationProposed: z.object({
    groupId: GroupId, parliamentId: ParliamentId, proposedName: Multilingual, purpose: Multilingual, promoters: z.array(PersonId).min(1),
  }),
  InauguralMeetingHeld: z.object({
    meetingId: Id, on: Edtf, present: z.array(PersonId),
    /** Absent where the rules set none. */
    quorumRequired: z.int().nonnegative().optional(),
    /** Absent where a source does not say who was present. */
    quorumMet: z.boolean().optional(),
  }),
  GroupFounded: z.object({
    groupId: GroupId, parliamentId: ParliamentId, names: Multilingual, abbreviations: Multilingual.optional(), purpose: Multilingual,
    foundedOn: Edtf, recognition: z.enum(['registered', 'informal', 'statutory', 'official']), sources: Sources,
  }),
  OfficersElected: z.object({ meetingId: Id.optional(), officers: z.array(Officer), termEndsOn: Edtf.optional() }),
  ResponsibleOfficerDesignated: z.object({ personId: PersonId, from: Edtf }),
  GroupMemberEnrolled: z.object({ personId: PersonId, status: z.enum(['full', 'associate', 'observer']), on: Edtf }),
  GroupMemberLeft: z.object({ personId: PersonId, on: Edtf, reason: NonEmpty }),
  OfficerAppointed: Officer.extend({ on: Edtf }),
  OfficerStoodDown: z.object({ personId: PersonId, role: OfficerRole, on: Edtf, reason: NonEmpty }),
  SecretariatAppointed: z.object({
    partnerId: PartnerId,
    services: z.array(NonEmpty).min(1),
    fundedBy: z.array(z.object({ name: NonEmpty, country: z.string().length(2).optional(), governmental: z.boolean() })).optional(),
    /** Absent only in an import whose source does not record it. */
    dueDiligence: z.object({ statementRef: NonEmpty, foreignGovernmentFunding: z.enum(['none', 'declared', 'refused']) }).optional(),
    from: Edtf,
  }),
  SecretariatEnded: z.object({ partnerId: PartnerId, until: Edtf }),
  BenefitRegistered: z.object({
    source: NonEmpty,
    kind: z.enum(['financial', 'in-kind', 'visit', 'secretariat']),
    value: Money.optional(),
    /** Where a register prints a range instead of a value. */
    band: z.object({ from: z.number().nonnegative(), upTo: z.number().positive().optional(), currency: Currency }).optional(),
    receivedOn: Edtf,
    registeredOn: Edtf,
    purpose: NonEmpty,
    /** The duties of the group after this benefit, where the rules know a threshold (GRP-6). */
    tier: z.enum(['basic', 'higher']).optional(),
    /** Registered after the time that the rules allow. */
    late: z.boolean().optional(),
  }),
  AnnualGeneralMeetingHeld: z.object({
    meetingId: Id, on: Edtf, chairedBy: PersonId.optional(), present: z.array(PersonId), quorumMet: z.boolean().optional(),
  }),
  IncomeStatementPublished: z.object({ period: Period, documentRef: NonEmpty }),
  ProgrammeOfWorkAdopted: z.object({ period: Period, items: z.array(Multilingual).min(1) }),
  GroupAuthorisationGranted: z.object({
    authorisationId: Id,
    subject: z.object({ type: z.enum(['mou', 'statement', 'application']), id: Id }),
    act: z.enum(['sign', 'endorse', 'accede', 'amend', 'withdraw', 'apply']),
    holder: PersonId,
    textDigests: z.record(LanguageTag, Digest).optional(),
    latitude: z.enum(['none', 'editorial', 'substance-within']),
    expiresAt: Instant,
    /** The recorded decision of the group: minutes, or a decision procedure. */
    decisionRef: NonEmpty,
  }),
  GroupAuthorisationRevoked: z.object({ authorisationId: Id, reason: NonEmpty }),
  ComplianceConcernRaised: z.object({ rule: NonEmpty, detail: Prose, dueOn: Day }),
  ComplianceConcernResolved: z.object({ rule: NonEmpty, resolution: Prose }),
  GroupRenamed: z.object({ from: Multilingual, to: Multilingual, on: Edtf }),
  GroupBecameDormant: z.object({ cause: NonEmpty, since: Edtf }),
  GroupReconstituted: z.object({ term: NonEmpty, on: Edtf, predecessorTerm: NonEmpty.optional() }),
  GroupLapsed: z.object({ on: Edtf, authority: NonEmpty }),
  GroupDissolved: z.object({ on: Edtf, reason: NonEmpty }),
});
export type GroupEvent = EventOf<(typeof GroupEvents)['schemas']>;
