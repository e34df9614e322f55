export { recordCorrection, type RecordCorrection } from './correction/correction.js';
export { type CorrectionEvent, CorrectionEvents, type Target } from './correction/events.js';
export { record } from './record.context.js';
export type { CorrectionDoc } from './views/corrections.view.js';
