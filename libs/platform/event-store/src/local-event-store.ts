import { Commits } from './commits.js';
import { comparePositions, EventStore, type SubscribeOptions, type Subscription } from './event-store.js';

/** A store of this process: it knows of every commit itself, so subscriptions read on when there is one. */
export abstract class LocalEventStore extends EventStore {
  protected readonly committed = new Commits();

  override subscribe({ after, categories, batch = 500, onBatch, onCaughtUp, onError }: SubscribeOptions): Subscription {
    const stopping = new AbortController();
    const run = async () => {
      let position = after;
      const target = await this.head();
      let caughtUp = false;
      while (!stopping.signal.aborted) {
        const head = await this.head();
        const events = await this.readAll({ after: position, limit: batch, ...(categories ? { categories } : {}) });
        const last = events.at(-1)?.position ?? head;
        if (events.length > 0 || comparePositions(last, position) > 0) {
          position = events.length === batch ? last : comparePositions(head, last) > 0 ? head : last;
          if (!stopping.signal.aborted) await onBatch(events, position);
        }
        if (!caughtUp && comparePositions(position, target) >= 0) {
          caughtUp = true;
          onCaughtUp?.(position);
        }
        if (events.length < batch && !stopping.signal.aborted) await this.#moreAfter(position, stopping.signal);
      }
    };
    const running = run().catch((error: unknown) => onError?.(error));
    return {
      stop: async () => {
        stopping.abort();
        await running;
      },
    };
  }

  /** Resolves when something may have been appended after the position, or the signal is raised. */
  async #moreAfter(position: string, signal: AbortSignal): Promise<void> {
    if (this.closed || comparePositions(await this.head(), position) > 0) return;
    await this.committed.next(signal);
  }
  protected abstract get closed(): boolean;
}
