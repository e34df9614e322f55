import { decide, evolve, type FollowUp, isRefusal, type RecordedEvent, type World } from '#kernel';
import { idOf, NOW, sha256 } from '#kernel/testing';
import { activated, actors, happened, inAbeyance, known, leaving } from '../membership/fixtures.contract.js';
import { membership } from '../membership/membership.js';
import { constituted, happened as decreed, procedure } from '../network/fixtures.contract.js';
import { network } from '../network/network.js';
import { withdrawalNotice } from './schedules.js';
import { whenApplicantAdmitted } from './when-applicant-admitted.js';
import { whenGroupDormant } from './when-group-dormant.js';
import { whenGroupReconstituted } from './when-group-reconstituted.js';

const recorded = (type: string, data: unknown, streamId: string, over: Partial<RecordedEvent['meta']> = {}): RecordedEvent => ({
  id: 'e1', type, data, stream: `x-${streamId}`, category: 'x', streamId, revision: 1, position: '1',
  meta: { recordedAt: NOW, actor: actors.system, mode: 'live', label: { tlp: 'CLEAR' }, commandId: 'c1', correlationId: 'c1', ...over },
});
interface Member {
  readonly id: string;
  readonly doc: { readonly groupId: string; readonly networkId: string; readonly status: string; readonly abeyance?: { readonly graceUntil: string } | null };
}
const member = (id: string, status = 'active', networkId = 'net', groupId = 'g-p'): Member => ({ id, doc: { groupId, networkId, status } });
const resting = (id: string, graceUntil: string): Member => ({ id, doc: { ...member(id, 'abeyance').doc, abeyance: { graceUntil } } });
/** Memberships as the view has them; the network `slow` has rules of its own. */
const worldOf = (...members: Member[]): World => ({
  state: (_, id) => {
    const own = decreed('RulesOfProcedureAdopted', { ...procedure, rules: { ...procedure.rules, periods: { graceMonths: 24 } } });
    return Promise.resolve([...constituted, ...(id === 'slow' ? [own] : [])].reduce((s, e) => evolve(network, s, e), network.initial) as never);
  },
  row: () => Promise.resolve(null),
  rows: (view, where = {}) =>
    Promise.resolve(
      members.filter(({ doc }) =>
        view === 'memberships' && Object.entries(where).every(([column, value]) => [value].flat().includes(doc[column as 'status'])),
      ) as never,
    ),
});
/** What becomes of the command that a rule gives. */
const carriedOut = (past: Parameters<typeof membership.label>[1][], { command, input }: FollowUp, now = NOW) => {
  const row = membership.commands[command]!;
  const state = past.reduce((s, e) => evolve(membership, s, e), membership.initial);
  const ctx = { now, actor: actors.system, mode: 'live', evidence: known(), newId: idOf, sha256 } as const;
  const outcome = decide(membership, command, row.input.parse(input), state, ctx);
  return isRefusal(outcome) ? outcome.refused : outcome.map((e) => e.type);
};

describe('when a group sleeps', () => {
  const react = (since: string, ...members: Member[]) =>
    whenGroupDormant.on['GroupBecameDormant']!(recorded('GroupBecameDormant', { cause: 'parliament-dissolved', since }, 'g-p'), worldOf(...members));
  it('MEM-5 its memberships are held in abeyance, as long as each network gives', async () => {
    const followUps = await react('2026-05-30', member('m1'), member('m2', 'alert', 'slow'), member('m3', 'watch'));
    expect(followUps).toEqual([
      { aggregate: 'Membership', id: 'm1', command: 'EnterAbeyance', input: { cause: 'parliament-dissolved', graceUntil: '2027-05-30' }, validTime: '2026-05-30' },
      { aggregate: 'Membership', id: 'm2', command: 'EnterAbeyance', input: { cause: 'parliament-dissolved', graceUntil: '2028-05-30' }, validTime: '2026-05-30' },
      { aggregate: 'Membership', id: 'm3', command: 'EnterAbeyance', input: { cause: 'parliament-dissolved', graceUntil: '2027-05-30' }, validTime: '2026-05-30' },
    ]);
    expect(carriedOut([activated()], followUps[0]!)).toEqual(['MembershipHeldInAbeyance']);
  });
  it('MEM-5 those of other groups and those that cannot enter it are left alone', async () => {
    const others = [member('m1', 'suspended'), member('m2', 'noticeGiven'), member('m3', 'ended'), member('m4', 'active', 'net', 'g-q')];
    expect(await react('2026-05-30', ...others)).toEqual([]);
  });
  it('MEM-5 grace runs from the last day that it can have been', async () => {
    const graceOf = async (since: string) => ((await react(since, member('m1')))[0]!.input as { graceUntil: string }).graceUntil;
    expect(await graceOf('2026-02')).toBe('2027-02-28');
    expect(await graceOf('2026')).toBe('2027-12-31');
    expect(await graceOf('[2026-01-05..2026-03-31]')).toBe('2027-03-31');
    // Nothing is known: from the day on which it was recorded.
    expect(await graceOf('XXXX')).toBe('2027-11-23');
  });
});

describe('when a group is constituted anew', () => {
  const react = (on: string, ...members: Member[]) =>
    whenGroupReconstituted.on['GroupReconstituted']!(recorded('GroupReconstituted', { term: '59', on }, 'g-p'), worldOf(...members));
  it('MEM-5 its memberships go on, where grace has not run out', async () => {
    const followUps = await react('2027-05-30', resting('m1', '2027-05-30'), resting('m2', '2027-05-29'), resting('m3', 'XXXX'), member('m4'));
    expect(followUps).toEqual(['m1', 'm3'].map((id) => (
      { aggregate: 'Membership', id, command: 'ResumeFromAbeyance', input: { on: '2027-05-30' }, validTime: '2027-05-30' }
    )));
    expect(carriedOut(inAbeyance('2027-05-30'), followUps[0]!)).toEqual(['MembershipResumed']);
  });
  it('MEM-5 a day that is uncertain is not held against it, by the rule as by the membership', async () => {
    const [followUp] = await react('2027', resting('m1', '2027-05-30'));
    expect(carriedOut(inAbeyance('2027-05-30'), followUp!)).toEqual(['MembershipResumed']);
    expect(await react('2028', resting('m1', '2027-05-30'))).toEqual([]);
  });
});

describe('when an applicant is admitted', () => {
  const admitted = { decisionRef: 'd1', category: 'full', conditions: [], membershipId: 'm1', groupId: 'g-p', networkId: 'net' };
  const react = (over: Partial<RecordedEvent['meta']> = {}) =>
    whenApplicantAdmitted.on['ApplicantAdmitted']!(recorded('ApplicantAdmitted', admitted, 'a1', over), worldOf());
  it('it is a member from that day, under the id that was given then', async () => {
    const input = { membershipId: 'm1', groupId: 'g-p', networkId: 'net', category: 'full', since: '2026-11-23', applicationRef: 'a1' };
    expect(await react()).toEqual([{ aggregate: 'Membership', id: 'm1', command: 'ActivateMembership', input }]);
    expect(carriedOut([], (await react())[0]!)).toEqual(['MembershipActivated']);
  });
  it('it is one from the day in the world, where that was another', async () =>
    expect((await react({ mode: 'import', validTime: '2014' }))[0]!.input).toMatchObject({ since: '2014' }));
});

describe('the end of a notice of withdrawal', () => {
  const notified = (mode: 'live' | 'import' | 'exercise' = 'live') =>
    withdrawalNotice.on['WithdrawalNotified']!(recorded('WithdrawalNotified', leaving()[1]!.data, 'm1', { mode }));
  it('MEM-4 falls due when its day begins, and the withdrawal is complete', () => {
    const [timer] = notified();
    expect(timer).toEqual({
      key: 'm1', at: '2027-02-23T00:00:00Z', due: { aggregate: 'Membership', id: 'm1', command: 'CompleteWithdrawal', input: { effectiveOn: '2027-02-23' } },
    });
    expect(carriedOut(leaving(), timer!.due!, timer!.at!)).toEqual(['MembershipWithdrawn']);
    expect(carriedOut(leaving(), timer!.due!, '2027-02-22T23:59:59Z')).toBe('membership.notice-runs');
    expect(notified('exercise')).toHaveLength(1);
  });
  it('MEM-4 is called off when the notice is revoked', () => {
    expect(withdrawalNotice.on['WithdrawalRevoked']!(recorded('WithdrawalRevoked', { on: '2026-12-01' }, 'm1'))).toEqual([{ key: 'm1', at: null }]);
    const again = [...leaving(), happened('WithdrawalRevoked', { on: '2026-12-01' })];
    expect(carriedOut(again, notified()[0]!.due!, '2027-02-23T00:00:00Z')).toBe('illegal-transition');
  });
  it('is told by a source where it is of the past', () => expect(notified('import')).toEqual([]));
});
