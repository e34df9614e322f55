import { specify } from '#kernel/testing';
import {
  activated, actors, alerted, decidedElse, grounds, happened, inAbeyance, initiative, inTransition, known, leaving, reviewOn, suspended, undecided, watched,
} from './fixtures.contract.js';
import { membership } from './membership.js';

const given = specify(membership, { actor: actors.steering, evidence: known() });
const { chair, secretariat } = actors;
const imported = { actor: secretariat, mode: 'import' } as const;

describe('preventive watch and alert', () => {
  const watch = { grounds, reviewOn };
  const alert = { ...watch, decisionRef: 'd2' };
  it('MEM-2 a watch has a ground and a review', () => {
    given(activated()).when('OpenPreventiveWatch', watch).yields(happened('PreventiveWatchOpened', watch));
    given(...watched).when('OpenPreventiveWatch', watch).refuses('illegal-transition');
    given(activated()).when('OpenPreventiveWatch', watch, { actor: chair }).refuses('not-permitted');
    const { input } = membership.commands['OpenPreventiveWatch']!;
    expect([{ reviewOn }, { grounds: [], reviewOn }, { grounds }].map((one) => input.safeParse(one).success)).toEqual([false, false, false]);
  });
  it('MEM-2 the review lies ahead and within the time of the charter', () => {
    const on = (day: string, occasion: object = {}) => given(activated()).when('OpenPreventiveWatch', { grounds, reviewOn: day }, occasion);
    on('2026-11-23').refuses('membership.review-in-past', 'MEM-2');
    on('2026-11-24').yieldsTypes('PreventiveWatchOpened');
    on('2027-02-21').yieldsTypes('PreventiveWatchOpened');
    on('2027-02-22').refuses('membership.review-too-late', 'MEM-2');
    on('2026-12-24', { evidence: known({ periods: { reviewDays: 30, withdrawalNoticeMonths: 3 } }) }).refuses('membership.review-too-late');
    on('2015-01-01', imported).yieldsTypes('PreventiveWatchOpened');
  });
  it('MEM-2 an alert rests on a decision, from watch or at once', () => {
    given(...watched).when('DeclareAlert', alert).yields(happened('AlertDeclared', alert));
    given(activated()).when('DeclareAlert', alert).yields(happened('AlertDeclared', alert));
    given(activated()).when('DeclareAlert', alert, { evidence: undecided }).refuses('membership.decision-missing', 'MEM-2');
    given(activated()).when('DeclareAlert', { ...alert, reviewOn: '2026-11-01' }).refuses('membership.review-in-past', 'MEM-2');
    given(activated()).when('DeclareAlert', alert, { evidence: initiative }).yieldsTypes('AlertDeclared');
    given(...alerted).when('DeclareAlert', alert).refuses('illegal-transition');
    given(activated()).when('DeclareAlert', alert, { actor: chair }).refuses('not-permitted');
  });
  it('MEM-2 either is lifted by a decision of its own', () => {
    const lifted = happened('WatchLifted', { decisionRef: 'd3' });
    given(...watched).when('LiftWatch', { decisionRef: 'd3' }).yields(lifted);
    given(...alerted).when('LiftWatch', { decisionRef: 'd3' }).yields(lifted);
    given(...alerted).when('LiftWatch', { decisionRef: 'd-alert' }).refuses('membership.decision-used', 'MEM-2');
    given(...watched).when('LiftWatch', { decisionRef: 'd3' }, { evidence: decidedElse }).refuses('membership.decision-of-another-subject', 'MEM-2');
    given(...alerted).when('LiftWatch', { decisionRef: 'minutes of 2015' }, { ...imported, evidence: undecided }).yieldsTypes('WatchLifted');
    given(...watched, lifted).when('LiftWatch', { decisionRef: 'd3' }).refuses('illegal-transition');
    given(...watched).when('LiftWatch', { decisionRef: 'd3' }, { actor: chair }).refuses('not-permitted');
  });
});

describe('from suspension back to full standing', () => {
  const reinstated = { decisionRef: 'd5', effectiveAt: '2026-11-23T08:30:00Z' };
  it('MEM-2 a transition has benchmarks and a review', () => {
    const transition = { benchmarks: ['Elections are held'], reviewOn };
    given(...suspended).when('OpenTransition', transition).yields(happened('TransitionOpened', transition));
    given(...suspended).when('OpenTransition', { ...transition, reviewOn: '2027-12-31' }).refuses('membership.review-too-late', 'MEM-2');
    given(...alerted).when('OpenTransition', transition).refuses('illegal-transition');
    given(...suspended).when('OpenTransition', transition, { actor: chair }).refuses('not-permitted');
    expect(membership.commands['OpenTransition']!.input.safeParse({ benchmarks: [], reviewOn }).success).toBe(false);
  });
  it('MEM-2 a member is reinstated by a decision, with or without a transition', () => {
    for (const past of [suspended, inTransition]) {
      const back = given(...past).when('Reinstate', reinstated);
      back.yields(happened('MembershipReinstated', reinstated));
      expect(back.state.suspendedFrom).toBeNull();
    }
    given(...suspended).when('Reinstate', { ...reinstated, decisionRef: 'd-suspend' }).refuses('membership.decision-used', 'MEM-2');
    given(...suspended).when('Reinstate', reinstated, { evidence: undecided }).refuses('membership.decision-missing', 'MEM-2');
    given(...suspended).when('Reinstate', { ...reinstated, effectiveAt: '2026-11-24T00:00:00Z' }).refuses('membership.effect-ahead', 'MEM-2');
    given(...alerted).when('Reinstate', reinstated).refuses('illegal-transition');
    given(...suspended).when('Reinstate', reinstated, { actor: chair }).refuses('not-permitted');
  });
});

describe('expulsion', () => {
  const expulsion = { decisionRef: 'd6', effectiveOn: '2026-11-23' };
  it('MEM-2 is the last step, from alert or suspension, on a decision of its own', () => {
    for (const past of [alerted, suspended]) given(...past).when('ExpelMember', expulsion).yields(happened('MemberExpelled', expulsion));
    for (const past of [[activated()], watched, inTransition, leaving()]) given(...past).when('ExpelMember', expulsion).refuses('illegal-transition');
    given(...suspended).when('ExpelMember', { ...expulsion, decisionRef: 'd-suspend' }).refuses('membership.decision-used', 'MEM-2');
    given(...suspended).when('ExpelMember', expulsion, { evidence: decidedElse }).refuses('membership.decision-of-another-subject', 'MEM-2');
    given(...suspended).when('ExpelMember', expulsion, { actor: secretariat }).refuses('not-permitted');
    given(...suspended, happened('MemberExpelled', expulsion)).when('ExpelMember', expulsion).refuses('illegal-transition');
  });
  it('MEM-2 takes effect on the day on which it is recorded', () => {
    given(...suspended).when('ExpelMember', { ...expulsion, effectiveOn: '2026-11-22' }).refuses('membership.effect-in-past', 'MEM-2');
    given(...suspended).when('ExpelMember', { ...expulsion, effectiveOn: '2026-11-24' }).refuses('membership.effect-ahead', 'MEM-2');
    given(...suspended).when('ExpelMember', { ...expulsion, effectiveOn: '2016-12-31' }, imported).yieldsTypes('MemberExpelled');
  });
});

describe('abeyance', () => {
  const asleep = { cause: 'parliament-dissolved', graceUntil: '2027-05-30' };
  const { system } = actors;
  it('MEM-5 is entered by rule, without a ground or a decision', () => {
    for (const past of [[activated()], watched, alerted])
      given(...past).when('EnterAbeyance', asleep, { actor: system }).yields(happened('MembershipHeldInAbeyance', asleep));
    for (const past of [suspended, inTransition, leaving(), inAbeyance()])
      given(...past).when('EnterAbeyance', asleep, { actor: system }).refuses('illegal-transition');
    given(activated()).when('EnterAbeyance', asleep).refuses('not-permitted');
  });
  it('MEM-5 ends when the group is constituted anew within the grace period', () => {
    const resume = (on: string, graceUntil?: string, occasion: object = {}) =>
      given(...inAbeyance(graceUntil)).when('ResumeFromAbeyance', { on }, { actor: system, ...occasion });
    resume('2027-05-30').yields(happened('MembershipResumed', { on: '2027-05-30' }));
    resume('2027-05-31').refuses('membership.grace-over', 'MEM-5');
    // What is not certain is not held against the group.
    for (const on of ['2027-05', '2027', 'XXXX']) resume(on).yieldsTypes('MembershipResumed');
    resume('2029-01-01', 'XXXX').yieldsTypes('MembershipResumed');
    resume('2028-01-01', '2027').refuses('membership.grace-over', 'MEM-5');
    resume('2029-01-01', '2027-05-30', imported).yieldsTypes('MembershipResumed');
    resume('2027-05-30', undefined, { actor: actors.steering }).refuses('not-permitted');
    given(...inAbeyance(), happened('MembershipResumed', { on: '2027-01-01' })).when('ResumeFromAbeyance', { on: '2027-01-01' }, { actor: system })
      .refuses('illegal-transition');
  });
  it('MEM-5 does not end a membership before grace is over', () => {
    const end = { reason: 'Not constituted anew', on: '2027-05-31' };
    const at = (now: string, occasion: object = {}) => given(...inAbeyance()).when('EndFromAbeyance', end, { now, ...occasion });
    at('2027-05-30T23:59:59Z').refuses('membership.grace-runs', 'MEM-5');
    at('2027-05-31T00:00:00Z').yields(happened('MembershipEnded', end));
    at('2027-05-01T00:00:00Z', imported).yieldsTypes('MembershipEnded');
    at('2027-06-01T00:00:00Z', { actor: system }).refuses('not-permitted');
    given(activated()).when('EndFromAbeyance', end).refuses('illegal-transition');
    given(...inAbeyance('XXXX')).when('EndFromAbeyance', end).yieldsTypes('MembershipEnded');
  });
});

describe('withdrawal', () => {
  const { system } = actors;
  const noticed = (effectiveOn: string) => happened('WithdrawalNotified', { notifiedAt: '2026-11-23T09:00:00Z', effectiveOn });
  const notify = (input: object = {}, occasion: object = {}) => given(activated()).when('NotifyWithdrawal', input, { actor: chair, ...occasion });

  it('MEM-4 takes effect when the notice period is over, or later where the group says so', () => {
    notify().yields(noticed('2027-02-23'));
    notify({ effectiveOn: '2027-02-23' }).yields(noticed('2027-02-23'));
    notify({ effectiveOn: '2027-06-30', reason: 'Merger' })
      .yields(happened('WithdrawalNotified', { notifiedAt: '2026-11-23T09:00:00Z', effectiveOn: '2027-06-30', reason: 'Merger' }));
    notify({ effectiveOn: '2027-02-22' }).refuses('membership.notice-too-short', 'MEM-4');
    notify({}, { evidence: known({ periods: { reviewDays: 90, withdrawalNoticeMonths: 6 } }) }).yields(noticed('2027-05-23'));
    notify({}, { now: '2026-11-30T09:00:00Z' }).yields(happened('WithdrawalNotified', { notifiedAt: '2026-11-30T09:00:00Z', effectiveOn: '2027-02-28' }));
  });
  it('MEM-4 is the chair’s to notify, once, also out of a suspension', () => {
    for (const past of [watched, alerted, suspended]) given(...past).when('NotifyWithdrawal', {}, { actor: chair }).yields(noticed('2027-02-23'));
    for (const actor of [actors.officer, actors.chairQ, actors.steering]) notify({}, { actor }).refuses('not-permitted');
    given(...leaving()).when('NotifyWithdrawal', {}, { actor: chair }).refuses('illegal-transition');
    given(...inAbeyance()).when('NotifyWithdrawal', {}, { actor: chair }).refuses('illegal-transition');
  });
  it('is notified now, whatever is said', () => notify({ notifiedAt: '2020-01-01' }).yields(noticed('2027-02-23')));
  it('of the past has the days that its source has, and invents none', () => {
    notify({ notifiedAt: '2016-09-30', effectiveOn: '2016-12-31' }, imported)
      .yields(happened('WithdrawalNotified', { notifiedAt: '2016-09-30', effectiveOn: '2016-12-31' }));
    notify({ effectiveOn: '2016-12-31' }, imported).yields(happened('WithdrawalNotified', { notifiedAt: 'XXXX', effectiveOn: '2016-12-31' }));
    notify({ notifiedAt: '2016-09-30' }, imported).refuses('membership.withdrawal-not-told', 'G3');
    given(...leaving('2016-12-31')).when('RevokeWithdrawal', { on: '2016-11' }, imported).yields(happened('WithdrawalRevoked', { on: '2016-11' }));
    given(...leaving('2016-12-31')).when('RevokeWithdrawal', {}, imported).yields(happened('WithdrawalRevoked', { on: 'XXXX' }));
  });
  it('MEM-4 is revoked before its day, not on it', () => {
    const revoke = (now: string, actor: (typeof actors)[keyof typeof actors] = chair) =>
      given(...leaving()).when('RevokeWithdrawal', { on: '2020' }, { actor, now });
    revoke('2027-02-22T23:59:59Z').yields(happened('WithdrawalRevoked', { on: '2027-02-22' }));
    revoke('2027-02-23T00:00:00Z').refuses('membership.notice-over', 'MEM-4');
    revoke('2026-12-01T00:00:00Z', actors.officer).refuses('not-permitted');
    given(activated()).when('RevokeWithdrawal', {}, { actor: chair }).refuses('illegal-transition');
  });
  it('MEM-2 MEM-4 is no way out of a standing: who revokes it is back in the one that he left', () => {
    const revoked = (past: typeof suspended) => given(...leaving('2027-02-23', past)).when('RevokeWithdrawal', {}, { actor: chair }).state;
    const back = [[activated()], watched, alerted, suspended].map(revoked);
    expect(back.map((s) => [s.status, s.withdrawsOn, s.beforeNotice, s.suspendedFrom])).toEqual([
      ['active', null, null, null], ['watch', null, null, null], ['alert', null, null, null], ['suspended', null, null, '2026-11-20T12:00:00Z'],
    ]);
  });
  it('MEM-4 is complete on its day, by rule', () => {
    const complete = (now: string, input: object = {}, occasion: object = {}) =>
      given(...leaving()).when('CompleteWithdrawal', input, { actor: system, now, ...occasion });
    const gone = happened('MembershipWithdrawn', { effectiveOn: '2027-02-23' });
    complete('2027-02-22T23:59:59Z').refuses('membership.notice-runs', 'MEM-4');
    complete('2027-02-23T00:00:00Z', { effectiveOn: '2027-02-23' }).yields(gone);
    complete('2027-03-05T00:00:00Z').yields(gone);
    complete('2027-03-05T00:00:00Z', { effectiveOn: '2027-03-05' }).refuses('membership.other-day', 'MEM-4');
    complete('2027-03-05T00:00:00Z', {}, { actor: chair }).refuses('not-permitted');
    complete('2026-11-23T00:00:00Z', { effectiveOn: '2016-12-31' }, imported).yields(happened('MembershipWithdrawn', { effectiveOn: '2016-12-31' }));
    given(...leaving(), gone).when('CompleteWithdrawal', {}, { actor: system }).refuses('illegal-transition');
  });
});
