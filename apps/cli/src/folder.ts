import { existsSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type EventStore, lockFolder, openKurrentDb, SqliteEventStore } from '#platform/event-store';
import { type Cluster, type Config, openPlatform, type Platform } from '#platform/runtime';
import type { Logger } from 'pino';
import { pino } from 'pino';
// Server and command line are two programs of one build: the list of the contexts is the server's, and stands there once.
import { contexts } from '../../server/src/contexts.js';
import { Failure } from './command.js';

export const quiet: Logger = pino({ level: 'silent' });

/** Where the configuration names KurrentDB and PostgreSQL, those; otherwise the data folder alone. */
export function clusterOf({ COMITY_EVENTS: events, COMITY_POSTGRES: postgres }: Config): Cluster | undefined {
  return events === undefined || postgres === undefined ? undefined : { events, postgres, node: `comity-${hostname()}-${process.pid}`.slice(0, 64) };
}

/** A folder in which nothing was ever recorded is most often a slip of the pen. @throws Failure */
export function assertRecord(folder: string): void {
  if (!existsSync(join(folder, 'events.db'))) throw new Failure(`There is no record in ${folder}.`);
}

/** Holds the folder for as long as the work lasts. @throws FolderInUse */
export async function holding<T>(folder: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const lock = lockFolder(folder);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** The bare record: no view is folded, no deadline falls due, nothing is written. @throws Failure, FolderInUse */
export async function withRecord<T>(config: Config, work: (events: EventStore) => Promise<T>): Promise<T> {
  const cluster = clusterOf(config);
  const { COMITY_DATA: folder } = config;
  const reading = async (events: EventStore) => {
    try {
      return await work(events);
    } finally {
      await events.close();
    }
  };
  if (cluster) return reading(await openKurrentDb(cluster.events));
  assertRecord(folder);
  return holding(folder, () => reading(new SqliteEventStore(folder)));
}

/** Everything that a server would run, but for the network; in a cluster beside the nodes that run. @throws FolderInUse */
export async function withPlatform<T>(config: Config, work: (platform: Platform) => Promise<T>): Promise<T> {
  const platform = await openPlatform({ folder: config.COMITY_DATA, cluster: clusterOf(config), contexts, log: quiet });
  try {
    return await work(platform);
  } finally {
    await platform.close();
  }
}
