import { type Circumstances, CLEAR, defineAggregate, Edtf, parseEdtf, refuse, type Refusal, rowsFor } from '#kernel';
import { z } from 'zod';
import { dayIn, daysAfter, monthsAfter } from '../calendar.js';
import { MembershipEvents, type MembershipSchemas, Right } from './events.js';
import { evolveMembership, initialMembership, type Membership } from './state.js';

export { type Membership, mayVote } from './state.js';

export interface MembershipEvidence {
  /** The id of this membership. */
  readonly id: string;
  /** The decision that is cited, as it stands; null where the network has no charter under which one could be taken. */
  readonly decision: { readonly status: string; readonly aboutThis: boolean } | null;
  /** Has the group another membership of the same network that has not ended? */
  readonly alreadyMember: boolean;
  readonly groupNames: Readonly<Record<string, string>> | null;
  /** Version of the charter in force; null for an initiative. */
  readonly charterVersion: string | null;
  /** Categories by the charter in force; null where there is none. */
  readonly categories: readonly string[] | null;
  readonly periods: { readonly reviewDays: number; readonly withdrawalNoticeMonths: number };
}
const { command, records } = rowsFor<Membership, MembershipSchemas, MembershipEvidence>(MembershipEvents);
const schema = MembershipEvents.schema.bind(MembershipEvents) as typeof MembershipEvents.schema;
type Ctx = Circumstances<MembershipEvidence>;
type Rules = (Refusal | false)[];

/** Adopted, about this membership, and not the one by which an earlier step was taken. */
function decided(decisionRef: string, state: Membership, { evidence: { decision } }: Ctx, rule: string): Rules {
  return [
    state.decisions.includes(decisionRef) && refuse('membership.decision-used', {}, rule),
    decision !== null && decision.status !== 'adopted' && refuse('membership.decision-missing', {}, rule),
    decision !== null && decision.status === 'adopted' && !decision.aboutThis && refuse('membership.decision-of-another-subject', {}, rule),
  ];
}
/** Each step has a review, ahead and within the time of the charter (MEM-2). */
function reviewed(reviewOn: string, { now, evidence: { periods } }: Ctx): Rules {
  const [today, latest] = [dayIn(now), daysAfter(dayIn(now), periods.reviewDays)];
  return [
    reviewOn <= today && refuse('membership.review-in-past', { on: reviewOn }, 'MEM-2'),
    reviewOn > latest && refuse('membership.review-too-late', { latest }, 'MEM-2'),
  ];
}
const notBackwards = (effective: string, { now }: Ctx, rule: string) =>
  dayIn(effective) < dayIn(now) && refuse('membership.effect-in-past', { at: effective }, rule);
/** A standing changes when it is recorded: with a day ahead it would count before its time. */
const notAhead = (effective: string, { now }: Ctx, rule: string) =>
  dayIn(effective) > dayIn(now) && refuse('membership.effect-ahead', { at: effective }, rule);
const earliestEnd = ({ now, evidence }: Ctx) => monthsAfter(now, evidence.periods.withdrawalNoticeMonths);
const graceEnd = ({ graceUntil }: Membership) => parseEdtf(graceUntil ?? '')?.latest ?? null;
const RIGHTS = Right.options;

export const membership = defineAggregate<Membership, MembershipSchemas, MembershipEvidence>({
  name: 'Membership',
  category: 'membership',
  events: MembershipEvents,
  states: ['none', 'active', 'watch', 'alert', 'suspended', 'transition', 'abeyance', 'noticeGiven', 'withdrawn', 'expelled', 'ended'],
  terminal: ['withdrawn', 'expelled', 'ended'],
  initial: initialMembership,
  invariants: {
    'MEM-1': 'Only full members that are active, under watch or alert vote.',
    'MEM-2': 'Standing is a ladder: watch, alert, suspension, transition, reinstatement; each step has a ground and a review date.',
    'MEM-3': 'Suspension withholds voting, signing and drafting from its effective time and undoes no earlier signature.',
    'MEM-4': 'Withdrawal takes effect after the notice period and can be revoked before it.',
    'MEM-5': 'Abeyance is nobody’s fault: no vote, not counted, resumes on reconstitution within the grace period.',
    'MEM-6': 'A focal point with a deputy is named while active; silence opens a watch item, never a sanction.',
  },

  commands: {
    ActivateMembership: command({
      by: ['System'], from: ['none'], to: 'active', emits: ['MembershipActivated'], input: schema('MembershipActivated').omit({ groupNames: true }),
      guard: (_, __, { evidence }) => (evidence.alreadyMember ? refuse('membership.already-member', {}, 'APP-6') : undefined),
      decide: (input, _, { evidence: { id, groupNames } }) =>
        input.membershipId === id
          ? [{ type: 'MembershipActivated', data: { ...input, ...(groupNames === null ? {} : { groupNames }) } }]
          : refuse('membership.other-id', { id }),
    }),
    ChangeCategory: command({
      by: ['Steering'], from: ['active'], to: 'same', emits: ['MembershipCategoryChanged'], guards: ['MEM-1'], input: schema('MembershipCategoryChanged').omit({ from: true }),
      guard: ({ decisionRef, to, effectiveOn }, state, ctx) => [
        ...decided(decisionRef, state, ctx, 'MEM-1'),
        notAhead(effectiveOn, ctx, 'MEM-1'),
        ctx.evidence.categories !== null && !ctx.evidence.categories.includes(to) && refuse('membership.category-unknown', { category: to }, 'MEM-1'),
      ],
      decide: (input, { category }) => (input.to === category ? [] : [{ type: 'MembershipCategoryChanged', data: { from: category, ...input } }]),
    }),
    DesignateFocalPoint: command({
      by: ['GroupOfficer'], from: ['active', 'watch', 'alert', 'transition'], to: 'same', emits: ['FocalPointDesignated'], guards: ['MEM-6'],
      input: schema('FocalPointDesignated'),
      guard: ({ personId, deputyId }) => (personId === deputyId ? refuse('membership.deputy-is-focal-point', {}, 'MEM-6') : undefined),
      decide: (input, { focalPoint }) => (focalPoint === JSON.stringify(input) ? [] : [{ type: 'FocalPointDesignated', data: input }]),
    }),
    FileAnnualReport: command({
      by: ['GroupSec'], from: ['active', 'watch', 'alert'], to: 'same', emits: ['AnnualReportFiled'], input: schema('AnnualReportFiled'),
      guard: ({ period }) => (period.to < period.from ? refuse('membership.period-reversed', { from: period.from, to: period.to }) : undefined),
      decide: (input, { reports }) => (reports.includes(JSON.stringify(input)) ? [] : [{ type: 'AnnualReportFiled', data: input }]),
    }),
    OpenPreventiveWatch: records('PreventiveWatchOpened', {
      by: ['Steering'], from: ['active'], to: 'watch', guards: ['MEM-2'], guard: ({ reviewOn }, _, ctx) => reviewed(reviewOn, ctx),
    }),
    LiftWatch: records('WatchLifted', {
      by: ['Steering'], from: ['watch', 'alert'], to: 'active', guards: ['MEM-2'],
      guard: ({ decisionRef }, state, ctx) => decided(decisionRef, state, ctx, 'MEM-2'),
    }),
    DeclareAlert: records('AlertDeclared', {
      by: ['Steering'], from: ['active', 'watch'], to: 'alert', guards: ['MEM-2'],
      guard: ({ reviewOn, decisionRef }, state, ctx) => [...reviewed(reviewOn, ctx), ...decided(decisionRef, state, ctx, 'MEM-2')],
    }),
    SuspendMembership: command({
      by: ['Plenary', 'Steering'], from: ['active', 'watch', 'alert'], to: 'suspended', emits: ['MembershipSuspended'], guards: ['MEM-2', 'MEM-3'],
      // All three rights, unless a source of the past names other ones.
      input: schema('MembershipSuspended').partial({ rightsWithheld: true }),
      guard: ({ decisionRef, effectiveAt, rightsWithheld = RIGHTS }, state, ctx) => [
        ...decided(decisionRef, state, ctx, 'MEM-2'),
        notBackwards(effectiveAt, ctx, 'MEM-3'),
        !RIGHTS.every((right) => rightsWithheld.includes(right)) && refuse('membership.rights-kept', {}, 'MEM-3'),
      ],
      decide: ({ rightsWithheld = RIGHTS, ...input }) => [{ type: 'MembershipSuspended', data: { ...input, rightsWithheld: [...rightsWithheld] } }],
    }),
    OpenTransition: records('TransitionOpened', {
      by: ['Steering'], from: ['suspended'], to: 'transition', guards: ['MEM-2'], guard: ({ reviewOn }, _, ctx) => reviewed(reviewOn, ctx),
    }),
    Reinstate: records('MembershipReinstated', {
      by: ['Plenary', 'Steering'], from: ['suspended', 'transition'], to: 'active', guards: ['MEM-2'],
      guard: ({ decisionRef, effectiveAt }, state, ctx) => [
        ...decided(decisionRef, state, ctx, 'MEM-2'),
        notAhead(effectiveAt, ctx, 'MEM-2'),
      ],
    }),
    EnterAbeyance: records('MembershipHeldInAbeyance', { by: ['System'], from: ['active', 'watch', 'alert'], to: 'abeyance', guards: ['MEM-5'] }),
    ResumeFromAbeyance: records('MembershipResumed', {
      by: ['System'], from: ['abeyance'], to: 'active', guards: ['MEM-5'],
      guard: ({ on }, state) => {
        const grace = graceEnd(state);
        return grace !== null && (parseEdtf(on)?.earliest ?? '') > grace ? refuse('membership.grace-over', { until: grace }, 'MEM-5') : undefined;
      },
    }),
    EndFromAbeyance: records('MembershipEnded', {
      by: ['Steering'], from: ['abeyance'], to: 'ended', guards: ['MEM-5'],
      guard: (_, state, { now }) => {
        const grace = graceEnd(state);
        return grace !== null && dayIn(now) <= grace ? refuse('membership.grace-runs', { until: grace }, 'MEM-5') : undefined;
      },
    }),
    NotifyWithdrawal: command({
      by: ['GroupChair'], from: ['active', 'watch', 'alert', 'suspended'], to: 'noticeGiven', emits: ['WithdrawalNotified'], guards: ['MEM-4'],
      // Left out, it takes effect when the notice period ends.
      input: schema('WithdrawalNotified')
        .partial({ effectiveOn: true })
        .extend({ notifiedAt: schema('WithdrawalNotified').shape.notifiedAt.optional().meta({ import: true }) }),
      guard: ({ effectiveOn: asked }, _, ctx) => {
        const first = earliestEnd(ctx);
        return asked !== undefined && asked < first ? refuse('membership.notice-too-short', { first }, 'MEM-4') : undefined;
      },
      decide: ({ effectiveOn: asked, notifiedAt: told, ...input }, _, ctx) => {
        const imported = ctx.mode === 'import';
        const effectiveOn = asked ?? (imported ? undefined : earliestEnd(ctx));
        if (effectiveOn === undefined) return refuse('membership.withdrawal-not-told', {}, 'G3');
        return [{ type: 'WithdrawalNotified', data: { ...input, notifiedAt: imported ? (told ?? 'XXXX') : ctx.now, effectiveOn } }];
      },
    }),
    RevokeWithdrawal: command({
      // The catalogue says `active`; a suspended member would come out of its suspension by giving notice and revoking it (MEM-2).
      by: ['GroupChair'], from: ['noticeGiven'], to: ['active', 'watch', 'alert', 'suspended'], emits: ['WithdrawalRevoked'], guards: ['MEM-2', 'MEM-4'],
      input: z.object({ on: Edtf.optional().meta({ import: true }) }),
      guard: (_, { withdrawsOn: on }, { now }) => (on !== null && dayIn(now) >= on ? refuse('membership.notice-over', { on }, 'MEM-4') : undefined),
      decide: ({ on = 'XXXX' }, _, { now, mode }) => [{ type: 'WithdrawalRevoked', data: { on: mode === 'import' ? on : dayIn(now) } }],
    }),
    CompleteWithdrawal: command({
      by: ['System'], from: ['noticeGiven'], to: 'withdrawn', emits: ['MembershipWithdrawn'], guards: ['MEM-4'], input: schema('MembershipWithdrawn').partial(),
      guard: ({ effectiveOn }, { withdrawsOn: until }, { now }) => [
        until !== null && dayIn(now) < until && refuse('membership.notice-runs', { until }, 'MEM-4'),
        until !== null && effectiveOn !== undefined && effectiveOn !== until && refuse('membership.other-day', { on: until }, 'MEM-4'),
      ],
      decide: ({ effectiveOn }, { withdrawsOn }, { now }) => [
        { type: 'MembershipWithdrawn', data: { effectiveOn: effectiveOn ?? withdrawsOn ?? dayIn(now) } },
      ],
    }),
    ExpelMember: records('MemberExpelled', {
      by: ['Plenary'], from: ['suspended', 'alert'], to: 'expelled', guards: ['MEM-2'],
      guard: ({ decisionRef, effectiveOn }, state, ctx) => [
        ...decided(decisionRef, state, ctx, 'MEM-2'),
        notBackwards(effectiveOn, ctx, 'MEM-2'),
        notAhead(effectiveOn, ctx, 'MEM-2'),
      ],
    }),
  },

  basis: (_, { evidence: { charterVersion } }) => ({ charterVersion }),
  evolve: evolveMembership,
  groups: (state) => [state.groupId],
  label: () => CLEAR,
});
