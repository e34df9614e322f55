import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder, SqliteEventStore } from '#platform/event-store';
import { openPlatform, type Platform } from '#platform/runtime';
import type { Logger } from 'pino';
import { pino } from 'pino';
// Server and command line are two programs of one build: the list of the contexts is the server's, and stands there once.
import { contexts } from '../../server/src/contexts.js';
import { Failure } from './command.js';

export const quiet: Logger = pino({ level: 'silent' });

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
export function withRecord<T>(folder: string, work: (events: SqliteEventStore) => Promise<T>): Promise<T> {
  assertRecord(folder);
  return holding(folder, async () => {
    const events = new SqliteEventStore(folder);
    try {
      return await work(events);
    } finally {
      await events.close();
    }
  });
}

/** Everything that a server would run, but for the network. @throws FolderInUse */
export async function withPlatform<T>(folder: string, work: (platform: Platform) => Promise<T>): Promise<T> {
  const platform = await openPlatform({ folder, contexts, log: quiet });
  try {
    return await work(platform);
  } finally {
    await platform.close();
  }
}
