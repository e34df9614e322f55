export type * from './document.js';
export * from './akoma-ntoso/index.js';
export { type AtomEntry, type AtomFeed, toAtom } from './atom/atom.js';
export { drafted, type Drafted, type DraftParagraph, type DraftPiece, settled } from './draft/drafted.js';
export { type Calendar, type CalendarEntry, toCalendar } from './icalendar/icalendar.js';
export { toPlainText } from './plain-text/plain-text.js';
export { UnreadableXml } from './xml.js';
