import {
  Day, Edtf, EventCatalogue, type EventOf, GroupId, Id, LanguageTag, Multilingual, NetworkId, NonEmpty, ParliamentId, PartnerId, PersonId, Prose, Sources,
} from '#kernel';
import { z } from 'zod';
import { Kind } from '../meeting/events.js';

const Languages = z.object({ official: z.array(LanguageTag).min(1), working: z.array(LanguageTag).min(1) });
export const Category = z.enum(['full', 'associate', 'observer', 'prospective']);
export const Rule = z.enum(['consensus', 'simple', 'two-thirds', 'absolute', 'unanimity']);
const ChairSeat = z.object({ personId: PersonId, groupId: GroupId, parliamentId: ParliamentId });
const Categories = z.array(Category).min(1);
/** Which majority decides which question: `admission`, `charter`, `statement`, `membership`, `other`. */
const DecisionRules = z.record(z.string(), Rule);
const Count = z.int().positive();
/** None longer than ten years: a day computed with one has to stay a day of four-digit years. */
const [Hours, Days, Months] = [Count.max(87_600), Count.max(3650), Count.max(120)];

export const RulesOfProcedure = z.object({
  silence: z.object({ defaultHours: Hours, minHours: Hours, crisisHours: Hours }),
  statement: z.object({ signatories: z.int().nonnegative(), parliaments: z.int().nonnegative() }),
  signature: z.object({ policy: z.enum(['add-until-closing', 'fixed-at-opening']) }),
  /** How many of a hundred entitled members have to take part in a ballot. */
  quorumPercent: z.int().min(0).max(100).optional(),
  /** Whether members of the applicant's parliament stand aside (APP-5). */
  recuseSameParliament: z.boolean().optional(),
  /** Declared days on which no ordinary silence ends, the first and the last of each (DEC-2). */
  quietWindows: z.array(z.object({ from: Day, to: Day })).optional(),
  /** Those left out are as in data/charter-defaults.ts. */
  periods: z
    .object({
      objectionDays: Days, amendmentNoticeDays: Days, graceMonths: Months, reviewDays: Days, withdrawalNoticeMonths: Months, coolingOffMonths: Months,
      lapseMonths: Months,
    })
    .partial()
    .optional(),
  /** Notice of meetings, by their kind (MTG-1); those left out are as in data/meeting-defaults.ts. */
  noticeDays: z.partialRecord(Kind, z.int().nonnegative().max(3650)).optional(),
});

export const NetworkEvents = new EventCatalogue('governance', {
  NetworkInitiativeLaunched: z.object({ networkId: NetworkId, names: Multilingual, aims: Multilingual, launchedOn: Edtf, sources: Sources }),
  NetworkSecretariatDesignated: z.object({ partnerId: PartnerId, from: Edtf, mandate: Prose }),
  CharterAdopted: z.object({
    charterId: Id, version: NonEmpty, documentRef: NonEmpty, categories: Categories, decisionRules: DecisionRules, languages: Languages, effectiveOn: Day,
  }),
  CharterAmendmentProposed: z.object({ amendmentId: Id, text: Multilingual, proposers: z.array(GroupId).min(1), noticeUntil: Day }),
  CharterAmended: z.object({
    amendmentId: Id, newVersion: NonEmpty, effectiveOn: Day, decisionRef: Id,
    /** Where the amendment changes them. */
    categories: Categories.optional(), decisionRules: DecisionRules.optional(),
  }),
  CharterAmendmentRejected: z.object({ amendmentId: Id, decisionRef: Id }),
  RulesOfProcedureAdopted: z.object({ version: NonEmpty, rules: RulesOfProcedure }),
  OfficialLanguagesDesignated: Languages.extend({ effectiveOn: Day }),
  SteeringCommitteeElected: z.object({
    seats: z.array(z.object({ groupId: GroupId, personId: PersonId, parliamentId: ParliamentId, region: NonEmpty.optional() })).min(1), term: NonEmpty,
  }),
  NetworkChairRotated: z.object({ from: z.array(ChairSeat), to: z.array(ChairSeat).min(1), on: Day }),
  RegionalChapterEstablished: z.object({ m49: z.string().regex(/^\d{3}$/, { error: 'm49' }), members: z.array(GroupId).min(1), seat: NonEmpty }),
  NetworkDissolved: z.object({ on: Day, archiveCustodian: NonEmpty }),
});
export type NetworkSchemas = (typeof NetworkEvents)['schemas'];
export type NetworkEvent = EventOf<NetworkSchemas>;
