import { CLEAR, defineAggregate, parseEdtf, refuse, rowsFor } from '#kernel';
import { CHARTER_DEFAULTS, monthsAfter } from '../data/charter-defaults.js';
import { MembershipEvents } from './events.js';

export interface Membership {
  readonly status:
    | 'none' | 'active' | 'watch' | 'alert' | 'suspended' | 'transition' | 'abeyance' | 'noticeGiven' | 'withdrawn' | 'expelled' | 'ended';
  readonly groupId: string;
  readonly networkId: string;
  readonly category: 'full' | 'associate' | 'observer' | 'prospective';
  readonly focalPoint: string | null;
  readonly graceUntil: string | null;
  readonly withdrawsOn: string | null;
}
/** Whether the decision that is cited stands adopted; null where the network has no charter under which it could be taken. */
export interface MembershipEvidence {
  readonly decisionAdopted: boolean | null;
  readonly withdrawalNoticeMonths: number;
}

type Schemas = (typeof MembershipEvents)['schemas'];
const { command, records } = rowsFor<Membership, Schemas, MembershipEvidence>(MembershipEvents);
const schema = <K extends keyof Schemas & string>(name: K) => MembershipEvents.schema(name);
const decided = ({ evidence }: { evidence: MembershipEvidence }, rule: string) =>
  evidence.decisionAdopted === false ? refuse('membership.decision-missing', {}, rule) : undefined;
const reviewAhead = (reviewOn: string, now: string) =>
  reviewOn <= now.slice(0, 10) ? refuse('membership.review-in-past', { on: reviewOn }, 'MEM-2') : undefined;

/** May a group in this standing vote, sign and be counted (MEM-1, MEM-3, MEM-5)? */
export const mayVote = (membership: Pick<Membership, 'status' | 'category'>): boolean =>
  membership.category === 'full' && ['active', 'watch', 'alert'].includes(membership.status);

export const membership = defineAggregate<Membership, Schemas, MembershipEvidence>({
  name: 'Membership',
  category: 'membership',
  events: MembershipEvents,
  states: ['none', 'active', 'watch', 'alert', 'suspended', 'transition', 'abeyance', 'noticeGiven', 'withdrawn', 'expelled', 'ended'],
  terminal: ['withdrawn', 'expelled', 'ended'],
  initial: { status: 'none', groupId: '', networkId: '', category: 'full', focalPoint: null, graceUntil: null, withdrawsOn: null },
  invariants: {
    'MEM-1': 'Only full members that are active, under watch or alert vote.',
    'MEM-2': 'Standing is a ladder: watch, alert, suspension, transition, reinstatement; each step has a ground and a review date.',
    'MEM-3': 'Suspension withholds voting, signing and drafting from its effective time and undoes no earlier signature.',
    'MEM-4': 'Withdrawal takes effect after the notice period and can be revoked before it.',
    'MEM-5': 'Abeyance is nobody’s fault: no vote, not counted, resumes on reconstitution within the grace period.',
    'MEM-6': 'A focal point with a deputy is named while active; silence opens a watch item, never a sanction.',
  },

  commands: {
    ActivateMembership: records('MembershipActivated', { by: ['System'], from: ['none'], to: 'active' }),
    ChangeCategory: command({
      by: ['Steering'], from: ['active'], to: 'same', emits: ['MembershipCategoryChanged'], guards: ['MEM-1'], input: schema('MembershipCategoryChanged').omit({ from: true }),
      guard: (_, __, ctx) => decided(ctx, 'MEM-1'),
      decide: (input, state) => (input.to === state.category ? [] : [{ type: 'MembershipCategoryChanged', data: { from: state.category, ...input } }]),
    }),
    DesignateFocalPoint: records('FocalPointDesignated', {
      by: ['GroupOfficer'], from: ['active', 'watch', 'alert', 'transition'], to: 'same', guards: ['MEM-6'],
      guard: ({ personId, deputyId }) => (personId === deputyId ? refuse('membership.deputy-is-focal-point', {}, 'MEM-6') : undefined),
    }),
    FileAnnualReport: records('AnnualReportFiled', { by: ['GroupSec'], from: ['active', 'watch', 'alert'], to: 'same' }),
    OpenPreventiveWatch: records('PreventiveWatchOpened', {
      by: ['Steering'], from: ['active'], to: 'watch', guards: ['MEM-2'], guard: ({ reviewOn }, _, { now }) => reviewAhead(reviewOn, now),
    }),
    LiftWatch: records('WatchLifted', { by: ['Steering'], from: ['watch', 'alert'], to: 'active', guards: ['MEM-2'], guard: (_, __, ctx) => decided(ctx, 'MEM-2') }),
    DeclareAlert: records('AlertDeclared', {
      by: ['Steering'], from: ['active', 'watch'], to: 'alert', guards: ['MEM-2'],
      guard: ({ reviewOn }, _, ctx) => [reviewAhead(reviewOn, ctx.now), decided(ctx, 'MEM-2')],
    }),
    SuspendMembership: records('MembershipSuspended', {
      by: ['Plenary', 'Steering'], from: ['active', 'watch', 'alert'], to: 'suspended', guards: ['MEM-2', 'MEM-3'],
      guard: (_, __, ctx) => decided(ctx, 'MEM-2'),
    }),
    OpenTransition: records('TransitionOpened', {
      by: ['Steering'], from: ['suspended'], to: 'transition', guards: ['MEM-2'], guard: ({ reviewOn }, _, { now }) => reviewAhead(reviewOn, now),
    }),
    Reinstate: records('MembershipReinstated', {
      by: ['Plenary', 'Steering'], from: ['suspended', 'transition'], to: 'active', guards: ['MEM-2'], guard: (_, __, ctx) => decided(ctx, 'MEM-2'),
    }),
    EnterAbeyance: records('MembershipHeldInAbeyance', { by: ['System'], from: ['active', 'watch', 'alert'], to: 'abeyance', guards: ['MEM-5'] }),
    ResumeFromAbeyance: command({
      by: ['System'], from: ['abeyance'], to: 'active', emits: ['MembershipResumed'], guards: ['MEM-5'], input: schema('MembershipResumed'),
      guard: ({ on }, state) => {
        const [day, grace] = [parseEdtf(on)?.earliest ?? '', parseEdtf(state.graceUntil ?? '')?.latest ?? null];
        return grace !== null && day > grace ? refuse('membership.grace-over', { until: grace }, 'MEM-5') : undefined;
      },
      decide: (input) => [{ type: 'MembershipResumed', data: input }],
    }),
    EndFromAbeyance: records('MembershipEnded', { by: ['Steering'], from: ['abeyance'], to: 'ended', guards: ['MEM-5'] }),
    NotifyWithdrawal: command({
      by: ['GroupChair'], from: ['active', 'watch', 'alert', 'suspended'], to: 'noticeGiven', emits: ['WithdrawalNotified'], guards: ['MEM-4'],
      input: schema('WithdrawalNotified').pick({ reason: true }),
      decide: (input, _, { now, evidence }) => [
        { type: 'WithdrawalNotified', data: { ...input, notifiedAt: now, effectiveOn: monthsAfter(now.slice(0, 10), evidence?.withdrawalNoticeMonths ?? CHARTER_DEFAULTS.withdrawalNoticeMonths) } },
      ],
    }),
    RevokeWithdrawal: command({
      by: ['GroupChair'], from: ['noticeGiven'], to: 'active', emits: ['WithdrawalRevoked'], guards: ['MEM-4'], input: schema('WithdrawalRevoked').omit({ on: true }),
      guard: (_, state, { now }) => (state.withdrawsOn !== null && now.slice(0, 10) >= state.withdrawsOn ? refuse('membership.notice-over', { on: state.withdrawsOn }, 'MEM-4') : undefined),
      decide: (_, __, { now }) => [{ type: 'WithdrawalRevoked', data: { on: now.slice(0, 10) } }],
    }),
    CompleteWithdrawal: command({
      by: ['System'], from: ['noticeGiven'], to: 'withdrawn', emits: ['MembershipWithdrawn'], guards: ['MEM-4'], input: schema('MembershipWithdrawn'),
      guard: (_, state, { now }) => (state.withdrawsOn !== null && now.slice(0, 10) < state.withdrawsOn ? refuse('membership.notice-runs', { until: state.withdrawsOn }, 'MEM-4') : undefined),
      decide: (input) => [{ type: 'MembershipWithdrawn', data: input }],
    }),
    ExpelMember: records('MemberExpelled', { by: ['Plenary'], from: ['suspended', 'alert'], to: 'expelled', guards: ['MEM-2'], guard: (_, __, ctx) => decided(ctx, 'MEM-2') }),
  },

  evolve: {
    MembershipActivated: (state, d) => ({ ...state, status: 'active', groupId: d.groupId, networkId: d.networkId, category: d.category }),
    MembershipCategoryChanged: (state, d) => ({ ...state, category: d.to }),
    FocalPointDesignated: (state, d) => ({ ...state, focalPoint: d.personId }),
    AnnualReportFiled: (state) => state,
    PreventiveWatchOpened: (state) => ({ ...state, status: 'watch' }),
    WatchLifted: (state) => ({ ...state, status: 'active' }),
    AlertDeclared: (state) => ({ ...state, status: 'alert' }),
    MembershipSuspended: (state) => ({ ...state, status: 'suspended' }),
    TransitionOpened: (state) => ({ ...state, status: 'transition' }),
    MembershipReinstated: (state) => ({ ...state, status: 'active' }),
    MembershipHeldInAbeyance: (state, d) => ({ ...state, status: 'abeyance', graceUntil: d.graceUntil }),
    MembershipResumed: (state) => ({ ...state, status: 'active', graceUntil: null }),
    MembershipEnded: (state) => ({ ...state, status: 'ended' }),
    WithdrawalNotified: (state, d) => ({ ...state, status: 'noticeGiven', withdrawsOn: d.effectiveOn }),
    WithdrawalRevoked: (state) => ({ ...state, status: 'active', withdrawsOn: null }),
    MembershipWithdrawn: (state) => ({ ...state, status: 'withdrawn' }),
    MemberExpelled: (state) => ({ ...state, status: 'expelled' }),
  },

  groups: (state) => [state.groupId],
  label: () => CLEAR,
});
