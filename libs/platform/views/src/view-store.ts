import type { AnyView, AudienceToken, RecordedEvent, Row } from '#kernel';
import type { Database } from '#platform/database';
import { comparePositions, START } from '#platform/event-store';
import { rowOf, type StoredRow } from './rows.js';
import { type Build, dropBuild, makeTable, stepsOf, tableOf } from './schema.js';
import { ViewReader } from './view-reader.js';
import { withheldFrom } from './withheld.js';

interface BuildRow {
  id: number;
  view: string;
  version: number;
  checkpoint: string;
  serving: number;
  retired: number;
}

/** What one build is to be folded with: events behind its checkpoint `after`. */
export interface Fold {
  readonly build: Build;
  readonly events: readonly RecordedEvent[];
  readonly after: string;
}

/** A build that is being caught up. */
export interface Lagging {
  readonly build: Build;
  /** From here on it wants events. */
  readonly after: string;
}

/** Somebody else has moved this build since: another process projects now. */
export class Overtaken extends Error {
  constructor(readonly view: string) {
    super(`another process has moved ${view}`);
  }
}

/** Other nodes read a build for so long after another has taken its place, in ms. */
const READ_ON = 30_000;
const PAGE = 500;

/**
 * Read models: one table for each build of a view, audience tokens, duties and full-text search beside it. Documents and checkpoint are
 * written in one transaction; everything here can be thrown away and is then built anew. One process at a time folds (`prepare`,
 * `project`, `catchUp`); any number read and learn by `refresh` what serves.
 */
export abstract class ViewStore {
  /** The serving build of each view. */
  #serving = new Map<string, Build>();
  /** The builds that this process folds, and how far each has come. */
  #builds = new Map<number, Build>();
  #checkpoints = new Map<number, string>();
  /** Builds that are being caught up beside those that follow the record. */
  readonly #behind = new Set<number>();
  #turn: Promise<unknown> = Promise.resolve();

  protected constructor(
    protected readonly database: Database,
    readonly views: readonly AnyView[],
  ) {}

  /** Folds into every build its events, all in one transaction, each only from `after` on. @throws Overtaken */
  protected abstract fold(folds: readonly Fold[], checkpoint: string): Promise<void>;
  /** A build is gone: what was kept for it can go too. */
  protected dropped(_build: Build): void {}

  protected migrate(): Promise<void> {
    return this.database.migrate('views', stepsOf(this.database.dialect));
  }

  /** For a process that only reads: which builds serve, and how far they have come. */
  async refresh(): Promise<void> {
    const rows = await this.database.all<BuildRow>('SELECT id, view, version, checkpoint, serving, retired FROM builds WHERE serving = 1');
    this.#serving = new Map(
      this.views.flatMap((view) => {
        const row = rows.find((r) => r.view === view.name);
        return row ? [[view.name, { id: row.id, view, table: tableOf(row.id) }] as const] : [];
      }),
    );
    for (const { id, checkpoint } of rows) this.#saw(id, checkpoint);
  }

  /** Another process says how far its builds have come; true when they are those that this one knows to serve. */
  heard(position: string, generation: number): boolean {
    if (generation !== this.generation) return false;
    for (const { id } of this.#serving.values()) this.#saw(id, position);
    return true;
  }
  /** Changes when another build begins to serve. */
  get generation(): number {
    return [...this.#serving.values()].reduce((sum, { id }) => sum + id, 0);
  }
  #saw(id: number, checkpoint: string): void {
    if (comparePositions(checkpoint, this.#checkpoints.get(id) ?? START) > 0) this.#checkpoints.set(id, checkpoint);
  }

  /**
   * Makes this process the one that folds: for each view its serving build, and a further one where that is of another version.
   * Leftovers are dropped; builds that lag behind the rest are to be caught up.
   */
  prepare(): Promise<void> {
    return this.#alone(() => this.#prepare());
  }

  async #prepare(): Promise<void> {
    const known = await this.database.all<BuildRow>('SELECT * FROM builds ORDER BY id');
    const [builds, checkpoints, serving] = [new Map<number, Build>(), new Map<number, string>(), new Map<string, Build>()];
    const adopt = async (build: Build, checkpoint: string, serves: boolean) => {
      builds.set(build.id, build);
      checkpoints.set(build.id, checkpoint);
      if (!serves) return;
      await this.database.run('UPDATE builds SET serving = 1 WHERE id = ? AND serving = 0', [build.id]);
      serving.set(build.view.name, build);
    };
    const dropped: number[] = [];
    for (const view of this.views) {
      const own = known.filter((b) => b.view === view.name && b.retired === 0);
      const served = own.find((b) => b.serving === 1);
      const current = own.findLast((b) => b.version === view.version);
      dropped.push(...own.filter((old) => old !== served && old !== current).map(({ id }) => id));
      if (served) await adopt({ id: served.id, view, table: tableOf(served.id) }, served.checkpoint, true);
      if (current && current !== served) await adopt({ id: current.id, view, table: tableOf(current.id) }, current.checkpoint, !served);
      if (!current) await adopt(await this.#create(view), START, !served);
    }
    dropped.push(...known.filter((b) => b.retired === 1 || !this.views.some((v) => v.name === b.view)).map(({ id }) => id));
    // In one turn, since others read meanwhile: what was served is served until what comes after it is known whole.
    [this.#builds, this.#checkpoints, this.#serving] = [builds, checkpoints, serving];
    this.#behind.clear();
    const front = this.checkpoint;
    for (const id of builds.keys()) if (this.#place(id) !== front) this.#behind.add(id);
    for (const id of dropped) await this.#drop(id);
  }

  /** Row and table in one step: a build is there whole or not at all. Numbers are never used twice. */
  async #create(view: AnyView): Promise<Build> {
    const next = this.database.dialect === 'sqlite'
      ? "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'builds'), 0) + 1 AS id"
      : "SELECT nextval(pg_get_serial_sequence('builds', 'id')) AS id";
    const { id } = (await this.database.get<{ id: number }>(next))!;
    const build = { id, view, table: tableOf(id) };
    await this.database.batch([
      { sql: 'INSERT INTO builds (id, view, version, checkpoint) VALUES (?, ?, ?, ?)', values: [id, view.name, view.version, START] },
      ...makeTable(this.database, build),
    ]);
    return build;
  }

  async #drop(id: number): Promise<void> {
    await dropBuild(this.database, id);
    const build = this.#builds.get(id);
    this.#builds.delete(id);
    this.#checkpoints.delete(id);
    this.#behind.delete(id);
    if (build) this.dropped(build);
  }

  /** Starts a further build of a view beside the one that serves; it takes over when it has caught up. */
  rebuild(name: string): Promise<void> {
    const view = this.views.find((v) => v.name === name);
    if (view === undefined) throw new RangeError(`there is no view ${name}`);
    return this.#alone(async () => {
      const build = await this.#create(view);
      this.#builds.set(build.id, build);
      this.#checkpoints.set(build.id, START);
      if (this.checkpoint !== START) this.#behind.add(build.id);
    });
  }

  /** Where the builds stand that follow the record: from here its events are wanted. */
  get checkpoint(): string {
    const following = [...this.#builds.keys()].filter((id) => !this.#behind.has(id)).map((id) => this.#place(id));
    return following.reduce((high, c) => (comparePositions(c, high) > 0 ? c : high), START);
  }
  /** Up to here every serving view has been folded. */
  get served(): string {
    return [...this.#serving.values()].map((b) => this.#place(b.id)).reduce((low, c) => (comparePositions(c, low) < 0 ? c : low), this.#highest());
  }
  /** Number of the build that serves a view. */
  servingBuild(view: string): number | undefined {
    return this.#serving.get(view)?.id;
  }
  isServing({ id, view }: Build): boolean {
    return this.#serving.get(view.name)?.id === id;
  }
  /** Are there rows to read for every view? */
  get complete(): boolean {
    return this.views.every(({ name }) => this.#serving.has(name));
  }
  #highest(): string {
    return [...this.#checkpoints.values()].reduce((high, c) => (comparePositions(c, high) > 0 ? c : high), START);
  }
  #place(id: number): string {
    return this.#checkpoints.get(id) ?? START;
  }

  /** Folds what has just been recorded into every build that follows the record. */
  project(events: readonly RecordedEvent[], checkpoint: string): Promise<void> {
    return this.#alone(async () => {
      const following = [...this.#builds.values()].filter((b) => !this.#behind.has(b.id));
      await this.#move(following, events, checkpoint);
      // A build that begins at the same place as the rest follows at once, and takes over with the first batch.
      for (const build of following) await this.#takeOver(build);
    });
  }

  /** The builds that lag, each with the place from which it wants events. */
  get behind(): readonly Lagging[] {
    return [...this.#behind].flatMap((id) => {
      const build = this.#builds.get(id);
      return build ? [{ build, after: this.#place(id) }] : [];
    });
  }
  /** Folds earlier events into builds that lag. Once they have come as far as the rest they follow the record, and serve. */
  catchUp(builds: readonly Build[], events: readonly RecordedEvent[], checkpoint: string): Promise<void> {
    return this.#alone(async () => {
      const lagging = builds.filter(({ id }) => this.#behind.has(id));
      await this.#move(lagging, events, checkpoint);
      for (const build of lagging) {
        if (comparePositions(this.#place(build.id), this.checkpoint) < 0) continue;
        this.#behind.delete(build.id);
        await this.#takeOver(build);
      }
    });
  }

  async #move(builds: readonly Build[], events: readonly RecordedEvent[], checkpoint: string): Promise<void> {
    const folds = builds.flatMap((build): Fold[] => {
      const after = this.#place(build.id);
      if (comparePositions(checkpoint, after) <= 0) return [];
      return [{ build, after, events: events.filter((e) => comparePositions(e.position, after) > 0) }];
    });
    if (folds.length > 0) await this.fold(folds, checkpoint);
    for (const { build } of folds) this.#checkpoints.set(build.id, checkpoint);
  }

  async #takeOver(build: Build): Promise<void> {
    const serving = this.#serving.get(build.view.name);
    if (serving === undefined || serving.id >= build.id) return;
    if (comparePositions(this.#place(build.id), this.#place(serving.id)) < 0) return;
    await this.database.batch([
      { sql: 'UPDATE builds SET serving = 0, retired = 1 WHERE id = ?', values: [serving.id] },
      { sql: 'UPDATE builds SET serving = 1 WHERE id = ?', values: [build.id] },
    ]);
    this.#serving.set(build.view.name, build);
    this.#builds.delete(serving.id);
    if (this.database.dialect === 'sqlite') await this.#drop(serving.id);
    // Others read the old one until they have heard; what is left over goes at the latest with the next `prepare`.
    else setTimeout(() => void this.#drop(serving.id).catch(() => undefined), READ_ON).unref();
  }

  /** Reads as somebody who holds these tokens; null reads everything and is for the system's own decisions only. */
  reader(tokens: ReadonlySet<AudienceToken> | null, withheld = () => this.withheld(tokens)): ViewReader {
    return new ViewReader(this.database, (view) => this.#serving.get(view), () => [...this.#serving.values()], tokens, withheld);
  }

  /** Streams of the things that have become narrower than these tokens reach, and of what belongs to them. */
  withheld(tokens: ReadonlySet<AudienceToken> | null): Promise<readonly string[]> {
    return tokens === null ? Promise.resolve([]) : withheldFrom(tokens, [...this.#serving.values()].map(({ view }) => view), this.reader(null));
  }

  /** Every document of a view in the order of its keys: for digests, exports and comparisons with a rebuild. */
  async *all(view: string): AsyncGenerator<Row> {
    const build = this.#serving.get(view);
    if (build === undefined) throw new RangeError(`there is no view ${view}`);
    for (let key: string | null = null; ; ) {
      const sql: string = `SELECT * FROM ${build.table}${key === null ? '' : ' WHERE key > ?'} ORDER BY key LIMIT ${PAGE}`;
      const rows: StoredRow[] = await this.database.all<StoredRow>(sql, key === null ? [] : [key]);
      for (const row of rows) yield rowOf(row);
      if (rows.length < PAGE) return;
      key = rows.at(-1)!.key;
    }
  }

  /** Writers wait for each other. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Resolves when what is being written is written. */
  protected async settled(): Promise<void> {
    await this.#turn;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.database.close();
  }
}
