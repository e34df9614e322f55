import type { DatabaseSync } from 'node:sqlite';
import type { AnyView } from '#kernel';

/** One stored form of a view: the one that serves, or one that is being built beside it. */
export interface Build {
  readonly id: number;
  readonly view: AnyView;
  readonly table: string;
}

export const SCHEMA = `
CREATE TABLE IF NOT EXISTS builds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  view TEXT NOT NULL,
  version INTEGER NOT NULL,
  checkpoint TEXT NOT NULL,
  serving INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS audience (
  build INTEGER NOT NULL, token TEXT NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (build, token, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS audience_of_key ON audience (build, key);
CREATE TABLE IF NOT EXISTS duties (
  build INTEGER NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, holder TEXT NOT NULL, deadline TEXT, command TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS duties_of_holder ON duties (holder, build);
CREATE INDEX IF NOT EXISTS duties_of_key ON duties (build, key);
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (
  build UNINDEXED, key UNINDEXED, title, words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(0, 0, 10, 1)');
CREATE TABLE IF NOT EXISTS found (build INTEGER NOT NULL, key TEXT NOT NULL, docid INTEGER NOT NULL, PRIMARY KEY (build, key)) STRICT, WITHOUT ROWID;
`;

export const tableOf = (build: number): string => `view_${build}`;
export const columnOf = (name: string): string => `"c_${name.replaceAll('"', '')}"`;

/** Makes the table of a new build, empty, at the start of the record. */
export function createBuild(db: DatabaseSync, view: AnyView, checkpoint: string): Build {
  const { lastInsertRowid } = db
    .prepare('INSERT INTO builds (view, version, checkpoint) VALUES (?, ?, ?)')
    .run(view.name, view.version, checkpoint);
  const id = Number(lastInsertRowid);
  const table = tableOf(id);
  const columns = Object.keys(view.columns ?? {});
  db.exec(`CREATE TABLE ${table} (
    key TEXT PRIMARY KEY, doc TEXT NOT NULL, label TEXT NOT NULL, mode TEXT NOT NULL, revision INTEGER NOT NULL,
    position TEXT NOT NULL, recorded_at TEXT NOT NULL, title TEXT${columns.map((c) => `, ${columnOf(c)}`).join('')}
  ) WITHOUT ROWID`);
  for (const column of columns)
    db.exec(`CREATE INDEX "${table}_${column.replaceAll('"', '')}" ON ${table} (${columnOf(column)}, key)`);
  return { id, view, table };
}

export function dropBuild(db: DatabaseSync, id: number): void {
  db.exec(`DROP TABLE IF EXISTS ${tableOf(id)}`);
  db.prepare('DELETE FROM search WHERE rowid IN (SELECT docid FROM found WHERE build = ?)').run(id);
  for (const table of ['found', 'duties', 'audience']) db.prepare(`DELETE FROM ${table} WHERE build = ?`).run(id);
  db.prepare('DELETE FROM builds WHERE id = ?').run(id);
}
