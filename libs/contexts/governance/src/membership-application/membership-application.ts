import { amber, defineAggregate, GREEN, refuse, rowsFor } from '#kernel';
import { monthsAfter } from '../data/charter-defaults.js';
import { ApplicationEvents } from './events.js';

export interface MembershipApplication {
  readonly status:
    | 'none' | 'enquiry' | 'submitted' | 'awaitingInformation' | 'circulated' | 'recommended' | 'deferred' | 'admitted' | 'declined' | 'withdrawn' | 'lapsed';
  readonly groupId: string;
  readonly networkId: string;
  readonly category: 'full' | 'associate' | 'observer' | 'prospective';
  readonly eligible: boolean | null;
  /** How many sides of the chamber the members of the group come from. */
  readonly sides: number;
  readonly circulatedTo: readonly string[];
  readonly objectionDeadline: string | null;
  readonly objections: readonly string[];
  readonly conditions: readonly string[];
}

export interface ApplicationEvidence {
  /** Version of the charter in force; null for an initiative. */
  readonly charterVersion: string | null;
  readonly groupStatus: string;
  /** Of the same group to the same network. */
  readonly otherOpenApplications: number;
  readonly alreadyMember: boolean;
  /** End of the cooling-off period after a refusal. */
  readonly reapplyAfter: string | null;
  /** Groups entitled to object and decide, without those of the applicant's parliament. */
  readonly entitled: readonly string[];
  readonly objectionDays: number;
  readonly coolingOffMonths: number;
  /** The decision procedure that is cited, as it stands. */
  readonly decision?: { readonly status: string; readonly aboutThis: boolean } | undefined;
}

type Schemas = (typeof ApplicationEvents)['schemas'];
const { command, records } = rowsFor<MembershipApplication, Schemas, ApplicationEvidence>(ApplicationEvents);
const schema = <K extends keyof Schemas & string>(name: K) => ApplicationEvents.schema(name);
const NO_OBJECTION = 'no-objection';
const sides = (members: Readonly<Record<string, number>>) => Object.entries(members).filter(([side, n]) => n > 0 && side !== 'unknown').length;
const addDays = (instant: string, days: number) => {
  // Instants are UTC, so a day is 24 hours: the calendar arithmetic stays in whole days of the proleptic calendar.
  let [y = 0, m = 1, d = 1] = instant.slice(0, 10).split('-').map(Number);
  for (let left = days; left > 0; left--) {
    const lastDay = monthsAfter(`${y}-${String(m).padStart(2, '0')}-31`, 0).slice(8);
    if (d < Number(lastDay)) d += 1;
    else [y, m, d] = m === 12 ? [y + 1, 1, 1] : [y, m + 1, 1];
  }
  return `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}${instant.slice(10)}`;
};

export const membershipApplication = defineAggregate<MembershipApplication, Schemas, ApplicationEvidence>({
  name: 'MembershipApplication',
  category: 'application',
  events: ApplicationEvents,
  states: ['none', 'enquiry', 'submitted', 'awaitingInformation', 'circulated', 'recommended', 'deferred', 'admitted', 'declined', 'withdrawn', 'lapsed'],
  terminal: ['admitted', 'declined', 'withdrawn', 'lapsed'],
  initial: {
    status: 'none', groupId: '', networkId: '', category: 'full', eligible: null, sides: 0, circulatedTo: [], objectionDeadline: null, objections: [], conditions: [],
  },
  invariants: {
    'APP-1': 'First the parliament is eligible, then the group is admitted.',
    'APP-2': 'An applicant group shows members from at least two sides of its chamber; a category other than full may relax this.',
    'APP-3': 'The application accepts the charter in force and carries the authorisation of the applicant group.',
    'APP-4': 'An objection is reasoned and attributed; the period has a stated end.',
    'APP-5': 'Admission refers to a decision with outcome adopted.',
    'APP-6': 'One open application for each group; who was declined waits for the cooling-off period.',
  },

  commands: {
    ExpressInterest: command({
      by: ['Applicant'], from: ['none'], to: 'enquiry', emits: ['InterestExpressed'], guards: ['APP-6'],
      input: schema('InterestExpressed').omit({ applicationId: true, on: true }),
      guard: (_, __, { evidence }) => openOnce(evidence),
      decide: (input, _, { newId, now }) => [{ type: 'InterestExpressed', data: { applicationId: newId(0), ...input, on: now.slice(0, 10) } }],
    }),
    IssueInvitation: command({
      by: ['NetChair', 'NetSec'], from: ['none', 'enquiry'], to: 'enquiry', emits: ['InvitationIssued'],
      input: schema('InvitationIssued').omit({ applicationId: true, by: true }),
      decide: (input, _, { newId, actor }) => [{ type: 'InvitationIssued', data: { applicationId: newId(0), ...input, by: actor.personId } }],
    }),
    SubmitApplication: command({
      by: ['Applicant'], from: ['enquiry'], to: 'submitted', emits: ['ApplicationSubmitted'], guards: ['APP-3', 'APP-6'], input: schema('ApplicationSubmitted'),
      guard: (input, _, { evidence, now }) => [
        ...openOnce(evidence),
        input.charterVersionAccepted !== (evidence.charterVersion ?? 'none') && refuse('application.charter-version', { inForce: evidence.charterVersion ?? 'none' }, 'APP-3'),
        evidence.groupStatus !== 'active' && refuse('application.group-not-active', { status: evidence.groupStatus }, 'APP-3'),
        evidence.reapplyAfter !== null && evidence.reapplyAfter > now.slice(0, 10) && refuse('application.cooling-off', { until: evidence.reapplyAfter }, 'APP-6'),
      ],
      decide: (input) => [{ type: 'ApplicationSubmitted', data: input }],
    }),
    RequestInformation: records('FurtherInformationRequested', { by: ['NetSec'], from: ['submitted', 'circulated', 'deferred'], to: 'awaitingInformation' }),
    SupplyInformation: records('FurtherInformationSupplied', { by: ['Applicant'], from: ['awaitingInformation'], to: 'submitted' }),
    AssessEligibility: command({
      by: ['NetSec'], from: ['submitted'], to: 'same', emits: ['EligibilityAssessed'], guards: ['APP-1', 'APP-2'],
      input: schema('EligibilityAssessed').omit({ assessor: true }),
      decide: (input, _, { actor }) => [{ type: 'EligibilityAssessed', data: { ...input, assessor: actor.personId } }],
    }),
    CirculateApplication: command({
      by: ['NetSec'], from: ['submitted'], to: 'circulated', emits: ['ApplicationCirculated'], guards: ['APP-1', 'APP-2', 'APP-4'],
      input: schema('ApplicationCirculated').omit({ to: true }).partial(),
      guard: ({ objectionDeadline }, state, { evidence, now }) => [
        state.eligible !== true && refuse(state.eligible === null ? 'application.not-assessed' : 'application.not-eligible', {}, 'APP-1'),
        state.category === 'full' && state.sides < 2 && refuse('application.one-side-only', {}, 'APP-2'),
        objectionDeadline !== undefined && objectionDeadline < addDays(now, evidence.objectionDays) && refuse('application.objection-period-short', { days: evidence.objectionDays }, 'APP-4'),
      ],
      decide: ({ objectionDeadline }, _, { evidence, now }) => [
        { type: 'ApplicationCirculated', data: { to: [...evidence.entitled], objectionDeadline: objectionDeadline ?? addDays(now, evidence.objectionDays) } },
      ],
    }),
    RaiseObjection: command({
      by: ['Member'], from: ['circulated'], to: 'same', emits: ['ApplicationObjectionRaised'], guards: ['APP-4'],
      input: schema('ApplicationObjectionRaised').omit({ by: true }),
      guard: (_, state, { now, actor }) => [
        !state.circulatedTo.includes(actor.onBehalfOf ?? '') && refuse('application.not-entitled', {}, 'APP-4'),
        state.objectionDeadline !== null && now >= state.objectionDeadline && refuse('application.objection-late', { deadline: state.objectionDeadline }, 'APP-4'),
      ],
      decide: (input, state, { actor }) => {
        const by = actor.onBehalfOf ?? '';
        return state.objections.includes(by) ? [] : [{ type: 'ApplicationObjectionRaised', data: { by, ...input } }];
      },
    }),
    WithdrawObjection: command({
      by: ['Member'], from: ['circulated'], to: 'same', emits: ['ApplicationObjectionWithdrawn'], input: schema('ApplicationObjectionWithdrawn').omit({ by: true }),
      decide: (_, state, { actor }) =>
        state.objections.includes(actor.onBehalfOf ?? '') ? [{ type: 'ApplicationObjectionWithdrawn', data: { by: actor.onBehalfOf ?? '' } }] : refuse('application.no-objection-of-yours', {}, 'APP-4'),
    }),
    RecommendAdmission: command({
      by: ['Steering'], from: ['circulated'], to: 'recommended', emits: ['AdmissionRecommended'], input: schema('AdmissionRecommended').omit({ by: true }),
      decide: (input, _, { actor }) => [{ type: 'AdmissionRecommended', data: { by: actor.personId, ...input } }],
    }),
    AdmitApplicant: command({
      by: ['Plenary', 'Steering'], from: ['recommended', 'circulated'], to: 'admitted', emits: ['ApplicantAdmitted'], guards: ['APP-5'],
      input: schema('ApplicantAdmitted').pick({ decisionRef: true }),
      guard: ({ decisionRef }, state, { evidence, now }) => [...(decisionRef === NO_OBJECTION ? silent(state, now) : adopted(evidence, 'adopted'))],
      decide: ({ decisionRef }, state, { newId }) => [
        { type: 'ApplicantAdmitted', data: { decisionRef, category: state.category, conditions: [...state.conditions], membershipId: newId(0), groupId: state.groupId, networkId: state.networkId } },
      ],
    }),
    DeferApplication: records('ApplicationDeferred', { by: ['Steering'], from: ['circulated', 'recommended'], to: 'deferred' }),
    ResumeApplication: records('ApplicationResumed', { by: ['Steering'], from: ['deferred'], to: 'circulated' }),
    DeclineApplication: command({
      by: ['Plenary', 'Steering'], from: ['circulated', 'recommended', 'submitted'], to: 'declined', emits: ['ApplicationDeclined'], guards: ['APP-5'],
      input: schema('ApplicationDeclined').omit({ reapplyAfter: true }),
      // A parliament that is not eligible needs no vote of the members.
      guard: (_, state, { evidence }) => (state.eligible === false ? undefined : adopted(evidence, 'rejected')),
      decide: (input, _, { now, evidence }) => [{ type: 'ApplicationDeclined', data: { ...input, reapplyAfter: monthsAfter(now.slice(0, 10), evidence.coolingOffMonths) } }],
    }),
    WithdrawApplication: records('ApplicationWithdrawn', {
      by: ['Applicant'], from: ['enquiry', 'submitted', 'awaitingInformation', 'circulated', 'recommended', 'deferred'], to: 'withdrawn',
    }),
    LapseApplication: records('ApplicationLapsed', { by: ['System'], from: ['enquiry', 'awaitingInformation', 'deferred'], to: 'lapsed' }),
  },

  evolve: {
    InterestExpressed: (state, d) => ({ ...state, status: 'enquiry', groupId: d.groupId, networkId: d.networkId }),
    InvitationIssued: (state, d) => ({ ...state, status: 'enquiry', groupId: d.to, networkId: d.networkId }),
    ApplicationSubmitted: (state, d) => ({ ...state, status: 'submitted', category: d.category, eligible: null, sides: sides(d.membersBySide) }),
    FurtherInformationRequested: (state) => ({ ...state, status: 'awaitingInformation' }),
    FurtherInformationSupplied: (state) => ({ ...state, status: 'submitted' }),
    EligibilityAssessed: (state, d) => ({ ...state, eligible: d.parliamentEligible && d.criteria.every((c) => c.met) }),
    ApplicationCirculated: (state, d) => ({ ...state, status: 'circulated', circulatedTo: d.to, objectionDeadline: d.objectionDeadline, objections: [] }),
    ApplicationObjectionRaised: (state, d) => ({ ...state, objections: [...state.objections, d.by] }),
    ApplicationObjectionWithdrawn: (state, d) => ({ ...state, objections: state.objections.filter((by) => by !== d.by) }),
    AdmissionRecommended: (state, d) => ({ ...state, status: 'recommended', category: d.category, conditions: d.conditions }),
    ApplicantAdmitted: (state) => ({ ...state, status: 'admitted' }),
    ApplicationDeferred: (state) => ({ ...state, status: 'deferred' }),
    ApplicationResumed: (state) => ({ ...state, status: 'circulated' }),
    ApplicationDeclined: (state) => ({ ...state, status: 'declined' }),
    ApplicationWithdrawn: (state) => ({ ...state, status: 'withdrawn' }),
    ApplicationLapsed: (state) => ({ ...state, status: 'lapsed' }),
  },

  groups: (state, input) => [state.groupId || ((input as { groupId?: string }).groupId ?? '')],
  label: (state) => (state.status === 'enquiry' ? amber(state.groupId) : { ...GREEN, groups: [state.groupId] }),
});

const openOnce = ({ otherOpenApplications, alreadyMember }: ApplicationEvidence) => [
  otherOpenApplications > 0 && refuse('application.another-open', {}, 'APP-6'),
  alreadyMember && refuse('application.already-member', {}, 'APP-6'),
];
const silent = (state: MembershipApplication, now: string) => [
  state.objectionDeadline !== null && now < state.objectionDeadline && refuse('application.objection-period-runs', { deadline: state.objectionDeadline }, 'APP-4'),
  state.objections.length > 0 && refuse('application.objections-stand', { count: state.objections.length }, 'APP-5'),
];
const adopted = ({ decision }: ApplicationEvidence, wanted: 'adopted' | 'rejected') => [
  decision?.status !== wanted && refuse('application.decision-missing', { wanted }, 'APP-5'),
  decision !== undefined && !decision.aboutThis && refuse('application.decision-of-another-subject', {}, 'APP-5'),
];
