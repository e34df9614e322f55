import { createHash } from 'node:crypto';
import { readXliff, readTmx } from '#exchange';
import { isRefusal } from '#kernel';
import request from 'supertest';
import { assign, certify, type Linguists, newLinguists, revise, translate, translationOf } from './concord.js';
import { drafted } from './line.js';
import { type Fields, type Json, type Seat, World } from './world.js';

const ID = 'xliffs';
const LANG = 'fr';
const T = `${ID}-${LANG}`;
const WORDS: Record<string, string> = {
  'Recalling article 5 and [the genocide] of 1994,': 'Rappelant l’article 5 et [le génocide] de 1994,',
  'Calls upon all States to act without delay;': 'Engage tous les États à agir sans retard ;',
};
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const must = <X>(value: X): Exclude<X, { readonly refused: string }> => {
  if (isRefusal(value)) throw new Error(value.refused);
  return value as Exclude<X, { readonly refused: string }>;
};

describe('Language versions and the termbase, out to translators’ tools and back', () => {
  let world: World;
  let chair: Seat;
  let network: Seat;
  let desk: Linguists;
  let pen: Linguists['translator'];
  const upload = (who: Seat, path: string, body: string | Buffer, headers: Fields = {}) =>
    request(world.server).post(path).set({ ...who.headers, 'content-type': 'application/octet-stream', ...headers }).send(Buffer.from(body));
  const file = async (who: Seat, path: string, query: Fields = {}): Promise<Buffer> => {
    await world.settled();
    const { body, status } = await who.get(path, query).buffer(true).parse((res, done) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => done(null, Buffer.concat(chunks)));
    });
    if (status !== 200) throw new Error(`${path}: ${status} ${(body as Buffer).toString()}`);
    return body as Buffer;
  };
  const segments = async (): Promise<Json[]> => (await translationOf(pen.seat, ID, LANG)).segments as Json[];

  beforeAll(async () => {
    world = await World.open();
    network = await world.signIn('network');
    const made = await drafted(world, ID, Object.keys(WORDS).map((text, i) => ({ section: i === 0 ? 'preambular' : 'operative', text: { en: text } })));
    chair = made.chair;
    desk = (await newLinguists(world, [LANG]))[LANG]!;
    pen = desk.translator;
    await network.does('translations', T, 'RequestTranslation', { docRef: { type: 'statement', id: ID }, targetLang: LANG, status: 'courtesy' });
    await assign(network, ID, LANG, desk);
    await world.settled();
  }, 60_000);
  afterAll(() => world.close());

  test('terms come in as a table and go out as both', async () => {
    const csv = '\uFEFFconcept,domain,protected,lang,term,status,source\r\nxliff-genocide,crimes,yes,en,genocide,preferred,UNTERM\r\nxliff-genocide,crimes,yes,fr,génocide,preferred,UNTERM\r\nxliff-genocide,crimes,yes,fr,extermination,avoid,\r\n';
    const before = await world.settled();
    const compared = await upload(pen.seat, '/api/v1/terms/compare', csv, { 'x-file-name': encodeURIComponent('termes.csv') }).expect(200);
    expect(compared.body).toMatchObject({ fileDigest: sha256(csv), concepts: [{ conceptId: 'xliff-genocide', status: 'new', protected: true, merged: [{}, {}, { term: 'extermination', source: 'termes.csv' }] }] });
    expect(await world.settled()).toBe(before);
    expect((await upload(chair, '/api/v1/terms/import', csv)).status).toBe(403);
    expect((await upload(pen.seat, '/api/v1/terms/import', csv, { 'x-file-name': 'termes.csv' }).expect(200)).body.concepts).toEqual([{ conceptId: 'xliff-genocide', command: 'propose-term', code: null, title: null }]);
    await world.settled();
    expect((await upload(pen.seat, '/api/v1/terms/compare', csv, { 'x-file-name': 'termes.csv' })).body.concepts[0].status).toBe('same');
    await pen.seat.does('terms', 'xliff-genocide', 'ApproveTerm', {});
    await world.settled();
    const changed = csv.replace('avoid,\r\n', 'avoid,decision 4\r\n');
    expect((await upload(pen.seat, '/api/v1/terms/import', changed).expect(200)).body.concepts).toEqual([{ conceptId: 'xliff-genocide', command: 'revise-term', code: null, title: null }]);
    expect((await file(pen.seat, '/api/v1/terms/export', { format: 'csv' })).toString()).toContain('xliff-genocide,crimes,yes,fr,extermination,avoid,decision 4');
    const tbx = await file(pen.seat, '/api/v1/terms/export', { format: 'tbx' });
    expect((await upload(pen.seat, '/api/v1/terms/compare', tbx).expect(200)).body.concepts).toContainEqual(expect.objectContaining({ conceptId: 'xliff-genocide', status: 'same' }));
  });

  test('a file goes out, is compared without a trace, and comes back in as one act of its translator', async () => {
    const out = await file(pen.seat, `/api/v1/translations/${T}/xliff`);
    const read = must(readXliff(out));
    expect(read.units.map((u) => u.source.text)).toEqual((await segments()).map((s) => s.source));
    const back = out.toString().replaceAll(/<target xml:lang="fr" state="needs-translation">(.*?)<\/target>/g, (whole, source: string) => {
      const plain = source.replaceAll(/<[^>]*>/g, '');
      return WORDS[plain] === undefined ? whole : `<target xml:lang="fr" state="translated">${WORDS[plain]}</target>`;
    });
    const before = await world.settled();
    const { body } = await upload(pen.seat, `/api/v1/translations/${T}/compare`, back, { 'x-file-name': encodeURIComponent('texte à relire.xlf') }).expect(200);
    expect(body).toMatchObject({ fileDigest: sha256(back), fileName: 'texte à relire.xlf', version: '1.2' });
    expect(body.segments.map((s: Json) => [s.status, s.incoming, s.findings])).toEqual(read.units.map((u) => (WORDS[u.source.text] === undefined ? ['same', null, []] : ['new', WORDS[u.source.text], []])));
    expect(await world.settled()).toBe(before);

    const [one, two] = body.segments.filter((s: Json) => s.status === 'new').map((s: Json) => s.segmentId as string);
    await upload(pen.seat, `/api/v1/translations/${T}/import`, back, { 'x-segments': one, 'x-file-name': 'texte.xlf' }).expect(200);
    expect((await segments()).filter((s) => s.target !== null).map((s) => [s.id, sha256(s.target), s.origin.kind])).toEqual([[one, sha256(Object.values(WORDS)[0]!), 'xliff']]);
    await upload(pen.seat, `/api/v1/translations/${T}/import`, back, { 'x-segments': 'all' }).expect(200);
    expect((await segments()).find((s) => s.id === two)?.target).toBe(Object.values(WORDS)[1]);
    const acts = await pen.seat.history('translations', T);
    expect(acts.filter((a) => a.doc.type === 'XliffImported')).toHaveLength(2);
    expect((await upload(pen.seat, `/api/v1/translations/${T}/import`, back)).body).toMatchObject({ status: 422, code: 'exchange.nothing-to-import' });
  });

  test('what is wrong with a file is said in the reader’s language, and nothing is recorded', async () => {
    const out = (await file(pen.seat, `/api/v1/translations/${T}/xliff`, { version: '1.2' })).toString();
    const before = await world.settled();
    const code = async (body: string | Buffer, headers: Fields = {}, who = pen.seat) => {
      const answer = await upload(who, `/api/v1/translations/${T}/import`, body, headers);
      if (answer.status !== 404) expect(answer.body.title).toEqual(expect.stringMatching(/\S \S/));
      return [answer.status, answer.body.code];
    };
    expect(await code('x')).toEqual([422, 'exchange.not-xml']);
    expect(await code(out.replace('?>', '?><!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>'))).toEqual([422, 'exchange.doctype']);
    expect(await code(out.replace(`statement/${ID}`, 'statement/other'))).toEqual([422, 'exchange.wrong-document']);
    expect(await code(out.replace('target-language="fr"', 'target-language="es"'))).toEqual([422, 'exchange.wrong-language']);
    const [, , { id: clause }] = await segments();
    expect(await code(out.replace('Engage tous', 'Prie tous').replace(`"${clause}.s1"`, '"nobody.s1"'))).toEqual([422, 'exchange.unknown-segments']);
    expect(await code(out.replace(`"${clause}.s1"`, '"title.s1"'))).toEqual([422, 'exchange.duplicate-segment']);
    expect(await code(out.replace('[le génocide]', 'le génocide'))).toEqual([422, 'exchange.brackets-differ']);
    expect(await code(out, { 'x-segments': 'no-such-clause' })).toEqual([422, 'exchange.unknown-segments']);
    expect(await code(Buffer.alloc(0))).toEqual([422, 'empty-file']);
    expect(await code(Buffer.alloc(10 * 1024 * 1024 + 1))).toEqual([413, 'payload-too-large']);
    expect(await code(out, { 'content-type': 'application/json' })).toEqual([415, 'bytes-only']);
    expect(await code(out, { 'x-comity-csrf': 'wrong' })).toEqual([403, 'csrf']);
    // Not there and not for you are one answer.
    expect(await code(out.replace('Engage tous', 'Prie tous'), {}, await world.signIn('observer'))).toEqual([404, 'not-found']);
    expect((await world.anonymous.get(`/api/v1/translations/${T}/xliff`)).status).toBe(404);
    // Who may read it and does not translate it changes nothing.
    expect((await code(out.replace('Engage tous', 'Prie tous'), {}, chair))[0]).toBe(403);
    expect(await world.settled()).toBe(before);
  });

  test('what was certified is found again, by the same and by similar words, and by nobody who may not read it', async () => {
    const find = async (who: Seat, source: string, from = 'en') => (await who.get('/api/v1/memory', { source, from, to: LANG }).expect(200)).body as Json;
    const [, text] = Object.keys(WORDS);
    await world.settled();
    expect(await find(pen.seat, text!)).toEqual({ exact: [], fuzzy: [] });
    await translate(ID, LANG, desk, (s) => WORDS[s.source as string] ?? s.target ?? 'Un titre');
    await revise(ID, LANG, desk);
    await certify(ID, LANG, desk);
    await world.settled();
    expect(await find(pen.seat, text!)).toMatchObject({ exact: [{ source: text, target: WORDS[text!], origin: { type: 'statement', id: ID, at: expect.stringMatching(/Z$/), title: { fr: expect.any(String) } } }], fuzzy: [] });
    expect(await find(pen.seat, 'Calls upon all States to act at once;')).toMatchObject({ exact: [], fuzzy: [{ target: WORDS[text!], score: 0.75 }] });
    expect(await find(pen.seat, text!, 'ar')).toEqual({ exact: [], fuzzy: [] });
    for (const who of [world.anonymous, await world.signIn('observer')]) expect(await find(who, text!)).toEqual({ exact: [], fuzzy: [] });
    expect((await pen.seat.get('/api/v1/memory', { source: '', from: 'en', to: 'fr' })).body).toMatchObject({ status: 422, code: 'exchange.invalid-look-up' });
    const tmx = must(readTmx(await file(pen.seat, `/api/v1/translations/${T}/tmx`)));
    expect(tmx.units.filter((u) => WORDS[u.texts['en']!] !== undefined).map((u) => [u.texts['en'], u.texts['fr']])).toEqual(Object.entries(WORDS));
    expect((await file(pen.seat, `/api/v1/translations/${T}/xliff`, { version: '2.1' })).toString()).toContain('<gls:translation source="comity">génocide</gls:translation>');
  });
});
