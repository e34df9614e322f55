import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { Database, DatabaseUnavailable, type SqlValue, type Statement } from './database.js';

export interface PostgresOptions {
  /** postgres://user:password@host:port/database[?sslmode=…] */
  readonly url: string;
  /** How the server's administrators see this process. */
  readonly applicationName?: string;
  /** Connections at most. */
  readonly max?: number;
  readonly statementTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
}

/** The database would sort or store texts otherwise than the product reckons with. */
export class WrongCollation extends Error {}

/** Statements of one transaction. */
export interface Transaction {
  all<R extends object>(sql: string, values?: readonly SqlValue[]): Promise<R[]>;
  run(sql: string, values?: readonly SqlValue[]): Promise<number>;
}

const INT8 = 20;
/** Named statements are planned once by the server; beyond so many texts the rest is planned each time. */
const MOST_NAMED = 500;
const RETRIES = 1;
/** A migration rewrites tables, or waits for that of another node. */
const MIGRATION_WITHIN = 600_000;

/** Class 08, operator intervention 57P, too many connections, out of memory or disk 53, a transaction that was idle too long 25P03 (postgresql.org, "Error Codes"). */
const AWAY = /^(08...|57P0[1-5]|53...|57014|25P0[34])$/;
/** Serialization failure and deadlock: the same again, at once. */
const AGAIN = /^40(001|P01)$/;
/** A named statement reads a table to which a migration has added a column meanwhile. */
const STALE = /cached plan must not change result type/;
const LINE = /ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|Connection terminated|timeout|Client has encountered a connection error|not queryable|Cannot use a pool/i;

export function isAway(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return AWAY.test(code ?? '') || LINE.test(code ?? '') || (!/^[0-9A-Z]{5}$/.test(code ?? '') && LINE.test(message ?? ''));
}

/** Connections that notice a dead line, and read 64-bit integers as numbers: nothing here counts beyond 2^53. */
export function clientConfig({ url, applicationName = 'comity', statementTimeoutMs = 5_000, connectTimeoutMs = 2_000 }: PostgresOptions): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName.slice(0, 63),
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // A process that was paused in a transaction would hold its locks for ever: it still answers to keepalives.
    idle_in_transaction_session_timeout: statementTimeoutMs * 2,
    // The server may be out of reach and say nothing at all.
    query_timeout: statementTimeoutMs + 1_000,
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === INT8 ? Number : (pg.types.getTypeParser(oid, format as 'text') as never)) } as never,
  };
}

/** Ends a connection, even where the line is silent and would not answer to a farewell. */
export async function endClient(client: pg.Client, within = 500): Promise<void> {
  await Promise.race([client.end().catch(() => undefined), wait(within, undefined, { ref: false })]);
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}

/** PostgreSQL by a pool of connections. */
export class PostgresDatabase extends Database {
  override readonly dialect = 'postgres';
  readonly #pool: pg.Pool;
  readonly #texts = new Map<string, { text: string; name?: string }>();
  #generation = 0;

  /** `open` also looks whether the database is as the product wants it. */
  constructor(options: PostgresOptions) {
    super();
    this.#pool = new pg.Pool({ ...clientConfig(options), max: options.max ?? 10, idleTimeoutMillis: 30_000 });
    // Said of an idle connection that broke; the next query takes another.
    this.#pool.on('error', () => undefined);
    // The pool does not listen while a connection is lent: its loss between two queries would end the process.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** @throws DatabaseUnavailable, WrongCollation */
  static async open(options: PostgresOptions): Promise<PostgresDatabase> {
    const database = new PostgresDatabase(options);
    try {
      await database.#checkCollation();
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async #checkCollation(): Promise<void> {
    const found = await this.get<{ encoding: string; collation: string | null; name: string }>(
      `SELECT pg_encoding_to_char(encoding) AS encoding, to_jsonb(d)->>'datname' AS name,
        coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale', datcollate) AS collation FROM pg_database d WHERE datname = current_database()`,
    );
    if (found?.encoding === 'UTF8' && /^(C|POSIX|C\.UTF-?8)$/i.test(found.collation ?? '')) return;
    throw new WrongCollation(
      `the database ${found?.name} is ${found?.encoding} and sorts by ${found?.collation}; the product needs one that was made by ` +
        `CREATE DATABASE comity TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`,
    );
  }

  override all<R extends object>(sql: string, values: readonly SqlValue[] = []): Promise<R[]> {
    return this.#again(() => this.#lend(async (client) => (await client.query(this.#query(sql, values))).rows as R[]));
  }
  override run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.#again(() => this.#lend(async (client) => (await client.query(this.#query(sql, values))).rowCount ?? 0));
  }
  override batch(statements: readonly Statement[]): Promise<readonly number[]> {
    return this.transaction(async (tx) => {
      const changed: number[] = [];
      for (const { sql, values } of statements) changed.push(await tx.run(sql, values));
      return changed;
    });
  }

  /** One transaction on one connection; run again from the beginning where others were in its way. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#transaction('BEGIN', undefined, work);
  }

  #transaction<T>(begin: string, within: number | undefined, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#again(() =>
      this.#lend(async (client) => {
        const ask = (sql: string, values: readonly SqlValue[] = []) => client.query({ ...this.#query(sql, values), ...(within !== undefined && { query_timeout: within }) });
        await client.query(begin);
        try {
          const result = await work({
            all: async <R extends object>(sql: string, values?: readonly SqlValue[]) => (await ask(sql, values)).rows as R[],
            run: async (sql, values) => (await ask(sql, values)).rowCount ?? 0,
          });
          // What failed and was overlooked makes a rollback of it.
          if ((await client.query('COMMIT')).command !== 'COMMIT') throw new Error('a statement of the transaction has failed');
          return result;
        } catch (error) {
          if (!isAway(error)) await client.query('ROLLBACK').catch((cause: unknown) => { throw new DatabaseUnavailable('the database cannot be reached', { cause }); });
          throw error;
        }
      }),
    );
  }

  /** A connection that broke does not come back; one whose statement was refused does, with all that is planned on it. */
  async #lend<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken = false;
    try {
      return await work(client);
    } catch (error) {
      broken = error instanceof DatabaseUnavailable || isAway(error);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  override async migrate(part: string, steps: readonly string[]): Promise<void> {
    await this.#transaction(`BEGIN; SET LOCAL statement_timeout = ${MIGRATION_WITHIN}`, MIGRATION_WITHIN, async (tx) => {
      // Nodes that start together wait here for each other.
      await tx.all("SELECT pg_advisory_xact_lock(hashtext('comity schema'))");
      await tx.run('CREATE TABLE IF NOT EXISTS schema_steps (part text NOT NULL, step integer NOT NULL, PRIMARY KEY (part, step))');
      const [{ done } = { done: 0 }] = await tx.all<{ done: number }>('SELECT count(*) AS done FROM schema_steps WHERE part = ?', [part]);
      for (const [i, step] of steps.entries()) {
        if (i < done) continue;
        await tx.run(step);
        await tx.run('INSERT INTO schema_steps (part, step) VALUES (?, ?)', [part, i + 1]);
      }
    });
  }

  override close(): Promise<void> {
    return this.#pool.ended || this.#pool.ending ? Promise.resolve() : this.#pool.end();
  }

  async #again<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const again = AGAIN.test((error as { code?: string }).code ?? '');
        const stale = STALE.test((error as Error).message);
        if (stale) this.#forget();
        if ((again || stale) && attempt <= RETRIES) continue;
        if (again || isAway(error)) throw new DatabaseUnavailable('the database cannot be reached', { cause: error });
        throw error;
      }
    }
  }

  /** Under other names they are planned anew. */
  #forget(): void {
    this.#texts.clear();
    this.#generation++;
  }

  /** Without values there is nothing to number, and several statements may stand in one text, which cannot be named. */
  #query(sql: string, values: readonly SqlValue[]): pg.QueryConfig {
    if (values.length === 0) return { text: sql };
    const known = this.#texts.get(sql) ?? this.#learn(sql);
    return { ...known, values: [...values] };
  }
  #learn(sql: string): { text: string; name?: string } {
    const text = numbered(sql);
    if (this.#texts.size >= MOST_NAMED) return { text };
    const name = createHash('sha256').update(`${this.#generation} ${text}`).digest('base64url').slice(0, 32);
    const made = { text, name };
    this.#texts.set(sql, made);
    return made;
  }
}

/** Texts, names, comments and dollar quotes stay as they are. */
const QUOTED_OR_PLACE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([a-z_]\w*)?\$[\s\S]*?\$\1\$|\?/gi;

/** `?` becomes `$1`, `$2` …, but for those in quotes. */
export function numbered(sql: string): string {
  let n = 0;
  return sql.replaceAll(QUOTED_OR_PLACE, (found) => (found === '?' ? `$${++n}` : found));
}
