import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Database } from './database.js';
import { clientConfig, endClient } from './postgres-database.js';
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
  /** What is asked on the line, one after the other. */
  #asked: Promise<unknown> = Promise.resolve();

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
    if (isNew && this.#client) void this.#hear(this.#client, channel);
    return end;
  }
  onReconnected(listener: () => void): () => void {
    this.#reconnected.add(listener);
    return () => this.#reconnected.delete(listener);
  }

  /** Where the line refuses, a new one hears all channels. */
  async #hear(client: pg.Client, channel: string): Promise<void> {
    try {
      await this.#ask(client, `LISTEN "${nameOf(channel)}"`);
    } catch (error) {
      if (!this.#closed) this.onError(error);
      await endClient(client, 0);
    }
  }

  #ask(client: pg.Client, sql: string): Promise<unknown> {
    const answer = this.#asked.then(() => client.query(sql));
    this.#asked = answer.catch(() => undefined);
    return answer;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...clientConfig({ url: this.url, applicationName: 'comity signals', statementTimeoutMs: 1_000 }) });
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload = '' }) => this.#listeners.tell(channel.slice(PREFIX.length), payload, this.onError));
    try {
      await client.connect();
      // From here on a new channel is asked for at once; all that there are until now follow in one text.
      this.#client = client;
      this.#asked = Promise.resolve();
      const channels = this.#listeners.channels.map((channel) => `LISTEN "${nameOf(channel)}"`);
      if (channels.length > 0) await this.#ask(client, channels.join('; '));
      if (this.#closed) await endClient(client);
      return client;
    } catch (error) {
      this.#client = undefined;
      await endClient(client, 0);
      throw error;
    }
  }

  /** Lives through as many connections as it takes. */
  async #keep(first: pg.Client): Promise<void> {
    for (let client: pg.Client | undefined = first; !this.#closed; ) {
      if (client) await this.#untilLost(client);
      if (this.#closed) return;
      client = await this.#comeBack();
      if (client && !this.#closed) this.#tellReconnected();
    }
  }

  #tellReconnected(): void {
    for (const listener of this.#reconnected) {
      try {
        listener();
      } catch (error) {
        this.onError(error);
      }
    }
  }

  async #untilLost(client: pg.Client): Promise<void> {
    const lost = new AbortController();
    client.once('end', () => lost.abort());
    while (!lost.signal.aborted && !this.#closed) {
      await wait(TRY_EVERY, undefined, { signal: lost.signal, ref: false }).catch(() => undefined);
      if (lost.signal.aborted || this.#closed) break;
      try {
        await this.#ask(client, 'SELECT 1');
      } catch (error) {
        this.onError(error);
        break;
      }
    }
    this.#client = undefined;
    await endClient(client, 0);
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
    if (this.#client) await endClient(this.#client);
    await this.#running;
  }
}

/** Channels of the product among those of others in the same database. */
const PREFIX = 'comity_';
const nameOf = (channel: string): string => `${PREFIX}${channel.replaceAll('"', '')}`;
