import { Digest, EventCatalogue, type EventOf, GroupId, Id, Instant, LanguageTag, NonEmpty, PersonId, Prose, Text } from '#kernel';
import { z } from 'zod';

/** What is translated. */
export const DocRef = z.object({ type: z.enum(['statement', 'mou']), id: Id });
/** The translatable unit: a clause under its own id, or the document's title under the id `title`. */
export const SegmentId = Text(200);
export const TITLE = 'title';
/** Of equal force with the text it follows, an adopted translation, or a help for readers (domain.md 5.1). */
export const LegalStatus = z.enum(['authentic', 'official', 'courtesy']);
export type LegalStatus = z.output<typeof LegalStatus>;
export const Section = z.enum(['title', 'preambular', 'operative', 'annex', 'article']);
export const Reach = z.enum(['groups', 'network']);
export const AssignedRole = z.enum(['translator', 'reviser', 'linguist']);
/** Where a target comes from that nobody has typed: memory, machine, the document's own words, a file of a translator's tool. */
export const OriginKind = z.enum(['tm', 'mt', 'document', 'xliff']);
/** 1: the same words. */
const Score = z.number().min(0).max(1);
export const Origin = z.object({ kind: OriginKind, engine: NonEmpty.optional(), score: Score.optional(), ref: NonEmpty.optional() });
export type Origin = z.output<typeof Origin>;

/** Canonical paragraphs (`canonicalParagraph`); at most what a clause may hold. */
const Words = z.string().max(20_000);
const Place = { id: SegmentId, label: z.string().max(20), section: Section };
const Segment = z.object({ ...Place, source: Words, digest: Digest });
/** `source` stands where it is new; what did not change keeps the words that the record has. */
const ChangedSegment = z.object({ ...Place, digest: Digest, source: Words.optional() });
const MOST = 1000;
/** Who may read the document, and who holds its pen: its groups, and for a statement persons. */
const standing = { reach: Reach, groups: z.array(GroupId).max(500), penholders: z.array(PersonId).max(100) };
/** A target, with the source on which it was made. */
const made = { segmentId: SegmentId, sourceDigest: Digest, source: Words, target: Words, targetDigest: Digest };

/** One document in one further language. Events carry the words on which each act rests, so that an auditor needs nothing else. */
export const TranslationEvents = new EventCatalogue('languages', {
  TranslationRequested: z.object({
    docRef: DocRef, sourceLang: LanguageTag, targetLang: LanguageTag, status: LegalStatus, dueAt: Instant.optional(), sourceRevision: z.int().nonnegative(), sourceDigest: Digest,
    segments: z.array(Segment).max(MOST), ...standing,
  }),
  TranslatorAssigned: z.object({ personId: PersonId, role: AssignedRole }),
  /** A draft that no human answers for yet (TRN-4). `external`: the engine is outside this deployment. */
  SegmentPretranslated: z.object({ ...made, origin: OriginKind, engine: NonEmpty.optional(), score: Score.optional(), ref: NonEmpty.optional(), external: z.boolean().optional() }),
  SegmentTranslated: z.object({ ...made, origin: Origin.optional(), by: PersonId }),
  /** The source changed and the target stands. */
  SegmentConfirmedUnchanged: z.object({ segmentId: SegmentId, sourceDigest: Digest, source: Words, by: PersonId }),
  /** `change`: the words that the reviser puts in the place of the translator’s. */
  SegmentReviewed: z.object({ segmentId: SegmentId, sourceDigest: Digest, targetDigest: Digest, change: Words.optional(), by: PersonId }),
  SourceQueryRaised: z.object({ queryId: Id, segmentId: SegmentId, question: Prose, by: PersonId }),
  SourceQueryAnswered: z.object({ queryId: Id, segmentId: SegmentId, answer: Prose, sourceToChange: z.boolean(), by: PersonId }),
  /** A penholder says that a change of the source touches no translation; a translator may contest that. */
  SourceChangeDeclaredEditorial: z.object({ segmentId: SegmentId, sourceDigest: Digest, note: Prose, by: PersonId }),
  EditorialClaimContested: z.object({ segmentId: SegmentId, sourceDigest: Digest, reason: Prose.optional(), by: PersonId }),
  TranslationSubmitted: z.object({ segments: z.int().nonnegative() }),
  TranslationReturned: z.object({ reason: Prose }),
  RevisionCompleted: z.object({ by: PersonId }),
  /** These words, read against these: the clause in this language says what it says in the others. */
  SegmentAttested: z.object({ segmentId: SegmentId, sourceDigest: Digest, targetDigest: Digest, by: PersonId }),
  /** `digest`: of the whole text in the target language, as the document itself would digest it. */
  TranslationCertified: z.object({
    by: PersonId, digest: Digest, concordantWith: z.array(LanguageTag).max(50), sourceRevision: z.int().nonnegative(), sourceDigest: Digest,
  }),
  TranslationReleasedProvisionally: z.object({ reason: Prose, completeBy: Instant, by: PersonId, digest: Digest, sourceRevision: z.int().nonnegative(), sourceDigest: Digest }),
  /** The source as it stands now; also where it is read more widely or another holds the pen, and then nothing is stale. */
  SourceChanged: z.object({
    sourceRevision: z.int().nonnegative(), sourceDigest: Digest, segments: z.array(ChangedSegment).max(MOST), staleSegments: z.array(SegmentId).max(MOST), ...standing,
  }),
  XliffImported: z.object({
    fileDigest: Digest, fileName: NonEmpty, changed: z.array(z.object({ ...made, approved: z.boolean() })).max(MOST),
    /** Segments whose source has moved on since the file was made. */
    rejected: z.array(SegmentId).max(MOST), by: PersonId,
  }),
  TranslationCancelled: z.object({ reason: Prose }),
});
export type TranslationSchemas = (typeof TranslationEvents)['schemas'];
export type TranslationEvent = EventOf<TranslationSchemas>;
export type DataOf<K extends TranslationEvent['type']> = Extract<TranslationEvent, { type: K }>['data'];
