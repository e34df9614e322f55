import { contexts } from '../../apps/server/src/contexts.js';
import { Registry } from '#platform/event-store';
import { aggregates, type Golden, goldenOf, json, read, testsOf } from './support.js';

it('every context, aggregate and event is there once, under its own name', () => {
  expect(() => new Registry(contexts)).not.toThrow();
  expect(new Set(contexts.map(({ name }) => name)).size).toBe(contexts.length);
});

describe.each(aggregates)('%s', (_, aggregate, context) => {
  const rows = Object.entries(aggregate.commands);
  const { names } = aggregate.events;

  it('moves between its own states only, and begins in one of them', () => {
    const known = new Set<string>(aggregate.states);
    expect(known).toContain(aggregate.initial.status);
    expect(aggregate.terminal.filter((state) => !known.has(state))).toEqual([]);
    const unknown = rows.flatMap(([command, { from, to }]) =>
      [...from, ...[to].flat().filter((state) => state !== 'same')].filter((state) => !known.has(state)).map((state) => `${command}: ${state}`),
    );
    expect(unknown).toEqual([]);
    expect(rows.filter(([, { by, from, to }]) => by.length === 0 || from.length === 0 || [to].flat().length === 0).map(([command]) => command)).toEqual([]);
  });

  it('emits events of its catalogue, each by some command, and folds each', () => {
    expect(rows.flatMap(([command, { emits }]) => emits.filter((type) => !names.includes(type)).map((type) => `${command}: ${type}`))).toEqual([]);
    const emitted = new Set(rows.flatMap(([, { emits }]) => emits));
    expect(names.filter((type) => !emitted.has(type))).toEqual([]);
    expect(Object.keys(aggregate.evolve).toSorted()).toEqual([...names].toSorted());
  });

  it('guards by invariants that it states', () => {
    const stated = Object.keys(aggregate.invariants);
    expect(rows.flatMap(([command, { guards = [] }]) => guards.filter((id) => !stated.includes(id)).map((id) => `${command}: ${id}`))).toEqual([]);
  });

  it('has a test for every invariant, named in its title', () => {
    // Titles begin with the id; where a test shows two, both stand at the beginning: 'MOU-2 MOU-3 …', 'MOU-2, MOU-3: …'.
    const titles = testsOf(context).flatMap((file) =>
      [...read(file).matchAll(/\b(?:describe|it|test)(?:\.each\((?:[^()]|\([^()]*\))*\))?\(\s*(['"`])((?:(?!\1).)*)\1/gs)].map((match) => match[2] ?? ''),
    );
    const shown = new Set(titles.flatMap((title) => /^[A-Z]+-\d+(?:(?:[,/ ]|and|to)+[A-Z]+-\d+)*/.exec(title)?.[0].match(/[A-Z]+-\d+/g) ?? []));
    expect(Object.keys(aggregate.invariants).filter((id) => !shown.has(id))).toEqual([]);
  });

  describe('golden files', () => {
    const golden = goldenOf(context);
    const wanted = names.flatMap((type) => Array.from({ length: aggregate.events.version(type) }, (__, n) => ({ type, version: n + 1, file: `${type}.v${n + 1}` })));

    it('are there for every event and version', () => {
      expect(wanted.filter(({ file }) => !golden.has(file)).map(({ file }) => file)).toEqual([]);
    });
    it('hold a full and a minimal sample that decode, and encode to the same', () => {
      const problems = wanted.flatMap(({ type, version, file }) => {
        const path = golden.get(file);
        if (path === undefined) return [];
        const samples = json(path) as Golden;
        const shape = Object.keys(samples).toSorted().join() === 'full,minimal' ? [] : [`${file}: not full and minimal`];
        return [...shape, ...(['full', 'minimal'] as const).filter((which) => which in samples).flatMap((which) => problem(type, version, samples[which], `${file} ${which}`))];
      });
      expect(problems).toEqual([]);
    });

    function problem(type: string, version: number, data: unknown, what: string): string[] {
      try {
        const event = aggregate.events.decode(`${context.name}.${type}.v${version}`, data);
        const stored = aggregate.events.encode(event);
        if (stored.type !== aggregate.events.storedType(type)) return [`${what}: encodes as ${stored.type}`];
        expect(aggregate.events.decode(stored.type, stored.data)).toEqual(event);
        // Of the newest version, nothing is added or taken away.
        if (version === aggregate.events.version(type)) expect(stored.data).toEqual(data);
        return [];
      } catch (error) {
        return [`${what}: ${(error as Error).message}`];
      }
    }
  });
});

it.each(contexts.map((context) => [context.name, context] as const))('no golden file of %s is left over', (_, context) => {
  const own = context.aggregates.flatMap(({ events }) => events.names);
  expect([...goldenOf(context).keys()].filter((file) => !own.includes(file.replace(/\.v\d+$/, '')))).toEqual([]);
});
