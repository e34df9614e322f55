import { type AllStreamResolvedEvent, BACKWARDS, END, NO_STREAM, type ResolvedEvent, START as FROM_START, type StreamingRead, StreamNotFoundError, WrongExpectedVersionError } from '@eventstore/db-client';
import {
  type Appended, AppendTooLarge, checkAppend, comparePositions, EventStore, MAX_APPEND_BYTES, type NewEvent, type ReadAll, START, type StoredEvent,
  StoreUnavailable, type SubscribeOptions, type Subscription, WrongRevision,
} from '../event-store.js';
import { catchUp } from './catch-up.js';
import { Connection } from './connection.js';
import { decode, encode, isSystem, positionOf } from './encoding.js';

/** How long an append may take, in ms; whoever waits is answered within two seconds. */
const APPEND_WITHIN = 1_500;
/** A read fails when nothing has come for so long, in ms. */
const SILENT_FOR = 1_500;
/** While somebody is subscribed the line is tried this often, in ms: a silent one is not noticed otherwise. */
const TRY_LINE_EVERY = 1_000;

/** KurrentDB, and EventStoreDB before it, over its v1 protocol (`@eventstore/db-client`). Streams are `<category>-<id>`, as its own categories are. */
export class KurrentDbEventStore extends EventStore {
  readonly #connection: Connection;
  #subscriptions = 0;
  #lineTrial: NodeJS.Timeout | undefined;
  /** The last known end of the record; what lies before need not be looked through again. */
  #knownHead = START;

  /** @throws ConnectionStringRefused */
  constructor(connectionString: string) {
    super();
    this.#connection = new Connection(connectionString);
  }

  override async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    checkAppend(stream, events);
    const bytes = events.reduce((sum, e) => sum + Buffer.byteLength(JSON.stringify(e.data)) + Buffer.byteLength(JSON.stringify(e.meta)), 0);
    if (bytes > MAX_APPEND_BYTES) throw new AppendTooLarge(bytes);
    const { credentials } = this.#connection;
    try {
      const { nextExpectedRevision, position } = await this.#connection.call(APPEND_WITHIN, (client) =>
        client.appendToStream(stream, events.map(encode), {
          expectedRevision: expected === 0 ? NO_STREAM : BigInt(expected - 1), credentials, requiresLeader: true, deadline: APPEND_WITHIN,
        }),
      );
      const revision = Number(nextExpectedRevision) + 1;
      // Of several events the answer does not say for certain whose position it gives.
      if (events.length === 1 && position !== undefined) return { stream, revision, position: String(position.commit) };
      const [last] = await this.readStream(stream, revision - 1, 1);
      return { stream, revision, position: last!.position };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) throw new WrongRevision(stream, expected, typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) + 1 : 0);
      throw error;
    }
  }

  override async readStream(stream: string, after = 0, limit = Number.MAX_SAFE_INTEGER): Promise<readonly StoredEvent[]> {
    if (limit <= 0) return [];
    try {
      const events = await this.#collect<ResolvedEvent>((client) =>
        client.readStream(stream, { fromRevision: BigInt(after), maxCount: limit, credentials: this.#connection.credentials, requiresLeader: true }),
      );
      return events.flatMap(({ event }) => (event ? [decode(event)] : []));
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  }

  override async readAll({ after, limit, categories }: ReadAll): Promise<readonly StoredEvent[]> {
    const prefixes = categories?.map((c) => `${c}-`);
    const found: StoredEvent[] = [];
    for (let from = after; found.length < limit; ) {
      const asked = limit + 1;
      const page = await this.#page(from, asked);
      for (const { event } of page) {
        if (event === undefined || isSystem(event) || String(event.position.commit) === from) continue;
        if (prefixes === undefined || prefixes.some((prefix) => event.streamId.startsWith(prefix))) found.push(decode(event));
      }
      const last = page.at(-1)?.event?.position.commit;
      if (page.length < asked || last === undefined) break;
      from = String(last);
    }
    return found.slice(0, limit);
  }

  /** From a position on, inclusive, as the protocol has it. */
  #page(from: string, maxCount: number): Promise<AllStreamResolvedEvent[]> {
    return this.#collect((client) =>
      client.readAll({ fromPosition: from === START ? FROM_START : positionOf(from), maxCount, credentials: this.#connection.credentials, requiresLeader: true }),
    );
  }

  override async head(): Promise<string> {
    const known = this.#knownHead;
    let from: { commit: bigint; prepare: bigint } | typeof END = END;
    for (let maxCount = 4; ; maxCount = Math.min(maxCount * 4, 1_000)) {
      const start: typeof from = from;
      const page: AllStreamResolvedEvent[] = await this.#collect((client) =>
        client.readAll({ direction: BACKWARDS, fromPosition: start, maxCount, credentials: this.#connection.credentials, requiresLeader: true }),
      );
      for (const { event } of page) {
        if (event === undefined) continue;
        const position = String(event.position.commit);
        if (comparePositions(position, known) <= 0) return this.#knownHead;
        if (isSystem(event)) continue;
        if (comparePositions(position, this.#knownHead) > 0) this.#knownHead = position;
        return this.#knownHead;
      }
      const last = page.at(-1)?.event?.position;
      if (page.length < maxCount || last === undefined) return this.#knownHead;
      from = last;
    }
  }

  /** Everything that one read gives. Reads of the client have no deadline: one that falls silent is given up here. */
  #collect<T>(read: (client: Connection['client']) => StreamingRead<T>): Promise<T[]> {
    return this.#connection.call(24 * 3_600_000, (client) => {
      const stream = read(client);
      return new Promise<T[]>((resolve, reject) => {
        const all: T[] = [];
        const give = (error: unknown) => {
          clearTimeout(silent);
          // What it says after it was given up concerns nobody.
          stream.on('error', () => undefined);
          stream.destroy();
          reject(error as Error);
        };
        const silent = setTimeout(() => give(new StoreUnavailable(`the event store was silent for ${SILENT_FOR} ms`)), SILENT_FOR);
        stream.on('data', (item: T) => {
          silent.refresh();
          all.push(item);
        });
        stream.on('error', give);
        stream.on('end', () => {
          clearTimeout(silent);
          resolve(all);
        });
      });
    });
  }

  override subscribe(options: SubscribeOptions): Subscription {
    this.#subscriptions++;
    this.#lineTrial ??= setInterval(() => void this.head().catch(() => undefined), TRY_LINE_EVERY).unref();
    const subscription = catchUp(this.#connection, () => this.head(), options);
    let ended = false;
    return {
      stop: async () => {
        if (!ended) this.#subscriptions--;
        ended = true;
        if (this.#subscriptions === 0) {
          clearInterval(this.#lineTrial);
          this.#lineTrial = undefined;
        }
        await subscription.stop();
      },
    };
  }

  override async close(): Promise<void> {
    clearInterval(this.#lineTrial);
    await this.#connection.close();
  }
}
