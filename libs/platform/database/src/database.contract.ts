import type { Database } from './database.js';

export interface Engine {
  /** Another instance over the same, new database of this test. */
  open(): Promise<Database>;
  dispose(): Promise<void>;
}

const KEPT = 'CREATE TABLE kept (key TEXT PRIMARY KEY, value TEXT)';

/** What both engines do alike. */
export function databaseContract(name: string, start: () => Promise<Engine>): void {
  describe(name, () => {
    let engine: Engine;
    let database: Database;
    beforeEach(async () => {
      engine = await start();
      database = await engine.open();
    });
    afterEach(() => engine.dispose());

    const keys = async (from = database) => (await from.all<{ key: string }>('SELECT key FROM kept ORDER BY key')).map(({ key }) => key);

    it('binds values in order', async () => {
      expect(await database.get('SELECT CAST(? AS TEXT) AS a, CAST(? AS TEXT) AS b', ['1', '2'])).toEqual({ a: '1', b: '2' });
      expect(await database.get('SELECT CAST(? AS TEXT) AS a', [null])).toEqual({ a: null });
    });

    it('takes a ? in quotes and comments as it stands', async () => {
      const sql = `SELECT 'why? it''s ?' AS "a?", /* it's ? */ CAST(? AS TEXT) AS b -- isn't it?\n, CAST(? AS TEXT) AS c`;
      expect(await database.get(sql, ['one', 'two'])).toEqual({ 'a?': "why? it's ?", b: 'one', c: 'two' });
      expect(await database.get("SELECT '?' AS a")).toEqual({ a: '?' });
    });

    it('gives nothing where no row is', async () => {
      await database.run(KEPT);
      expect(await database.get('SELECT * FROM kept')).toBeUndefined();
      expect(await database.all('SELECT * FROM kept WHERE key = ?', ['a'])).toEqual([]);
    });

    it('says how many rows were changed', async () => {
      await database.run(KEPT);
      expect(await database.run('INSERT INTO kept (key) VALUES (?), (?)', ['a', 'b'])).toBe(2);
      expect(await database.run('UPDATE kept SET value = ?', ['x'])).toBe(2);
      expect(await database.run('DELETE FROM kept WHERE key = ?', ['nobody'])).toBe(0);
      expect(await database.all("DELETE FROM kept WHERE key = 'a' RETURNING key")).toEqual([{ key: 'a' }]);
    });

    it('knows what is among a list of any length', async () => {
      await database.run(KEPT);
      await database.run('INSERT INTO kept (key) VALUES (?), (?), (?)', ['a', "b'?", 'ü"😀']);
      const among = async (list: readonly string[]) => (await database.all<{ key: string }>(`SELECT key FROM kept WHERE ${database.among('key')} ORDER BY key`, [JSON.stringify(list)])).map(({ key }) => key);
      expect(await among(["b'?", 'ü"😀', 'nobody'])).toEqual(["b'?", 'ü"😀']);
      expect(await among([])).toEqual([]);
      expect(await among(Array.from({ length: 5_000 }, (_, i) => `n${i}`).concat('a'))).toEqual(['a']);
    });

    it('does all of a batch, in order', async () => {
      await database.run(KEPT);
      const changed = await database.batch([
        { sql: 'INSERT INTO kept (key) VALUES (?), (?)', values: ['a', 'b'] },
        { sql: 'UPDATE kept SET value = ? WHERE key = ?', values: ['x', 'a'] },
        { sql: 'DELETE FROM kept WHERE value IS NULL' },
      ]);
      expect(changed).toEqual([2, 1, 1]);
      expect(await keys()).toEqual(['a']);
      expect(await database.batch([])).toEqual([]);
    });

    it('does nothing of a batch of which one statement fails, and goes on', async () => {
      await database.run(KEPT);
      const failing = database.batch([
        { sql: 'INSERT INTO kept (key) VALUES (?)', values: ['a'] },
        { sql: 'INSERT INTO kept (key) VALUES (?)', values: ['a'] },
      ]);
      await expect(failing).rejects.toThrow(/unique/i);
      expect(await keys()).toEqual([]);
      await database.batch([{ sql: 'INSERT INTO kept (key) VALUES (?)', values: ['a'] }]);
      expect(await keys()).toEqual(['a']);
    });

    it('does many batches at once without mixing them', async () => {
      await database.run('CREATE TABLE counts (name TEXT PRIMARY KEY, n INTEGER NOT NULL)');
      await database.run("INSERT INTO counts (name, n) VALUES ('a', 0), ('b', 0)");
      const raise = (name: string) => ({ sql: 'UPDATE counts SET n = n + 1 WHERE name = ?', values: [name] });
      await Promise.all(Array.from({ length: 40 }, () => database.batch([raise('a'), raise('b')])));
      expect(await database.all('SELECT name, n FROM counts ORDER BY name')).toEqual([{ name: 'a', n: 40 }, { name: 'b', n: 40 }]);
    });

    it('rejects, and does not throw, where a statement is wrong', async () => {
      const wrong = database.all('SELEKT 1');
      await expect(wrong).rejects.toThrow(/syntax/);
      await expect(database.run('INSERT INTO nowhere (a) VALUES (?)', [1])).rejects.toThrow(/nowhere/);
    });

    it('migrates once, whatever number of instances begins', async () => {
      const steps = ["CREATE TABLE kept (key TEXT PRIMARY KEY, value TEXT); INSERT INTO kept (key) VALUES ('?')", "INSERT INTO kept (key) VALUES ('b');"];
      const all = [database, ...(await Promise.all(Array.from({ length: 7 }, () => engine.open())))];
      await Promise.all(all.map((one) => one.migrate('kept', steps)));
      for (const one of all) expect(await keys(one)).toEqual(['?', 'b']);
    });

    it('does only the steps that are new, part by part', async () => {
      await database.migrate('kept', [KEPT]);
      await database.migrate('kept', [KEPT, 'ALTER TABLE kept ADD COLUMN more TEXT']);
      await database.migrate('other', ['CREATE TABLE other (key TEXT PRIMARY KEY)']);
      await database.migrate('kept', [KEPT, 'ALTER TABLE kept ADD COLUMN more TEXT']);
      await database.run("INSERT INTO kept (key, more) VALUES ('a', 'b')");
      expect(await database.all('SELECT part, step FROM schema_steps ORDER BY part, step')).toEqual([
        { part: 'kept', step: 1 },
        { part: 'kept', step: 2 },
        { part: 'other', step: 1 },
      ]);
    });

    it('leaves nothing of a migration that fails', async () => {
      await expect(database.migrate('kept', [KEPT, 'CREATE TABLE half (a TEXT); SELEKT 1'])).rejects.toThrow(/syntax/);
      await database.migrate('kept', [KEPT]);
      expect(await keys()).toEqual([]);
    });

    it('reads what a later migration has added, in the same words as before', async () => {
      await database.run(KEPT);
      await database.run("INSERT INTO kept (key) VALUES ('a')");
      const read = () => database.get('SELECT * FROM kept WHERE key = ?', ['a']);
      for (let i = 0; i < 8; i++) await read();
      await (await engine.open()).migrate('more', ['ALTER TABLE kept ADD COLUMN more TEXT']);
      expect(await read()).toEqual({ key: 'a', value: null, more: null });
    });

    it('keeps texts as they are and sorts them by code point', async () => {
      const texts = ['', 'A', 'B', 'Z', 'a', 'é', 'é', 'ﻻ', '日本', '👩🏽‍⚖️', '😀'];
      await database.run('CREATE TABLE texts (text TEXT NOT NULL)');
      for (const text of texts.toReversed()) await database.run('INSERT INTO texts (text) VALUES (?)', [text]);
      const found = (await database.all<{ text: string }>('SELECT text FROM texts ORDER BY text')).map(({ text }) => text);
      expect(found).toEqual(texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    });

    it('keeps bytes', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
      await database.run(`CREATE TABLE bytes (bytes ${database.dialect === 'sqlite' ? 'BLOB' : 'bytea'})`);
      await database.run('INSERT INTO bytes (bytes) VALUES (?)', [bytes]);
      const found = await database.get<{ bytes: Uint8Array }>('SELECT bytes FROM bytes');
      expect(found?.bytes).toBeInstanceOf(Uint8Array);
      expect([...found!.bytes]).toEqual([...bytes]);
    });

    it('counts with numbers beyond 2^31', async () => {
      await database.run('CREATE TABLE numbers (n BIGINT NOT NULL)');
      const numbers = [-Number.MAX_SAFE_INTEGER, 0, 2 ** 31, 2 ** 40 + 1, Number.MAX_SAFE_INTEGER];
      for (const n of numbers) await database.run('INSERT INTO numbers (n) VALUES (?)', [n]);
      expect((await database.all<{ n: number }>('SELECT n FROM numbers ORDER BY n')).map(({ n }) => n)).toEqual(numbers);
      expect(await database.get('SELECT count(*) AS n FROM numbers')).toEqual({ n: numbers.length });
    });

    it('may be closed twice', async () => {
      await database.close();
      await database.close();
      await expect(database.all('SELECT 1 AS one')).rejects.toThrow(/cannot be re/);
    });
  });
}
