import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Aggregate, BoundedContext } from '#kernel';
import { contexts } from '../../apps/server/src/contexts.js';

export const root = join(import.meta.dirname, '../..');
export const sourceOf = (context: BoundedContext): string => join(root, 'libs/contexts', context.name, 'src');
export const read = (path: string): string => readFileSync(path, 'utf8');
export const json = (path: string): unknown => JSON.parse(read(path));

/** Every aggregate of every context, as rows of `describe.each`. */
export const aggregates: readonly (readonly [name: string, aggregate: Aggregate, context: BoundedContext])[] = contexts.flatMap((context) =>
  context.aggregates.map((aggregate) => [aggregate.name, aggregate, context] as const),
);

/** Sources of a context by path, without its tests and contracts. */
export const productOf = (context: BoundedContext, under = '**'): readonly string[] =>
  globSync(`${under}/*.ts`, { cwd: sourceOf(context) })
    .filter((file) => !/\.(spec|contract)\.ts$/.test(file))
    .map((file) => join(sourceOf(context), file));
export const testsOf = (context: BoundedContext): readonly string[] =>
  globSync('**/*.{spec,contract}.ts', { cwd: sourceOf(context) }).map((file) => join(sourceOf(context), file));

/** Golden files of a context by their name, `<Event>.v<N>`; two aggregates never record an event of the same name. */
export function goldenOf(context: BoundedContext): ReadonlyMap<string, string> {
  const files = globSync('*/golden/*.json', { cwd: sourceOf(context) });
  return new Map(files.map((file) => [basename(file, '.json'), join(sourceOf(context), file)]));
}

export interface Golden {
  readonly full: Readonly<Record<string, unknown>>;
  readonly minimal: Readonly<Record<string, unknown>>;
}
/** The newest samples of an aggregate's events, as far as they are there. */
export function samplesOf(aggregate: Aggregate, context: BoundedContext): readonly { readonly type: string; readonly data: unknown }[] {
  const golden = goldenOf(context);
  return aggregate.events.names.flatMap((type) => {
    const path = golden.get(`${type}.v${aggregate.events.version(type)}`);
    if (path === undefined || !existsSync(path)) return [];
    const { full, minimal } = json(path) as Golden;
    return [{ type, data: full }, { type, data: minimal }].filter(({ data }) => aggregate.events.schema(type).safeParse(data).success);
  });
}
