import { createHash } from 'node:crypto';
import { clausesFromDocx, fromAkomaNtoso } from '#exchange';
import { isRefusal } from '#kernel';
import { OPENING_VERBS } from '#contexts/statements';
import request from 'supertest';
import { type Json, type Seat, World } from './world.js';

const PROPOSAL = { statementId: 'x1', kind: 'open-letter', subject: { en: 'On the warning signs', fr: 'Sur les signes avant-coureurs' }, leadLanguage: 'en', authenticLanguages: ['en', 'fr'], urgency: 'ordinary' };
const CLAUSES = [
  { section: 'preambular', verb: 'recalling', text: { en: 'Recalling the duty to prevent,', fr: 'Rappelant le devoir de prévention,' } },
  { section: 'operative', verb: 'urges', text: { en: 'Urges all governments to act <now> & together;', fr: 'Prie instamment tous les gouvernements d’agir ;' } },
];
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

describe('Exports and imports', () => {
  let world: World;
  let chairA: Seat;
  let chairB: Seat;
  let chairC: Seat;

  beforeAll(async () => {
    world = await World.open();
    [chairA, chairB, chairC] = (await Promise.all(['chair.xa', 'chair.xb', 'chair.xc'].map((n) => world.signIn(n)))) as [Seat, Seat, Seat];
    await chairA.does('statements', 'x1', 'ProposeStatement', PROPOSAL);
    await chairB.does('statements', 'x1', 'SponsorStatement', {});
    await chairA.does('statements', 'x1', 'StartDrafting', {});
    for (const clause of CLAUSES) await chairA.does('statements', 'x1', 'AddClause', clause);
    await world.settled();
  }, 60_000);
  afterAll(() => world.close());

  /** The bytes of a file, and what its headers say. */
  async function file(who: Seat, path: string, query: Readonly<Record<string, string>> = {}) {
    const answer = await who.get(`/api/v1/exports/${path}`, query).buffer(true).parse((res, done) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => done(null, Buffer.concat(chunks)));
    });
    return { status: answer.status, headers: answer.headers, bytes: answer.body as Buffer };
  }
  const send = (who: Seat, bytes: Buffer, name = 'a.docx', query = '') =>
    request(world.server).post(`/api/v1/imports/clauses${query}`).set({ ...who.headers, 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) }).send(bytes);

  test('a statement leaves as Word and comes back clause by clause; its labels, verbs and language too', async () => {
    const { status, headers, bytes } = await file(chairA, 'statements/x1.docx', { lang: 'fr' });
    expect([status, headers['content-type'], headers['content-disposition'], headers['content-language'], headers['x-content-type-options']]).toEqual([
      200, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'attachment; filename="statement-x1-fr.docx"', 'fr', 'nosniff',
    ]);
    const read = await clausesFromDocx(bytes, OPENING_VERBS, 'fr');
    if (isRefusal(read)) throw new Error(read.refused);
    expect(read.clauses).toEqual(CLAUSES.map((c, i) => ({ section: c.section, verb: c.verb, label: i === 0 ? 'PP1' : 'OP1', text: c.text.fr })));
    const { body } = await send(chairB, bytes, 'déclaration.docx', '?lang=fr').expect(200);
    expect(body).toEqual(read);
    expect((await file(chairA, 'statements/x1.docx', { lang: 'all', layout: 'columns' })).headers['content-language']).toBe('en, fr');
  });
  test('it leaves as Akoma Ntoso with the acts that the reader may read, in the reader’s own language where none is asked for', async () => {
    const { headers, bytes } = await file(chairB, 'statements/x1.akn');
    expect([headers['content-disposition'], headers['content-language']]).toEqual(['attachment; filename="statement-x1-fr.akn.xml"', 'fr']);
    const read = fromAkomaNtoso(bytes);
    expect(read).toMatchObject({ type: 'statement', name: 'openLetter', lang: 'fr', title: PROPOSAL.subject.fr, revision: 2 });
    expect(read.clauses.map((c) => c.text)).toEqual(CLAUSES.map((c) => c.text.fr));
    // The proposal was his group's who made it: the sponsor who came later has not read of it.
    expect(read.history).toEqual([]);
    expect(fromAkomaNtoso((await file(chairA, 'statements/x1.akn')).bytes).history).toMatchObject([{ act: 'proposed', outcome: null }]);
  });
  test('what one may not read is not there, and neither is what does not exist', async () => {
    for (const who of [world.anonymous, chairC]) for (const format of ['docx', 'akn', 'json', 'txt', 'ics']) expect((await file(who, `statements/x1.${format}`)).status).toBe(404);
    expect((await file(chairA, 'statements/none.docx')).status).toBe(404);
    expect((await file(chairA, 'persons/xa-chair.json')).status).toBe(404);
    expect((await file(chairA, 'statements/..%2f..%2fx1.docx')).status).toBe(404);
  });
  test('the plain text is what is digested: the SHA-256 of the file is the digest of the frozen text', async () => {
    await chairA.does('statements', 'x1', 'CirculateDraft', { commentsDue: { instant: '2030-01-01T12:00:00.000Z', wallTime: '12:00', timezone: 'UTC' } });
    const { clauses } = await chairA.doc('statements', 'x1');
    for (const { id } of clauses as Json[]) await chairA.does('statements', 'x1', 'MarkClauseAgreed', { clauseId: id, mode: 'agreed' });
    await chairA.does('statements', 'x1', 'FreezeText', {});
    await world.settled();
    const { frozen } = await chairA.doc('statements', 'x1');
    for (const lang of Object.keys(frozen.digests as Json)) expect(sha256((await file(chairA, 'statements/x1.txt', { lang })).bytes)).toBe(frozen.digests[lang]);
    const calendar = (await file(chairA, 'statements/x1.ics', { lang: 'en' })).bytes.toString();
    expect(calendar).toContain('Comments due: On the warning signs');
  });
  test('the memorandum of 2014 leaves with what is known of it; its year stays a year', async () => {
    const { status, bytes } = await file(world.anonymous, 'mous/2014-gb-ca.akn', { lang: 'en' });
    expect(status).toBe(200);
    const read = fromAkomaNtoso(bytes);
    expect(read).toMatchObject({ type: 'mou', name: 'memorandumOfUnderstanding', clauses: [] });
    expect(read.history.map((h) => [h.act, h.at])).toEqual(expect.arrayContaining([['recorded-from-source', '2014']]));
    expect(read.signatories.length).toBeGreaterThan(0);
    const popolo = JSON.parse((await file(world.anonymous, 'mous/2014-gb-ca.json')).bytes.toString()) as Json;
    expect(popolo.motions).toHaveLength(1);
    expect(popolo.motions[0].supporters).toHaveLength(popolo.persons.length);
    expect((await file(world.anonymous, 'mous/2014-gb-ca.docx')).status).toBe(200);
  });
  test('an unknown format, language or amendment is refused in words', async () => {
    for (const [path, query, status, code] of [
      ['statements/x1.exe', {}, 422, 'exchange.unknown-format'], ['statements/x1.docx', { lang: 'sw' }, 422, 'exchange.unknown-language'], ['statements/x1.docx', { amendments: 'none' }, 404, 'exchange.unknown-amendment'],
    ] as const) {
      const answer = await chairA.get(`/api/v1/exports/${path}`, query).expect(status);
      expect(answer.body.code).toBe(code);
      expect(answer.body.title).toMatch(/\S \S/);
    }
  });
  test('an import proposes and records nothing; files that are none are refused in words', async () => {
    const before = await world.settled();
    const text = Buffer.from('Title\n\nRecalling the duty,\n\nUrges all;');
    expect((await send(chairA, text, 'a.txt', '?lang=en').expect(200)).body.clauses.map((c: Json) => [c.section, c.verb])).toEqual([['preambular', 'recalling'], ['operative', 'urges']]);
    expect((await send(chairA, Buffer.from([0x50, 0x4b, 1, 2, 3])).expect(422)).body.code).toBe('exchange.not-docx');
    expect((await send(chairA, Buffer.from([0xd0, 0xcf, 0x11, 0xe0])).expect(422)).body.code).toBe('exchange.encrypted');
    expect((await send(world.anonymous, text)).status).toBe(401);
    expect(await world.settled()).toBe(before);
  });

  test('a statement leaves as PDF, in the language that is asked for', async () => {
    for (const lang of ['en', 'fr']) {
      const { body, headers } = await chairA.get('/api/v1/exports/statements/x1.pdf', { lang }).buffer(true).parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      }).expect(200);
      expect([headers['content-type'], headers['content-language'], (body as Buffer).subarray(0, 8).toString()]).toEqual(['application/pdf', lang, '%PDF-1.7']);
    }
    await world.anonymous.get('/api/v1/exports/statements/x1.pdf').expect(404);
  });
});
