import { type AudienceToken, begunBy, type RecordedEvent, type AnyView } from '#kernel';
import { comparePositions, type EventStore, type Registry, START } from '#platform/event-store';
import type { ViewReader } from './view-reader.js';
import { SqliteViewStore } from './sqlite/sqlite-view-store.js';
import type { ViewStore } from './view-store.js';

/** The two clocks of the record (domain.md 8.2). */
export interface Moment {
  /** Day in the world, `YYYY-MM-DD`: only what had begun by then. */
  readonly valid?: string;
  /** Instant of the record: only what had been recorded by then. */
  readonly known?: string;
}

const KEPT = 4;

/** What an event says was so from when: its valid time, and where it has none, for live acts the day of recording. */
function validBy(event: RecordedEvent, day: string): boolean {
  const { validTime, mode, recordedAt } = event.meta;
  if (validTime !== undefined) return begunBy(validTime, day);
  return mode === 'import' || recordedAt.slice(0, 10) <= day;
}

/** Any view as of a past moment: the same folds over the events that count then, in memory; the last few moments are kept. */
export class AsOf {
  readonly #kept = new Map<string, Promise<ViewStore>>();

  constructor(
    private readonly events: EventStore,
    private readonly registry: Registry,
    private readonly views: readonly AnyView[],
    /** What is withheld now was not for these readers then either. */
    private readonly withheld: (tokens: ReadonlySet<AudienceToken> | null) => Promise<readonly string[]> = () => Promise.resolve([]),
  ) {}

  async reader(moment: Moment, tokens: ReadonlySet<AudienceToken> | null): Promise<ViewReader> {
    const head = await this.events.head();
    const key = JSON.stringify([moment.valid ?? null, moment.known ?? null, head]);
    const found = this.#kept.get(key) ?? this.#build(moment, head);
    this.#kept.delete(key);
    this.#kept.set(key, found);
    // What could not be built is not kept.
    found.catch(() => this.#kept.delete(key));
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      // Not closed here: somebody may be reading it; it goes when nobody holds it.
      this.#kept.delete(old);
    }
    return (await found).reader(tokens, () => this.withheld(tokens));
  }

  async #build({ valid, known }: Moment, head: string): Promise<ViewStore> {
    const store = await SqliteViewStore.open(':memory:', this.views);
    for (let after = START; comparePositions(after, head) < 0; ) {
      const page = await this.events.readAll({ after, limit: 1000 });
      const last = page.at(-1);
      if (last === undefined) break;
      const events = page
        .filter((e) => known === undefined || e.meta.recordedAt <= known)
        .map((e) => this.registry.decode(e))
        .filter((e) => valid === undefined || validBy(e, valid));
      await store.project(events, last.position);
      after = last.position;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return store;
  }

  close(): void {
    for (const store of this.#kept.values()) void store.then((s) => s.close());
    this.#kept.clear();
  }
}
