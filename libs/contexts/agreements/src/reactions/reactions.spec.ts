import type { RecordedEvent, World } from '#kernel';
import { NOW } from '#kernel/testing';
import type { MouEvent } from '../mou/events.js';
import { allSigned, CA, chairUK, completed, event, inEffect, opened, proposed, recorded, RW, signed, UK } from '../history.contract.js';
import { mou } from '../mou/mou.js';
import { mouAmendmentEffect, mouExpiry, mouFixedDate, mouNoticeEnd, mouSignatureEnd } from './schedules.js';
import { whenMembershipSuspended } from './when-membership-suspended.js';
import { whenMouEnteredIntoEffect } from './when-mou-entered-into-effect.js';
import { whenMouRecordRectified } from './when-mou-record-rectified.js';
import { whenMouParticipantWithdrew } from './when-mou-participant-withdrew.js';
import { whenMouSignaturesCompleted } from './when-mou-signatures-completed.js';

const recordedEvent = (e: { type: string; data: unknown }, over: Partial<RecordedEvent['meta']> = {}): RecordedEvent => ({
  ...e, id: 'e1', stream: 'mou-mou-1', category: 'mou', streamId: 'mou-1', revision: 1, position: '1',
  meta: { recordedAt: NOW, actor: chairUK, mode: 'live', label: { tlp: 'CLEAR' }, commandId: 'c1', correlationId: 'c1', ...over },
});
const stateOf = (past: readonly MouEvent[]) => past.reduce((s, e) => mou.evolve[e.type](s, e.data as never), mou.initial);
const worldOf = (past: readonly MouEvent[], views: Record<string, object[]> = {}): World => ({
  state: () => Promise.resolve(stateOf(past) as never),
  row: (view) => Promise.resolve((views[view]?.[0] ?? null) as never),
  rows: (view, where = {}) => Promise.resolve(('party1' in where ? (views[view] ?? []) : []) as never),
});

describe('when the signatures of a memorandum are completed', () => {
  const react = (past: readonly MouEvent[], e: MouEvent = completed) => whenMouSignaturesCompleted.on[e.type]!(recordedEvent(e), worldOf(past));
  it('MOU-6 it comes into effect where the last signature is the rule', async () =>
    expect(await react(allSigned())).toEqual([
      { aggregate: 'Mou', id: 'mou-1', command: 'RecordEntryIntoEffect', input: {}, validTime: '2026-11-23' },
    ]));
  it('MOU-6 it does not where something else is awaited', async () => {
    expect(await react(allSigned({ effect: { rule: 'notifications' } }))).toEqual([]);
    expect(await react(allSigned({ effect: { rule: 'fixed-date', date: '2027-01-01' } }))).toEqual([]);
    expect(await react([recorded()])).toEqual([]);
    expect(await react(inEffect())).toEqual([]);
  });
  it('MOU-4 it waits for the confirmation of what was signed ad referendum', async () => {
    const past = allSigned().map((e) => (e.type === 'MouSigned' && e.data.groupId === CA ? signed(CA, 'dallaire', { capacity: 'ad-referendum' }) : e));
    const confirmed = event('MouSignatureConfirmed', { groupId: CA, authorisationId: 'a', at: '2026-11-30T10:00:00Z' });
    expect(await react(past)).toEqual([]);
    expect(await react([...past, confirmed], confirmed)).toMatchObject([{ command: 'RecordEntryIntoEffect', validTime: '2026-11-30' }]);
  });
});

describe('when a participant withdrew', () => {
  const gone = event('MouParticipantWithdrew', { groupId: UK, on: '2027-02-23' });
  const react = (past: readonly MouEvent[], mode: 'live' | 'import' = 'live') =>
    whenMouParticipantWithdrew.on['MouParticipantWithdrew']!(recordedEvent(gone, { mode }), worldOf([...past, gone]));
  it('MOU-9 the instrument ends where fewer than two are left', async () => {
    expect(await react(inEffect())).toEqual([{ aggregate: 'Mou', id: 'mou-1', command: 'TerminateMou', input: {}, validTime: '2027-02-23' }]);
    expect(await react(inEffect(), 'import')).toMatchObject([{ input: { on: '2027-02-23' } }]);
    expect(await react(inEffect({ participants: [UK, CA, RW] }))).toEqual([]);
  });
});

describe('when a membership is suspended', () => {
  const suspended = recordedEvent({ type: 'MembershipSuspended', data: {} });
  const row = (suspension: string, withdrewOn: string | null = null) => ({
    id: 'mou-1', doc: { terms: { suspension }, participants: [{ groupId: UK, withdrewOn }] },
  });
  const react = (mou1: object) =>
    whenMembershipSuspended.on['MembershipSuspended']!(suspended, worldOf([], { memberships: [{ doc: { groupId: UK } }], mous: [mou1] }));
  it('MEM-3 each memorandum follows its own clause', async () => {
    expect(await react(row('participant-suspended'))).toEqual([
      { aggregate: 'Mou', id: 'mou-1', command: 'SuspendMou', input: { scope: 'participant', participantId: UK, reason: 'membership-suspended' } },
    ]);
    expect(await react(row('none'))).toEqual([]);
    expect(await react(row('participant-suspended', '2025-01-01'))).toEqual([]);
  });
  it('nothing follows from a membership that is not known', async () =>
    expect(await whenMembershipSuspended.on['MembershipSuspended']!(suspended, worldOf([]))).toEqual([]));
});

describe('when a memorandum came into effect', () => {
  it('those that it replaces are superseded', async () => {
    const e = recordedEvent(event('MouEnteredIntoEffect', { on: '2026-11-23', byRule: 'last-signature' }));
    expect(await whenMouEnteredIntoEffect.on['MouEnteredIntoEffect']!(e, worldOf(inEffect({ supersedes: ['mou-0'] })))).toEqual([
      { aggregate: 'Mou', id: 'mou-0', command: 'SupersedeMou', input: { byMouId: 'mou-1' }, validTime: '2026-11-23' },
    ]);
    expect(await whenMouEnteredIntoEffect.on['MouEnteredIntoEffect']!(e, worldOf(inEffect()))).toEqual([]);
  });
});

describe('when a procès-verbal corrects the record of a memorandum', () => {
  const acts = [
    { stream: 'mou-mou-1', revision: 3, data: { clauseId: 'c1', text: { en: 'x' } } },
    { stream: 'mou-mou-1', revision: 1, data: { clauses: [{ clauseId: 'c0' }, { clauseId: 'c7' }], titles: { en: 'x' } } },
  ];
  const world: World = {
    ...worldOf([]),
    row: (_, id) => Promise.resolve((id === '00000000000000000042' ? { doc: acts[0] } : null) as never),
    rows: () => Promise.resolve(acts.map((doc) => ({ doc })) as never),
  };
  const react = (target: object) => {
    const data = { target, wrong: 'a', right: 'b', procesVerbalRef: 'PV 1', effective: 'ab-initio' };
    const e = { ...recordedEvent({ type: 'RecordRectified', data }), streamId: 'k1', category: 'correction' };
    return whenMouRecordRectified.on['RecordRectified']!(e, world);
  };
  const follows = (clauseId: string, lang: string) => [
    { aggregate: 'Mou', id: 'mou-1', command: 'RectifyMouText', input: { correctionId: 'k1', clauseId, lang, wrong: 'a', right: 'b', ref: 'PV 1' } },
  ];
  it('COR-2 its text is corrected in the clause and the language that the correction points to', async () => {
    expect(await react({ stream: 'mou-mou-1', revision: 3, field: 'text.fr' })).toEqual(follows('c1', 'fr'));
    expect(await react({ stream: 'mou-mou-1', position: '42', field: 'text.en' })).toEqual(follows('c1', 'en'));
    expect(await react({ stream: 'mou-mou-1', revision: 1, field: 'clauses.1.text.en' })).toEqual(follows('c7', 'en'));
  });
  it('nothing follows where it is of no clause, or of something else', async () => {
    expect(await react({ stream: 'mou-mou-1', revision: 1, field: 'titles.en' })).toEqual([]);
    expect(await react({ stream: 'mou-mou-1', revision: 9, field: 'text.en' })).toEqual([]);
    expect(await react({ stream: 'statement-s1', revision: 3, field: 'text.en' })).toEqual([]);
  });
});

describe('the deadlines of a memorandum', () => {
  it('the time for signature ends at its instant, moves with it, and no longer matters when all have signed', () => {
    const at = (e: MouEvent) => timers(mouSignatureEnd, e)?.map((t) => [t.at, t.due?.command]);
    expect(at(opened)).toEqual([['2026-12-31T23:00:00Z', 'CloseMouSignature']]);
    expect(at(event('MouOpenedForSignature', { from: NOW, mode: 'counterparts' }))).toEqual([]);
    expect(at(event('MouSignatureExtended', { until: '2027-02-01T00:00:00Z' }))).toEqual([['2027-02-01T00:00:00Z', 'CloseMouSignature']]);
    expect(at(completed)).toEqual([[null, undefined]]);
  });
  it('MOU-7 an amendment takes effect on the day that it names', () => {
    const amendment = event('MouAmendmentProposed', { amendmentId: 'a1', kind: 'amendment', text: { en: 'x' }, by: UK, changes: [], on: '2026-11-23' });
    const dated = event('MouAmendmentProposed', { ...amendment.data, effectiveOn: '2027-01-01' });
    expect(timers(mouAmendmentEffect, amendment)).toEqual([]);
    expect(timers(mouAmendmentEffect, dated)).toMatchObject([{ key: 'mou-1:a1', at: '2027-01-01T00:00:00Z', due: { command: 'BringAmendmentIntoEffect', input: { amendmentId: 'a1' } } }]);
    expect(timers(mouAmendmentEffect, event('MouAmended', { amendmentId: 'a1', effectiveOn: '2027-01-01', consolidatedDigest: {} }))).toEqual([{ key: 'mou-1:a1', at: null }]);
  });
  const timers = (schedule: typeof mouExpiry, e: MouEvent) => schedule.on[e.type]?.(recordedEvent(e));
  it('MOU-6 a fixed day of effect falls due when it begins', () => {
    expect(timers(mouFixedDate, proposed({ effect: { rule: 'fixed-date', date: '2027-01-01' } }))).toMatchObject([
      { key: 'mou-1', at: '2027-01-01T00:00:00Z', due: { command: 'RecordEntryIntoEffect' } },
    ]);
    expect(timers(mouFixedDate, proposed())).toEqual([]);
    expect(timers(mouFixedDate, event('MouAbandoned', { reason: 'x' }))).toEqual([{ key: 'mou-1', at: null }]);
    expect(timers(mouFixedDate, opened)).toBeUndefined();
  });
  it('MOU-9 notice ends on its day', () =>
    expect(timers(mouNoticeEnd, event('MouWithdrawalNotified', { groupId: UK, effectiveOn: '2027-02-23' }))).toMatchObject([
      { key: `mou-1:${UK}`, at: '2027-02-23T00:00:00Z', due: { command: 'CompleteMouWithdrawal', input: { groupId: UK } } },
    ]));
  it('MOU-6 a term runs out after its last day, and a renewal moves that', () => {
    const at = (e: MouEvent) => timers(mouExpiry, e)?.map((t) => t.at);
    expect(at(event('MouEnteredIntoEffect', { on: '2026-11-23', byRule: 'last-signature', expiresOn: '2028-02-28' }))).toEqual(['2028-02-29T00:00:00Z']);
    expect(at(event('MouEnteredIntoEffect', { on: '2026-11-23', byRule: 'last-signature' }))).toEqual([]);
    expect(at(event('MouRenewed', { until: '2030-12-31', basis: 'tacit' }))).toEqual(['2031-01-01T00:00:00Z']);
    expect(at(event('MouTerminated', { on: '2027-01-01', reason: 'fewer-than-two' }))).toEqual([null]);
  });
});
