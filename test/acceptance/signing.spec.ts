import { randomUUID } from 'node:crypto';
import { deadline, type Fields, type Json, type Seat, World } from './world.js';

const TEXT = { duty: 'Recalling the duty to prevent,', urge: 'Urge all governments to act;' };
const SUBJECT = { en: 'On the warning signs' };
const MOTION = { chamber: 'GB-LC01', lang: 'en', title: 'Warning signs', text: 'That this House notes the warning signs; and calls on the Government to act.' };
const LONG = 60_000;

describe('Signing a statement', () => {
  let world: World;
  let chairA: Seat;
  let memberA: Seat;
  let chairB: Seat;
  let chairC: Seat;
  let network: Seat;
  let cochair: Seat;
  let auditor: Seat;
  let count = 0;

  beforeAll(async () => {
    world = await World.open();
    [chairA, memberA, chairB, chairC, network, cochair, auditor] = (await Promise.all(
      ['chair.xa', 'member.xa', 'chair.xb', 'chair.xc', 'network', 'cochair', 'auditor'].map((n) => world.signIn(n)),
    )) as [Seat, Seat, Seat, Seat, Seat, Seat, Seat];
  }, LONG);
  afterAll(() => world.close(), LONG);

  /** A frozen text in one language, of group A with group B; `kind` as it is asked. */
  async function frozen(kind: string, variant?: Fields): Promise<string> {
    const id = `sign-${++count}`;
    await chairA.does('statements', id, 'ProposeStatement', { statementId: id, kind, subject: SUBJECT, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary' });
    await chairB.does('statements', id, 'SponsorStatement', {});
    await chairA.does('statements', id, 'StartDrafting', {});
    await chairA.does('statements', id, 'AddClause', { section: 'preambular', text: { en: TEXT.duty } });
    await chairA.does('statements', id, 'AddClause', { section: 'operative', text: { en: TEXT.urge } });
    await chairA.does('statements', id, 'CirculateDraft', { commentsDue: deadline(1) });
    for (const { id: clauseId } of (await chairA.doc('statements', id)).clauses) await chairA.does('statements', id, 'MarkClauseAgreed', { clauseId, mode: 'agreed' });
    if (variant) await chairA.does('statements', id, 'SetMotionVariant', variant);
    await chairA.does('statements', id, 'FreezeText', {});
    return id;
  }
  async function opened(policy?: Fields, kind = 'open-letter', variant?: Fields): Promise<string> {
    const id = await frozen(kind, variant);
    const thresholds = { signatories: 0, parliaments: 0, endorsements: 0, signatoriesPerGroup: 0, crossParty: false };
    await network.does('statements', id, 'OpenSignature', { closesAt: deadline(20), thresholds, ...(policy ? { policy } : {}) });
    return id;
  }
  const signing = async (id: string): Promise<Fields> => ({ digest: (await chairA.doc('statements', id)).frozen.digest, languageSeen: 'en' });
  const signs = async (who: Seat, id: string) => who.does('statements', id, 'SignStatement', await signing(id));
  const page = (id: string, who: Seat = chairC) => who.doc('statements', id);
  const names = async (id: string, who: Seat = chairC): Promise<string[]> => (await page(id, who)).signatories.filter((s: Json) => s.withdrawn === null).map((s: Json) => s.personId);
  const noticesOf = async (who: Seat, statement: string): Promise<Json[]> => (await who.rows('notices', { statement })).map((r) => r.doc);

  test('a signed party cannot reject', async () => {
    const id = await opened();
    await signs(chairA, id);
    expect(await chairA.refused(409, 'statements', id, 'DeclineToSign', { reason: 'OP1 goes too far.' })).toEqual(['statement.signed-cannot-decline']);
    const [{ at }] = (await page(id)).signatories;
    await chairA.does('statements', id, 'WithdrawSignature', { reason: 'I have changed my mind.' });
    const acts = await chairA.history('statements', id);
    // The withdrawal is an event of its own, and the time of the original signature stays.
    expect(acts.at(-1)!.doc).toMatchObject({ type: 'SignatureWithdrawn', data: { personId: 'xa-chair', signedAt: at } });
    expect(acts.find((a) => a.doc.type === 'StatementSigned')!.doc.data.at).toBe(at);
    await chairA.does('statements', id, 'DeclineToSign', { reason: 'OP1 goes too far.' });
    await chairA.does('statements', id, 'DeclineToSign', {});
    expect((await chairA.history('statements', id)).filter((a) => a.doc.type === 'SignatureDeclined')).toHaveLength(1);
    await signs(chairA, id);
    expect(await names(id)).toEqual(['xa-chair']);
  }, LONG);

  test('order and group rules cannot be skipped by a copied link', async () => {
    const id = await opened({ order: 'stages', stages: [{ title: { en: 'Group B' }, groups: ['xb-group'], persons: [] }, { groups: [], persons: ['xa-member'] }] });
    // The address and the input of a signature are what a link can carry: in another’s session they are nothing.
    const link = await signing(id);
    const early = await memberA.give('statements', id, 'SignStatement', link);
    expect([early.status, early.body.code, early.body.params]).toEqual([409, 'statement.not-your-turn', expect.objectContaining({ stage: 1, own: 2, missing: 1 })]);
    expect(await chairC.refused(409, 'statements', id, 'SignStatement', link)).toEqual(['statement.not-asked']);
    expect(await chairC.refused(409, 'statements', id, 'SignStatement', { ...link, personId: 'xb-chair', groupId: 'xb-group' })).toContain('statement.not-asked');
    expect((await page(id)).signing.stages).toMatchObject([{ open: true, missing: { groups: ['xb-group'] } }, { open: false }]);
    await chairB.does('statements', id, 'SignStatement', link);
    await memberA.does('statements', id, 'SignStatement', link);
    expect((await page(id)).signing.stages).toMatchObject([{ complete: true }, { complete: true }]);
  }, LONG);

  test('k of m names the real person', async () => {
    const id = await opened({ order: 'k-of-m', persons: ['xa-chair', 'xb-chair', 'xc-chair'], need: 2 });
    await signs(chairC, id);
    expect(await network.refused(409, 'statements', id, 'Publish')).toContain('statement.too-few-of-those-named');
    await signs(chairB, id);
    expect(await chairA.refused(409, 'statements', id, 'SignStatement', await signing(id))).toEqual(['statement.enough-signed']);
    const doc = await page(id);
    expect(doc.signing.named).toEqual({ persons: ['xa-chair', 'xb-chair', 'xc-chair'], need: 2, signed: ['xc-chair', 'xb-chair'] });
    expect(doc.signatories.map((s: Json) => s.snapshot.name)).toEqual(['Salma Haddad', 'Benoît Laurier']);
    expect((await chairA.history('statements', id)).filter((a) => a.doc.type === 'StatementSigned').map((a) => a.doc.actor.personId)).toEqual(['xc-chair', 'xb-chair']);
  }, LONG);

  test('everyone who signed is told of a withdrawal or refusal', async () => {
    const id = await opened();
    for (const who of [chairA, memberA, chairC]) await signs(who, id);
    await chairA.does('statements', id, 'WithdrawSignature', { reason: 'I have changed my mind.' });
    await chairB.does('statements', id, 'DeclineToSign', { reason: 'OP1 goes too far.' });
    for (const who of [memberA, chairC])
      expect((await noticesOf(who, id)).map((n) => [n.kind, n.about, n.title])).toEqual([['signature-withdrawn', 'xa-chair', SUBJECT], ['signature-declined', 'xb-chair', SUBJECT]]);
    expect(await noticesOf(chairB, id)).toEqual([]);
    // That they were told stands in the event itself.
    expect((await chairC.history('statements', id)).filter((a) => a.doc.data.told !== undefined).map((a) => a.doc.data.told)).toEqual([['xa-member', 'xc-chair'], ['xa-member', 'xc-chair']]);
    await network.does('statements', id, 'Publish', {});
    await memberA.does('statements', id, 'WithdrawSignature', {});
    expect((await noticesOf(chairC, id)).map((n) => n.about)).toEqual(['xa-chair', 'xb-chair', 'xa-member']);
  }, LONG);

  test('names are private until the threshold, and nothing gives them away', async () => {
    const id = await opened({ order: 'all-at-once', privateUntil: { signatories: 3, parliaments: 2 } });
    const quiet = await chairC.row('statements', id);
    await signs(chairA, id);
    await signs(memberA, id);
    await memberA.does('statements', id, 'WithdrawSignature', {});
    await signs(memberA, id);
    expect(await chairC.row('statements', id)).toEqual(quiet);
    expect(await page(id, chairA)).toEqual(quiet.doc);
    expect((await chairC.history('statements', id)).filter((a) => /^Signature|^StatementSigned/.test(a.doc.type))).toEqual([]);
    expect((await chairC.rows('pledges', { statement: id })).length).toBe(0);
    expect((await chairA.rows('pledges', { statement: id })).map((r) => [r.doc.personId, r.doc.status])).toEqual([['xa-chair', 'signed']]);
    expect((await auditor.rows('pledges', { statement: id })).map((r) => r.doc.personId).toSorted()).toEqual(['xa-chair', 'xa-member']);
    expect((await chairC.get('/api/v1/search', { q: 'Marlowe' }).expect(200)).body.hits.filter((h: Json) => h.id === id)).toEqual([]);
    // Who read the page before those signatures is not refused because of them, and is not told how many there are.
    await chairC.does('statements', id, 'EnterStatementReservation', { clauses: [], text: { en: 'Our group reserves its position.' } }, { expectedRevision: quiet.revision });
    const conflict = await chairC.give('statements', id, 'EnterStatementReservation', { text: { en: 'Another.' } }, { expectedRevision: 1 });
    expect([conflict.status, conflict.body.params.actual]).toEqual([412, (await chairC.row('statements', id)).revision]);
    expect(await network.refused(409, 'statements', id, 'Publish')).toContain('statement.signatures-private');
    await signs(chairB, id);
    expect((await page(id)).signatories.map((s: Json) => s.personId)).toEqual(['xa-chair', 'xa-member', 'xb-chair']);
    const own = (await chairA.rows('pledges', { statement: id })).find((r) => r.doc.personId === 'xa-chair')!.doc;
    expect((await page(id)).signatories[0].at).toBe(own.signature.at);
    await chairB.does('statements', id, 'WithdrawSignature', {});
    expect(await names(id)).toEqual(['xa-chair', 'xa-member']);
  }, LONG);

  test('50 parallel submissions of one signature give one event', async () => {
    const [plain, keyed] = [await opened(), await opened()];
    const [input, key] = [await signing(plain), randomUUID()];
    const fifty = (id: string, headers: Record<string, string>) => Promise.all(Array.from({ length: 50 }, () => chairA.give('statements', id, 'SignStatement', input, {}, headers)));
    const answers = [...(await fifty(plain, {})), ...(await fifty(keyed, { 'idempotency-key': key }))];
    expect([...new Set(answers.map((a) => a.status))]).toEqual([200]);
    for (const id of [plain, keyed]) {
      expect((await chairA.history('statements', id)).filter((a) => a.doc.type === 'StatementSigned')).toHaveLength(1);
      expect(await names(id)).toEqual(['xa-chair']);
    }
  }, LONG);

  describe('in a chamber with rules of its own', () => {
    let first: Seat;
    let second: Seat;

    beforeAll(async () => {
      // The House of Commons stands in the record of 2014, with its 56th Parliament as the last one known there.
      const seats = [];
      for (const n of [1, 2]) {
        const personId = `xg-${n}`;
        await network.does('persons', personId, 'RecordPerson', { personId, names: [{ full: `Member ${n} of the House`, script: 'Latn', lang: 'en' }], kind: 'parliamentarian', sources: [] });
        await network.does('persons', personId, 'BeginMandate', { mandateId: `m-${personId}`, chamberCode: 'GB-LC01', term: 56, seat: 'constituency', title: 'MP', startedOn: '2020' });
        seats.push(await world.newAccount({ email: `${personId}@demo.example`, personId, displayName: personId, language: 'en', exercise: true, grants: [{ capacity: 'member', onBehalfOf: 'xa-group' }] }));
      }
      [first, second] = seats as [Seat, Seat];
    }, LONG);

    test('a variant that breaks the form of the chamber does not go to signature', async () => {
      const text = `That this House ${Array.from({ length: 260 }, (_, i) => `word${i}`).join(' ')}.`;
      const id = await frozen('harmonised-motion', { ...MOTION, text });
      const refused = await network.give('statements', id, 'OpenSignature', {});
      expect([refused.status, refused.body.code, refused.body.params]).toEqual([409, 'statement.motion-form', { chamber: 'GB-LC01', profile: 'gb-commons-edm 2', rule: 'words', have: 263, need: 250 }]);
      expect(refused.body.detail ?? refused.body.title).toMatch(/263/);
      expect((await page(id)).variants[0].checks.filter((c: Json) => !c.ok)).toEqual([{ rule: 'words', ok: false, have: 263, need: 250 }]);
      await chairA.does('statements', id, 'SetMotionVariant', MOTION);
      await network.does('statements', id, 'OpenSignature', {});
    }, LONG);

    test('signing an amendment to a GB motion withdraws the name from the motion', async () => {
      const id = await opened(undefined, 'harmonised-motion', MOTION);
      for (const who of [first, second]) await signs(who, id);
      await second.does('statements', id, 'TableMotionAmendment', { chamber: 'GB-LC01', amendmentId: 'am-1', text: 'leave out from "act" to the end and insert "act at once".' });
      expect(await names(id)).toEqual(['xg-1']);
      await first.does('statements', id, 'SignMotionAmendment', { amendmentId: 'am-1' });
      expect(await names(id)).toEqual([]);
      expect((await page(id)).motionAmendments).toMatchObject([{ id: 'am-1', by: 'xg-2', signatories: [{ personId: 'xg-2' }, { personId: 'xg-1' }] }]);
      const withdrawn = (await first.history('statements', id)).filter((a) => a.doc.type === 'SignatureWithdrawn');
      expect(withdrawn.map((a) => [a.doc.data.personId, a.doc.data.reason, a.doc.data.told])).toEqual([['xg-2', 'signed-amendment', ['xg-1']], ['xg-1', 'signed-amendment', []]]);
      expect(await memberA.refused(409, 'statements', id, 'SignMotionAmendment', { amendmentId: 'am-1' })).toEqual(['statement.other-chamber']);
      expect(await first.refused(409, 'statements', id, 'SignStatement', await signing(id))).toEqual(['statement.signed-an-amendment']);
    }, LONG);

    test('a minister’s name is refused or removed as the profile says', async () => {
      const [motion, letter] = [await opened(undefined, 'harmonised-motion', MOTION), await opened()];
      for (const id of [motion, letter]) for (const who of [first, second, memberA]) await signs(who, id);
      const today = new Date().toISOString().slice(0, 10);
      await network.does('persons', 'xg-1', 'AssumeExecutiveOffice', { office: 'Minister of State', from: today });
      // Removed from the motion, where the rules of his chamber say so; from the letter nobody takes him away.
      expect(await names(motion)).toEqual(['xg-2', 'xa-member']);
      expect(await names(letter)).toEqual(['xg-1', 'xg-2', 'xa-member']);
      const removed = (await second.history('statements', motion)).find((a) => a.doc.type === 'SignatureRemoved')!.doc;
      expect(removed).toMatchObject({
        actor: { personId: 'system', rule: 'when-office-taken' }, basis: { rulesProfile: 'gb-commons-edm 2' },
        data: { because: 'executive-office', office: 'Minister of State', profile: { profileId: 'gb-commons-edm', version: '2' }, told: ['xg-2', 'xa-member'] },
      });
      expect((await noticesOf(second, motion)).map((n) => [n.kind, n.about])).toEqual([['signature-removed', 'xg-1']]);
      const again = await first.give('statements', motion, 'SignStatement', await signing(motion));
      expect([again.status, again.body.code, again.body.params]).toEqual([409, 'statement.minister-may-not-sign', { office: 'Minister of State', profile: 'gb-commons-edm 2' }]);
      // A mandate that ends takes no name away: the signatory is shown as he was on that day.
      await network.does('persons', 'xg-2', 'EndMandate', { mandateId: 'm-xg-2', endedOn: today, reason: 'resignation' });
      expect(await names(motion)).toEqual(['xg-2', 'xa-member']);
    }, LONG);
  });

  test('annul and correct after completion', async () => {
    const id = await opened();
    for (const who of [chairA, memberA]) await signs(who, id);
    await network.does('statements', id, 'Publish', {});
    const before = await page(id);
    await cochair.does('statements', id, 'Retract', { decisionRef: 'd-1', reason: { en: 'It rested on a false report.' } });
    const after = await page(id);
    // It removes nothing: the text and the names stay under the notice, and everyone who signed is told.
    expect(after).toMatchObject({ status: 'retracted', notices: [{ kind: 'retracted' }], clauses: before.clauses, signatories: before.signatories });
    expect((await noticesOf(memberA, id)).map((n) => [n.kind, n.reason])).toEqual([['retracted', { en: 'It rested on a false report.' }]]);
    expect(await noticesOf(chairC, id)).toEqual([]);
  }, LONG);

  test('nothing is deletable', async () => {
    const id = await opened();
    await signs(memberA, id);
    await network.does('statements', id, 'Publish', {});
    const said = (await chairC.history('statements', id)).map((a) => a.id);
    for (const method of ['DELETE', 'PUT', 'PATCH']) {
      for (const path of [`/api/v1/statements/${id}`, `/api/v1/statements/${id}/history`, `/api/v1/pledges/${id}_xa-member`, '/api/v1/statements']) {
        const answer = await fetch(`${world.url}${path}`, { method, headers: { ...network.headers, origin: `http://localhost:${world.port}`, 'sec-fetch-site': 'same-origin' } });
        expect([method, path, [404, 405].includes(answer.status)]).toEqual([method, path, true]);
      }
    }
    // Whatever may still be done to it, what was published stays readable, and no event that was told is gone.
    const text = (doc: Json): Json => doc.clauses.map((c: Json) => c.text);
    const before = text(await page(id));
    const successor = await opened();
    await network.does('statements', successor, 'Publish', {});
    const acts: [Seat, string, Fields][] = [
      [memberA, 'WithdrawSignature', {}], [chairB, 'SignStatement', await signing(id)], [chairC, 'EnterStatementReservation', { text: { en: 'We reserve.' } }],
      [network, 'LinkFollowUp', { ref: { type: 'commitment', id: 'k1' } }], [network, 'Supersede', { byStatementId: successor }], [network, 'CloseForSignature', {}],
      [cochair, 'Retract', { decisionRef: 'd-2', reason: { en: 'Overtaken.' } }],
    ];
    for (const [who, command, input] of acts) {
      await who.does('statements', id, command, input);
      expect([command, text(await page(id))]).toEqual([command, before]);
    }
    const now = (await chairC.history('statements', id)).map((a) => a.id);
    expect(now.slice(0, said.length)).toEqual(said);
    expect((await page(id)).signatories.map((s: Json) => [s.personId, s.withdrawn !== null])).toEqual([['xa-member', true], ['xb-chair', false]]);
  }, LONG);
});
