/** What columns hold on both engines; a truth is 0 or 1. */
export type SqlValue = string | number | null | Uint8Array;

export interface Statement {
  readonly sql: string;
  readonly values?: readonly SqlValue[];
}

/** The database cannot be reached or written now; the same may be tried again. */
export class DatabaseUnavailable extends Error {}

/**
 * One query layer over SQLite (embedded) and PostgreSQL (several nodes). Statements are written once, with `?` for each value;
 * where the engines differ, what differs is a member here or is chosen by `dialect`. 64-bit integers come back as numbers.
 * Every method rejects with DatabaseUnavailable when the engine cannot be reached.
 */
export abstract class Database {
  abstract readonly dialect: 'sqlite' | 'postgres';
  abstract all<R extends object>(sql: string, values?: readonly SqlValue[]): Promise<R[]>;
  /** How many rows were changed. */
  abstract run(sql: string, values?: readonly SqlValue[]): Promise<number>;
  /** All or nothing, in order; how many rows each changed. */
  abstract batch(statements: readonly Statement[]): Promise<readonly number[]>;
  /**
   * Brings the tables of one part to their newest form, once, whatever number of processes starts at the same time. Each step is the
   * text of one or more statements; a step that was done is never changed, a new one is added behind it.
   */
  abstract migrate(part: string, steps: readonly string[]): Promise<void>;
  abstract close(): Promise<void>;

  async get<R extends object>(sql: string, values?: readonly SqlValue[]): Promise<R | undefined> {
    return (await this.all<R>(sql, values))[0];
  }

  /** The condition that a text column is one of a list, which is bound as one value: `JSON.stringify(list)`. */
  among(column: string): string {
    return this.dialect === 'sqlite'
      ? `${column} IN (SELECT value FROM json_each(?))`
      : `${column} = ANY (ARRAY (SELECT jsonb_array_elements_text(?::jsonb)))`;
  }
}
