import type { Aggregate, BoundedContext, Gather, RecordedEvent } from '#kernel';
import { categoryOf, idOf, type StoredEvent } from './event-store.js';

/** Everything that the contexts brought, found by name. */
export class Registry {
  readonly #byName = new Map<string, Aggregate>();
  readonly #byCategory = new Map<string, Aggregate>();
  readonly #byEvent = new Map<string, Aggregate>();
  readonly #evidence = new Map<string, Gather>();

  constructor(readonly contexts: readonly BoundedContext[]) {
    for (const context of contexts) {
      for (const aggregate of context.aggregates) this.#add(context, aggregate);
    }
  }

  #add(context: BoundedContext, aggregate: Aggregate): void {
    const { name, category, events } = aggregate;
    if (this.#byName.has(name) || this.#byCategory.has(category)) throw new Error(`${name} is there twice`);
    if (events.context !== context.name) throw new Error(`the events of ${name} belong to ${events.context}`);
    this.#byName.set(name, aggregate);
    this.#byCategory.set(category, aggregate);
    for (const type of events.names) {
      if (this.#byEvent.has(type)) throw new Error(`two aggregates record ${type}`);
      this.#byEvent.set(type, aggregate);
    }
    const gather = context.evidence?.[name];
    if (gather) this.#evidence.set(name, gather);
  }

  get aggregates(): readonly Aggregate[] {
    return [...this.#byName.values()];
  }
  aggregate(name: string): Aggregate | undefined {
    return this.#byName.get(name);
  }
  ofCategory(category: string): Aggregate | undefined {
    return this.#byCategory.get(category);
  }
  ofEvent(type: string): Aggregate | undefined {
    return this.#byEvent.get(type);
  }
  /** A command by its full name, `Aggregate.Command`. */
  command(act: string): Aggregate['commands'][string] | undefined {
    const [name = '', command = ''] = act.split('.');
    return this.#byName.get(name)?.commands[command];
  }
  evidence(name: string): Gather | undefined {
    return this.#evidence.get(name);
  }

  /** A stored event in its newest version. */
  decode(stored: StoredEvent): RecordedEvent {
    const category = categoryOf(stored.stream);
    const aggregate = this.#byCategory.get(category);
    if (aggregate === undefined) throw new Error(`no aggregate records to ${stored.stream}`);
    const { type, data } = aggregate.events.decode(stored.type, stored.data);
    const { id, stream, revision, position, meta } = stored;
    return { id, type, data, stream, category, streamId: idOf(stream), revision, position, meta };
  }
}
