import { createHash } from 'node:crypto';
import type { Actor } from './actor.js';
import { type AggregateDefinition, type Circumstances, decide, evolve, mayCommand } from './aggregate.js';
import type { EventOf, EventSchemas, Mode } from './event.js';
import { isRefusal } from './refusal.js';

interface Occasion<X> {
  actor?: Actor;
  mode?: Mode;
  now?: string;
  evidence?: X;
}

export const NOW = '2026-11-23T09:00:00Z';
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
/** `newId(0)` in tests. */
export const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** given(events).when(command, input, occasion).yields | refuses | changesNothing, for any aggregate; no store, no Nest, no clock. */
export function specify<S extends { readonly status: string }, T extends EventSchemas, X = unknown>(
  aggregate: AggregateDefinition<S, T, X>,
  world: Occasion<X> & { actor: Actor },
) {
  return (...past: EventOf<T>[]) => ({
    when: (name: string, input: unknown = {}, occasion: Occasion<X> = {}) => {
      const state = past.reduce((s, e) => evolve(aggregate, s, e), aggregate.initial);
      const row = aggregate.commands[name];
      if (row === undefined) throw new Error(`${aggregate.name} has no command ${name}`);
      const { actor, mode = 'live', now = NOW, evidence } = { ...world, ...occasion };
      const parsed = row.input.parse(input) as unknown;
      const ctx: Circumstances<X> = { now, actor, mode, evidence: evidence as X, newId: idOf, sha256 };
      const permitted = mayCommand(aggregate, name, state, parsed, actor, mode);
      const outcome = permitted
        ? decide(aggregate, name, parsed, state, ctx)
        : { refused: 'not-permitted', params: {} };
      const after = isRefusal(outcome) ? state : outcome.reduce((s, e) => evolve(aggregate, s, e), state);
      return {
        outcome,
        state: after,
        yields: (...expected: EventOf<T>[]) => {
          expect(outcome).toEqual(expected);
          const to = row.to === 'same' ? [state.status] : [row.to].flat();
          expect(to).toContain(after.status);
        },
        /** Only the names of the events; for long ones whose data another test asserts. */
        yieldsTypes: (...expected: string[]) => {
          expect(isRefusal(outcome) ? outcome : outcome.map((e) => e.type)).toEqual(expected);
          const to = row.to === 'same' ? [state.status] : [row.to].flat();
          expect(to).toContain(after.status);
        },
        refuses: (code: string, rule?: string) => {
          if (!isRefusal(outcome)) throw new Error(`not refused, but ${JSON.stringify(outcome)}`);
          const all = [outcome, ...(outcome.unmet ?? [])];
          expect(all.map((r) => r.refused)).toContain(code);
          if (rule !== undefined) expect(all.map((r) => r.rule)).toContain(rule);
        },
        changesNothing: () => expect(outcome).toEqual([]),
      };
    },
  });
}
