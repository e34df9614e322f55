import type { DatabaseSync, StatementSync } from 'node:sqlite';

const MOST = 300;

/** Prepared statements by their text: a read is asked a thousand times and written once. */
export class Statements {
  readonly #known = new Map<string, StatementSync>();

  constructor(private readonly db: DatabaseSync) {}

  prepare(sql: string): StatementSync {
    const known = this.#known.get(sql);
    if (known) return known;
    // Filters can be combined in many ways; the common ones are soon there again.
    if (this.#known.size >= MOST) this.#known.clear();
    const made = this.db.prepare(sql);
    this.#known.set(sql, made);
    return made;
  }
}
