import type { FollowUp } from '#kernel';
import type { Database, Statement } from '#platform/database';
import { START } from '#platform/event-store';

export interface DueTimer {
  readonly schedule: string;
  readonly key: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly due: FollowUp;
  /** The event that set it: what its commands inherit. */
  readonly cause: { readonly stream: string; readonly revision: number };
}
export type TimerChange = DueTimer | { readonly schedule: string; readonly key: string; readonly at: null };

/** Timers of the first form named their cause otherwise: they are set anew from the record, under the same ids. */
const AGAIN = "DELETE FROM timers; UPDATE checkpoints SET position = '0' WHERE name = 'schedules';";

interface StoredTimer {
  schedule: string;
  key: string;
  at: string;
  due: string;
  cause: string;
}

/** Another process has moved the checkpoint since: it runs the process managers now. */
export class CheckpointMoved extends Error {
  constructor(readonly checkpoint: string) {
    super(`another process has moved the checkpoint ${checkpoint}`);
  }
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS checkpoints (name TEXT PRIMARY KEY, position TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS timers (
  schedule TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL, due TEXT NOT NULL, cause TEXT NOT NULL,
  PRIMARY KEY (schedule, key)
);
CREATE INDEX IF NOT EXISTS timers_at ON timers (at);`;

/** How far the process managers have come, and the timers that are set. Unlike views it is not thrown away. */
export class ProcessStore {
  /** As stored: a checkpoint moves only from where this process has seen it. */
  readonly #stored = new Map<string, string>();
  /** One after the other: each moves a checkpoint from where the last has left it. */
  #turn: Promise<void> = Promise.resolve();

  private constructor(private readonly database: Database) {}

  static async open(database: Database): Promise<ProcessStore> {
    await database.migrate('processes', [SCHEMA, AGAIN]);
    return new ProcessStore(database);
  }

  async checkpoint(name: string): Promise<string> {
    await this.database.run('INSERT INTO checkpoints (name, position) VALUES (?, ?) ON CONFLICT (name) DO NOTHING', [name, START]);
    const { position } = (await this.database.get<{ position: string }>('SELECT position FROM checkpoints WHERE name = ?', [name]))!;
    this.#stored.set(name, position);
    return position;
  }

  /** Moves the checkpoint and, in the same transaction, sets, moves and cancels timers. @throws CheckpointMoved, and then nothing is changed */
  advance(name: string, position: string, timers: readonly TimerChange[] = []): Promise<void> {
    const result = this.#turn.then(() => this.#advance(name, position, timers));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #advance(name: string, position: string, timers: readonly TimerChange[]): Promise<void> {
    const from = this.#stored.get(name) ?? START;
    // Whoever was overtaken finds another position there, and none of its timers is written.
    const still = 'EXISTS (SELECT 1 FROM checkpoints WHERE name = ? AND position = ?)';
    const statements = timers.map((timer): Statement =>
      timer.at === null
        ? { sql: `DELETE FROM timers WHERE schedule = ? AND key = ? AND ${still}`, values: [timer.schedule, timer.key, name, position] }
        : {
            sql: `INSERT INTO timers (schedule, key, at, due, cause) SELECT ?, ?, ?, ?, ? WHERE ${still}
              ON CONFLICT (schedule, key) DO UPDATE SET at = excluded.at, due = excluded.due, cause = excluded.cause`,
            values: [timer.schedule, timer.key, timer.at, JSON.stringify(timer.due), JSON.stringify(timer.cause), name, position],
          },
    );
    const [moved] = await this.database.batch([
      { sql: 'UPDATE checkpoints SET position = ? WHERE name = ? AND position = ?', values: [position, name, from] },
      ...statements,
    ]);
    if (moved !== 1) throw new CheckpointMoved(name);
    this.#stored.set(name, position);
  }

  async due(now: string, limit = 100): Promise<DueTimer[]> {
    const rows = await this.database.all<StoredTimer>('SELECT * FROM timers WHERE at <= ? ORDER BY at LIMIT ?', [now, limit]);
    return rows.map(({ due, cause, ...r }) => ({ ...r, due: JSON.parse(due) as FollowUp, cause: JSON.parse(cause) as DueTimer['cause'] }));
  }

  /** When the next timer falls due. */
  async next(): Promise<string | null> {
    return (await this.database.get<{ at: string | null }>('SELECT min(at) AS at FROM timers'))!.at;
  }

  /** Takes a fired timer away, unless it was moved meanwhile. */
  async fired({ schedule, key, at }: DueTimer): Promise<void> {
    await this.database.run('DELETE FROM timers WHERE schedule = ? AND key = ? AND at = ?', [schedule, key, at]);
  }

  /** How far each has come, as stored. */
  async checkpoints(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.all<{ name: string; position: string }>('SELECT name, position FROM checkpoints');
    return new Map(rows.map(({ name, position }) => [name, position]));
  }
  /** Takes over how far another store had come, and its timers: the rules have acted on what lies before, and must not do so again. */
  async takeOver(source: ProcessStore, positionOf: (position: string) => string): Promise<void> {
    for (const [name, position] of await source.checkpoints()) {
      const moved = [name, positionOf(position)];
      await this.database.run('INSERT INTO checkpoints (name, position) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET position = excluded.position', moved);
    }
    for (const { schedule, key, at, due, cause } of await source.database.all<StoredTimer>('SELECT * FROM timers')) {
      const sql = 'INSERT INTO timers (schedule, key, at, due, cause) VALUES (?, ?, ?, ?, ?) ON CONFLICT (schedule, key) DO NOTHING';
      await this.database.run(sql, [schedule, key, at, due, cause]);
    }
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
