import fc from 'fast-check';
import {
  type Actor,
  type Aggregate,
  audienceOf,
  type BoundedContext,
  Capacity,
  type Circumstances,
  decide,
  type DomainEvent,
  evolve,
  type Gather,
  isRefusal,
  Label,
  mayCommand,
  type Mode,
  type World,
} from '#kernel';
import { idOf, NOW, sha256 } from '#kernel/testing';
import { fromSchema, type Pool, poolOf } from './arbitrary.js';
import { AGAIN } from './repeatable.js';
import { aggregates, samplesOf } from './support.js';

/** The same values in every run: a failure here can be had again. */
const SEED = 20261123;
const RUNS = 100;
const STEPS = 12;

interface State {
  readonly status: string;
}
const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const child of Object.values(value)) frozen(child);
  return value;
};

/** Two worlds from which evidence is gathered: one in which nothing is yet, and one in which every other thing went through its samples. */
const worlds: readonly World[] = [false, true].map((lived) => ({
  row: () => Promise.resolve(null),
  rows: () => Promise.resolve([]),
  state: ((aggregate: Aggregate) => {
    const found = lived ? aggregates.find(([name]) => name === aggregate.name) : undefined;
    return Promise.resolve(found === undefined ? aggregate.initial : samplesOf(found[1], found[2]).reduce((s, e) => evolve(aggregate, s, e), aggregate.initial));
  }) as World['state'],
}));

const pools = new Map<BoundedContext, Pool>();
function poolFor(context: BoundedContext): Pool {
  const found = pools.get(context);
  if (found) return found;
  const made = new Map(poolOf(context.aggregates.flatMap((aggregate) => samplesOf(aggregate, context).map(({ data }) => data))));
  // What commands made themselves is named by later ones.
  for (const [name, values] of made) if (name.endsWith('Id')) made.set(name, [...values, idOf(0), idOf(4)]);
  pools.set(context, made);
  return made;
}

const actorOf = (pool: Pool): fc.Arbitrary<Actor> =>
  fc.record(
    {
      personId: fc.constantFrom('person-1', ...(pool.get('personId') ?? [])),
      capacity: fc.constantFrom(...Capacity.options),
      onBehalfOf: fc.constantFrom('group-1', ...(pool.get('groupId') ?? []), ...(pool.get('participants') ?? []), ...(pool.get('by') ?? [])),
    },
    { requiredKeys: ['personId', 'capacity'] },
  );

interface Step {
  readonly command: string;
  readonly input: unknown;
  readonly actor: Actor;
  readonly mode: Mode;
  readonly now: string;
  readonly ids: number;
  readonly evidence: unknown;
}
const circumstances = ({ actor, mode, now, ids, evidence }: Step): Circumstances => ({ now, actor, mode, evidence, newId: (n) => idOf(n + ids), sha256 });

/** One decision and all that must hold of it; the state afterwards. */
function judge(aggregate: Aggregate, state: State, step: Step): { readonly state: State; readonly events: readonly DomainEvent[] } {
  const { command, input } = step;
  const row = aggregate.commands[command]!;
  const permitted: unknown = mayCommand(aggregate, command, state, input, step.actor, step.mode);
  expect(typeof permitted).toBe('boolean');
  const outcome = decide(aggregate, command, input, state, circumstances(step));
  // The same command in the same circumstances: the same decision.
  expect(decide(aggregate, command, input, state, circumstances(step))).toEqual(outcome);
  if (isRefusal(outcome)) {
    for (const refusal of [outcome, ...(outcome.unmet ?? [])]) expect(refusal.refused).toMatch(/^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?$/);
    return { state, events: [] };
  }
  expect(row.from).toContain(state.status);
  const after = outcome.reduce((before: State, event: DomainEvent) => {
    expect(row.emits).toContain(event.type);
    const stored = aggregate.events.encode(event);
    expect(aggregate.events.decode(stored.type, stored.data)).toEqual({ type: event.type, data: stored.data });
    const next = frozen(evolve(aggregate, before, frozen(event)) as State);
    expect(aggregate.states).toContain(next.status);
    expect(audienceOf(Label.parse(aggregate.label(next, event)))).toBeInstanceOf(Array);
    return next;
  }, state);
  if (outcome.length > 0) expect(row.to === 'same' ? [state.status] : [row.to].flat()).toContain(after.status);
  return { state: after, events: outcome };
}

/** Aggregates whose evidence is a thing that random worlds do not hold: what walks them instead. */
const WALKED_ELSEWHERE: Readonly<Record<string, string>> = {
  ClauseText: 'Who may write rests on the document’s own stream; the fuzz of libs/contexts/drafting walks it.',
};

describe.each(aggregates)('%s', (name, aggregate, context) => {
  const pool = poolFor(context);
  const commands = Object.keys(aggregate.commands);
  const inputs = new Map(commands.map((command) => [command, fromSchema(aggregate.commands[command]!.input, pool)]));
  // `gen` tells values apart by their maker, so each has one of its own.
  const makers = new Map(commands.map((command) => [command, () => inputs.get(command)!]));
  const actors = actorOf(pool);
  const anActor = () => actors;
  const aMode = () => fc.constantFrom<Mode>('import', 'import', 'live', 'exercise');
  const anInstant = () => fc.constantFrom(NOW, NOW, '2014-06-17T10:00:00Z', '2027-12-31T23:59:59Z');
  const samples = samplesOf(aggregate, context);
  const lives = [samples.filter((_, n) => n % 2 === 0), samples.filter((_, n) => n % 2 === 1)];
  const aPast = () => fc.oneof(fc.constant([]), fc.tuple(fc.constantFrom(...lives), fc.nat({ max: samples.length / 2 })).map(([life, n]) => life.slice(0, n)));

  it('decides without throwing, deterministically, on events that fit their schemas; a repeated command changes nothing more', async () => {
    let accepted = 0;
    const again = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (gen) => {
        // From nothing, or from the middle of a life: what the first samples, as the catalogue orders them, make of the thing.
        const past = gen(aPast);
        let state = frozen(past.reduce((s, e) => evolve(aggregate, s, e) as State, aggregate.initial as State));
        const world = worlds[gen(fc.nat, { max: 1 })]!;
        for (let n = 0; n < STEPS; n += 1) {
          const legal = commands.filter((command) => aggregate.commands[command]!.from.includes(state.status));
          // Mostly a command that is possible now, that the walk gets somewhere; those that end it all seldom.
          const onward = legal.filter((command) => ![aggregate.commands[command]!.to].flat().some((to) => aggregate.terminal.includes(to as never)));
          const dice = gen(fc.nat, { max: 9 });
          const from = dice === 0 ? commands : dice === 1 || onward.length === 0 ? legal : onward;
          if (from.length === 0) break;
          const command = from[gen(fc.nat, { max: 999 }) % from.length]!;
          const parsed = aggregate.commands[command]!.input.safeParse(gen(makers.get(command)!));
          if (!parsed.success) continue;
          const input = frozen(parsed.data as unknown);
          const actor = gen(anActor);
          const mode = gen(aMode);
          const now = gen(anInstant);
          const gather: Gather | undefined = context.evidence?.[name];
          const occasion = { command, id: 'a1', input, state, actor, mode, now };
          const step: Step = { command, input, actor, mode, now, ids: (n % 2) * 4, evidence: frozen((await gather?.(world, occasion)) as unknown) };
          const first = judge(aggregate, state, step);
          if (first.events.length > 0) {
            accepted += 1;
            const evidence = frozen((await gather?.(world, { ...occasion, state: first.state })) as unknown);
            if (judge(aggregate, first.state, { ...step, ids: 100, evidence }).events.length > 0) again.add(command);
          }
          state = first.state;
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // Were everything refused, the law would say nothing.
    if (!(name in WALKED_ELSEWHERE)) expect(accepted).toBeGreaterThan(RUNS / 10);
    expect([...again].filter((command) => !(`${name}.${command}` in AGAIN)).toSorted()).toEqual([]);
  });

  it('can be asked every command in any words that fit its form', () => {
    const blind = commands.filter((command) => !fc.sample(inputs.get(command)!, { numRuns: 300, seed: SEED }).some((input) => aggregate.commands[command]!.input.safeParse(input).success));
    expect(blind).toEqual([]);
  });

  it('folds any of its events in any order without throwing, changing nothing that it was given', () => {
    const event = fc.oneof(
      ...(samples.length > 0 ? [fc.constantFrom(...samples)] : []),
      ...aggregate.events.names.map((type) => fromSchema(aggregate.events.schema(type), pool).map((data) => ({ type, data }))),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        let state = frozen(aggregate.initial as State);
        for (const { type, data } of events) {
          const parsed = (aggregate.events.schema(type) as { safeParse: (d: unknown) => { success: boolean; data?: unknown } }).safeParse(data);
          if (!parsed.success) continue;
          const past = frozen({ type, data: parsed.data });
          state = frozen(evolve(aggregate, state, past) as State);
          expect(aggregate.states).toContain(state.status);
          expect(() => Label.parse(aggregate.label(state, past))).not.toThrow();
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});

it('lists as repeatable only commands that are there', () => {
  const own = aggregates.flatMap(([name, { commands }]) => Object.keys(commands).map((command) => `${name}.${command}`));
  expect(Object.keys(AGAIN).filter((id) => !own.includes(id))).toEqual([]);
});
