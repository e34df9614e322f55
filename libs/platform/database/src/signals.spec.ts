import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Proxy, startProxy } from '../../../../test/faults/proxy.ts';
import { type PostgresProcess, startPostgres } from '../../../../test/postgres/index.ts';
import { PostgresDatabase } from './postgres-database.js';
import { PostgresSignals } from './postgres-signals.js';
import { LocalSignals, type Signals } from './signals.js';

let postgres: PostgresProcess;
beforeAll(async () => (postgres = await startPostgres()), 60_000);
afterAll(() => postgres.stop());

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function until(is: () => boolean, within = 5_000): Promise<void> {
  for (const end = Date.now() + within; !is(); await wait(5)) if (Date.now() > end) throw new Error('not in time');
}

/** One node: its signals, what it heard, how often its line came back and what it complained of. */
async function node(url: string) {
  const database = await PostgresDatabase.open({ url, max: 2, connectTimeoutMs: 500 });
  const errors: unknown[] = [];
  const signals = await PostgresSignals.open({ url, database, onError: (error) => void errors.push(error) });
  ends.push(() => database.close(), () => signals.close());
  const heard: string[] = [];
  let back = 0;
  signals.listen('news', (payload) => void heard.push(payload));
  signals.onReconnected(() => void back++);
  return { signals, heard, errors, back: () => back };
}

async function asAdministrator(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}
const LISTENERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'comity signals'";

describe.each<[string, () => Promise<Signals[]>]>([
  ['within a process', () => {
    const signals = new LocalSignals();
    return Promise.resolve([signals, signals]);
  }],
  ['between two', async () => {
    const url = await postgres.createDatabase();
    return [(await node(url)).signals, (await node(url)).signals];
  }],
])('signals %s', (_, open) => {
  it('reach everybody who listens on the channel, the sender too, in order and until he stops', async () => {
    const [mine, others] = (await open()) as [Signals, Signals];
    const heard: string[] = [];
    const end = mine.listen('a', (payload) => void heard.push(`mine ${payload}`));
    others.listen('a', (payload) => void heard.push(`others ${payload}`));
    others.listen('b', (payload) => void heard.push(`b ${payload}`));
    await wait(100);
    await mine.publish('a', '1 – 😀');
    await mine.publish('a', '2');
    await until(() => heard.length === 4);
    expect(heard.filter((text) => text.startsWith('mine'))).toEqual(['mine 1 – 😀', 'mine 2']);
    expect(heard.filter((text) => text.startsWith('others'))).toEqual(['others 1 – 😀', 'others 2']);
    end();
    await others.publish('a', '3');
    await others.publish('b', '');
    await until(() => heard.length === 6);
    expect(heard.slice(4).toSorted()).toEqual(['b ', 'others 3']);
  });

  it('are not delivered inside the call', async () => {
    const [mine] = (await open()) as [Signals, Signals];
    let heard = false;
    mine.listen('a', () => (heard = true));
    await wait(50);
    const published = mine.publish('a', '');
    expect(heard).toBe(false);
    await published;
    await until(() => heard);
  });
});

it('refuses what is too large', async () => {
  const { signals, heard } = await node(await postgres.createDatabase());
  await wait(50);
  await expect(signals.publish('news', 'é'.repeat(3_751))).rejects.toThrow(RangeError);
  await signals.publish('news', 'é'.repeat(3_750));
  await until(() => heard.length === 1);
});

it('comes back after a lost connection, says so, and hears again', async () => {
  const url = await postgres.createDatabase();
  const { signals, heard, back } = await node(url);
  await asAdministrator(url, LISTENERS);
  // Begun while the line is down: it is listened to once the line is back.
  signals.listen('later', (payload) => void heard.push(`later ${payload}`));
  await until(() => back() === 1);
  await signals.publish('news', 'a');
  await signals.publish('later', 'b');
  await until(() => heard.length === 2);
  expect(heard).toEqual(['a', 'later b']);
});

it('hears channels that are listened to while it comes back', async () => {
  const url = await postgres.createDatabase();
  const { signals, heard, back } = await node(url);
  let stop = false;
  let n = 0;
  const busy = (async () => {
    for (; !stop; await wait(3)) signals.listen(`c${n++}`, (payload) => void heard.push(payload));
  })();
  await asAdministrator(url, LISTENERS);
  await until(() => back() === 1);
  stop = true;
  await busy;
  await wait(200);
  for (let i = 0; i < n; i++) await signals.publish(`c${i}`, `${i}`);
  await until(() => heard.length === n);
});

it('survives a listener that throws', async () => {
  const { signals, heard, errors } = await node(await postgres.createDatabase());
  const failure = new Error('no');
  signals.listen('bad', () => {
    throw failure;
  });
  signals.listen('bad', (payload) => void heard.push(payload));
  await wait(50);
  await signals.publish('bad', 'a');
  await until(() => heard.length === 1);
  expect(errors).toEqual([failure]);
});

describe('on a line that falls silent', () => {
  let proxy: Proxy;
  let url: string;
  beforeEach(async () => {
    const direct = await postgres.createDatabase();
    proxy = await startProxy({ target: { port: Number(new URL(direct).port) } });
    ends.push(() => proxy.close());
    const through = new URL(direct);
    through.port = String(proxy.port);
    url = through.href;
  });

  it('notices, and comes back', async () => {
    const { signals, heard, back } = await node(url);
    proxy.halfOpen();
    await wait(6_000);
    await proxy.heal();
    await until(() => back() === 1, 6_000);
    await signals.publish('news', 'a');
    await until(() => heard.length === 1);
  }, 20_000);

  it('is closed at once', async () => {
    const { signals } = await node(url);
    proxy.halfOpen();
    const begun = Date.now();
    await signals.close();
    expect(Date.now() - begun).toBeLessThan(1_500);
  });
});

it('leaves no connection behind, even closed while it comes back', async () => {
  const url = await postgres.createDatabase();
  for (const pause of [0, 20, 60, 110, 150]) {
    const { signals } = await node(url);
    await asAdministrator(url, LISTENERS);
    await wait(pause);
    await signals.close();
    await wait(250);
    const { rows } = await (async () => {
      const client = new pg.Client(url);
      await client.connect();
      const found = await client.query("SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'comity signals'");
      await client.end();
      return found;
    })();
    expect(rows).toEqual([]);
  }
});

it('may be closed twice', async () => {
  const { signals } = await node(await postgres.createDatabase());
  await signals.close();
  await signals.close();
});
