import { deadline, later, type Json, type Seat, World } from './world.js';

const APPLICATION = {
  category: 'full', charterVersionAccepted: '1', authorisationRef: 'Minutes of group C', membersBySide: { government: 6, opposition: 5 }, documents: ['Statutes of group C'],
};
const ELIGIBLE = { parliamentEligible: true, criteria: [{ id: 'elected', met: true, evidence: 'General election of 1 June 2025' }] };
const interest = { networkId: 'exercise', groupId: 'xc-group', contact: 'secretariat.xc@demo.example' };

interface People {
  applicant: Seat;
  chairA: Seat;
  chairB: Seat;
  network: Seat;
  cochair: Seat;
}

/** The exercise begins with an application of group C under way; it is withdrawn, so that each test tells the story from its beginning. */
async function begin(): Promise<{ world: World } & People> {
  const world = await World.open();
  const [applicant, chairA, chairB, network, cochair] = await Promise.all(['chair.xc', 'chair.xa', 'chair.xb', 'network', 'cochair'].map((n) => world.signIn(n)));
  await applicant!.does('applications', 'xc-application', 'WithdrawApplication', { reason: 'to begin anew' });
  return { world, applicant: applicant!, chairA: chairA!, chairB: chairB!, network: network!, cochair: cochair! };
}

async function circulated(id: string, { world, applicant, network }: { world: World } & People): Promise<void> {
  await applicant.does('applications', id, 'ExpressInterest', interest);
  await applicant.does('applications', id, 'SubmitApplication', APPLICATION);
  await network.does('applications', id, 'AssessEligibility', ELIGIBLE);
  await network.does('applications', id, 'CirculateApplication', {});
  await world.settled();
}

async function ballot(id: string, application: string, { network }: People): Promise<void> {
  const { revision } = await network.row('applications', application);
  await network.does('decisions', id, 'OpenBallot', {
    subject: { type: 'application', id: application, revision, title: { en: 'Admission of group C' } }, rule: 'simple', secret: false, closesAt: later(14), quorum: 2,
  });
}

describe('Joining: a group applies and is admitted', () => {
  let it_: { world: World } & People;
  beforeAll(async () => {
    it_ = await begin();
  });
  afterAll(() => it_.world.close());

  test('an enquiry is read by the applicant and the secretariat, and by nobody else', async () => {
    const { world, applicant, chairA, network } = it_;
    await applicant.does('applications', 'a1', 'ExpressInterest', interest);
    expect(await applicant.doc('applications', 'a1')).toMatchObject({ status: 'enquiry', groupId: 'xc-group' });
    expect(await network.doc('applications', 'a1')).toMatchObject({ status: 'enquiry' });
    await chairA.get('/api/v1/applications/a1').expect(404);
    await world.anonymous.get('/api/v1/applications/a1').expect(404);
  });

  test('a second application of the same group is refused, and so is one for another group', async () => {
    const { applicant, chairA } = it_;
    expect(await applicant.refused(409, 'applications', 'a2', 'ExpressInterest', interest)).toEqual(['application.another-open']);
    expect(await chairA.refused(403, 'applications', 'a3', 'ExpressInterest', interest)).toEqual(['not-permitted']);
  });

  test('it is submitted with the charter in force', async () => {
    const { applicant } = it_;
    expect(await applicant.refused(409, 'applications', 'a1', 'SubmitApplication', { ...APPLICATION, charterVersionAccepted: '0' })).toEqual(['application.charter-version']);
    await applicant.does('applications', 'a1', 'SubmitApplication', APPLICATION);
    expect(await applicant.doc('applications', 'a1')).toMatchObject({ status: 'submitted', assessment: null });
  });

  test('it is assessed by the secretariat before it is circulated', async () => {
    const { applicant, network } = it_;
    expect(await network.refused(409, 'applications', 'a1', 'CirculateApplication')).toEqual(['application.not-assessed']);
    expect(await applicant.refused(403, 'applications', 'a1', 'AssessEligibility', ELIGIBLE)).toEqual(['not-permitted']);
    await network.does('applications', 'a1', 'AssessEligibility', ELIGIBLE);
    expect(await applicant.doc('applications', 'a1')).toMatchObject({ assessment: { parliamentEligible: true, assessor: 'xn-secretariat' } });
  });

  test('it goes to the members, who have their time and are told of it', async () => {
    const { chairA, network } = it_;
    await network.does('applications', 'a1', 'CirculateApplication');
    const doc = await chairA.doc('applications', 'a1');
    expect(doc).toMatchObject({ status: 'circulated' });
    expect([...doc.circulatedTo].toSorted()).toEqual(['xa-group', 'xb-group']);
    expect(Date.parse(doc.objectionDeadline)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    const { body } = await chairA.get('/api/v1/inbox').expect(200);
    expect(body.duties).toContainEqual(expect.objectContaining({ kind: 'application-object', view: 'applications', id: 'a1', deadline: doc.objectionDeadline }));
  });

  test('a member objects with reasons; who was not asked cannot', async () => {
    const { applicant, chairB } = it_;
    const objection = { ground: 'procedure', text: 'The minutes are not signed.' };
    expect(await applicant.refused(409, 'applications', 'a1', 'RaiseObjection', objection)).toEqual(['application.not-entitled']);
    await chairB.does('applications', 'a1', 'RaiseObjection', objection);
    expect((await applicant.doc('applications', 'a1')).objections).toEqual([{ by: 'xb-group', ...objection, withdrawn: false }]);
  });

  test('early admission is refused, with everything that stands against it', async () => {
    const { network, cochair } = it_;
    expect(await cochair.refused(409, 'applications', 'a1', 'AdmitApplicant', { decisionRef: 'no-objection' })).toEqual([
      'application.objection-period-runs', 'application.objections-stand',
    ]);
    expect(await cochair.refused(409, 'applications', 'a1', 'AdmitApplicant', { decisionRef: 'no-such-decision' })).toContain('application.decision-missing');
    expect(await network.refused(403, 'applications', 'a1', 'AdmitApplicant', { decisionRef: 'no-objection' })).toEqual(['not-permitted']);
  });

  test('the objection is withdrawn by who raised it', async () => {
    const { chairA, chairB, applicant } = it_;
    expect(await chairA.refused(409, 'applications', 'a1', 'WithdrawObjection', { })).toEqual(['application.no-objection-of-yours']);
    await chairB.does('applications', 'a1', 'WithdrawObjection', {});
    expect((await applicant.doc('applications', 'a1')).objections).toMatchObject([{ by: 'xb-group', withdrawn: true }]);
  });

  test('the members vote; the ballot closes by rule when the last has voted', async () => {
    const { applicant, chairA, chairB, cochair } = it_;
    await ballot('d1', 'a1', it_);
    const opened = await chairA.doc('decisions', 'd1');
    expect(opened).toMatchObject({ status: 'ballot', subject: { type: 'application', id: 'a1' } });
    expect(opened.notified.map((n: Json) => n.member).toSorted()).toEqual(['xa-group', 'xb-group']);
    expect(await applicant.refused(409, 'decisions', 'd1', 'CastVote', { option: 'yes' })).toEqual(['decision.not-entitled']);
    await chairA.does('decisions', 'd1', 'CastVote', { option: 'yes' });
    expect(await chairB.doc('decisions', 'd1')).toMatchObject({ status: 'ballot', counts: null });
    expect(await cochair.refused(409, 'applications', 'a1', 'AdmitApplicant', { decisionRef: 'd1' })).toEqual(['application.decision-missing']);
    await chairB.does('decisions', 'd1', 'CastVote', { option: 'yes' });
    expect(await chairA.doc('decisions', 'd1')).toMatchObject({ status: 'adopted', counts: { yes: 2, no: 0, abstain: 0, notVoting: 0 } });
    const closed = (await chairA.history('decisions', 'd1')).find((e) => e.doc.type === 'BallotClosed');
    expect(closed?.doc.actor).toEqual({ personId: 'system', capacity: 'system', rule: 'when-vote-cast' });
  });

  test('the group is admitted, and a member by rule', async () => {
    const { applicant, cochair } = it_;
    await cochair.does('applications', 'a1', 'AdmitApplicant', { decisionRef: 'd1' });
    expect((await applicant.history('applications', 'a1')).at(-1)?.doc.basis).toMatchObject({ decisionRef: 'd1' });
    const { status, outcome } = await applicant.doc('applications', 'a1');
    expect({ status, decisionRef: outcome.decisionRef }).toEqual({ status: 'admitted', decisionRef: 'd1' });
    const rows = await applicant.rows('memberships', { groupId: 'xc-group' });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ id: outcome.membershipId, doc: { status: 'active', networkId: 'exercise', category: 'full', applicationRef: 'a1' } });
    const [activated] = await applicant.history('memberships', outcome.membershipId);
    expect(activated?.doc).toMatchObject({ type: 'MembershipActivated', actor: { capacity: 'system', rule: 'when-applicant-admitted' } });
    expect(await applicant.refused(409, 'applications', 'a4', 'ExpressInterest', interest)).toEqual(['application.already-member']);
  });

  test('the new member is asked in the next decision', async () => {
    const { applicant, network } = it_;
    await network.does('decisions', 'd2', 'OpenBallot', {
      subject: { type: 'membership', id: 'xb-exercise', revision: 1, title: { en: 'A question to all' } }, rule: 'simple', secret: false, closesAt: deadline(3).instant, quorum: 0,
    });
    expect((await applicant.doc('decisions', 'd2')).entitled).toContain('xc-group');
  });
});

describe('Joining: a group is declined', () => {
  let it_: { world: World } & People;
  beforeAll(async () => {
    it_ = await begin();
    await circulated('a1', it_);
    await ballot('d1', 'a1', it_);
  });
  afterAll(() => it_.world.close());

  test('with the reasons of a decision, and the day from which it may apply again', async () => {
    const { applicant, chairA, chairB, cochair } = it_;
    await chairA.does('decisions', 'd1', 'CastVote', { option: 'no' });
    await chairB.does('decisions', 'd1', 'CastVote', { option: 'abstain' });
    expect(await chairA.doc('decisions', 'd1')).toMatchObject({ status: 'rejected', counts: { yes: 0, no: 1, abstain: 1, notVoting: 0 } });
    expect(await cochair.refused(409, 'applications', 'a1', 'AdmitApplicant', { decisionRef: 'd1' })).toEqual(['application.decision-missing']);
    await cochair.does('applications', 'a1', 'DeclineApplication', { decisionRef: 'd1', reasons: 'The statutes do not name an opposition.' });
    const { status, outcome } = await applicant.doc('applications', 'a1');
    expect(status).toBe('declined');
    expect(outcome).toMatchObject({ decisionRef: 'd1', reasons: 'The statutes do not name an opposition.', membershipId: null });
    const day = new Date().toISOString().slice(0, 10);
    expect(outcome.reapplyAfter).toBe(`${Number(day.slice(0, 4)) + 1}${day.slice(4)}`.replace('-02-29', '-02-28'));
    expect(await applicant.rows('memberships', { groupId: 'xc-group' })).toEqual([]);
  });

  test('before that day it can ask, and not apply', async () => {
    const { applicant } = it_;
    await applicant.does('applications', 'a2', 'ExpressInterest', interest);
    expect(await applicant.refused(409, 'applications', 'a2', 'SubmitApplication', APPLICATION)).toEqual(['application.cooling-off']);
  });
});
