import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { AnyView, Row } from '#kernel';
import { SqliteDatabase } from '#platform/database';
import { concerning, foldOver, rowOf, type StoredRow, type Written } from '../rows.js';
import { type Build, columnOf } from '../schema.js';
import { type Fold, Overtaken, ViewStore } from '../view-store.js';

/** Views can be built anew: they need no fsync of their own, and few checkpoints of the journal. */
const PRAGMAS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000;';

/** Read models in a file; a batch is one turn of the loop, so that no reader sees half of it. */
export class SqliteViewStore extends ViewStore {
  readonly #db: DatabaseSync;
  readonly #writers = new Map<number, BuildWriter>();
  #move: StatementSync | undefined;

  private constructor(db: DatabaseSync, views: readonly AnyView[]) {
    super(new SqliteDatabase(db), views);
    this.#db = db;
  }

  /** @param path a file, or `:memory:` */
  static async open(path: string, views: readonly AnyView[]): Promise<SqliteViewStore> {
    const db = new DatabaseSync(path);
    db.exec(PRAGMAS);
    const store = new SqliteViewStore(db, views);
    await store.migrate();
    await store.prepare();
    return store;
  }

  protected override fold(folds: readonly Fold[], checkpoint: string): Promise<void> {
    this.#move ??= this.#db.prepare('UPDATE builds SET checkpoint = ? WHERE checkpoint = ? AND id IN (SELECT value FROM json_each(?))');
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const [after, from] of Map.groupBy(folds, (fold) => fold.after)) {
        const ids = JSON.stringify(from.map(({ build }) => build.id));
        if (this.#move.run(checkpoint, after, ids).changes !== from.length) throw new Overtaken(from.map(({ build }) => build.view.name).join(', '));
      }
      for (const { build, events } of folds) {
        const writer = this.#writer(build);
        for (const written of foldOver(build.view, concerning(build.view, events), (key) => writer.read(key))) writer.write(written);
      }
      this.#db.exec('COMMIT');
      return Promise.resolve();
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      return Promise.reject(error as Error);
    }
  }

  protected override dropped(build: Build): void {
    this.#writers.delete(build.id);
  }

  #writer(build: Build): BuildWriter {
    const known = this.#writers.get(build.id);
    if (known) return known;
    const made = new BuildWriter(this.#db, build);
    this.#writers.set(build.id, made);
    return made;
  }
}

/** Writes the documents of one build with all that is derived from them. */
class BuildWriter {
  readonly #build: Build;
  readonly #columns: readonly string[];
  readonly #sql: Record<
    'get' | 'put' | 'remove' | 'forget' | 'admit' | 'discharge' | 'charge' | 'docid' | 'unfind' | 'unlink' | 'find' | 'link',
    StatementSync
  >;

  constructor(db: DatabaseSync, build: Build) {
    this.#build = build;
    this.#columns = Object.keys(build.view.columns ?? {});
    const names = ['key', 'doc', 'label', 'mode', 'revision', 'position', 'recorded_at', 'title', ...this.#columns.map(columnOf)];
    const { table } = build;
    this.#sql = {
      get: db.prepare(`SELECT * FROM ${table} WHERE key = ?`),
      put: db.prepare(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`),
      remove: db.prepare(`DELETE FROM ${table} WHERE key = ?`),
      forget: db.prepare('DELETE FROM audience WHERE build = ? AND key = ?'),
      admit: db.prepare('INSERT OR IGNORE INTO audience (build, token, key) VALUES (?, ?, ?)'),
      discharge: db.prepare('DELETE FROM duties WHERE build = ? AND key = ?'),
      charge: db.prepare('INSERT INTO duties (build, key, kind, holder, deadline, command) VALUES (?, ?, ?, ?, ?, ?)'),
      docid: db.prepare('SELECT docid FROM found WHERE build = ? AND key = ?'),
      unfind: db.prepare('DELETE FROM search WHERE rowid = ?'),
      unlink: db.prepare('DELETE FROM found WHERE build = ? AND key = ?'),
      find: db.prepare('INSERT INTO search (build, key, title, words) VALUES (?, ?, ?, ?)'),
      link: db.prepare('INSERT INTO found (build, key, docid) VALUES (?, ?, ?)'),
    };
  }

  read(key: string): Row | null {
    const stored = this.#sql.get.get(key) as unknown as StoredRow | undefined;
    return stored ? rowOf(stored) : null;
  }

  write({ key, row, was, is, changed }: Written): void {
    const { id: build, view } = this.#build;
    if (row === null) this.#sql.remove.run(key);
    else {
      const values: SQLInputValue[] = this.#columns.map((c) => view.columns?.[c]?.(row.doc) ?? null);
      const title = is?.found ? JSON.stringify(is.found.title) : null;
      this.#sql.put.run(key, JSON.stringify(row.doc), JSON.stringify(row.label), row.mode, row.revision, row.position, row.recordedAt, title, ...values);
    }
    if (changed.audience) {
      if (was) this.#sql.forget.run(build, key);
      for (const token of is?.audience ?? []) this.#sql.admit.run(build, token, key);
    }
    if (changed.duties) {
      if (was) this.#sql.discharge.run(build, key);
      for (const { kind, holder, deadline, command } of is?.duties ?? [])
        this.#sql.charge.run(build, key, kind, holder, deadline ?? null, command ?? null);
    }
    if (changed.found) {
      if (was?.found) this.#unfind(key);
      if (!is?.found) return;
      const found = this.#sql.find.run(build, key, Object.values(is.found.title).join(' '), is.found.words);
      this.#sql.link.run(build, key, found.lastInsertRowid);
    }
  }

  #unfind(key: string): void {
    const found = this.#sql.docid.get(this.#build.id, key) as { docid: number } | undefined;
    if (found === undefined) return;
    this.#sql.unfind.run(found.docid);
    this.#sql.unlink.run(this.#build.id, key);
  }
}
