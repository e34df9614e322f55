import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { audienceOf, type AudienceToken, type Duty, type Label, type Multilingual, type Row } from '#kernel';
import { type Build, columnOf } from './builds.js';

export interface StoredRow {
  key: string;
  doc: string;
  label: string;
  mode: Row['mode'];
  revision: number;
  position: string;
  recorded_at: string;
}

export const rowOf = <D extends object>(stored: StoredRow): Row<D> => ({
  id: stored.key,
  doc: JSON.parse(stored.doc) as D,
  revision: stored.revision,
  position: stored.position,
  label: JSON.parse(stored.label) as Label,
  mode: stored.mode,
  recordedAt: stored.recorded_at,
});

/** What is written beside a document: who may read it, what waits for whom, under what it is found. */
interface Beside {
  readonly audience: readonly AudienceToken[];
  readonly duties: readonly Duty[];
  readonly found: { readonly title: Multilingual; readonly words: string } | null;
}

/** Writes the documents of one build with all that is derived from them. */
export class BuildWriter {
  readonly #columns: readonly string[];
  readonly #sql: Record<
    'get' | 'put' | 'remove' | 'forget' | 'admit' | 'discharge' | 'charge' | 'docid' | 'unfind' | 'unlink' | 'find' | 'link',
    StatementSync
  >;

  constructor(
    db: DatabaseSync,
    readonly build: Build,
  ) {
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

  /** Writes what has changed since `before`, the row as it stands; what is derived and the same stays as it is. */
  write(key: string, before: Row | null, row: Row | null): void {
    const { id: build, view } = this.build;
    if (row === null) {
      this.#forget(key, before);
      this.#sql.remove.run(key);
      return;
    }
    const [was, is] = [before && this.#beside(before), this.#beside(row)];
    const changed = (part: keyof Beside) => was === null || JSON.stringify(was[part]) !== JSON.stringify(is[part]);
    const values: SQLInputValue[] = this.#columns.map((c) => view.columns?.[c]?.(row.doc) ?? null);
    this.#sql.put.run(
      key,
      JSON.stringify(row.doc),
      JSON.stringify(row.label),
      row.mode,
      row.revision,
      row.position,
      row.recordedAt,
      is.found ? JSON.stringify(is.found.title) : null,
      ...values,
    );
    if (changed('audience')) {
      if (before) this.#sql.forget.run(build, key);
      for (const token of is.audience) this.#sql.admit.run(build, token, key);
    }
    if (changed('duties')) {
      if (before) this.#sql.discharge.run(build, key);
      for (const { kind, holder, deadline, command } of is.duties) this.#sql.charge.run(build, key, kind, holder, deadline ?? null, command ?? null);
    }
    if (changed('found')) {
      if (before) this.#unfind(key);
      if (is.found === null) return;
      const found = this.#sql.find.run(build, key, Object.values(is.found.title).join(' '), is.found.words);
      this.#sql.link.run(build, key, found.lastInsertRowid);
    }
  }

  #beside({ doc, label }: Row): Beside {
    const { view } = this.build;
    const title = view.title?.(doc);
    return { audience: audienceOf(label), duties: view.duties?.(doc) ?? [], found: title ? { title, words: view.words?.(doc) ?? '' } : null };
  }

  #forget(key: string, before: Row | null): void {
    if (before === null) return;
    this.#sql.forget.run(this.build.id, key);
    this.#sql.discharge.run(this.build.id, key);
    this.#unfind(key);
  }

  #unfind(key: string): void {
    const found = this.#sql.docid.get(this.build.id, key) as { docid: number } | undefined;
    if (found === undefined) return;
    this.#sql.unfind.run(found.docid);
    this.#sql.unlink.run(this.build.id, key);
  }
}
