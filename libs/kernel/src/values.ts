import { z } from 'zod';
import { parseEdtf } from './edtf.js';

/** Values that every context speaks of; each schema is the one contract of HTTP, storage and the forms of the workspace. */

/** Bidirectional embeddings, overrides and isolates (Unicode UAX 9): they can make a text read otherwise than it is recorded. */
const DIRECTION_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;
/** Controls other than line feed and tab. */
const CONTROLS = /[\p{Cc}--[\n\t]]/v;
/**
 * Text that is kept as it is seen: NFC, line feeds alone, without direction controls (a reader's screen sets direction by the
 * language; marks such as RLM stay), trimmed; 1 to `max` UTF-16 code units.
 */
export const Text = (max: number) =>
  z
    .string()
    .overwrite((text) => text.normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll(DIRECTION_CONTROLS, '').trim())
    .min(1)
    .max(max)
    .refine((text) => text.isWellFormed() && !CONTROLS.test(text), { error: 'text' });
export const NonEmpty = Text(2000);
export const Prose = Text(20_000).meta({ format: 'prose' });
/** Ids are opaque: UUIDs, or the short names of parliaments and networks. */
export const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, { error: 'id' });
const ref = (kind: string) => Id.meta({ ref: kind });
export const PersonId = ref('person');
export const GroupId = ref('group');
export const PartnerId = ref('partner');
export const ParliamentId = ref('parliament');
export const NetworkId = ref('network');
export const MembershipId = ref('membership');
export const DecisionId = ref('decision');
export const MeetingId = ref('meeting');
export const MouId = ref('mou');
export const StatementId = ref('statement');

/** BCP 47 language tag, for example `fr`, `ar`, `zh-Hant`. */
export const LanguageTag = z
  .string()
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, { error: 'language' })
  .meta({ format: 'language' });
/** The same text in several languages, by language tag; at least one. */
export const Multilingual = z
  .record(LanguageTag, Text(20_000))
  .refine((texts) => Object.keys(texts).length > 0, { error: 'multilingual' })
  .meta({ format: 'multilingual' });
export type Multilingual = z.output<typeof Multilingual>;

export const Edtf = z
  .string()
  .max(64)
  .refine((text) => parseEdtf(text) !== null, { error: 'edtf' })
  .meta({ format: 'edtf', description: 'A partial date by EDTF: 2005, 2005-06, [2013-12..2014-06-17], 2010/.., XXXX' });

/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime().meta({ format: 'date-time' });
/** A calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date();
/** IANA time zone, for example `Europe/London`. */
export const TimeZone = z.string().regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/, { error: 'time-zone' }).meta({ format: 'time-zone' });
/** An instant with the wall time and zone in which it was stated (rule G7). */
export const Deadline = z.object({ instant: Instant, wallTime: NonEmpty, timezone: TimeZone });
/** SHA-256, lower-case hexadecimal. */
export const Digest = z.string().regex(/^[0-9a-f]{64}$/, { error: 'digest' });
/** One digest per language of a text. */
export const Digests = z.record(LanguageTag, Digest);

/** Where a fact of an import comes from. */
export const Source = z.object({
  title: NonEmpty.optional(),
  url: z.string().max(2000).optional(),
  /** Where in the source, or the words themselves. */
  quote: Text(4000).optional(),
  archivedDigest: Digest.optional(),
});
export type Source = z.output<typeof Source>;
export const Sources = z.array(Source).max(50);
export const Confidence = z.enum(['high', 'medium', 'low']);
export type Confidence = z.output<typeof Confidence>;

/** Side of a chamber, a dated fact with a source (rule G9). */
export const Side = z.enum(['government', 'opposition', 'crossbench', 'independent', 'confidence-and-supply', 'unknown']);
export type Side = z.output<typeof Side>;
