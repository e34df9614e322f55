import { z } from 'zod';
import type { Registry } from '#platform/event-store';

interface Shape {
  ref?: string;
  type?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  additionalProperties?: Shape | boolean;
  anyOf?: Shape[];
}
type Path = readonly string[];

function pathsOf(shape: Shape, at: Path = []): { path: Path; category: string }[] {
  const own = shape.ref === undefined ? [] : [{ path: at, category: shape.ref }];
  return [
    ...own,
    ...Object.entries(shape.properties ?? {}).flatMap(([name, child]) => pathsOf(child, [...at, name])),
    ...(shape.items ? pathsOf(shape.items, [...at, '*']) : []),
    ...(typeof shape.additionalProperties === 'object' ? pathsOf(shape.additionalProperties, [...at, '*']) : []),
    ...(shape.anyOf ?? []).flatMap((child) => pathsOf(child, at)),
  ];
}

function valuesAt(data: unknown, [head, ...rest]: Path): string[] {
  if (head === undefined) return typeof data === 'string' ? [data] : [];
  if (typeof data !== 'object' || data === null) return [];
  if (head === '*') return Object.values(data).flatMap((child) => valuesAt(child, rest));
  return valuesAt((data as Record<string, unknown>)[head], rest);
}

/** Finds the streams that an event speaks of, by the `ref` of its schema's ids, so that they can be named to readers. */
export class References {
  readonly #paths = new Map<string, { path: Path; category: string }[]>();

  constructor(private readonly registry: Registry) {}

  streamsIn(type: string, data: unknown): string[] {
    return this.#of(type).flatMap(({ path, category }) => valuesAt(data, path).map((id) => `${category}-${id}`));
  }

  #of(type: string): { path: Path; category: string }[] {
    const known = this.#paths.get(type);
    if (known) return known;
    const schema = this.registry.ofEvent(type)?.events.schema(type) as z.ZodType | undefined;
    const found = schema ? pathsOf(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Shape) : [];
    this.#paths.set(type, found);
    return found;
  }
}
