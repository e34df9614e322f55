import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Database } from './database.js';
import { clientConfig } from './postgres-database.js';
import { Listeners, type Signals } from './signals.js';

const BACKOFF_FIRST = 100;
const BACKOFF_LAST = 2_000;
/** A line on which nothing is heard may be dead: it is tried this often, in ms. */
const TRY_EVERY = 2_000;
/** PostgreSQL takes less than 8,000 bytes. */
const MOST_BYTES = 7_500;

/** LISTEN and NOTIFY on a connection of their own, which comes back by itself. */
export class PostgresSignals implements Signals {
  readonly #listeners = new Listeners();
  readonly #reconnected = new Set<() => void>();
  #client: pg.Client | undefined;
  #closed = false;
  #running: Promise<void> = Promise.resolve();

  private constructor(
    private readonly url: string,
    private readonly database: Database,
    private readonly onError: (error: unknown) => void,
  ) {}

  static async open({ url, database, onError }: { url: string; database: Database; onError: (error: unknown) => void }): Promise<PostgresSignals> {
    const signals = new PostgresSignals(url, database, onError);
    const first = await signals.#connect();
    signals.#running = signals.#keep(first);
    return signals;
  }

  /** @throws RangeError, DatabaseUnavailable */
  async publish(channel: string, payload: string): Promise<void> {
    if (Buffer.byteLength(payload) > MOST_BYTES) throw new RangeError(`a signal of ${Buffer.byteLength(payload)} bytes exceeds ${MOST_BYTES}`);
    await this.database.all('SELECT pg_notify(?, ?)', [nameOf(channel), payload]);
  }

  listen(channel: string, heard: (payload: string) => void): () => void {
    const isNew = !this.#listeners.channels.includes(channel);
    const end = this.#listeners.add(channel, heard);
    if (isNew) void this.#client?.query(`LISTEN "${nameOf(channel)}"`).catch(this.onError);
    return end;
  }
  onReconnected(listener: () => void): () => void {
    this.#reconnected.add(listener);
    return () => this.#reconnected.delete(listener);
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...clientConfig({ url: this.url, applicationName: 'comity signals', statementTimeoutMs: 1_000 }) });
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload = '' }) => this.#listeners.tell(channel.slice(PREFIX.length), payload));
    await client.connect();
    for (const channel of this.#listeners.channels) await client.query(`LISTEN "${nameOf(channel)}"`);
    this.#client = client;
    return client;
  }

  /** Lives through as many connections as it takes. */
  async #keep(first: pg.Client): Promise<void> {
    for (let client: pg.Client | undefined = first; !this.#closed; ) {
      if (client) await this.#untilLost(client);
      if (this.#closed) return;
      client = await this.#comeBack();
      if (client) for (const listener of this.#reconnected) listener();
    }
  }

  async #untilLost(client: pg.Client): Promise<void> {
    const lost = new AbortController();
    client.once('end', () => lost.abort());
    while (!lost.signal.aborted && !this.#closed) {
      await wait(TRY_EVERY, undefined, { signal: lost.signal, ref: false }).catch(() => undefined);
      if (lost.signal.aborted || this.#closed) break;
      try {
        await client.query('SELECT 1');
      } catch (error) {
        this.onError(error);
        break;
      }
    }
    // A silent line does not answer to a farewell either.
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  async #comeBack(): Promise<pg.Client | undefined> {
    for (let pause = BACKOFF_FIRST; !this.#closed; pause = Math.min(pause * 2, BACKOFF_LAST)) {
      await wait(pause * (0.5 + Math.random() / 2), undefined, { ref: false });
      try {
        if (!this.#closed) return await this.#connect();
      } catch (error) {
        this.onError(error);
      }
    }
    return undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end().catch(() => undefined);
    await this.#running;
  }
}

/** Channels of the product among those of others in the same database. */
const PREFIX = 'comity_';
const nameOf = (channel: string): string => `${PREFIX}${channel.replaceAll('"', '')}`;
