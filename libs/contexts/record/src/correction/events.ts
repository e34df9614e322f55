import { Deadline, Edtf, EventCatalogue, type EventOf, Id, Label, NonEmpty, PersonId, Prose, Sources, Text } from '#kernel';
import { z } from 'zod';

const stream = z.string().regex(/^[a-z][A-Za-z]*-[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, { error: 'stream' });
/** What is wrong: a field of one event of one stream. The event is named by its place in the record or in its stream (COR-1). */
export const Target = z
  .object({
    stream,
    position: z.string().regex(/^\d{1,20}$/, { error: 'position' }).optional(),
    revision: z.int().positive().optional(),
    /** Path in the event's data, for example `names.0.asPrinted`; `sources.0.quote` for the words of a source. */
    field: z.string().regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/, { error: 'field-path' }).max(200),
  })
  .refine((t) => t.position !== undefined || t.revision !== undefined, { error: 'position-or-revision' });
export type Target = z.output<typeof Target>;

/** As it stands, letter for letter. */
export const Reading = Text(20_000);
/** What is taken over from the target: a correction is read by those who may read what it corrects (G5). */
const asOfTarget = {
  label: Label,
  /** Is the target part of a text that was signed or published (COR-2)? */
  bound: z.boolean(),
};

export const CorrectionEvents = new EventCatalogue('record', {
  RecordQueried: z.object({ correctionId: Id, target: Target, reading: Reading, note: Prose, by: PersonId, ...asOfTarget }),
  CorrectionProposed: z.object({
    correctionId: Id,
    target: Target,
    wrong: Reading,
    right: Reading,
    evidence: Sources.min(1),
    class: z.enum(['typographical', 'factual', 'concordance', 'identity']),
    by: PersonId,
    ...asOfTarget,
  }),
  /** `to`: ids of the persons and groups that were told. */
  CorrectionNotified: z.object({ to: z.array(Id).max(2000), objectionsUntil: Deadline }),
  CorrectionObjected: z.object({ by: PersonId, reason: Prose }),
  CorrectionObjectionResolved: z.object({ how: Prose }),
  RecordRectified: z.object({
    target: Target,
    wrong: Reading,
    right: Reading,
    procesVerbalRef: NonEmpty,
    effective: z.enum(['ab-initio', 'from']),
    /** Only where it is effective `from` a day. */
    from: Edtf.optional(),
  }),
  CorrectionRejected: z.object({ reason: Prose }),
  CorrectionWithdrawn: z.object({}),
});
export type CorrectionSchemas = (typeof CorrectionEvents)['schemas'];
export type CorrectionEvent = EventOf<CorrectionSchemas>;
