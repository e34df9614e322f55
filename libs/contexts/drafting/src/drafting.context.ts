import type { BoundedContext } from '#kernel';
import { clauseText } from './clause-text/clause-text.js';
import { gatherForText } from './evidence.js';
import { whenAmendmentTabled, whenDocumentMovesOn, whenSponsorJoins } from './reactions/closing.js';
import { restingTexts, whenTextRested } from './reactions/versions.js';
import { texts } from './views/texts.view.js';

/** Texts as they are typed: clauses of statements and articles of memoranda, by several people at once. */
export const drafting: BoundedContext = {
  name: 'drafting',
  aggregates: [clauseText],
  views: [texts],
  evidence: { ClauseText: gatherForText },
  reactions: [whenTextRested, whenDocumentMovesOn, whenSponsorJoins, whenAmendmentTabled],
  schedules: [restingTexts],
};
