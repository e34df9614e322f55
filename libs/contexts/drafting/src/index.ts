export { clauseText, LONGEST } from './clause-text/clause-text.js';
export { type ClauseTextEvent, ClauseTextEvents, type DataOf, DocumentRef, DraftRef, StepShape } from './clause-text/events.js';
export { type CellRole, roleOf, type Shut, type Writing } from './clause-text/roles.js';
export { type ClauseText } from './clause-text/state.js';
export { drafting } from './drafting.context.js';
export { gatherForText, writingOn } from './evidence.js';
export type { CommentDoc, TextDoc } from './views/texts.view.js';
