import { z } from 'zod';
import { type Actor, type Role, rolesOf } from './actor.js';
import type { PersonalAct } from './personal-act.js';
import type { DomainEvent, EventCatalogue, EventOf, EventSchemas, Mode } from './event.js';
import type { Label } from './label.js';
import { isRefusal, refuse, type Refusal, refuseAll } from './refusal.js';

/** Everything that a decision may know of the world besides its state. No clock, no randomness, no I/O anywhere else. */
export interface Circumstances<X = unknown> {
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly actor: Actor;
  readonly mode: Mode;
  /** What was gathered from elsewhere for this decision; its shape is the aggregate's. */
  readonly evidence: X;
  /** Fresh ids, the same for the same command: `newId(0)`, `newId(1)`. */
  readonly newId: (n: number) => string;
  /** SHA-256 of a text's UTF-8 bytes, lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
}

export type Decision<E extends DomainEvent = DomainEvent> = readonly E[] | Refusal;
type Refusals = Refusal | undefined | readonly (Refusal | false | undefined)[];

/**
 * One row of the catalogue's command table.
 * `guard` holds the rules that evidence replaces in a historical import (rule G3); `decide` holds those that always hold.
 */
export interface CommandRow<S, E extends DomainEvent, I = unknown, X = unknown> {
  readonly by: readonly Role[];
  readonly from: readonly string[];
  /** The state afterwards; `same` keeps it; a list where the outcome decides. */
  readonly to: string | readonly string[];
  readonly emits: readonly E['type'][];
  /** Ids of the invariants that this command is judged by. */
  readonly guards?: readonly string[];
  /** A personal act: staff may prepare it and never do it in somebody's name (AUT-1). */
  readonly personal?: PersonalAct;
  /** Its event shows a proxy as such: where the rules of the chamber allow one, somebody may stand in. */
  readonly proxy?: true;
  readonly input: z.ZodType<I>;
  readonly guard?: (input: I, state: S, ctx: Circumstances<X>) => Refusals;
  readonly decide: (input: I, state: S, ctx: Circumstances<X>) => Decision<E>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- rows of one table differ in their input
type AnyRow<S, E extends DomainEvent, X> = CommandRow<S, E, any, X>;

export interface AggregateDefinition<S extends { readonly status: string }, T extends EventSchemas, X = unknown> {
  /** The catalogue's name, for example `MembershipApplication`. */
  readonly name: string;
  /** The stream category, camelCase without dash. */
  readonly category: string;
  readonly events: EventCatalogue<T>;
  readonly states: readonly S['status'][];
  readonly terminal: readonly S['status'][];
  readonly invariants: Readonly<Record<string, string>>;
  readonly initial: S;
  readonly commands: Readonly<Record<string, AnyRow<S, EventOf<T>, X>>>;
  readonly evolve: { readonly [K in keyof T & string]: (state: S, data: Extract<EventOf<T>, { type: K }>['data']) => S };
  /** The groups to which the thing belongs; before it exists, those that the command's input names. */
  readonly groups: (state: S, input: unknown) => readonly string[];
  /** Roles that follow from the thing's state: its penholder, its proposer, its signatories. */
  readonly roles?: (actor: Actor, state: S, input: unknown) => readonly Role[];
  /** The rules that a decision rests on, for the envelope: `charterVersion`, `rulesProfile` (domain.md 8.2); not asked of an import, which rests on its sources. */
  readonly basis?: (state: S, ctx: Circumstances<X>) => Readonly<Record<string, string | null | undefined>>;
  /** Events that are no acts of their own, such as keystrokes: the record has them, the activity stream and the History tab do not. */
  readonly quiet?: readonly (keyof T & string)[];
  /** Who may read this event, given the state after it. */
  readonly label: (state: S, event: EventOf<T>) => Label;
}

/** An aggregate with its types forgotten, as the registries hold it. */
// oxlint-disable-next-line typescript/no-explicit-any -- the one place where aggregates of every type meet
export type Aggregate = AggregateDefinition<any, any, any>;

/**
 * The helpers to write an aggregate's table: `command` for a row with a decision of its own,
 * `records` for the many that check their guards and record one event with the command's own fields.
 */
export function rowsFor<S extends { readonly status: string }, T extends EventSchemas, X = unknown>(events: EventCatalogue<T>) {
  type E = EventOf<T>;
  type DataOf<K> = Extract<E, { type: K }>['data'];
  return {
    command: <I>(row: CommandRow<S, E, I, X>): CommandRow<S, E, I, X> => row,
    records: <K extends keyof T & string>(
      type: K,
      row: Omit<CommandRow<S, E, DataOf<K>, X>, 'emits' | 'input' | 'decide'>,
    ): CommandRow<S, E, DataOf<K>, X> => ({
      ...row,
      emits: [type],
      input: events.schema(type) as unknown as z.ZodType<DataOf<K>>,
      decide: (data) => [{ type, data } as E],
    }),
    /** Makes one event of this aggregate, with its data checked by the compiler. */
    event: <K extends keyof T & string>(type: K, data: DataOf<K>): E => ({ type, data }) as E,
  };
}

export const defineAggregate = <S extends { readonly status: string }, T extends EventSchemas, X = unknown>(
  definition: AggregateDefinition<S, T, X>,
): AggregateDefinition<S, T, X> => definition;

export const evolve = <S extends { readonly status: string }, T extends EventSchemas, X>(
  aggregate: AggregateDefinition<S, T, X>,
  state: S,
  event: DomainEvent,
): S => aggregate.evolve[event.type as keyof T & string](state, event.data as never);

/** May this actor give this command to a thing in this state? The one permission rule of commands; the default is no. */
export function mayCommand(aggregate: Aggregate, name: string, state: unknown, input: unknown, actor: Actor, mode: Mode): boolean {
  const row = aggregate.commands[name];
  if (row === undefined) return false;
  // A historical import is the network secretariat's: evidence stands in for the capacity it did not have then (G3).
  if (mode === 'import') {
    if (actor.capacity === 'network-secretariat') return true;
    // No guard is asked in an import, so nobody else's word will do: only an auditor queries it, and rules follow from it.
    if (actor.capacity !== 'auditor' && actor.capacity !== 'system') return false;
  }
  const held = [...rolesOf(actor, aggregate.groups(state, input)), ...(aggregate.roles?.(actor, state, input) ?? [])];
  return row.by.some((role) => held.includes(role));
}

/**
 * The decision on one command: the transition, then the guards, then the row's own decision.
 * Permission is asked before; the input has passed the row's schema.
 */
export function decide<S extends { readonly status: string }, T extends EventSchemas, X>(
  aggregate: AggregateDefinition<S, T, X>,
  name: string,
  input: unknown,
  state: S,
  ctx: Circumstances<X>,
): Decision<EventOf<T>> {
  const row = aggregate.commands[name] as CommandRow<S, EventOf<T>, unknown, X> | undefined;
  if (row === undefined) return refuse('unknown-command', { command: name });
  if (!row.from.includes(state.status))
    return refuse('illegal-transition', { aggregate: aggregate.name, command: name, state: state.status, from: row.from.join(', ') });
  if (ctx.mode !== 'import') {
    const guarded = row.guard?.(input, state, ctx);
    const refusal = isRefusal(guarded) || guarded === undefined ? guarded : refuseAll(guarded);
    if (refusal) return refusal;
  }
  return row.decide(input, state, ctx);
}
