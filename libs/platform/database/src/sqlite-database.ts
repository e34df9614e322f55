import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Database, DatabaseUnavailable, type SqlValue, type Statement } from './database.js';

/** SQLITE_BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN (sqlite.org/rescode.html). */
const AWAY: ReadonlySet<number> = new Set([5, 6, 8, 10, 13, 14]);
const MOST_STATEMENTS = 300;
/** How long a migration waits for that of another process, in ms. */
const MIGRATION_WAITS = 10_000;

/** SQLite by node:sqlite. Works inside the call and answers with promises that are resolved already. */
export class SqliteDatabase extends Database {
  override readonly dialect = 'sqlite';
  readonly #known = new Map<string, StatementSync>();

  constructor(private readonly db: DatabaseSync) {
    super();
  }

  /** @param path a file, or `:memory:` @throws DatabaseUnavailable */
  static open(path: string, pragmas = ''): SqliteDatabase {
    try {
      const db = new DatabaseSync(path);
      db.exec(pragmas);
      return new SqliteDatabase(db);
    } catch (error) {
      throw isAway(error) ? new DatabaseUnavailable(`${path} cannot be opened`, { cause: error }) : error;
    }
  }

  override all<R extends object>(sql: string, values: readonly SqlValue[] = []): Promise<R[]> {
    return this.#try(() => this.#prepare(sql).all(...values) as unknown as R[]);
  }
  override run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.#try(() => Number(this.#prepare(sql).run(...values).changes));
  }
  override batch(statements: readonly Statement[]): Promise<readonly number[]> {
    return this.#try(() => this.#transaction(() => statements.map(({ sql, values = [] }) => Number(this.#prepare(sql).run(...values).changes))));
  }

  override migrate(part: string, steps: readonly string[]): Promise<void> {
    return this.#try(() => this.#waiting(() =>
      this.#transaction(() => {
        this.db.exec('CREATE TABLE IF NOT EXISTS schema_steps (part TEXT NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (part, step)) STRICT');
        const { done } = this.db.prepare('SELECT count(*) AS done FROM schema_steps WHERE part = ?').get(part) as { done: number };
        for (const [i, step] of steps.entries()) {
          if (i < done) continue;
          this.db.exec(step);
          this.db.prepare('INSERT INTO schema_steps (part, step) VALUES (?, ?)').run(part, i + 1);
        }
      }),
    ));
  }

  override close(): Promise<void> {
    if (this.db.isOpen) this.db.close();
    return Promise.resolve();
  }

  /** Blocks the thread, which is right only where nothing else goes on yet. */
  #waiting<T>(work: () => T): T {
    const { timeout } = this.db.prepare('PRAGMA busy_timeout').get() as { timeout: number };
    this.db.exec(`PRAGMA busy_timeout = ${MIGRATION_WAITS}`);
    try {
      return work();
    } finally {
      this.db.exec(`PRAGMA busy_timeout = ${timeout}`);
    }
  }

  #transaction<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** A read is asked a thousand times and written once. */
  #prepare(sql: string): StatementSync {
    const known = this.#known.get(sql);
    if (known) return known;
    const made = this.db.prepare(sql);
    if (this.#known.size >= MOST_STATEMENTS) this.#known.clear();
    this.#known.set(sql, made);
    return made;
  }

  #try<T>(work: () => T): Promise<T> {
    try {
      return Promise.resolve(work());
    } catch (error) {
      const away = !this.db.isOpen || isAway(error);
      return Promise.reject(away ? new DatabaseUnavailable('the database cannot be read or written', { cause: error }) : (error as Error));
    }
  }
}

function isAway(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  return code !== undefined && AWAY.has(code & 0xff);
}
