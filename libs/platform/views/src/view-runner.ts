import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { RecordedEvent } from '#kernel';
import type { Signals } from '#platform/database';
import { comparePositions, type EventStore, type Registry, START, type Subscription } from '#platform/event-store';
import type { Build } from './schema.js';
import type { Lagging, ViewStore } from './view-store.js';

type Listener = (position: string) => void;

const CHANNEL = 'views';
const REBUILD = 'rebuild';
const Moved = z.object({ position: z.string(), generation: z.number() });
/** Signals may be missed: how far the views have come is looked up this often, in ms. */
const LOOK_EVERY = 1_000;
const RETRY_FIRST = 250;
const RETRY_LAST = 10_000;
const PAGE = 2_000;

/**
 * How far the views have come, on every node (`follow`), and on the one that projects, what moves them (`startProjecting`).
 * Who listens is told after the commit.
 */
export class ViewRunner {
  #subscription: Subscription | undefined;
  #projecting = false;
  #catchingUp: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<Listener>();
  readonly #folded = new Set<(events: readonly RecordedEvent[]) => void>();
  #waiting: { position: string; resolve: () => void; timer: NodeJS.Timeout }[] = [];
  #failed: unknown;
  #retrying = false;
  /** Ends the wait of who began projecting, where it is stopped before. */
  #release: (() => void) | undefined;
  #told = START;
  #unfollow: (() => void)[] = [];

  constructor(
    private readonly events: EventStore,
    private readonly registry: Registry,
    private readonly views: ViewStore,
    private readonly signals: Signals,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Learns from the node that projects how far the views have come. Resolves when that is known. */
  async follow(): Promise<void> {
    const look = () => void this.#look();
    const timer = setInterval(look, LOOK_EVERY);
    timer.unref();
    this.#unfollow = [
      () => clearInterval(timer),
      this.signals.onReconnected(look),
      this.signals.listen(REBUILD, (view) => {
        if (this.#projecting) void this.#rebuild(view).catch(this.onError);
      }),
      this.signals.listen(CHANNEL, (payload) => {
        const { position, generation } = Moved.parse(JSON.parse(payload));
        if (this.#projecting) return;
        if (this.views.heard(position, generation)) this.#moved();
        else look();
      }),
    ];
    await this.#look();
  }

  async #look(): Promise<void> {
    if (this.#projecting) return;
    try {
      await this.views.refresh();
      this.#failed = undefined;
      this.#moved();
    } catch (error) {
      this.#failed ??= error;
      this.onError(error);
    }
  }

  /** Projects until it is stopped; failures are tried again. Resolves when the serving views stand where the record stood at the call. */
  async startProjecting(): Promise<void> {
    this.#projecting = true;
    try {
      await this.#project();
    } catch (error) {
      this.#projecting = false;
      throw error;
    }
  }

  async #project(): Promise<void> {
    await this.#subscription?.stop();
    await this.views.prepare();
    const behind = this.views.behind;
    this.#catchingUp = this.#catchUp(behind);
    await new Promise<void>((resolve, reject) => {
      this.#release = resolve;
      this.#subscription = this.events.subscribe({
        after: this.views.checkpoint,
        // While it catches up, larger transactions; live, a batch is what has just been recorded.
        batch: PAGE,
        onBatch: async (stored, checkpoint) => {
          const events = stored.map((e) => this.registry.decode(e));
          await this.views.project(events, checkpoint);
          for (const folded of this.#folded) folded(events);
          this.#failed = undefined;
          this.#moved();
        },
        onCaughtUp: () => resolve(),
        onError: (error) => {
          this.#fail(error);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      });
    });
    // A view of which nothing serves yet cannot be read before it has caught up; one that is built anew may take its time.
    if (behind.some(({ build }) => this.views.isServing(build))) await this.#catchingUp;
  }

  /** After a failure in the middle: once more from what is stored, later and later. */
  #fail(error: unknown): void {
    this.#failed = error;
    this.onError(error);
    if (this.#retrying) return;
    this.#retrying = true;
    void this.#retry().finally(() => (this.#retrying = false));
  }

  async #retry(): Promise<void> {
    for (let pause = RETRY_FIRST; this.#projecting; pause = Math.min(pause * 2, RETRY_LAST)) {
      await wait(pause, undefined, { ref: false });
      if (!this.#projecting) return;
      try {
        return await this.#project();
      } catch (error) {
        this.#failed = error;
        this.onError(error);
      }
    }
  }

  /** Builds that lag are folded beside those that follow the record, so that nobody waits for them. */
  async #catchUp(behind: readonly Lagging[]): Promise<void> {
    try {
      // Those that stand at the same place share one reading of the record.
      const byPlace = Map.groupBy(behind, ({ after }) => after);
      await Promise.all([...byPlace].map(([after, lagging]) => this.#catchUpFrom(after, lagging.map(({ build }) => build))));
    } catch (error) {
      if (this.#projecting) this.#fail(error);
    }
  }

  async #catchUpFrom(after: string, builds: readonly Build[]): Promise<void> {
    const ids = new Set(builds.map(({ id }) => id));
    for (let position = after; this.#projecting && this.views.behind.some(({ build }) => ids.has(build.id)); ) {
      const page = await this.events.readAll({ after: position, limit: PAGE });
      const last = page.at(-1)?.position ?? (await this.events.head());
      position = comparePositions(last, position) > 0 ? last : position;
      await this.views.catchUp(builds, page.map((e) => this.registry.decode(e)), position);
      // Others have their turn of the loop in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#moved();
  }

  #moved(): void {
    const { served, generation } = this.views;
    if (this.#projecting) void this.signals.publish(CHANNEL, JSON.stringify({ position: served, generation })).catch(this.onError);
    if (comparePositions(served, this.#told) <= 0) return;
    this.#told = served;
    for (const listener of this.#listeners) listener(served);
    const due = this.#waiting.filter((w) => comparePositions(served, w.position) >= 0);
    this.#waiting = this.#waiting.filter((w) => !due.includes(w));
    for (const { resolve, timer } of due) {
      clearTimeout(timer);
      resolve();
    }
  }

  get error(): unknown {
    return this.#failed;
  }
  get projecting(): boolean {
    return this.#projecting;
  }
  get position(): string {
    return this.views.served;
  }

  /** Told each time the views have moved. Gives back how to stop listening. */
  onMoved(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Told, where it projects, what has just been folded. */
  onFolded(listener: (events: readonly RecordedEvent[]) => void): void {
    this.#folded.add(listener);
  }

  /** Read your own write: resolves true when the views show the position, false when they do not within the time. */
  waitFor(position: string, milliseconds = 2000): Promise<boolean> {
    if (comparePositions(this.views.served, position) >= 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const entry = { position, resolve: () => resolve(true), timer: setTimeout(() => give(), milliseconds) };
      const give = () => {
        this.#waiting = this.#waiting.filter((w) => w !== entry);
        resolve(false);
      };
      this.#waiting.push(entry);
    });
  }

  /** Builds a view anew beside the serving one, here or on the node that projects, and resolves when it has taken over. */
  async rebuild(view: string): Promise<void> {
    if (!this.views.views.some(({ name }) => name === view)) throw new RangeError(`there is no view ${view}`);
    if (this.#projecting) return this.#rebuild(view);
    // Whoever projects may change meanwhile: it is said again until it is done.
    for (const before = this.views.servingBuild(view); this.views.servingBuild(view) === before; await wait(LOOK_EVERY)) {
      if (this.#projecting) return this.#rebuild(view);
      await this.signals.publish(REBUILD, view);
    }
  }

  /** Said twice while it goes on it is done once. */
  async #rebuild(view: string): Promise<void> {
    if (!this.views.behind.some(({ build }) => build.view.name === view)) {
      await this.views.rebuild(view);
      this.#catchingUp = Promise.all([this.#catchingUp, this.#catchUp(this.views.behind.filter(({ build }) => build.view.name === view))]).then(() => undefined);
    }
    await this.#catchingUp;
  }

  async stopProjecting(): Promise<void> {
    this.#projecting = false;
    this.#release?.();
    await this.#subscription?.stop();
    this.#subscription = undefined;
    await this.#catchingUp;
  }

  async stop(): Promise<void> {
    for (const end of this.#unfollow) end();
    this.#unfollow = [];
    await this.stopProjecting();
  }
}
