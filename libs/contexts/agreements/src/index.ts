export { agreements } from './agreements.context.js';
export { modelMou } from './data/model-mou.js';
export { mou } from './mou/mou.js';
export { isAgreed, type Mou } from './mou/state.js';
export type { DataOf, MouEvent } from './mou/events.js';
export { canonicalText, digestsOf } from './mou/text.js';
export { type DraftingWarning, draftingWarnings } from './mou/warnings.js';
export type { MouNoticeDoc } from './views/mou-notices.view.js';
export type { MouDoc } from './views/mou.doc.js';
