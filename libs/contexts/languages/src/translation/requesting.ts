import { Instant, LanguageTag, Prose, refuse } from '#kernel';
import { z } from 'zod';
import { DocRef, LegalStatus, TranslationEvents, type TranslationEvent } from './events.js';
import { type Ctx, event, part, type SourceDocument } from './rules.js';
import { segmentOf, stateOf, type Translation, wholeText } from './state.js';

const schema = TranslationEvents.schema.bind(TranslationEvents) as typeof TranslationEvents.schema;

const standingOf = ({ reach, groups, penholders }: SourceDocument) => ({ reach, groups: [...groups], penholders: [...penholders] });
const sourceOf = (document: SourceDocument, { sha256 }: Pick<Ctx, 'sha256'>) => ({
  sourceRevision: document.revision,
  sourceDigest: sha256(wholeText(document.type, document.segments, (id) => document.segments.find((s) => s.id === id)?.source ?? '')),
});

/** Words that the document has in the target language already, and that nobody has translated here: drafts, with the document as their origin. */
function takenOver(document: SourceDocument, state: Pick<Translation, 'segments'>, { sha256 }: Pick<Ctx, 'sha256'>): TranslationEvent[] {
  return document.segments.flatMap(({ id, source, existing }) => {
    const here = segmentOf(state, id);
    if (existing === null || existing === '' || here?.target === existing) return [];
    const now = here ? stateOf({ ...here, sourceDigest: sha256(source) }) : 'missing';
    // What a translator drafted in a tool of his own stays; where he has fallen behind, the document’s own words go before his.
    if (now !== 'missing' && now !== 'stale' && !(now === 'draft' && here?.translatedBy === null)) return [];
    const made = { segmentId: id, sourceDigest: sha256(source), source, target: existing, targetDigest: sha256(existing) };
    return [event('SegmentPretranslated', { ...made, origin: 'document', ref: document.id })];
  });
}

/** A pen holds who has it in the document; of a memorandum, who speaks for a participant. */
export const holdsPen = (document: Pick<SourceDocument, 'type' | 'groups' | 'penholders'>, { personId, capacity, onBehalfOf = '' }: Ctx['actor']): boolean =>
  document.type === 'statement' ? document.penholders.includes(personId) : ['chair', 'officer', 'group-secretariat'].includes(capacity) && document.groups.includes(onBehalfOf);

export const RequestTranslation = part({
  input: z.object({ docRef: DocRef, targetLang: LanguageTag, status: LegalStatus, dueAt: Instant.optional() }),
  guard: (_, __, { evidence, actor }) => {
    const document = evidence?.document ?? null;
    // Before there is a translation the document alone knows who holds its pen.
    const asked = document !== null && actor.capacity !== 'network-secretariat' && actor.capacity !== 'system';
    return asked && !holdsPen(document, actor) ? refuse('translation.not-the-penholder', {}, 'G2') : undefined;
  },
  decide: ({ docRef, targetLang, status, dueAt }, state, ctx) => {
    const document = ctx.evidence?.document ?? null;
    if (document === null || document.segments.length === 0) return refuse('translation.unknown-document', {}, 'TRN-1');
    if (!ctx.evidence?.ownId) return refuse('translation.other-id', { id: `${docRef.id}-${targetLang}` });
    if (targetLang === document.lang) return refuse('translation.same-language', { lang: targetLang });
    const authentic = document.languages.includes(targetLang);
    if (authentic && status !== 'authentic') return refuse('translation.is-authentic', { lang: targetLang }, 'TRN-5');
    if (!authentic && status === 'authentic') return refuse('translation.not-authentic', { lang: targetLang }, 'TRN-5');
    const segments = document.segments.map(({ existing: _existing, ...s }) => ({ ...s, digest: ctx.sha256(s.source) }));
    const requested = { docRef, sourceLang: document.lang, targetLang, status, ...(dueAt === undefined ? {} : { dueAt }), ...sourceOf(document, ctx), segments, ...standingOf(document) };
    return [event('TranslationRequested', requested), ...takenOver(document, state, ctx)];
  },
});

/** What does not stand as it stood becomes one event: changed clauses, new and removed ones, another order, other readers, another penholder. */
export const MarkStale = part({
  input: z.object({}),
  decide: (_, state, ctx) => {
    const document = ctx.evidence?.document ?? null;
    if (document === null) return [];
    const segments = document.segments.map(({ id, label, section, source }) => {
      const digest = ctx.sha256(source);
      return { id, label, section, digest, ...(segmentOf(state, id)?.sourceDigest === digest ? {} : { source }) };
    });
    const source = sourceOf(document, ctx);
    const standing = standingOf(document);
    const as = (list: readonly { id: string; label: string; digest: string }[], s: typeof standing) => JSON.stringify([list.map((x) => [x.id, x.label, x.digest]), s.reach, s.groups, s.penholders]);
    const before = state.segments.map((s) => ({ id: s.id, label: s.label, digest: s.sourceDigest }));
    const same = as(segments, standing) === as(before, { reach: state.reach, groups: [...state.groups], penholders: [...state.penholders] });
    const staleSegments = segments
      .filter(({ id, digest }) => {
        const here = segmentOf(state, id);
        return here !== undefined && here.sourceDigest !== digest && here.target !== null && stateOf({ ...here, sourceDigest: digest }) === 'stale';
      })
      .map(({ id }) => id);
    const changed = same ? [] : [event('SourceChanged', { ...source, segments, staleSegments, ...standing })];
    return [...changed, ...takenOver(document, state, ctx)];
  },
});

export const AssignTranslator = part({
  input: schema('TranslatorAssigned'),
  decide: ({ personId, role }, state) => {
    // A provisional text is completed later (domain.md 5.1); one that is certified in full changes with its source alone.
    if (state.status === 'certified' && state.provisional === null) return refuse('translation.certified-in-full', {}, 'TRN-5');
    return state.status === 'inTranslation' && state[`${role}s`].includes(personId) ? [] : [event('TranslatorAssigned', { personId, role })];
  },
});

export const CancelTranslation = part({ input: z.object({ reason: Prose }), decide: ({ reason }) => [event('TranslationCancelled', { reason })] });
