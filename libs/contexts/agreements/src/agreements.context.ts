import type { BoundedContext } from '#kernel';
import { gatherForMou } from './evidence.js';
import { mou } from './mou/mou.js';
import { mouExpiry, mouFixedDate, mouNoticeEnd } from './reactions/schedules.js';
import { whenMembershipSuspended } from './reactions/when-membership-suspended.js';
import { whenMouEnteredIntoEffect } from './reactions/when-mou-entered-into-effect.js';
import { whenMouParticipantWithdrew } from './reactions/when-mou-participant-withdrew.js';
import { whenMouSignaturesCompleted } from './reactions/when-mou-signatures-completed.js';
import { mouModel } from './views/mou-model.js';
import { mousOfGroup } from './views/mous-of-group.js';
import { mous } from './views/mous.view.js';

/** Memoranda of understanding between groups: drafted, signed, lived by, ended. */
export const agreements: BoundedContext = {
  name: 'agreements',
  aggregates: [mou],
  views: [mous],
  evidence: { Mou: gatherForMou },
  reactions: [whenMouSignaturesCompleted, whenMouParticipantWithdrew, whenMembershipSuspended, whenMouEnteredIntoEffect],
  schedules: [mouFixedDate, mouNoticeEnd, mouExpiry],
  queries: [mousOfGroup, mouModel],
};
