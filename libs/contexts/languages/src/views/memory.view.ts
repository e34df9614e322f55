import { evolve, type Multilingual, type RecordedEvent, type View } from '#kernel';
import { TITLE, TranslationEvents, type TranslationEvent } from '../translation/events.js';
import { initialTranslation, stateOf, type Translation } from '../translation/state.js';
import { translation } from '../translation/translation.js';

/**
 * Translation memory: what certified language versions say, clause by clause, with where it comes from. One row for each translation, under the id of its
 * stream, since a view keeps one document for each key; it holds what was certified last, whatever is being worked on since.
 */
export interface MemoryDoc {
  doc: { type: 'statement' | 'mou'; id: string };
  sourceLang: string;
  targetLang: string;
  /** When it was certified; null until then. */
  at: string | null;
  provisional: boolean;
  title: Multilingual;
  segments: readonly { segmentId: string; source: string; sourceHash: string; target: string }[];
  /** The state from which the next certification is read. */
  working: Translation;
}

function follow(doc: MemoryDoc | null, data: unknown, event: RecordedEvent): MemoryDoc | null {
  const working = evolve(translation, doc?.working ?? initialTranslation, { type: event.type, data });
  if (working.docRef === null) return null;
  const base: MemoryDoc = doc ?? { doc: working.docRef, sourceLang: working.sourceLang, targetLang: working.targetLang, at: null, provisional: false, title: {}, segments: [], working };
  if (event.type !== 'TranslationCertified' && event.type !== 'TranslationReleasedProvisionally') return { ...base, working };
  const segments = working.segments.flatMap((s) => (s.target === null || stateOf(s) === 'stale' ? [] : [{ segmentId: s.id, source: s.source, sourceHash: s.sourceDigest, target: s.target }]));
  const title = segments.find((s) => s.segmentId === TITLE);
  return {
    ...base, working, segments, at: event.meta.recordedAt, provisional: working.provisional !== null,
    title: title ? { [working.sourceLang]: title.source, [working.targetLang]: title.target } : {},
  };
}

export const memory: View<MemoryDoc, TranslationEvent> = {
  name: 'memory',
  version: 2,
  on: Object.fromEntries(TranslationEvents.names.map((type) => [type, follow])) as View<MemoryDoc, TranslationEvent>['on'],
  belongs: { column: 'docId', category: 'statement' },
  columns: {
    docId: ({ doc }) => doc.id,
    sourceLang: (doc) => doc.sourceLang,
    targetLang: (doc) => doc.targetLang,
    certifiedAt: (doc) => doc.at,
  },
};
