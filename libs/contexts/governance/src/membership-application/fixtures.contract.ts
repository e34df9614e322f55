import type { ApplicationEvent } from './events.js';
import type { ApplicationEvidence } from './membership-application.js';
import { people, system } from '../people.contract.js';

/** Facts of an invented application, for the tests of this context: the group `g-s` applies to the network `net`. */
export const actors = { ...people, system: system('application-lapse') };

export type DataOf<K extends ApplicationEvent['type']> = Extract<ApplicationEvent, { type: K }>['data'];
export const happened = <K extends ApplicationEvent['type']>(type: K, data: DataOf<K>): ApplicationEvent => ({ type, data }) as ApplicationEvent;

export const names = { en: 'Group of S', fr: 'Groupe de S' };
const settled: ApplicationEvidence = {
  id: 'a1', networkStatus: 'constituted', charterVersion: '1', categories: ['full', 'associate', 'observer'], groupStatus: 'active', groupNames: names,
  otherOpenApplications: 0, alreadyMember: false, reapplyAfter: null, entitled: ['g-p', 'g-q'], periods: { objectionDays: 30, coolingOffMonths: 12 },
};
export const known = (over: Partial<ApplicationEvidence> = {}): ApplicationEvidence => ({ ...settled, ...over });
/** A procedure about this application, as it stands. */
export const decided = (status: string, revision = 4, aboutThis = true): ApplicationEvidence => known({ decision: { status, aboutThis, revision } });
/** A network without charter, which decides by its record. */
export const initiative = (over: Partial<ApplicationEvidence> = {}) =>
  known({ networkStatus: 'initiative', charterVersion: null, categories: null, decision: { status: 'none', aboutThis: false, revision: 0 }, ...over });

export const interest = { networkId: 'net', groupId: 'g-s', contact: 'The clerk of the group' };
export const invitation = { networkId: 'net', to: 'g-s', expiresOn: '2026-12-31' };
export const application: DataOf<'ApplicationSubmitted'> = {
  category: 'full', charterVersionAccepted: '1', authorisationRef: 'Minutes of 3 November', membersBySide: { government: 6, opposition: 5 }, documents: ['Statutes'],
};
export const criteria = [{ id: 'elected-parliament', met: true, evidence: 'General election of May 2023' }];
/** Thirty days from the circulation. */
export const objectionDeadline = '2026-12-23T09:00:00Z';
export const objection = { ground: 'balance' as const, text: 'All its officers are of one party.' };

export const expressed = happened('InterestExpressed', { applicationId: 'a1', ...interest, on: '2026-11-01', groupNames: names });
export const invited = happened('InvitationIssued', { applicationId: 'a1', ...invitation, by: 'p-net', groupNames: names });
export const submitted = (over: Partial<DataOf<'ApplicationSubmitted'>> = {}) => [expressed, happened('ApplicationSubmitted', { ...application, ...over })];
export const assessed = (parliamentEligible = true, over: Partial<DataOf<'ApplicationSubmitted'>> = {}) => [
  ...submitted(over), happened('EligibilityAssessed', { parliamentEligible, criteria, assessor: 'p-sec' }),
];
export const circulated = (to = ['g-p', 'g-q']) => [...assessed(), happened('ApplicationCirculated', { to, objectionDeadline })];
export const objected = (by = 'g-q') => [...circulated(), happened('ApplicationObjectionRaised', { by, ...objection })];
export const asked = (before = submitted()) => [...before, happened('FurtherInformationRequested', { questions: ['Who chairs the group?'], dueOn: '2026-12-15' })];
export const recommended = (over: Partial<DataOf<'AdmissionRecommended'>> = {}) => [
  ...circulated(), happened('AdmissionRecommended', { by: 'p-net', category: 'full', conditions: [], ...over }),
];
export const deferred = (over: Partial<DataOf<'ApplicationDeferred'>> = {}) => [
  ...circulated(), happened('ApplicationDeferred', { until: '2027-02-01', reason: 'Until the election.', at: '2026-11-30T09:00:00Z', ...over }),
];
