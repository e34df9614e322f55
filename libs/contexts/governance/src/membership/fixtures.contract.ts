import type { MembershipEvent } from './events.js';
import type { MembershipEvidence } from './membership.js';
import { people, system } from '../people.contract.js';

/** Facts of an invented member, for the tests of this context. */
export const actors = { ...people, system: system('when-applicant-admitted') };

export type DataOf<K extends MembershipEvent['type']> = Extract<MembershipEvent, { type: K }>['data'];
export const happened = <K extends MembershipEvent['type']>(type: K, data: DataOf<K>): MembershipEvent => ({ type, data }) as MembershipEvent;

const settled: MembershipEvidence = {
  id: 'm1', decision: { status: 'adopted', aboutThis: true }, alreadyMember: false, groupNames: { en: 'Group for Prevention' },
  charterVersion: '1.0', categories: ['full', 'associate', 'observer'], periods: { reviewDays: 90, withdrawalNoticeMonths: 3 },
};
export const known = (over: Partial<MembershipEvidence> = {}): MembershipEvidence => ({ ...settled, ...over });
export const undecided = known({ decision: { status: 'ballot', aboutThis: true } });
export const decidedElse = known({ decision: { status: 'adopted', aboutThis: false } });
/** An initiative has no charter under which a decision could be taken. */
export const initiative = known({ decision: null, charterVersion: null, categories: null });

export const admission = { membershipId: 'm1', groupId: 'g-p', networkId: 'net', category: 'full' as const, since: '2026-01-15' };
export const grounds = ['No annual report for two years'];
export const reviewOn = '2027-02-15';
export const focal = {
  personId: 'p-member', deputyId: 'p-officer', languages: ['en', 'fr'], reachable: { hours: '09:00 to 18:00', timezone: 'Europe/London' },
};
export const report = { period: { from: '2025-01-01', to: '2025-12-31' }, documentRef: 'Annual report 2025' };

export const activated = (category: DataOf<'MembershipActivated'>['category'] = 'full') =>
  happened('MembershipActivated', { ...admission, category, groupNames: { en: 'Group for Prevention' } });
export const watched = [activated(), happened('PreventiveWatchOpened', { grounds, reviewOn })];
export const alerted = [activated(), happened('AlertDeclared', { grounds, reviewOn, decisionRef: 'd-alert' })];
export const suspension: DataOf<'MembershipSuspended'> = {
  grounds, effectiveAt: '2026-11-20T12:00:00Z', decisionRef: 'd-suspend', rightsWithheld: ['vote', 'sign', 'draft'],
};
export const suspended = [activated(), happened('MembershipSuspended', suspension)];
export const inTransition = [...suspended, happened('TransitionOpened', { benchmarks: ['Elections are held'], reviewOn })];
export const inAbeyance = (graceUntil = '2027-05-30', before = [activated()]) => [
  ...before, happened('MembershipHeldInAbeyance', { cause: 'parliament-dissolved', graceUntil }),
];
export const leaving = (effectiveOn = '2027-02-23', before = [activated()]) => [
  ...before, happened('WithdrawalNotified', { notifiedAt: '2026-11-23T09:00:00Z', effectiveOn }),
];
