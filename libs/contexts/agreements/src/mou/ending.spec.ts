import { specify } from '#kernel/testing';
import {
  allSigned, CA, chairCA, chairRW, chairUK, entered, event, evidence, inEffect, officerUK, recorded, RW, secretariat, system, UK,
} from '../history.contract.js';
import { mou } from './mou.js';

const given = specify(mou, { actor: chairUK, evidence: evidence() });
const bySystem = { actor: system };
const importedBySystem = { actor: system, mode: 'import' as const };
const imported = { actor: secretariat, mode: 'import' as const };
const today = '2026-11-23';
const three = { participants: [UK, CA, RW] };

describe('a memorandum: suspension', () => {
  const input = { scope: 'participant', participantId: CA, reason: 'Membership suspended' };
  const suspended = event('MouSuspended', { by: 'when-something', scope: 'participant', groupId: CA, reason: 'Membership suspended', from: today });
  it('follows its own clause', () => {
    given(...inEffect()).when('SuspendMou', input, bySystem).yields(suspended);
    given(...inEffect({ suspension: 'none' })).when('SuspendMou', input, bySystem).refuses('mou.no-suspension-clause');
    given(recorded(), entered()).when('SuspendMou', input, importedBySystem).refuses('mou.no-suspension-clause');
  });
  it('is a chair’s only where the clause lets every participant ask for it', () => {
    given(...inEffect()).when('SuspendMou', { reason: 'Elections' }).refuses('mou.no-suspension-clause');
    given(...inEffect({ suspension: 'any-participant' })).when('SuspendMou', { reason: 'Elections' })
      .yields(event('MouSuspended', { by: UK, scope: 'instrument', reason: 'Elections', from: today }));
    given(...inEffect({ suspension: 'any-participant' })).when('SuspendMou', { ...input, participantId: RW }).refuses('mou.not-a-participant');
    given(...inEffect({ suspension: 'any-participant' })).when('SuspendMou', { scope: 'participant', reason: 'x' }).refuses('mou.scope-incomplete');
  });
  it('is ended by the one that asked for it, or by any but the one for whose sake a rule did', () => {
    given(...inEffect(), suspended).when('ResumeMou').yields(event('MouResumed', { on: today }));
    given(...inEffect(), suspended).when('ResumeMou', {}, { actor: chairCA }).refuses('mou.suspended-for-its-sake');
    const asked = event('MouSuspended', { by: UK, scope: 'instrument', reason: 'x', from: today });
    given(...inEffect(), asked).when('ResumeMou').yieldsTypes('MouResumed');
    given(...inEffect(), asked).when('ResumeMou', {}, { actor: chairCA }).refuses('mou.others-suspended-it');
    given(...inEffect()).when('ResumeMou').refuses('illegal-transition');
  });
});

describe('a memorandum: withdrawal', () => {
  const told = { told: ['dallaire'], title: { en: 'Memorandum of Understanding', fr: 'Mémorandum d’accord' } };
  const notice = event('MouWithdrawalNotified', { groupId: UK, effectiveOn: '2027-02-23', ...told });
  const gone = event('MouParticipantWithdrew', { groupId: UK, on: '2027-02-23' });
  it('MOU-9 ends participation when the months of notice have run', () => {
    given(...inEffect()).when('GiveMouNotice').yields(notice);
    given(...inEffect(), notice).when('GiveMouNotice').refuses('mou.notice-already-given', 'MOU-9');
    given(...inEffect()).when('GiveMouNotice', { effectiveOn: '2027-01-01' }).refuses('mou.notice-too-short', 'MOU-9');
    given(...inEffect()).when('GiveMouNotice', { effectiveOn: '2027-06-01' }).yields(event('MouWithdrawalNotified', { groupId: UK, effectiveOn: '2027-06-01', ...told }));
    given(...inEffect()).when('GiveMouNotice', {}, { actor: officerUK }).refuses('not-permitted');
  });
  it('MOU-11 invents no period where the clause is not known', () => {
    given(recorded(), entered()).when('GiveMouNotice').refuses('mou.notice-period-unknown', 'MOU-9');
    given(recorded(), entered()).when('GiveMouNotice', { effectiveOn: '2027-01-01' }).yieldsTypes('MouWithdrawalNotified');
    given(recorded(), entered()).when('GiveMouNotice', { effectiveOn: '2026-01-01' }).refuses('mou.notice-too-short', 'MOU-9');
    given(recorded(), entered()).when('GiveMouNotice', { groupId: CA, effectiveOn: '2016-01-01' }, imported).yieldsTypes('MouWithdrawalNotified');
  });
  it('MOU-9 is complete on its day, not before', () => {
    const complete = (now: string) => given(...inEffect(), notice).when('CompleteMouWithdrawal', { groupId: UK }, { ...bySystem, now });
    complete('2027-02-22T23:59:59Z').refuses('mou.notice-still-runs', 'MOU-9');
    complete('2027-02-23T00:00:00Z').yields(gone);
    given(...inEffect()).when('CompleteMouWithdrawal', { groupId: UK }, bySystem).refuses('mou.no-notice', 'MOU-9');
    given(...inEffect(), notice, gone).when('CompleteMouWithdrawal', { groupId: UK }, bySystem).refuses('mou.not-a-participant', 'MOU-9');
    given(...inEffect(), notice).when('CompleteMouWithdrawal', { groupId: UK }).refuses('not-permitted');
  });
  it('MOU-9 terminates the instrument when fewer than two are left', () => {
    const terminated = event('MouTerminated', { on: today, reason: 'fewer-than-two' });
    given(...inEffect(), notice, gone).when('TerminateMou', {}, bySystem).yields(terminated);
    given(...inEffect(three), notice, gone).when('TerminateMou', {}, bySystem).refuses('mou.termination-needs-consent', 'MOU-9');
    given(...inEffect(three), notice, gone).when('TerminateMou', {}, importedBySystem).refuses('mou.termination-needs-consent', 'MOU-9');
  });
  it('MOU-9 is terminated by a decision of all, and by nobody alone', () => {
    given(...inEffect()).when('TerminateMou').refuses('mou.termination-needs-consent', 'MOU-9');
    given(...inEffect()).when('TerminateMou', { decisionRef: 'Joint decision of 20 November' })
      .yields(event('MouTerminated', { on: today, reason: 'mutual-consent', decisionRef: 'Joint decision of 20 November' }));
    given(...allSigned()).when('TerminateMou', { decisionRef: 'Joint decision' }).yieldsTypes('MouTerminated');
    given(...inEffect(), notice, gone).when('TerminateMou').refuses('not-permitted');
    given(...inEffect()).when('TerminateMou', { decisionRef: 'x', on: today }).refuses('mou.computed-not-typed');
    given(...inEffect()).when('TerminateMou', { decisionRef: 'x' }, { actor: chairRW }).refuses('not-permitted');
  });
});

describe('a memorandum: end of its term', () => {
  const limited = (over: object = {}) => inEffect({ duration: { months: 12 }, ...over }, { expiresOn: '2027-11-23' });
  const after = { ...bySystem, now: '2027-11-24T00:00:00Z' };
  it('MOU-6 expires after its last day', () => {
    given(...limited()).when('ExpireMou', {}, after).yields(event('MouExpired', { on: '2027-11-23' }));
    given(...limited()).when('ExpireMou', {}, { ...bySystem, now: '2027-11-23T23:59:59Z' }).refuses('mou.not-expired-yet', 'MOU-6');
    given(...inEffect()).when('ExpireMou', {}, after).refuses('mou.without-term', 'MOU-6');
    given(...limited()).when('ExpireMou').refuses('not-permitted');
  });
  it('MOU-6 runs on where its clause says so, in an import too', () => {
    const tacit = limited({ renewal: 'tacit', renewalMonths: 12 });
    given(...tacit).when('ExpireMou', {}, after).refuses('mou.renews-tacitly', 'MOU-6');
    given(...tacit).when('ExpireMou', {}, { ...importedBySystem, now: after.now }).refuses('mou.renews-tacitly', 'MOU-6');
  });
  it('is superseded by an instrument in effect that says so and binds the same participants', () => {
    const by = (status: string, participants: string[], supersedes: string[]) =>
      given(...inEffect()).when('SupersedeMou', { byMouId: 'mou-2' }, { ...bySystem, evidence: evidence({}, [], { status, participants, supersedes }) });
    by('inEffect', [UK, CA, RW], ['mou-1']).yields(event('MouSuperseded', { byMouId: 'mou-2' }));
    by('inEffect', [UK, RW], ['mou-1']).refuses('mou.successor-not-in-effect');
    by('signed', [UK, CA], ['mou-1']).refuses('mou.successor-not-in-effect');
    by('inEffect', [UK, CA], []).refuses('mou.successor-not-in-effect');
    given(...inEffect()).when('SupersedeMou', { byMouId: 'mou-2' }, bySystem).refuses('mou.successor-not-in-effect');
  });
});
