import { NOW, specify } from '#kernel/testing';
import { decisionProcedure } from './decision-procedure.js';
import { actors, adopted, allTold, ballot, call, deadline, entitled, extended, happened, known, later, silence, told, votes } from './fixtures.contract.js';

const { chair, chairQ, member, networkChair, officer, secretariat, stranger, system } = actors;
const given = specify(decisionProcedure, { actor: secretariat, evidence: known({ wallTime: '2026-11-28T11:00' }) });
const imported = { actor: secretariat, mode: 'import' } as const;
type Past = Parameters<typeof given>;
const BEFORE = '2026-11-26T08:59:59Z';
const END = deadline.instant;

describe('a notice', () => {
  const notice = { member: 'g-p', channel: 'e-mail' as const, deliveredAt: '2026-11-23T09:05:00Z' };
  const deliver = (past: Past, input: object = {}, over: object = {}) => given(...past).when('RecordNotification', { ...notice, ...input }, { actor: system, ...over });
  it('DEC-4 is recorded with its channel and moment, once for each member', () => {
    deliver(silence()).yields(happened('NotificationDelivered', notice));
    deliver(ballot(), { channel: 'telephone' }).yields(happened('NotificationDelivered', { ...notice, channel: 'telephone' }));
    deliver([...silence(), ...told('g-p')]).changesNothing();
    deliver([...silence(), ...told('g-p')], {}, imported).changesNothing();
    deliver(call()).refuses('illegal-transition');
    deliver(silence(), {}, { actor: secretariat }).refuses('not-permitted');
  });
  it('DEC-4 when all is over proves nothing: whom it reaches then could not object', () => {
    for (const mode of ['live', 'import'] as const) {
      deliver(silence(), { deliveredAt: END }, { mode, actor: mode === 'live' ? system : secretariat }).changesNothing();
      deliver(silence(), { deliveredAt: BEFORE }, { mode, actor: mode === 'live' ? system : secretariat }).yieldsTypes('NotificationDelivered');
    }
    deliver([...silence(), extended], { deliveredAt: END }).yieldsTypes('NotificationDelivered');
  });
  it('DEC-4 to somebody who does not decide proves nothing', () => deliver(silence(), { member: 'g-z' }).changesNothing());
});

describe('an objection', () => {
  const objection = { reason: 'Operative clause 2 goes too far.', proposedText: '… concerned …' };
  const object = (past: Past, over: object = {}) => given(...past).when('BreakSilence', objection, { actor: chair, ...over });
  const broken = (by: string, receivedAt = NOW) => happened('SilenceBroken', { by, receivedAt, ...objection });
  it('DEC-3 breaks the silence: one, reasoned, of an entitled member', () => {
    object(silence()).yields(broken('g-p'));
    object(allTold(), { actor: officer }).yields(broken('g-p'));
    given(...silence()).when('BreakSilence', { reason: 'No.' }, { actor: chairQ }).yieldsTypes('SilenceBroken');
    expect(() => given(...silence()).when('BreakSilence', { reason: ' ' }, { actor: chair })).toThrow();
  });
  it('DEC-3 counts before the deadline, to the second and its fractions; at it, it is late', () => {
    object(allTold(), { now: BEFORE }).yields(broken('g-p', BEFORE));
    object(allTold(), { now: '2026-11-26T08:59:59.999Z' }).yieldsTypes('SilenceBroken');
    object(allTold(), { now: END }).refuses('decision.objection-late', 'DEC-3');
    object([...silence(), extended], { now: END }).yieldsTypes('SilenceBroken');
    object([...silence(), extended], { now: later.instant }).refuses('decision.objection-late', 'DEC-3');
  });
  it('DEC-5 is the chair’s or an officer’s to make, for a group that decides', () => {
    object(silence(), { actor: member }).refuses('decision.chair-or-officer-speaks', 'DEC-5');
    object(silence(), { actor: stranger }).refuses('decision.not-entitled', 'DEC-5');
    object(silence(), { actor: { personId: 'p-chair', capacity: 'chair' } }).refuses('decision.not-entitled', 'DEC-5');
    object(silence(), { actor: secretariat }).refuses('not-permitted');
    object(ballot()).refuses('illegal-transition');
    object([...silence(), broken('g-q')]).refuses('illegal-transition');
  });
  it('DEC-3 of the past is told after its deadline, for a member that was entitled', () => {
    object(allTold(), { ...imported, now: '2030-01-01T00:00:00Z', actor: { ...secretariat, onBehalfOf: 'g-q' } }).yieldsTypes('SilenceBroken');
    object(allTold(), { ...imported, actor: { ...secretariat, onBehalfOf: 'g-z' } }).refuses('decision.not-entitled', 'DEC-5');
  });
});

describe('support', () => {
  it('DEC-3 does not end the period, whoever expresses it', () => {
    const all = entitled.map((by) => happened('SupportExpressed', { by }));
    const supported = given(...silence()).when('ExpressSupport', {}, { actor: chair });
    supported.yields(happened('SupportExpressed', { by: 'g-p' }));
    expect(supported.state.status).toBe('silence');
    given(...allTold(), ...all).when('ObserveSilence', {}, { actor: system, now: BEFORE }).refuses('decision.silence-runs', 'DEC-3');
    given(...allTold(), ...all).when('BreakSilence', { reason: 'We have changed our mind.' }, { actor: chair, now: BEFORE }).yieldsTypes('SilenceBroken');
  });
  it('DEC-5 is expressed once, for a group that decides', () => {
    const express = (past: Past, actor: typeof chair | typeof member | typeof stranger = chair) => given(...past).when('ExpressSupport', {}, { actor });
    express(call()).yieldsTypes('SupportExpressed');
    express([...silence(), happened('SupportExpressed', { by: 'g-p' })]).changesNothing();
    express(silence(), member).refuses('decision.chair-or-officer-speaks', 'DEC-5');
    express(silence(), stranger).refuses('decision.not-entitled', 'DEC-5');
    express(ballot()).refuses('illegal-transition');
  });
});

describe('the end of a silence', () => {
  const observe = (past: Past, now = END, over: object = {}) => given(...past).when('ObserveSilence', {}, { actor: system, now, ...over });
  it('DEC-3 adopts when the deadline has come, not a second before', () => {
    observe(allTold()).yields(happened('SilenceObserved', { at: END, objections: 0, notified: 5, entitled: 5 }), adopted('silence', END));
    observe(allTold(), BEFORE).refuses('decision.silence-runs', 'DEC-3');
    observe([...allTold(), extended]).refuses('decision.silence-runs', 'DEC-3');
    observe(ballot()).refuses('illegal-transition');
    observe(allTold(), END, { actor: secretariat }).refuses('not-permitted');
  });
  it.each(entitled.map((_, n) => [n]))('DEC-4 is not observed before everybody was notified: %d of 5', (n) => {
    const some = [...silence(), ...told(...entitled.slice(0, n), 'g-z')];
    observe(some).refuses('decision.not-all-notified', 'DEC-4');
    observe(some, '2030-01-01T00:00:00Z').refuses('decision.not-all-notified', 'DEC-4');
    observe([...some, ...told(...entitled.slice(n))]).yieldsTypes('SilenceObserved', 'DecisionAdopted');
  });
  it('of the past is told by its source', () => observe(silence(), BEFORE, imported).yieldsTypes('SilenceObserved', 'DecisionAdopted'));
});

describe('an extension', () => {
  const reason = 'not-all-notified';
  const next = { instant: '2026-11-28T10:00:00Z', wallTime: '2026-11-28T12:00', timezone: 'Africa/Kigali' };
  const evidence = known({ extension: next, wallTime: undefined });
  const extend = (past: Past, input: object = {}, over: object = {}) => given(...past).when('ExtendSilence', { reason, ...input }, { evidence, ...over });
  const some = [...silence(), ...told('g-p')];
  it('DEC-4 is what a failed notice leads to, by the rule or by the secretariat', () => {
    extend(some, {}, { actor: system, now: END }).yields(happened('SilencePeriodExtended', { newDeadline: next, reason }));
    extend(some, { newDeadline: later }).yields(extended);
    extend(allTold(), {}, { actor: system, now: END }).refuses('decision.all-notified', 'DEC-4');
    extend(some, {}, { actor: networkChair }).refuses('not-permitted');
    extend(ballot()).refuses('illegal-transition');
  });
  it('DEC-3 is not what a silence gets that has ended with everybody notified', () => {
    extend(allTold(), { newDeadline: later }, { now: BEFORE }).yields(extended);
    extend(allTold(), { newDeadline: later }, { now: END }).refuses('decision.silence-over', 'DEC-3');
    extend(some, { newDeadline: later }, { now: END }).yields(extended);
  });
  it('DEC-2 prolongs: never back, nor to what is past', () => {
    extend(some, { newDeadline: { ...deadline, instant: '2026-11-26T08:59:59Z' } }).refuses('decision.not-an-extension', 'DEC-2');
    extend(some, { newDeadline: { ...deadline, instant: '2026-11-26T08:59:59Z' } }, imported).refuses('decision.not-an-extension', 'DEC-2');
    extend(some, { newDeadline: later }, { now: later.instant }).refuses('decision.closes-in-past', 'DEC-2');
    extend(some, {}, { evidence: known({ extension: undefined }) }).refuses('decision.not-an-extension', 'DEC-2');
  });
  it('DEC-2 ends at a moment that a clock shows, on no quiet day', () => {
    const ends = (over: Parameters<typeof known>[0]) => extend(some, { newDeadline: later }, { evidence: known({ wallTime: '2026-11-28T11:00', ...over }) });
    ends({}).yields(extended);
    ends({ wallTime: '2026-11-28T09:00' }).refuses('decision.other-wall-time', 'DEC-2');
    ends({ quietWindows: [{ from: '2026-11-28', to: '2026-12-02' }] }).refuses('decision.quiet-window', 'DEC-2');
    const urgent = [...silence({ urgency: 'crisis' })];
    const quiet = known({ wallTime: '2026-11-28T11:00', quietWindows: [{ from: '2026-11-28', to: '2026-12-02' }] });
    extend(urgent, { newDeadline: later }, { evidence: quiet }).yields(extended);
  });
  it('twice changes nothing, here and in an import, in whatever digits', () => {
    for (const over of [{}, imported]) {
      extend([...some, extended], { newDeadline: later }, over).changesNothing();
      extend([...some, extended], { newDeadline: { ...later, instant: '2026-11-28T09:00:00.000Z' } }, over).changesNothing();
      extend([...some, extended], { newDeadline: next }, over).yieldsTypes('SilencePeriodExtended');
    }
    extend([...some, happened('SilencePeriodExtended', { newDeadline: next, reason })]).changesNothing();
  });
});

describe('breaking it off', () => {
  const cancel = (past: Past, over: object = {}) => given(...past).when('CancelProcedure', { reason: 'The text was reopened.' }, { actor: networkChair, ...over });
  const cancelled = happened('DecisionProcedureCancelled', { by: 'p-net', reason: 'The text was reopened.' });
  it('DEC-1 is how a procedure ends whose text was changed', () => {
    for (const past of [silence(), ballot(), call()]) cancel(past).yields(cancelled);
    cancel(silence(), { actor: secretariat }).refuses('not-permitted');
    cancel([...silence(), cancelled]).refuses('illegal-transition');
  });
  it('DEC-6 is not how an outcome is avoided that is due', () => {
    cancel(allTold(), { now: BEFORE }).yields(cancelled);
    cancel(allTold(), { now: END }).refuses('decision.outcome-due', 'DEC-6');
    cancel([...silence(), ...told('g-p')], { now: END }).yields(cancelled);
    cancel([...ballot(), ...votes('nnnnn')], { now: '2026-12-07T16:59:59Z' }).yields(cancelled);
    cancel([...ballot(), ...votes('nnnnn')], { now: '2026-12-07T17:00:00Z' }).refuses('decision.outcome-due', 'DEC-6');
    cancel(allTold(), { ...imported, now: '2030-01-01T00:00:00Z' }).yieldsTypes('DecisionProcedureCancelled');
  });
});
