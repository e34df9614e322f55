import { NOW, sha256, specify } from '#kernel/testing';
import { CHARTER_DEFAULTS } from '../data/charter-defaults.js';
import { decisionProcedure } from './decision-procedure.js';
import { about, actors, ballot, call, closesAt, deadline, digest, entitled, happened, known, silence, subject, title } from './fixtures.contract.js';

const { chair, networkChair, secretariat, system } = actors;
const given = specify(decisionProcedure, { actor: secretariat, evidence: known() });
const imported = { actor: secretariat, mode: 'import' } as const;
const openings = [
  ['OpenSilenceProcedure', { subject, deadline, urgency: 'ordinary' }, silence()],
  ['OpenBallot', { subject, secret: false, closesAt, rule: 'simple', quorum: 3 }, ballot()],
  ['CallConsensus', { subject }, call()],
] as const;
const at = (instant: string, wallTime: string, timezone = 'Africa/Kigali') => ({ instant, wallTime, timezone });

describe('every opening', () => {
  it.each(openings)('DEC-1 fixes type, id, revision and digest of what is decided on: %s', (command, input, past) => {
    given().when(command, input, { actor: networkChair }).yields(...past);
    // What is left out is read from the record.
    given().when(command, { ...input, subject: { type: 'statement', id: 's1' } }, { actor: networkChair }).yields(...past);
    for (const open of [silence(), ballot(), call()]) given(...open).when(command, input, { actor: networkChair }).refuses('illegal-transition');
    for (const actor of [chair, system]) given().when(command, input, { actor }).refuses('not-permitted');
  });
  it.each(openings)('DEC-1 is on what is there, and may be decided on, and on nothing that the opener did not see: %s', (command, input) => {
    const open = (evidence: ReturnType<typeof known>, over: object = {}) =>
      given().when(command, { ...input, subject: { ...subject, ...over } }, { actor: networkChair, evidence });
    open(known({ subject: null })).refuses('decision.unknown-subject', 'DEC-1');
    open(about({ ready: false })).refuses('decision.subject-not-ready', 'DEC-1');
    open(about({ before: true })).refuses('decision.subject-before-another', 'DEC-1');
    open(about({ revision: 3 })).refuses('decision.subject-changed', 'DEC-1');
    open(known(), { digest: 'c'.repeat(64) }).refuses('decision.other-text', 'DEC-1');
    open(known(), { digest: 'b'.repeat(64) }).yieldsTypes(openedBy[command]);
  });
  it.each(openings)('DEC-1 of a text without digest, or of what has no name, there is none, also not of the past: %s', (command, input) => {
    const { digest: _, ...unsigned } = subject;
    const { title: __, ...nameless } = subject;
    for (const mode of ['live', 'import'] as const) {
      const by = { actor: mode === 'import' ? secretariat : networkChair, mode };
      given().when(command, { ...input, subject: unsigned }, { ...by, evidence: about({ digests: [] }) }).refuses('decision.digest-missing', 'DEC-1');
      given().when(command, { ...input, subject: nameless }, { ...by, evidence: about({ title: null }) }).refuses('decision.title-missing', 'DEC-1');
    }
  });
  it.each(openings)('DEC-5 fixes the list of those who decide, from the record: %s', (command, input, past) => {
    const open = (over: object, evidence = known()) => given().when(command, { ...input, ...over }, { actor: networkChair, evidence });
    open({ entitled: ['g-p'] }).refuses('decision.entitled-by-record', 'DEC-5');
    open(command === 'OpenBallot' ? { quorum: 0 } : {}, known({ entitled: [] })).refuses('decision.nobody-entitled', 'DEC-5');
    for (const networkStatus of ['none', 'dissolved']) open({}, known({ networkStatus })).refuses('decision.no-such-network', 'NET-2');
    // The conflicted stand aside: they are not in the list that the evidence gives.
    const four = entitled.slice(1);
    const free = command === 'OpenBallot' ? { quorum: 2 } : {};
    expect(open(free, known({ entitled: four })).state.entitled).toEqual(four);
    expect(past[0]!.data).toMatchObject({ entitled });
  });
  it.each(openings)('DEC-5 of the past is told by its source, guards or not: %s', (command, input) => {
    const evidence = known({ subject: null, entitled: ['g-x'], networkStatus: 'dissolved', charterVersion: 'none' });
    const told = given().when(command, { ...input, entitled: ['g-a', 'g-b'] }, { ...imported, evidence });
    expect(told.state).toMatchObject({ entitled: ['g-a', 'g-b'], subject });
    expect(given().when(command, input, { ...imported, evidence }).state.entitled).toEqual(['g-x']);
  });
  it.each(openings)('NET-2 is judged by the charter and the rules in force, and ends by that charter: %s', (_, __, past) => {
    const stateOf = (opened: typeof past) => given(...opened).when('ExplainPosition', { text: title }, { actor: chair }).state;
    const basis = (state: Parameters<NonNullable<typeof decisionProcedure.basis>>[0], over: Parameters<typeof known>[0]) =>
      decisionProcedure.basis!(state, { evidence: known(over) } as never);
    expect(basis(decisionProcedure.initial, { charterVersion: '2', rulesVersion: '3' })).toEqual({ charterVersion: '2', rulesVersion: '3' });
    expect(basis(decisionProcedure.initial, { charterVersion: 'none' })).toEqual({ charterVersion: null, rulesVersion: null });
    // A later version of the charter does not reach back.
    expect(basis(stateOf(past), { charterVersion: '2', rulesVersion: '4' })).toEqual({ charterVersion: '1' });
  });
  it.each(openings)('says by which charter and in which network: %s', (command, input) => {
    const open = (over: Parameters<typeof known>[0]) => given().when(command, input, { actor: networkChair, evidence: known(over) }).outcome;
    expect(open({ charterVersion: '2' })).toMatchObject([{ data: { charterVersion: '2', networkId: 'net' } }]);
    expect(open({ networkStatus: 'initiative', charterVersion: 'none' })).toMatchObject([{ data: { charterVersion: 'none' } }]);
  });
});
const openedBy = { OpenSilenceProcedure: 'SilenceProcedureOpened', OpenBallot: 'BallotOpened', CallConsensus: 'ConsensusCalled' } as const;

describe('what is decided on', () => {
  it('DEC-1 has a digest of its own: where it is no text, that of what is asked for', () => {
    const content = '{"groupId":"g-s","category":"full"}';
    const evidence = known({ subject: { ready: true, revision: 4, digests: [], content, title, before: false } });
    const opened = given().when('OpenBallot', { subject: { type: 'application', id: 'a1' }, secret: false, closesAt }, { evidence });
    expect(opened.state.subject).toEqual({ type: 'application', id: 'a1', revision: 4, digest: sha256(content), title });
  });
  it('DEC-1 can be a question that is none of the record’s things', () => {
    const question = { type: 'other' as const, id: 'place', title: { en: 'Where to meet' } };
    const opened = given().when('CallConsensus', { subject: question, meetingId: 'm1' }, { actor: networkChair, evidence: known({ subject: null }) });
    expect(opened.outcome).toMatchObject([{ data: { meetingId: 'm1', subject: { ...question, revision: 0 } } }]);
  });
  it('MTG-2 is not put to a meeting on record that is not open', () => {
    const call = (meeting: string | null) =>
      given().when('CallConsensus', { subject: { type: 'statement', id: 's1' }, meetingId: 'm1' }, { actor: networkChair, evidence: known({ meeting }) });
    for (const meeting of ['convened', 'inquorate', 'closed', 'cancelled']) call(meeting).refuses('decision.meeting-not-open', 'MTG-2');
    for (const meeting of ['open', null]) call(meeting).yieldsTypes('ConsensusCalled');
  });
});

describe('the end of a silence', () => {
  const open = (over: object, evidence = known({ wallTime: undefined }), now = NOW) =>
    given().when('OpenSilenceProcedure', { subject, deadline, urgency: 'ordinary', ...over }, { evidence, now });
  it('DEC-2 leaves the least time of the charter, to the second; a crisis has its own', () => {
    open({ deadline: at('2026-11-25T09:00:00Z', '11:00') }).yieldsTypes('SilenceProcedureOpened');
    open({ deadline: at('2026-11-25T08:59:59Z', '10:59') }).refuses('decision.silence-too-short', 'DEC-2');
    open({ urgency: 'crisis', deadline: at('2026-11-23T15:00:00Z', '17:00') }).yieldsTypes('SilenceProcedureOpened');
    open({ urgency: 'crisis', deadline: at('2026-11-23T14:59:59Z', '16:59') }).refuses('decision.silence-too-short', 'DEC-2');
    const longer = known({ silence: { defaultHours: 96, minHours: 96, crisisHours: 12 }, wallTime: undefined });
    open({}, longer).refuses('decision.silence-too-short', 'DEC-2');
    open({ urgency: 'crisis', deadline: at('2026-11-23T15:00:00Z', '17:00') }, longer).refuses('decision.silence-too-short', 'DEC-2');
  });
  it('DEC-2 is said as a clock shows it in that zone', () => {
    const shown = (wallTime: string, evidence = known()) => open({ deadline: { ...deadline, wallTime } }, evidence);
    shown('2026-11-26 11:00').yieldsTypes('SilenceProcedureOpened');
    shown('2026-11-26T11:00').yieldsTypes('SilenceProcedureOpened');
    shown('Thursday at eleven').yieldsTypes('SilenceProcedureOpened');
    shown('2026-11-26 09:00').refuses('decision.other-wall-time', 'DEC-2');
    shown('2026-11-26 11:00', known({ wallTime: null })).refuses('decision.unknown-time-zone', 'DEC-2');
  });
  it.each([
    ['2026-11-20', '2026-11-25', true], ['2026-11-20', '2026-11-26', false], ['2026-11-26', '2026-11-26', false], ['2026-11-26', '2026-12-01', false],
    ['2026-11-27', '2026-12-01', true],
  ])('DEC-2 never falls into a quiet window, unless urgent: %s to %s', (from, to, free) => {
    const evidence = known({ quietWindows: [{ from: '2020-01-01', to: '2020-01-31' }, { from, to }] });
    const ordinary = open({}, evidence);
    if (free) ordinary.yieldsTypes('SilenceProcedureOpened');
    else ordinary.refuses('decision.quiet-window', 'DEC-2');
    open({ urgency: 'crisis' }, evidence).yieldsTypes('SilenceProcedureOpened');
  });
  it('DEC-2 is a quiet day where the clock stands, not where the servers are', () => {
    const night = at('2026-11-26T23:30:00Z', '2026-11-27 01:30');
    const evidence = (day: string) => known({ wallTime: '2026-11-27T01:30', quietWindows: [{ from: day, to: day }] });
    open({ deadline: night }, evidence('2026-11-26')).yieldsTypes('SilenceProcedureOpened');
    open({ deadline: night }, evidence('2026-11-27')).refuses('decision.quiet-window', 'DEC-2');
  });
  it('of the past is told by its source', () =>
    given().when('OpenSilenceProcedure', { subject, deadline: at('2014-06-17T10:00:00Z', '2014-06-17 12:00'), urgency: 'ordinary' }, imported)
      .yields(...silence({ deadline: at('2014-06-17T10:00:00Z', '2014-06-17 12:00') })));
});

describe('the rule of a ballot', () => {
  const open = (over: object, evidence = known(), now = NOW) => given().when('OpenBallot', { subject, secret: false, closesAt, ...over }, { evidence, now });
  it('DEC-6 is that of the charter; where it asks for consensus, nobody votes against', () => {
    for (const rule of ['simple', 'two-thirds', 'absolute', 'unanimity']) {
      expect(open({}, known({ charterRule: rule })).state.rule).toBe(rule);
      open({ rule }, known({ charterRule: rule })).yieldsTypes('BallotOpened');
    }
    expect(open({}, known({ charterRule: 'consensus' })).state.rule).toBe('unanimity');
    open({ rule: 'simple' }, known({ charterRule: 'two-thirds' })).refuses('decision.rule-of-charter', 'DEC-6');
    open({ rule: 'simple' }, known({ charterRule: 'consensus' })).refuses('decision.rule-of-charter', 'DEC-6');
    given().when('OpenBallot', { subject, secret: false, closesAt, rule: 'simple' }, { ...imported, evidence: known({ charterRule: 'two-thirds' }) })
      .yieldsTypes('BallotOpened');
    expect(() => open({ rule: 'consensus' })).toThrow();
  });
  it.each([
    ['application', 'admission'], ['statement', 'statement'], ['charter-amendment', 'charter'], ['membership', 'membership'], ['other', 'other'],
  ] as const)('DEC-6 is the one that is stated, or the default, where the charter has none: %s', (type, question) => {
    const about_ = { subject: { ...subject, type, digest } };
    expect(open(about_).state.rule).toBe(CHARTER_DEFAULTS.decisionRules[question]);
    expect(open({ ...about_, rule: 'absolute' }).state.rule).toBe('absolute');
  });
  it.each([
    [1, 50, 1], [2, 50, 1], [5, 50, 3], [5, 60, 3], [5, 61, 4], [5, 100, 5], [7, 0, 0],
  ])('DEC-6 has its quorum of %d by %d percent: %d', (members, quorumPercent, quorum) => {
    const evidence = known({ entitled: Array.from({ length: members }, (_, i) => `g-${i}`), quorumPercent });
    expect(open({}, evidence).state.quorum).toBe(quorum);
    open({ quorum }, evidence).yieldsTypes('BallotOpened');
    open({ quorum: quorum + 1 }, evidence).refuses('decision.quorum-of-rules', 'DEC-6');
  });
  it('DEC-6 has the quorum that is stated where there are no rules of procedure, within reach', () => {
    expect(open({}).state.quorum).toBe(3);
    expect(open({ quorum: 0 }).state.quorum).toBe(0);
    expect(open({ quorum: 5 }).state.quorum).toBe(5);
    open({ quorum: 6 }).refuses('decision.quorum-out-of-reach', 'DEC-6');
  });
  it('DEC-1 closes at a moment to come', () => {
    open({}, known(), '2026-12-07T16:59:59Z').yieldsTypes('BallotOpened');
    open({}, known(), closesAt).refuses('decision.closes-in-past', 'DEC-1');
  });
});

it('DEC-1 a changed text needs a new procedure: the open one cannot be turned to it', () => {
  const another = { ...subject, revision: 3, digest: 'c'.repeat(64) };
  given(...ballot()).when('OpenBallot', { subject: another, secret: false, closesAt }, { mode: 'import' }).refuses('illegal-transition');
  const cancelled = happened('DecisionProcedureCancelled', { by: 'p-net', reason: 'The text was reopened.' });
  given(...ballot(), cancelled).when('OpenBallot', { subject: another, secret: false, closesAt }).refuses('illegal-transition');
});
