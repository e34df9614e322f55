import { z } from 'zod';
import type { Actor } from './actor.js';
import { type Aggregate, type CommandRow, mayCommand } from './aggregate.js';
import type { World } from './context.js';
import type { DomainEvent, Mode } from './event.js';
import { refuse, type Refusal } from './refusal.js';

/** What a person does in person and no authority carries, unless the rules of the chamber allow a proxy (AUT-1). */
export const PersonalAct = z.enum(['sign', 'vote', 'break-silence', 'authorise', 'grant-authority']);
export type PersonalAct = z.output<typeof PersonalAct>;

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the state and the input of the row
type AnyRow = CommandRow<any, DomainEvent, any, any>;
/** What decides whether a command can be given in another's name. */
export type Delegable = Pick<AnyRow, 'personal' | 'proxy'>;

/** That somebody may act in another's name: from an authority that is in force at this moment. */
export interface Delegation {
  readonly authorityId: string;
  /** As whom: the holder's own person, with the grantor's capacity and body, and both named. */
  readonly actor: Actor;
  /** Commands, as `Aggregate.Command`. */
  readonly acts: readonly string[];
  /** Personal acts for which the rules of the chamber let another stand in. */
  readonly proxies: readonly PersonalAct[];
  /** ISO 8601 UTC. */
  readonly until: string;
}
export type Delegations = (world: World, staff: Actor, at: { readonly now: string; readonly mode: Mode }) => Promise<readonly Delegation[]>;

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
