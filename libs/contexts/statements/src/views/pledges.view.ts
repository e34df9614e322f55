import type { RecordedEvent, View } from '#kernel';
import type { Snapshot } from '../statement/schemas.js';
import type { DataOf, StatementEvent } from '../statement/events.js';

/** What one person did about one text: his own record, whether others may see it yet or not. */
export interface PledgeDoc {
  statementId: string;
  personId: string;
  status: 'signed' | 'withdrawn' | 'declined' | 'removed';
  /** Of the last act. */
  at: string;
  /** The signature that stands, or stood last. */
  signature: { at: string; groupId: string | null; capacity: 'individual' | 'officer'; languageSeen: string; method: 'account' | 'passkey' | 'source'; snapshot: Snapshot; stage: number | null } | null;
  /** Was it given, or the last act done, while nobody else could see it? The page of the statement says whether it is so still. */
  private: boolean;
  reason: string | null;
}

type Act = DataOf<'SignatureWithdrawn'> | DataOf<'SignatureDeclined'> | DataOf<'SignatureRemoved'>;
const after =
  (status: PledgeDoc['status']) =>
  (doc: PledgeDoc | null, d: Act, { streamId }: RecordedEvent): PledgeDoc => ({
    statementId: streamId, personId: d.personId, status, at: d.at, signature: doc?.signature ?? null, private: d.private ?? false,
    reason: ('because' in d ? d.because : d.reason) ?? null,
  });

export const pledges: View<PledgeDoc, StatementEvent> = {
  name: 'pledges',
  version: 1,
  key: ({ streamId, data }) => {
    const { personId } = data as { personId?: string };
    return personId === undefined ? undefined : `${streamId}_${personId}`;
  },
  on: {
    StatementSigned: (_, { personId, groupId = null, capacity, languageSeen, method, snapshot, at, stage = null, private: secret = false }, { streamId }) => ({
      statementId: streamId, personId, status: 'signed', at, signature: { at, groupId, capacity, languageSeen, method, snapshot, stage }, private: secret, reason: null,
    }),
    SignatureWithdrawn: after('withdrawn'),
    SignatureDeclined: after('declined'),
    SignatureRemoved: after('removed'),
  },
  label: ({ personId }) => ({ tlp: 'AMBER', persons: [personId] }),
  columns: { statement: (doc) => doc.statementId, person: (doc) => doc.personId, status: (doc) => doc.status },
};
