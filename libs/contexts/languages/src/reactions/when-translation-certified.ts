import type { FollowUp, Reaction, RecordedEvent, World } from '#kernel';
import { type DataOf, TITLE } from '../translation/events.js';
import { translation } from '../translation/translation.js';

/** The words of a certified language version enter the statement. A memorandum’s are its own: there participants write each language themselves. */
async function enter({ streamId, data }: RecordedEvent, world: World): Promise<FollowUp[]> {
  const { by, digest } = data as DataOf<'TranslationCertified'>;
  const t = await world.state(translation, streamId);
  // Translated anew since: the next certification tells of that.
  if (t.docRef?.type !== 'statement' || t.certified?.digest !== digest) return [];
  const words = t.segments.flatMap((s) => (s.target === null ? [] : [[s.id, s.target] as const]));
  const texts = Object.fromEntries(words.filter(([id]) => id !== TITLE));
  const title = words.find(([id]) => id === TITLE)?.[1];
  const input = {
    lang: t.targetLang, status: t.legalStatus, texts, ...(title === undefined ? {} : { title }), sourceRevision: t.sourceRevision, translationId: streamId, certifiedBy: [by], digest,
  };
  return [{ aggregate: 'Statement', id: t.docRef.id, command: 'EnterLanguageVersion', input }];
}

export const whenTranslationCertified: Reaction = { name: 'when-translation-certified', on: { TranslationCertified: enter } };
