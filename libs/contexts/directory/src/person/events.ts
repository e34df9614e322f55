import { Edtf, EventCatalogue, type EventOf, GroupId, Id, LanguageTag, NonEmpty, PersonId, Prose, Side, Sources } from '#kernel';
import { z } from 'zod';
import { ChamberCode } from '../parliament/events.js';

export const PersonName = z.object({
  full: NonEmpty,
  given: NonEmpty.optional(),
  family: NonEmpty.optional(),
  /** ISO 15924, for example `Latn`. */
  script: z.string().regex(/^[A-Z][a-z]{3}$/, { error: 'script' }),
  lang: LanguageTag,
  /** As it stands in the source, kept as it is (PER-4). */
  asPrinted: NonEmpty.optional(),
});

export const PersonEvents = new EventCatalogue('directory', {
  PersonRecorded: z.object({
    personId: PersonId,
    names: z.array(PersonName).min(1),
    kind: z.enum(['parliamentarian', 'staff', 'expert', 'witness', 'official']),
    sources: Sources,
  }),
  IdentityVerified: z.object({
    method: z.enum(['parliament-email', 'in-person', 'register-match', 'credential']),
    by: PersonId,
    evidenceRef: NonEmpty,
  }),
  MandateBegan: z.object({
    mandateId: Id,
    chamberCode: ChamberCode,
    term: z.int().positive().optional(),
    seat: z.enum(['constituency', 'list', 'appointed', 'ex-officio', 'unknown']),
    title: NonEmpty,
    startedOn: Edtf,
  }),
  MandateEnded: z.object({
    mandateId: Id,
    endedOn: Edtf,
    reason: z.enum(['dissolution', 'resignation', 'retirement', 'defeat', 'death', 'disqualification', 'appointment']),
  }),
  PartyAffiliationChanged: z.object({
    chamberCode: ChamberCode,
    party: z.object({ ref: NonEmpty, name: NonEmpty }),
    side: Side,
    from: Edtf,
  }),
  ExecutiveOfficeAssumed: z.object({ office: NonEmpty, from: Edtf }),
  ExecutiveOfficeRelinquished: z.object({ office: NonEmpty, until: Edtf }),
  PersonNameChanged: z.object({
    from: PersonName,
    to: PersonName,
    reason: z.enum(['title', 'marriage', 'peerage', 'correction', 'other']),
    effectiveOn: Edtf,
  }),
  WorkingLanguagesDeclared: z.object({
    languages: z.array(z.object({ tag: LanguageTag, read: z.boolean(), write: z.boolean(), speak: z.boolean() })).min(1),
    interfaceLanguage: LanguageTag,
  }),
  ProtectionConcernRaised: z.object({
    category: z.enum(['threat', 'detention', 'sanction', 'cyber', 'transnational-repression']),
    /** Never wider than the groups and the secretariat. */
    tlp: z.enum(['AMBER', 'AMBER+STRICT']),
    summaryRef: NonEmpty,
    /** The group that raised it and those in which the person serves: the label names them. */
    groups: z.array(GroupId).optional(),
  }),
  ProtectionConcernClosed: z.object({ outcome: Prose }),
  PersonDied: z.object({ on: Edtf }),
  PersonRecordsMerged: z.object({ survivorId: PersonId, reason: NonEmpty }),
  PersonalDataErased: z.object({
    scope: z.enum(['profile', 'all']),
    /** Under which the acts of public office stay; absent: none applies, and they stand under a pseudonym (PER-5). */
    legalBasis: NonEmpty.optional(),
    /** The key that was destroyed; absent until the vault keeps one for each person. */
    keyId: NonEmpty.optional(),
  }),
});
export type PersonEvent = EventOf<(typeof PersonEvents)['schemas']>;
export type PersonName = z.output<typeof PersonName>;
