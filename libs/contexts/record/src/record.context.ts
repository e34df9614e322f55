import type { BoundedContext } from '#kernel';
import { recordCorrection } from './correction/correction.js';
import { gatherForCorrection } from './evidence.js';
import { corrections } from './views/corrections.view.js';

/** The record itself: what is queried in it, and how it is put right without being rewritten. */
export const record: BoundedContext = {
  name: 'record',
  aggregates: [recordCorrection],
  views: [corrections],
  evidence: { RecordCorrection: gatherForCorrection },
};
