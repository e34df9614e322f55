import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { kebab } from '../../apps/server/src/http/kebab.js';
import { DEMO_PASSWORD } from '../../apps/server/src/demo.js';
import { later, type Json, type Seat, World } from './world.js';

const MOU = {
  titles: { en: 'A memorandum' }, participants: ['xa-group', 'xb-group'], purpose: { en: 'To work together.' }, bindingness: 'political', authenticLanguages: ['en'],
  effect: { rule: 'last-signature' }, accession: 'closed', withdrawalNoticeMonths: 3, amendmentConsent: 'all', suspension: 'none', numberStyle: 'paragraphs', renewal: 'none',
};

describe('The HTTP interface', () => {
  let world: World;
  let chairA: Seat;
  let chairB: Seat;
  let chairC: Seat;
  let network: Seat;
  beforeAll(async () => {
    world = await World.open();
    [chairA, chairB, chairC, network] = (await Promise.all(['chair.xa', 'chair.xb', 'chair.xc', 'network'].map((n) => world.signIn(n)))) as [Seat, Seat, Seat, Seat];
  });
  afterAll(() => world.close());

  const propose = (id: string): Json => ({ input: { mouId: id, ...MOU } });
  const path = (id: string, command = 'propose-mou') => `/api/v1/mous/${id}/${command}`;

  describe('refuses, and records nothing', () => {
    let before: string;
    beforeEach(async () => {
      before = await world.settled();
    });
    afterEach(async () => {
      expect(await world.settled()).toBe(before);
    });

    test('a wrong password and an unknown address with one answer', async () => {
      const ask = (email: string) => world.anonymous.post('/api/v1/session', { email, password: 'not the right password' });
      const [known, unknown] = await Promise.all([ask('chair.xa@demo.example'), ask('nobody@demo.example')]);
      expect(known.status).toBe(401);
      expect(unknown.body).toEqual(known.body);
      expect(known.headers['set-cookie']).toBeUndefined();
      expect(known.body).toMatchObject({ code: 'sign-in-failed', status: 401, title: expect.stringMatching(/\S \S/) });
      const keys = (answer: request.Response) => Object.keys(answer.headers).filter((h) => !['date', 'content-length'].includes(h)).toSorted();
      expect(keys(unknown)).toEqual(keys(known));
    });

    test('a field that does not fit, named in the language of who asks', async () => {
      const wrong = { input: { ...MOU, mouId: 'm-bad', bindingness: 'holy', participants: 'xa-group' } };
      const said: Record<string, Json> = {};
      for (const [lang, who] of Object.entries({ en: chairA, fr: chairB, ar: chairC })) {
        const { status, body, headers } = await who.post(path('m-bad'), wrong);
        expect(status).toBe(422);
        expect(headers['content-language']).toBe(lang);
        expect(body).toMatchObject({ code: 'invalid-input', type: '/problems/invalid-input' });
        expect(body.fields.map((f: Json) => f.path).toSorted()).toEqual(['bindingness', 'participants']);
        said[lang] = { title: body.title, messages: body.fields.map((f: Json) => f.message) };
      }
      expect(JSON.stringify(said['ar'])).toMatch(/\p{Script=Arabic}/u);
      expect(said['fr'].title).not.toBe(said['en'].title);
      for (const [i, message] of (said['en'].messages as string[]).entries()) {
        expect(said['fr'].messages[i]).not.toBe(message);
        expect(said['ar'].messages[i]).toMatch(/\p{Script=Arabic}/u);
      }
    });

    test('a field of the envelope that does not fit', async () => {
      const { status, body } = await chairA.post(path('m-bad'), { ...propose('m-bad'), expectedRevision: -1 });
      expect([status, body.code, body.fields[0].path]).toEqual([422, 'invalid-input', 'expectedRevision']);
      const strange = await chairA.post(path('m-bad'), { ...propose('m-bad'), actor: { personId: 'xb-chair', capacity: 'chair', onBehalfOf: 'xb-group' } });
      expect(strange.status).toBe(422);
    });

    test('an unknown command, collection and address', async () => {
      expect((await chairA.post(path('m1', 'explode'))).body).toMatchObject({ status: 404, code: 'unknown-command' });
      expect((await chairA.post('/api/v1/nothing/m1/propose-mou')).body).toMatchObject({ status: 404, code: 'unknown-command' });
      expect((await chairA.get('/api/v1/nothing')).body).toMatchObject({ status: 404, code: 'not-found' });
      expect((await chairA.get('/api/v1/mous/__proto__')).status).toBe(404);
      expect((await chairA.post('/api/v1/__proto__/m1/constructor')).status).toBe(404);
      expect((await chairA.post('/api/v1/mous/bad%20id/propose-mou', propose('x'))).body).toMatchObject({ status: 422, code: 'invalid-id' });
    });

    test('an act of nobody', async () => {
      expect((await world.anonymous.post(path('m1'), propose('m1'))).body).toMatchObject({ status: 401, code: 'unauthenticated' });
    });

    test('an act without the token, with that of another session, and from another site', async () => {
      const post = (headers: Record<string, string>) => request(world.app.getHttpServer()).post(path('m1')).set(headers).send(propose('m1') as object);
      const { cookie } = chairA.headers as { cookie: string };
      expect((await post({ cookie })).body).toMatchObject({ status: 403, code: 'csrf' });
      expect((await post({ cookie, 'x-comity-csrf': chairB.headers['x-comity-csrf']! })).body).toMatchObject({ status: 403, code: 'csrf' });
      for (const origin of ['https://evil.example', `http://localhost:${world.port + 1}`, 'null', `http://localhost.evil.example:${world.port}`])
        expect({ origin, status: (await post({ ...chairA.headers, origin })).status }).toEqual({ origin, status: 403 });
      for (const site of ['cross-site', 'same-site', 'none'])
        expect({ site, status: (await post({ ...chairA.headers, 'sec-fetch-site': site })).status }).toEqual({ site, status: 403 });
      // Nor can another site sign anybody in.
      const signIn = await world.anonymous.post('/api/v1/session', { email: 'chair.xa@demo.example', password: DEMO_PASSWORD }, { origin: 'https://evil.example' });
      expect([signIn.status, signIn.headers['set-cookie']]).toEqual([403, undefined]);
    });

    test('what is not JSON, and what is no JSON', async () => {
      const raw = (type: string, body: string) => request(world.app.getHttpServer()).post(path('m1')).set(chairA.headers).set('content-type', type).send(body);
      expect((await raw('application/json', '{"input": ')).body).toMatchObject({ status: 400, code: 'invalid-json' });
      expect((await raw('application/json', '')).status).toBe(400);
      expect((await raw('application/x-www-form-urlencoded', 'input=1')).body).toMatchObject({ status: 415, code: 'json-only' });
      expect((await raw('text/plain', JSON.stringify(propose('m1')))).body).toMatchObject({ status: 415, code: 'json-only' });
      // A name that would reach into the prototype of objects.
      expect((await raw('application/json', '{"input":{"__proto__":{"mouId":"m1"}}}')).status).toBe(400);
    });

    test('what two programs could read differently: a name that stands twice, a number that is not exact, half a character', async () => {
      const raw = (body: string) => request(world.app.getHttpServer()).post(path('m1')).set(chairA.headers).set({ 'content-type': 'application/json', 'accept-language': 'fr' }).send(body);
      for (const [body, reason] of [['{"input":{"mouId":"m1","mouId":"m2"}}', 'duplicateKey'], ['{"input":{},"expectedRevision":9007199254740993}', 'number'], ['{"input":{"mouId":"\\ud800"}}', 'text']])
        expect((await raw(body!)).body).toMatchObject({ status: 400, code: 'invalid-json', params: { reason } });
    });

    test.each([['put', '/api/v1/groups', 'GET, HEAD'], ['delete', '/api/v1/groups/gb-appg', 'GET, HEAD'], ['patch', path('m1'), 'POST'], ['options', '/api/v1/session', 'DELETE, GET, HEAD, PATCH, POST']] as const)(
      'a method that is not there: %s %s',
      async (method, url, allow) => {
        const answer = await request(world.app.getHttpServer())[method](url).set(chairA.headers);
        expect([answer.status, answer.body.code, answer.headers['allow']]).toEqual([405, 'method-not-allowed', allow]);
      },
    );

    test('a parameter of a read, with the bounds of what fits', async () => {
      const fields = async (query: string) => (await world.anonymous.get(`/api/v1/groups?${query}`).expect(422)).body.fields as Json[];
      expect(await fields('limit=501')).toEqual([expect.objectContaining({ path: 'limit', message: expect.stringContaining('500') })]);
      expect(await fields('asOf=banana')).toEqual([expect.objectContaining({ path: 'asOf', message: expect.stringContaining('YYYY-MM-DD') })]);
      expect(await fields('minPosition=x')).toEqual([expect.objectContaining({ path: 'minPosition', code: 'position' })]);
    });

    test('a body over 64 kB', async () => {
      const long = { input: { mouId: 'm1', ...MOU, purpose: { en: 'x'.repeat(70_000) } } };
      expect((await chairA.post(path('m1'), long)).body).toMatchObject({ status: 413, code: 'payload-too-large' });
    });

    test('a key that is none', async () => {
      expect((await chairA.post(path('m1'), propose('m1'), { 'idempotency-key': 'again' })).body).toMatchObject({ status: 422, code: 'invalid-idempotency-key' });
    });

    test('a filter by what the collection has not, and parameters that do not fit', async () => {
      expect((await chairA.get('/api/v1/mous', { colour: 'red' })).body).toMatchObject({ status: 422, code: 'unknown-column' });
      for (const query of [{ asOf: 'yesterday' }, { limit: '0' }, { limit: '501' }, { minPosition: '-1' }, { known: '2014' }])
        expect((await chairA.get('/api/v1/mous', query)).body).toMatchObject({ status: 422, code: 'invalid-input', fields: [{ path: Object.keys(query)[0] }] });
      expect((await chairA.get('/api/v1/search', { q: ' ' })).body).toMatchObject({ status: 422, code: 'invalid-search' });
    });
  });

  test('the same search never fails, whatever is typed', async () => {
    for (const q of ['"', "'; DROP TABLE search; --", '* OR *', 'NEAR(', '(((', 'a'.repeat(200), '\u0000x', 'مجموعة', '💥'])
      expect({ q, status: (await chairA.get('/api/v1/search', { q })).status }).toEqual({ q, status: 200 });
  });

  test('if somebody else was first, the act is refused with 412 and the revision that stands', async () => {
    const { revision } = await chairA.does('mous', 'm-first', 'ProposeMou', { mouId: 'm-first', ...MOU });
    const open = { leads: {}, timetable: [] };
    await chairB.does('mous', 'm-first', 'OpenNegotiation', open, { expectedRevision: revision });
    const before = await world.settled();
    const { status, body } = await chairA.give('mous', 'm-first', 'AbandonMou', { reason: 'seen too early' }, { expectedRevision: revision });
    expect([status, body.code, body.params]).toEqual([412, 'revision-conflict', { expected: 1, actual: 2 }]);
    expect(await world.settled()).toBe(before);
    const row = await chairA.row('mous', 'm-first');
    await chairA.does('mous', 'm-first', 'AbandonMou', { reason: 'seen' }, { expectedRevision: row.revision });
  });

  test('the same key gives the same answer, also at once, and one act', async () => {
    const key = randomUUID();
    const send = () => chairA.post(path('m-key'), propose('m-key'), { 'idempotency-key': key });
    const answers = [...(await Promise.all([send(), send(), send(), send(), send()])), await send()];
    for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 200, body: answers[0]?.body });
    expect(await chairA.history('mous', 'm-key')).toHaveLength(1);
    // Under the same key something else is not an act that was made.
    const other = await chairA.post(path('m-other'), propose('m-other'), { 'idempotency-key': key });
    expect([other.status, other.body.code]).toEqual([409, 'command-id-reused']);
    // And it is nobody else's answer.
    const strange = await chairB.post(path('m-key', 'open-negotiation'), { input: { leads: {}, timetable: [] } }, { 'idempotency-key': key });
    expect([strange.status, strange.body.code]).toEqual([409, 'command-id-reused']);
    expect(await chairA.doc('mous', 'm-key')).toMatchObject({ status: 'proposed' });
  });

  test('a read waits for the position of one’s own act', async () => {
    for (let i = 0; i < 20; i++) {
      const { position } = await chairA.does('mous', `m-own-${i}`, 'ProposeMou', { mouId: `m-own-${i}`, ...MOU });
      await chairA.get(`/api/v1/mous/m-own-${i}`, { minPosition: position }).expect(200);
    }
  });

  test('OpenAPI tells of every command and every collection, and the pages of it answer', async () => {
    const { body } = await world.anonymous.get('/api/openapi.json').expect(200);
    const missing: string[] = [];
    const { aggregates } = world.services.platform.registry;
    for (const aggregate of aggregates) {
      const collection = [...world.catalogue.collections].find(([, a]) => a.name === aggregate.name)?.[0];
      if (collection === undefined || body.paths[`/api/v1/${collection}`]?.get === undefined) missing.push(aggregate.name);
      for (const command of Object.keys(aggregate.commands))
        if (body.paths[`/api/v1/${collection}/{id}/${kebab(command)}`]?.post?.requestBody === undefined) missing.push(`${aggregate.name}.${command}`);
    }
    expect(missing).toEqual([]);
    expect(body.openapi).toBe('3.1.0');
    expect(world.catalogue.queries.filter(({ path }) => body.paths[`/api/v1/${path}`]?.get === undefined)).toEqual([]);
    const page = await world.anonymous.get('/api/docs').redirects(1);
    // The page writes HTML of its own: under the workspace's policy it would stay half empty.
    expect(page.headers['content-security-policy']).not.toContain('trusted-types');
    expect((await world.anonymous.get('/api/docs').redirects(1)).status).toBe(200);
    await world.anonymous.get('/api/openapi.yaml').expect(200);
  });

  test('what a form needs is told: the acts that are possible, with their fields', async () => {
    const { body } = await chairA.get('/api/v1/mous/m-key/actions', { minPosition: await world.settled() }).expect(200);
    const of = (command: string) => body.actions.find((a: Json) => a.command === command);
    expect(of('AbandonMou')).toMatchObject({ allowed: true, because: 'allowed', input: { type: 'object' } });
    expect(of('SignFirst')).toMatchObject({ allowed: false, because: 'not-now', input: null });
    expect(of('OpenForSignature')).toMatchObject({ allowed: false, because: 'not-you' });
  });

  test('security headers are on every answer', async () => {
    const { headers } = await world.anonymous.get('/api/v1/groups').expect(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['vary']).toContain('Cookie');
  });

  test('the cookie of a session is not for scripts, and its token is nowhere in the answer', async () => {
    const answer = await world.anonymous.post('/api/v1/session', { email: 'Observer@Demo.Example', password: DEMO_PASSWORD }).expect(200);
    const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^comity=[\w-]{40,}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    expect(JSON.stringify(answer.body)).not.toContain(cookie.split(/[=;]/)[1]);
  });

  test('a session that is revoked is over at once', async () => {
    const leaving = await world.signIn('chair.xb');
    const { body: me } = await leaving.get('/api/v1/session').expect(200);
    expect(me.account).toMatchObject({ personId: 'xb-chair', exercise: true });
    const { identity } = world.services;
    const account = (await identity.accounts.findByEmail('chair.xb@demo.example'))!;
    const [newest] = await identity.sessions.list(account.accountId);
    await identity.sessions.revoke(newest!.sessionId);
    const before = await world.settled();
    expect((await leaving.post(path('m-gone'), propose('m-gone'))).body).toMatchObject({ status: 401, code: 'session-ended' });
    expect((await leaving.get('/api/v1/inbox')).status).toBe(401);
    expect((await leaving.post('/api/v1/session/ticket')).status).toBe(401);
    expect((await leaving.get('/api/v1/session')).body.account).toBeNull();
    expect(await world.settled()).toBe(before);
    // Signing out does the same from the other side.
    const out = await world.signIn('chair.xb');
    await request(world.app.getHttpServer()).delete('/api/v1/session').set(out.headers).expect(204);
    expect((await out.get('/api/v1/inbox')).status).toBe(401);
  });

  test('an export gives the acts that its reader may read, and no others', async () => {
    const { revision } = await network.row('applications', 'xc-application');
    await network.does('decisions', 'd-export', 'OpenBallot', {
      subject: { type: 'application', id: 'xc-application', revision, title: { en: 'Admission of group C' } }, rule: 'simple', secret: false, closesAt: later(5), quorum: 1,
    });
    await chairA.does('decisions', 'd-export', 'CastVote', { option: 'no' });
    await world.settled();
    const lines = async (who: Seat): Promise<Json[]> => {
      const { text, headers } = await who.get('/api/v1/decisions/d-export/export').buffer(true).expect(200);
      expect(headers['content-type']).toMatch(/^application\/jsonl/);
      return text.trimEnd().split('\n').map((line) => JSON.parse(line) as Json);
    };
    const votes = async (who: Seat) => (await lines(who)).filter((e) => e.type === 'VoteCast').map((e) => e.data.by);
    expect(await votes(chairA)).toEqual(['xa-group']);
    expect(await votes(chairB)).toEqual([]);
    expect(await votes(network)).toEqual([]);
    expect(await votes(await world.signIn('auditor'))).toEqual(['xa-group']);
    const own = await lines(chairA);
    expect(own.map((e) => e.revision)).toEqual(own.map((_, i) => i + 1));
    await world.anonymous.get('/api/v1/decisions/d-export/export').expect(404);
    // The same holds for the activity stream, and for what a position in it tells.
    const { body } = await chairB.get('/api/v1/decisions/d-export/history', { limit: 500 }).expect(200);
    expect(JSON.stringify(body)).not.toContain('VoteCast');
  });

  test('the server tells that it runs and that it can serve', async () => {
    expect((await world.anonymous.get('/health/live').expect(200)).body).toEqual({ status: 'ok' });
    const end = await world.settled();
    expect((await world.anonymous.get('/health/ready').expect(200)).body).toEqual({ status: 'ok', recorded: end, shown: end, roles: ['api', 'live', 'projector'], projecting: true });
  });
});
