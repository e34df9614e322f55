export { attachment, type Attachment } from './attachment/attachment.js';
export { type AttachmentEvent, AttachmentEvents, Subject, type SubjectCollection, SUBJECTS } from './attachment/events.js';
export { recordCorrection, type RecordCorrection } from './correction/correction.js';
export { type CorrectionEvent, CorrectionEvents, type Target } from './correction/events.js';
export { record } from './record.context.js';
export { type AttachmentDoc, streamOfSubject } from './views/attachments.view.js';
export type { CorrectionDoc } from './views/corrections.view.js';
