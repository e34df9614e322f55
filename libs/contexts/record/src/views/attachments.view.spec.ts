import { type EventMeta, fold, type Row } from '#kernel';
import type { AttachmentEvent } from '../attachment/events.js';
import { type AttachmentDoc, attachments } from './attachments.view.js';

const label = { tlp: 'CLEAR' as const };
const meta: EventMeta = { recordedAt: '2026-11-23T09:00:00Z', actor: { personId: 'p', capacity: 'member' }, mode: 'live', label, commandId: 'c', correlationId: 'c' };
const read = (...events: AttachmentEvent[]): AttachmentDoc =>
  events.reduce<Row<AttachmentDoc> | null>(
    (row, event, i) => fold(attachments, row, { ...event, id: 'e', stream: 'attachment-a1', category: 'attachment', streamId: 'a1', revision: i + 1, position: String(i), meta }),
    null,
  )!.doc;
const attached: AttachmentEvent = {
  type: 'FileAttached',
  data: {
    attachmentId: 'a1', subject: { collection: 'mous', id: 'm1' }, name: 'annex.png', mediaType: 'image/png', size: 9, digest: 'a'.repeat(64), originalDigest: 'b'.repeat(64), stripped: ['exif'], by: 'p', label,
  },
};

describe('the files of a thing', () => {
  it('are listed by the stream of the thing and withheld with it, and stay when they are withdrawn', () => {
    const before = read(attached);
    expect(before).toMatchObject({ name: 'annex.png', by: 'p', at: meta.recordedAt, withdrawn: null, stripped: ['exif'] });
    expect(Object.values(attachments.columns!).map((column) => column(before))).toEqual(['mou-m1', 'a'.repeat(64), 'attached']);
    expect(attachments.belongs).toEqual({ column: 'subject' });
    const after = read(attached, { type: 'AttachmentWithdrawn', data: { by: 'p', reason: 'The wrong page.' } });
    expect(after).toEqual({ ...before, withdrawn: { by: 'p', at: meta.recordedAt, reason: 'The wrong page.' } });
    expect(attachments.columns!['status']!(after)).toBe('withdrawn');
  });
});
