import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { notYet } from '#contexts/statements';
import type { BoundedContext } from '#kernel';
import { contexts } from '../../apps/server/src/contexts.js';
import { json, read, root } from './support.js';

interface Difference {
  readonly id: string;
  readonly column: string;
  readonly catalogue: readonly string[];
  readonly product: readonly string[];
  readonly reason?: string;
}
interface Coverage {
  readonly rows: readonly {
    readonly name: string;
    readonly begun: boolean;
    readonly missing: readonly { readonly command: string; readonly issue?: number }[];
    readonly extra: readonly string[];
    readonly differences: readonly Difference[];
  }[];
  readonly done: number;
  readonly total: number;
}
interface Notes {
  readonly differences: Readonly<Record<string, string>>;
  /** Aggregates, or commands of aggregates, that the catalogue does not have; each with the reason. */
  readonly beyond: Readonly<Record<string, string>>;
}
interface CatalogueAggregate {
  readonly name: string;
  readonly states: readonly string[];
  readonly terminal: readonly string[];
  readonly inv: Readonly<Record<string, string>>;
  readonly ev: Readonly<Record<string, string>>;
}
interface Generate {
  readonly CATALOGUE: string;
  readonly NOTES: string;
  readonly paths: { readonly events: string; readonly coverage: string };
  readonly eventsPage: (contexts: readonly BoundedContext[]) => string;
  readonly coverage: (contexts: readonly BoundedContext[], catalogue: unknown, notes: Notes) => Coverage;
  readonly coveragePage: (contexts: readonly BoundedContext[], catalogue: unknown, notes: Notes) => string;
  readonly withIssues: (notes: Notes, put: typeof notYet) => Notes;
}
const generate = (await import(join(root, 'scripts/generate.mjs'))) as Generate;
const AGAIN = 'npm run build && npm run generate';
const written = (path: string) => (existsSync(path) ? read(path) : `missing: ${AGAIN}`);

it(`docs/generated/events.md is fresh (else: ${AGAIN})`, () => {
  expect(written(generate.paths.events)).toBe(generate.eventsPage(contexts));
});

const here = existsSync(generate.CATALOGUE);
if (!here) console.log(`The catalogue ${generate.CATALOGUE} is not here: the product is not compared with it.`);

(here ? describe : describe.skip)('the catalogue of the domain', () => {
  const catalogue = (here ? json(generate.CATALOGUE) : { aggregates: [] }) as { readonly aggregates: readonly CatalogueAggregate[] };
  const notes = generate.withIssues(json(generate.NOTES) as Notes, notYet);
  const { rows, done, total } = generate.coverage(contexts, catalogue, notes);
  const begun = rows.filter((row) => row.begun);

  it('knows every aggregate and command of the product, but for those beyond it with a reason', () => {
    const own = contexts.flatMap((context) => context.aggregates.map(({ name }) => name));
    const strange = [...own.filter((name) => !begun.some((row) => row.name === name)), ...begun.filter((row) => row.extra.length > 0).map((row) => row.name)];
    expect(strange.toSorted()).toEqual(Object.keys(notes.beyond).toSorted());
  });
  it('has each of its commands implemented, or put off with an issue, in the aggregates that are begun', () => {
    expect(begun.flatMap(({ name, missing }) => missing.filter(({ issue }) => issue === undefined).map(({ command }) => `${name}.${command}`))).toEqual([]);
  });
  it('has nothing put off that is there', () => {
    const missing = begun.flatMap((row) => row.missing.map(({ command }) => command));
    expect(notYet.map(({ command }) => command).filter((command) => !missing.includes(command))).toEqual([]);
  });
  it.each(['by', 'from', 'to', 'emits', 'guards'])('agrees in the column %s, or the difference is listed with its reason', (column) => {
    const differences = begun.flatMap((row) => row.differences).filter((d) => d.column === column && d.reason === undefined);
    expect(differences).toEqual([]);
  });
  it('has no reason listed without a difference', () => {
    const differing = new Set(begun.flatMap((row) => row.differences).map(({ id }) => id));
    expect(Object.keys(notes.differences).filter((id) => !differing.has(id))).toEqual([]);
  });
  it.each(begun.map(({ name }) => name))('has the states, ends, events and invariants of %s', (name) => {
    const wanted = catalogue.aggregates.find((a) => a.name === name)!;
    const own = contexts.flatMap((context) => [...context.aggregates]).find((a) => a.name === name)!;
    expect(new Set(own.states)).toEqual(new Set(wanted.states));
    expect(new Set(own.terminal)).toEqual(new Set(wanted.terminal));
    const complete = rows.find((r) => r.name === name)!.missing.length === 0;
    // Commands that are put off take their events and invariants with them.
    const row = rows.find((r) => r.name === name)!;
    // Commands beyond the catalogue, and differences in what a command emits, bring events of their own.
    const beyond = new Set([...row.extra.flatMap((command) => own.commands[command]!.emits), ...row.differences.filter((d) => d.column === 'emits').flatMap((d) => d.product)]);
    const named = own.events.names.filter((type) => !beyond.has(type) || type in wanted.ev);
    expect(named.filter((type) => !(type in wanted.ev))).toEqual([]);
    expect(Object.keys(own.invariants).filter((id) => !(id in wanted.inv))).toEqual([]);
    if (!complete) return;
    expect(named.toSorted()).toEqual(Object.keys(wanted.ev).toSorted());
    expect(Object.keys(own.invariants).toSorted()).toEqual(Object.keys(wanted.inv).toSorted());
  });
  it(`docs/coverage.md is fresh (else: ${AGAIN})`, () => {
    expect(written(generate.paths.coverage)).toBe(generate.coveragePage(contexts, catalogue, notes));
  });
  it('is covered to this share', () => {
    console.log(`${done} of ${total} commands of the catalogue (${((done / total) * 100).toFixed(0)} %), in ${begun.length} of ${rows.length} aggregates`);
    expect(total).toBe(326);
  });
});
