import { randomUUID } from 'node:crypto';
import { later, type Json, type Seat, World } from './world.js';

const PROPOSAL = {
  mouId: 'm1', titles: { en: 'Memorandum on zephyranthes', fr: 'Mémorandum sur les zéphyranthes' }, participants: ['xa-group', 'xb-group'],
  purpose: { en: 'To work together.', fr: 'Travailler ensemble.' }, bindingness: 'political', authenticLanguages: ['en', 'fr'],
  effect: { rule: 'last-signature' }, accession: 'unanimous', withdrawalNoticeMonths: 0, amendmentConsent: 'all', suspension: 'none', numberStyle: 'paragraphs', renewal: 'none',
};
const PURPOSE = { en: 'The participants intend to exchange early warnings.', fr: 'Les participants entendent échanger des alertes rapides.' };
const COOPERATION = { en: 'They intend to meet twice a year.', fr: 'Ils entendent se réunir deux fois par an.' };
const COMPROMISE = { en: 'They intend to meet once a year.', fr: 'Ils entendent se réunir une fois par an.' };

describe('A memorandum, from proposal to withdrawal', () => {
  let world: World;
  let chairA: Seat;
  let chairB: Seat;
  let chairC: Seat;
  let memberA: Seat;
  let network: Seat;
  let observer: Seat;
  let auditor: Seat;

  beforeAll(async () => {
    world = await World.open();
    [chairA, chairB, chairC, memberA, network, observer, auditor] = (await Promise.all(
      ['chair.xa', 'chair.xb', 'chair.xc', 'member.xa', 'network', 'observer', 'auditor'].map((n) => world.signIn(n)),
    )) as [Seat, Seat, Seat, Seat, Seat, Seat, Seat];
  });
  afterAll(() => world.close());

  const mou = (who: Seat = chairA) => who.doc('mous', 'm1');
  const clause = async (kind: string): Promise<Json> => (await mou()).clauses.find((c: Json) => c.kind === kind);
  const both = (act: (chair: Seat, group: string, person: string) => Promise<unknown>) => act(chairA, 'xa-group', 'xa-chair').then(() => act(chairB, 'xb-group', 'xb-chair'));

  test('it is proposed by one group to another', async () => {
    expect(await chairC.refused(403, 'mous', 'm1', 'ProposeMou', PROPOSAL)).toEqual(['not-permitted']);
    expect(await chairA.refused(409, 'mous', 'm1', 'ProposeMou', { ...PROPOSAL, participants: ['xa-group'] })).toEqual(['mou.too-few-participants']);
    expect(await chairA.refused(409, 'mous', 'm1', 'ProposeMou', { ...PROPOSAL, participants: ['xa-group', 'XB'] })).toEqual(['mou.not-a-group']);
    await chairA.does('mous', 'm1', 'ProposeMou', PROPOSAL);
    expect(await mou()).toMatchObject({ status: 'proposed', proposedBy: 'xa-group', next: { kind: 'open-negotiation', missing: ['xb-group'] } });
  });

  test('who proposed cannot accept; the other opens the negotiation', async () => {
    const terms = { leads: { 'xa-group': 'xa-chair', 'xb-group': 'xb-chair' }, timetable: [] };
    expect(await chairA.refused(409, 'mous', 'm1', 'OpenNegotiation', terms)).toEqual(['mou.proposer-cannot-accept']);
    expect(await memberA.refused(403, 'mous', 'm1', 'OpenNegotiation', terms)).toEqual(['not-permitted']);
    await chairB.does('mous', 'm1', 'OpenNegotiation', terms);
    expect(await mou(chairB)).toMatchObject({ status: 'negotiating', negotiation: { leads: terms.leads } });
  });

  test('clauses are proposed in both languages', async () => {
    await chairA.does('mous', 'm1', 'ProposeClause', { kind: 'purpose', text: PURPOSE });
    await chairB.does('mous', 'm1', 'ProposeClause', { kind: 'cooperation', text: COOPERATION });
    expect((await mou()).clauses.map((c: Json) => [c.kind, c.number, c.by, c.text.fr])).toEqual([
      ['purpose', '1', 'xa-group', PURPOSE.fr], ['cooperation', '2', 'xb-group', COOPERATION.fr],
    ]);
    expect(await memberA.refused(403, 'mous', 'm1', 'ProposeClause', { kind: 'other', text: COMPROMISE })).toEqual(['not-permitted']);
  });

  describe('while it is negotiated the room is not there for others (G6)', () => {
    const outsiders = (): [string, Seat][] => [['anyone', world.anonymous], ['another group', chairC], ['an observer', observer]];

    test('by its address, its history, its export, its possible acts', async () => {
      for (const [name, who] of outsiders()) {
        for (const rest of ['', '/export', '/actions']) {
          const there = await who.get(`/api/v1/mous/m1${rest}`);
          const nowhere = await who.get(`/api/v1/mous/m-none${rest}`);
          expect({ name, rest, status: there.status, body: there.body }).toEqual({ name, rest, status: 404, body: nowhere.body });
        }
        const { body } = await who.get('/api/v1/mous/m1/history').expect(200);
        expect(body).toEqual({ entries: [], next: null, names: {} });
      }
    });
    test('in lists, counts, names, search and the activity stream', async () => {
      for (const [, who] of outsiders()) {
        const { body: list } = await who.get('/api/v1/mous', { imported: '0' }).expect(200);
        expect(list).toEqual({ rows: [], next: null, total: 0 });
        for (const q of ['zephyranthes', 'alertes', 'early warnings']) expect((await who.get('/api/v1/search', { q }).expect(200)).body.hits).toEqual([]);
        expect((await who.get('/api/v1/names', { of: 'mou-m1' }).expect(200)).body.names).toEqual({});
        const { body: acts } = await who.get('/api/v1/activity', { limit: 500 }).expect(200);
        expect(JSON.stringify(acts)).not.toMatch(/zephyranthes|mou-m1/);
      }
      expect((await chairB.get('/api/v1/search', { q: 'zephyranthes' }).expect(200)).body.hits).toMatchObject([{ view: 'mous', id: 'm1' }]);
    });
    test('by commands: what is not there and what is not for you are one answer', async () => {
      const digests = { en: 'a'.repeat(64) };
      const tries: [Seat, string, Json, Json][] = [
        [chairC, 'OpenNegotiation', { leads: {}, timetable: [] }, {}],
        [chairC, 'RequestAccession', { letterRef: 'a letter' }, {}],
        [chairC, 'ProposeClause', { kind: 'other', text: { en: 'x' } }, { expectedRevision: 0 }],
        [chairC, 'SignFirst', { digests }, { expectedRevision: 1 }],
        [observer, 'AttestSignature', { ofSignatureBy: 'xa-chair' }, {}],
      ];
      const before = await world.head();
      for (const [who, command, input, around] of tries) {
        const there = await who.give('mous', 'm1', command, input, around);
        const nowhere = await who.give('mous', 'm-none', command, input, around);
        expect({ command, status: there.status, body: there.body }).toEqual({ command, status: nowhere.status, body: nowhere.body });
        expect([403, 404]).toContain(there.status);
      }
      expect(await world.head()).toBe(before);
    });
    test('and the auditor reads it', async () => {
      expect(await mou(auditor)).toMatchObject({ status: 'negotiating' });
    });
  });

  test('a bracket keeps a clause open; it is lifted with a compromise by who holds it', async () => {
    const { clauseId } = await clause('cooperation');
    await chairA.does('mous', 'm1', 'BracketText', {
      clauseId, range: { lang: 'en', from: 20, to: 32 }, alternatives: [{ by: 'xa-group', text: { en: 'once a year', fr: 'une fois par an' } }],
    });
    const { brackets } = await clause('cooperation');
    expect(brackets).toMatchObject([{ by: ['xa-group'], range: { lang: 'en', from: 20, to: 32 } }]);
    expect(await chairB.refused(409, 'mous', 'm1', 'AgreeClause', { clauseId, revision: 1, mode: 'agreed' })).toEqual(['mou.open-brackets']);
    expect(await chairA.refused(409, 'mous', 'm1', 'InitialText')).toEqual(['mou.open-brackets', 'mou.clauses-not-agreed']);
    const lift = { bracketId: brackets[0].bracketId, resolution: 'compromise', text: COMPROMISE };
    expect(await chairB.refused(409, 'mous', 'm1', 'LiftBrackets', lift)).toEqual(['mou.not-your-bracket']);
    await chairA.does('mous', 'm1', 'LiftBrackets', lift);
    expect(await clause('cooperation')).toMatchObject({ brackets: [], revision: 2, text: COMPROMISE });
  });

  test('both agree each clause in the revision that they have read', async () => {
    for (const { clauseId, revision } of (await mou()).clauses)
      await both((chair) => chair.does('mous', 'm1', 'AgreeClause', { clauseId, revision, mode: 'agreed' }));
    expect((await mou()).clauses.map((c: Json) => c.agreed)).toEqual([true, true]);
    expect(await chairA.refused(409, 'mous', 'm1', 'AgreeClause', { clauseId: (await clause('cooperation')).clauseId, revision: 1, mode: 'agreed' })).toEqual([
      'mou.clause-changed',
    ]);
  });

  test('both initial, and the text is frozen with a digest for each language', async () => {
    expect(await memberA.refused(403, 'mous', 'm1', 'InitialText')).toEqual(['not-permitted']);
    await chairA.does('mous', 'm1', 'InitialText');
    expect(await mou()).toMatchObject({ status: 'negotiating', next: { kind: 'initial', missing: ['xb-group'] } });
    await chairB.does('mous', 'm1', 'InitialText');
    const { status, digests } = await mou();
    expect(status).toBe('initialled');
    expect(digests).toEqual({ en: expect.stringMatching(/^[0-9a-f]{64}$/), fr: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await chairA.refused(409, 'mous', 'm1', 'ReviseClause', { clauseId: (await clause('purpose')).clauseId, text: { en: 'Other.' } })).toEqual(['illegal-transition']);
  });

  test('each group authorises its chair for exactly this text, and that is recorded', async () => {
    const { digests } = await mou();
    expect(await network.refused(409, 'mous', 'm1', 'OpenForSignature', { mode: 'counterparts' })).toEqual(['mou.nobody-authorised']);
    await both(async (chair, group, holder) => {
      await chair.does('groups', group, 'GrantAuthorisation', {
        subject: { type: 'mou', id: 'm1' }, act: 'sign', holder, textDigests: digests, latitude: 'none', expiresAt: later(30), decisionRef: 'Minutes',
      });
      const [granted] = await chair.rows('authorisations', { groupId: group, subjectId: 'm1' });
      await chair.does('mous', 'm1', 'RecordPartyAuthorisation', { authorisationId: granted!.doc.authorisationId });
    });
    expect((await mou()).authorisations.map((a: Json) => a.groupId)).toEqual(['xa-group', 'xb-group']);
    // An authorisation is its group's own.
    expect(await chairC.rows('authorisations', { subjectId: 'm1' })).toEqual([]);
    expect(await chairA.rows('authorisations', { groupId: 'xb-group' })).toEqual([]);
    expect(await chairA.refused(409, 'mous', 'm1', 'RecordPartyAuthorisation', { authorisationId: 'of-nobody' })).toEqual(['mou.authorisation-unknown']);
  });

  test('the secretariat opens it for signature, and the network reads the text without its negotiation', async () => {
    expect(await chairA.refused(403, 'mous', 'm1', 'OpenForSignature', { mode: 'counterparts' })).toEqual(['not-permitted']);
    await network.does('mous', 'm1', 'OpenForSignature', { mode: 'counterparts', place: 'Online' });
    const doc = await mou(chairC);
    expect(doc).toMatchObject({ status: 'openForSignature', negotiation: null });
    expect(doc.clauses.map((c: Json) => [c.text.en, c.by, c.agreedBy, c.brackets])).toEqual([[PURPOSE.en, null, [], []], [COMPROMISE.en, null, [], []]]);
    const types = (await chairC.history('mous', 'm1')).map((e) => e.doc.type);
    expect(types).toEqual(['MouOpenedForSignature']);
    // What an exercise does is never open to the public (G4).
    await world.anonymous.get('/api/v1/mous/m1').expect(404);
  });

  test('fifty simultaneous signatures of one chair are one', async () => {
    const { digests } = await mou();
    const answers = await Promise.all(Array.from({ length: 50 }, () => chairA.give('mous', 'm1', 'SignFirst', { digests })));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    for (const { status, body } of answers.filter((a) => a.status !== 200)) expect([status, body.code]).toEqual([409, 'illegal-transition']);
    expect((await mou()).signatures.map((s: Json) => [s.groupId, s.method])).toEqual([['xa-group', 'account']]);
    expect(await chairA.refused(409, 'mous', 'm1', 'SignLast', { digests })).toEqual(['mou.already-signed']);
    expect(await chairC.refused(403, 'mous', 'm1', 'SignLast', { digests })).toEqual(['not-permitted']);
    expect(await memberA.refused(403, 'mous', 'm1', 'SignLast', { digests })).toEqual(['not-permitted']);
    expect(await chairB.refused(409, 'mous', 'm1', 'SignLast', { digests: { en: 'a'.repeat(64), fr: 'b'.repeat(64) } })).toEqual(['mou.other-text']);
  });

  test('a witness attests to it and becomes no participant', async () => {
    await memberA.does('mous', 'm1', 'AttestSignature', { ofSignatureBy: 'xa-chair' });
    expect(await mou()).toMatchObject({ witnesses: [{ personId: 'xa-member', of: 'xa-chair' }] });
    expect(await chairA.refused(403, 'mous', 'm1', 'AttestSignature', { ofSignatureBy: 'xa-chair' })).toEqual(['not-permitted']);
  });

  test('the last signature, sent fifty times under one key, brings it into effect by rule', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => chairB.give('mous', 'm1', 'SignLast', {}, {}, { 'idempotency-key': key })));
    expect(new Set(answers.map((a) => `${a.status} ${JSON.stringify(a.body)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    const doc = await mou(chairC);
    const today = new Date().toISOString().slice(0, 10);
    expect(doc).toMatchObject({ status: 'inEffect', signedOn: today, effect: { on: today, byRule: 'last-signature' } });
    expect(doc.signatures.map((s: Json) => s.personId)).toEqual(['xa-chair', 'xb-chair']);
    const history = await chairA.history('mous', 'm1');
    const count = (type: string) => history.filter((e) => e.doc.type === type).length;
    expect({ signed: count('MouSigned'), completed: count('MouSignaturesCompleted'), effect: count('MouEnteredIntoEffect') }).toEqual({ signed: 2, completed: 1, effect: 1 });
    expect(history.at(-1)?.doc).toMatchObject({ type: 'MouEnteredIntoEffect', actor: { capacity: 'system', rule: 'when-mou-signatures-completed' } });
    // For participants its history is whole, without a gap.
    expect(history.map((e) => e.doc.revision)).toEqual(history.map((_, i) => i + 1));
  });

  test('a third group accedes with the consent of all', async () => {
    expect(await chairA.refused(409, 'mous', 'm1', 'RequestAccession', { letterRef: 'of a participant' })).toEqual(['mou.already-a-participant']);
    await chairC.does('mous', 'm1', 'RequestAccession', { letterRef: 'Letter of group C' });
    const deposit = { groupId: 'xc-group', instrumentRef: 'Instrument of group C' };
    expect(await network.refused(409, 'mous', 'm1', 'DepositAccession', deposit)).toEqual(['mou.consents-missing']);
    expect(await chairC.refused(403, 'mous', 'm1', 'ConsentToAccession', { applicantId: 'xc-group' })).toEqual(['not-permitted']);
    await both((chair) => chair.does('mous', 'm1', 'ConsentToAccession', { applicantId: 'xc-group' }));
    await network.does('mous', 'm1', 'DepositAccession', deposit);
    expect((await mou()).participants).toMatchObject([{ groupId: 'xa-group' }, { groupId: 'xb-group' }, { groupId: 'xc-group', acceded: true }]);
  });

  test('it withdraws again; when its notice has run, a rule ends its part, and the others go on', async () => {
    await chairC.does('mous', 'm1', 'GiveMouNotice', {});
    const doc = await world.until(() => mou(), (d) => d.participants[2].withdrewOn !== null);
    expect(doc).toMatchObject({ status: 'inEffect', participants: [{ withdrewOn: null }, { withdrewOn: null }, { groupId: 'xc-group', withdrewOn: new Date().toISOString().slice(0, 10) }] });
    expect((await chairA.history('mous', 'm1')).at(-1)?.doc).toMatchObject({ type: 'MouParticipantWithdrew', actor: { capacity: 'system', rule: 'mou-notice-end' } });
    expect(await chairC.refused(403, 'mous', 'm1', 'GiveMouNotice', {})).toEqual(['not-permitted']);
  });

  test('with fewer than two participants it is at its end', async () => {
    await chairB.does('mous', 'm1', 'GiveMouNotice', {});
    const doc = await world.until(() => mou(), (d) => d.status === 'terminated');
    expect(doc).toMatchObject({ status: 'terminated', ended: { reason: 'fewer-than-two' } });
    // What was signed stays readable.
    expect(doc.signatures).toHaveLength(2);
  });
});
