import type { BoundedContext } from '#kernel';
import { gatherForMou } from './evidence.js';
import { mou } from './mou/mou.js';
import { mouAmendmentEffect, mouExpiry, mouFixedDate, mouNoticeEnd, mouSignatureEnd } from './reactions/schedules.js';
import { whenMembershipSuspended } from './reactions/when-membership-suspended.js';
import { whenMouEnteredIntoEffect } from './reactions/when-mou-entered-into-effect.js';
import { whenMouParticipantWithdrew } from './reactions/when-mou-participant-withdrew.js';
import { whenMouSignaturesCompleted } from './reactions/when-mou-signatures-completed.js';
import { whenMouRecordRectified } from './reactions/when-mou-record-rectified.js';
import { mouModel } from './views/mou-model.js';
import { mouNotices } from './views/mou-notices.view.js';
import { mousOfGroup } from './views/mous-of-group.js';
import { mous } from './views/mous.view.js';

/** Memoranda of understanding between groups: drafted, signed, lived by, ended. */
export const agreements: BoundedContext = {
  name: 'agreements',
  aggregates: [mou],
  views: [mous, mouNotices],
  evidence: { Mou: gatherForMou },
  reactions: [whenMouSignaturesCompleted, whenMouParticipantWithdrew, whenMembershipSuspended, whenMouEnteredIntoEffect, whenMouRecordRectified],
  schedules: [mouFixedDate, mouSignatureEnd, mouAmendmentEffect, mouNoticeEnd, mouExpiry],
  queries: [mousOfGroup, mouModel],
};
