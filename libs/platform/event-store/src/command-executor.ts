import {
  type Actor,
  type Aggregate,
  type Circumstances,
  type Confidence,
  decide,
  type Delegation,
  delegationFor,
  type EventMeta,
  evolve,
  GREEN,
  isRefusal,
  mayCommand,
  type Mode,
  onlyInPerson,
  type Reader,
  type RecordedEvent,
  refuse,
  type Refusal,
  type Source,
  type World,
} from '#kernel';
import { type Appended, EventIdReused, type EventStore, type NewEvent, StoreUnavailable, WrongRevision } from './event-store.js';
import { fieldIssue, type FieldIssue } from './field-issue.js';
import { derivedId, sha256 } from './ids.js';
import type { Registry } from './registry.js';
import { type Loaded, remember, replay } from './replay.js';
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
  /** The sender may read the thing: what others have authorised him or her to do in their names counts then, and not before. */
  readonly delegable?: boolean;
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

export interface ExecutorOptions {
  /** ISO 8601 UTC. */
  readonly now?: () => string;
  /** Does the main view of its category show this event? */
  readonly shows?: (event: RecordedEvent) => boolean;
  /** Resolves true when the views show everything that was recorded before the call. */
  readonly viewsFollow?: () => Promise<boolean>;
  /** Longest time for a command, in ms: then it is StoreUnavailable. It may still be recorded; given again under its id it is one act. */
  readonly within?: number;
}

/** A decision rests on all that there is, never on a first page of it. */
const ALL = { limit: null };
const RETRIES = 30;
const LONGEST_PAUSE = 60;

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
    command: (act) => this.registry.command(act),
  };

  /** In whose name these may act, as the record stands now: staff only, and never in an import. */
  async delegations(actors: readonly Actor[], mode: Mode): Promise<readonly Delegation[]> {
    const staff = mode === 'import' ? [] : actors.filter((actor) => actor.capacity === 'group-secretariat');
    const known = this.registry.contexts.flatMap((context) => context.delegations ?? []);
    const at = { now: this.#now(), mode };
    return (await Promise.all(staff.flatMap((actor) => known.map((of) => of(this.world, actor, at))))).flat();
  }
  readonly #now = () => this.options.now?.() ?? new Date().toISOString();

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
    const actual = expectedRevision === undefined ? undefined : await this.#overtaken(stream, expectedRevision, revision);
    if (expectedRevision !== undefined && actual !== undefined) return refuse('revision-conflict', { expected: expectedRevision, actual });
    if (streamMode !== null && (streamMode === 'exercise') !== (mode === 'exercise'))
      return refuse(mode === 'exercise' ? 'exercise-on-real' : 'real-on-exercise', {}, 'G4');
    if (mode === 'import' && !given.sources?.length) return refuse('import-needs-source', {}, 'G3');
    const actor = await this.#actorOf(aggregate, state, input, given);
    if (isRefusal(actor)) return actor;

    const now = this.#now();
    const gather = this.registry.evidence(aggregate.name);
    const envelope = { ...given, actor };

    if (gather) await this.#caughtUp();
    const evidence: unknown = gather
      ? await gather(this.world, { command, id: envelope.id, input, state, actor, mode, now })
      : undefined;
    const newId = (n: number) => derivedId(envelope.commandId, 'id', n);
    const ctx: Circumstances = { now, actor, mode, evidence, newId, sha256 };
    const decision = decide(aggregate, command, input, state, ctx);
    if (isRefusal(decision)) return decision;
    if (decision.length === 0) return { stream, revision, position };

    // Under an authority the record also says which of its acts this was.
    const basis = { ...basisOf(aggregate, state, input, ctx), ...(actor.authorityId === undefined ? {} : { act: `${aggregate.name}.${command}` }) };
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

  /** Whoever of the sender's capacities may give the command, or the authority under which he or she may; both as of now, and not as of the page. */
  async #actorOf(aggregate: Aggregate, state: unknown, input: unknown, given: Envelope): Promise<Actor | Refusal> {
    const { command, mode } = given;
    const own = [given.actor, ...(given.otherwise ?? [])];
    const actor = own.find((candidate) => mayCommand(aggregate, command, state, input, candidate, mode));
    if (actor !== undefined) return actor;
    const no = refuse('not-permitted', { command, roles: aggregate.commands[command]!.by.join(', ') });
    if (given.delegable !== true) return no;
    await this.#caughtUp();
    const delegations = await this.delegations(own, mode);
    return delegationFor(aggregate, command, state, input, mode, delegations)?.actor ?? onlyInPerson(aggregate, command, state, input, mode, delegations) ?? no;
  }

  /** Evidence holds everything that was acknowledged before this command came, whoever recorded it. @throws StoreUnavailable */
  async #caughtUp(): Promise<void> {
    if (this.options.viewsFollow && !(await this.options.viewsFollow())) throw new StoreUnavailable('the views are behind the record');
  }

  /**
   * Was somebody else first? The revision that the page shows then. Events that it does not show (an authorisation, a signature that is
   * private yet) raise the stream's revision too, and who may not see them must neither be stopped by them nor learn of them (G6).
   */
  async #overtaken(stream: string, expected: number, revision: number): Promise<number | undefined> {
    if (expected === revision) return undefined;
    const { shows } = this.options;
    const since = await this.store.readStream(stream, expected > revision ? 0 : expected);
    const shown = since.findLast((e) => !shows || shows(this.registry.decode(e)))?.revision;
    return expected > revision ? (shown ?? 0) : shown;
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
