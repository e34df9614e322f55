import { type AllStreamResolvedEvent, type AllStreamSubscription, excludeSystemEvents, START as FROM_START, streamNameFilter } from '@eventstore/db-client';
import { setTimeout as wait } from 'node:timers/promises';
import { comparePositions, START, type StoredEvent, type SubscribeOptions, type Subscription } from '../event-store.js';
import { type Connection, isOutage } from './connection.js';
import { decode, isSystem, positionOf } from './encoding.js';

const BACKOFF_FIRST = 50;
const BACKOFF_LAST = 1_000;

type Item = { readonly event: StoredEvent } | { readonly checkpoint: string };

/**
 * A catch-up subscription to $all with the filter on the server. The client's own never come back after a loss: each loss begins a new
 * one behind the last checkpoint, later and later. Only what `onBatch` throws ends it.
 * @param head of the record, read when it begins: once everything up to there has been handed over it has caught up
 */
export function catchUp(connection: Connection, head: () => Promise<string>, options: SubscribeOptions): Subscription {
  const stopping = new AbortController();
  const running = new CatchUp(connection, head, options, stopping.signal).run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

class CatchUp {
  #position: string;
  #target: string | undefined;
  #caughtUp = false;
  #backoff = BACKOFF_FIRST;

  constructor(
    private readonly connection: Connection,
    private readonly head: () => Promise<string>,
    private readonly options: SubscribeOptions,
    private readonly stopping: AbortSignal,
  ) {
    this.#position = options.after;
  }

  async run(): Promise<void> {
    while (!this.stopping.aborted) {
      try {
        this.#target ??= await this.head();
        await this.#session();
      } catch (error) {
        if (!isOutage(error)) return this.options.onError?.(error);
      }
      // With jitter, so that not every node comes back at once.
      const pause = this.#backoff * (0.5 + Math.random() / 2);
      this.#backoff = Math.min(this.#backoff * 2, BACKOFF_LAST);
      await wait(pause, undefined, { signal: this.stopping, ref: false }).catch(() => undefined);
    }
  }

  /** One subscription, for as long as it lives. */
  async #session(): Promise<void> {
    const { client } = this.connection;
    const size = this.options.batch ?? 500;
    const session = new Session(size);
    const subscription = client.subscribeToAll(
      {
        fromPosition: this.#position === START ? FROM_START : positionOf(this.#position),
        filter: this.#filter(session),
        credentials: this.connection.credentials,
        requiresLeader: false,
      },
      { highWaterMark: size },
    );
    session.over(subscription);
    const replaced = this.connection.onReplaced((gone) => gone === client && session.end());
    const stopped = () => session.end();
    this.stopping.addEventListener('abort', stopped, { once: true });
    try {
      for (;;) {
        const items = await session.next(size);
        if (this.stopping.aborted) return;
        await this.#handle(items);
        if (session.live && session.empty) await this.#arrived();
        if (session.ended && session.empty) {
          if (session.failure !== undefined) throw session.failure;
          return;
        }
      }
    } finally {
      replaced();
      this.stopping.removeEventListener('abort', stopped);
      session.end();
      void subscription.unsubscribe().catch(() => undefined);
      subscription.destroy();
    }
  }

  #filter(session: Session) {
    const { categories } = this.options;
    const checkpoints = { checkpointInterval: 1, checkpointReached: (_: AllStreamSubscription, position: { commit: bigint }) => session.checkpoint(String(position.commit)) };
    return categories ? streamNameFilter({ prefixes: categories.map((c) => `${c}-`), ...checkpoints }) : excludeSystemEvents(checkpoints);
  }

  async #handle(items: readonly Item[]): Promise<void> {
    const events = items.flatMap((item) => ('event' in item && comparePositions(item.event.position, this.#position) > 0 ? [item.event] : []));
    const last = items.map((item) => ('event' in item ? item.event.position : item.checkpoint)).reduce((high, p) => (comparePositions(p, high) > 0 ? p : high), this.#position);
    if (items.length > 0) this.#backoff = BACKOFF_FIRST;
    if (comparePositions(last, this.#position) <= 0) return;
    this.#position = last;
    await this.options.onBatch(events, last);
    if (comparePositions(last, this.#target ?? last) >= 0) this.#tell();
  }

  /** The server says that nothing is left: so everything up to where the record stood has been seen, also what the filter held back. */
  async #arrived(): Promise<void> {
    if (this.#caughtUp) return;
    const target = this.#target ?? START;
    if (comparePositions(target, this.#position) > 0) {
      this.#position = target;
      await this.options.onBatch([], target);
    }
    this.#tell();
  }

  #tell(): void {
    if (this.#caughtUp) return;
    this.#caughtUp = true;
    this.options.onCaughtUp?.(this.#position);
  }
}

/** What one subscription brings, in order, held back where it is not taken. */
class Session {
  readonly #items: Item[] = [];
  #subscription: AllStreamSubscription | undefined;
  #wake: (() => void) | undefined;
  #drained: (() => void)[] = [];
  live = false;
  ended = false;
  failure: unknown;

  constructor(private readonly most: number) {}

  over(subscription: AllStreamSubscription): void {
    this.#subscription = subscription;
    subscription
      .on('data', ({ event }: AllStreamResolvedEvent) => {
        try {
          if (event !== undefined && !isSystem(event)) this.#items.push({ event: decode(event) });
        } catch (error) {
          // Thrown here it would end the process; as a failure it ends the subscription, and is told.
          this.failure ??= error;
          return this.end();
        }
        if (this.#items.length >= this.most) subscription.pause();
        this.#woken();
      })
      .on('caughtUp' as never, (() => {
        this.live = true;
        this.#woken();
      }) as never)
      .on('error', (error: unknown) => {
        this.failure ??= error;
        this.end();
      })
      .on('end', () => this.end())
      .on('close', () => this.end());
  }

  /** The client waits for this before it passes on what comes next, so a checkpoint never overtakes an event. */
  async checkpoint(position: string): Promise<void> {
    while (!this.ended && (this.#subscription?.readableLength ?? 0) > 0) await new Promise<void>((resolve) => this.#drained.push(resolve));
    this.#items.push({ checkpoint: position });
    this.#woken();
  }

  get empty(): boolean {
    return this.#items.length === 0 && (this.ended || (this.#subscription?.readableLength ?? 0) === 0);
  }

  /** What has come, at most so much; waits where there is nothing and nothing has changed. */
  async next(most: number): Promise<Item[]> {
    if (this.#items.length === 0 && !this.ended) await new Promise<void>((resolve) => (this.#wake = resolve));
    const taken = this.#items.splice(0, most);
    if (this.#items.length < this.most) this.#subscription?.resume();
    this.#release();
    return taken;
  }

  end(): void {
    this.ended = true;
    this.#release();
    this.#woken();
  }

  #woken(): void {
    this.#wake?.();
    this.#wake = undefined;
    if ((this.#subscription?.readableLength ?? 0) === 0) this.#release();
  }
  #release(): void {
    const waiting = this.#drained;
    this.#drained = [];
    for (const resolve of waiting) resolve();
  }
}
