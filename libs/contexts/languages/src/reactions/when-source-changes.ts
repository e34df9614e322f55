import { statement } from '#contexts/statements';
import type { FollowUp, Reaction, RecordedEvent, World } from '#kernel';
import type { TranslationDoc } from '../views/translation-doc.js';

/** Every language version of the document looks at the source again; where nothing reads otherwise, nothing is recorded. */
async function lookAgain({ category, streamId }: RecordedEvent, world: World): Promise<FollowUp[]> {
  const rows = await world.rows<TranslationDoc>('translations', { docType: category, docId: streamId });
  return rows.filter(({ doc }) => doc.state !== 'cancelled').map(({ id }) => ({ aggregate: 'Translation', id, command: 'MarkStale', input: {} }));
}
/** What may change the words, their order, who reads them or who holds the pen. */
const TOUCHING = [
  'ClauseAdded', 'ClauseEdited', 'ClauseVersionMarked', 'ClauseMoved', 'ClauseRemoved', 'AmendmentAccepted', 'AmendmentAcceptedAsModified', 'BracketResolved', 'TextReopened', 'DraftCirculated',
  'PenholderAppointed', 'SponsorJoined', 'SponsorLeft', 'EmbargoSet', 'EmbargoAccessGranted', 'StatementPublished', 'StatementCorrected', 'MouClauseProposed', 'MouClauseRevised', 'MouBracketsLifted', 'MouTextReopened', 'MouAmended', 'MouOpenedForSignature', 'MouAcceded',
];
export const whenSourceChanges: Reaction = {
  name: 'when-source-of-translation-changes',
  on: Object.fromEntries(TOUCHING.map((type) => [type, lookAgain])),
};

/** A frozen text is wanted in each of its authentic languages; what the document has in one is its first draft. */
export const whenTextFrozen: Reaction = {
  name: 'when-text-frozen-translate',
  on: {
    TextFrozen: async ({ streamId }, world) => {
      const { leadLanguage, languages } = await world.state(statement, streamId);
      const there = await world.rows<TranslationDoc>('translations', { docType: 'statement', docId: streamId });
      return languages
        .filter((lang) => lang !== leadLanguage && !there.some(({ doc }) => doc.targetLang === lang))
        .map((lang): FollowUp => ({
          aggregate: 'Translation', id: `${streamId}-${lang}`, command: 'RequestTranslation', input: { docRef: { type: 'statement', id: streamId }, targetLang: lang, status: 'authentic' },
        }));
    },
  },
};
