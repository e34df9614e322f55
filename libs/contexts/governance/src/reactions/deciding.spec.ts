import { decide, evolve, type FollowUp, isRefusal, type RecordedEvent, type Schedule, type Timer, type World } from '#kernel';
import { idOf, NOW, sha256 } from '#kernel/testing';
import { decisionProcedure } from '../decision-procedure/decision-procedure.js';
import {
  actors, adopted, allTold, ballot, call, closesAt, deadline, entitled, extended, known, later, silence, told, votes,
} from '../decision-procedure/fixtures.contract.js';
import * as applying from '../membership-application/fixtures.contract.js';
import { membershipApplication } from '../membership-application/membership-application.js';
import { applicationLapse, ballotClose, silenceDeadline } from './schedules.js';
import { whenDecisionOpened } from './when-decision-opened.js';
import { whenVoteCast } from './when-vote-cast.js';

type Past = Parameters<typeof decisionProcedure.label>[1][];
type Happened = Pick<RecordedEvent, 'type' | 'data'>;
const recorded = ({ type, data }: Happened, over: Partial<RecordedEvent['meta']> = {}): RecordedEvent => ({
  id: 'e1', type, data, stream: 'x-d1', category: 'x', streamId: 'd1', revision: 1, position: '1',
  meta: { recordedAt: NOW, actor: actors.secretariat, mode: 'live', label: { tlp: 'GREEN' }, commandId: 'c1', correlationId: 'c1', ...over },
});
const stateOf = (past: Past) => past.reduce((s, e) => evolve(decisionProcedure, s, e), decisionProcedure.initial);
/** A procedure with its past, and who can be found in each group: officers of the record, focal points of the view. */
const worldOf = (past: Past, officersOf: readonly string[] = entitled, focalOf: readonly string[] = []): World => ({
  state: (aggregate, id) =>
    Promise.resolve((aggregate.name === 'DecisionProcedure' ? stateOf(past) : { officers: officersOf.includes(id) ? [{ personId: 'p' }] : [] }) as never),
  row: () => Promise.resolve(null),
  rows: (_, where = {}) => {
    const found = focalOf.includes(String(where['groupId'])) && where['networkId'] === 'net';
    return Promise.resolve([{ doc: { focalPoint: found ? { personId: 'p' } : null } }] as never);
  },
});
/** What becomes of a command that a rule gives. */
const carriedOut = (past: Past, { command, input }: Pick<FollowUp, 'command' | 'input'>, now = NOW, evidence = known()) => {
  const parsed = decisionProcedure.commands[command]!.input.parse(input);
  const outcome = decide(decisionProcedure, command, parsed, stateOf(past), { now, actor: actors.system, mode: 'live', evidence, newId: idOf, sha256 });
  return isRefusal(outcome) ? (outcome.unmet?.[0] ?? outcome).refused : outcome.map((e) => e.type);
};
const timers = (schedule: Schedule, happened: Happened, over: Partial<RecordedEvent['meta']> = {}): Timer[] => [...schedule.on[happened.type]!(recorded(happened, over))];
const called = (schedule: Schedule, type: string) => timers(schedule, { type, data: {} });

describe('when a decision is opened', () => {
  const react = (past: Past, world = worldOf(past), over: Partial<RecordedEvent['meta']> = {}) => {
    const last = past.findLast((e) => e.type in whenDecisionOpened.on)!;
    return whenDecisionOpened.on[last.type]!(recorded(last, over), world);
  };
  const membersOf = async (...given: Parameters<typeof react>) => (await react(...given)).map(({ input }) => (input as { member: string }).member);
  it('DEC-4 everybody who decides is notified, and it is recorded that he was', async () => {
    for (const past of [silence(), ballot()]) {
      const followUps = await react(past);
      expect(followUps).toEqual(entitled.map((member) => (
        { aggregate: 'DecisionProcedure', id: 'd1', command: 'RecordNotification', input: { member, channel: 'application' } }
      )));
      expect(carriedOut(past, followUps[0]!)).toEqual(['NotificationDelivered']);
    }
    expect(Object.keys(whenDecisionOpened.on)).not.toContain('ConsensusCalled');
  });
  it('DEC-4 a notice to a group without anybody who reads it is not proof of anything', async () => {
    expect(await membersOf(silence(), worldOf(silence(), ['g-p', 'g-q']))).toEqual(['g-p', 'g-q']);
    expect(await membersOf(silence(), worldOf(silence(), ['g-p'], ['g-t']))).toEqual(['g-p', 'g-t']);
    const elsewhere = silence({ networkId: 'other' });
    expect(await membersOf(elsewhere, worldOf(elsewhere, [], entitled))).toEqual([]);
  });
  it('DEC-4 who could not be reached is tried again when the silence is extended', async () => {
    const past = [...silence(), ...told('g-p', 'g-q'), extended];
    expect(await membersOf(past)).toEqual(['g-r', 'g-s', 'g-t']);
    expect(await membersOf([...allTold(), extended])).toEqual([]);
  });
  it('nobody is notified of the past', async () => expect(await react(silence(), worldOf(silence()), { mode: 'import' })).toEqual([]));
});

describe('when a vote is cast', () => {
  const react = (past: Past, over: Partial<RecordedEvent['meta']> = {}) => whenVoteCast.on['VoteCast']!(recorded(past.at(-1)!, over), worldOf(past));
  it.each([
    ['yyyna', 'CloseBallotAdopted', 'DecisionAdopted'], ['nnnya', 'CloseBallotRejected', 'DecisionRejected'], ['aaaaa', 'CloseBallotRejected', 'DecisionRejected'],
  ])('DEC-6 the ballot closes when it is the last: %s', async (cast, command, end) => {
    const past = [...ballot(), ...votes(cast)];
    const followUps = await react(past);
    expect(followUps).toEqual([{ aggregate: 'DecisionProcedure', id: 'd1', command, input: {} }]);
    expect(carriedOut(past, followUps[0]!)).toEqual(['BallotClosed', end]);
  });
  it('DEC-6 not while anybody can still vote, nor twice, nor in an import', async () => {
    expect(await react([...ballot(), ...votes('yyyy-')])).toEqual([]);
    const all = [...ballot(), ...votes('yyyyy')];
    expect(await react(all, { mode: 'import' })).toEqual([]);
    expect(await whenVoteCast.on['VoteCast']!(recorded(all.at(-1)!), worldOf([...all, adopted('simple', NOW)]))).toEqual([]);
  });
});

describe('the deadline of a silence', () => {
  const due = (past: Past) => timers(silenceDeadline, past.findLast((e) => e.type in silenceDeadline.on)!);
  const fired = (past: Past, now?: string) =>
    due(past).map((timer) => carriedOut(past, timer.due!, now ?? timer.at!, known({ extension: { ...later, instant: '2026-11-30T09:00:00Z' } })));
  it('DEC-3 DEC-4 either observes or extends, and never both', () => {
    expect(due(silence()).map(({ key, at, due: command }) => [key, at, command?.command])).toEqual([
      ['d1/ObserveSilence', deadline.instant, 'ObserveSilence'], ['d1/ExtendSilence', deadline.instant, 'ExtendSilence'],
    ]);
    expect(fired(silence())).toEqual(['decision.not-all-notified', ['SilencePeriodExtended']]);
    expect(fired([...silence(), ...told('g-p', 'g-q', 'g-r', 'g-s')])).toEqual(['decision.not-all-notified', ['SilencePeriodExtended']]);
    expect(fired(allTold())).toEqual([['SilenceObserved', 'DecisionAdopted'], 'decision.all-notified']);
    expect(fired(allTold(), '2026-11-26T08:59:59Z')).toEqual(['decision.silence-runs', 'decision.all-notified']);
  });
  it('DEC-4 moves with an extension, under the same key', () => {
    const past = [...silence(), extended];
    expect(due(past).map(({ key, at }) => [key, at])).toEqual([['d1/ObserveSilence', later.instant], ['d1/ExtendSilence', later.instant]]);
    expect(fired(past)).toEqual(['decision.not-all-notified', ['SilencePeriodExtended']]);
    expect(fired([...allTold(), extended])).toEqual([['SilenceObserved', 'DecisionAdopted'], 'decision.all-notified']);
  });
  it('is called off when the silence ends otherwise; the past sets none', () => {
    for (const type of ['SilenceObserved', 'SilenceBroken', 'DecisionProcedureCancelled'])
      expect(called(silenceDeadline, type)).toEqual([{ key: 'd1/ObserveSilence', at: null }, { key: 'd1/ExtendSilence', at: null }]);
    for (const happened of [silence()[0]!, extended]) {
      expect(timers(silenceDeadline, happened, { mode: 'import' })).toEqual([]);
      expect(timers(silenceDeadline, happened, { mode: 'exercise' })).toHaveLength(2);
    }
  });
});

describe('the close of a ballot', () => {
  const due = timers(ballotClose, ballot()[0]!);
  it.each([['yyn--', 0], ['ynn--', 1], ['y----', 2]])('DEC-6 of three commands exactly one is right: %s', (cast, right) => {
    const past = [...ballot(), ...votes(cast)];
    expect(due.map(({ at }) => at)).toEqual([closesAt, closesAt, closesAt]);
    const outcomes = due.map((timer) => carriedOut(past, timer.due!, timer.at!));
    expect(outcomes.map((o) => Array.isArray(o))).toEqual([0, 1, 2].map((n) => n === right));
    expect(outcomes.filter((o) => !Array.isArray(o))).toEqual(['decision.other-outcome', 'decision.other-outcome']);
  });
  it('is called off when it has closed; the past sets none', () => {
    for (const type of ['BallotClosed', 'DecisionProcedureCancelled']) expect(called(ballotClose, type)).toEqual(due.map(({ key }) => ({ key, at: null })));
    expect(timers(ballotClose, ballot()[0]!, { mode: 'import' })).toEqual([]);
    expect(ballotClose.on[call()[0]!.type]).toBeUndefined();
  });
});

describe('an application with which nothing happens', () => {
  const { expressed, invited, asked, deferred, known: evidence } = applying;
  type Life = Parameters<typeof membershipApplication.label>[1][];
  const lapsed = (past: Life, now: string) => {
    const timer = timers(applicationLapse, past.findLast((e) => e.type in applicationLapse.on)!)[0]!;
    const state = past.reduce((s, e) => evolve(membershipApplication, s, e), membershipApplication.initial);
    const { command, input } = timer.due!;
    const ctx = { now, actor: actors.system, mode: 'live', evidence: evidence(), newId: idOf, sha256 } as const;
    const outcome = decide(membershipApplication, command, membershipApplication.commands[command]!.input.parse(input), state, ctx);
    return [timer.at, (input as { reason: string }).reason, isRefusal(outcome) ? outcome.refused : outcome[0]!.type];
  };
  it.each<[string, Life, string, string]>([
    ['an enquiry', [expressed], '2027-11-02T12:00:00Z', 'enquiry-without-application'],
    ['an invitation', [invited], '2027-01-01T12:00:00Z', 'invitation-expired'],
    ['a question', asked(), '2026-12-16T12:00:00Z', 'information-not-supplied'],
    ['a deferral', deferred(), '2028-02-02T12:00:00Z', 'deferred-without-decision'],
  ])('lapses after its day: %s', (_, past, at, reason) => expect(lapsed(past, at)).toEqual([at, reason, 'ApplicationLapsed']));
  it('lapses twelve months after a deferral until further notice', () => {
    const { type } = deferred().at(-1)!;
    expect(timers(applicationLapse, { type, data: { reason: 'Later.' } })[0]!.at).toBe('2027-11-24T12:00:00Z');
  });
  it('not when something has happened since, and nothing of the past', () => {
    for (const type of ['ApplicationSubmitted', 'FurtherInformationSupplied', 'ApplicationResumed', 'ApplicationWithdrawn'])
      expect(called(applicationLapse, type)).toEqual([{ key: 'd1', at: null }]);
    for (const happened of [expressed, invited, asked().at(-1)!, deferred().at(-1)!]) expect(timers(applicationLapse, happened, { mode: 'import' })).toEqual([]);
  });
});
