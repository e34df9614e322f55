import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD } from '../../apps/server/src/demo.js';
import { type Act, type Appended, freePort, type Json } from './world.js';

const root = join(import.meta.dirname, '../..');
const main = join(root, 'dist/apps/server/src/main.js');

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}
interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly said: () => string;
}

/** The built server as a process, as it is run in earnest. */
function start(folder: string, port: number): Running {
  const env = { PATH: process.env['PATH'] ?? '', COMITY_DATA: folder, COMITY_DEMO: 'on', COMITY_LOG: 'error', PORT: String(port), COMITY_PUBLIC_URL: `http://localhost:${port}` };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  return { child, ended, said: () => text };
}

/** One session of one account over the real network; a connection that breaks is an answer that never came. */
class Client {
  #headers: Record<string, string> = { 'content-type': 'application/json' };
  constructor(readonly url: string) {}

  async signIn(name: string): Promise<this> {
    const answer = await fetch(`${this.url}/api/v1/session`, {
      method: 'POST', headers: this.#headers, body: JSON.stringify({ email: `${name}@demo.example`, password: DEMO_PASSWORD }),
    });
    expect(answer.status).toBe(200);
    const { csrf } = (await answer.json()) as { csrf: string };
    this.#headers = { ...this.#headers, cookie: answer.headers.get('set-cookie')!.split(';')[0]!, 'x-comity-csrf': csrf };
    return this;
  }
  async give(path: string, input: Json, key: string = randomUUID()): Promise<Appended | null> {
    let answer: Response;
    let body: Json;
    try {
      answer = await fetch(`${this.url}/api/v1/${path}`, { method: 'POST', headers: { ...this.#headers, 'idempotency-key': key }, body: JSON.stringify({ input }) });
      body = await answer.json();
    } catch {
      return null;
    }
    // A server that is stopping may say so; anything else would be a refusal.
    if (answer.status === 503) return null;
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`);
    return body as Appended;
  }
  async get(path: string): Promise<Json> {
    const answer = await fetch(`${this.url}${path}`, { headers: this.#headers });
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    return answer.json();
  }
  /** Every act on a stream, oldest first. */
  async history(path: string): Promise<Act[]> {
    const acts: Act[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page: Json = await this.get(`/api/v1/${path}/history?limit=500${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`);
      acts.push(...(page.entries as Act[]));
      after = page.next as string | null;
    }
    return acts.toReversed();
  }
}

async function ready(server: Running, url: string): Promise<void> {
  let over: Ended | undefined;
  void server.ended.then((end) => (over = end));
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (over !== undefined) throw new Error(`the server ended before it was ready (${over.code ?? over.signal}):\n${server.said()}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.status !== 200) continue;
    const { recorded, shown } = (await answer.json()) as Record<string, string>;
    if (recorded === shown) return;
  }
  throw new Error(`the server is not ready after a minute:\n${server.said()}`);
}

interface Given {
  readonly key: string;
  readonly path: string;
  readonly input: Json;
  readonly answer: Appended | null;
}
const clause = (n: number) => ({ section: 'operative', text: { en: `Urge them once more (${n});` } });
const proposal = (id: string) => ({
  statementId: id, kind: 'open-letter', subject: { en: 'On endurance' }, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary',
});

describe('The process, killed and started anew', () => {
  let folder: string;
  let port: number;
  let url: string;
  let server: Running | undefined;
  let chair: Client;
  let count = 0;
  const given: Given[] = [];

  const up = async () => {
    server = start(folder, port);
    await ready(server, url);
  };

  /** Writes from six sides: half of them on one stream, the others each time on a new one; until nothing answers any more. */
  async function write(stop: () => boolean): Promise<void> {
    const worker = async (shared: boolean) => {
      while (!stop()) {
        const n = ++count;
        const path = shared ? 'statements/s-shared/add-clause' : `statements/s-${n}/propose-statement`;
        const key = randomUUID();
        const input = shared ? clause(n) : proposal(`s-${n}`);
        const answer = await chair.give(path, input, key);
        given.push({ key, path, input, answer });
        if (answer === null) return;
      }
    };
    await Promise.all([true, true, true, false, false, false].map(worker));
  }

  const acknowledged = () => given.filter((g): g is Given & { answer: Appended } => g.answer !== null);

  /** Every act that was acknowledged is there, once, where it was said to be; and no revision is missing. */
  async function checkAll(): Promise<void> {
    const shared = await chair.history('statements/s-shared');
    expect(shared.map((a) => a.doc.revision)).toEqual(shared.map((_, i) => i + 1));
    const byKey = new Map<string, Act[]>();
    const { rows } = await chair.get('/api/v1/statements?limit=500');
    const ids = (rows as { id: string }[]).map((r) => r.id);
    const all = [...shared];
    for (let after: string | null | undefined; after !== null; ) {
      const page: Json = await chair.get(`/api/v1/activity?type=StatementProposed&limit=500${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`);
      all.push(...(page.entries as Act[]));
      after = page.next as string | null;
    }
    for (const act of new Map(all.map((a) => [a.position, a])).values()) byKey.set(act.doc.commandId, [...(byKey.get(act.doc.commandId) ?? []), act]);
    const wrong = acknowledged().filter(({ key, answer }) => {
      const found = byKey.get(key) ?? [];
      const [only] = found;
      return found.length !== 1 || only?.doc.stream !== answer.stream || only.doc.revision !== answer.revision || only.position !== answer.position;
    });
    expect(wrong).toEqual([]);
    // What is read agrees with what is recorded.
    if (ids.length < 500) expect(ids.length).toBe(new Set(all.filter((a) => a.doc.type === 'StatementProposed').map((a) => a.doc.stream)).size);
    const { doc, revision } = await chair.get('/api/v1/statements/s-shared');
    expect(doc.clauses).toHaveLength(shared.filter((a) => a.doc.type === 'ClauseAdded').length);
    expect(revision).toBe(shared.length);
  }

  beforeAll(async () => {
    const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs'), '--if-needed'], { cwd: root, encoding: 'utf8' });
    if (built.status !== 0 || !existsSync(main))
      throw new Error(`dist/ is missing and could not be built, so that there is no server to kill; run "npm run build":\n${built.stdout}\n${built.stderr}`);
    folder = mkdtempSync(join(tmpdir(), 'comity-crash-'));
    port = await freePort();
    url = `http://127.0.0.1:${port}`;
    await up();
    chair = await new Client(url).signIn('chair.xa');
    await chair.give('statements/s-shared/propose-statement', proposal('s-shared'));
    await chair.give('statements/s-shared/start-drafting', {});
  }, 300_000);
  afterAll(async () => {
    server?.child.kill('SIGKILL');
    await server?.ended;
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  test.each(Array.from({ length: 25 }, (_, i) => i + 1))('kill -9 in the middle of writing, cycle %i: nothing acknowledged is lost, nothing is there twice', async (cycle) => {
    const before = acknowledged().length;
    let killed = false;
    const writing = write(() => false);
    // Each time at another point: after so many acknowledgements.
    const enough = before + 20 + ((cycle * 37) % 90);
    while (acknowledged().length < enough) await new Promise((resolve) => setImmediate(resolve));
    killed = server!.child.kill('SIGKILL');
    expect(killed).toBe(true);
    expect(await server!.ended).toEqual({ code: null, signal: 'SIGKILL' });
    await writing;
    expect(acknowledged().length).toBeGreaterThanOrEqual(enough);

    await up();
    await checkAll();
    // What was sent and not answered is sent again under its key: it is done now, or was done then, and never twice.
    const open = given.splice(0).map(async (g) => (g.answer === null ? { ...g, answer: await chair.give(g.path, g.input, g.key) } : g));
    given.push(...(await Promise.all(open)));
    expect(given.filter((g) => g.answer === null)).toEqual([]);
    await ready(server!, url);
    await checkAll();
  }, 60_000);

  test('a second process on the same folder is refused in plain words, and the first goes on', async () => {
    const second = start(folder, await freePort());
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.said().trim()).toBe(`the data folder ${folder} is in use by another process`);
    expect(await chair.give(`statements/s-still/propose-statement`, proposal('s-still'))).not.toBeNull();
  }, 30_000);

  test('a setting that does not fit is told by its name', async () => {
    const wrong = spawnSync(process.execPath, [main], { env: { PATH: process.env['PATH'] ?? '', PORT: 'eighty', COMITY_DATA: folder }, encoding: 'utf8' });
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toMatch(/^PORT: /);
    expect(wrong.stderr).not.toMatch(/\n\s+at /);
  }, 30_000);

  test('SIGTERM while it writes: it ends in order, and nothing acknowledged is lost', async () => {
    const before = acknowledged().length;
    let stop = false;
    const writing = write(() => stop);
    while (acknowledged().length < before + 60) await new Promise((resolve) => setImmediate(resolve));
    const asked = Date.now();
    server!.child.kill('SIGTERM');
    const end = await server!.ended;
    stop = true;
    await writing;
    expect({ end, said: server!.said().match(/error|trace|\n\s+at .*/gi) }).toEqual({ end: { code: 0, signal: null }, said: null });
    expect(Date.now() - asked).toBeLessThan(10_000);
    await up();
    await checkAll();
    // Sessions outlast the process.
    expect((await chair.get('/api/v1/session')).account).toMatchObject({ personId: 'xa-chair' });
  }, 60_000);
});
