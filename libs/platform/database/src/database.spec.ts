import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { type PostgresProcess, startPostgres } from '../../../../test/postgres/index.ts';
import { databaseContract } from './database.contract.js';
import { type Database, DatabaseUnavailable } from './database.js';
import { numbered, PostgresDatabase, WrongCollation } from './postgres-database.js';
import { SqliteDatabase } from './sqlite-database.js';

const isOurs = !process.env['COMITY_TEST_POSTGRES'];
let postgres: PostgresProcess;
beforeAll(async () => (postgres = await startPostgres()), 60_000);
afterAll(() => postgres.stop());

const opened: Database[] = [];
const folders: string[] = [];
const dispose = async () => {
  for (const database of opened.splice(0)) await database.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
};
afterEach(dispose);
function keep<T extends Database>(database: T): T {
  opened.push(database);
  return database;
}
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'comity-database-'));
  folders.push(folder);
  return folder;
}

databaseContract('SQLite', () => {
  const path = join(newFolder(), 'a.db');
  return Promise.resolve({ open: () => Promise.resolve(keep(SqliteDatabase.open(path, 'PRAGMA journal_mode = WAL'))), dispose });
});
databaseContract('PostgreSQL', async () => {
  const url = await postgres.createDatabase();
  return { open: async () => keep(await PostgresDatabase.open({ url, max: 4 })), dispose };
});

describe('SQLite alone', () => {
  it('is unavailable where its folder is not', () => {
    expect(() => SqliteDatabase.open('/nowhere/at/all.db')).toThrow(DatabaseUnavailable);
  });

  /** Another thread writes for so long. */
  async function hold(path: string, milliseconds: number): Promise<void> {
    const worker = new Worker(
      `const { DatabaseSync } = require('node:sqlite'); const { workerData, parentPort } = require('node:worker_threads');
       const db = new DatabaseSync(workerData.path); db.exec('BEGIN IMMEDIATE'); parentPort.postMessage('held');
       setTimeout(() => { db.exec('COMMIT'); db.close(); }, workerData.milliseconds);`,
      { eval: true, workerData: { path, milliseconds } },
    );
    await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  }

  it('is unavailable while another writes, and writes afterwards', async () => {
    const path = join(newFolder(), 'a.db');
    const database = keep(SqliteDatabase.open(path));
    await database.run('CREATE TABLE kept (key TEXT)');
    await hold(path, 300);
    await expect(database.batch([{ sql: "INSERT INTO kept VALUES ('a')" }])).rejects.toThrow(DatabaseUnavailable);
    await wait(600);
    expect(await database.batch([{ sql: "INSERT INTO kept VALUES ('a')" }])).toEqual([1]);
  });

  it('waits with its migration for that of another process', async () => {
    const path = join(newFolder(), 'a.db');
    const database = keep(SqliteDatabase.open(path));
    await hold(path, 300);
    await database.migrate('kept', ['CREATE TABLE kept (key TEXT)']);
    expect(await database.all('SELECT * FROM kept')).toEqual([]);
    await hold(path, 300);
    await expect(database.run("INSERT INTO kept VALUES ('a')")).rejects.toThrow(DatabaseUnavailable);
    await wait(600);
  });
});

describe('placeholders of PostgreSQL', () => {
  it.each([
    ['SELECT ?, ?', 'SELECT $1, $2'],
    ["SELECT '?', 'it''s ?', ?", "SELECT '?', 'it''s ?', $1"],
    ['SELECT "a?""?", ?', 'SELECT "a?""?", $1'],
    ["-- isn't it?\nSELECT ?", "-- isn't it?\nSELECT $1"],
    ["/* it's ? */ SELECT ?", "/* it's ? */ SELECT $1"],
    ['SELECT $$ ? $$, $a$ $$ ? $a$, ?', 'SELECT $$ ? $$, $a$ $$ ? $a$, $1'],
  ])('%s', (sql, expected) => expect(numbered(sql)).toBe(expected));
});

describe('PostgreSQL alone', () => {
  const open = async (url: string, more: Partial<ConstructorParameters<typeof PostgresDatabase>[0]> = {}) => keep(await PostgresDatabase.open({ url, ...more }));
  async function asAdministrator(url: string, sql: string, values: unknown[] = []): Promise<unknown[]> {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end();
    }
  }
  const othersOf = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";

  it('refuses a database that sorts otherwise, and says how to make one', async () => {
    const name = `t_icu_${Date.now()}`;
    await asAdministrator(postgres.url, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en' LC_COLLATE 'C' LC_CTYPE 'C'`);
    const latin = `t_latin_${Date.now()}`;
    await asAdministrator(postgres.url, `CREATE DATABASE ${latin} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'`);
    for (const wrong of [name, latin]) {
      const refused = PostgresDatabase.open({ url: postgres.url.replace(/[^/]*$/, wrong) });
      await expect(refused).rejects.toThrow(WrongCollation);
      await expect(refused).rejects.toThrow(/CREATE DATABASE comity TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'/);
      await asAdministrator(postgres.url, `DROP DATABASE ${wrong} WITH (FORCE)`);
    }
  });

  it('accepts the C.UTF-8 that is built in', async () => {
    const name = `t_builtin_${Date.now()}`;
    await asAdministrator(postgres.url, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'`);
    const database = await open(postgres.url.replace(/[^/]*$/, name));
    await database.close();
    await asAdministrator(postgres.url, `DROP DATABASE ${name} WITH (FORCE)`);
  });

  it('parses jsonb and gives bytes as a Buffer', async () => {
    const database = await open(await postgres.createDatabase());
    const found = await database.get<{ doc: unknown; bytes: unknown }>(`SELECT ?::jsonb AS doc, ?::bytea AS bytes`, ['{"a": [1]}', Buffer.from('b')]);
    expect(found).toEqual({ doc: { a: [1] }, bytes: Buffer.from('b') });
    expect(Buffer.isBuffer(found?.bytes)).toBe(true);
  });

  it('plans a repeated text once', async () => {
    const database = await open(await postgres.createDatabase(), { max: 1 });
    for (let i = 0; i < 3; i++) await database.get('SELECT ?::integer + 1 AS n', [i]);
    expect(await database.all("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%+ 1 AS n'")).toEqual([{ statement: 'SELECT $1::integer + 1 AS n' }]);
  });

  it('plans no more than so many texts', async () => {
    const database = await open(await postgres.createDatabase(), { max: 1 });
    for (let i = 0; i < 700; i++) await database.get(`SELECT ?::integer + ${i} AS n`, [i]);
    expect((await database.get<{ n: number }>('SELECT count(*) AS n FROM pg_prepared_statements'))?.n).toBeLessThanOrEqual(500);
  });

  it('keeps its connection where a statement is refused', async () => {
    const database = await open(await postgres.createDatabase(), { max: 1 });
    const pid = async () => (await database.get<{ pid: number }>('SELECT pg_backend_pid() AS pid'))?.pid;
    const before = await pid();
    await expect(database.all('SELECT 1 / ?::integer', [0])).rejects.toThrow(/zero/);
    expect(await pid()).toBe(before);
  });

  it('takes back what was done where the work of a transaction fails', async () => {
    const database = await open(await postgres.createDatabase());
    await database.run('CREATE TABLE kept (key text)');
    const failing = database.transaction(async (tx) => {
      await tx.run('INSERT INTO kept (key) VALUES (?)', ['a']);
      expect(await tx.all('SELECT key FROM kept')).toEqual([{ key: 'a' }]);
      throw new RangeError('no');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await database.all('SELECT * FROM kept')).toEqual([]);
    expect(await database.transaction((tx) => tx.run('INSERT INTO kept (key) VALUES (?)', ['a']))).toBe(1);
  });

  it('runs once more what stood in the way of another', async () => {
    const database = await open(await postgres.createDatabase());
    await database.run("CREATE TABLE kept (key text PRIMARY KEY, n integer); ");
    await database.run("INSERT INTO kept (key, n) VALUES ('a', 0), ('b', 0)");
    const raise = (first: string, second: string) =>
      database.transaction(async (tx) => {
        await tx.run('UPDATE kept SET n = n + 1 WHERE key = ?', [first]);
        await wait(100);
        await tx.run('UPDATE kept SET n = n + 1 WHERE key = ?', [second]);
      });
    await Promise.all([raise('a', 'b'), raise('b', 'a')]);
    expect(await database.all('SELECT n FROM kept')).toEqual([{ n: 2 }, { n: 2 }]);
  });

  it('is unavailable where others stand in the way again', async () => {
    const database = await open(await postgres.createDatabase());
    let runs = 0;
    const failing = database.transaction(async (tx) => {
      runs++;
      await tx.run("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$");
    });
    await expect(failing).rejects.toThrow(DatabaseUnavailable);
    expect(runs).toBe(2);
  });

  it('is unavailable where a statement takes too long', async () => {
    const database = await open(await postgres.createDatabase(), { statementTimeoutMs: 200 });
    await expect(database.all('SELECT pg_sleep(2)')).rejects.toThrow(DatabaseUnavailable);
    expect(await database.get('SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('lets a migration take longer than a statement', async () => {
    const database = await open(await postgres.createDatabase(), { statementTimeoutMs: 200 });
    const url = await postgres.createDatabase();
    const both = await Promise.all([open(url, { statementTimeoutMs: 200 }), open(url, { statementTimeoutMs: 200 })]);
    await Promise.all(both.map((one) => one.migrate('slow', ['SELECT pg_sleep(1.5); CREATE TABLE kept (key text)'])));
    await expect(database.all('SELECT pg_sleep(2)')).rejects.toThrow(DatabaseUnavailable);
  }, 20_000);

  it('lives through the loss of a connection in the middle of a transaction', async () => {
    const url = await postgres.createDatabase();
    const database = await open(url);
    await database.run('CREATE TABLE kept (key text)');
    const failing = database.transaction(async (tx) => {
      await tx.run("INSERT INTO kept VALUES ('a')");
      await asAdministrator(url, othersOf);
      await wait(200);
      await tx.run("INSERT INTO kept VALUES ('b')");
    });
    await expect(failing).rejects.toThrow(DatabaseUnavailable);
    expect(await database.all('SELECT * FROM kept')).toEqual([]);
  });

  it('frees what a paused process holds in a transaction', async () => {
    const url = await postgres.createDatabase();
    const paused = await open(url, { statementTimeoutMs: 300 });
    await paused.run("CREATE TABLE kept (key text PRIMARY KEY, n integer)");
    await paused.run("INSERT INTO kept VALUES ('a', 0)");
    const asleep = paused.transaction(async (tx) => {
      await tx.run('UPDATE kept SET n = 1');
      await wait(1_500);
      await tx.run('UPDATE kept SET n = 2');
    });
    const failed = expect(asleep).rejects.toThrow(DatabaseUnavailable);
    await wait(50);
    expect(await (await open(url)).run('UPDATE kept SET n = 3')).toBe(1);
    await failed;
  });

  it('loses idle connections without harm', async () => {
    const url = await postgres.createDatabase();
    const database = await open(url);
    await Promise.all([1, 2, 3].map(() => database.all('SELECT pg_sleep(0.05)')));
    await asAdministrator(url, othersOf);
    await wait(100);
    expect(await database.get('SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('is unavailable where nobody listens', async () => {
    await expect(PostgresDatabase.open({ url: 'postgres://comity@127.0.0.1:1/postgres' })).rejects.toThrow(DatabaseUnavailable);
  });

  (isOurs ? it : it.skip)('is unavailable after a crash of the server, and is there again after its start', async () => {
    const database = await open(await postgres.createDatabase(), { connectTimeoutMs: 500 });
    await database.run('CREATE TABLE kept (key text)');
    await database.run("INSERT INTO kept VALUES ('a')");
    const during = database.all('SELECT pg_sleep(3)');
    const lost = expect(during).rejects.toThrow(DatabaseUnavailable);
    await wait(50);
    await postgres.kill();
    await lost;
    await expect(database.all('SELECT * FROM kept')).rejects.toThrow(DatabaseUnavailable);
    await expect(database.batch([{ sql: "INSERT INTO kept VALUES ('b')" }])).rejects.toThrow(DatabaseUnavailable);
    await expect(database.migrate('kept', ['SELECT 1'])).rejects.toThrow(DatabaseUnavailable);
    await postgres.restart();
    expect(await database.all('SELECT * FROM kept')).toEqual([{ key: 'a' }]);
  }, 60_000);
});
