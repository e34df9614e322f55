import {
  type Appended,
  AppendTooLarge,
  categoryOf,
  checkAppend,
  EventIdReused,
  MAX_APPEND_BYTES,
  type NewEvent,
  type ReadAll,
  START,
  type StoredEvent,
  WrongRevision,
} from './event-store.js';
import { LocalEventStore } from './local-event-store.js';

/** For tests and for what needs no disk. */
export class MemoryEventStore extends LocalEventStore {
  readonly #all: StoredEvent[] = [];
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #byId = new Map<string, StoredEvent>();

  override append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    try {
      return Promise.resolve(this.#append(stream, expected, events));
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  #append(stream: string, expected: number, events: readonly NewEvent[]): Appended {
    checkAppend(stream, events);
    const bytes = Buffer.byteLength(JSON.stringify(events));
    if (bytes > MAX_APPEND_BYTES) throw new AppendTooLarge(bytes);
    const known = events.map((e) => this.#byId.get(e.id));
    const used = known.find((e) => e !== undefined);
    if (used !== undefined) {
      const last = known.at(-1);
      if (known.some((e) => e?.stream !== stream) || last === undefined) throw new EventIdReused(used.id);
      return { stream, revision: last.revision, position: last.position };
    }
    const past = this.#streams.get(stream) ?? [];
    if (past.length !== expected) throw new WrongRevision(stream, expected, past.length);
    for (const event of events) {
      const copy = JSON.parse(JSON.stringify(event)) as NewEvent;
      const stored = { ...copy, stream, revision: past.length + 1, position: String(this.#all.length + 1) };
      past.push(stored);
      this.#all.push(stored);
      this.#byId.set(event.id, stored);
    }
    this.#streams.set(stream, past);
    queueMicrotask(() => this.committed.announce());
    return { stream, revision: past.length, position: String(this.#all.length) };
  }

  override readStream(stream: string, after = 0, limit = Infinity): Promise<readonly StoredEvent[]> {
    return Promise.resolve((this.#streams.get(stream) ?? []).slice(after, after + limit));
  }

  override readAll({ after, limit, categories }: ReadAll): Promise<readonly StoredEvent[]> {
    const wanted = categories && new Set(categories);
    const found: StoredEvent[] = [];
    for (let i = Number(after); i < this.#all.length && found.length < limit; i++) {
      const event = this.#all[i]!;
      if (!wanted || wanted.has(categoryOf(event.stream))) found.push(event);
    }
    return Promise.resolve(found);
  }

  override head(): Promise<string> {
    return Promise.resolve(this.#all.at(-1)?.position ?? START);
  }

  protected override get closed(): boolean {
    return false;
  }
  override close(): Promise<void> {
    return Promise.resolve();
  }
}
