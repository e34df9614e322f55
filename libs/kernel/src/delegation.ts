import { type Aggregate, mayCommand } from './aggregate.js';
import type { Delegation } from './context.js';
import type { Mode } from './event.js';
import type { Delegable, PersonalAct } from './personal-act.js';
import { refuse, type Refusal } from './refusal.js';

const mayStandIn = ({ personal, proxy }: Delegable, proxies: readonly PersonalAct[]): boolean =>
  personal === undefined || (proxy === true && proxies.includes(personal));

/** The authority by which staff gives a command that he or she could not give otherwise; undefined where there is none. */
export function delegationFor(aggregate: Aggregate, command: string, state: unknown, input: unknown, mode: Mode, all: readonly Delegation[]): Delegation | undefined {
  const row = aggregate.commands[command];
  return all.find(
    ({ acts, proxies, actor }) =>
      row !== undefined && acts.includes(`${aggregate.name}.${command}`) && mayStandIn(row, proxies) && mayCommand(aggregate, command, state, input, actor, mode),
  );
}

/** Why not, where those in whose name he or she acts could do it themselves: only in person (AUT-1). */
export function onlyInPerson(aggregate: Aggregate, command: string, state: unknown, input: unknown, mode: Mode, all: readonly Delegation[]): Refusal | undefined {
  if (aggregate.commands[command]?.personal === undefined) return undefined;
  return all.some(({ actor }) => mayCommand(aggregate, command, state, input, actor, mode)) ? refuse('authority.personal-act', { command }, 'AUT-1') : undefined;
}
