import { type Actor, type Circumstances, type CommandRow, GroupId, refuse, type Refusal } from '#kernel';
import type { z } from 'zod';
import { reached } from '../calendar.js';
import { type DataOf, type DecisionEvent, DecisionEvents, type Subject } from './events.js';
import type { DecisionProcedure } from './state.js';

export interface DecisionEvidence {
  /** The id of this procedure. */
  readonly id: string;
  readonly networkId: string;
  readonly networkStatus: string;
  /** Of the charter in force; `none` for an initiative. */
  readonly charterVersion: string;
  /** Of the rules of procedure that set the quorum and the periods; null where there are none. */
  readonly rulesVersion: string | null;
  /** The groups that may decide now, without those that stand aside; fixed at opening (DEC-5). */
  readonly entitled: readonly string[];
  /** What is decided on, as it stands; null where nothing is known of it. */
  readonly subject: {
    /** May it be decided on now? */
    readonly ready: boolean;
    readonly revision: number | null;
    /** By which its text is known, that of the whole first; empty where it has none. */
    readonly digests: readonly string[];
    /** What is asked for, in canonical words: its digest is frozen where it has none of its own. */
    readonly content: string | null;
    readonly title: Subject['title'] | null;
    /** Is another procedure on it open? */
    readonly before: boolean;
  } | null;
  /** The rule that the charter in force has for this question; null where it has none. */
  readonly charterRule: string | null;
  readonly quorumPercent: number | null;
  readonly silence: { readonly defaultHours: number; readonly minHours: number; readonly crisisHours: number };
  readonly quietWindows: readonly { readonly from: string; readonly to: string }[];
  /** How the meeting stands in which consensus is called for; null where it is not on record. */
  readonly meeting?: string | null | undefined;
  /** What the clock shows at the deadline that is asked for, in its zone; null where there is no such zone. */
  readonly wallTime?: string | null | undefined;
  /** The deadline that an extension has where none is stated. */
  readonly extension?: { readonly instant: string; readonly wallTime: string; readonly timezone: string } | undefined;
}
export type Ctx = Circumstances<DecisionEvidence>;
export type Rules = readonly (Refusal | false | undefined)[];
/** What a row of the table does; who may, from where and to where stands in the table. */
export type Part<I> = Pick<CommandRow<DecisionProcedure, DecisionEvent, I, DecisionEvidence>, 'input' | 'guard' | 'decide'>;
export const part = <I>(row: { input: z.ZodType<I> } & Omit<Part<I>, 'input'>): Part<I> => row;
export const event = <K extends DecisionEvent['type']>(type: K, data: DataOf<K>): DecisionEvent => ({ type, data }) as DecisionEvent;
export const schema = DecisionEvents.schema.bind(DecisionEvents) as typeof DecisionEvents.schema;

/** A chair or an officer speaks for the group, nobody else (DEC-5). */
export const speaks = ({ capacity }: Actor): Refusal | undefined =>
  ['chair', 'officer'].includes(capacity) ? undefined : refuse('decision.chair-or-officer-speaks', {}, 'DEC-5');

/** Goes on with the entitled group for which this is done; also in an import nobody decides who was not entitled. */
export function forMember(state: DecisionProcedure, { actor }: Ctx, then: (group: string) => readonly DecisionEvent[] | Refusal) {
  const { onBehalfOf = '' } = actor;
  return GroupId.safeParse(onBehalfOf).success && state.entitled.includes(onBehalfOf) ? then(onBehalfOf) : refuse('decision.not-entitled', {}, 'DEC-5');
}

export const over = ({ deadline }: DecisionProcedure, { now }: Ctx): boolean => deadline !== null && reached(deadline, now);
export const everyoneNotified = ({ entitled, notified }: DecisionProcedure): boolean => entitled.every((group) => notified.includes(group));

export const adopted = (state: DecisionProcedure, at: string): DecisionEvent =>
  event('DecisionAdopted', { decisionId: state.decisionId, subject: state.subject!, rule: state.rule ?? 'unanimity', at });
export const rejected = (state: DecisionProcedure, at: string): DecisionEvent =>
  event('DecisionRejected', { decisionId: state.decisionId, subject: state.subject!, at });
