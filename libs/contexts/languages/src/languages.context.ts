import type { BoundedContext } from '#kernel';
import { gatherForTerm, gatherForTranslation } from './evidence.js';
import { whenSourceChanges, whenTextFrozen } from './reactions/when-source-changes.js';
import { whenTranslationFallsBehind } from './reactions/when-translation-falls-behind.js';
import { whenTranslationCertified } from './reactions/when-translation-certified.js';
import { machineTranslation, type MachineTranslation, whenTranslatorAssigned } from './reactions/when-translator-assigned.js';
import { termEntry } from './term/term.js';
import { translation } from './translation/translation.js';
import { memory } from './views/memory.view.js';
import { terms } from './views/terms.view.js';
import { translations } from './views/translations.view.js';

/** One text in many languages: language versions clause by clause, concordance, the termbase and the memory. */
export const languages: BoundedContext = {
  name: 'languages',
  aggregates: [translation, termEntry],
  views: [translations, terms, memory],
  evidence: { Translation: gatherForTranslation, TermEntry: gatherForTerm },
  reactions: [whenSourceChanges, whenTextFrozen, whenTranslatorAssigned, whenTranslationCertified, whenTranslationFallsBehind],
};

/** The same with a machine that drafts: a deployment that has one names it in its list of contexts. Off by default. */
export const languagesWith = (engine: MachineTranslation): BoundedContext => ({ ...languages, reactions: [...(languages.reactions ?? []), machineTranslation(engine)] });
