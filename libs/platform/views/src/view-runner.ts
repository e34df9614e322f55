import type { RecordedEvent } from '#kernel';
import { comparePositions, type EventStore, type Registry, type Subscription } from '#platform/event-store';
import type { Change, ViewStore } from './view-store.js';

export interface Projected {
  readonly events: readonly RecordedEvent[];
  readonly changes: readonly Change[];
  readonly checkpoint: string;
}
type Listener = (projected: Projected) => void;

/** Keeps the views of one process up to the record, and tells who listens what changed, after the commit. */
export class ViewRunner {
  #subscription: Subscription | undefined;
  readonly #listeners = new Set<Listener>();
  #waiting: { position: string; resolve: () => void; timer: NodeJS.Timeout }[] = [];
  #failed: unknown;

  constructor(
    private readonly events: EventStore,
    private readonly registry: Registry,
    private readonly views: ViewStore,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Resolves when the views stand where the record stood at the call. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#subscription = this.events.subscribe({
        after: this.views.checkpoint,
        // While it catches up, larger transactions; live, a batch is what has just been recorded.
        batch: 2000,
        onBatch: (stored, checkpoint) => this.#project(stored.map((e) => this.registry.decode(e)), checkpoint),
        onCaughtUp: () => resolve(),
        onError: (error) => {
          this.#failed = error;
          this.onError(error);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      });
    });
  }

  #project(events: readonly RecordedEvent[], checkpoint: string): void {
    const changes = this.views.project(events, checkpoint);
    for (const listener of this.#listeners) listener({ events, changes, checkpoint });
    const served = this.views.served;
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
  get position(): string {
    return this.views.served;
  }

  onProjected(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
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

  /** Builds a view anew beside the serving one and resolves when it has taken over. */
  async rebuild(view: string): Promise<void> {
    await this.stop();
    this.views.rebuild(view);
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#subscription?.stop();
    this.#subscription = undefined;
  }
}
