import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BoundedContext } from '#kernel';
import {
  CommandExecutor,
  type EventStore,
  lockFolder,
  MemoryEventStore,
  Registry,
  SqliteEventStore,
} from '#platform/event-store';
import { activity, AsOf, ViewRunner, ViewStore } from '#platform/views';
import type { Logger } from 'pino';
import { ProcessStore } from './processes/process-store.js';
import { Processes } from './processes/processes.js';

export interface PlatformOptions {
  /** The data folder, or `:memory:` for tests. */
  readonly folder: string;
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
  /** Stops what runs and writes what is queued; no acknowledged act is lost. */
  close(): Promise<void>;
}

/** @throws FolderInUse where another process has the folder. */
export async function openPlatform({ folder, contexts, log, now, onBroken }: PlatformOptions): Promise<Platform> {
  const inMemory = folder === ':memory:';
  if (!inMemory) mkdirSync(folder, { recursive: true });
  const lock = inMemory ? undefined : lockFolder(folder);
  const registry = new Registry(contexts);
  const ofContexts = contexts.flatMap((c) => c.views);
  const broken = (err: unknown) => {
    log.fatal({ err }, 'the disk failed under the record');
    onBroken?.();
  };
  const events = inMemory ? new MemoryEventStore() : new SqliteEventStore(folder, broken);
  const views = new ViewStore(inMemory ? folder : join(folder, 'views.db'), [...ofContexts, activity]);
  const runner = new ViewRunner(events, registry, views, (err) => log.error({ err }, 'the views stopped'));
  const executor = new CommandExecutor(events, registry, views.reader(null), now, (category, type) =>
    ofContexts.find((view) => view.category === category)?.on[type] !== undefined,
  );
  const processStore = new ProcessStore(folder);
  const processes = new Processes(events, registry, executor, runner, processStore, log);
  const asOf = new AsOf(events, registry, ofContexts);
  await runner.start();
  await processes.start();
  return {
    events, registry, views, runner, executor, processes, asOf, contexts,
    close: async () => {
      await processes.stop();
      await runner.stop();
      await events.close();
      asOf.close();
      views.close();
      processStore.close();
      lock?.release();
    },
  };
}
