import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Label } from '#kernel';
import { readConfig } from '#platform/runtime';
import { pino } from 'pino';
import { createApp } from '../../apps/server/src/create-app.js';
import { openServices } from '../../apps/server/src/open-services.js';
import { type Json, type Seat, World } from './world.js';

/** Who may read what: domain.md G5 and G6, security.md 1 and 2. Written down once more on purpose, and not by the code that it judges. */
const MATRIX: Readonly<Record<string, Readonly<Record<Label['tlp'], 'all' | 'own' | 'none'>>>> = {
  anonymous: { CLEAR: 'all', GREEN: 'none', AMBER: 'none', 'AMBER+STRICT': 'none', RED: 'none' },
  observer: { CLEAR: 'all', GREEN: 'own', AMBER: 'own', 'AMBER+STRICT': 'own', RED: 'own' },
  'member.xa': { CLEAR: 'all', GREEN: 'all', AMBER: 'own', 'AMBER+STRICT': 'own', RED: 'own' },
  'secretariat.xa': { CLEAR: 'all', GREEN: 'all', AMBER: 'own', 'AMBER+STRICT': 'own', RED: 'own' },
  'chair.xa': { CLEAR: 'all', GREEN: 'all', AMBER: 'own', 'AMBER+STRICT': 'own', RED: 'own' },
  'chair.xb': { CLEAR: 'all', GREEN: 'all', AMBER: 'own', 'AMBER+STRICT': 'own', RED: 'own' },
  network: { CLEAR: 'all', GREEN: 'all', AMBER: 'all', 'AMBER+STRICT': 'own', RED: 'own' },
  auditor: { CLEAR: 'all', GREEN: 'all', AMBER: 'all', 'AMBER+STRICT': 'all', RED: 'own' },
};

/** Every route, and what somebody without an account gets for the most harmless request to it. A route that is not here fails. */
const ROUTES: Readonly<Record<string, { readonly path?: string; readonly body?: Json; readonly bytes?: true; readonly anonymous: number }>> = {
  'GET /api/v1/activity': { anonymous: 200 },
  'GET /api/v1/inbox': { anonymous: 401 },
  'GET /api/v1/search': { path: '/api/v1/search?q=rwanda', anonymous: 200 },
  'GET /api/v1/names': { anonymous: 200 },
  'GET /api/v1/event-shapes': { anonymous: 200 },
  'GET /api/v1/session': { anonymous: 200 },
  'POST /api/v1/session': { body: { email: 'nobody@example.org', password: 'x' }, anonymous: 401 },
  'PATCH /api/v1/session': { body: { language: 'fr' }, anonymous: 401 },
  'DELETE /api/v1/session': { anonymous: 204 },
  'POST /api/v1/session/ticket': { anonymous: 401 },
  'GET /api/v1/:collection': { path: '/api/v1/groups', anonymous: 200 },
  'GET /api/v1/:collection/new/actions': { path: '/api/v1/groups/new/actions', anonymous: 200 },
  'GET /api/v1/:collection/:id': { path: '/api/v1/groups/xa-group', anonymous: 404 },
  'GET /api/v1/:collection/:id/actions': { path: '/api/v1/groups/xa-group/actions', anonymous: 404 },
  'GET /api/v1/texts/:cell/commits': { path: '/api/v1/texts/c1_en/commits', anonymous: 404 },
  'GET /api/v1/:collection/:id/history': { path: '/api/v1/groups/xa-group/history', anonymous: 200 },
  'GET /api/v1/:collection/:id/export': { path: '/api/v1/groups/xa-group/export', anonymous: 404 },
  'POST /api/v1/:collection/:id/:command': { path: '/api/v1/groups/xa-group/enrol-member', body: { input: {} }, anonymous: 401 },
  'GET /api/v1/exports/:collection/:file': { path: '/api/v1/exports/statements/s1.docx', anonymous: 404 },
  'POST /api/v1/imports/clauses': { bytes: true, anonymous: 401 },
  'GET /api/v1/translations/:id/xliff': { path: '/api/v1/translations/s1-fr/xliff', anonymous: 404 },
  'GET /api/v1/translations/:id/tmx': { path: '/api/v1/translations/s1-fr/tmx', anonymous: 404 },
  'POST /api/v1/translations/:id/compare': { path: '/api/v1/translations/s1-fr/compare', bytes: true, anonymous: 401 },
  'POST /api/v1/translations/:id/import': { path: '/api/v1/translations/s1-fr/import', bytes: true, anonymous: 401 },
  'GET /api/v1/terms/export': { anonymous: 200 },
  'POST /api/v1/terms/compare': { bytes: true, anonymous: 401 },
  'POST /api/v1/terms/import': { bytes: true, anonymous: 401 },
  'POST /api/v1/attachments': { path: '/api/v1/attachments?subject=statements/s1', bytes: true, anonymous: 401 },
  'GET /files/:id/:name': { path: '/files/none/none.pdf', anonymous: 404 },
  'GET /api/v1/memory': { path: '/api/v1/memory?source=text&from=en&to=fr', anonymous: 200 },
  'GET /i18n/:file': { path: '/i18n/en.json', anonymous: 200 },
  'GET /i18n/cldr/:file': { path: '/i18n/cldr/rw.json', anonymous: 200 },
  'GET /public': { anonymous: 302 },
  'GET /public/statements/:id': { path: '/public/statements/any', anonymous: 302 },
  'GET /public/statements/:id/:version': { path: '/public/statements/any/r1', anonymous: 302 },
  'GET /public/assets/:file': { path: '/public/assets/none.css', anonymous: 404 },
  'GET /public/:lang': { path: '/public/en', anonymous: 200 },
  'GET /public/:lang/statements': { path: '/public/en/statements', anonymous: 200 },
  'GET /public/:lang/statements/:id': { path: '/public/en/statements/exercise-statement', anonymous: 404 },
  'GET /public/:lang/statements/:id/embed': { path: '/public/en/statements/exercise-statement/embed', anonymous: 404 },
  'GET /public/:lang/statements/:id/:version': { path: '/public/en/statements/exercise-statement/r1', anonymous: 404 },
  'GET /public/:lang/memoranda': { path: '/public/en/memoranda', anonymous: 200 },
  'GET /public/:lang/memoranda/:id': { path: '/public/en/memoranda/exercise-mou', anonymous: 404 },
  'GET /public/:lang/network': { path: '/public/en/network', anonymous: 200 },
  'GET /public/:lang/timeline': { path: '/public/en/timeline', anonymous: 200 },
  'GET /public/:lang/verify': { path: '/public/en/verify', anonymous: 200 },
  'POST /public/:lang/verify': { path: '/public/en/verify', anonymous: 415 },
  'GET /public/:lang/commitments': { path: '/public/en/commitments', anonymous: 200 },
  'GET /public/:lang/feed.atom': { path: '/public/en/feed.atom', anonymous: 200 },
  'GET /public/:lang/calendar.ics': { path: '/public/en/calendar.ics', anonymous: 200 },
  'GET /health/live': { anonymous: 200 },
  'GET /health/ready': { anonymous: 200 },
};
const DOCUMENTATION = /^GET \/(api\/docs|api\/openapi\.(json|yaml))/;

describe('Who may read what', () => {
  let world: World;
  const seats = new Map<string, Seat>();
  /** Every event of the record with its label, as the store holds it. */
  let record: readonly { readonly id: string; readonly stream: string; readonly label: Label }[];

  beforeAll(async () => {
    world = await World.open();
    for (const name of Object.keys(MATRIX)) seats.set(name, name === 'anonymous' ? world.anonymous : await world.signIn(name));
    const officer = seats.get('chair.xa')!;
    const { personId } = (await officer.get('/api/v1/session').expect(200)).body.account as { personId: string };
    await officer.does('persons', personId, 'RaiseProtectionConcern', { category: 'cyber', summaryRef: 'a-file', tlp: 'AMBER+STRICT' });
    await world.settled();
    record = (await world.services.platform.events.readAll({ after: '0', limit: 100_000 })).map((e) => ({ id: e.id, stream: e.stream, label: e.meta.label }));
  }, 60_000);
  afterAll(() => world.close());

  /** By the matrix, from the label and the bodies for which the account acts. */
  async function allowed(name: string): Promise<Set<string>> {
    const { account } = (await seats.get(name)!.get('/api/v1/session').expect(200)).body as Json;
    const bodies = new Set<string>((account?.grants ?? []).flatMap((g: Json) => g.onBehalfOf ?? []));
    const own = ({ groups = [], persons = [] }: Label) => groups.some((g) => bodies.has(g)) || persons.includes(account?.personId ?? '');
    return new Set(record.filter(({ label }) => MATRIX[name]![label.tlp] === 'all' || (MATRIX[name]![label.tlp] === 'own' && own(label))).map((e) => e.id));
  }
  async function everyAct(seat: Seat, path: string): Promise<Json[]> {
    const found: Json[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const { body } = await seat.get(path, { limit: 200, ...(after === undefined ? {} : { after }) }).expect(200);
      found.push(...body.entries);
      after = body.next as string | null;
    }
    return found;
  }

  it('the record holds more than one label, so that the matrix judges something', () => {
    expect([...new Set(record.map((e) => e.label.tlp))].toSorted()).toEqual(['AMBER', 'AMBER+STRICT', 'CLEAR', 'GREEN']);
  });
  it.each(Object.keys(MATRIX))('%s finds in the activity stream what the matrix allows, and nothing else', async (name) => {
    const found = await everyAct(seats.get(name)!, '/api/v1/activity');
    expect(new Set(found.map((row) => row.doc.eventId))).toEqual(await allowed(name));
    expect(found).toHaveLength((await allowed(name)).size);
  });
  it.each(Object.keys(MATRIX))('%s finds in the History and the export of every thing what the matrix allows', async (name) => {
    const may = await allowed(name);
    for (const { name: collection, category } of world.services.platform.contexts.flatMap((c) => c.views)) {
      const streams = [...new Set(record.map((e) => e.stream))].filter((s) => category !== undefined && s.startsWith(`${category}-`));
      if (world.catalogue.aggregate(collection) === undefined) continue;
      for (const stream of streams) {
        const id = stream.slice(stream.indexOf('-') + 1);
        const expected = record.filter((e) => e.stream === stream && may.has(e.id)).map((e) => e.id);
        const history = await everyAct(seats.get(name)!, `/api/v1/${collection}/${id}/history`);
        expect(history.map((row) => row.doc.eventId as string).toReversed()).toEqual(expected);
        const exported = await seats.get(name)!.get(`/api/v1/${collection}/${id}/export`).buffer(true).parse((res, done) => {
          let text = '';
          res.on('data', (chunk: Buffer) => (text += chunk.toString()));
          res.on('end', () => done(null, text));
        });
        const lines = exported.status === 404 ? [] : (exported.body as string).trimEnd().split('\n').map((l) => (JSON.parse(l) as Json).eventId as string);
        expect(lines).toEqual(expected);
      }
    }
  }, 60_000);
  it.each(Object.keys(MATRIX))('%s is told totals, pages and names of what is listed, never of more', async (name) => {
    const seat = seats.get(name)!;
    for (const { name: collection } of world.services.platform.contexts.flatMap((c) => c.views)) {
      if (world.catalogue.aggregate(collection) === undefined) continue;
      const { body } = await seat.get(`/api/v1/${collection}`, { limit: 500 }).expect(200);
      expect(body.total).toBe(body.rows.length);
      for (const row of body.rows as Json[]) expect((await seat.get(`/api/v1/${collection}/${row.id as string}`)).status).toBe(200);
    }
  }, 60_000);
});

describe('Every route', () => {
  it('is in the table, and gives nobody more than it says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'comity-access-'));
    const services = await openServices(readConfig({ COMITY_DATA: folder, COMITY_LOG: 'silent' }), pino({ level: 'silent' }));
    const app = await createApp(services, join(folder, 'none'));
    const found = new Set<string>();
    app.getHttpAdapter().getInstance().addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (!['HEAD', 'OPTIONS'].includes(one)) found.add(`${one} ${url}`);
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const own = [...found].filter((route) => !DOCUMENTATION.test(route));
    expect(own.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
    await app.close();
    await services.close();
    rmSync(folder, { recursive: true, force: true });
  });
  it('answers somebody without an account as the table says', async () => {
    const world = await World.open();
    const answers = await Promise.all(
      Object.entries(ROUTES).map(async ([route, { path, body, bytes }]) => {
        const [method = '', template = ''] = route.split(' ');
        const answer = await fetch(`${world.url}${path ?? template}`, {
          method, redirect: 'manual', headers: method === 'GET' ? {} : { 'content-type': bytes ? 'application/octet-stream' : 'application/json', origin: `http://localhost:${world.port}`, 'sec-fetch-site': 'same-origin' },
          ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
        });
        return [route, answer.status];
      }),
    );
    await world.close();
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(Object.entries(ROUTES).map(([route, { anonymous }]) => [route, anonymous])));
  }, 60_000);
});
