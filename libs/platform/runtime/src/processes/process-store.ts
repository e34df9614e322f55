import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FollowUp } from '#kernel';
import { START } from '#platform/event-store';

export interface DueTimer {
  readonly schedule: string;
  readonly key: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly due: FollowUp;
  /** The event that set it, and what its commands inherit. */
  readonly cause: string;
}

/** How far the process managers have come, and the timers that are set. Unlike views it is not thrown away. */
export class ProcessStore {
  readonly #db: DatabaseSync;

  constructor(folder: string) {
    this.#db = new DatabaseSync(folder === ':memory:' ? folder : join(folder, 'processes.db'));
    this.#db.exec(`
      -- What is lost with the power is done again from an earlier checkpoint, under the same ids: no fsync of its own.
      PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS checkpoints (name TEXT PRIMARY KEY, position TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS timers (
        schedule TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL, due TEXT NOT NULL, cause TEXT NOT NULL,
        PRIMARY KEY (schedule, key)
      ) STRICT;
      CREATE INDEX IF NOT EXISTS timers_at ON timers (at);`);
  }

  checkpoint(name: string): string {
    const row = this.#db.prepare('SELECT position FROM checkpoints WHERE name = ?').get(name);
    return (row as { position: string } | undefined)?.position ?? START;
  }

  /** Moves the checkpoint and, in the same transaction, sets, moves and cancels timers. */
  advance(name: string, position: string, timers: readonly (DueTimer | { schedule: string; key: string; at: null })[] = []): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const timer of timers) {
        if (timer.at === null) this.#db.prepare('DELETE FROM timers WHERE schedule = ? AND key = ?').run(timer.schedule, timer.key);
        else
          this.#db
            .prepare('INSERT OR REPLACE INTO timers (schedule, key, at, due, cause) VALUES (?, ?, ?, ?, ?)')
            .run(timer.schedule, timer.key, timer.at, JSON.stringify(timer.due), timer.cause);
      }
      this.#db.prepare('INSERT OR REPLACE INTO checkpoints (name, position) VALUES (?, ?)').run(name, position);
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  due(now: string, limit = 100): DueTimer[] {
    const rows = this.#db.prepare('SELECT * FROM timers WHERE at <= ? ORDER BY at LIMIT ?').all(now, limit);
    return (rows as unknown as (Omit<DueTimer, 'due'> & { due: string })[]).map((r) => ({ ...r, due: JSON.parse(r.due) as FollowUp }));
  }

  /** When the next timer falls due. */
  next(): string | null {
    return (this.#db.prepare('SELECT min(at) AS at FROM timers').get() as { at: string | null }).at;
  }

  /** Takes a fired timer away, unless it was moved meanwhile. */
  fired({ schedule, key, at }: DueTimer): void {
    this.#db.prepare('DELETE FROM timers WHERE schedule = ? AND key = ? AND at = ?').run(schedule, key, at);
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}
