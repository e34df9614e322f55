import { evolve, type Multilingual, type RecordedEvent, type View } from '#kernel';
import { TITLE, TranslationEvents, type TranslationEvent } from '../translation/events.js';
import { awaitsChange, initialTranslation, isOpen, type SegmentState, stateOf, type Translation } from '../translation/state.js';
import { translation } from '../translation/translation.js';
import type { QueryDoc, SegmentDoc, TranslationDoc } from './translation-doc.js';
import { dutiesOf } from './translation-duties.js';

/** The state behind a document: the view folds by the aggregate’s own rules, so that the two cannot disagree. */
function stateBehind(doc: TranslationDoc | null): Translation {
  if (doc === null) return initialTranslation;
  const { doc: docRef, state: status, counts: _counts, segments, ...rest } = doc;
  return { ...rest, docRef, status, segments };
}

function docAfter(before: TranslationDoc | null, { status, docRef, ...state }: Translation, at: string): TranslationDoc | null {
  if (docRef === null) return null;
  const segments = state.segments.map((s): SegmentDoc => {
    const old = before?.segments.find((x) => x.id === s.id)?.editorial;
    const { id, label, section, source, sourceDigest, target, targetDigest, level, aligned, origin, translatedBy, reviewedBy, attested, editorial } = s;
    const now = stateOf(s);
    return {
      id, label, section, source, sourceDigest, target, targetDigest, level, aligned, origin, translatedBy, reviewedBy, attested, state: now, attestedBy: now === 'attested' ? (attested?.by ?? null) : null,
      editorial: editorial && { by: editorial.by, note: editorial.note, digest: editorial.digest, at: old?.digest === editorial.digest ? old.at : at },
    };
  });
  const queries = state.queries.map((q): QueryDoc => ({ ...q, at: before?.queries.find((x) => x.id === q.id)?.at ?? at, awaitsChange: awaitsChange(q, state) }));
  const count = (of: SegmentState) => segments.filter((s) => s.state === of).length;
  const { certified } = state;
  return {
    ...state, doc: docRef, state: status, segments, queries,
    counts: { missing: count('missing'), draft: count('draft'), translated: count('translated'), reviewed: count('reviewed'), attested: count('attested'), stale: count('stale'), openQueries: queries.filter(isOpen).length },
    certified: certified && { ...certified, at: before?.certified?.digest === certified.digest && before.certified.by === certified.by && before.state === 'certified' ? before.certified.at : at },
  };
}
const follow = (doc: TranslationDoc | null, data: unknown, event: RecordedEvent): TranslationDoc | null =>
  docAfter(doc, evolve(translation, stateBehind(doc), { type: event.type, data }), event.meta.recordedAt);

const titleOf = ({ segments, sourceLang, targetLang }: TranslationDoc): Multilingual => {
  const title = segments.find((s) => s.id === TITLE);
  return { [sourceLang]: title?.source ?? '', ...(title?.target == null ? {} : { [targetLang]: title.target }) };
};

export const translations: View<TranslationDoc, TranslationEvent> = {
  name: 'translations',
  version: 1,
  category: 'translation',
  on: Object.fromEntries(TranslationEvents.names.map((type) => [type, follow])) as View<TranslationDoc, TranslationEvent>['on'],
  belongs: { column: 'docId', category: 'statement' },
  columns: {
    docType: ({ doc }) => doc.type,
    docId: ({ doc }) => doc.id,
    targetLang: (doc) => doc.targetLang,
    state: (doc) => doc.state,
    dueAt: (doc) => doc.dueAt,
  },
  title: titleOf,
  words: (doc) => doc.segments.map((s) => s.target ?? '').join(' '),
  duties: dutiesOf,
};
