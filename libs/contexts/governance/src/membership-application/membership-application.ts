import { type Actor, amber, Day, defineAggregate, GREEN, GroupId, refuse, rowsFor } from '#kernel';
import { dayIn, dayOver, monthsAfter, reached } from '../calendar.js';
import { ApplicationEvents, type ApplicationSchemas } from './events.js';
import {
  acceptanceRules, admissible, type ApplicationEvidence, categoryRules, coolingOff, type Ctx, declinable, firstDeadline, openOnce, periodOver,
} from './rules.js';
import { assessmentOf, evolveApplication, initialApplication, type MembershipApplication, OPEN_STATES } from './state.js';

export type { ApplicationEvidence } from './rules.js';
export { type MembershipApplication, OPEN_STATES } from './state.js';

const { command, records } = rowsFor<MembershipApplication, ApplicationSchemas, ApplicationEvidence>(ApplicationEvents);
const schema = ApplicationEvents.schema.bind(ApplicationEvents) as typeof ApplicationEvents.schema;
/** The entitled group for which an objection is raised: its chair or an officer speaks for it, nobody anonymously (APP-4). */
const entitled = ({ onBehalfOf = '' }: Actor, { circulatedTo }: MembershipApplication) =>
  GroupId.safeParse(onBehalfOf).success && circulatedTo.includes(onBehalfOf) ? onBehalfOf : undefined;
const notEntitled = refuse('application.not-entitled', {}, 'APP-4');
const speaks = ({ capacity }: Actor) => !['chair', 'officer'].includes(capacity) && refuse('application.chair-or-officer-speaks', {}, 'APP-4');
/** Days that the source of an import states; now and here they follow from the clock and the rules. */
const told = Day.optional().meta({ import: true });
const toldOr = (day: string | undefined, { mode }: Pick<Ctx, 'mode'>, computed: string) => (mode === 'import' ? (day ?? computed) : computed);
const named = ({ groupNames }: ApplicationEvidence) => (groupNames === null ? {} : { groupNames });

export const membershipApplication = defineAggregate<MembershipApplication, ApplicationSchemas, ApplicationEvidence>({
  name: 'MembershipApplication',
  category: 'application',
  events: ApplicationEvents,
  states: ['none', 'enquiry', 'submitted', 'awaitingInformation', 'circulated', 'recommended', 'deferred', 'admitted', 'declined', 'withdrawn', 'lapsed'],
  terminal: ['admitted', 'declined', 'withdrawn', 'lapsed'],
  initial: initialApplication,
  invariants: {
    'APP-1': 'First the parliament is eligible, then the group is admitted.',
    'APP-2': 'An applicant group shows members from at least two sides of its chamber; a category other than full may relax this.',
    'APP-3': 'The application accepts the charter in force and carries the authorisation of the applicant group.',
    'APP-4': 'An objection is reasoned and attributed; the period has a stated end.',
    'APP-5': 'Admission refers to a decision with outcome adopted; a conflicted member stands aside.',
    'APP-6': 'One open application for each group; who was declined waits for the cooling-off period.',
  },

  commands: {
    ExpressInterest: command({
      by: ['Applicant'], from: ['none'], to: 'enquiry', emits: ['InterestExpressed'], guards: ['APP-6'],
      input: schema('InterestExpressed').omit({ applicationId: true, groupNames: true }).extend({ on: told }),
      guard: (_, __, ctx) => openOnce(ctx),
      decide: ({ on, ...input }, _, ctx) => [
        { type: 'InterestExpressed', data: { applicationId: ctx.evidence.id, ...input, on: toldOr(on, ctx, dayIn(ctx.now)), ...named(ctx.evidence) } },
      ],
    }),
    IssueInvitation: command({
      by: ['NetChair', 'NetSec'], from: ['none', 'enquiry'], to: 'enquiry', emits: ['InvitationIssued'], guards: ['APP-6'],
      input: schema('InvitationIssued').omit({ applicationId: true, by: true, groupNames: true }),
      guard: ({ expiresOn }, _, ctx) => [...openOnce(ctx), expiresOn < dayIn(ctx.now) && refuse('application.expires-in-past', { on: expiresOn })],
      decide: (input, state, { actor, evidence }) => {
        const another = state.status === 'enquiry' && (input.to !== state.groupId || input.networkId !== state.networkId);
        if (another) return refuse('application.of-another-group', {}, 'APP-6');
        if (state.dueOn === input.expiresOn) return [];
        return [{ type: 'InvitationIssued', data: { applicationId: evidence.id, ...input, by: actor.personId, ...named(evidence) } }];
      },
    }),
    SubmitApplication: command({
      by: ['Applicant'], from: ['enquiry'], to: 'submitted', emits: ['ApplicationSubmitted'], guards: ['APP-3', 'APP-6'], input: schema('ApplicationSubmitted'),
      // Whether its members come from both sides is asked when it is circulated: until then it can be put right.
      guard: (input, _, ctx) => [...openOnce(ctx), ...acceptanceRules(input, ctx), ...categoryRules(input.category, 2, ctx), coolingOff(ctx)],
      decide: (input) => [{ type: 'ApplicationSubmitted', data: input }],
    }),
    RequestInformation: records('FurtherInformationRequested', {
      by: ['NetSec'], from: ['submitted', 'circulated', 'deferred'], to: 'awaitingInformation',
      guard: ({ dueOn }, _, { now }) => (dueOn <= dayIn(now) ? refuse('application.due-in-past', { on: dueOn }) : undefined),
    }),
    SupplyInformation: records('FurtherInformationSupplied', { by: ['Applicant'], from: ['awaitingInformation'], to: 'submitted' }),
    AssessEligibility: command({
      by: ['NetSec'], from: ['submitted'], to: 'same', emits: ['EligibilityAssessed'], guards: ['APP-1', 'APP-2'],
      input: schema('EligibilityAssessed').omit({ assessor: true }),
      decide: (input, state, { actor }) =>
        state.assessment === assessmentOf(input) ? [] : [{ type: 'EligibilityAssessed', data: { ...input, assessor: actor.personId } }],
    }),
    CirculateApplication: command({
      by: ['NetSec'], from: ['submitted'], to: 'circulated', emits: ['ApplicationCirculated'], guards: ['APP-1', 'APP-2', 'APP-4'],
      input: schema('ApplicationCirculated').omit({ to: true }).partial(),
      guard: ({ objectionDeadline: asked }, { eligible, category, sides }, ctx) => [
        eligible !== true && refuse(eligible === null ? 'application.not-assessed' : 'application.not-eligible', {}, 'APP-1'),
        ...categoryRules(category, sides, ctx),
        asked !== undefined && !reached(firstDeadline(ctx), asked) &&
          refuse('application.objection-period-short', { days: ctx.evidence.periods.objectionDays, first: firstDeadline(ctx) }, 'APP-4'),
      ],
      decide: ({ objectionDeadline }, _, ctx) => [
        { type: 'ApplicationCirculated', data: { to: [...ctx.evidence.entitled], objectionDeadline: objectionDeadline ?? firstDeadline(ctx) } },
      ],
    }),
    RaiseObjection: command({
      by: ['Member'], from: ['circulated'], to: 'same', emits: ['ApplicationObjectionRaised'], guards: ['APP-4'],
      input: schema('ApplicationObjectionRaised').omit({ by: true }),
      guard: (_, { objectionDeadline: end }, { now, actor }) => [
        speaks(actor),
        end !== null && reached(end, now) && refuse('application.objection-late', { deadline: end }, 'APP-4'),
      ],
      decide: (input, state, { actor }) => {
        const by = entitled(actor, state);
        if (by === undefined) return notEntitled;
        return state.objections.includes(by) ? [] : [{ type: 'ApplicationObjectionRaised', data: { by, ...input } }];
      },
    }),
    WithdrawObjection: command({
      by: ['Member'], from: ['circulated'], to: 'same', emits: ['ApplicationObjectionWithdrawn'], guards: ['APP-4'],
      input: schema('ApplicationObjectionWithdrawn').omit({ by: true }),
      guard: (_, __, { actor }) => [speaks(actor)],
      decide: (_, { objections }, { actor: { onBehalfOf = '' } }) =>
        objections.includes(onBehalfOf)
          ? [{ type: 'ApplicationObjectionWithdrawn', data: { by: onBehalfOf } }]
          : refuse('application.no-objection-of-yours', {}, 'APP-4'),
    }),
    RecommendAdmission: command({
      by: ['Steering'], from: ['circulated'], to: 'recommended', emits: ['AdmissionRecommended'], guards: ['APP-2', 'APP-4'],
      input: schema('AdmissionRecommended').omit({ by: true }),
      guard: ({ category }, state, ctx) => [periodOver(state, ctx), ...categoryRules(category, state.sides, ctx)],
      decide: (input, _, { actor }) => [{ type: 'AdmissionRecommended', data: { by: actor.personId, ...input } }],
    }),
    AdmitApplicant: command({
      by: ['Plenary', 'Steering'], from: ['recommended', 'circulated'], to: 'admitted', emits: ['ApplicantAdmitted'], guards: ['APP-5'],
      input: schema('ApplicantAdmitted').pick({ decisionRef: true }),
      guard: ({ decisionRef }, state, ctx) => [
        ...admissible(decisionRef, state, ctx),
        ctx.evidence.alreadyMember && refuse('application.already-member', {}, 'APP-6'),
      ],
      decide: ({ decisionRef }, { category, conditions, groupId, networkId }, { newId }) => [
        { type: 'ApplicantAdmitted', data: { decisionRef, category, conditions: [...conditions], membershipId: newId(0), groupId, networkId } },
      ],
    }),
    DeferApplication: command({
      by: ['Steering'], from: ['circulated', 'recommended'], to: 'deferred', emits: ['ApplicationDeferred'], input: schema('ApplicationDeferred').omit({ at: true }),
      guard: ({ until }, _, { now }) => (until !== undefined && until <= dayIn(now) ? refuse('application.due-in-past', { on: until }) : undefined),
      // At what moment that was in the past is not now.
      decide: (input, _, { now, mode }) => [{ type: 'ApplicationDeferred', data: { ...input, ...(mode === 'import' ? {} : { at: now }) } }],
    }),
    ResumeApplication: command({
      by: ['Steering'], from: ['deferred'], to: 'circulated', emits: ['ApplicationResumed'], input: schema('ApplicationResumed').pick({}).extend({ on: told }),
      decide: ({ on }, { deferredInPeriod }, ctx) => [
        { type: 'ApplicationResumed', data: { on: toldOr(on, ctx, dayIn(ctx.now)), ...(deferredInPeriod ? { objectionDeadline: firstDeadline(ctx) } : {}) } },
      ],
    }),
    DeclineApplication: command({
      by: ['Plenary', 'Steering'], from: ['circulated', 'recommended', 'submitted'], to: 'declined', emits: ['ApplicationDeclined'], guards: ['APP-5'],
      input: schema('ApplicationDeclined').extend({ reapplyAfter: told }),
      guard: (_, state, ctx) => declinable(state, ctx),
      decide: ({ reapplyAfter, ...input }, _, ctx) => [
        { type: 'ApplicationDeclined', data: { ...input, reapplyAfter: toldOr(reapplyAfter, ctx, monthsAfter(ctx.now, ctx.evidence.periods.coolingOffMonths)) } },
      ],
    }),
    WithdrawApplication: records('ApplicationWithdrawn', { by: ['Applicant'], from: OPEN_STATES, to: 'withdrawn' }),
    LapseApplication: records('ApplicationLapsed', {
      by: ['System'], from: ['enquiry', 'awaitingInformation', 'deferred'], to: 'lapsed',
      guard: (_, { dueOn }, { now }) =>
        dueOn !== null && !reached(dayOver(dueOn), now) ? refuse('application.not-yet-due', { on: dueOn }) : undefined,
    }),
  },

  basis: (_, { evidence: { charterVersion } }) => ({ charterVersion }),
  evolve: evolveApplication,
  groups: (state, input) => [state.groupId || ((input as { groupId?: string }).groupId ?? '')],
  // An enquiry that was not submitted is between the group and the bodies of the network, also when it comes to nothing.
  label: (state) => (state.changedAt === 0 ? amber(state.groupId, state.networkId) : { ...GREEN, groups: [state.groupId] }),
});
