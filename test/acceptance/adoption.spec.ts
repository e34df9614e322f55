import { DAY, endIn, HOUR, instantIn, pass, startClock, stopClock } from './clock.js';
import { type Json, type Seat, World } from './world.js';


const GROUPS = ['xa-group', 'xb-group', 'xc-group'];
const CLAUSES = [
  { section: 'preambular', text: { en: 'Recalling the duty to prevent,' } },
  { section: 'operative', text: { en: 'Urge all governments to act;' } },
  { section: 'operative', text: { en: 'Decide to meet again within a year;' } },
];

describe('Adoption: silence, ballot and consensus, of statements, admissions and amendments of the charter', () => {
  let world: World;
  let chairA: Seat;
  let chairB: Seat;
  let chairC: Seat;
  let network: Seat;
  let cochair: Seat;
  let auditor: Seat;
  let observer: Seat;

  /** Sessions end when nobody uses them for long: after each leap everybody signs in again. */
  const signIn = async () => {
    [chairA, chairB, chairC, network, cochair, auditor, observer] = (await Promise.all(
      ['chair.xa', 'chair.xb', 'chair.xc', 'network', 'cochair', 'auditor', 'observer'].map((n) => world.signIn(n)),
    )) as [Seat, Seat, Seat, Seat, Seat, Seat, Seat];
  };
  /** The server ends, time passes, and another server begins on the same folder. */
  const restart = async (passed = 0) => {
    await world.restart(() => pass(passed));
    await signIn();
  };
  const decision = (id: string, who: Seat = chairA) => who.doc('decisions', id);
  const acts = async (id: string, who: Seat = auditor) => (await who.history('decisions', id)).map((a) => a.doc as Json);
  const count = async (id: string, type: string) => (await acts(id)).filter((a) => a.type === type).length;
  /** What a timer does is waited for; a second time would have come by then. */
  const ended = (id: string) => world.until(() => decision(id), (doc: Json) => doc.decidedAt !== null);

  async function submitted(id: string, title: string) {
    await chairA.does('statements', id, 'ProposeStatement', {
      statementId: id, kind: 'network-statement', subject: { en: title }, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary',
    });
    await chairB.does('statements', id, 'SponsorStatement', {});
    await chairA.does('statements', id, 'StartDrafting', {});
    for (const clause of CLAUSES) await chairA.does('statements', id, 'AddClause', clause);
    await chairA.does('statements', id, 'CirculateDraft', { commentsDue: endIn(2 * DAY, 'UTC') });
    await settle(id);
  }
  /** Every clause is agreed, the text frozen and put to the members. */
  async function settle(id: string) {
    for (const c of (await chairA.doc('statements', id)).clauses as Json[]) await chairA.does('statements', id, 'MarkClauseAgreed', { clauseId: c.id, mode: 'agreed' });
    await chairA.does('statements', id, 'FreezeText', {});
    await chairA.does('statements', id, 'SubmitForDecision', { procedure: 'silence' });
  }
  const frozen = async (id: string) => {
    const { frozen: text } = await chairA.doc('statements', id);
    return { type: 'statement', id, revision: text.revision, digest: text.digest };
  };

  beforeAll(async () => {
    startClock();
    world = await World.open();
    await signIn();
  }, 60_000);
  afterAll(async () => {
    await world.close();
    stopClock();
  });

  describe('an admission under silence', () => {
    test('is not cut short: the charter sets how long it lasts at least, and its zone what the clock shows', async () => {
      const subject = { type: 'application', id: 'xc-application' };
      const open = (deadline: object) => network.refused(409, 'decisions', 'admission', 'OpenSilenceProcedure', { subject, deadline, urgency: 'ordinary' });
      expect(await open(endIn(47 * HOUR, 'Africa/Kigali'))).toEqual(['decision.silence-too-short']);
      expect(await open({ ...endIn(72 * HOUR, 'Africa/Kigali'), wallTime: endIn(72 * HOUR, 'Europe/London').wallTime })).toEqual(['decision.other-wall-time']);
      await network.does('decisions', 'admission', 'OpenSilenceProcedure', { subject, deadline: endIn(72 * HOUR, 'Africa/Kigali'), urgency: 'ordinary' });
      expect(await decision('admission')).toMatchObject({ status: 'silence', entitled: ['xa-group', 'xb-group'], charterVersion: '1', subject: { digest: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    });
    test('is kept: its end comes while no server runs, and the next one observes it, once', async () => {
      await restart(31 * DAY);
      expect(await ended('admission')).toMatchObject({ status: 'adopted', broken: null, attributedTo: ['xa-group', 'xb-group'] });
      await restart();
      expect(await count('admission', 'SilenceObserved')).toBe(1);
      await cochair.does('applications', 'xc-application', 'AdmitApplicant', { decisionRef: 'admission' });
      expect(await chairC.rows('memberships', { groupId: 'xc-group' })).toMatchObject([{ doc: { status: 'active' } }]);
    });
  });

  describe('a statement under silence', () => {
    let deadline: ReturnType<typeof endIn>;
    const reason = 'The second operative clause binds our parliament beyond its powers.';

    test('each group is notified, and that is proven by channel and moment', async () => {
      await submitted('s1', 'On the warning signs');
      deadline = endIn(72 * HOUR, 'America/Toronto');
      await network.does('decisions', 'silence-1', 'OpenSilenceProcedure', { subject: await frozen('s1'), deadline, urgency: 'ordinary' });
      const doc = await decision('silence-1', chairC);
      expect(doc).toMatchObject({ status: 'silence', entitled: GROUPS, deadline, subject: await frozen('s1') });
      expect(doc.notified.toSorted((a: Json, b: Json) => (a.member < b.member ? -1 : 1))).toEqual(
        GROUPS.map((member) => ({ member, channel: 'application', deliveredAt: expect.stringMatching(/^\d{4}-/) })),
      );
      // It is the page's to say what the clocks of the participants show: it finds their zones in the directory.
      const zones = await Promise.all(GROUPS.map(async (g) => (await chairC.doc('parliaments', (await chairC.doc('groups', g)).parliamentId)).seatTimezone));
      expect(zones).toEqual(['Europe/London', 'America/Toronto', 'Africa/Kigali']);
      await chairB.does('decisions', 'silence-1', 'ExpressSupport', {});
      expect(await decision('silence-1')).toMatchObject({ status: 'silence', supporters: ['xb-group'] });
    });
    test('one reasoned objection breaks it, tells everyone at once and sends the text back to negotiation', async () => {
      expect(await chairC.refused(422, 'decisions', 'silence-1', 'BreakSilence', {})).toEqual(['invalid-input']);
      await chairC.does('decisions', 'silence-1', 'BreakSilence', { reason });
      expect(await decision('silence-1')).toMatchObject({ status: 'broken', broken: { by: 'xc-group', reason } });
      expect(await chairA.doc('statements', 's1')).toMatchObject({ status: 'negotiating', frozen: null, decision: { outcome: 'silence-broken' } });
      for (const seat of [chairA, chairB, chairC, network, cochair]) {
        const { entries } = (await seat.get('/api/v1/activity', { limit: 20 }).expect(200)).body as Json;
        expect(entries.map((e: Json) => e.doc)).toContainEqual(expect.objectContaining({ type: 'SilenceBroken', streamId: 'silence-1', data: expect.objectContaining({ by: 'xc-group', reason }) }));
        expect(entries.map((e: Json) => e.doc.type)).toContain('StatementNotAdopted');
        const duties = (await seat.get('/api/v1/inbox').expect(200)).body.duties as Json[];
        expect(duties.filter((d) => d.id === 'silence-1')).toEqual([]);
      }
      // Nobody is bound, so nobody disassociates; and whoever is late is told so.
      expect(await chairB.refused(409, 'decisions', 'silence-1', 'BreakSilence', { reason })).toEqual(['illegal-transition']);
    });
    test('the text is put to the members again as it was changed, and not under its old digest', async () => {
      const old = (await decision('silence-1')).subject as Json;
      const opening = () => ({ deadline: endIn(72 * HOUR, 'UTC'), urgency: 'ordinary' });
      expect(await network.refused(409, 'decisions', 'silence-2', 'OpenSilenceProcedure', { subject: old, ...opening() })).toContain('decision.subject-not-ready');
      await chairA.does('statements', 's1', 'MoveClause', { clauseId: (await chairA.doc('statements', 's1')).clauses[2].id, after: null });
      await settle('s1');
      expect(await network.refused(409, 'decisions', 'silence-2', 'OpenSilenceProcedure', { subject: old, ...opening() })).toEqual(['decision.subject-changed', 'decision.other-text']);
    });
    test('a second one is kept: it falls due under a server that was started after it was opened, and fires once', async () => {
      const end = endIn(72 * HOUR, 'Africa/Kigali');
      await network.does('decisions', 'silence-2', 'OpenSilenceProcedure', { subject: await frozen('s1'), deadline: end, urgency: 'ordinary' });
      expect((await decision('silence-2')).notified).toHaveLength(3);
      // Past the end of the first one too, which was broken and so has none.
      await restart(Date.parse(end.instant) - Date.now() - 2_000);
      expect(await decision('silence-2')).toMatchObject({ status: 'silence', decidedAt: null });
      const doc = await ended('silence-2');
      expect(doc).toMatchObject({ status: 'adopted', attributedTo: GROUPS });
      expect(Date.parse(doc.decidedAt)).toBeGreaterThanOrEqual(Date.parse(end.instant));
      await restart(10 * DAY);
      const types = (await acts('silence-2')).map((a) => a.type);
      expect(types.slice(-2)).toEqual(['SilenceObserved', 'DecisionAdopted']);
      expect(types).not.toContain('SilencePeriodExtended');
      expect(types.filter((t) => t === 'SilenceObserved' || t === 'DecisionAdopted')).toHaveLength(2);
      const [observed] = (await acts('silence-2')).filter((a) => a.type === 'SilenceObserved');
      expect(observed).toMatchObject({ data: { objections: 0, notified: 3, entitled: 3 }, actor: { capacity: 'system', rule: 'silence-deadline' }, basis: { charterVersion: '1' } });
      expect(await count('silence-1', 'SilenceObserved')).toBe(0);
      const ofStatement = (await auditor.history('statements', 's1')).map((a) => a.doc.type as string);
      expect(ofStatement.filter((t) => t === 'StatementAdopted')).toHaveLength(1);
      expect(await chairC.doc('statements', 's1')).toMatchObject({ status: 'adopted', decision: { id: 'silence-2', outcome: 'adopted' } });
    });
  });

  describe('a ballot on an amendment of the charter', () => {
    const RULES = { silence: { defaultHours: 72, minHours: 48, crisisHours: 6 }, statement: { signatories: 2, parliaments: 2 }, signature: { policy: 'add-until-closing' }, quorumPercent: 60 };
    let amendmentId: string;

    test('has the majority of the charter and the quorum of the rules, in the versions in force, and no other', async () => {
      await cochair.does('networks', 'exercise', 'AdoptRulesOfProcedure', { version: 'r1', rules: RULES });
      await chairB.does('networks', 'exercise', 'ProposeCharterAmendment', { text: { en: 'Statements are adopted by simple majority.' } });
      amendmentId = (await chairB.doc('networks', 'exercise')).amendments[0].amendmentId;
      const opening = { subject: { type: 'charter-amendment', id: amendmentId }, secret: false, closesAt: instantIn(20 * DAY) };
      expect(await network.refused(409, 'decisions', 'charter', 'OpenBallot', { ...opening, rule: 'simple', quorum: 1 })).toEqual(['decision.rule-of-charter', 'decision.quorum-of-rules']);
      await network.does('decisions', 'charter', 'OpenBallot', opening);
      expect(await decision('charter')).toMatchObject({ status: 'ballot', rule: 'two-thirds', quorum: 2, charterVersion: '1', rulesVersion: 'r1', entitled: GROUPS });
      expect((await acts('charter'))[0].basis).toEqual({ charterVersion: '1', rulesVersion: 'r1' });
    });
    test('how a group voted nobody else reads before the close: not on the page, in the history, the export or the activity', async () => {
      await chairA.does('decisions', 'charter', 'CastVote', { option: 'no' });
      await chairB.does('decisions', 'charter', 'CastVote', { option: 'yes' });
      await world.settled();
      for (const seat of [chairC, network, cochair, observer, world.anonymous]) {
        const seen = await Promise.all([
          seat.get('/api/v1/decisions/charter'), seat.get('/api/v1/decisions', { limit: 500 }), seat.get('/api/v1/decisions/charter/history', { limit: 500 }),
          seat.get('/api/v1/decisions/charter/export').buffer(true), seat.get('/api/v1/activity', { limit: 500 }), seat.get('/api/v1/votes', { limit: 500 }),
          seat.get('/api/v1/inbox'), seat.get('/api/v1/search', { q: 'majority' }),
        ]);
        const text = seen.map((answer) => answer.text ?? JSON.stringify(answer.body)).join('\n');
        for (const told of ['VoteCast', '"option":', '"no"', '"yes"']) expect([told, text.includes(told)]).toEqual([told, false]);
      }
      expect(await decision('charter', chairC)).toMatchObject({ status: 'ballot', counts: null, present: null, roll: null });
      // Its own vote a group reads, and nobody else's.
      expect((await acts('charter', chairA)).filter((a) => a.type === 'VoteCast').map((a) => [a.data.by, a.data.option])).toEqual([['xa-group', 'no']]);
      expect((await chairB.rows('votes')).map(({ doc }) => [doc.groupId, doc.option])).toEqual([['xb-group', 'yes']]);
      // By what closing refuses, nobody learns how it stands either.
      for (const close of ['CloseBallotAdopted', 'CloseBallotRejected', 'CloseBallotInquorate']) {
        expect(await network.refused(409, 'decisions', 'charter', close, {})).toEqual(['decision.ballot-runs']);
      }
    });
    test('after the close everyone reads the count and, as the ballot was open, the roll', async () => {
      await chairC.does('decisions', 'charter', 'CastVote', { option: 'yes' });
      expect(await decision('charter', network)).toMatchObject({
        status: 'adopted', counts: { yes: 2, no: 1, abstain: 0, notVoting: 0 }, present: 3,
        roll: [{ by: 'xa-group', option: 'no' }, { by: 'xb-group', option: 'yes' }, { by: 'xc-group', option: 'yes' }],
      });
    });
    test('a ballot runs by the version under which it was opened, though the charter is amended meanwhile', async () => {
      await submitted('s2', 'On endurance');
      await network.does('decisions', 'before', 'OpenBallot', { subject: await frozen('s2'), secret: true, closesAt: instantIn(70 * DAY) });
      expect(await decision('before')).toMatchObject({ rule: 'unanimity', charterVersion: '1' });
      await restart(61 * DAY);
      await cochair.does('networks', 'exercise', 'AdoptCharterAmendment', {
        amendmentId, newVersion: '2', effectiveOn: instantIn(0).slice(0, 10), decisionRef: 'charter', decisionRules: { admission: 'simple', charter: 'two-thirds', statement: 'simple' },
      });
      for (const [seat, option] of [[chairA, 'yes'], [chairB, 'yes'], [chairC, 'no']] as const) await seat.does('decisions', 'before', 'CastVote', { option });
      // By simple majority, the rule of version 2, it would be adopted. It was secret: there is no roll.
      expect(await decision('before')).toMatchObject({ status: 'rejected', rule: 'unanimity', counts: { yes: 2, no: 1, abstain: 0, notVoting: 0 }, roll: null });
      const closed = (await acts('before')).filter((a) => a.type === 'BallotClosed');
      expect(closed).toMatchObject([{ actor: { rule: 'when-vote-cast' }, basis: { charterVersion: '1' } }]);
      expect(closed[0].data).not.toHaveProperty('roll');
    });
    test('the next one runs by the new version; who does not vote is counted when its time is up, across restarts once', async () => {
      await submitted('s3', 'On what comes after');
      const opening = { subject: await frozen('s3'), secret: false, closesAt: instantIn(5 * DAY) };
      expect(await network.refused(409, 'decisions', 'after', 'OpenBallot', { ...opening, rule: 'unanimity' })).toEqual(['decision.rule-of-charter']);
      await network.does('decisions', 'after', 'OpenBallot', opening);
      expect(await decision('after')).toMatchObject({ rule: 'simple', charterVersion: '2', rulesVersion: 'r1', quorum: 2 });
      for (const seat of [chairA, chairB]) await seat.does('decisions', 'after', 'CastVote', { option: 'no' });
      await restart(6 * DAY);
      expect(await ended('after')).toMatchObject({ status: 'rejected', counts: { yes: 0, no: 2, abstain: 0, notVoting: 1 } });
      await restart();
      expect((await acts('after')).filter((a) => a.type === 'BallotClosed')).toMatchObject([{ actor: { rule: 'ballot-close' }, basis: { charterVersion: '2' } }]);
      expect(await chairA.doc('statements', 's3')).toMatchObject({ status: 'negotiating', decision: { outcome: 'rejected' } });
    });
  });

  describe('consensus on a statement', () => {
    const said = (en: string) => ({ text: { en } });
    let clause: Json;

    test('is called for; a reservation on a clause and an explanation do not block it', async () => {
      await settle('s3');
      clause = (await chairC.doc('statements', 's3')).clauses.find((c: Json) => c.label === 'OP2');
      await cochair.does('decisions', 'consensus', 'CallConsensus', { subject: await frozen('s3') });
      await chairC.does('decisions', 'consensus', 'EnterReservation', { clauses: [clause.id], ...said('Our rules allow no fixed date.') });
      await chairB.does('decisions', 'consensus', 'ExplainPosition', said('We read this as a wish.'));
      await cochair.does('decisions', 'consensus', 'DeclareConsensus', {});
      const doc = await decision('consensus');
      expect(doc).toMatchObject({ status: 'adopted', rule: 'consensus', charterVersion: '2', attributedTo: GROUPS });
      expect(doc.statements).toMatchObject([
        { kind: 'reservation', by: 'xc-group', clauses: [clause.id], text: { en: 'Our rules allow no fixed date.' } },
        { kind: 'explanation', by: 'xb-group', clauses: null, text: { en: 'We read this as a wish.' } },
      ]);
      expect(await chairA.doc('statements', 's3')).toMatchObject({ status: 'adopted' });
    });
    test('who disassociates itself is not bound, and everyone reads who and why; of a part only, it stays', async () => {
      await chairB.does('decisions', 'consensus', 'DeclareDisassociation', { scope: [clause.id], ...said('Not of this clause.') });
      expect((await decision('consensus')).attributedTo).toEqual(GROUPS);
      await chairA.does('decisions', 'consensus', 'DeclareDisassociation', { scope: 'whole', ...said('Our members did not agree.') });
      const doc = await decision('consensus', chairC);
      expect(doc.attributedTo).toEqual(['xb-group', 'xc-group']);
      expect(doc.statements.slice(2)).toMatchObject([{ by: 'xb-group', clauses: [clause.id] }, { kind: 'disassociation', by: 'xa-group', clauses: null, text: { en: 'Our members did not agree.' } }]);
      expect(await chairA.refused(409, 'decisions', 'consensus', 'DeclareDisassociation', { scope: 'whole', ...said('Once more.') })).toEqual(['decision.disassociated-already']);
    });
  });
});
