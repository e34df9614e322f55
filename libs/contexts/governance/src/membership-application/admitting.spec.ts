import { evolve } from '#kernel';
import { idOf, NOW, specify } from '#kernel/testing';
import {
  actors, assessed, circulated, decided, deferred, expressed, happened, initiative, invited, known, objected, objection, objectionDeadline, recommended,
  submitted,
} from './fixtures.contract.js';
import { membershipApplication } from './membership-application.js';

const { applicant, chair, chairQ, member, officer, secretariat, steering, stranger } = actors;
const given = specify(membershipApplication, { actor: steering, evidence: known() });
const imported = { actor: secretariat, mode: 'import' } as const;
const stateOf = (past: Parameters<typeof given>) => past.reduce((s, e) => evolve(membershipApplication, s, e), membershipApplication.initial);
const BEFORE = '2026-12-23T08:59:59Z';
const AFTER = { now: objectionDeadline };

describe('the circulation', () => {
  const circulate = (input: object, over: object = {}) => given(...assessed()).when('CirculateApplication', input, { actor: secretariat, ...over });
  it('APP-4 goes to those who may object, with a stated end', () => {
    circulate({}).yields(happened('ApplicationCirculated', { to: ['g-p', 'g-q'], objectionDeadline }));
    circulate({}, { actor: chair }).refuses('not-permitted');
    given(...circulated()).when('CirculateApplication', {}, { actor: secretariat }).refuses('illegal-transition');
  });
  it('APP-4 gives them at least the time of the rules, to the second', () => {
    circulate({ objectionDeadline: '2026-12-23T08:59:59Z' }).refuses('application.objection-period-short', 'APP-4');
    circulate({ objectionDeadline: '2027-01-31T12:00:00Z' })
      .yields(happened('ApplicationCirculated', { to: ['g-p', 'g-q'], objectionDeadline: '2027-01-31T12:00:00Z' }));
    circulate({}, { evidence: known({ periods: { objectionDays: 14, coolingOffMonths: 12 } }) })
      .yields(happened('ApplicationCirculated', { to: ['g-p', 'g-q'], objectionDeadline: '2026-12-07T09:00:00Z' }));
    circulate({ objectionDeadline: '2014-06-01T00:00:00Z' }, imported).yieldsTypes('ApplicationCirculated');
  });
  it('APP-5 leaves out those who stand aside: the list is that of the evidence', () =>
    circulate({}, { evidence: known({ entitled: ['g-q'] }) }).yields(happened('ApplicationCirculated', { to: ['g-q'], objectionDeadline })));
});

describe('an objection', () => {
  const raise = (over: object = {}, past = circulated()) => given(...past).when('RaiseObjection', objection, { actor: chairQ, ...over });
  it('APP-4 is reasoned and attributed to a group to which the application went', () => {
    raise().yields(happened('ApplicationObjectionRaised', { by: 'g-q', ...objection }));
    raise({ actor: officer }).yields(happened('ApplicationObjectionRaised', { by: 'g-p', ...objection }));
    raise({ actor: stranger }).refuses('application.not-entitled', 'APP-4');
    raise({ actor: { personId: 'p-chair', capacity: 'chair' } }).refuses('application.not-entitled', 'APP-4');
    raise({ actor: member }).refuses('application.chair-or-officer-speaks', 'APP-4');
    raise({ actor: secretariat }).refuses('not-permitted');
    expect(() => given(...circulated()).when('RaiseObjection', { ...objection, text: ' ' }, { actor: chairQ })).toThrow();
  });
  it('APP-4 who stands aside raises none', () => raise({ actor: chair }, circulated(['g-q'])).refuses('application.not-entitled', 'APP-4'));
  it('APP-4 is raised before the end of the period, to the second', () => {
    raise({ now: BEFORE }).yieldsTypes('ApplicationObjectionRaised');
    raise(AFTER).refuses('application.objection-late', 'APP-4');
    raise({ now: '2026-12-23T08:59:59.999Z' }).yieldsTypes('ApplicationObjectionRaised');
  });
  it('APP-4 of the past is told after the period, of a group that was asked', () => {
    const told = { ...imported, now: '2030-01-01T00:00:00Z' };
    raise({ ...told, actor: { ...secretariat, onBehalfOf: 'g-q' } }).yields(happened('ApplicationObjectionRaised', { by: 'g-q', ...objection }));
    raise({ ...told, actor: { ...secretariat, onBehalfOf: 'g-z' } }).refuses('application.not-entitled', 'APP-4');
  });
  it('is one for each group, and is withdrawn by that group', () => {
    raise({}, objected()).changesNothing();
    const withdraw = (actor: typeof chairQ | typeof chair | typeof member, past = objected()) => given(...past).when('WithdrawObjection', {}, { actor });
    withdraw(chairQ).yields(happened('ApplicationObjectionWithdrawn', { by: 'g-q' }));
    withdraw(chair).refuses('application.no-objection-of-yours', 'APP-4');
    withdraw(member, objected('g-p')).refuses('application.chair-or-officer-speaks', 'APP-4');
    withdraw(chairQ, [...objected(), happened('ApplicationObjectionWithdrawn', { by: 'g-q' })]).refuses('application.no-objection-of-yours');
    given(...submitted()).when('WithdrawObjection', {}, { actor: chairQ }).refuses('illegal-transition');
  });
});

describe('a recommendation', () => {
  const recommend = (over: object = {}, input: object = {}) => given(...circulated()).when('RecommendAdmission', { category: 'full', conditions: [], ...input }, over);
  it('APP-4 waits for the end of the period', () => {
    recommend(AFTER).yields(happened('AdmissionRecommended', { by: 'p-net', category: 'full', conditions: [] }));
    recommend({ now: BEFORE }).refuses('application.objection-period-runs', 'APP-4');
    recommend({ ...imported, now: BEFORE }).yieldsTypes('AdmissionRecommended');
    recommend({ ...AFTER, actor: chair }).refuses('not-permitted');
  });
  it('APP-2, APP-3: is for a category for which the group can be a member', () => {
    recommend(AFTER, { category: 'prospective' }).refuses('application.category-unknown', 'APP-3');
    const oneSided = [...assessed(true, { category: 'observer', membersBySide: { government: 4 } }), circulated().at(-1)!];
    given(...oneSided).when('RecommendAdmission', { category: 'full', conditions: [] }, AFTER).refuses('application.one-side-only', 'APP-2');
    given(...oneSided).when('RecommendAdmission', { category: 'observer', conditions: [] }, AFTER).yieldsTypes('AdmissionRecommended');
  });
});

describe('an admission', () => {
  const admit = (past: Parameters<typeof given>, evidence = known(), over: object = {}, decisionRef = 'd1') =>
    given(...past).when('AdmitApplicant', { decisionRef }, { ...AFTER, evidence, ...over });
  const admission = (decisionRef = 'd1', category: 'full' | 'observer' = 'full', conditions: string[] = []) =>
    happened('ApplicantAdmitted', { decisionRef, category, conditions, membershipId: idOf(0), groupId: 'g-s', networkId: 'net' });

  it('APP-5 refers to a decision that was adopted', () => {
    admit(circulated(), decided('adopted')).yields(admission());
    for (const status of ['none', 'silence', 'ballot', 'consensusCall', 'rejected', 'broken', 'inquorate', 'cancelled'])
      admit(circulated(), decided(status)).refuses('application.decision-missing', 'APP-5');
    admit(circulated(), known()).refuses('application.decision-missing', 'APP-5');
    admit(submitted(), decided('adopted')).refuses('illegal-transition');
    admit(circulated(), decided('adopted'), { actor: applicant }).refuses('not-permitted');
  });
  it('APP-5 refers to a decision about exactly this: another application, or what it said earlier, is another matter', () => {
    admit(circulated(), decided('adopted', 9, false)).refuses('application.decision-of-another-subject', 'APP-5');
    const { changedAt, revision } = stateOf(circulated());
    expect({ changedAt, revision }).toEqual({ changedAt: 2, revision: 4 });
    admit(circulated(), decided('adopted', 2)).yields(admission());
    admit(circulated(), decided('adopted', 1)).refuses('application.changed-since-decision', 'DEC-1');
  });
  it('APP-5 carries the category and the conditions that were recommended; a decision before them was about something else', () => {
    const conditions = ['A second vice-chair'];
    const changed = recommended({ category: 'observer', conditions });
    expect(stateOf(changed).changedAt).toBe(5);
    expect(stateOf(recommended()).changedAt).toBe(2);
    admit(changed, decided('adopted', 5)).yields(admission('d1', 'observer', conditions));
    admit(changed, decided('adopted', 4)).refuses('application.changed-since-decision', 'DEC-1');
    admit(recommended(), decided('adopted', 2)).yields(admission());
  });
  it('APP-5 stands without a vote where the period ended and nobody objected', () => {
    const silently = (past: Parameters<typeof given>, now = objectionDeadline) => admit(past, known(), { now }, 'no-objection');
    silently(circulated()).yields(admission('no-objection'));
    silently(circulated(), BEFORE).refuses('application.objection-period-runs', 'APP-4');
    silently(objected()).refuses('application.objections-stand', 'APP-5');
    silently([...objected(), happened('ApplicationObjectionWithdrawn', { by: 'g-q' })]).yields(admission('no-objection'));
    // A further round does not wipe out what was said in the first.
    const again = [
      ...objected(), happened('FurtherInformationRequested', { questions: ['Why?'], dueOn: '2026-12-15' }), happened('FurtherInformationSupplied', { answers: ['So.'] }),
    ];
    silently([...again, circulated().at(-1)!]).refuses('application.objections-stand', 'APP-5');
  });
  it('APP-5 an initiative cites its record, and hears objections as well', () => {
    const record = (past: Parameters<typeof given>, now = objectionDeadline) => admit(past, initiative(), { now }, 'Minutes of 24 December');
    expect(record(circulated()).outcome).toMatchObject([{ data: { decisionRef: 'Minutes of 24 December' } }]);
    record(circulated(), BEFORE).refuses('application.objection-period-runs', 'APP-4');
    record(objected()).refuses('application.objections-stand', 'APP-5');
    admit(objected(), initiative({ decision: { status: 'adopted', aboutThis: true, revision: 4 } })).yieldsTypes('ApplicantAdmitted');
    admit(circulated(), initiative({ decision: { status: 'rejected', aboutThis: true, revision: 4 } })).refuses('application.decision-missing', 'APP-5');
  });
  it('APP-6 is of a group that is no member yet, and happens once', () => {
    admit(circulated(), { ...decided('adopted'), alreadyMember: true }).refuses('application.already-member', 'APP-6');
    admit([...circulated(), admission()], decided('adopted')).refuses('illegal-transition');
  });
  it('of the past is told by its source', () => admit(objected(), known(), { ...imported, now: BEFORE }).yields(admission()));
});

describe('a refusal', () => {
  const decline = (past: Parameters<typeof given>, evidence = known(), over: object = {}) =>
    given(...past).when('DeclineApplication', { decisionRef: 'd1', reasons: 'Not eligible.' }, { evidence, ...over });
  const declined = (reapplyAfter: string) => happened('ApplicationDeclined', { decisionRef: 'd1', reasons: 'Not eligible.', reapplyAfter });
  it('APP-5 refers to a decision that was rejected', () => {
    decline(circulated(), decided('rejected')).yields(declined('2027-11-23'));
    for (const status of ['adopted', 'ballot', 'inquorate']) decline(circulated(), decided(status)).refuses('application.decision-missing', 'APP-5');
    decline(recommended(), decided('rejected', 4, false)).refuses('application.decision-of-another-subject', 'APP-5');
    decline(circulated(), decided('rejected', 1)).refuses('application.changed-since-decision', 'DEC-1');
    decline([expressed], decided('rejected')).refuses('illegal-transition');
    decline(circulated(), decided('rejected'), { actor: secretariat }).refuses('not-permitted');
  });
  it('APP-1 needs no vote where the parliament is not eligible, nor in an initiative', () => {
    decline(assessed(false)).yields(declined('2027-11-23'));
    decline(assessed()).refuses('application.decision-missing', 'APP-5');
    decline(assessed(), initiative()).yieldsTypes('ApplicationDeclined');
  });
  it('APP-6 says when the group may apply again, by the rules of the network', () => {
    const months = (coolingOffMonths: number, now = NOW) => decline(assessed(false), known({ periods: { objectionDays: 30, coolingOffMonths } }), { now });
    months(6).yields(declined('2027-05-23'));
    months(3, '2026-11-30T23:59:59Z').yields(declined('2027-02-28'));
    months(0).yields(declined('2026-11-23'));
  });
  it('of the past is told by its source, with the day from which the group could apply again', () => {
    const input = { decisionRef: 'd1', reasons: 'Not eligible.', reapplyAfter: '2015-06-17' };
    given(...circulated()).when('DeclineApplication', input, imported).yields(declined('2015-06-17'));
    given(...assessed(false)).when('DeclineApplication', input).yields(declined('2027-11-23'));
  });
});

describe('a deferral', () => {
  const reason = 'Until the election.';
  const defer = (input: object, over: object = {}, past = circulated()) => given(...past).when('DeferApplication', { reason, ...input }, over);
  it('is until a day to come, or until further notice', () => {
    defer({ until: '2027-02-01' }).yields(happened('ApplicationDeferred', { until: '2027-02-01', reason, at: NOW }));
    defer({}, {}, recommended()).yields(happened('ApplicationDeferred', { reason, at: NOW }));
    defer({ until: '2026-11-23' }).refuses('application.due-in-past');
    defer({}, { actor: chair }).refuses('not-permitted');
    defer({}, {}, deferred()).refuses('illegal-transition');
  });
  it('of the past happened at a moment that nobody here knows', () =>
    defer({ until: '2014-09-01' }, imported).yields(happened('ApplicationDeferred', { until: '2014-09-01', reason })));
  it('APP-4 takes no day from those who may object', () => {
    const resume = (past: Parameters<typeof given>, over: object = {}) => given(...past).when('ResumeApplication', {}, { now: '2027-02-01T10:00:00Z', ...over });
    const anew = resume(deferred());
    anew.yields(happened('ApplicationResumed', { on: '2027-02-01', objectionDeadline: '2027-03-03T10:00:00Z' }));
    expect(anew.state).toMatchObject({ objectionDeadline: '2027-03-03T10:00:00Z', deferredInPeriod: false, dueOn: null });
    const afterwards = resume(deferred({ at: objectionDeadline }));
    afterwards.yields(happened('ApplicationResumed', { on: '2027-02-01' }));
    expect(afterwards.state.objectionDeadline).toBe(objectionDeadline);
    given(...deferred()).when('ResumeApplication', { on: '2014-09-02' }, imported).yieldsTypes('ApplicationResumed');
    resume(circulated()).refuses('illegal-transition');
    resume(deferred(), { actor: applicant }).refuses('not-permitted');
  });
});

describe('who reads it', () => {
  const label = (...past: Parameters<typeof given>) => membershipApplication.label(stateOf(past), past.at(-1)!);
  it('an enquiry is between the group and the network, also when it comes to nothing', () => {
    for (const past of [[expressed], [invited], [expressed, happened('ApplicationLapsed', { reason: 'enquiry-without-application' })]])
      expect(label(...past)).toEqual({ tlp: 'AMBER', groups: ['g-s', 'net'] });
  });
  it('an application is read by the members and the applicant', () => {
    for (const past of [submitted(), circulated(), objected(), recommended()]) expect(label(...past)).toMatchObject({ tlp: 'GREEN', groups: ['g-s'] });
  });
});
