import type { AudienceToken, AnyView, Duty, Multilingual, Page, Reader, Row, Where } from '#kernel';
import type { Database, SqlValue } from '#platform/database';
import { rowOf, type StoredRow } from './rows.js';
import { type Build, columnOf } from './schema.js';
import { searchStatement } from './search.js';

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
const NOTHING: Promise<readonly string[]> = Promise.resolve([]);
const encodeCursor = (values: (string | number | null)[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
const decodeCursor = (cursor: string): SqlValue[] | null => {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) ? (values as SqlValue[]) : null;
  } catch {
    return null;
  }
};

/** The one filter: rows, counts, duties and hits that the holder of the tokens may not read are not there. One text serves both engines. */
export class ViewReader implements Reader {
  constructor(
    private readonly db: Database,
    private readonly serving: (view: string) => Build | undefined,
    private readonly builds: () => readonly Build[],
    private readonly tokens: ReadonlySet<AudienceToken> | null,
    /** Streams of things that have become narrower than these tokens reach. */
    private readonly withheld: () => Promise<readonly string[]> = () => NOTHING,
  ) {}

  #held: Promise<readonly string[]> | undefined;
  /** Without what belongs to a thing that this reader may not read now, whatever the row's own label says. */
  async #without({ view, id }: Build, key = 't.key'): Promise<{ sql: string; values: SqlValue[] }> {
    const may = this.#mayRead(key, id);
    const { narrows, belongs, category = '' } = view;
    if (this.tokens === null || (narrows === undefined && belongs === undefined)) return may;
    const of = narrows === undefined ? belongs!.category : category;
    const streams = await (this.#held ??= this.withheld());
    const values = of === undefined ? streams : streams.flatMap((s) => (s.startsWith(`${of}-`) ? [s.slice(of.length + 1)] : []));
    if (values.length === 0) return may;
    const column = narrows === undefined ? `t.${columnOf(belongs!.column)}` : key;
    const among = this.#sqlite || column === key ? this.db.among(column) : `${column} = ANY (ARRAY (SELECT jsonb_array_elements(?::jsonb)))`;
    return { sql: `${may.sql} AND (${column} IS NULL OR NOT (${among}))`, values: [...may.values, JSON.stringify(values)] };
  }

  async row<D extends object>(view: string, id: string): Promise<Row<D> | null> {
    const build = this.#build(view);
    const { sql, values } = await this.#without(build);
    const found = await this.db.get<StoredRow>(`SELECT t.* FROM ${build.table} t WHERE t.key = ?${sql}`, [id, ...values]);
    return found ? rowOf<D>(found) : null;
  }

  async rows<D extends object>(view: string, where: Where = {}, page: Page = {}): Promise<readonly Row<D>[]> {
    return (await this.list<D>(view, where, page)).rows;
  }

  /** A page of rows and the cursor of the next one. @throws UnknownColumn */
  async list<D extends object>(view: string, where: Where = {}, page: Page = {}): Promise<{ rows: Row<D>[]; next: string | null }> {
    const { sql, values, limit } = await this.#listing(view, where, page);
    const found = await this.db.all<StoredRow & { sorted: string | number | null }>(sql, values);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const next = found.length > limit && last ? encodeCursor([last.sorted, last.key]) : null;
    return { rows: rows.map((r) => rowOf<D>(r)), next };
  }

  /** How the engine would read a list, for the tests that keep it to an index. */
  async plan(view: string, where: Where = {}, page: Page = {}): Promise<readonly string[]> {
    const { sql, values } = await this.#listing(view, where, page);
    const lines = await this.db.all<Record<string, string>>(`EXPLAIN ${this.#sqlite ? 'QUERY PLAN ' : ''}${sql}`, values);
    return lines.map((line) => line['detail'] ?? line['QUERY PLAN'] ?? '');
  }

  async #listing(view: string, where: Where, page: Page): Promise<{ sql: string; values: SqlValue[]; limit: number }> {
    const build = this.#build(view);
    const descending = page.sort?.startsWith('-') ?? false;
    const sort = page.sort?.replace(/^-/, '');
    const order = sort === undefined || sort === 'key' ? 't.key' : `t.${this.#column(build.view, sort)}`;
    const limit = page.limit === null ? Number.MAX_SAFE_INTEGER - 1 : Math.max(1, Math.min(page.limit ?? 50, LIMIT));
    const { sql, values } = await this.#where(build, where);
    const cursor = page.after === undefined ? null : decodeCursor(page.after);
    const beyond = cursor ? this.#beyond(order, descending, cursor) : { sql: '', values: [] };
    // Sorted by nothing but columns, so that the index of the column, or of the keys, gives the order.
    const direction = descending ? 'DESC' : 'ASC';
    const by = order === 't.key' ? `t.key ${direction}` : `${order} ${direction} NULLS ${descending ? 'LAST' : 'FIRST'}, t.key ${direction}`;
    return {
      sql: `SELECT t.*, ${order} AS sorted FROM ${build.table} t WHERE true${sql}${beyond.sql} ORDER BY ${by} LIMIT ?`,
      values: [...values, ...beyond.values, limit + 1],
      limit,
    };
  }

  /** What comes after a cursor; null sorts before everything. */
  #beyond(order: string, descending: boolean, [sorted = null, key = '']: SqlValue[]): { sql: string; values: SqlValue[] } {
    const than = descending ? '<' : '>';
    if (order === 't.key') return { sql: ` AND t.key ${than} ?`, values: [key] };
    if (sorted !== null) {
      const further = `((${order}, t.key) ${than} (${this.#bound}, ?)${descending ? ` OR ${order} IS NULL` : ''})`;
      return { sql: ` AND ${further}`, values: [this.#value(sorted), key] };
    }
    const same = `(${order} IS NULL AND t.key ${than} ?)`;
    return { sql: descending ? ` AND ${same}` : ` AND (${same} OR ${order} IS NOT NULL)`, values: [key] };
  }

  /** Rows whose key sorts after this one, in the order of keys. */
  async after<D extends object>(view: string, key: string, limit: number): Promise<Row<D>[]> {
    const build = this.#build(view);
    const { sql, values } = await this.#without(build);
    const found = await this.db.all<StoredRow>(`SELECT t.* FROM ${build.table} t WHERE t.key > ?${sql} ORDER BY t.key LIMIT ?`, [key, ...values, limit]);
    return found.map((r) => rowOf<D>(r));
  }

  async count(view: string, where: Where = {}): Promise<number> {
    const build = this.#build(view);
    // The index of the audience alone knows how many there are.
    const { sql, values } = await this.#where(build, where);
    const all = this.#mayRead('t.key', build.id);
    if (this.tokens !== null && sql === all.sql) {
      const every = `SELECT count(DISTINCT key) AS n FROM audience WHERE build = ? AND ${this.db.among('token')}`;
      return (await this.db.get<{ n: number }>(every, [build.id, JSON.stringify([...this.tokens])]))!.n;
    }
    return (await this.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${build.table} t WHERE true${sql}`, values))!.n;
  }

  /** What waits for these holders, by deadline, those without one last. */
  async duties(holders: readonly string[]): Promise<OpenDuty[]> {
    const builds = this.builds().filter(({ view }) => view.duties);
    const found = await Promise.all(builds.map((build) => this.#dutiesIn(build, holders)));
    return found.flat().toSorted((a, b) => (a.deadline ?? '9999').localeCompare(b.deadline ?? '9999'));
  }

  async #dutiesIn(build: Build, holders: readonly string[]): Promise<OpenDuty[]> {
    const { id, table, view } = build;
    const { sql, values } = await this.#without(build);
    const found = await this.db.all<Record<'kind' | 'holder' | 'key', string> & Record<'deadline' | 'command' | 'title', string | null>>(
      `SELECT d.*, t.title FROM duties d JOIN ${table} t ON t.key = d.key
       WHERE d.build = ? AND ${this.db.among('d.holder')}${sql} LIMIT ${LIMIT}`,
      [id, JSON.stringify(holders), ...values],
    );
    return found.map((d) => ({
      kind: d.kind,
      holder: d.holder,
      ...(d.deadline === null ? {} : { deadline: d.deadline }),
      ...(d.command === null ? {} : { command: d.command }),
      view: view.name,
      id: d.key,
      title: d.title === null ? null : (JSON.parse(d.title) as Multilingual),
    }));
  }

  /** Full-text search over titles and words; every word as a prefix, best first. Where the engine knows the reader's language, also by stem. */
  async search(text: string, { limit = 20, lang = 'und' }: { limit?: number; lang?: string } = {}): Promise<Hit[]> {
    const builds = this.builds();
    const { sql: mayRead, values: tokens } = this.#mayRead('s.key', 's.build');
    const statement = searchStatement(this.db, text, lang, builds.map(({ id }) => id), { sql: mayRead, values: tokens }, limit);
    if (statement === null) return [];
    // One match over all views, in the order of the index itself: only the hits that are shown are looked up.
    const found = await this.db.all<{ build: number; key: string }>(statement.sql, statement.values);
    const titles = new Map(
      await Promise.all(
        builds.map(async (build) => {
          const keys = found.filter((hit) => hit.build === build.id).map(({ key }) => key);
          return [build.id, { build, titles: await this.#titlesIn(build, keys) }] as const;
        }),
      ),
    );
    return found.flatMap(({ build: id, key }) => {
      const at = titles.get(id);
      const title = at?.titles.get(key);
      return at && title ? [{ view: at.build.view.name, id: key, title }] : [];
    });
  }

  /** What streams are called, by `<category>-<id>`; those that may not be read are left out. */
  async titles(streams: Iterable<string>): Promise<Record<string, Multilingual>> {
    const byBuild = new Map<Build, string[]>();
    for (const stream of new Set(streams)) {
      const dash = stream.indexOf('-');
      const build = this.builds().find(({ view }) => view.category === stream.slice(0, dash) && view.title);
      if (build) byBuild.set(build, [...(byBuild.get(build) ?? []), stream.slice(dash + 1)]);
    }
    const found = await Promise.all(
      [...byBuild].map(async ([build, keys]) => {
        const titles = await this.#titlesIn(build, keys);
        return [...titles].map(([key, title]) => [`${build.view.category}-${key}`, title] as const);
      }),
    );
    return Object.fromEntries(found.flat());
  }

  async #titlesIn(build: Build, keys: readonly string[]): Promise<Map<string, Multilingual>> {
    if (keys.length === 0) return new Map();
    const { sql, values } = await this.#without(build);
    const found = await this.db.all<{ key: string; title: string | null }>(
      `SELECT t.key, t.title FROM ${build.table} t WHERE ${this.db.among('t.key')}${sql}`, [JSON.stringify(keys), ...values],
    );
    return new Map(found.flatMap(({ key, title }) => (title === null ? [] : [[key, JSON.parse(title) as Multilingual]])));
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

  async #where(build: Build, where: Where): Promise<{ sql: string; values: SqlValue[] }> {
    const { sql: filter, values } = await this.#without(build);
    let sql = filter;
    for (const [name, wanted] of Object.entries(where)) {
      const column = `t.${this.#column(build.view, name)}`;
      if (wanted === null) sql += ` AND ${column} IS NULL`;
      else if (typeof wanted === 'object') {
        sql += this.#sqlite ? ` AND ${this.db.among(column)}` : ` AND ${column} = ANY (ARRAY (SELECT jsonb_array_elements(?::jsonb)))`;
        values.push(JSON.stringify(wanted));
      } else {
        sql += ` AND ${column} = ${this.#bound}`;
        values.push(this.#value(wanted));
      }
    }
    return { sql, values };
  }

  /** @param build a number, or the column that holds it */
  #mayRead(key: string, build: number | string): { sql: string; values: SqlValue[] } {
    if (this.tokens === null) return { sql: '', values: [] };
    const of = typeof build === 'number' ? '?' : build;
    // PostgreSQL would join the audience to the rows and sort them all; asked of each row, the order of the index holds.
    const rowByRow = this.#sqlite ? '' : ' OFFSET 0';
    const sql = ` AND EXISTS (SELECT 1 FROM audience a WHERE a.build = ${of} AND a.key = ${key} AND ${this.db.among('a.token')}${rowByRow})`;
    return { sql, values: [...(typeof build === 'number' ? [build] : []), JSON.stringify([...this.tokens])] };
  }

  get #sqlite(): boolean {
    return this.db.dialect === 'sqlite';
  }
  /** A value beside a view's own column: texts and numbers stand in one jsonb column in PostgreSQL. */
  get #bound(): string {
    return this.#sqlite ? '?' : '?::jsonb';
  }
  #value(value: SqlValue): SqlValue {
    return this.#sqlite ? value : JSON.stringify(value);
  }
}
