import type { BoundedContext } from '#kernel';
import { attachment } from './attachment/attachment.js';
import { recordCorrection } from './correction/correction.js';
import { gatherForAttachment, gatherForCorrection } from './evidence.js';
import { attachments } from './views/attachments.view.js';
import { corrections } from './views/corrections.view.js';

/** The record itself: what is queried in it, and how it is put right without being rewritten, and the files that belong to it. */
export const record: BoundedContext = {
  name: 'record',
  aggregates: [recordCorrection, attachment],
  views: [corrections, attachments],
  evidence: { RecordCorrection: gatherForCorrection, Attachment: gatherForAttachment },
};
