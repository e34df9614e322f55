export { Attachments, type Bytes, type Kept, NotTheBytes } from './attachments.js';
export { clean, EXTENSIONS, MOST_BYTES } from './clean.js';
export { openAttachmentsDatabase } from './database.js';
export { STRIPPED, type StrippedKind } from './images/stripped.js';
