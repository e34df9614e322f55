import { canonicalParagraph, Digest, Id, NonEmpty, Prose, refuse, type Refusal } from '#kernel';
import { z } from 'zod';
import { Origin, SegmentId, type TranslationEvent, TranslationEvents } from './events.js';
import { type Ctx, event, fourEyes, onSegment, part, unknownSegment, untranslated } from './rules.js';
import { awaitsChange, isOpen, nameOf, type Segment, segmentOf, stateOf, type Translation } from './state.js';

const schema = TranslationEvents.schema.bind(TranslationEvents) as typeof TranslationEvents.schema;
const Words = Prose.overwrite(canonicalParagraph);
const HUMAN: ReadonlySet<string> = new Set(['translated', 'reviewed', 'attested']);
const made = (segment: Segment, target: string, { sha256 }: Ctx) => ({
  segmentId: segment.id, sourceDigest: segment.sourceDigest, source: segment.source, target, targetDigest: sha256(target),
});

/** Above GREEN no text goes to a service outside, and nothing comes back from one (TRN-7). */
export const tooSensitive = (state: Pick<Translation, 'reach'>, external: boolean | undefined): boolean => external === true && state.reach !== 'network';

export const PretranslateSegment = part({
  input: schema('SegmentPretranslated').pick({ segmentId: true, sourceDigest: true, engine: true, score: true, ref: true, external: true }).extend({ origin: z.enum(['tm', 'mt']), target: Words }),
  decide: ({ segmentId, sourceDigest, origin, engine, score, ref, external, target }, state, ctx) =>
    onSegment(state, segmentId, sourceDigest, (segment) => {
      if (origin === 'mt' && engine === undefined) return refuse('translation.engine-not-named', {}, 'TRN-4');
      if (origin === 'mt' && tooSensitive(state, external)) return refuse('translation.too-sensitive', {}, 'TRN-7');
      // Nothing of a machine is put over the words of a human.
      if (segment.target !== null && (segment.level !== 'draft' || segment.translatedBy !== null)) return refuse('translation.already-translated', { segment: nameOf(segment) }, 'TRN-4');
      if (segment.target === target && stateOf(segment) === 'draft') return [];
      return [event('SegmentPretranslated', { ...made(segment, target, ctx), origin, ...(engine === undefined ? {} : { engine }), ...(score === undefined ? {} : { score }), ...(ref === undefined ? {} : { ref }), ...(external === undefined ? {} : { external }) })];
    }),
});

export const TranslateSegment = part({
  input: z.object({ segmentId: SegmentId, sourceDigest: Digest, target: Words, origin: Origin.optional() }),
  decide: ({ segmentId, sourceDigest, target, origin }, state, ctx) =>
    onSegment(state, segmentId, sourceDigest, (segment) => {
      if (segment.target === target && HUMAN.has(stateOf(segment))) return [];
      // A draft that is taken as it is keeps its origin, so that a machine’s words stay marked (TRN-4).
      const from = origin ?? (segment.target === target ? segment.origin : null);
      return [event('SegmentTranslated', { ...made(segment, target, ctx), ...(from ? { origin: from } : {}), by: ctx.actor.personId })];
    }),
});

/** No change needed: the source reads otherwise and the target still says it. */
export const ConfirmUnchanged = part({
  input: z.object({ segmentId: SegmentId, sourceDigest: Digest }),
  decide: ({ segmentId, sourceDigest }, state, ctx) =>
    onSegment(state, segmentId, sourceDigest, (segment) => {
      const now = stateOf(segment);
      const claimed = segment.editorial?.digest === segment.sourceDigest && HUMAN.has(now);
      if (now !== 'stale' && !claimed) return segment.aligned?.digest === segment.sourceDigest && HUMAN.has(now) ? [] : refuse('translation.segment-not-stale', { segment: nameOf(segment) }, 'TRN-1');
      // A draft that nobody has answered for is not confirmed but translated (TRN-4).
      if (segment.level === 'draft') return refuse('translation.segment-draft', { segment: nameOf(segment) }, 'TRN-4');
      return [event('SegmentConfirmedUnchanged', { segmentId, sourceDigest, source: segment.source, by: ctx.actor.personId })];
    }),
});

export const ReviewSegment = part({
  /** `target`: other words that the reviser puts in their place. */
  input: z.object({ segmentId: SegmentId, sourceDigest: Digest.optional(), target: Words.optional() }),
  guard: ({ segmentId }, state, ctx) => fourEyes(state, segmentId, ctx),
  decide: ({ segmentId, sourceDigest, target }, state, ctx) =>
    onSegment(state, segmentId, sourceDigest, (segment) => {
      const now = stateOf(segment);
      if (!HUMAN.has(now) || segment.target === null) return refuse('translation.segment-not-translated', { segment: nameOf(segment) }, 'TRN-2');
      const change = target === undefined || target === segment.target ? undefined : target;
      if (change === undefined && now !== 'translated') return [];
      return [event('SegmentReviewed', {
        segmentId, sourceDigest: segment.sourceDigest, targetDigest: ctx.sha256(change ?? segment.target), ...(change === undefined ? {} : { change }), by: ctx.actor.personId,
      })];
    }),
});

export const QuerySource = part({
  input: z.object({ segmentId: SegmentId, question: Prose }),
  decide: ({ segmentId, question }, state, { actor, newId }) => {
    if (!segmentOf(state, segmentId)) return unknownSegment(segmentId);
    const asked = state.queries.some((q) => q.segmentId === segmentId && isOpen(q) && q.question === question);
    return asked ? [] : [event('SourceQueryRaised', { queryId: newId(0), segmentId, question, by: actor.personId })];
  },
});

export const AnswerQuery = part({
  input: z.object({ queryId: Id, answer: Prose, sourceToChange: z.boolean() }),
  decide: ({ queryId, answer, sourceToChange }, state, { actor }) => {
    const query = state.queries.find((q) => q.id === queryId);
    if (!query) return refuse('translation.unknown-query', {});
    if (query.answer === answer && query.sourceToChange === sourceToChange) return [];
    // A promise to change the source may be taken back, as long as it is not kept; any other answer stands.
    if (!isOpen(query) && !awaitsChange(query, state)) return refuse('translation.query-answered', {});
    return [event('SourceQueryAnswered', { queryId, segmentId: query.segmentId, answer, sourceToChange, by: actor.personId })];
  },
});

export const DeclareEditorial = part({
  input: z.object({ segmentId: SegmentId, sourceDigest: Digest, note: Prose }),
  decide: ({ segmentId, sourceDigest, note }, state, { actor }) =>
    onSegment(state, segmentId, sourceDigest, (segment) => {
      if (segment.editorial?.digest === sourceDigest) return [];
      if (stateOf(segment) !== 'stale') return refuse('translation.segment-not-stale', { segment: nameOf(segment) }, 'TRN-1');
      return [event('SourceChangeDeclaredEditorial', { segmentId, sourceDigest, note, by: actor.personId })];
    }),
});

export const ContestEditorial = part({
  input: z.object({ segmentId: SegmentId, reason: Prose.optional() }),
  decide: ({ segmentId, reason }, state, { actor }) =>
    onSegment(state, segmentId, undefined, (segment) => {
      if (segment.editorial === null || segment.editorial.digest !== segment.sourceDigest) return refuse('translation.not-declared-editorial', { segment: nameOf(segment) }, 'TRN-1');
      return [event('EditorialClaimContested', { segmentId, sourceDigest: segment.sourceDigest, ...(reason === undefined ? {} : { reason }), by: actor.personId })];
    }),
});

export const SubmitForRevision = part({
  input: z.object({}),
  guard: (_, state) => untranslated(state),
  decide: (_, state) => [event('TranslationSubmitted', { segments: state.segments.length })],
});

interface Line {
  readonly segmentId: string;
  readonly sourceDigest: string;
  readonly target: string;
  readonly approved: boolean;
}
/** What a line of a file changes; null where it says what is there. */
function changedBy(line: Line, segment: Segment, ctx: Ctx) {
  const now = stateOf(segment);
  const same = segment.target === line.target && now !== 'stale' && (!line.approved || HUMAN.has(now));
  return same ? null : { ...made(segment, line.target, ctx), approved: line.approved };
}
/** A file of a translator’s tool, in one append under the name of who brings it. What the tool calls approved is translated here, never revised (TRN-3, TRN-4). */
export const ImportXliff = part({
  input: z.object({
    fileDigest: Digest, fileName: NonEmpty,
    segments: z.array(z.object({ segmentId: SegmentId, sourceDigest: Digest, target: Words, approved: z.boolean() })).min(1).max(1000),
  }),
  decide: ({ fileDigest, fileName, segments }, state, ctx): readonly TranslationEvent[] | Refusal => {
    const lines = [...new Map(segments.map((line) => [line.segmentId, line])).values()];
    const strange = lines.find((line) => !segmentOf(state, line.segmentId));
    if (strange) return unknownSegment(strange.segmentId);
    const present = lines.filter((line) => segmentOf(state, line.segmentId)!.sourceDigest === line.sourceDigest);
    const rejected = lines.filter((line) => !present.includes(line)).map((line) => line.segmentId);
    const changed = present.flatMap((line) => changedBy(line, segmentOf(state, line.segmentId)!, ctx) ?? []);
    if (changed.length > 0) return [event('XliffImported', { fileDigest, fileName, changed, rejected, by: ctx.actor.personId })];
    return rejected.length > 0 ? refuse('translation.file-behind', { count: rejected.length }, 'TRN-1') : [];
  },
});
