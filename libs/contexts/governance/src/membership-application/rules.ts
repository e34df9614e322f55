import { type Circumstances, refuse, type Refusal } from '#kernel';
import { dayIn, daysAfter, reached } from '../calendar.js';
import type { MembershipApplication } from './state.js';

export interface ApplicationEvidence {
  /** The id of this application. */
  readonly id: string;
  readonly networkStatus: string;
  /** Version of the charter in force; null for an initiative. */
  readonly charterVersion: string | null;
  /** Categories of membership by that charter; null where there is none. */
  readonly categories: readonly string[] | null;
  readonly groupStatus: string;
  readonly groupNames: Readonly<Record<string, string>> | null;
  /** Where what is cited is an authorisation of the directory: does it stand, for this application and this holder? */
  readonly authorisation?: { readonly valid: boolean } | undefined;
  /** Of the same group to the same network. */
  readonly otherOpenApplications: number;
  readonly alreadyMember: boolean;
  /** End of the cooling-off period after a refusal. */
  readonly reapplyAfter: string | null;
  /** Groups entitled to object and decide, without those that stand aside. */
  readonly entitled: readonly string[];
  readonly periods: { readonly objectionDays: number; readonly coolingOffMonths: number };
  /** The decision procedure that is cited, as it stands. */
  readonly decision?: { readonly status: string; readonly aboutThis: boolean; readonly revision: number } | undefined;
}
export type Ctx = Circumstances<ApplicationEvidence>;
type Rules = readonly (Refusal | false)[];

/** What is cited where a period ended without objection. */
export const NO_OBJECTION = 'no-objection';

/** APP-6 */
export const openOnce = ({ evidence }: Ctx): Rules => [
  evidence.otherOpenApplications > 0 && refuse('application.another-open', {}, 'APP-6'),
  evidence.alreadyMember && refuse('application.already-member', {}, 'APP-6'),
  !['initiative', 'constituted'].includes(evidence.networkStatus) && refuse('application.no-such-network', {}, 'APP-3'),
];

/** APP-2, APP-3: a category that the charter knows, and both sides of the chamber for a full member. */
export const categoryRules = (category: string, sides: number, { evidence: { categories } }: Ctx): Rules => [
  categories !== null && !categories.includes(category) && refuse('application.category-unknown', { category }, 'APP-3'),
  category === 'full' && sides < 2 && refuse('application.one-side-only', {}, 'APP-2'),
];

/** APP-4: the period that members have is never cut short. */
export const periodOver = ({ objectionDeadline }: MembershipApplication, { now }: Ctx): Refusal | false =>
  objectionDeadline !== null && !reached(objectionDeadline, now) && refuse('application.objection-period-runs', { deadline: objectionDeadline }, 'APP-4');

/** The deadline that is asked for, or the first that the rules allow. */
export const firstDeadline = ({ now, evidence }: Ctx): string => daysAfter(now, evidence.periods.objectionDays);

const noObjection = (state: MembershipApplication, ctx: Ctx): Rules => [
  periodOver(state, ctx),
  state.objections.length > 0 && refuse('application.objections-stand', { count: state.objections.length }, 'APP-5'),
];
const byDecision = (state: MembershipApplication, { evidence: { decision } }: Ctx, wanted: 'adopted' | 'rejected'): Rules => [
  decision?.status !== wanted && refuse('application.decision-missing', { wanted }, 'APP-5'),
  decision !== undefined && !decision.aboutThis && refuse('application.decision-of-another-subject', {}, 'APP-5'),
  decision !== undefined && decision.aboutThis && decision.revision < state.changedAt && refuse('application.changed-since-decision', {}, 'DEC-1'),
];

/**
 * How an admission may stand (APP-5): nobody objected in the period; or a procedure about exactly this was adopted; or the
 * network is an initiative, which has no charter to decide under, and cites its record: but an objection is heard there too.
 */
export function admissible(decisionRef: string, state: MembershipApplication, ctx: Ctx): Rules {
  const { decision, networkStatus } = ctx.evidence;
  const initiative = networkStatus === 'initiative' && (decision === undefined || decision.status === 'none');
  return decisionRef === NO_OBJECTION || initiative ? noObjection(state, ctx) : byDecision(state, ctx, 'adopted');
}

/** A parliament that is not eligible needs no vote of the members; an initiative cites its record. */
export function declinable(state: MembershipApplication, ctx: Ctx): Rules {
  const { decision, networkStatus } = ctx.evidence;
  const initiative = networkStatus === 'initiative' && (decision === undefined || decision.status === 'none');
  return state.eligible === false || initiative ? [] : byDecision(state, ctx, 'rejected');
}

/** APP-3 */
export const acceptanceRules = (input: { readonly charterVersionAccepted: string }, { evidence }: Ctx): Rules => {
  const inForce = evidence.charterVersion ?? 'none';
  return [
    input.charterVersionAccepted !== inForce && refuse('application.charter-version', { inForce }, 'APP-3'),
    evidence.groupStatus !== 'active' && refuse('application.group-not-active', { status: evidence.groupStatus }, 'APP-3'),
    evidence.authorisation?.valid === false && refuse('application.authorisation-not-valid', {}, 'APP-3'),
  ];
};
export const coolingOff = ({ evidence: { reapplyAfter }, now }: Ctx): Refusal | false =>
  reapplyAfter !== null && reapplyAfter > dayIn(now) && refuse('application.cooling-off', { until: reapplyAfter }, 'APP-6');
