import { Day, Edtf, EventCatalogue, type EventOf, Instant, LanguageTag, Multilingual, NonEmpty, ParliamentId, PersonalAct, Source, Sources, TimeZone } from '#kernel';
import { z } from 'zod';

export const ChamberCode = z.string().regex(/^[A-Z]{2}-[A-Z]{2}[0-9]{2}$/, { error: 'chamber-code' });

/**
 * The rules under which groups of a parliament live, versioned and dated (PRL-3). A field that is absent is not regulated.
 */
export const RulesProfile = z.object({
  profileId: NonEmpty,
  version: NonEmpty,
  validFrom: Edtf,
  validUntil: Edtf.optional(),
  minMembers: z.int().positive().optional(),
  maxOfficers: z.int().positive().optional(),
  /** Both sides of the chamber among the officers. */
  officerBalance: z.enum(['government-and-opposition', 'none']).optional(),
  /** Members who must be present, by kind of meeting: `inaugural`, `agm`, `egm`. */
  quorumByMeetingKind: z.record(z.string(), z.int().positive()).optional(),
  noticeDays: z.record(z.string(), z.int().nonnegative()).optional(),
  benefitThreshold: z.object({ amount: z.number().nonnegative(), currency: z.string().length(3) }).optional(),
  benefitDeadlineDays: z.int().positive().optional(),
  /** Chamber code in which the chair must sit. */
  chairMustSitIn: ChamberCode.optional(),
  maxGroupsPerOfficer: z.int().positive().optional(),
  groupEndsAtDissolution: z.boolean(),
  mayUseParliamentName: z.boolean(),
  foreignGovernmentSecretariat: z.enum(['forbidden', 'declared', 'unregulated']).optional(),
  /** Personal acts for which a proxy may stand in, shown as such (AUT-1); absent: none. */
  proxyFor: z.array(PersonalAct.extract(['sign', 'vote', 'break-silence'])).min(1).optional(),
  /** Printed under everything a group publishes (GRP-9). */
  disclaimer: Multilingual.optional(),
  source: Source.extend({ version: NonEmpty.optional() }),
});
export type RulesProfile = z.output<typeof RulesProfile>;

export const ParliamentEvents = new EventCatalogue('directory', {
  ParliamentRegistered: z.object({
    parliamentId: ParliamentId,
    /** ISO 3166-1 alpha-2, or a user-assigned code (XA to XZ) for exercises. */
    iso3166: z.string().regex(/^[A-Z]{2}$/, { error: 'country' }),
    names: Multilingual,
    /** UN M49 region code, three digits. */
    m49Region: z.string().regex(/^\d{3}$/, { error: 'm49' }),
    structure: z.enum(['unicameral', 'bicameral']),
    seatTimezone: TimeZone,
    workingLanguages: z.array(LanguageTag).min(1),
    /** Where it sits, for the map: degrees of WGS 84. */
    seat: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  }),
  ChamberRegistered: z.object({
    /** As IPU Parline writes it: GB-LC01 for the lower chamber, GB-UC01 for the upper. */
    chamberCode: ChamberCode,
    kind: z.enum(['lower', 'upper', 'unicameral']),
    names: Multilingual,
    memberTitle: Multilingual,
    totalSeats: z.int().positive().optional(),
  }),
  SittingCalendarPublished: z.object({
    chamberCode: ChamberCode,
    sittings: z.array(z.object({ date: Day, kind: NonEmpty })).max(400),
    recesses: z.array(z.object({ from: Day, to: Day })).max(50),
  }),
  RecessBegan: z.object({ chamberCode: ChamberCode.optional(), from: Day, expectedReturn: Day.optional() }),
  SittingsResumed: z.object({ chamberCode: ChamberCode.optional(), on: Day }),
  ParliamentDissolved: z.object({
    chambers: z.array(ChamberCode).min(1),
    effectiveAt: Instant,
    nextElectionOn: Day.optional(),
    authority: NonEmpty,
  }),
  ParliamentaryTermOpened: z.object({
    chamber: ChamberCode,
    termNumber: z.int().positive(),
    openedOn: Day,
    electionOn: Day.optional(),
  }),
  ParliamentCeasedToFunction: z.object({
    since: Edtf,
    cause: z.enum(['coup', 'suspension', 'annulment', 'other']),
    sources: Sources.min(1),
  }),
  GroupRulesProfileAdopted: RulesProfile,
});
export type ParliamentEvent = EventOf<(typeof ParliamentEvents)['schemas']>;
