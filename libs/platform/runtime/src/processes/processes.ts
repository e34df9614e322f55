import { isRefusal, type FollowUp, type Reaction, type RecordedEvent, type Schedule, type World } from '#kernel';
import { type CommandExecutor, comparePositions, derivedId, type EventStore, type Registry, START, type Subscription } from '#platform/event-store';
import type { ViewRunner } from '#platform/views';
import type { Logger } from 'pino';
import type { ProcessStore, TimerChange } from './process-store.js';

const REACTIONS = 'reactions';
const SCHEDULES = 'schedules';
/** setTimeout takes at most 2^31 - 1 ms; longer waits are taken in steps. */
const LONGEST_WAIT = 2 ** 31 - 1;
const RETRY_AFTER = 1_000;
const KEPT_EVERY = 100;
/** What was only seen is kept when nothing has come for so long, in ms: another node can tell by it how far the rules have come. */
const KEPT_WHEN_IDLE = 50;

/**
 * Process managers and deadlines. Both follow the record with a checkpoint of their own; their commands carry ids derived
 * from the event (or the timer), so that a crash between command and checkpoint repeats nothing.
 */
export class Processes {
  readonly #reactions: readonly Reaction[];
  readonly #schedules: readonly Schedule[];
  readonly #subscriptions = new Map<string, Subscription>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;
  /** Ends the wait of who started, where it is stopped before. */
  readonly #release = new Set<() => void>();
  /** How far each has come; the store knows it no later than after so many batches. */
  readonly #positions = new Map<string, string>();
  readonly #unkept = new Map<string, number>();
  readonly #idle = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly events: EventStore,
    private readonly registry: Registry,
    private readonly executor: CommandExecutor,
    private readonly views: ViewRunner,
    private readonly store: ProcessStore,
    private readonly log: Logger,
    private readonly now: () => number = Date.now,
  ) {
    this.#reactions = registry.contexts.flatMap((c) => c.reactions ?? []);
    this.#schedules = registry.contexts.flatMap((c) => c.schedules ?? []);
  }

  /** Resolves when both stand where the record stood at the call. */
  async start(): Promise<void> {
    this.#stopped = false;
    await Promise.all([this.#follow(SCHEDULES, (e) => this.#schedule(e)), this.#follow(REACTIONS, (e) => this.#react(e))]);
    await this.#arm();
  }

  #follow(name: string, handle: (event: RecordedEvent) => Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      this.#release.add(resolve);
      const again = (error: unknown) => {
        this.log.error({ err: error, process: name }, 'a process stopped and will be tried again');
        if (!this.#stopped) setTimeout(() => void subscribe(), RETRY_AFTER).unref();
      };
      const subscribe = async (): Promise<void> => {
        if (this.#stopped) return;
        try {
          const after = await this.store.checkpoint(name);
          this.#positions.set(name, after);
          const subscription = this.events.subscribe({
            after,
            batch: 100,
            onBatch: async (stored, checkpoint) => {
              for (const event of stored) await handle(this.registry.decode(event));
              await this.#reached(name, checkpoint);
            },
            onCaughtUp: () => resolve(),
            onError: again,
          });
          this.#subscriptions.set(name, subscription);
        } catch (error) {
          again(error);
        }
      };
      void subscribe();
    });
  }

  async #react(event: RecordedEvent): Promise<void> {
    const due = this.#reactions.flatMap((reaction) => {
      const then = reaction.on[event.type] ?? reaction.on['*'];
      return then && (reaction.when?.(event) ?? true) ? [{ name: reaction.name, act: then }] : [];
    });
    if (due.length > 0) {
      await this.views.waitFor(event.position, 30_000);
      for (const reaction of due) {
        const followUps = await reaction.act(event, this.world);
        for (const followUp of followUps) {
          const { aggregate, id, command, input } = followUp;
          // By what it says and not by its place: after a crash in the middle the rest is left, in other places.
          await this.#give(followUp, reaction.name, event, derivedId(event.id, reaction.name, aggregate, id, command, JSON.stringify(input)));
        }
      }
    }
    if (due.length > 0) await this.#reached(REACTIONS, event.position, []);
  }

  /** Where something was done it is kept at once; that nothing was to be done may be found again after a crash. */
  async #reached(name: string, position: string, timers?: readonly TimerChange[]): Promise<void> {
    clearTimeout(this.#idle.get(name));
    const since = (this.#unkept.get(name) ?? 0) + 1;
    const keep = timers !== undefined || since >= KEPT_EVERY;
    if (keep) await this.store.advance(name, position, timers);
    else this.#idle.set(name, setTimeout(() => void this.#keep(name), KEPT_WHEN_IDLE).unref());
    this.#unkept.set(name, keep ? 0 : since);
    this.#positions.set(name, position);
  }

  /** Where it cannot be kept, or somebody else goes on, what was done is found again under the same ids. */
  async #keep(name: string): Promise<void> {
    const position = this.#positions.get(name);
    if (position === undefined || this.#unkept.get(name) === 0) return;
    this.#unkept.set(name, 0);
    await this.store.advance(name, position).catch((error: unknown) => this.log.warn({ err: error, process: name }, 'a checkpoint was not kept'));
  }

  async #schedule(event: RecordedEvent): Promise<void> {
    const timers = this.#schedules.flatMap(({ name, on }) =>
      (on[event.type]?.(event) ?? []).map((t) =>
        t.at === null || t.due === undefined
          ? { schedule: name, key: t.key, at: null }
          : { schedule: name, key: t.key, at: t.at, due: t.due, cause: { stream: event.stream, revision: event.revision } },
      ),
    );
    if (timers.length === 0) return;
    await this.#reached(SCHEDULES, event.position, timers);
    await this.#arm();
  }

  async #arm(): Promise<void> {
    const next = await this.store.next();
    clearTimeout(this.#timer);
    if (this.#stopped || next === null) return;
    const wait = Math.min(Math.max(Date.parse(next) - this.now(), 0), LONGEST_WAIT);
    this.#timer = setTimeout(() => void this.#fire(), wait);
    this.#timer.unref();
  }

  async #fire(): Promise<void> {
    try {
      for (const timer of await this.store.due(new Date(this.now()).toISOString())) {
        const [cause] = await this.events.readStream(timer.cause.stream, timer.cause.revision - 1, 1);
        if (cause) await this.#give(timer.due, timer.schedule, this.registry.decode(cause), derivedId(cause.id, timer.schedule, timer.key, timer.at));
        await this.store.fired(timer);
      }
      await this.#arm();
    } catch (error) {
      this.log.error({ err: error }, 'a timer could not fire and will be tried again');
      this.#timer = setTimeout(() => void this.#fire(), RETRY_AFTER);
      this.#timer.unref();
    }
  }

  async #give(followUp: FollowUp, rule: string, cause: RecordedEvent, commandId: string): Promise<void> {
    const { meta } = cause;
    const outcome = await this.executor.execute({
      aggregate: followUp.aggregate,
      id: followUp.id,
      command: followUp.command,
      input: followUp.input,
      actor: { personId: 'system', capacity: 'system', rule },
      mode: meta.mode,
      commandId,
      correlationId: meta.correlationId,
      causationId: cause.id,
      ...(meta.sources ? { sources: meta.sources } : {}),
      ...(meta.confidence ? { confidence: meta.confidence } : {}),
      ...((followUp.validTime ?? (meta.mode === 'import' ? meta.validTime : undefined)) === undefined
        ? {}
        : { validTime: followUp.validTime ?? meta.validTime! }),
    });
    // A refusal is the aggregate's answer that the rule has nothing to do here; payloads stay out of the log.
    if (isRefusal(outcome)) this.log.info({ rule, command: followUp.command, refused: outcome.refused }, 'a rule found nothing to do');
  }

  /** Resolves when the process managers, here or on the node that runs them, have dealt with everything recorded and with what they recorded themselves. */
  async settled(): Promise<void> {
    while (comparePositions(await this.#place(), await this.events.head()) < 0) await new Promise((resolve) => setTimeout(resolve, this.#stopped ? 20 : 2));
  }
  #place(): string | Promise<string> {
    return this.#stopped ? this.store.checkpoint(REACTIONS) : (this.#positions.get(REACTIONS) ?? START);
  }

  private get world(): World {
    return this.executor.world;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const resolve of this.#release) resolve();
    this.#release.clear();
    await Promise.all([...this.#subscriptions.values()].map((s) => s.stop()));
    this.#subscriptions.clear();
    for (const name of this.#positions.keys()) {
      clearTimeout(this.#idle.get(name));
      await this.#keep(name);
    }
    this.#positions.clear();
  }
}
