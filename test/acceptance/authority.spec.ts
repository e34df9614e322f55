import { contexts } from '../../apps/server/src/contexts.js';
import { later, type Json, type Seat, World } from './world.js';

const PROPOSAL = {
  titles: { en: 'Memorandum on early warning', fr: 'Mémorandum sur l’alerte' }, participants: ['xa-group', 'xb-group'], purpose: { en: 'To warn.', fr: 'Alerter.' },
  bindingness: 'political', authenticLanguages: ['en', 'fr'], effect: { rule: 'last-signature' }, accession: 'unanimous', withdrawalNoticeMonths: 3,
  amendmentConsent: 'all', suspension: 'none', numberStyle: 'paragraphs', renewal: 'none',
};
const clause = (n: number) => ({ kind: 'other', text: { en: `They intend to meet, point ${n}.`, fr: `Ils entendent se réunir, point ${n}.` } });

test('every act of a person’s own is marked as such, and nothing else', () => {
  const personal = contexts.flatMap(({ aggregates }) =>
    aggregates.flatMap(({ name, commands }) => Object.entries(commands).flatMap(([command, row]) => (row.personal ? [`${name}.${command}: ${row.personal}`] : []))),
  );
  expect(personal.toSorted()).toEqual([
    'ActingAuthority.EndAuthority: grant-authority', 'ActingAuthority.GrantAuthority: grant-authority', 'DecisionProcedure.BreakSilence: break-silence',
    'DecisionProcedure.CastVote: vote', 'Group.GrantAuthorisation: authorise', 'Group.RevokeAuthorisation: authorise', 'Mou.AttestSignature: sign',
    'Mou.ConfirmAdReferendum: sign', 'Mou.DeclineMouSignature: sign', 'Mou.InitialText: sign', 'Mou.SignFirst: sign', 'Mou.SignFurther: sign', 'Mou.SignLast: sign',
    'Statement.DeclineToSign: sign', 'Statement.SignMotionAmendment: sign', 'Statement.SignStatement: sign', 'Statement.TableMotionAmendment: sign',
    'Statement.WithdrawSignature: sign',
  ]);
});

describe('authority, not a forwarded link, carries delegation', () => {
  let world: World;
  let chairA: Seat;
  let chairB: Seat;
  let chairC: Seat;
  let staff: Seat;
  let colleague: Seat;
  let elsewhere: Seat;
  let network: Seat;
  let n = 0;

  beforeAll(async () => {
    world = await World.open();
    [chairA, chairB, chairC, staff, network] = (await Promise.all(['chair.xa', 'chair.xb', 'chair.xc', 'secretariat.xa', 'network'].map((name) => world.signIn(name)))) as [Seat, Seat, Seat, Seat, Seat];
    const account = (name: string, group: string) =>
      world.newAccount({
        email: `${name}@demo.example`, personId: name, displayName: name, language: 'en', exercise: true, grants: [{ capacity: 'group-secretariat', onBehalfOf: group }],
      });
    [colleague, elsewhere] = (await Promise.all([account('colleague', 'xa-group'), account('elsewhere', 'xc-group')])) as [Seat, Seat];
    await chairA.does('mous', 'a1', 'ProposeMou', { ...PROPOSAL, mouId: 'a1' });
    await chairB.does('mous', 'a1', 'OpenNegotiation', { leads: {}, timetable: [] });
  }, 30_000);
  afterAll(() => world.close());

  const grant = async (acts: string[], until = later(30)): Promise<string> => {
    const id = `auth-${++n}`;
    await chairA.does('authorities', id, 'GrantAuthority', { to: 'xa-secretariat', acts, until });
    return id;
  };
  const proposes = (who: Seat) => who.give('mous', 'a1', 'ProposeClause', clause(++n));
  const action = async (who: Seat, command: string): Promise<Json> =>
    (await who.get('/api/v1/mous/a1/actions').expect(200)).body.actions.find((a: Json) => a.command === command);
  const refused = { status: 403, body: expect.objectContaining({ code: 'not-permitted' }) as unknown };
  const outcome = ({ status, body }: { status: number; body: Json }) => ({ status, body });

  test('a link that was passed on opens nothing: staff of the group, staff of another', async () => {
    expect(outcome(await proposes(staff))).toMatchObject(refused);
    expect((await proposes(elsewhere)).status).toBe(404);
    expect(await action(staff, 'ProposeClause')).toMatchObject({ allowed: false, because: 'not-you' });
  });

  test('an authority for another act does not carry this one', async () => {
    const authorityId = await grant(['Mou.ReviseClause']);
    expect(outcome(await proposes(staff))).toMatchObject(refused);
    expect(await action(staff, 'ReviseClause')).toMatchObject({ allowed: true, authority: { authorityId, grantedBy: 'xa-chair' } });
    expect(await action(staff, 'ProposeClause')).toMatchObject({ allowed: false });
  });

  test('with it the act is accepted, and the record names both and what carried it', async () => {
    const id = await grant(['Mou.ProposeClause', 'Mou.OpenNegotiation']);
    expect(await action(staff, 'ProposeClause')).toMatchObject({ allowed: true, authority: { authorityId: id, grantedBy: 'xa-chair' } });
    expect((await proposes(staff)).status).toBe(200);
    const act = (await chairB.history('mous', 'a1')).at(-1)?.doc as Json;
    expect(act).toMatchObject({
      type: 'MouClauseProposed', data: { by: 'xa-group' }, basis: { act: 'Mou.ProposeClause' },
      actor: { personId: 'xa-secretariat', capacity: 'chair', onBehalfOf: 'xa-group', authorityId: id, grantedBy: 'xa-chair' },
    });
    expect((await chairA.doc('authorities', id)).uses).toMatchObject([{ act: 'Mou.ProposeClause', ref: 'mou-a1' }]);
    // It is the holder's alone.
    expect(outcome(await proposes(colleague))).toMatchObject(refused);
    expect((await proposes(elsewhere)).status).toBe(404);
    // It is the group's own affair, and the holder's and the grantor's.
    expect(await chairB.rows('authorities')).toEqual([]);
    expect((await staff.rows('authorities')).length).toBeGreaterThan(0);
  });

  test('it widens nothing that the holder may read: what is not there for him is not there', async () => {
    await chairC.does('mous', 'a2', 'ProposeMou', { ...PROPOSAL, mouId: 'a2', participants: ['xb-group', 'xc-group'] });
    await grant(['Mou.RequestAccession']);
    const there = await staff.give('mous', 'a2', 'RequestAccession', { letterRef: 'a letter' });
    const nowhere = await staff.give('mous', 'a-none', 'RequestAccession', { letterRef: 'a letter' });
    expect({ status: there.status, body: there.body }).toEqual({ status: 404, body: nowhere.body });
  });

  test('personal acts are done in person: signing, voting, authorising, granting authority', async () => {
    await grant(['Mou.AgreeClause']);
    expect(await staff.refused(403, 'mous', 'a1', 'InitialText')).toEqual(['authority.personal-act']);
    expect(await staff.refused(403, 'authorities', 'lent-on', 'GrantAuthority', { to: 'colleague', acts: ['Mou.AgreeClause'], until: later(2) })).toEqual(['authority.personal-act']);
    const authorisation = { subject: { type: 'mou', id: 'a1' }, act: 'sign', holder: 'xa-chair', latitude: 'editorial', expiresAt: later(9), decisionRef: 'Minutes' };
    expect(await staff.refused(403, 'groups', 'xa-group', 'GrantAuthorisation', authorisation)).toEqual(['authority.personal-act']);
    for (const act of ['Mou.SignFirst', 'DecisionProcedure.CastVote', 'DecisionProcedure.BreakSilence', 'Group.GrantAuthorisation'])
      expect(await chairA.refused(403, 'authorities', 'lent', 'GrantAuthority', { to: 'xa-secretariat', acts: [act], until: later(2) })).toEqual(['authority.personal-act']);
    expect(await chairA.refused(409, 'authorities', 'lent', 'GrantAuthority', { to: 'xa-secretariat', acts: ['Mou.Everything'], until: later(2) })).toEqual(['authority.unknown-act']);
  });

  test('a proxy signs only where the rules of the chamber allow one, and the signature names the real person', async () => {
    await chairA.does('mous', 'a3', 'ProposeMou', { ...PROPOSAL, mouId: 'a3' });
    await chairB.does('mous', 'a3', 'OpenNegotiation', { leads: {}, timetable: [] });
    await chairB.does('mous', 'a3', 'ProposeClause', clause(1));
    const [{ clauseId }] = (await chairA.doc('mous', 'a3')).clauses;
    for (const chair of [chairA, chairB]) await chair.does('mous', 'a3', 'AgreeClause', { clauseId, revision: 1, mode: 'agreed' });
    for (const chair of [chairA, chairB]) await chair.does('mous', 'a3', 'InitialText');
    const { digests: textDigests } = await chairA.doc('mous', 'a3');
    await chairB.does('groups', 'xb-group', 'GrantAuthorisation', {
      subject: { type: 'mou', id: 'a3' }, act: 'sign', holder: 'xb-chair', textDigests, latitude: 'none', expiresAt: later(9), decisionRef: 'Minutes',
    });
    const [authorisation] = await chairB.rows('authorisations', { subjectId: 'a3' });
    await chairB.does('mous', 'a3', 'RecordPartyAuthorisation', { authorisationId: authorisation!.doc.authorisationId });
    await network.does('mous', 'a3', 'OpenForSignature', { mode: 'counterparts' });

    const lend = { to: 'proxy', acts: ['Mou.SignFirst'], until: later(2) };
    expect(await chairB.refused(403, 'authorities', 'by-proxy', 'GrantAuthority', lend)).toEqual(['authority.personal-act']);
    await network.does('parliaments', 'XB', 'AdoptRulesProfile', {
      profileId: 'xb-proxy', version: '1', validFrom: '2026', groupEndsAtDissolution: true, mayUseParliamentName: false, proxyFor: ['sign'], source: { title: 'Exercise' },
    });
    await chairB.does('authorities', 'by-proxy', 'GrantAuthority', lend);
    const proxy = await world.newAccount({
      email: 'proxy@demo.example', personId: 'proxy', displayName: 'Proxy', language: 'en', exercise: true, grants: [{ capacity: 'group-secretariat', onBehalfOf: 'xb-group' }],
    });
    expect(await proxy.refused(403, 'mous', 'a3', 'DeclineMouSignature', { reason: 'x' })).toEqual(['authority.personal-act']);
    await proxy.does('mous', 'a3', 'SignFirst', { digests: textDigests });
    expect((await chairA.doc('mous', 'a3')).signatures).toMatchObject([{ groupId: 'xb-group', personId: 'xb-chair', method: 'proxy', proxyBy: 'proxy' }]);
    expect((await chairA.history('mous', 'a3')).at(-1)?.doc.actor).toMatchObject({ personId: 'proxy', grantedBy: 'xb-chair', authorityId: 'by-proxy' });
  });

  test('it is over at once when it is ended', async () => {
    for (const { id, doc } of await chairA.rows('authorities', { status: 'granted' })) {
      if (!doc.acts.includes('Mou.ProposeClause')) continue;
      expect(await chairB.refused(404, 'authorities', id, 'EndAuthority', { reason: 'x' })).toEqual(['not-found']);
      await chairA.does('authorities', id, 'EndAuthority', { reason: 'No longer needed' });
    }
    expect(outcome(await proposes(staff))).toMatchObject(refused);
  });

  test('it is over at its instant, and the record says so', async () => {
    const id = await grant(['Mou.ProposeClause'], new Date(Date.now() + 1_500).toISOString());
    expect((await proposes(staff)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect(outcome(await proposes(staff))).toMatchObject(refused);
    expect(await world.until(() => chairA.doc('authorities', id), (doc: Json) => doc.status === 'ended')).toMatchObject({ ended: { reason: 'expired' } });
  });

  test('it is over at once when the mandate of who granted it ends', async () => {
    const id = await grant(['Mou.ProposeClause']);
    expect((await proposes(staff)).status).toBe(200);
    await network.does('persons', 'xa-chair', 'EndMandate', { mandateId: 'xa-chair-1', endedOn: new Date().toISOString().slice(0, 10), reason: 'resignation' });
    expect(outcome(await proposes(staff))).toMatchObject(refused);
    expect(await network.doc('authorities', id)).toMatchObject({ status: 'ended', ended: { reason: 'mandate-ended' } });
    expect(await chairA.refused(409, 'authorities', 'late', 'GrantAuthority', { to: 'xa-secretariat', acts: ['Mou.ProposeClause'], until: later(2) })).toEqual(['authority.grantor-not-serving']);
  });
});
