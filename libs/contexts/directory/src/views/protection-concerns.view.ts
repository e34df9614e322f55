import type { Label, View } from '#kernel';
import type { PersonEvent } from '../person/events.js';

export interface ProtectionDoc {
  tlp: 'AMBER' | 'AMBER+STRICT';
  groups: readonly string[];
  concerns: readonly { category: string; summaryRef: string; raisedAt: string; closedAt: string | null; outcome: string | null }[];
}

/** Members at risk: read by the groups concerned and the secretariat, never by the public. */
export const protectionConcerns: View<ProtectionDoc, PersonEvent> = {
  name: 'protection-concerns',
  version: 1,
  on: {
    ProtectionConcernRaised: (doc, d, { meta }) => ({
      tlp: doc?.tlp === 'AMBER+STRICT' ? doc.tlp : d.tlp,
      groups: [...new Set([...(doc?.groups ?? []), ...(d.groups ?? [])])],
      concerns: [
        ...(doc?.concerns ?? []),
        { category: d.category, summaryRef: d.summaryRef, raisedAt: meta.validTime ?? meta.recordedAt, closedAt: null, outcome: null },
      ],
    }),
    ProtectionConcernClosed: (doc, d, { meta }) => doc && {
      ...doc,
      concerns: doc.concerns.map((c) => (c.closedAt === null ? { ...c, closedAt: meta.validTime ?? meta.recordedAt, outcome: d.outcome } : c)),
    },
    PersonalDataErased: () => null,
  },
  label: ({ tlp, groups }): Label => ({ tlp, groups: [...groups] }),
  columns: { open: (doc) => (doc.concerns.some((c) => c.closedAt === null) ? 1 : 0) },
  duties: (doc) =>
    doc.concerns
      .filter((c) => c.closedAt === null)
      .map(() => ({ kind: 'person-protection-concern', holder: 'network-secretariat', command: 'CloseProtectionConcern' })),
};
