import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { AudienceToken, Duty, Multilingual, Page, Reader, Row, AnyView, Where } from '#kernel';
import { type Build, columnOf } from './builds.js';
import { rowOf, type StoredRow } from './build-writer.js';

export interface OpenDuty extends Duty {
  /** Collection and id of the thing that waits. */
  readonly view: string;
  readonly id: string;
  readonly title: Multilingual | null;
}
export interface Hit {
  readonly view: string;
  readonly id: string;
  readonly title: Multilingual;
}

/** A filter or a sort names a column that the view has not. */
export class UnknownColumn extends RangeError {
  constructor(
    readonly view: string,
    readonly column: string,
  ) {
    super(`${view} has no column ${column}`);
  }
}

const LIMIT = 500;
const encodeCursor = (values: (string | number | null)[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
const decodeCursor = (cursor: string): SQLInputValue[] | null => {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) ? (values as SQLInputValue[]) : null;
  } catch {
    return null;
  }
};

/** The one filter: rows, counts, duties and hits that the holder of the tokens may not read are not there. */
export class ViewReader implements Reader {
  constructor(
    private readonly db: DatabaseSync,
    private readonly serving: (view: string) => Build | undefined,
    private readonly builds: () => readonly Build[],
    private readonly tokens: ReadonlySet<AudienceToken> | null,
  ) {}

  row<D extends object>(view: string, id: string): Promise<Row<D> | null> {
    const { table, id: build } = this.#build(view);
    const { sql, values } = this.#mayRead('t.key', build);
    const found = this.db.prepare(`SELECT t.* FROM ${table} t WHERE t.key = ?${sql}`).get(id, ...values);
    return Promise.resolve(found ? rowOf<D>(found as unknown as StoredRow) : null);
  }

  rows<D extends object>(view: string, where: Where = {}, page: Page = {}): Promise<readonly Row<D>[]> {
    return Promise.resolve(this.list<D>(view, where, page).rows);
  }

  /** A page of rows and the cursor of the next one. */
  list<D extends object>(view: string, where: Where = {}, page: Page = {}): { rows: Row<D>[]; next: string | null } {
    const build = this.#build(view);
    const descending = page.sort?.startsWith('-') ?? false;
    const sort = page.sort?.replace(/^-/, '');
    const order = sort === undefined || sort === 'key' ? 't.key' : `t.${this.#column(build.view, sort)}`;
    const limit = page.limit === null ? Number.MAX_SAFE_INTEGER - 1 : Math.max(1, Math.min(page.limit ?? 50, LIMIT));
    const { sql, values } = this.#where(build, where);
    let after = '';
    const cursor = page.after === undefined ? null : decodeCursor(page.after);
    if (cursor) {
      after = ` AND (coalesce(${order}, ''), t.key) ${descending ? '<' : '>'} (coalesce(?, ''), ?)`;
      values.push(cursor[0] ?? null, cursor[1] ?? '');
    }
    const direction = descending ? 'DESC' : 'ASC';
    const found = this.db
      .prepare(
        `SELECT t.*, ${order} AS sorted FROM ${build.table} t WHERE 1${sql}${after}
         ORDER BY coalesce(${order}, '') ${direction}, t.key ${direction} LIMIT ?`,
      )
      .all(...values, limit + 1) as unknown as (StoredRow & { sorted: string | number | null })[];
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const next = found.length > limit && last ? encodeCursor([last.sorted, last.key]) : null;
    return { rows: rows.map((r) => rowOf<D>(r)), next };
  }

  /** Rows whose key sorts after this one, in the order of keys. */
  after<D extends object>(view: string, key: string, limit: number): Row<D>[] {
    const { table, id } = this.#build(view);
    const { sql, values } = this.#mayRead('t.key', id);
    const found = this.db.prepare(`SELECT t.* FROM ${table} t WHERE t.key > ?${sql} ORDER BY t.key LIMIT ?`).all(key, ...values, limit);
    return (found as unknown as StoredRow[]).map((r) => rowOf<D>(r));
  }

  count(view: string, where: Where = {}): number {
    const build = this.#build(view);
    const { sql, values } = this.#where(build, where);
    const found = this.db.prepare(`SELECT count(*) AS n FROM ${build.table} t WHERE 1${sql}`).get(...values);
    return (found as { n: number }).n;
  }

  /** What waits for these holders, by deadline, those without one last. */
  duties(holders: readonly string[]): OpenDuty[] {
    return this.builds()
      .filter(({ view }) => view.duties)
      .flatMap((build) => {
        const { sql, values } = this.#mayRead('d.key', build.id);
        const found = this.db
          .prepare(
            `SELECT d.*, t.title FROM duties d JOIN ${build.table} t ON t.key = d.key
             WHERE d.build = ? AND d.holder IN (SELECT value FROM json_each(?))${sql} LIMIT ${LIMIT}`,
          )
          .all(build.id, JSON.stringify(holders), ...values) as unknown as (Record<'kind' | 'holder' | 'key', string> &
          Record<'deadline' | 'command' | 'title', string | null>)[];
        return found.map((d) => ({
          kind: d.kind,
          holder: d.holder,
          ...(d.deadline === null ? {} : { deadline: d.deadline }),
          ...(d.command === null ? {} : { command: d.command }),
          view: build.view.name,
          id: d.key,
          title: d.title === null ? null : (JSON.parse(d.title) as Multilingual),
        }));
      })
      .toSorted((a, b) => (a.deadline ?? '9999').localeCompare(b.deadline ?? '9999'));
  }

  /** Full-text search over titles and words; every word as a prefix, best first. */
  search(text: string, limit = 20): Hit[] {
    const words = text.normalize('NFC').match(/[\p{L}\p{N}]+/gu);
    if (!words) return [];
    const query = words.map((w) => `"${w}"*`).join(' ');
    return this.builds()
      .filter(({ view }) => view.title)
      .flatMap((build) => {
        const { sql, values } = this.#mayRead('s.key', build.id);
        const found = this.db
          .prepare(
            `SELECT s.key, t.title, bm25(search, 0, 0, 10, 1) AS score FROM search s JOIN ${build.table} t ON t.key = s.key
             WHERE search MATCH ? AND s.build = ?${sql} ORDER BY score LIMIT ?`,
          )
          .all(query, build.id, ...values, limit) as unknown as { key: string; title: string; score: number }[];
        return found.map((hit) => ({ view: build.view.name, id: hit.key, title: JSON.parse(hit.title) as Multilingual, score: hit.score }));
      })
      .toSorted((a, b) => a.score - b.score)
      .slice(0, limit)
      .map(({ view, id, title }) => ({ view, id, title }));
  }

  /** What streams are called, by `<category>-<id>`; those that may not be read are left out. */
  titles(streams: Iterable<string>): Record<string, Multilingual> {
    const titles: Record<string, Multilingual> = {};
    for (const stream of new Set(streams)) {
      const dash = stream.indexOf('-');
      const build = this.builds().find(({ view }) => view.category === stream.slice(0, dash) && view.title);
      if (build === undefined) continue;
      const { sql, values } = this.#mayRead('t.key', build.id);
      const found = this.db.prepare(`SELECT t.title FROM ${build.table} t WHERE t.key = ?${sql}`).get(stream.slice(dash + 1), ...values);
      const title = (found as { title: string | null } | undefined)?.title;
      if (title) titles[stream] = JSON.parse(title) as Multilingual;
    }
    return titles;
  }

  #build(view: string): Build {
    const build = this.serving(view);
    if (build === undefined) throw new RangeError(`there is no view ${view}`);
    return build;
  }

  #column(view: AnyView, name: string): string {
    if (!view.columns || !Object.hasOwn(view.columns, name)) throw new UnknownColumn(view.name, name);
    return columnOf(name);
  }

  #where(build: Build, where: Where): { sql: string; values: SQLInputValue[] } {
    const { sql: filter, values } = this.#mayRead('t.key', build.id);
    let sql = filter;
    for (const [name, wanted] of Object.entries(where)) {
      const column = this.#column(build.view, name);
      if (wanted === null) sql += ` AND t.${column} IS NULL`;
      else if (typeof wanted === 'object') {
        sql += ` AND t.${column} IN (SELECT value FROM json_each(?))`;
        values.push(JSON.stringify(wanted));
      } else {
        sql += ` AND t.${column} = ?`;
        values.push(wanted);
      }
    }
    return { sql, values };
  }

  #mayRead(key: string, build: number): { sql: string; values: SQLInputValue[] } {
    if (this.tokens === null) return { sql: '', values: [] };
    const sql = ` AND EXISTS (SELECT 1 FROM audience a WHERE a.build = ? AND a.key = ${key} AND a.token IN (SELECT value FROM json_each(?)))`;
    return { sql, values: [build, JSON.stringify([...this.tokens])] };
  }
}
