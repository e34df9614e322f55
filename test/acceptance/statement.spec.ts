import { concord, newLinguists } from './concord.js';
import { deadline, type Json, type Seat, World } from './world.js';

const PROPOSAL = {
  statementId: 's1', kind: 'open-letter', subject: { en: 'On the warning signs', fr: 'Sur les signes avant-coureurs' }, leadLanguage: 'en',
  authenticLanguages: ['en', 'fr'], urgency: 'ordinary',
};
const CLAUSES = {
  duty: { section: 'preambular', text: { en: 'Recalling the duty to prevent,', fr: 'Rappelant le devoir de prévention,' } },
  concern: { section: 'preambular', text: { en: 'Deeply concerned by the warning signs,', fr: 'Profondément préoccupés par les signes avant-coureurs,' } },
  urge: { section: 'operative', text: { en: 'Urge all governments to act;', fr: 'Prions instamment tous les gouvernements d’agir;' } },
};

describe('A statement, from proposal to publication', () => {
  let world: World;
  let chairA: Seat;
  let memberA: Seat;
  let chairB: Seat;
  let memberB: Seat;
  let chairC: Seat;
  let network: Seat;

  beforeAll(async () => {
    world = await World.open();
    [chairA, memberA, chairB, chairC, network] = (await Promise.all(
      ['chair.xa', 'member.xa', 'chair.xb', 'chair.xc', 'network'].map((n) => world.signIn(n)),
    )) as [Seat, Seat, Seat, Seat, Seat];
    memberB = await world.newAccount({
      email: 'member.xb@demo.example', personId: 'xb-member', displayName: 'Julien Ashby', language: 'fr', exercise: true, grants: [{ capacity: 'member', onBehalfOf: 'xb-group' }],
    });
  }, 60_000);
  afterAll(() => world.close());

  const statement = (who: Seat = chairA) => who.doc('statements', 's1');
  const labels = async () => (await statement()).clauses.map((c: Json) => [c.label, c.text.en]);
  const idOf = async (text: string): Promise<string> => (await statement()).clauses.find((c: Json) => c.text.en === text).id;

  test('a group proposes it and another joins', async () => {
    await chairA.does('statements', 's1', 'ProposeStatement', PROPOSAL);
    await chairB.does('statements', 's1', 'SponsorStatement', {});
    expect(await statement(chairB)).toMatchObject({ status: 'proposed', sponsors: ['xa-group', 'xb-group'], proposer: 'xa-chair' });
    await chairC.get('/api/v1/statements/s1').expect(404);
  });

  test('who proposed it holds the pen, and nobody else', async () => {
    expect(await chairB.refused(403, 'statements', 's1', 'StartDrafting')).toEqual(['not-permitted']);
    await chairA.does('statements', 's1', 'StartDrafting', {});
    for (const clause of Object.values(CLAUSES)) await chairA.does('statements', 's1', 'AddClause', clause);
    expect(await labels()).toEqual([['PP1', CLAUSES.duty.text.en], ['PP2', CLAUSES.concern.text.en], ['OP1', CLAUSES.urge.text.en]]);
    expect(await chairB.refused(403, 'statements', 's1', 'AddClause', CLAUSES.urge)).toEqual(['not-permitted']);
    expect(await chairA.refused(409, 'statements', 's1', 'AddClause', { section: 'operative', text: { fr: 'Sans texte de référence;' } })).toEqual([
      'statement.lead-language-missing',
    ]);
  });

  test('numbers follow the order, and ids stay', async () => {
    const concern = await idOf(CLAUSES.concern.text.en);
    await chairA.does('statements', 's1', 'MoveClause', { clauseId: concern, after: null });
    expect(await labels()).toEqual([['PP1', CLAUSES.concern.text.en], ['PP2', CLAUSES.duty.text.en], ['OP1', CLAUSES.urge.text.en]]);
    expect(await idOf(CLAUSES.concern.text.en)).toBe(concern);
    expect(await chairA.refused(409, 'statements', 's1', 'MoveClause', { clauseId: concern, after: await idOf(CLAUSES.urge.text.en) })).toEqual(['statement.other-section']);
  });

  test('an edit on an older revision is refused with both revisions', async () => {
    const clauseId = await idOf(CLAUSES.urge.text.en);
    const { revision } = await statement();
    const edit = (baseRevision: number, en: string) => ({ clauseId, baseRevision, text: { en }, note: 'clearer' });
    await chairA.does('statements', 's1', 'EditClause', edit(revision, 'Urge every government to act;'));
    expect(await chairA.refused(409, 'statements', 's1', 'EditClause', edit(revision - 3, 'Ask all to act;'))).toEqual(['statement.clause-changed-since']);
    // The French text has fallen behind, and says so.
    expect((await statement()).clauses[2]).toMatchObject({ text: { en: 'Urge every government to act;' }, stale: ['fr'] });
    await chairA.does('statements', 's1', 'EditClause', { clauseId, baseRevision: revision + 1, text: CLAUSES.urge.text, note: 'as before, in both languages' });
    expect((await statement()).clauses[2].stale).toEqual([]);
  });

  test('it is circulated, and frozen only when every clause is agreed', async () => {
    await chairA.does('statements', 's1', 'CirculateDraft', { commentsDue: deadline(2) });
    expect(await statement(chairB)).toMatchObject({ status: 'negotiating', next: { kind: 'freeze' } });
    expect(await chairA.refused(409, 'statements', 's1', 'FreezeText', {})).toEqual(['statement.clause-open', 'statement.clause-open', 'statement.clause-open']);
    expect(await chairB.refused(403, 'statements', 's1', 'MarkClauseAgreed', { clauseId: await idOf(CLAUSES.duty.text.en), mode: 'agreed' })).toEqual(['not-permitted']);
    for (const { text } of Object.values(CLAUSES)) await chairA.does('statements', 's1', 'MarkClauseAgreed', { clauseId: await idOf(text.en), mode: 'agreed' });
    await chairA.does('statements', 's1', 'FreezeText', {});
    const { status, frozen } = await statement();
    expect(status).toBe('frozen');
    expect(frozen).toMatchObject({ digest: expect.stringMatching(/^[0-9a-f]{64}$/), digests: { en: expect.any(String), fr: expect.any(String) } });
  });

  test('it is sealed when its other language is certified, and not opened for signature before', async () => {
    expect((await statement()).next).toMatchObject({ kind: 'seal', missing: [{ refused: 'statement.language-not-certified', params: { lang: 'fr', missing: 0, stale: 0 } }] });
    expect(await network.refused(409, 'statements', 's1', 'OpenSignature', { closesAt: deadline(10) })).toEqual(['statement.not-sealed']);
    expect(await network.refused(409, 'statements', 's1', 'SealText')).toEqual(['statement.language-not-certified']);
    await concord(network, 's1', await newLinguists(world, ['fr']));
    await network.does('statements', 's1', 'SealText', {});
    const { sealed, frozen, next } = await statement();
    expect([sealed.digest, next.kind]).toEqual([frozen.digest, 'open-signature']);
  });

  test('it is opened for signature with its thresholds, and not published before they are reached', async () => {
    const opening = { closesAt: deadline(10), thresholds: { signatories: 4, parliaments: 2, crossParty: true } };
    expect(await chairA.refused(403, 'statements', 's1', 'OpenSignature', opening)).toEqual(['not-permitted']);
    await network.does('statements', 's1', 'OpenSignature', opening);
    expect(await statement(chairC)).toMatchObject({ status: 'openForSignature', progress: { signatories: { have: 0, need: 4 }, crossParty: { asked: true, have: false } } });
    expect(await network.refused(409, 'statements', 's1', 'Publish')).toEqual([
      'statement.too-few-signatories', 'statement.too-few-parliaments', 'statement.no-signatory',
    ]);
  });

  test('members of both sides of two parliaments sign the text that they have seen', async () => {
    const { frozen } = await statement();
    const sign = { digest: frozen.digest, languageSeen: 'en' };
    expect(await chairA.refused(409, 'statements', 's1', 'SignStatement', { ...sign, digest: 'a'.repeat(64) })).toEqual(['statement.not-the-frozen-text']);
    expect(await network.refused(403, 'statements', 's1', 'SignStatement', sign)).toEqual(['not-permitted']);
    await chairA.does('statements', 's1', 'SignStatement', sign);
    await chairB.does('statements', 's1', 'SignStatement', { digest: frozen.digests.fr, languageSeen: 'fr' });
    // Two parliaments, but one side of each.
    expect(await network.refused(409, 'statements', 's1', 'Publish')).toEqual([
      'statement.too-few-signatories', 'statement.not-cross-party', 'statement.not-cross-party',
    ]);
    await memberA.does('statements', 's1', 'SignStatement', sign);
    await memberB.does('statements', 's1', 'SignStatement', sign);
    // Signing twice changes nothing.
    await memberB.does('statements', 's1', 'SignStatement', sign);
    const doc = await statement(chairC);
    expect(doc.signatories.map((s: Json) => [s.personId, s.snapshot.side, s.snapshot.parliament, s.method])).toEqual([
      ['xa-chair', 'government', 'XA', 'account'], ['xb-chair', 'opposition', 'XB', 'account'], ['xa-member', 'opposition', 'XA', 'account'], ['xb-member', 'government', 'XB', 'account'],
    ]);
  });

  test('it is published with the cross-party mark, computed from who signed', async () => {
    await network.does('statements', 's1', 'Publish', {});
    const doc = await statement(chairC);
    expect(doc).toMatchObject({
      status: 'published', mark: true, penholders: [], proposer: null,
      crossParty: [{ parliament: 'XA', government: 1, opposition: 1, mark: true }, { parliament: 'XB', government: 1, opposition: 1, mark: true }],
      published: { signatoryCount: 4, parliamentCount: 2, languages: [{ tag: 'en', status: 'authentic' }, { tag: 'fr', status: 'authentic' }] },
    });
    expect(doc.clauses.map((c: Json) => c.edited)).toEqual([null, null, null]);
    expect((await chairC.get('/api/v1/search', { q: 'avant-coureurs' }).expect(200)).body.hits).toContainEqual(expect.objectContaining({ view: 'statements', id: 's1' }));
    // An exercise is never published to the public (G4).
    await world.anonymous.get('/api/v1/statements/s1').expect(404);
    expect((await world.anonymous.get('/api/v1/search', { q: 'avant-coureurs' }).expect(200)).body.hits).toEqual([]);
  });

  test('who signs after publication is a later signatory; a name withdrawn stays with its date', async () => {
    const { frozen } = await statement();
    await chairC.does('statements', 's1', 'SignStatement', { digest: frozen.digest, languageSeen: 'en' });
    await memberA.does('statements', 's1', 'WithdrawSignature', { reason: 'I have changed my mind.' });
    const { signatories } = await statement();
    expect(signatories.find((s: Json) => s.personId === 'xc-chair')).toMatchObject({ later: true, withdrawn: null });
    expect(signatories.find((s: Json) => s.personId === 'xa-member')).toMatchObject({ withdrawn: { reason: 'I have changed my mind.' } });
  });
});
