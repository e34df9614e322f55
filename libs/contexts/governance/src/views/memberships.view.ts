import { type Duty, type Multilingual, parseEdtf, type View } from '#kernel';
import { endOf } from '../calendar.js';
import type { MembershipEvent } from '../membership/events.js';
import type { Membership } from '../membership/state.js';

export interface MembershipDoc {
  status: Membership['status'];
  groupId: string;
  networkId: string;
  /** What the group was called when it became a member. */
  groupNames: Multilingual;
  category: Membership['category'];
  since: string;
  applicationRef: string | null;
  focalPoint: { personId: string; deputyId: string | null; languages: readonly string[]; reachable: { hours: string; timezone: string } } | null;
  reports: readonly { period: { from: string; to: string }; documentRef: string }[];
  grounds: readonly string[];
  benchmarks: readonly string[];
  reviewOn: string | null;
  /** Since or from when its rights are withheld. */
  suspendedFrom: string | null;
  rightsWithheld: readonly string[];
  abeyance: { cause: string; graceUntil: string } | null;
  withdrawsOn: string | null;
  beforeNotice: Membership['status'] | null;
  endedOn: string | null;
  /** Every standing it has had: since when, and by which decision. */
  standings: readonly { status: Membership['status']; on: string; decisionRef: string | null }[];
}

type Change = Partial<MembershipDoc> & { decisionRef?: string };
const to = (doc: MembershipDoc | null, status: Membership['status'], on: string, { decisionRef, ...change }: Change = {}): MembershipDoc | null =>
  doc && { ...doc, ...change, status, standings: [...doc.standings, { status, on, decisionRef: decisionRef ?? null }] };
const healthy = {
  grounds: [], benchmarks: [], reviewOn: null, suspendedFrom: null, rightsWithheld: [], abeyance: null, withdrawsOn: null, beforeNotice: null,
} as const;
const over = { reviewOn: null, abeyance: null, withdrawsOn: null, beforeNotice: null } as const;
/** The day on which it was true, or on which it was recorded. */
const dayOf = ({ meta }: { meta: { validTime?: string; recordedAt: string } }) => meta.validTime ?? meta.recordedAt.slice(0, 10);

function dutiesOf(doc: MembershipDoc): Duty[] {
  const { groupId, focalPoint, status } = doc;
  const officer = { holder: `officer:${groupId}`, command: 'DesignateFocalPoint' };
  const answering = ['active', 'watch', 'alert'].includes(status);
  const grace = status === 'abeyance' ? (parseEdtf(doc.abeyance?.graceUntil ?? '')?.latest ?? null) : null;
  return [
    ...(answering && focalPoint === null ? [{ kind: 'membership-focal-point', ...officer }] : []),
    ...(answering && focalPoint?.deputyId === null ? [{ kind: 'membership-deputy', ...officer }] : []),
    ...(doc.reviewOn === null ? [] : [{ kind: 'membership-review', holder: 'network-chair', deadline: endOf(doc.reviewOn) }]),
    ...(grace === null ? [] : [{ kind: 'membership-grace', holder: 'network-chair', deadline: endOf(grace), command: 'EndFromAbeyance' }]),
    ...(status === 'noticeGiven' && doc.withdrawsOn !== null
      ? [{ kind: 'membership-notice', holder: `chair:${groupId}`, deadline: `${doc.withdrawsOn}T00:00:00Z`, command: 'RevokeWithdrawal' }]
      : []),
  ];
}

export const memberships: View<MembershipDoc, MembershipEvent> = {
  name: 'memberships',
  version: 2,
  category: 'membership',
  on: {
    MembershipActivated: (_, d) => ({
      ...healthy, status: 'active', groupId: d.groupId, networkId: d.networkId, groupNames: d.groupNames ?? {}, category: d.category, since: d.since,
      applicationRef: d.applicationRef ?? null, focalPoint: null, reports: [], endedOn: null, standings: [{ status: 'active', on: d.since, decisionRef: null }],
    }),
    MembershipCategoryChanged: (doc, d) => doc && { ...doc, category: d.to },
    FocalPointDesignated: (doc, d) => doc && { ...doc, focalPoint: { ...d, deputyId: d.deputyId ?? null } },
    AnnualReportFiled: (doc, d) => doc && { ...doc, reports: [...doc.reports, d] },
    PreventiveWatchOpened: (doc, d, event) => to(doc, 'watch', dayOf(event), d),
    WatchLifted: (doc, d, event) => to(doc, 'active', dayOf(event), { ...healthy, ...d }),
    AlertDeclared: (doc, d, event) => to(doc, 'alert', dayOf(event), d),
    MembershipSuspended: (doc, { effectiveAt, ...d }) => to(doc, 'suspended', effectiveAt.slice(0, 10), { ...d, suspendedFrom: effectiveAt, reviewOn: null }),
    TransitionOpened: (doc, d, event) => to(doc, 'transition', dayOf(event), d),
    MembershipReinstated: (doc, d) => to(doc, 'active', d.effectiveAt.slice(0, 10), { ...healthy, decisionRef: d.decisionRef }),
    MembershipHeldInAbeyance: (doc, d, event) => to(doc, 'abeyance', dayOf(event), { abeyance: d, reviewOn: null }),
    MembershipResumed: (doc, d) => to(doc, 'active', d.on, healthy),
    MembershipEnded: (doc, d) => to(doc, 'ended', d.on, { ...over, endedOn: d.on }),
    WithdrawalNotified: (doc, d) =>
      to(doc, 'noticeGiven', d.notifiedAt.slice(0, 10), { withdrawsOn: d.effectiveOn, ...(doc === null ? {} : { beforeNotice: doc.status }) }),
    WithdrawalRevoked: (doc, d) => doc && to(doc, doc.beforeNotice ?? 'active', d.on, { withdrawsOn: null, beforeNotice: null }),
    MembershipWithdrawn: (doc, d) => to(doc, 'withdrawn', d.effectiveOn, { ...over, endedOn: d.effectiveOn }),
    MemberExpelled: (doc, d) => to(doc, 'expelled', d.effectiveOn, { ...over, endedOn: d.effectiveOn, decisionRef: d.decisionRef }),
  },
  columns: { status: (doc) => doc.status, groupId: (doc) => doc.groupId, networkId: (doc) => doc.networkId, category: (doc) => doc.category },
  title: (doc) => doc.groupNames,
  words: (doc) => [doc.groupId, doc.networkId, ...doc.grounds].join(' '),
  duties: dutiesOf,
};
