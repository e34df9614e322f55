import { Inject, Injectable } from '@nestjs/common';
import type { Aggregate, AnyView, Query } from '#kernel';
import { SERVICES, type Services } from '../services.js';
import { kebab } from './kebab.js';

/** Paths of the API to what stands behind them: collections to views and aggregates, last parts to commands. */
@Injectable()
export class Catalogue {
  readonly #views = new Map<string, AnyView>();
  readonly #aggregates = new Map<string, Aggregate>();
  readonly #queries = new Map<string, Query>();
  readonly #commands = new Map<string, { aggregate: Aggregate; command: string }>();

  constructor(@Inject(SERVICES) { platform }: Services) {
    for (const query of platform.contexts.flatMap((c) => c.queries ?? [])) this.#queries.set(query.path, query);
    for (const view of platform.views.views) {
      this.#views.set(view.name, view);
      const aggregate = view.category === undefined ? undefined : platform.registry.ofCategory(view.category);
      if (aggregate === undefined || this.#has(aggregate)) continue;
      this.#aggregates.set(view.name, aggregate);
      for (const command of Object.keys(aggregate.commands)) this.#commands.set(`${view.name}/${kebab(command)}`, { aggregate, command });
    }
  }

  #has = (aggregate: Aggregate): boolean => [...this.#aggregates.values()].includes(aggregate);

  view(collection: string): AnyView | undefined {
    return this.#views.get(collection);
  }
  /** A read that a context composes of its views. */
  query(path: string): Query | undefined {
    return this.#queries.get(path);
  }
  get queries(): readonly Query[] {
    return [...this.#queries.values()];
  }
  aggregate(collection: string): Aggregate | undefined {
    return this.#aggregates.get(collection);
  }
  command(collection: string, path: string): { aggregate: Aggregate; command: string } | undefined {
    return this.#commands.get(`${collection}/${path}`);
  }
  /** Every collection with the aggregate whose streams it shows, in the order of the contexts. */
  get collections(): ReadonlyMap<string, Aggregate> {
    return this.#aggregates;
  }
}
