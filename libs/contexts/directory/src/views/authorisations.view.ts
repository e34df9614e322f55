import type { View } from '#kernel';
import type { GroupEvent } from '../group/events.js';

export interface AuthorisationDoc {
  groupId: string;
  authorisationId: string;
  subject: { type: string; id: string };
  act: string;
  holder: string;
  latitude: string;
  textDigests: Readonly<Record<string, string>> | null;
  expiresAt: string;
  decisionRef: string;
  grantedAt: string;
  revoked: string | null;
}

/** What groups have authorised, by authorisation: read by the group and the secretariat. It is over when the group sleeps (GRP-7). */
export const authorisations: View<AuthorisationDoc, GroupEvent> = {
  name: 'authorisations',
  version: 1,
  key: ({ data }) => (data as { authorisationId: string }).authorisationId,
  on: {
    GroupAuthorisationGranted: (_, d, { streamId, meta }) => ({
      groupId: streamId, authorisationId: d.authorisationId, subject: d.subject, act: d.act, holder: d.holder, latitude: d.latitude,
      textDigests: d.textDigests ?? null, expiresAt: d.expiresAt, decisionRef: d.decisionRef, grantedAt: meta.validTime ?? meta.recordedAt, revoked: null,
    }),
    GroupAuthorisationRevoked: (doc, d) => doc && { ...doc, revoked: d.reason },
  },
  columns: {
    groupId: (doc) => doc.groupId,
    holder: (doc) => doc.holder,
    act: (doc) => doc.act,
    subjectId: (doc) => doc.subject.id,
    expiresAt: (doc) => doc.expiresAt,
    revoked: (doc) => (doc.revoked === null ? 0 : 1),
  },
  duties: (doc) =>
    doc.revoked === null ? [{ kind: 'group-authorisation-expires', holder: `chair:${doc.groupId}`, deadline: doc.expiresAt, command: 'GrantAuthorisation' }] : [],
};
