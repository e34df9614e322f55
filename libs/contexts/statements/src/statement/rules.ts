import type { Authorisation as Granted } from '#contexts/directory';
import { type Circumstances, type CommandRow, type Decision, isRefusal, refuse, type Refusal } from '#kernel';
import type { z } from 'zod';
import type { DataOf, StatementEvent } from './events.js';
import type { Snapshot } from './schemas.js';
import type { ProfileRef } from './signing-schemas.js';
import type { Translation } from './sealing.js';
import type { Frozen, Statement } from './state.js';

/** What a group has granted, as far as this statement is concerned. */
export interface Authorisation extends Omit<Granted, 'subject'> {
  readonly forThis: boolean;
}
/** What is known of the one who would sign, on the day of signing (STM-6). */
export interface Candidate {
  readonly serving: boolean;
  /** An executive office that is held, if any. */
  readonly office: string | null;
  readonly ministersMaySign: boolean;
  /** Does the chamber take away the name of who takes office while the list is open? */
  readonly removedOnOffice: boolean;
  /** The rules of the chamber that apply to such a text, where there are any. */
  readonly profile: ProfileRef | null;
  readonly snapshot: Snapshot | null;
}
export interface StatementEvidence {
  /** The acting group: how it stands in the directory and in the network; null where nothing is recorded. */
  readonly group: { readonly status: string; readonly membership: string | null; readonly authorisations: readonly Authorisation[] } | null;
  readonly candidate: Candidate | null;
  /** The translations of this statement: asked for where a text is sealed, or a language published. */
  readonly translations: readonly Translation[];
  /** How the statement stands that is said to supersede this one. */
  readonly successor: string | null;
  /** What is being typed, or was: asked for where a version is made or would be written over. */
  readonly live: readonly LiveText[];
  /** The acting group's own copies that an amendment is tabled from, with the text on which they began. */
  readonly drafts: readonly { readonly clauseId: string; readonly lang: string; readonly before: string; readonly text: string; readonly authors: readonly string[] }[];
  /** Until when an automatic rebase of now may be taken back: three days. */
  readonly undoUntil: string;
}
/** The live text of one clause in one language, as its own stream has it (`drafting`). */
export interface LiveText {
  readonly clauseId: string;
  readonly lang: string;
  readonly status: 'open' | 'closed';
  readonly version: number;
  readonly text: string;
  readonly draft: unknown;
  readonly authors: readonly { readonly personId: string; readonly version: number }[];
}
export type Ctx = Circumstances<StatementEvidence | undefined>;

/** What a row of the table does; who may, from where and to where stands in the table. */
export type Part<I> = Pick<CommandRow<Statement, StatementEvent, I, StatementEvidence | undefined>, 'input' | 'guard' | 'decide'>;
export const part = <I>(row: { input: z.ZodType<I> } & Omit<Part<I>, 'input'>): Part<I> => row;
export const event = <K extends StatementEvent['type']>(type: K, data: DataOf<K>): StatementEvent => ({ type, data: known(data) }) as StatementEvent;
/** Without the fields of which nothing is said. */
export const known = <T extends object>(data: T): T => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as T;

interface Said {
  readonly groupId?: string | undefined;
  readonly personId?: string | undefined;
  readonly at?: string | undefined;
}
/** Nobody but an import speaks for others or of another time (G2, G3). */
function notForOthers({ groupId, personId, at }: Said, { mode, actor }: Ctx): Refusal | undefined {
  if (mode === 'import') return undefined;
  const others = (groupId !== undefined && groupId !== actor.onBehalfOf) || (personId !== undefined && personId !== actor.personId);
  if (others) return refuse('statement.not-for-others', {}, 'G2');
  return at === undefined ? undefined : refuse('statement.import-only', {}, 'G3');
}
export const actingGroup = (said: Said, { mode, actor }: Ctx): string | undefined =>
  mode === 'import' ? (said.groupId ?? undefined) : actor.onBehalfOf;
/** Undefined where a source does not say who. */
export const actingPerson = (said: Said, { mode, actor }: Ctx): string | undefined => (mode === 'import' ? said.personId : actor.personId);
/** Now; in an import what the source says, or unknown. */
export const when = (said: Said, { mode, now }: Ctx): string => (mode === 'import' ? (said.at ?? 'XXXX') : now);

/** Goes on with the group for which this is done. */
export function forGroup(said: Said, ctx: Ctx, then: (group: string) => Decision<StatementEvent>): Decision<StatementEvent> {
  const strange = notForOthers(said, ctx);
  if (strange) return strange;
  const group = actingGroup(said, ctx);
  return group === undefined ? refuse('statement.no-group', {}, 'G2') : then(group);
}
/** Goes on with the person who does this. */
export function forPerson(said: Said, ctx: Ctx, then: (person: string) => Decision<StatementEvent>): Decision<StatementEvent> {
  const strange = notForOthers(said, ctx);
  if (strange) return strange;
  const person = actingPerson(said, ctx);
  return person === undefined ? refuse('statement.no-person', {}, 'G2') : then(person);
}

/** Standings of a membership in which it takes no part. */
export const RESTING = ['suspended', 'transition', 'abeyance', 'withdrawn', 'expelled', 'ended'];
/** Suspension and whatever else rests a membership takes drafting, signing and endorsing with it (MEM-3, MEM-5, STM-6). */
export function inStanding({ evidence }: Ctx): Refusal | undefined {
  const membership = evidence?.group?.membership ?? null;
  return membership !== null && RESTING.includes(membership) ? refuse('statement.membership-resting', { status: membership }, 'STM-6') : undefined;
}

/** A row that nobody gives for a group whose membership rests; what it guards besides is told in the same breath. */
export function byMember<I>(row: Part<I>): Part<I> {
  return {
    ...row,
    guard: (input, state, ctx) => {
      const own = row.guard?.(input, state, ctx);
      return [inStanding(ctx), ...(own === undefined ? [] : isRefusal(own) ? [own] : own)];
    },
  };
}

/** Instants are compared without their final Z, so that fractions of a second sort where they belong. */
export const isBefore = (a: string, b: string): boolean => a.slice(0, -1) < b.slice(0, -1);

/** Is this the frozen text: by its digest over all languages, or by that of one language which the reader saw (STM-5)? */
export const bindsFrozen = (frozen: Frozen | null, digest: string, lang?: string): boolean =>
  frozen !== null && (digest === frozen.digest || (lang !== undefined && digest === frozen.digests[lang]));
