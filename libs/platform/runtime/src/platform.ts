import type { BoundedContext } from '#kernel';
import type { Database, Leadership, Signals } from '#platform/database';
import { CommandExecutor, type EventStore, Registry } from '#platform/event-store';
import { activityOf, AsOf, ViewRunner, type ViewStore } from '#platform/views';
import type { Logger } from 'pino';
import { type Role, ROLES } from './config.js';
import { Processes } from './processes/processes.js';
import { type Cluster, openCluster, openEmbedded } from './storage.js';

export interface PlatformOptions {
  /** The data folder, or `:memory:` for tests; not used where `cluster` is given. */
  readonly folder: string;
  readonly cluster?: Cluster | undefined;
  /** What this process does; everything where left out. */
  readonly roles?: readonly Role[];
  readonly contexts: readonly BoundedContext[];
  readonly log: Logger;
  readonly now?: () => string;
  /** The disk failed under the record: this process must end. */
  readonly onBroken?: () => void;
}

/** Everything below the programs: the record, its views, commands, process managers. No framework; server, cli and tests share it. */
export interface Platform {
  readonly events: EventStore;
  readonly registry: Registry;
  readonly views: ViewStore;
  readonly runner: ViewRunner;
  readonly executor: CommandExecutor;
  readonly processes: Processes;
  readonly asOf: AsOf;
  readonly contexts: readonly BoundedContext[];
  readonly signals: Signals;
  /** The database that all nodes share; without it this process is alone. */
  readonly shared: Database | undefined;
  /** Calls back when this process has begun to fold views and run rules; at once where it does. */
  whenLeading(callback: () => void): void;
  /** Lets another node fold and run rules, if this one does; what it holds is written first. */
  stepDown(): Promise<void>;
  /** Stops what runs and writes what is queued; no acknowledged act is lost. */
  close(): Promise<void>;
}

/** Whoever waits for a command is answered within two seconds, in ms. */
const COMMAND_WITHIN = 1_700;
const VIEWS_WITHIN = 1_500;

/** @throws FolderInUse where another process has the folder; in a cluster ConnectionStringRefused, WrongCollation, DatabaseUnavailable */
export async function openPlatform({ folder, cluster, roles = ROLES, contexts, log, now, onBroken }: PlatformOptions): Promise<Platform> {
  const registry = new Registry(contexts);
  const ofContexts = contexts.flatMap((c) => c.views);
  const all = [...ofContexts, activityOf(contexts)];
  const storage = cluster
    ? await openCluster(cluster, all, (err) => log.warn({ err }, 'the line for signals'))
    : await openEmbedded(folder, all, (err) => {
        log.fatal({ err }, 'the disk failed under the record');
        onBroken?.();
      });
  const { events, views, signals, shared } = storage;
  const runner = new ViewRunner(events, registry, views, signals, (err) => log.error({ err }, 'the views'));
  const executor = new CommandExecutor(events, registry, views.reader(null), {
    ...(now ? { now } : {}),
    shows: (event) => {
      const page = ofContexts.find((view) => view.category === event.category);
      return page?.on[event.type] !== undefined && (page.key === undefined || page.key(event) !== undefined);
    },
    viewsFollow: async () => runner.waitFor(await events.head(), VIEWS_WITHIN),
    ...(cluster ? { within: COMMAND_WITHIN } : {}),
  });
  const processes = new Processes(events, registry, executor, runner, storage.processes, log);
  const asOf = new AsOf(events, registry, ofContexts, (tokens) => views.withheld(tokens));

  const leading = new Set<() => void>();
  let term = 0;
  let leads = false;
  const onLead = async () => {
    const mine = ++term;
    await runner.startProjecting();
    if (mine !== term) return;
    await processes.start();
    if (mine !== term) return;
    leads = true;
    log.info('this node folds the views and runs the rules');
    for (const callback of leading) callback();
    leading.clear();
  };
  const onLost = async () => {
    term++;
    leads = false;
    await processes.stop();
    await runner.stopProjecting();
  };
  if (shared) await runner.follow();
  const leadership: Leadership | undefined = roles.includes('projector')
    ? await storage.lead({ onLead, onLost, onError: (err) => log.warn({ err }, 'the place of the projector') })
    : undefined;
  return {
    events, registry, views, runner, executor, processes, asOf, contexts, signals, shared,
    whenLeading: (callback) => void (leads ? callback() : leading.add(callback)),
    stepDown: async () => {
      await leadership?.stop();
    },
    close: async () => {
      await leadership?.stop();
      await runner.stop();
      asOf.close();
      await storage.close();
    },
  };
}
