import { isRefusal, type FollowUp, type Reaction, type RecordedEvent, type Schedule, type World } from '#kernel';
import { type CommandExecutor, comparePositions, derivedId, type EventStore, type Registry, START, type Subscription } from '#platform/event-store';
import type { ViewRunner } from '#platform/views';
import type { Logger } from 'pino';
import type { ProcessStore } from './process-store.js';

const REACTIONS = 'reactions';
const SCHEDULES = 'schedules';
/** setTimeout takes at most 2^31 - 1 ms; longer waits are taken in steps. */
const LONGEST_WAIT = 2 ** 31 - 1;
const RETRY_AFTER = 5_000;
const KEPT_EVERY = 100;

/**
 * Process managers and deadlines. Both follow the record with a checkpoint of their own; their commands carry ids derived
 * from the event (or the timer), so that a crash between command and checkpoint repeats nothing.
 */
export class Processes {
  readonly #reactions: readonly Reaction[];
  readonly #schedules: readonly Schedule[];
  #subscriptions: Subscription[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;
  /** How far each has come; the store knows it no later than after so many batches. */
  readonly #positions = new Map<string, string>();
  readonly #unkept = new Map<string, number>();

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
    this.#arm();
  }

  #follow(name: string, handle: (event: RecordedEvent) => Promise<void>): Promise<void> {
    this.#positions.set(name, this.store.checkpoint(name));
    return new Promise((resolve) => {
      const subscribe = () => {
        const subscription = this.events.subscribe({
          after: this.#positions.get(name) ?? START,
          batch: 100,
          onBatch: async (stored, checkpoint) => {
            for (const event of stored) await handle(this.registry.decode(event));
            this.#reached(name, checkpoint);
          },
          onCaughtUp: () => resolve(),
          onError: (error) => {
            this.log.error({ err: error, process: name }, 'a process stopped and will be tried again');
            if (!this.#stopped) setTimeout(() => this.#stopped || subscribe(), RETRY_AFTER).unref();
          },
        });
        this.#subscriptions.push(subscription);
      };
      subscribe();
    });
  }

  async #react(event: RecordedEvent): Promise<void> {
    const due = this.#reactions.filter((r) => r.on[event.type] !== undefined);
    if (due.length > 0) {
      await this.views.waitFor(event.position, 30_000);
      for (const reaction of due) {
        const followUps = await reaction.on[event.type]!(event, this.world);
        for (const followUp of followUps) {
          const { aggregate, id, command, input } = followUp;
          // By what it says and not by its place: after a crash in the middle the rest is left, in other places.
          await this.#give(followUp, reaction.name, event, derivedId(event.id, reaction.name, aggregate, id, command, JSON.stringify(input)));
        }
      }
    }
    if (due.length > 0) this.#reached(REACTIONS, event.position, []);
  }

  /** Where something was done it is kept at once; that nothing was to be done may be found again after a crash. */
  #reached(name: string, position: string, timers?: Parameters<ProcessStore['advance']>[2]): void {
    this.#positions.set(name, position);
    const since = (this.#unkept.get(name) ?? 0) + 1;
    this.#unkept.set(name, timers === undefined && since < KEPT_EVERY ? since : 0);
    if (timers !== undefined || since >= KEPT_EVERY) this.store.advance(name, position, timers);
  }

  #schedule(event: RecordedEvent): Promise<void> {
    const timers = this.#schedules.flatMap(({ name, on }) =>
      (on[event.type]?.(event) ?? []).map((t) =>
        t.at === null || t.due === undefined
          ? { schedule: name, key: t.key, at: null }
          : { schedule: name, key: t.key, at: t.at, due: t.due, cause: event.id },
      ),
    );
    if (timers.length === 0) return Promise.resolve();
    this.#reached(SCHEDULES, event.position, timers);
    this.#arm();
    return Promise.resolve();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.store.next();
    if (this.#stopped || next === null) return;
    const wait = Math.min(Math.max(Date.parse(next) - this.now(), 0), LONGEST_WAIT);
    this.#timer = setTimeout(() => void this.#fire(), wait);
    this.#timer.unref();
  }

  async #fire(): Promise<void> {
    try {
      for (const timer of this.store.due(new Date(this.now()).toISOString())) {
        const cause = await this.events.findEvent(timer.cause);
        if (cause) {
          const id = derivedId(timer.cause, timer.schedule, timer.key, timer.at);
          await this.#give(timer.due, timer.schedule, this.registry.decode(cause), id);
        }
        this.store.fired(timer);
      }
      this.#arm();
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

  /** Resolves when the process managers have dealt with everything recorded, and with what they recorded themselves. */
  async settled(): Promise<void> {
    while (!this.#stopped && comparePositions(this.#positions.get(REACTIONS) ?? START, await this.events.head()) < 0)
      await new Promise((resolve) => setTimeout(resolve, 2));
  }

  private get world(): World {
    return this.executor.world;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#subscriptions.map((s) => s.stop()));
    this.#subscriptions = [];
    for (const [name, position] of this.#positions) this.store.advance(name, position);
  }
}
