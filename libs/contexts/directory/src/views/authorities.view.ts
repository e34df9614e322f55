import type { View } from '#kernel';
import type { ActingAuthority } from '../authority/authority.js';
import type { AuthorityEvent } from '../authority/events.js';

export interface AuthorityDoc {
  status: ActingAuthority['status'];
  /** Ids of the grantor and of the holder. */
  from: string;
  to: string;
  groupId: string | null;
  /** What the grantor was in the group when it was granted; the holder never has more. */
  capacity: string | null;
  /** Commands, as `Aggregate.Command`. */
  acts: readonly string[];
  /** ISO 8601 UTC. */
  until: string;
  grantedAt: string;
  /** What was done under it, oldest first. */
  uses: readonly { act: string; ref: string; at: string }[];
  ended: { reason: string; at: string } | null;
}

/** In whose name staff may do what, and what was done: read by the two of them, by their group and by the secretariat. */
export const authorities: View<AuthorityDoc, AuthorityEvent> = {
  name: 'authorities',
  version: 1,
  category: 'authority',
  on: {
    AuthorityGranted: (_, d, { meta }) => ({
      status: 'granted', from: d.from, to: d.to, groupId: d.groupId ?? null, capacity: d.capacity ?? null, acts: d.acts, until: d.until,
      grantedAt: meta.validTime ?? meta.recordedAt, uses: [], ended: null,
    }),
    AuthorityExercised: (doc, d, { meta }) => doc && { ...doc, uses: [...doc.uses, { act: d.act, ref: d.ref, at: meta.recordedAt }] },
    AuthorityEnded: (doc, d, { meta }) => doc && { ...doc, status: 'ended', ended: { reason: d.reason, at: meta.recordedAt } },
  },
  columns: {
    status: (doc) => doc.status,
    from: (doc) => doc.from,
    to: (doc) => doc.to,
    groupId: (doc) => doc.groupId,
    until: (doc) => doc.until,
  },
  duties: (doc) =>
    doc.status === 'granted' ? [{ kind: 'authority-expires', holder: `person:${doc.from}`, deadline: doc.until, command: 'GrantAuthority' }] : [],
};
