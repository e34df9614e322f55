import type { Reaction } from '#kernel';
import { translation } from '../translation/translation.js';

/** What falls behind its source goes back to who translates it: with many languages the secretariat would be asked for each of them at every change. */
export const whenTranslationFallsBehind: Reaction = {
  name: 'when-translation-falls-behind',
  on: {
    SourceChanged: async ({ streamId }, world) => {
      const { status, translators } = await world.state(translation, streamId);
      const [personId] = translators;
      return status === 'stale' && personId !== undefined ? [{ aggregate: 'Translation', id: streamId, command: 'AssignTranslator', input: { personId, role: 'translator' } }] : [];
    },
  },
};
