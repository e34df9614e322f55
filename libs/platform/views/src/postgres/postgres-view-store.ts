import type { AnyView, RecordedEvent, Row } from '#kernel';
import type { PostgresDatabase, SqlValue } from '#platform/database';
import { concerning, foldOver, rowOf, type StoredRow, type Written } from '../rows.js';
import { type Build, columnOf } from '../schema.js';
import { indexed } from '../search.js';
import { type Fold, Overtaken, ViewStore } from '../view-store.js';

interface Transaction {
  all<R extends object>(sql: string, values?: readonly SqlValue[]): Promise<R[]>;
  run(sql: string, values?: readonly SqlValue[]): Promise<number>;
}

/** Read models in PostgreSQL, for any number of nodes. Rows are written many at a time: each statement takes them as one value of JSON. */
export class PostgresViewStore extends ViewStore {
  private constructor(
    private readonly postgres: PostgresDatabase,
    views: readonly AnyView[],
  ) {
    super(postgres, views);
  }

  /** Its database stays the caller's to close. */
  static async open(database: PostgresDatabase, views: readonly AnyView[]): Promise<PostgresViewStore> {
    const store = new PostgresViewStore(database, views);
    await store.migrate();
    await store.refresh();
    return store;
  }

  protected override async fold(folds: readonly Fold[], checkpoint: string): Promise<void> {
    await this.postgres.transaction(async (tx) => {
      await move(tx, folds, checkpoint);
      for (const { build, events } of folds) await foldInto(tx, build, events);
    });
  }

  override async close(): Promise<void> {
    await this.settled();
  }
}

/** The rows of the builds are locked by this until the commit; who was paused while another took over finds other checkpoints there. */
async function move(tx: Transaction, folds: readonly Fold[], checkpoint: string): Promise<void> {
  const wanted = JSON.stringify(folds.map(({ build, after }) => ({ id: build.id, checkpoint: after })));
  const sql = `UPDATE builds b SET checkpoint = ? FROM jsonb_to_recordset(?::jsonb) AS w (id integer, checkpoint text)
    WHERE b.id = w.id AND b.checkpoint = w.checkpoint`;
  if ((await tx.run(sql, [checkpoint, wanted])) !== folds.length) throw new Overtaken(folds.map(({ build }) => build.view.name).join(', '));
}

async function foldInto(tx: Transaction, build: Build, events: readonly RecordedEvent[]): Promise<void> {
  const concerned = concerning(build.view, events);
  if (concerned.length === 0) return;
  const keys = JSON.stringify([...new Set(concerned.map(({ key }) => key))]);
  const stored = await tx.all<StoredRow>(`SELECT * FROM ${build.table} WHERE key = ANY (ARRAY (SELECT jsonb_array_elements_text(?::jsonb)))`, [keys]);
  const standing = new Map(stored.map((row) => [row.key, rowOf(row)]));
  const written = foldOver(build.view, concerned, (key) => standing.get(key) ?? null);
  await write(tx, build, written);
}

async function write(tx: Transaction, build: Build, written: readonly Written[]): Promise<void> {
  const gone = written.filter(({ row }) => row === null).map(({ key }) => key);
  if (gone.length > 0) await tx.run(`DELETE FROM ${build.table} WHERE key = ANY (ARRAY (SELECT jsonb_array_elements_text(?::jsonb)))`, [JSON.stringify(gone)]);
  await putRows(tx, build, written.filter((w) => w.row !== null));
  await replace(tx, build, 'audience', written.filter((w) => w.changed.audience), 'token text', ({ is }) => (is?.audience ?? []).map((token) => ({ token })));
  await replace(tx, build, 'duties', written.filter((w) => w.changed.duties), 'kind text, holder text, deadline text, command text', ({ is }) => is?.duties ?? []);
  const found = written.filter((w) => w.changed.found && (w.was?.found || w.is?.found));
  await replace(tx, build, 'search', found, 'config text, title text, words text', ({ is }) => (is?.found ? indexed(is.found) : []));
}

async function putRows(tx: Transaction, { table, view }: Build, written: readonly Written[]): Promise<void> {
  if (written.length === 0) return;
  const own = Object.keys(view.columns ?? {});
  const common = ['key', 'doc', 'label', 'mode', 'revision', 'position', 'recorded_at', 'title'];
  const columns = [...common, ...own.map(columnOf)].join(', ');
  const shapes = [...common.map((c) => `${c} ${c === 'revision' ? 'integer' : 'text'}`), ...own.map((c) => `${columnOf(c)} jsonb`)].join(', ');
  const set = [...common.slice(1), ...own.map(columnOf)].map((c) => `${c} = excluded.${c}`).join(', ');
  const rows = written.map(({ key, row, is }) => storable(view, key, row!, is?.found ? JSON.stringify(is.found.title) : null));
  await tx.run(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_to_recordset(?::jsonb) AS r (${shapes}) ON CONFLICT (key) DO UPDATE SET ${set}`,
    [JSON.stringify(rows)],
  );
}

function storable(view: AnyView, key: string, row: Row, title: string | null): Record<string, unknown> {
  const own = Object.entries(view.columns ?? {}).map(([name, read]) => [columnOf(name).slice(1, -1), read(row.doc)] as const);
  return {
    key, doc: JSON.stringify(row.doc), label: JSON.stringify(row.label), mode: row.mode, revision: row.revision, position: row.position,
    recorded_at: row.recordedAt, title, ...Object.fromEntries(own),
  };
}

/** What stands beside documents is written anew for those whose has changed. */
async function replace(
  tx: Transaction, { id }: Build, table: 'audience' | 'duties' | 'search', written: readonly Written[], shape: string, make: (written: Written) => readonly object[],
): Promise<void> {
  const before = written.filter(({ was }) => was !== null).map(({ key }) => key);
  if (before.length > 0)
    await tx.run(`DELETE FROM ${table} WHERE build = ? AND key = ANY (ARRAY (SELECT jsonb_array_elements_text(?::jsonb)))`, [id, JSON.stringify(before)]);
  const rows = written.flatMap((w) => make(w).map((row) => ({ key: w.key, ...row })));
  if (rows.length === 0) return;
  const names = shape.split(', ').map((column) => column.split(' ')[0]).join(', ');
  const [into, from] = table === 'search'
    ? ['config, vector', "config, setweight(to_tsvector(config::regconfig, title), 'A') || setweight(to_tsvector(config::regconfig, words), 'D')"]
    : [names, names];
  await tx.run(
    `INSERT INTO ${table} (build, key, ${into}) SELECT ?::integer, key, ${from} FROM jsonb_to_recordset(?::jsonb) AS r (key text, ${shape})${table === 'audience' ? ' ON CONFLICT DO NOTHING' : ''}`,
    [id, JSON.stringify(rows)],
  );
}
