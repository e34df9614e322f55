import type { BoundedContext } from '#kernel';
import { CHAMBER_PROFILES } from './data/chamber-profiles.js';
import { OPENING_VERBS } from './data/opening-verbs.js';
import { gatherForStatement } from './evidence.js';
import { displacedAmendments } from './reactions/amendments.js';
import { closingDates, whenPublishedLate } from './reactions/closing.js';
import { embargoReleases } from './reactions/embargo.js';
import { whenRecordRectified } from './reactions/when-record-rectified.js';
import { whenOfficeTaken } from './reactions/when-office-taken.js';
import { whenDecisionTaken } from './reactions/when-decision-taken.js';
import { statement } from './statement/statement.js';
import { amendments, compromises } from './views/amendments.view.js';
import { notices } from './views/notices.view.js';
import { pledges } from './views/pledges.view.js';
import { commitments, publications } from './views/publications.view.js';
import { revisions } from './views/revisions.view.js';
import { statements as statementsView } from './views/statements.view.js';

/** Joint statements: drafted, agreed clause by clause, frozen, signed, published. */
export const statements: BoundedContext = {
  name: 'statements',
  aggregates: [statement],
  views: [statementsView, amendments, compromises, revisions, pledges, notices, publications, commitments],
  evidence: { Statement: gatherForStatement },
  reactions: [whenDecisionTaken, whenPublishedLate, whenOfficeTaken, whenRecordRectified],
  schedules: [closingDates, displacedAmendments, embargoReleases],
  queries: [
    {
      path: 'opening-verbs',
      summary: 'Verbs with which clauses open, by section, with their strength where they stand on a ladder',
      read: () => Promise.resolve(OPENING_VERBS),
    },
    {
      path: 'chamber-profiles',
      summary: 'Rules of chambers on motions and on who signs them: form, ministers, amendments, each with its source',
      read: () => Promise.resolve(CHAMBER_PROFILES),
    },
  ],
};
