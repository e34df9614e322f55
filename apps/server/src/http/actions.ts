import { type Actor, type Aggregate, type Delegation, delegationFor, mayCommand, type Mode } from '#kernel';
import { z } from 'zod';

export interface Action {
  readonly aggregate: string;
  readonly command: string;
  /** May this reader give it now? Otherwise why not. */
  readonly allowed: boolean;
  readonly because: 'allowed' | 'not-now' | 'not-you';
  /** States from which it can be given. */
  readonly from: readonly string[];
  readonly guards: readonly string[];
  /** JSON Schema of the input: what a form asks for. */
  readonly input: unknown;
  /** Only in the name of another: by what authority, whose, until when. */
  readonly authority?: { readonly authorityId: string; readonly grantedBy: string; readonly until: string };
}

const schemas = new WeakMap<object, unknown>();
/** JSON Schema of a command's input, made once. */
export function inputSchema(row: { readonly input: z.ZodType }): unknown {
  const known = schemas.get(row);
  if (known !== undefined) return known;
  const { $schema: _, ...made } = z.toJSONSchema(row.input, { io: 'input', unrepresentable: 'any' });
  schemas.set(row, made);
  return made;
}

/** What this reader may do with a thing in this state, in the catalogue's order; commands of the system alone are left out. */
export function actionsOn(
  aggregate: Aggregate,
  state: { readonly status: string },
  actors: readonly Actor[],
  mode: Mode,
  delegations: readonly Delegation[] = [],
): Action[] {
  return Object.entries(aggregate.commands)
    .filter(([, row]) => row.by.some((role) => role !== 'System'))
    .map(([command, row]) => {
      const now = row.from.includes(state.status);
      // Before a thing exists the groups it belongs to stand in the input: a creation is offered to who could fill it in.
      const input = state.status === 'none' ? creationInput(actors) : {};
      const own = actors.some((actor) => mayCommand(aggregate, command, state, input, actor, mode));
      const lent = own ? undefined : delegationFor(aggregate, command, state, input, mode, delegations);
      const you = own || lent !== undefined;
      return {
        aggregate: aggregate.name,
        command,
        allowed: now && you,
        because: you ? (now ? 'allowed' : 'not-now') : 'not-you',
        from: row.from,
        guards: row.guards ?? [],
        input: now && you ? inputSchema(row) : null,
        ...(lent ? { authority: { authorityId: lent.authorityId, grantedBy: lent.actor.grantedBy ?? '', until: lent.until } } : {}),
      };
    });
}

const creationInput = (actors: readonly Actor[]) => {
  const own = actors.flatMap((a) => a.onBehalfOf ?? []);
  return { groupId: own[0], participants: own, sponsors: own, by: own[0], parliamentId: own[0] };
};

