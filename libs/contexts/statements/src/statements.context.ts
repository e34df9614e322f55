import type { BoundedContext } from '#kernel';
import { OPENING_VERBS } from './data/opening-verbs.js';
import { gatherForStatement } from './evidence.js';
import { displacedAmendments } from './reactions/amendments.js';
import { closingDates, whenPublishedLate } from './reactions/closing.js';
import { whenDecisionTaken } from './reactions/when-decision-taken.js';
import { statement } from './statement/statement.js';
import { amendments, compromises } from './views/amendments.view.js';
import { revisions } from './views/revisions.view.js';
import { statements as statementsView } from './views/statements.view.js';

/** Joint statements: drafted, agreed clause by clause, frozen, signed, published. */
export const statements: BoundedContext = {
  name: 'statements',
  aggregates: [statement],
  views: [statementsView, amendments, compromises, revisions],
  evidence: { Statement: gatherForStatement },
  reactions: [whenDecisionTaken, whenPublishedLate],
  schedules: [closingDates, displacedAmendments],
  queries: [
    {
      path: 'opening-verbs',
      summary: 'Verbs with which clauses open, by section, with their strength where they stand on a ladder',
      read: () => Promise.resolve(OPENING_VERBS),
    },
  ],
};
