import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { clientConfig, endClient } from './postgres-database.js';

/** The one place among several processes from which something is done. */
export interface Leadership {
  readonly leading: boolean;
  /** Gives the place up, after `onLost`; resolves when another may take it. */
  stop(): Promise<void>;
}
export interface LeadershipOptions {
  readonly url: string;
  /** Which place. */
  readonly name: string;
  /** The epoch is higher than that of whoever led before: a write that looks at it in its own transaction is refused to one who was paused. */
  readonly onLead: (epoch: number) => Promise<void>;
  /** Awaited before this process competes again. */
  readonly onLost: () => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly pollMs?: number;
}

/** Whoever is alone leads at once. Rejects with what `onLead` rejects with. */
export async function leadAlone(onLead: (epoch: number) => Promise<void>, onLost: () => Promise<void>): Promise<Leadership> {
  await onLead(1);
  let leading = true;
  return {
    get leading() {
      return leading;
    },
    stop: async () => {
      if (!leading) return;
      leading = false;
      await onLost();
    },
  };
}

const BEAT_EVERY = 500;
const BEAT_WITHIN = 1_500;
/**
 * The server lets a lock go when its holder's machine has vanished without a word, after 4 s, or when its process was paused, whose machine
 * still answers: a session that asks nothing for 5 s is ended.
 */
const KEEPALIVE = `SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 2; SET tcp_user_timeout = 4000;
SET idle_session_timeout = 5000;`;
const LEADERS = 'CREATE TABLE IF NOT EXISTS leaders (name text PRIMARY KEY, epoch bigint NOT NULL)';
/** Within the session that holds the lock, so that nobody else raises it. */
const RAISE = 'INSERT INTO leaders (name, epoch) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET epoch = leaders.epoch + 1 RETURNING epoch';

/**
 * Competes by an advisory lock that a connection holds: it is free as soon as that is gone. A leader that was paused may wake beside the
 * next one; what it writes is refused by the checkpoints that it moves, see ViewStore and ProcessStore, or by its epoch: a transaction
 * begins with `SELECT 1 FROM leaders WHERE name = ? AND epoch = ? FOR SHARE`, and writes only where that row is.
 */
export function leadWithPostgres(options: LeadershipOptions): Promise<Leadership> {
  const place = new Place(options);
  const running = place.run();
  return Promise.resolve({
    get leading() {
      return place.leading;
    },
    stop: async () => {
      place.stop();
      await running;
    },
  });
}

class Place {
  leading = false;
  readonly #stopping = new AbortController();

  constructor(private readonly options: LeadershipOptions) {}

  stop(): void {
    this.#stopping.abort();
  }

  async run(): Promise<void> {
    const { pollMs = 200, onError } = this.options;
    while (!this.#stopping.signal.aborted) {
      const client = new pg.Client(clientConfig({ url: this.options.url, applicationName: `comity ${this.options.name}`, statementTimeoutMs: BEAT_WITHIN }));
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.query(KEEPALIVE);
        if (await this.#take(client, pollMs)) await this.#lead(client, await this.#raise(client));
      } catch (error) {
        if (!this.#stopping.signal.aborted) onError(error);
      }
      // Ends the session and so the lock.
      await endClient(client);
      await this.#pause(pollMs);
    }
  }

  async #take(client: pg.Client, pollMs: number): Promise<boolean> {
    while (!this.#stopping.signal.aborted) {
      const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS taken', [`comity ${this.options.name}`]);
      if (rows[0]?.taken) return true;
      await this.#pause(pollMs);
    }
    return false;
  }

  async #raise(client: pg.Client): Promise<number> {
    await client.query(LEADERS);
    const { rows } = await client.query<{ epoch: number }>(RAISE, [this.options.name]);
    return rows[0]!.epoch;
  }

  /** Until the line is lost or the place is given up. */
  async #lead(client: pg.Client, epoch: number): Promise<void> {
    this.leading = true;
    const lost = new AbortController();
    client.once('end', () => lost.abort());
    const begun = this.options.onLead(epoch).catch((error: unknown) => {
      this.options.onError(error);
      lost.abort();
    });
    try {
      const over = AbortSignal.any([lost.signal, this.#stopping.signal]);
      while (!over.aborted) {
        await wait(BEAT_EVERY, undefined, { signal: over, ref: false }).catch(() => undefined);
        if (!over.aborted) await client.query('SELECT 1');
      }
    } finally {
      this.leading = false;
      await this.options.onLost().catch(this.options.onError);
      await begun;
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    await wait(milliseconds, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
  }
}
