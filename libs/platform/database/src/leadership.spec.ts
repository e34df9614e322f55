import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Proxy, startProxy } from '../../../../test/faults/proxy.ts';
import { type PostgresProcess, startPostgres } from '../../../../test/postgres/index.ts';
import { leadAlone, type Leadership, leadWithPostgres } from './leadership.js';
import { PostgresDatabase } from './postgres-database.js';

let postgres: PostgresProcess;
let url: string;
beforeAll(async () => (postgres = await startPostgres()), 60_000);
afterAll(() => postgres.stop());

const ends: (() => Promise<unknown>)[] = [];
beforeEach(async () => (url = await postgres.createDatabase()));
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function until(is: () => boolean, within = 5_000): Promise<number> {
  const begun = performance.now();
  for (; !is(); await wait(2)) if (performance.now() - begun > within) throw new Error('not in time');
  return performance.now() - begun;
}

interface Candidate {
  readonly leadership: Leadership;
  readonly told: string[];
  readonly errors: unknown[];
  epoch: number;
}
async function compete(at = url, { name = 'projector', onLost = () => Promise.resolve() }: { name?: string; onLost?: () => Promise<void> } = {}): Promise<Candidate> {
  const told: string[] = [];
  const errors: unknown[] = [];
  const candidate: { -readonly [K in keyof Candidate]?: Candidate[K] } = { told, errors, epoch: 0 };
  candidate.leadership = await leadWithPostgres({
    url: at,
    name,
    onLead: (epoch) => {
      candidate.epoch = epoch;
      told.push(`leads ${epoch}`);
      return Promise.resolve();
    },
    onLost: async () => {
      told.push('lost');
      await onLost();
    },
    onError: (error) => void errors.push(error),
  });
  ends.push(() => candidate.leadership!.stop());
  return candidate as Candidate;
}

async function asAdministrator(sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}
const HOLDER = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

async function throughProxy(): Promise<{ proxy: Proxy; through: string }> {
  const proxy = await startProxy({ target: { port: Number(new URL(url).port) } });
  ends.push(() => proxy.close());
  const through = new URL(url);
  through.port = String(proxy.port);
  return { proxy, through: through.href };
}

it('leads at once where it is alone, until it stops', async () => {
  const told: string[] = [];
  const leadership = await leadAlone(
    (epoch) => Promise.resolve(void told.push(`leads ${epoch}`)),
    () => Promise.resolve(void told.push('lost')),
  );
  expect(leadership.leading).toBe(true);
  await leadership.stop();
  await leadership.stop();
  expect(leadership.leading).toBe(false);
  expect(told).toEqual(['leads 1', 'lost']);
});

it('is one among many, and another after it has stopped', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => compete()));
  const leading = () => all.filter(({ leadership }) => leadership.leading);
  await until(() => leading().length > 0);
  await wait(500);
  expect(leading()).toHaveLength(1);
  const [first] = leading();
  expect(first!.epoch).toBe(1);
  await first!.leadership.stop();
  expect(first!.told).toEqual(['leads 1', 'lost']);
  const took = await until(() => leading().length > 0);
  expect(took).toBeLessThan(1_000);
  expect(leading()[0]!.epoch).toBe(2);
  expect(all.flatMap(({ errors }) => errors)).toEqual([]);
});

it('keeps places of other names apart', async () => {
  const [a, b] = [await compete(), await compete(url, { name: 'other' })];
  await until(() => a.leadership.leading && b.leadership.leading);
  expect([a.epoch, b.epoch]).toEqual([1, 1]);
});

it('passes to another when its connection is ended, and is taken again afterwards', async () => {
  const first = await compete();
  await until(() => first.leadership.leading);
  const second = await compete();
  await wait(300);
  await asAdministrator(HOLDER);
  const took = await until(() => second.leadership.leading || first.told.length === 3);
  expect(took).toBeLessThan(1_500);
  await until(() => first.told.includes('lost'));
  await until(() => first.leadership.leading !== second.leadership.leading);
  expect(Math.max(first.epoch, second.epoch)).toBe(2);
});

it('passes to another when its line is cut', async () => {
  const { proxy, through } = await throughProxy();
  const first = await compete(through);
  await until(() => first.leadership.leading);
  const second = await compete();
  await wait(300);
  await proxy.cut();
  const took = await until(() => second.leadership.leading);
  expect(took).toBeLessThan(1_500);
  await until(() => !first.leadership.leading);
  await proxy.heal();
  await wait(500);
  expect([first.leadership.leading, second.leadership.leading, second.epoch]).toEqual([false, true, 2]);
  expect(first.told).toEqual(['leads 1', 'lost']);
});

it('notices a line that has fallen silent, and gives the place up before it competes again', async () => {
  const { proxy, through } = await throughProxy();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const first = await compete(through, { onLost: () => held });
  await until(() => first.leadership.leading);
  const second = await compete();
  proxy.halfOpen();
  const noticed = await until(() => !first.leadership.leading);
  expect(noticed).toBeLessThan(4_000);
  expect(first.told).toEqual(['leads 1', 'lost']);
  // The proxy's machine still answers for the first, as that of a paused process would.
  expect(noticed + (await until(() => second.leadership.leading, 8_000))).toBeLessThan(7_500);
  await second.leadership.stop();
  await proxy.heal();
  await wait(700);
  expect(first.told).toEqual(['leads 1', 'lost']);
  release();
  await until(() => first.leadership.leading);
  expect(first.told).toEqual(['leads 1', 'lost', 'leads 3']);
}, 30_000);

it('competes again after a failure to lead, whatever else fails', async () => {
  let attempts = 0;
  const errors: unknown[] = [];
  const leadership = await leadWithPostgres({
    url,
    name: 'projector',
    pollMs: 20,
    onLead: () => (++attempts < 3 ? Promise.reject(new Error('lead')) : Promise.resolve()),
    onLost: () => Promise.reject(new Error('lost')),
    onError: (error) => void errors.push((error as Error).message),
  });
  ends.push(() => leadership.stop());
  await until(() => attempts === 3);
  await wait(100);
  expect(leadership.leading).toBe(true);
  expect(errors).toEqual(['lead', 'lost', 'lead', 'lost']);
});

(process.env['COMITY_TEST_POSTGRES'] ? it.skip : it)('lives through a crash of the server', async () => {
  const both = [await compete(), await compete()];
  await until(() => both.some(({ leadership }) => leadership.leading));
  await postgres.kill();
  await until(() => both.every(({ leadership }) => !leadership.leading));
  await postgres.restart();
  await until(() => both.filter(({ leadership }) => leadership.leading).length === 1);
  expect(both.map(({ epoch }) => epoch).toSorted().at(-1)).toBe(2);
}, 40_000);

it('may stop while the database is out of reach', async () => {
  const { proxy, through } = await throughProxy();
  const first = await compete(through);
  await until(() => first.leadership.leading);
  proxy.halfOpen();
  const begun = performance.now();
  await first.leadership.stop();
  expect(performance.now() - begun).toBeLessThan(4_000);
  const other = await leadWithPostgres({ url: 'postgres://comity@127.0.0.1:1/none', name: 'a', onLead: () => Promise.resolve(), onLost: () => Promise.resolve(), onError: () => {} });
  await wait(300);
  await other.stop();
});

/** Writes as a leader must: only while its epoch stands, which is looked at in the same transaction. */
async function write(database: PostgresDatabase, epoch: number, by: string, pause = 0): Promise<boolean> {
  return database.transaction(async (tx) => {
    const stands = await tx.all('SELECT 1 FROM leaders WHERE name = ? AND epoch = ? FOR SHARE', ['projector', epoch]);
    if (stands.length === 0) return false;
    await wait(pause);
    await tx.run('INSERT INTO written (epoch, by) VALUES (?, ?)', [epoch, by]);
    return true;
  });
}

it('never lets two write: who was paused finds a higher epoch', async () => {
  const database = await PostgresDatabase.open({ url });
  ends.push(() => database.close());
  await database.run('CREATE TABLE written (n serial PRIMARY KEY, epoch integer NOT NULL, by text NOT NULL)');
  const all = [await compete(), await compete(), await compete()];
  let stop = false;
  // Each believes for ever in the last epoch it was given, as a paused process would.
  const writing = all.map(async (candidate, i) => {
    for (; !stop; await wait(1)) if (candidate.epoch > 0) await write(database, candidate.epoch, `n${i}`, i);
  });
  for (let round = 0; round < 6; round++) {
    await until(() => all.some(({ leadership }) => leadership.leading));
    await wait(150);
    await asAdministrator(HOLDER);
    await until(() => all.every(({ leadership }) => !leadership.leading) || all.some(({ epoch }) => epoch === round + 2), 2_000);
  }
  await until(() => all.some(({ epoch }) => epoch === 7));
  await wait(100);
  stop = true;
  await Promise.all(writing);
  const rows = await database.all<{ epoch: number; by: string }>('SELECT epoch, by FROM written ORDER BY n');
  expect(rows.map(({ epoch }) => epoch)).toEqual(rows.map(({ epoch }) => epoch).toSorted((a, b) => a - b));
  const writers = Map.groupBy(rows, ({ epoch }) => epoch);
  for (const [, written] of writers) expect(new Set(written.map(({ by }) => by)).size).toBe(1);
  expect(Math.max(...writers.keys())).toBe(7);
  const given = all.flatMap(({ told }) => told.filter((text) => text !== 'lost'));
  expect(given.toSorted()).toEqual(Array.from({ length: 7 }, (_, i) => `leads ${i + 1}`));
}, 40_000);
