import type { Duty, View } from '#kernel';
import type { MembershipEvent } from '../membership/events.js';
import type { Membership } from '../membership/membership.js';

export interface MembershipDoc {
  status: Membership['status'];
  groupId: string;
  networkId: string;
  category: Membership['category'];
  since: string;
  applicationRef: string | null;
  focalPoint: { personId: string; deputyId: string | null; languages: readonly string[]; reachable: { hours: string; timezone: string } } | null;
  grounds: readonly string[];
  reviewOn: string | null;
  rightsWithheld: readonly string[];
  abeyance: { cause: string; graceUntil: string } | null;
  withdrawsOn: string | null;
  endedOn: string | null;
  /** Every standing it has had, by when it began. */
  standings: readonly { status: Membership['status']; on: string }[];
}

const to = (doc: MembershipDoc | null, status: Membership['status'], on: string, change: Partial<MembershipDoc> = {}): MembershipDoc | null =>
  doc && { ...doc, ...change, status, standings: [...doc.standings, { status, on }] };
const healthy = { grounds: [], reviewOn: null, rightsWithheld: [], abeyance: null, withdrawsOn: null } as const;

const dutiesOf = (doc: MembershipDoc): Duty[] => [
  ...(doc.focalPoint === null && ['active', 'watch', 'alert'].includes(doc.status)
    ? [{ kind: 'membership-focal-point', holder: `officer:${doc.groupId}`, command: 'DesignateFocalPoint' }]
    : []),
  ...(doc.reviewOn === null ? [] : [{ kind: 'membership-review', holder: 'network-chair', deadline: `${doc.reviewOn}T12:00:00Z` }]),
];

export const memberships: View<MembershipDoc, MembershipEvent> = {
  name: 'memberships',
  version: 1,
  category: 'membership',
  on: {
    MembershipActivated: (_, d) => ({
      ...healthy, status: 'active', groupId: d.groupId, networkId: d.networkId, category: d.category, since: d.since, applicationRef: d.applicationRef ?? null,
      focalPoint: null, endedOn: null, standings: [{ status: 'active', on: d.since }],
    }),
    MembershipCategoryChanged: (doc, d) => doc && { ...doc, category: d.to },
    FocalPointDesignated: (doc, d) => doc && { ...doc, focalPoint: { ...d, deputyId: d.deputyId ?? null } },
    PreventiveWatchOpened: (doc, d, { meta }) => to(doc, 'watch', meta.recordedAt.slice(0, 10), d),
    WatchLifted: (doc, _, { meta }) => to(doc, 'active', meta.recordedAt.slice(0, 10), healthy),
    AlertDeclared: (doc, d, { meta }) => to(doc, 'alert', meta.recordedAt.slice(0, 10), { grounds: d.grounds, reviewOn: d.reviewOn }),
    MembershipSuspended: (doc, d) => to(doc, 'suspended', d.effectiveAt.slice(0, 10), { grounds: d.grounds, rightsWithheld: d.rightsWithheld, reviewOn: null }),
    TransitionOpened: (doc, d, { meta }) => to(doc, 'transition', meta.recordedAt.slice(0, 10), { reviewOn: d.reviewOn }),
    MembershipReinstated: (doc, d) => to(doc, 'active', d.effectiveAt.slice(0, 10), healthy),
    MembershipHeldInAbeyance: (doc, d, { meta }) => to(doc, 'abeyance', meta.validTime ?? meta.recordedAt.slice(0, 10), { abeyance: d }),
    MembershipResumed: (doc, d) => to(doc, 'active', d.on, healthy),
    MembershipEnded: (doc, d) => to(doc, 'ended', d.on, { endedOn: d.on }),
    WithdrawalNotified: (doc, d) => to(doc, 'noticeGiven', d.notifiedAt.slice(0, 10), { withdrawsOn: d.effectiveOn }),
    WithdrawalRevoked: (doc, d) => to(doc, 'active', d.on, healthy),
    MembershipWithdrawn: (doc, d) => to(doc, 'withdrawn', d.effectiveOn, { endedOn: d.effectiveOn }),
    MemberExpelled: (doc, d) => to(doc, 'expelled', d.effectiveOn, { endedOn: d.effectiveOn }),
  },
  columns: { status: (doc) => doc.status, groupId: (doc) => doc.groupId, networkId: (doc) => doc.networkId, category: (doc) => doc.category },
  duties: dutiesOf,
};
