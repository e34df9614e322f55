import {
  type Actor,
  type Aggregate,
  type Circumstances,
  type Confidence,
  decide,
  type EventMeta,
  evolve,
  GREEN,
  isRefusal,
  mayCommand,
  type Mode,
  type Reader,
  refuse,
  type Refusal,
  type Source,
  type World,
} from '#kernel';
import { type Appended, EventIdReused, type EventStore, type NewEvent, START, StoreUnavailable, type StoredEvent, WrongRevision } from './event-store.js';
import { fieldIssue, type FieldIssue } from './field-issue.js';
import { derivedId, sha256 } from './ids.js';
import type { Registry } from './registry.js';
import { StateCache } from './state-cache.js';

/** What a command is given with: who, how, by what evidence, and under which id. */
export interface Envelope {
  readonly aggregate: string;
  readonly id: string;
  readonly command: string;
  /** Not yet checked; the command's schema is applied here, and only here. */
  readonly input: unknown;
  readonly actor: Actor;
  /** Other capacities of the same person: where `actor` may not give the command, the first of these that may does. */
  readonly otherwise?: readonly Actor[];
  readonly mode: Mode;
  /** The same id twice is one act. */
  readonly commandId: string;
  /** The revision that the reader saw; where it is given, the command is refused if somebody else was first. */
  readonly expectedRevision?: number;
  readonly validTime?: string;
  readonly sources?: readonly Source[];
  readonly confidence?: Confidence;
  readonly lang?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
}

export type CommandRefusal = Refusal & { readonly fields?: readonly FieldIssue[] };

/** The answer that a command was given, and what it was. */
interface Given {
  readonly personId: string;
  readonly type: string;
  readonly revision: number;
  readonly position: string;
}
interface Loaded {
  readonly state: { readonly status: string };
  readonly revision: number;
  readonly position: string;
  readonly mode: Mode | null;
  /** The latest commands of the stream by their ids. */
  readonly given: Map<string, Given>;
}

export interface ExecutorOptions {
  /** ISO 8601 UTC. */
  readonly now?: () => string;
  /** Does the main view of a category show this type of event? */
  readonly shows?: (category: string, type: string) => boolean;
  /** Resolves true when the views show everything that was recorded before the call. */
  readonly viewsFollow?: () => Promise<boolean>;
  /** Longest time for a command, in ms: then it is StoreUnavailable. It may still be recorded; given again under its id it is one act. */
  readonly within?: number;
}

/** A decision rests on all that there is, never on a first page of it. */
const ALL = { limit: null };
const RETRIES = 30;
const LONGEST_PAUSE = 60;
/** So many commands of a stream are remembered: one that comes again is answered as before. */
const REMEMBERED = 1_000;

/** Read, fold, gather evidence, decide, append: the only path by which anything is written. */
export class CommandExecutor {
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #states = new StateCache<Loaded>(20_000);

  constructor(
    private readonly store: EventStore,
    private readonly registry: Registry,
    /** Views, unfiltered, for evidence. */
    private readonly reader: Reader,
    private readonly options: ExecutorOptions = {},
  ) {}

  /** Commands to one stream wait for each other, so that simultaneous ones do not lose to a conflict. */
  execute(envelope: Envelope): Promise<Appended | CommandRefusal> {
    const aggregate = this.registry.aggregate(envelope.aggregate);
    if (aggregate === undefined) return Promise.resolve(refuse('unknown-aggregate', { aggregate: envelope.aggregate }));
    const stream = `${aggregate.category}-${envelope.id}`;
    const before = this.#queues.get(stream) ?? Promise.resolve();
    const result = before.then(() => this.#attempt(aggregate, stream, envelope));
    const settled = result.catch(() => undefined);
    this.#queues.set(stream, settled);
    void settled.then(() => {
      if (this.#queues.get(stream) === settled) this.#queues.delete(stream);
    });
    return this.options.within === undefined ? result : within(this.options.within, result);
  }

  readonly world: World = {
    row: (view, id) => this.reader.row(view, id),
    rows: (view, where, page = ALL) => this.reader.rows(view, where, page),
    state: async (aggregate, id) => (await this.#load(aggregate as Aggregate, `${aggregate.category}-${id}`)).state as never,
  };

  /** Within a process commands to a stream wait for each other; those of other processes may be first, and then it is decided again. */
  async #attempt(aggregate: Aggregate, stream: string, envelope: Envelope): Promise<Appended | CommandRefusal> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(aggregate, stream, envelope);
      } catch (error) {
        if (!(error instanceof WrongRevision)) throw error;
        if (attempt === RETRIES) throw new StoreUnavailable('others were first each time', { cause: error });
        // At another moment than the others, so that somebody gets through.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2 ** attempt, LONGEST_PAUSE)));
      }
    }
  }

  async #once(aggregate: Aggregate, stream: string, given: Envelope): Promise<Appended | CommandRefusal> {
    const { command, mode } = given;
    const row = aggregate.commands[command];
    if (row === undefined) return refuse('unknown-command', { aggregate: aggregate.name, command });
    const loaded = await this.#load(aggregate, stream);
    const earlier = this.#earlier(aggregate, stream, loaded, given);
    if (earlier) return earlier;
    const parsed = row.input.safeParse(given.input);
    if (!parsed.success) return { ...refuse('invalid-input', { command }), fields: parsed.error.issues.map(fieldIssue) };
    const input: unknown = parsed.data;

    const { state, revision, position, mode: streamMode } = loaded;
    const { expectedRevision } = given;
    if (expectedRevision !== undefined && (await this.#overtaken(aggregate, stream, expectedRevision, revision)))
      return refuse('revision-conflict', { expected: expectedRevision, actual: revision });
    if (streamMode !== null && (streamMode === 'exercise') !== (mode === 'exercise'))
      return refuse(mode === 'exercise' ? 'exercise-on-real' : 'real-on-exercise', {}, 'G4');
    if (mode === 'import' && !given.sources?.length) return refuse('import-needs-source', {}, 'G3');
    const actor = [given.actor, ...(given.otherwise ?? [])].find((candidate) => mayCommand(aggregate, command, state, input, candidate, mode));
    if (actor === undefined)
      return refuse('not-permitted', { command, roles: row.by.join(', ') });

    const now = this.options.now?.() ?? new Date().toISOString();
    const gather = this.registry.evidence(aggregate.name);
    const envelope = { ...given, actor };

    // Evidence holds everything that was acknowledged before this command came, whoever recorded it.
    if (gather && this.options.viewsFollow && !(await this.options.viewsFollow())) throw new StoreUnavailable('the views are behind the record');
    const evidence: unknown = gather
      ? await gather(this.world, { command, id: envelope.id, input, state, actor, mode, now })
      : undefined;
    const newId = (n: number) => derivedId(envelope.commandId, 'id', n);
    const ctx: Circumstances = { now, actor, mode, evidence, newId, sha256 };
    const decision = decide(aggregate, command, input, state, ctx);
    if (isRefusal(decision)) return decision;
    if (decision.length === 0) return { stream, revision, position };

    const basis = basisOf(aggregate, state, input, ctx);
    let after = state;
    const events = decision.map((event, i): NewEvent => {
      after = evolve(aggregate, after, event) as Loaded['state'];
      const label = aggregate.label(after, event);
      // What an exercise publishes stays inside the network (G4).
      const meta = metaOf(envelope, now, basis, mode === 'exercise' && label.tlp === 'CLEAR' ? GREEN : label);
      return { id: derivedId(envelope.commandId, i), ...aggregate.events.encode(event), meta };
    });
    try {
      const appended = await this.store.append(stream, revision, events);
      const remembered = remember(loaded.given, envelope.commandId, { personId: actor.personId, type: decision[0]!.type, ...appended });
      this.#states.set(stream, { state: after, revision: appended.revision, position: appended.position, mode: streamMode ?? mode, given: remembered });
      return appended;
    } catch (error) {
      if (error instanceof EventIdReused) return refuse('command-id-reused', { commandId: envelope.commandId });
      throw error;
    }
  }

  /**
   * Was somebody else first? Events that the page does not show (an authorisation, a protection concern) raise the stream's
   * revision too, and who may not see them must neither be stopped by them nor learn of them (G6).
   */
  async #overtaken(aggregate: Aggregate, stream: string, expected: number, actual: number): Promise<boolean> {
    if (expected >= actual) return expected > actual;
    const since = await this.store.readStream(stream, expected);
    const { shows } = this.options;
    return since.some((e) => !shows || shows(aggregate.category, aggregate.events.decode(e.type, e.data).type));
  }

  /** The answer that this command id was given before; under the id of another act, or of somebody else's, there is none. */
  #earlier(aggregate: Aggregate, stream: string, { given }: Loaded, { command, commandId, actor }: Envelope): Appended | Refusal | undefined {
    const first = given.get(commandId);
    if (first === undefined) return undefined;
    const emits = aggregate.commands[command]?.emits ?? [];
    if (first.personId !== actor.personId || !emits.includes(first.type)) return refuse('command-id-reused', { commandId });
    return { stream, revision: first.revision, position: first.position };
  }

  /** The state as recorded now: what is remembered, and what was recorded since, by this process or by another. */
  async #load(aggregate: Aggregate, stream: string): Promise<Loaded> {
    const known = this.#states.get(stream);
    const since = await this.store.readStream(stream, known?.revision ?? 0);
    const loaded = replay(aggregate, known, since);
    this.#states.set(stream, loaded);
    return loaded;
  }

  /** The state of an aggregate, for a reader's page: as it was last known where the store cannot be asked now. */
  async stateToShow(aggregate: Aggregate, id: string): Promise<{ readonly status: string }> {
    const stream = `${aggregate.category}-${id}`;
    try {
      return (await this.#load(aggregate, stream)).state;
    } catch (error) {
      const known = this.#states.get(stream);
      if (!(error instanceof StoreUnavailable) || known === undefined) throw error;
      return known.state;
    }
  }
}

function within<T>(milliseconds: number, result: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable(`the command took longer than ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([result, late]).finally(() => clearTimeout(timer));
}

function replay(aggregate: Aggregate, known: Loaded | undefined, events: readonly StoredEvent[]): Loaded {
  if (known && events.length === 0) return known;
  let { state, revision, position, mode, given } = known ?? {
    state: aggregate.initial as Loaded['state'], revision: 0, position: START, mode: null, given: new Map<string, Given>(),
  };
  for (const stored of events) {
    const event = aggregate.events.decode(stored.type, stored.data);
    state = evolve(aggregate, state, event) as Loaded['state'];
    ({ revision, position } = stored);
    mode ??= stored.meta.mode;
    const { commandId, actor } = stored.meta;
    const type = given.get(commandId)?.type ?? event.type;
    given = remember(given, commandId, { personId: actor.personId, type, revision, position });
  }
  return { state, revision, position, mode, given };
}

function remember(given: Map<string, Given>, commandId: string, answer: Given): Map<string, Given> {
  given.delete(commandId);
  given.set(commandId, { personId: answer.personId, type: answer.type, revision: answer.revision, position: answer.position });
  if (given.size > REMEMBERED) {
    const [oldest] = given.keys();
    given.delete(oldest!);
  }
  return given;
}

/** The decision or authorisation that the command cites, and the rules by which it was judged. */
function basisOf(aggregate: Aggregate, state: unknown, input: unknown, ctx: Circumstances): Readonly<Record<string, string>> {
  const { decisionRef, authorisationId } = (input ?? {}) as Readonly<Record<string, unknown>>;
  const rules = ctx.mode === 'import' ? {} : (aggregate.basis?.(state, ctx) ?? {});
  const all: [string, unknown][] = Object.entries({ decisionRef, authorisationId, ...rules });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function metaOf(envelope: Envelope, recordedAt: string, basis: Readonly<Record<string, string>>, label: EventMeta['label']): EventMeta {
  const { actor, mode, commandId, validTime, sources, confidence, lang, correlationId, causationId } = envelope;
  return {
    recordedAt,
    actor,
    mode,
    label,
    commandId,
    correlationId: correlationId ?? commandId,
    ...(validTime === undefined ? {} : { validTime }),
    ...(Object.keys(basis).length === 0 ? {} : { basis }),
    ...(sources === undefined ? {} : { sources }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(lang === undefined ? {} : { lang }),
    ...(causationId === undefined ? {} : { causationId }),
  };
}
