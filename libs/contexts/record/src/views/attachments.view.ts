import type { View } from '#kernel';
import { type AttachmentEvent, type Subject, SUBJECTS } from '../attachment/events.js';

export interface AttachmentDoc {
  readonly subject: Subject;
  readonly name: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  readonly digest: string;
  readonly originalDigest: string;
  readonly stripped: readonly string[];
  /** Who attached it, and when. */
  readonly by: string;
  readonly at: string;
  readonly withdrawn: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

export const streamOfSubject = ({ collection, id }: Subject): string => `${SUBJECTS[collection]}-${id}`;

/** Files that belong to things; the column `subject` holds the stream of the thing: `statement-<id>`. */
export const attachments: View<AttachmentDoc, AttachmentEvent> = {
  name: 'attachments',
  version: 1,
  category: 'attachment',
  on: {
    FileAttached: (_, { attachmentId: _id, label: _label, ...d }, { meta }) => ({ ...d, at: meta.recordedAt, withdrawn: null }),
    AttachmentWithdrawn: (doc, d, { meta }) => doc && { ...doc, withdrawn: { by: d.by, at: meta.recordedAt, reason: d.reason } },
  },
  belongs: { column: 'subject' },
  columns: {
    subject: (doc) => streamOfSubject(doc.subject),
    digest: (doc) => doc.digest,
    status: (doc) => (doc.withdrawn === null ? 'attached' : 'withdrawn'),
  },
  // A name has no language of its own: it is quoted as it stands.
  title: (doc) => ({ und: doc.name }),
};
