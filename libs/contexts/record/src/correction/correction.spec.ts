import type { Actor } from '#kernel';
import { NOW, specify } from '#kernel/testing';
import { recordCorrection } from './correction.js';
import type { CorrectionEvent } from './events.js';
import type { CorrectionEvidence } from './rules.js';

const auditor: Actor = { personId: 'p-aud', capacity: 'auditor' };
const secretary: Actor = { personId: 'p-sec', capacity: 'network-secretariat' };
const other: Actor = { personId: 'p-sec-2', capacity: 'network-secretariat' };
const member: Actor = { personId: 'p-mem', capacity: 'member', onBehalfOf: 'g-p' };

const target = { stream: 'person-example', revision: 1, field: 'names.0.asPrinted' };
const label = { tlp: 'CLEAR' as const };
const found = (over: Partial<CorrectionEvidence['target'] & object> = {}): CorrectionEvidence => ({
  target: { label, value: 'Lord Exampel', bound: false, signatories: [], ...over },
  objectionsNotBefore: '2026-12-23T09:00:00.000Z',
});
const bound = found({ bound: true, signatories: ['p-1', 'g-1'] });
const given = specify(recordCorrection, { actor: secretary, evidence: found() });

const query = { correctionId: 'c1', target, reading: 'Lord Exampel', note: 'Spelling to be verified.' };
const queried: CorrectionEvent = { type: 'RecordQueried', data: { ...query, by: 'p-aud', label, bound: false } };
const proposal = {
  correctionId: 'c1', target, wrong: 'Lord Exampel', right: 'Lord Example', evidence: [{ title: 'Register' }], class: 'typographical' as const,
};
const proposed = (isBound = false): CorrectionEvent => ({ type: 'CorrectionProposed', data: { ...proposal, by: 'p-sec', label, bound: isBound } });
const until = { instant: '2026-12-31T12:00:00Z', wallTime: '2026-12-31T12:00', timezone: 'Europe/London' };
const notified: CorrectionEvent = { type: 'CorrectionNotified', data: { to: ['p-1', 'g-1'], objectionsUntil: until } };
const objected: CorrectionEvent = { type: 'CorrectionObjected', data: { by: 'p-mem', reason: 'It is right.' } };
const pv = { procesVerbalRef: 'PV 1/2026', effective: 'ab-initio' as const };
const rectified: CorrectionEvent = { type: 'RecordRectified', data: { target, wrong: 'Lord Exampel', right: 'Lord Example', ...pv } };
const AFTER = '2027-01-02T00:00:00Z';

describe('a query of the record', () => {
  it('COR-3 is for anyone, and stays a query without evidence', () => {
    given().when('QueryRecord', query, { actor: auditor }).yields(queried);
    given(queried).when('ProposeCorrection', { ...proposal, evidence: [] }).refuses('correction.no-evidence', 'COR-3');
  });
  it('COR-1 points to an event, a field and a reading that are there', () => {
    given().when('QueryRecord', query, { evidence: { ...found(), target: null } }).refuses('correction.unknown-target', 'COR-1');
    given().when('QueryRecord', query, { evidence: found({ value: null }) }).refuses('correction.unknown-field', 'COR-1');
    given().when('QueryRecord', query, { evidence: found({ value: 'Lord X' }) }).refuses('correction.not-the-reading', 'COR-1');
    expect(recordCorrection.commands['QueryRecord']?.input.safeParse({ ...query, target: { stream: 'person-x', field: 'names' } }).success).toBe(false);
  });
  it('is read by those who may read what it queries', () => {
    const red = { tlp: 'RED' as const, persons: ['p-aud'] };
    const { state } = given().when('QueryRecord', query, { actor: auditor, evidence: found({ label: red }) });
    expect(recordCorrection.label(state, queried)).toEqual(red);
    const unknown = given().when('QueryRecord', query, { mode: 'import', evidence: { ...found(), target: null } });
    expect(recordCorrection.label(unknown.state, queried)).toEqual({ tlp: 'AMBER', groups: [] });
  });
  it('is not made twice', () => given(queried).when('QueryRecord', query).refuses('illegal-transition'));
});

describe('a correction', () => {
  it('COR-1 gives the wrong and the right reading with evidence, for the target that was queried', () => {
    given().when('ProposeCorrection', proposal).yields(proposed());
    given(queried).when('ProposeCorrection', proposal).yields(proposed());
    given(queried).when('ProposeCorrection', { ...proposal, target: { ...target, field: 'kind' } }).refuses('correction.other-target', 'COR-1');
    given().when('ProposeCorrection', { ...proposal, right: 'Lord Exampel' }).refuses('correction.same-reading', 'COR-1');
    given().when('ProposeCorrection', { ...proposal, wrong: 'Lord Y' }).refuses('correction.not-the-reading', 'COR-1');
    given().when('ProposeCorrection', proposal, { actor: auditor }).refuses('not-permitted');
  });
  it('COR-2 of a signed text is notified to all who signed, with time to object', () => {
    given(proposed(true)).when('NotifyCorrection', { objectionsUntil: until }, { evidence: bound }).yields(notified);
    given(proposed(true), notified).when('NotifyCorrection', { objectionsUntil: until }, { evidence: bound }).changesNothing();
    const soon = { ...until, instant: '2026-12-01T12:00:00Z' };
    given(proposed(true)).when('NotifyCorrection', { objectionsUntil: soon }, { evidence: bound }).refuses('correction.period-too-short', 'COR-2');
  });
  it('COR-2 is objected to until the period ends', () => {
    given(proposed(true), notified).when('ObjectToCorrection', { reason: 'It is right.' }, { actor: member }).yields(objected);
    given(proposed(true), notified).when('ObjectToCorrection', { reason: 'Late.' }, { actor: member, now: AFTER }).refuses('correction.objections-closed', 'COR-2');
    given(queried).when('ObjectToCorrection', { reason: 'Early.' }, { actor: member }).refuses('illegal-transition');
  });
  it('has its objections resolved before it goes on', () => {
    const resolved: CorrectionEvent = { type: 'CorrectionObjectionResolved', data: { how: 'Withdrawn on sight of the register.' } };
    given(proposed(), objected).when('ResolveCorrectionObjection', resolved.data).yields(resolved);
    given(proposed()).when('ResolveCorrectionObjection', resolved.data).refuses('illegal-transition');
    given(proposed(), objected).when('ExecuteProcesVerbal', pv, { actor: other }).refuses('illegal-transition');
  });
  it('COR-2 of a signed text waits for notification and period, and holds from the beginning', () => {
    given(proposed(true)).when('ExecuteProcesVerbal', pv, { actor: other }).refuses('correction.not-notified', 'COR-2');
    given(proposed()).when('ExecuteProcesVerbal', pv, { actor: other, evidence: bound }).refuses('correction.not-notified', 'COR-2');
    given(proposed(true), notified).when('ExecuteProcesVerbal', pv, { actor: other }).refuses('correction.objections-open', 'COR-2');
    given(proposed(true), notified).when('ExecuteProcesVerbal', pv, { actor: other, now: AFTER }).yields(rectified);
    const later = { ...pv, effective: 'from', from: '2020' };
    given(proposed(true), notified).when('ExecuteProcesVerbal', later, { actor: other, now: AFTER }).refuses('correction.ab-initio-only', 'COR-2');
  });
  it('COR-1 is a new event with both readings; the day is named exactly where it holds from one', () => {
    given(proposed()).when('ExecuteProcesVerbal', pv, { actor: other }).yields(rectified);
    given(proposed()).when('ExecuteProcesVerbal', { ...pv, effective: 'from', from: '2020' }, { actor: other }).yieldsTypes('RecordRectified');
    given(proposed()).when('ExecuteProcesVerbal', { ...pv, from: '2020' }, { actor: other }).refuses('correction.from-which-day');
  });
  it('COR-4 is not approved by anybody who asked for it', () => {
    given(proposed()).when('ExecuteProcesVerbal', pv, { actor: secretary }).refuses('correction.own-request', 'COR-4');
    const byOther: CorrectionEvent = { type: 'RecordQueried', data: { ...query, by: 'p-sec-2', label, bound: false } };
    given(byOther, proposed()).when('ExecuteProcesVerbal', pv, { actor: other }).refuses('correction.own-request', 'COR-4');
  });
  it('is rejected by the depositary or withdrawn by who asked, and then rests', () => {
    given(queried).when('RejectCorrection', { reason: 'No evidence.' }).yields({ type: 'CorrectionRejected', data: { reason: 'No evidence.' } });
    given(queried).when('WithdrawCorrection', {}, { actor: auditor }).yields({ type: 'CorrectionWithdrawn', data: {} });
    given(queried).when('WithdrawCorrection', {}, { actor: member }).refuses('not-permitted');
    given(queried).when('RejectCorrection', { reason: 'No.' }, { actor: member }).refuses('not-permitted');
    given(proposed(), rectified).when('RejectCorrection', { reason: 'No.' }, { now: NOW }).refuses('illegal-transition');
  });
});
