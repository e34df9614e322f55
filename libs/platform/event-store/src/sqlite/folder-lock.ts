import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process has this data folder open. */
export class FolderInUse extends Error {
  constructor(readonly folder: string) {
    super(`the data folder ${folder} is in use by another process`);
  }
}

/**
 * Holds a data folder for one process. It is a lock of the operating system on a file that nobody else writes
 * (SQLite's own exclusive transaction), so it is gone with the process, also after kill -9.
 */
export function lockFolder(folder: string): { release(): void } {
  const db = new DatabaseSync(join(folder, 'lock.db'));
  try {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;');
  } catch {
    db.close();
    throw new FolderInUse(folder);
  }
  return {
    release: () => {
      if (db.isOpen) db.close();
    },
  };
}
