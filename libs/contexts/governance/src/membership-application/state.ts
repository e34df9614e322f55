import type { AggregateDefinition } from '#kernel';
import { reached } from '../calendar.js';
import type { ApplicationEvent, ApplicationSchemas } from './events.js';

export interface MembershipApplication {
  readonly status:
    | 'none' | 'enquiry' | 'submitted' | 'awaitingInformation' | 'circulated' | 'recommended' | 'deferred' | 'admitted' | 'declined' | 'withdrawn' | 'lapsed';
  /** Events so far: what a decision procedure freezes as the revision of its subject. */
  readonly revision: number;
  /** The revision at which what is asked for last changed; an earlier decision was about something else (DEC-1). */
  readonly changedAt: number;
  readonly groupId: string;
  readonly networkId: string;
  readonly category: 'full' | 'associate' | 'observer' | 'prospective';
  /** Null until assessed. */
  readonly eligible: boolean | null;
  /** The last assessment in its own words. */
  readonly assessment: string | null;
  /** How many sides of the chamber the members of the group come from. */
  readonly sides: number;
  readonly circulatedTo: readonly string[];
  readonly objectionDeadline: string | null;
  readonly objections: readonly string[];
  readonly conditions: readonly string[];
  /** The day after which nothing happening lets it lapse; null where none was stated. */
  readonly dueOn: string | null;
  /** Was it deferred while members could still have objected? */
  readonly deferredInPeriod: boolean;
}

export const initialApplication: MembershipApplication = {
  status: 'none', revision: 0, changedAt: 0, groupId: '', networkId: '', category: 'full', eligible: null, assessment: null, sides: 0, circulatedTo: [],
  objectionDeadline: null, objections: [], conditions: [], dueOn: null, deferredInPeriod: false,
};
export const OPEN_STATES = ['enquiry', 'submitted', 'awaitingInformation', 'circulated', 'recommended', 'deferred'] as const;

/** Sides that are named and not empty; of members whose side is unknown nothing follows. */
export const sidesOf = (members: Readonly<Record<string, number | undefined>>): number =>
  Object.entries(members).filter(([side, n]) => (n ?? 0) > 0 && side !== 'unknown').length;
export const assessmentOf = (d: { readonly parliamentEligible: boolean; readonly criteria: readonly object[] }) => JSON.stringify([d.parliamentEligible, d.criteria]);

type Change = Partial<MembershipApplication>;
type Data<K> = Extract<ApplicationEvent, { type: K }>['data'];
/** Each event is one revision. */
const counted =
  <K extends ApplicationEvent['type']>(change: (state: MembershipApplication, data: Data<K>) => Change) =>
  (state: MembershipApplication, data: Data<K>): MembershipApplication => ({ ...state, revision: state.revision + 1, ...change(state, data) });
/** What is asked for is another thing now. */
const changed = (state: MembershipApplication): Change => ({ changedAt: state.revision + 1 });

export const evolveApplication: AggregateDefinition<MembershipApplication, ApplicationSchemas>['evolve'] = {
  InterestExpressed: counted<'InterestExpressed'>((_, d) => ({ status: 'enquiry', groupId: d.groupId, networkId: d.networkId })),
  InvitationIssued: counted<'InvitationIssued'>((_, d) => ({ status: 'enquiry', groupId: d.to, networkId: d.networkId, dueOn: d.expiresOn })),
  ApplicationSubmitted: counted<'ApplicationSubmitted'>((state, d) => ({
    ...changed(state), status: 'submitted', category: d.category, eligible: null, assessment: null, sides: sidesOf(d.membersBySide), dueOn: null,
  })),
  FurtherInformationRequested: counted<'FurtherInformationRequested'>((_, d) => ({ status: 'awaitingInformation', dueOn: d.dueOn })),
  FurtherInformationSupplied: counted<'FurtherInformationSupplied'>((state) => ({ ...changed(state), status: 'submitted', dueOn: null })),
  EligibilityAssessed: counted<'EligibilityAssessed'>((_, d) => ({
    eligible: d.parliamentEligible && d.criteria.every((c) => c.met), assessment: assessmentOf(d),
  })),
  // Objections of an earlier round stand until they are withdrawn.
  ApplicationCirculated: counted<'ApplicationCirculated'>((_, d) => ({ status: 'circulated', circulatedTo: d.to, objectionDeadline: d.objectionDeadline })),
  ApplicationObjectionRaised: counted<'ApplicationObjectionRaised'>((state, d) => ({ objections: [...state.objections, d.by] })),
  ApplicationObjectionWithdrawn: counted<'ApplicationObjectionWithdrawn'>((state, d) => ({ objections: state.objections.filter((by) => by !== d.by) })),
  AdmissionRecommended: counted<'AdmissionRecommended'>((state, d) => ({
    ...(d.category === state.category && JSON.stringify(d.conditions) === JSON.stringify(state.conditions) ? {} : changed(state)),
    status: 'recommended', category: d.category, conditions: d.conditions,
  })),
  ApplicantAdmitted: counted<'ApplicantAdmitted'>(() => ({ status: 'admitted' })),
  ApplicationDeferred: counted<'ApplicationDeferred'>((state, d) => ({
    status: 'deferred', dueOn: d.until ?? null,
    deferredInPeriod: d.at !== undefined && state.objectionDeadline !== null && !reached(state.objectionDeadline, d.at),
  })),
  ApplicationResumed: counted<'ApplicationResumed'>((state, d) => ({
    status: 'circulated', dueOn: null, deferredInPeriod: false, objectionDeadline: d.objectionDeadline ?? state.objectionDeadline,
  })),
  ApplicationDeclined: counted<'ApplicationDeclined'>(() => ({ status: 'declined' })),
  ApplicationWithdrawn: counted<'ApplicationWithdrawn'>(() => ({ status: 'withdrawn' })),
  ApplicationLapsed: counted<'ApplicationLapsed'>(() => ({ status: 'lapsed' })),
};
