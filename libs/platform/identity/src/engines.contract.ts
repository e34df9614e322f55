import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal } from '#kernel';
import { type Database, LocalSignals, PostgresDatabase, PostgresSignals, type Signals } from '#platform/database';
import { startPostgres } from '../../../../test/postgres/index.ts';
import type { Account, NewAccount } from './account.js';
import { openIdentityDatabase } from './database.js';
import { Identity } from './identity.js';
import type { SignedIn } from './sessions.js';

export const WORD = 'a quiet lake under the volcanoes';
export const MINUTE = 60_000;
export const anne: NewAccount = {
  email: 'Anne@Example.org',
  personId: 'anne',
  displayName: 'Anne Uwase',
  language: 'en',
  grants: [{ capacity: 'chair', onBehalfOf: 'rw' }],
};

/** One place for data, which several nodes can have open. */
export interface Place {
  open(): Promise<{ readonly database: Database; readonly signals: Signals }>;
  dispose(): Promise<void>;
}

function inSqlite(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'comity-identity-'));
  const signals = new LocalSignals();
  return Promise.resolve({
    open: () => Promise.resolve({ database: openIdentityDatabase(folder), signals }),
    dispose: () => Promise.resolve(rmSync(folder, { recursive: true })),
  });
}

async function inPostgres(): Promise<Place> {
  const server = await startPostgres();
  const url = await server.createDatabase();
  return {
    open: async () => {
      const database = await PostgresDatabase.open({ url });
      return { database, signals: await PostgresSignals.open({ url, database, onError: () => {} }) };
    },
    dispose: () => server.stop(),
  };
}

export const ENGINES: readonly (readonly [engine: string, make: () => Promise<Place>])[] = [
  ['SQLite', inSqlite],
  ['PostgreSQL', inPostgres],
];
/** PostgreSQL is started in a test's preparation. */
export const START_WITHIN = 60_000;

/** The clock of all nodes of one test. */
export interface Clock {
  time: number;
}
export const clock = (): Clock => ({ time: Date.parse('2026-11-23T08:00:00Z') });

/** One node, with what tests do on it again and again. */
export class Node {
  readonly errors: unknown[] = [];

  private constructor(
    readonly database: Database,
    readonly signals: Signals,
    readonly identity: Identity,
  ) {}

  static async open(place: Place, { now }: { now: () => number }): Promise<Node> {
    const { database, signals } = await place.open();
    const errors: unknown[] = [];
    const identity = await Identity.open({ database, signals, publicUrl: 'https://comity.example', now, onError: (e) => errors.push(e) });
    return Object.assign(new Node(database, signals, identity), { errors });
  }

  async made(input: unknown, password?: string): Promise<Account> {
    const account = await this.identity.accounts.create(input, password === undefined ? undefined : { password });
    if (isRefusal(account)) throw new Error(JSON.stringify(account));
    return account;
  }
  async signIn(email = 'anne@example.org', password = WORD): Promise<SignedIn & { readonly token: string }> {
    const result = await this.identity.signIn(email, password, 'jest');
    if (isRefusal(result)) throw new Error(result.refused);
    return result;
  }
  /** What this node hears of ended sessions from now on. */
  hearing(): { readonly told: string[]; readonly stop: () => void } {
    const told: string[] = [];
    return { told, stop: this.identity.sessions.onRevoked(({ sessionId, why }) => told.push(`${why} ${sessionId}`)) };
  }

  async close(): Promise<void> {
    await this.identity.close();
    await this.signals.close();
    await this.database.close();
  }
}

export const cookie = (token: string) => ({ cookie: `other=1; __Host-comity=${token}` });

/** Waits until it is so: signals take their time. */
export async function until(so: () => boolean, within = 5_000): Promise<void> {
  for (const end = Date.now() + within; !so(); ) {
    if (Date.now() > end) throw new Error('it has not come to be so');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
