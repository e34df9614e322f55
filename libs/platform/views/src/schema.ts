import type { AnyView } from '#kernel';
import type { Database, Statement } from '#platform/database';

/** One stored form of a view: the one that serves, or one that is being built beside it. */
export interface Build {
  readonly id: number;
  readonly view: AnyView;
  readonly table: string;
}

const SQLITE = [
  `CREATE TABLE IF NOT EXISTS builds (
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
  CREATE TABLE IF NOT EXISTS found (build INTEGER NOT NULL, key TEXT NOT NULL, docid INTEGER NOT NULL, PRIMARY KEY (build, key)) STRICT, WITHOUT ROWID;`,
  'ALTER TABLE builds ADD COLUMN retired INTEGER NOT NULL DEFAULT 0;',
];

/** Keys and positions sort by their bytes, as SQLite sorts; a column of a view is jsonb, since it may hold texts and numbers. */
const POSTGRES = [
  `CREATE TABLE builds (
    id serial PRIMARY KEY, view text NOT NULL, version integer NOT NULL, checkpoint text NOT NULL,
    serving integer NOT NULL DEFAULT 0, retired integer NOT NULL DEFAULT 0
  );
  CREATE TABLE audience (
    build integer NOT NULL, token text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, PRIMARY KEY (build, token, key)
  );
  CREATE INDEX audience_of_key ON audience (build, key);
  CREATE TABLE duties (
    build integer NOT NULL, key text COLLATE "C" NOT NULL, kind text NOT NULL, holder text COLLATE "C" NOT NULL, deadline text, command text
  );
  CREATE INDEX duties_of_holder ON duties (holder, build);
  CREATE INDEX duties_of_key ON duties (build, key);
  CREATE TABLE search (build integer NOT NULL, key text COLLATE "C" NOT NULL, config text NOT NULL, vector tsvector NOT NULL);
  CREATE INDEX search_of_key ON search (build, key);
  CREATE INDEX search_vector ON search USING gin (vector);`,
];

export const stepsOf = (dialect: Database['dialect']): readonly string[] => (dialect === 'sqlite' ? SQLITE : POSTGRES);

export const tableOf = (build: number): string => `view_${build}`;
export const columnOf = (name: string): string => `"c_${name.replaceAll('"', '')}"`;

/** Makes the empty table of a build and the indexes of its columns, in which null comes first, as it does in SQLite. */
export function makeTable({ dialect }: Database, { table, view }: Build): Statement[] {
  const sqlite = dialect === 'sqlite';
  const columns = Object.keys(view.columns ?? {});
  const collated = sqlite ? 'TEXT' : 'text COLLATE "C"';
  const own = columns.map((c) => `, ${columnOf(c)}${sqlite ? '' : ' jsonb'}`).join('');
  return [
    {
      sql: `CREATE TABLE ${table} (
        key ${collated} PRIMARY KEY, doc TEXT NOT NULL, label TEXT NOT NULL, mode TEXT NOT NULL, revision INTEGER NOT NULL,
        position TEXT NOT NULL, recorded_at TEXT NOT NULL, title TEXT${own}
      )${sqlite ? ' WITHOUT ROWID' : ''}`,
    },
    ...columns.map((c) => ({
      sql: `CREATE INDEX "${table}_${c.replaceAll('"', '')}" ON ${table} (${columnOf(c)}${sqlite ? '' : ' NULLS FIRST'}, key)`,
    })),
  ];
}

/** So many rows go in one statement, which is far below the longest that one may take. */
const AT_ONCE = 20_000;

/** Removes a build; broken off in the middle, it is gone on with at the next time, since what names it goes last. */
export async function dropBuild(database: Database, id: number): Promise<void> {
  const values = [id];
  if (database.dialect === 'postgres') {
    for (const table of ['search', 'duties', 'audience'])
      while ((await database.run(`DELETE FROM ${table} WHERE ctid = ANY (ARRAY (SELECT ctid FROM ${table} WHERE build = ? LIMIT ${AT_ONCE}))`, values)) > 0);
  } else {
    await database.batch([
      { sql: 'DELETE FROM search WHERE rowid IN (SELECT docid FROM found WHERE build = ?)', values },
      ...['found', 'duties', 'audience'].map((table) => ({ sql: `DELETE FROM ${table} WHERE build = ?`, values })),
    ]);
  }
  await database.batch([{ sql: `DROP TABLE IF EXISTS ${tableOf(id)}` }, { sql: 'DELETE FROM builds WHERE id = ?', values }]);
}
