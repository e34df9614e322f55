import type { Multilingual, RecordedEvent, View } from '#kernel';
import type { MouEvent } from '../mou/events.js';

/** Everyone who has signed is told what becomes of the text afterwards; the event names who was told. */
export interface MouNoticeDoc {
  mouId: string;
  title: Multilingual;
  kind: 'signature-declined' | 'signature-closed' | 'abandoned' | 'withdrawal-notified' | 'corrected';
  /** The participant whose act it is; null where it is nobody’s. */
  about: string | null;
  /** ISO 8601 UTC. */
  at: string;
  reason: string | null;
  to: readonly string[];
}
interface Told {
  readonly told?: readonly string[] | undefined;
  readonly title?: Multilingual | undefined;
  readonly groupId?: string | undefined;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

const notice =
  (kind: MouNoticeDoc['kind']) =>
  (_: MouNoticeDoc | null, { told = [], title = {}, groupId, by, reason }: Told, { streamId, meta }: RecordedEvent): MouNoticeDoc | null =>
    told.length === 0 ? null : { mouId: streamId, title, kind, about: groupId ?? by ?? null, at: meta.recordedAt, reason: reason ?? null, to: told };

export const mouNotices: View<MouNoticeDoc, MouEvent> = {
  name: 'mou-notices',
  version: 1,
  key: ({ streamId, revision }) => `${streamId}_${revision}`,
  on: {
    MouSignatureDeclined: notice('signature-declined'),
    MouSignatureClosed: notice('signature-closed'),
    MouAbandoned: notice('abandoned'),
    MouWithdrawalNotified: notice('withdrawal-notified'),
    MouTextRectified: notice('corrected'),
  },
  label: ({ to }) => ({ tlp: 'RED', persons: [...to] }),
  columns: { mou: (doc) => doc.mouId, kind: (doc) => doc.kind, at: (doc) => doc.at },
  title: (doc) => doc.title,
};
