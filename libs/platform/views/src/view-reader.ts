import type { SQLInputValue } from 'node:sqlite';
import type { AudienceToken, Duty, Multilingual, Page, Reader, Row, AnyView, Where } from '#kernel';
import { type Build, columnOf } from './builds.js';
import { rowOf, type StoredRow } from './build-writer.js';
import type { Statements } from './statements.js';

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
    private readonly db: Statements,
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
    const { sql, values, limit } = this.#listing(view, where, page);
    const found = this.db.prepare(sql).all(...values) as unknown as (StoredRow & { sorted: string | number | null })[];
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const next = found.length > limit && last ? encodeCursor([last.sorted, last.key]) : null;
    return { rows: rows.map((r) => rowOf<D>(r)), next };
  }

  /** How SQLite would read a list, for the tests that keep it to an index. */
  plan(view: string, where: Where = {}, page: Page = {}): readonly string[] {
    const { sql, values } = this.#listing(view, where, page);
    return (this.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as unknown as { detail: string }[]).map(({ detail }) => detail);
  }

  #listing(view: string, where: Where, page: Page): { sql: string; values: SQLInputValue[]; limit: number } {
    const build = this.#build(view);
    const descending = page.sort?.startsWith('-') ?? false;
    const sort = page.sort?.replace(/^-/, '');
    const order = sort === undefined || sort === 'key' ? 't.key' : `t.${this.#column(build.view, sort)}`;
    const limit = page.limit === null ? Number.MAX_SAFE_INTEGER - 1 : Math.max(1, Math.min(page.limit ?? 50, LIMIT));
    const { sql, values } = this.#where(build, where);
    const cursor = page.after === undefined ? null : decodeCursor(page.after);
    const beyond = cursor ? this.#beyond(order, descending, cursor) : { sql: '', values: [] };
    // Sorted by nothing but columns, so that the index of the column, or of the keys, gives the order.
    const direction = descending ? 'DESC' : 'ASC';
    const by = order === 't.key' ? `t.key ${direction}` : `${order} ${direction}, t.key ${direction}`;
    return {
      sql: `SELECT t.*, ${order} AS sorted FROM ${build.table} t WHERE 1${sql}${beyond.sql} ORDER BY ${by} LIMIT ?`,
      values: [...values, ...beyond.values, limit + 1],
      limit,
    };
  }

  /** What comes after a cursor; null sorts before everything, as SQLite has it. */
  #beyond(order: string, descending: boolean, [sorted = null, key = '']: SQLInputValue[]): { sql: string; values: SQLInputValue[] } {
    const than = descending ? '<' : '>';
    if (order === 't.key') return { sql: ` AND t.key ${than} ?`, values: [key] };
    if (sorted !== null) return { sql: ` AND ((${order}, t.key) ${than} (?, ?)${descending ? ` OR ${order} IS NULL` : ''})`, values: [sorted, key] };
    const same = `(${order} IS NULL AND t.key ${than} ?)`;
    return { sql: descending ? ` AND ${same}` : ` AND (${same} OR ${order} IS NOT NULL)`, values: [key] };
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
    // The index of the audience alone knows how many there are.
    if (this.tokens !== null && Object.keys(where).length === 0) {
      const sql = 'SELECT count(DISTINCT key) AS n FROM audience WHERE build = ? AND token IN (SELECT value FROM json_each(?))';
      return (this.db.prepare(sql).get(build.id, JSON.stringify([...this.tokens])) as { n: number }).n;
    }
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
    const builds = this.builds();
    const served = JSON.stringify(builds.map(({ id }) => id));
    const tokens = this.tokens === null ? [] : [JSON.stringify([...this.tokens])];
    const filter = this.tokens === null ? '' : ' AND EXISTS (SELECT 1 FROM audience a WHERE a.build = s.build AND a.key = s.key AND a.token IN (SELECT value FROM json_each(?)))';
    // One match over all views, in the order of the index itself: only the hits that are shown are looked up.
    const sql = `SELECT s.build, s.key FROM search s WHERE search MATCH ? AND s.build IN (SELECT value FROM json_each(?))${filter} ORDER BY rank LIMIT ?`;
    const found = this.db.prepare(sql).all(query, served, ...tokens, limit) as unknown as { build: number; key: string }[];
    return found.flatMap(({ build: id, key }) => {
      const build = builds.find((b) => b.id === id);
      if (build === undefined) return [];
      const row = this.db.prepare(`SELECT title FROM ${build.table} WHERE key = ?`).get(key) as { title: string | null } | undefined;
      return row?.title ? [{ view: build.view.name, id: key, title: JSON.parse(row.title) as Multilingual }] : [];
    });
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
