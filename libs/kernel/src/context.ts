import type { Actor } from './actor.js';
import type { Aggregate, AggregateDefinition } from './aggregate.js';
import type { EventSchemas, Mode, RecordedEvent } from './event.js';
import type { Delegable, PersonalAct } from './personal-act.js';
import type { AnyView, Row } from './view.js';

export interface Page {
  /** At most this many rows; 50 where left out, never more than 500, unless it is null: all of them. */
  readonly limit?: number | null;
  /** A column of the view or `key`, `-` before it for descending; `key` where left out. */
  readonly sort?: string;
  /** The cursor of the page before. */
  readonly after?: string;
}
export type Where = Readonly<Record<string, string | number | null | readonly (string | number)[]>>;

/** Reads of views. What a reader may not see is not there: not in rows, not in counts. */
export interface Reader {
  row<D extends object>(view: string, id: string): Promise<Row<D> | null>;
  rows<D extends object>(view: string, where?: Where, page?: Page): Promise<readonly Row<D>[]>;
}

/** What the gatherer of evidence may ask: the state of other aggregates as of now, and all views unfiltered; `rows` without a page are all of them. */
export interface World extends Reader {
  state<S extends { readonly status: string }, T extends EventSchemas, X>(
    aggregate: AggregateDefinition<S, T, X>,
    id: string,
  ): Promise<S>;
  /** What is known of a command, `Aggregate.Command`; undefined where there is no such one. Worlds of tests may know none. */
  command?(act: string): Delegable | undefined;
}

export interface Occasion<S = unknown> {
  readonly command: string;
  readonly id: string;
  readonly input: unknown;
  readonly state: S;
  readonly actor: Actor;
  readonly mode: Mode;
  readonly now: string;
}
// oxlint-disable-next-line typescript/no-explicit-any -- each aggregate has its own shape of state and evidence
export type Gather<S = any, X = any> = (world: World, occasion: Occasion<S>) => Promise<X>;

/** A command that a rule gives because of an event. */
export interface FollowUp {
  /** Name of the aggregate, for example `Group`. */
  readonly aggregate: string;
  readonly id: string;
  readonly command: string;
  readonly input: unknown;
  /** EDTF: when it was true in the world, where that differs from now. */
  readonly validTime?: string;
}

/** A process manager: what follows from an event. Its commands carry ids derived from the event, so a restart repeats nothing. */
export interface Reaction {
  /** Stable: it is part of the ids of its commands. Also the name of the rule that a system act cites. */
  readonly name: string;
  /** Which events concern it at all, where their type alone does not tell. */
  readonly when?: (event: RecordedEvent) => boolean;
  /** By type of event, `*` for every other. */
  readonly on: {
    readonly [eventType: string]: (
      event: RecordedEvent,
      world: World,
    ) => readonly FollowUp[] | Promise<readonly FollowUp[]>;
  };
}

/** A recorded deadline: the command that falls due at an instant, until another event moves or cancels it. */
export interface Schedule {
  readonly name: string;
  readonly on: {
    readonly [eventType: string]: (event: RecordedEvent) => readonly Timer[];
  };
}
export interface Timer {
  /** Unique within the schedule; saying it again moves it. */
  readonly key: string;
  /** ISO 8601 UTC instant; null cancels. */
  readonly at: string | null;
  readonly due?: FollowUp;
}

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

/** One composed read, served at `GET /api/v1/<path>`; single views are served without one. */
export interface Query {
  readonly path: string;
  readonly summary: string;
  readonly read: (reader: Reader, params: Readonly<Record<string, string>>) => Promise<unknown>;
}

/** Everything that a bounded context brings; `apps` and `platform` know contexts only by this shape. */
export interface BoundedContext {
  readonly name: string;
  readonly aggregates: readonly Aggregate[];
  readonly views: readonly AnyView[];
  /** By name of aggregate. */
  readonly evidence?: Readonly<Record<string, Gather>>;
  readonly reactions?: readonly Reaction[];
  readonly schedules?: readonly Schedule[];
  readonly queries?: readonly Query[];
  /** In whose name staff may act, as the record stands now. */
  readonly delegations?: Delegations;
}
