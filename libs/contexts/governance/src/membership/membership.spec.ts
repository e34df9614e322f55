import { specify } from '#kernel/testing';
import {
  activated, actors, admission, alerted, decidedElse, focal, happened, inAbeyance, initiative, inTransition, known, leaving, report, suspended, suspension,
  undecided, watched,
} from './fixtures.contract.js';
import { mayVote, membership } from './membership.js';

const given = specify(membership, { actor: actors.steering, evidence: known() });
const { chair, chairQ, clerk, member, officer, secretariat, system } = actors;
const imported = { actor: secretariat, mode: 'import' } as const;
/** The state after these events, as anybody's command finds it. */
const stateOf = (...past: Parameters<typeof given>) => past.reduce((s, e) => membership.evolve[e.type](s, e.data as never), membership.initial);

describe('becoming a member', () => {
  it('follows from an admission and keeps what the group was called', () => {
    given().when('ActivateMembership', { ...admission, applicationRef: 'a1' }, { actor: system })
      .yields(happened('MembershipActivated', { ...admission, applicationRef: 'a1', groupNames: { en: 'Group for Prevention' } }));
    given().when('ActivateMembership', admission, { actor: system, evidence: known({ groupNames: null }) }).yields(happened('MembershipActivated', admission));
    given().when('ActivateMembership', admission).refuses('not-permitted');
    given().when('ActivateMembership', { ...admission, membershipId: 'm2' }, { actor: system }).refuses('membership.other-id');
  });
  it('happens once for each network', () => {
    given().when('ActivateMembership', admission, { actor: system, evidence: known({ alreadyMember: true }) }).refuses('membership.already-member', 'APP-6');
    given(activated()).when('ActivateMembership', admission, { actor: system }).refuses('illegal-transition');
  });
  it('of the past is taken from its source', () => {
    given().when('ActivateMembership', { ...admission, since: '[2013-12..2014]' }, imported).yieldsTypes('MembershipActivated');
    given().when('ActivateMembership', { ...admission, membershipId: 'm2' }, imported).refuses('membership.other-id');
  });
});

describe('who votes', () => {
  it('MEM-1 full members that are active, under watch or under alert do', () => {
    const voting = [[activated()], watched, alerted];
    const silent = [
      [], suspended, inTransition, inAbeyance(), leaving(), [activated(), happened('MembershipEnded', { reason: 'x', on: '2026' })],
      [...leaving(), happened('MembershipWithdrawn', { effectiveOn: '2027-02-23' })],
      [...alerted, happened('MemberExpelled', { decisionRef: 'd', effectiveOn: '2026-11-23' })],
    ];
    expect(voting.map((past) => mayVote(stateOf(...past)))).toEqual([true, true, true]);
    expect(silent.filter((past) => mayVote(stateOf(...past), '2026-11-23T09:00:00Z'))).toEqual([]);
  });
  it.each(['associate', 'observer', 'prospective'] as const)('MEM-1 an %s member does not', (category) => {
    expect(mayVote(stateOf(activated(category)))).toBe(false);
    const promoted = happened('MembershipCategoryChanged', { from: category, to: 'full', decisionRef: 'd', effectiveOn: '2026-02-01' });
    expect(mayVote(stateOf(activated(category), promoted))).toBe(true);
  });
});

describe('the category of a member', () => {
  const change = { to: 'observer', decisionRef: 'd1', effectiveOn: '2026-11-23' };
  const changed = happened('MembershipCategoryChanged', { from: 'full', to: 'observer', decisionRef: 'd1', effectiveOn: '2026-11-23' });
  it('MEM-1 changes by a decision on this member', () => {
    given(activated()).when('ChangeCategory', change).yields(changed);
    given(activated()).when('ChangeCategory', change, { evidence: undecided }).refuses('membership.decision-missing', 'MEM-1');
    given(activated()).when('ChangeCategory', change, { evidence: decidedElse }).refuses('membership.decision-of-another-subject', 'MEM-1');
    given(activated(), changed).when('ChangeCategory', { ...change, to: 'full' }).refuses('membership.decision-used', 'MEM-1');
    given(activated()).when('ChangeCategory', change, { actor: chair }).refuses('not-permitted');
    given(...watched).when('ChangeCategory', change).refuses('illegal-transition');
  });
  it('MEM-1 changes when it is recorded, into one that the charter knows', () => {
    given(activated()).when('ChangeCategory', { ...change, effectiveOn: '2026-11-24' }).refuses('membership.effect-ahead', 'MEM-1');
    given(activated()).when('ChangeCategory', { ...change, to: 'prospective' }).refuses('membership.category-unknown', 'MEM-1');
    given(activated()).when('ChangeCategory', { ...change, to: 'prospective' }, { evidence: initiative }).yieldsTypes('MembershipCategoryChanged');
    given(activated()).when('ChangeCategory', { ...change, to: 'prospective', effectiveOn: '2015-01-01' }, { ...imported, evidence: undecided })
      .yieldsTypes('MembershipCategoryChanged');
  });
  it('does not change into what it is', () => given(activated()).when('ChangeCategory', { ...change, to: 'full' }).changesNothing());
});

describe('the focal point', () => {
  it('MEM-6 is named with a deputy, who is somebody else', () => {
    given(activated()).when('DesignateFocalPoint', focal, { actor: officer }).yields(happened('FocalPointDesignated', focal));
    given(activated()).when('DesignateFocalPoint', { ...focal, deputyId: 'p-member' }, { actor: officer }).refuses('membership.deputy-is-focal-point', 'MEM-6');
    given(activated()).when('DesignateFocalPoint', { ...focal, deputyId: undefined }, { actor: chair }).yieldsTypes('FocalPointDesignated');
    given(activated(), happened('FocalPointDesignated', focal)).when('DesignateFocalPoint', focal, { actor: officer }).changesNothing();
    given(activated(), happened('FocalPointDesignated', focal)).when('DesignateFocalPoint', { ...focal, deputyId: 'p-other' }, { actor: officer })
      .yieldsTypes('FocalPointDesignated');
  });
  it('MEM-6 is named in every standing but suspension and by nobody else', () => {
    const name = (past: Parameters<typeof given>) => given(...past).when('DesignateFocalPoint', focal, { actor: chair });
    for (const past of [[activated()], watched, alerted, inTransition]) name(past).yieldsTypes('FocalPointDesignated');
    for (const past of [suspended, inAbeyance(), leaving()]) name(past).refuses('illegal-transition');
    for (const actor of [chairQ, member, clerk, actors.steering]) given(activated()).when('DesignateFocalPoint', focal, { actor }).refuses('not-permitted');
  });
  it('MEM-6 that does not answer leads to a watch at most: no rule suspends or expels anybody', () => {
    const byRule = Object.entries(membership.commands).filter(([, { by }]) => by.includes('System')).map(([name]) => name);
    expect(byRule).toEqual(['ActivateMembership', 'EnterAbeyance', 'ResumeFromAbeyance', 'CompleteWithdrawal']);
  });
});

describe('the annual report', () => {
  it('is filed by the secretariat of the group, once', () => {
    given(activated()).when('FileAnnualReport', report, { actor: clerk }).yields(happened('AnnualReportFiled', report));
    given(activated(), happened('AnnualReportFiled', report)).when('FileAnnualReport', report, { actor: clerk }).changesNothing();
    given(activated(), happened('AnnualReportFiled', report)).when('FileAnnualReport', { ...report, documentRef: 'Corrected report 2025' }, { actor: clerk })
      .yieldsTypes('AnnualReportFiled');
    given(activated()).when('FileAnnualReport', report, { actor: chair }).refuses('not-permitted');
    given(...suspended).when('FileAnnualReport', report, { actor: clerk }).refuses('illegal-transition');
  });
  it('is of a period that ends after it begins', () => {
    const reversed = { ...report, period: { from: '2025-12-31', to: '2025-01-01' } };
    given(activated()).when('FileAnnualReport', reversed, { actor: clerk }).refuses('membership.period-reversed');
    given(activated()).when('FileAnnualReport', { ...report, period: { from: '2025-01-01', to: '2025-01-01' } }, { actor: clerk }).yieldsTypes('AnnualReportFiled');
  });
});

describe('suspension', () => {
  const { rightsWithheld, ...asked } = { ...suspension, effectiveAt: '2026-12-01T12:00:00Z' };
  const suspendedLater = happened('MembershipSuspended', { ...asked, rightsWithheld });
  it('MEM-3 withholds voting, signing and drafting together', () => {
    given(activated()).when('SuspendMembership', asked).yields(suspendedLater);
    given(activated()).when('SuspendMembership', { ...asked, rightsWithheld: ['vote', 'sign'] }).refuses('membership.rights-kept', 'MEM-3');
    given(activated()).when('SuspendMembership', { ...asked, rightsWithheld: ['draft', 'sign', 'vote'] }).yieldsTypes('MembershipSuspended');
    given(activated()).when('SuspendMembership', { ...asked, rightsWithheld: ['vote'] }, imported).yieldsTypes('MembershipSuspended');
  });
  it('MEM-3 takes the vote from its effective time and not before', () => {
    const state = stateOf(activated(), suspendedLater);
    const at = ['2026-11-30T12:00:00Z', '2026-12-01T11:59:59.999Z', '2026-12-01T12:00:00Z', '2026-12-01T12:00:00.001Z'];
    expect(at.map((now) => mayVote(state, now))).toEqual([true, true, false, false]);
    expect(mayVote(state)).toBe(false);
    expect(mayVote({ ...state, category: 'observer' }, at[0])).toBe(false);
  });
  it('MEM-3 does not reach back to what was signed before', () => {
    given(activated()).when('SuspendMembership', { ...asked, effectiveAt: '2026-11-22T23:59:59Z' }).refuses('membership.effect-in-past', 'MEM-3');
    given(activated()).when('SuspendMembership', { ...asked, effectiveAt: '2026-11-23T00:00:00Z' }).yieldsTypes('MembershipSuspended');
    given(activated()).when('SuspendMembership', { ...asked, effectiveAt: '2016-05-01T00:00:00Z' }, imported).yieldsTypes('MembershipSuspended');
  });
  it('MEM-2 rests on a decision on this member, which carries one step', () => {
    given(...alerted).when('SuspendMembership', { ...asked, decisionRef: 'd-alert' }).refuses('membership.decision-used', 'MEM-2');
    given(activated()).when('SuspendMembership', asked, { evidence: undecided }).refuses('membership.decision-missing', 'MEM-2');
    given(activated()).when('SuspendMembership', asked, { evidence: decidedElse }).refuses('membership.decision-of-another-subject', 'MEM-2');
    given(activated()).when('SuspendMembership', asked, { evidence: initiative }).yields(suspendedLater);
    given(activated()).when('SuspendMembership', asked, { actor: secretariat }).refuses('not-permitted');
    given(...suspended).when('SuspendMembership', { ...asked, decisionRef: 'd9' }).refuses('illegal-transition');
  });
});

it('standing is for everyone to read, and belongs to the group', () => {
  const state = stateOf(...suspended);
  expect(membership.label(state, suspended[1]!)).toEqual({ tlp: 'CLEAR' });
  expect(membership.groups(state, {})).toEqual(['g-p']);
});
