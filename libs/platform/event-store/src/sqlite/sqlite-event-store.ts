import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventMeta } from '#kernel';
import {
  type Appended,
  AppendTooLarge,
  categoryOf,
  checkAppend,
  EventIdReused,
  MAX_APPEND_BYTES,
  type NewEvent,
  type ReadAll,
  START,
  StoreUnavailable,
  type StoredEvent,
  WrongRevision,
} from '../event-store.js';
import { LocalEventStore } from '../local-event-store.js';
import { PRAGMAS, SCHEMA } from './schema.js';

interface Prepared {
  readonly id: string;
  readonly idBytes: Buffer;
  readonly type: string;
  readonly data: string;
  readonly meta: string;
}
interface Pending {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly Prepared[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}
interface EventRow {
  position: number;
  stream: string;
  revision: number;
  event_id: Uint8Array;
  type: string;
  data: string;
  meta: string;
}

const GROUP = 256;
const COLUMNS = 'e.position, s.name AS stream, e.revision, e.event_id, e.type, e.data, e.meta';
const JOINED = 'FROM events e JOIN streams s ON s.id = e.stream_id';
const statements = (db: DatabaseSync) => ({
  placeOf: db.prepare(`SELECT s.name AS stream, e.revision, e.position ${JOINED} WHERE e.event_id = ?`),
  stream: db.prepare('SELECT id, version FROM streams WHERE name = ?'),
  addStream: db.prepare('INSERT INTO streams (name, category, version) VALUES (?, ?, 0)'),
  addEvent: db.prepare('INSERT INTO events (stream_id, revision, event_id, type, data, meta) VALUES (?, ?, ?, ?, ?, ?)'),
  setVersion: db.prepare('UPDATE streams SET version = ? WHERE id = ?'),
  ofStream: db.prepare(`SELECT ${COLUMNS} ${JOINED} WHERE s.name = ? AND e.revision > ? ORDER BY e.revision LIMIT ?`),
  ofAll: db.prepare(`SELECT ${COLUMNS} ${JOINED} WHERE e.position > ? ORDER BY e.position LIMIT ?`),
  ofCategories: db.prepare(`SELECT ${COLUMNS} ${JOINED} WHERE e.position > ?
    AND s.category IN (SELECT value FROM json_each(?)) ORDER BY e.position LIMIT ?`),
  last: db.prepare('SELECT max(position) AS position FROM events'),
});
const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');
const textOf = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
/** SQLITE_IOERR and its kinds, SQLITE_IOERR_FSYNC among them (sqlite.org/rescode.html). */
const failedOnDisk = (error: unknown): boolean => (((error as { errcode?: number }).errcode ?? 0) & 0xff) === 10;
const toStored = (row: EventRow): StoredEvent => ({
  id: textOf(row.event_id),
  type: row.type,
  data: JSON.parse(row.data) as unknown,
  meta: JSON.parse(row.meta) as EventMeta,
  stream: row.stream,
  revision: row.revision,
  position: String(row.position),
});

/**
 * The embedded adapter: SQLite in WAL mode with synchronous=FULL. Appends that arrive in one turn of the event loop share
 * one transaction and one fsync (group commit); each resolves after the commit.
 */
export class SqliteEventStore extends LocalEventStore {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof statements>;
  readonly #queue: Pending[] = [];
  #scheduled = false;
  #closed = false;
  readonly #onBroken: (error: unknown) => void;

  /** @param onBroken the disk failed under a write: what it holds is known only to a new process, so this one must end */
  constructor(folder: string, onBroken: (error: unknown) => void = () => {}) {
    super();
    this.#onBroken = onBroken;
    this.#db = new DatabaseSync(join(folder, 'events.db'));
    this.#db.exec(PRAGMAS);
    this.#db.exec(SCHEMA);
    this.#sql = statements(this.#db);
  }

  /** Commits so far: how many fsyncs the appends have cost. */
  commits = 0;

  override append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('the event store is closed'));
    return new Promise((resolve, reject) => {
      checkAppend(stream, events);
      const prepared = events.map((e) => ({
        id: e.id,
        idBytes: bytesOf(e.id),
        type: e.type,
        data: JSON.stringify(e.data),
        meta: JSON.stringify(e.meta),
      }));
      const bytes = prepared.reduce((sum, e) => sum + Buffer.byteLength(e.data) + Buffer.byteLength(e.meta), 0);
      if (bytes > MAX_APPEND_BYTES) throw new AppendTooLarge(bytes);
      this.#queue.push({ stream, expected, events: prepared, resolve, reject });
      if (!this.#scheduled) {
        this.#scheduled = true;
        setImmediate(() => this.#drain());
      }
    });
  }

  #drain(): void {
    this.#scheduled = false;
    while (this.#queue.length > 0) this.#commit(this.#queue.splice(0, GROUP));
  }

  /** One transaction for all; where SQLite itself fails, each again alone, so that one bad append cannot fail the others. */
  #commit(group: readonly Pending[]): void {
    const outcomes: (Appended | Error)[] = [];
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      for (const request of group) outcomes.push(this.#insert(request));
      this.#db.exec('COMMIT');
      this.commits += 1;
    } catch (error) {
      if (this.#db.isTransaction) this.#undo();
      if (failedOnDisk(error)) return this.#break(group, error);
      const [only] = group;
      if (group.length > 1) for (const request of group) this.#commit([request]);
      else only?.reject(new StoreUnavailable('the event store could not write', { cause: error }));
      return;
    }
    group.forEach((request, i) => {
      const outcome = outcomes[i]!;
      if (outcome instanceof Error) request.reject(outcome);
      else request.resolve(outcome);
    });
    this.committed.announce();
  }

  #undo(): void {
    try {
      this.#db.exec('ROLLBACK');
    } catch {
      // Where not even this can be written, the journal undoes it at the next opening.
    }
  }

  /** After a failed fsync the system may call the lost pages clean and a second one succeed: nothing is tried again, nothing more is taken. */
  #break(group: readonly Pending[], cause: unknown): void {
    this.#closed = true;
    const lost = new StoreUnavailable('the event store could not write', { cause });
    for (const request of [...group, ...this.#queue.splice(0)]) request.reject(lost);
    this.#onBroken(cause);
  }

  /** Everything is decided before the first write of the request, so a refused one needs no savepoint. */
  #insert({ stream, expected, events }: Pending): Appended | Error {
    const known = events.map((e) => this.#sql.placeOf.get(e.idBytes) as { stream: string; revision: number; position: number } | undefined);
    const used = known.findIndex((e) => e !== undefined);
    if (used >= 0) {
      const last = known.at(-1);
      if (last === undefined || known.some((e) => e?.stream !== stream)) return new EventIdReused(events[used]!.id);
      return { stream, revision: last.revision, position: String(last.position) };
    }
    const row = this.#sql.stream.get(stream) as { id: number; version: number } | undefined;
    const actual = row?.version ?? 0;
    if (actual !== expected) return new WrongRevision(stream, expected, actual);
    const streamId = row?.id ?? Number(this.#sql.addStream.run(stream, categoryOf(stream)).lastInsertRowid);
    let position: number | bigint = 0;
    events.forEach((e, i) => {
      position = this.#sql.addEvent.run(streamId, actual + i + 1, e.idBytes, e.type, e.data, e.meta).lastInsertRowid;
    });
    const revision = actual + events.length;
    this.#sql.setVersion.run(revision, streamId);
    return { stream, revision, position: String(position) };
  }

  override readStream(stream: string, after = 0, limit = Number.MAX_SAFE_INTEGER): Promise<readonly StoredEvent[]> {
    return this.#read(() => (this.#sql.ofStream.all(stream, after, limit) as unknown as EventRow[]).map(toStored));
  }

  override readAll({ after, limit, categories }: ReadAll): Promise<readonly StoredEvent[]> {
    return this.#read(() => {
      const rows = categories
        ? this.#sql.ofCategories.all(Number(after), JSON.stringify(categories), limit)
        : this.#sql.ofAll.all(Number(after), limit);
      return (rows as unknown as EventRow[]).map(toStored);
    });
  }

  override head(): Promise<string> {
    return this.#read(() => String((this.#sql.last.get() as { position: number | null }).position ?? START));
  }

  protected override get closed(): boolean {
    return this.#closed;
  }

  /** Writes what is queued, then closes. */
  override close(): Promise<void> {
    if (!this.#db.isOpen) return Promise.resolve();
    if (!this.#closed) this.#drain();
    this.#closed = true;
    this.committed.announce();
    this.#db.close();
    return Promise.resolve();
  }

  #read<T>(query: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('the event store is closed'));
    try {
      return Promise.resolve(query());
    } catch (error) {
      return Promise.reject(new StoreUnavailable('the event store could not read', { cause: error }));
    }
  }
}
