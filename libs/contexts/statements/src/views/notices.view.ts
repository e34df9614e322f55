import type { Multilingual, RecordedEvent, View } from '#kernel';
import type { StatementEvent } from '../statement/events.js';

/** Everyone whose signature stood is told what became of the text or of another’s name under it; the event names who was told. */
export interface NoticeDoc {
  statementId: string;
  title: Multilingual;
  kind: 'signature-withdrawn' | 'signature-declined' | 'signature-removed' | 'retracted' | 'corrected';
  /** Whose signature or refusal it is. */
  about: string | null;
  at: string;
  /** In his words, or the code of the rule: `signed-amendment`, `executive-office`. By language where the text is. */
  reason: string | Multilingual | null;
  to: readonly string[];
}
interface Told {
  readonly told?: readonly string[] | undefined;
  readonly title?: Multilingual | undefined;
  readonly personId?: string | undefined;
  readonly reason?: string | Multilingual | undefined;
  readonly because?: string | undefined;
}

const notice =
  (kind: NoticeDoc['kind']) =>
  (_: NoticeDoc | null, data: Told, { streamId, meta }: RecordedEvent): NoticeDoc | null => {
    const { told = [], title = {}, personId = null, reason, because } = data;
    return told.length === 0 ? null : { statementId: streamId, title, kind, about: personId, at: meta.recordedAt, reason: reason ?? because ?? null, to: told };
  };

export const notices: View<NoticeDoc, StatementEvent> = {
  name: 'notices',
  version: 1,
  key: ({ streamId, revision }) => `${streamId}_${revision}`,
  on: {
    SignatureWithdrawn: notice('signature-withdrawn'),
    SignatureDeclined: notice('signature-declined'),
    SignatureRemoved: notice('signature-removed'),
    StatementRetracted: notice('retracted'),
    StatementCorrected: notice('corrected'),
  },
  label: ({ to }) => ({ tlp: 'RED', persons: [...to] }),
  columns: { statement: (doc) => doc.statementId, kind: (doc) => doc.kind, at: (doc) => doc.at },
  title: (doc) => doc.title,
};
