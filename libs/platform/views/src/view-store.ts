import { DatabaseSync } from 'node:sqlite';
import { type AudienceToken, fold, type RecordedEvent, type Row, type AnyView } from '#kernel';
import { comparePositions, START } from '#platform/event-store';
import { type Build, createBuild, dropBuild, SCHEMA, tableOf } from './builds.js';
import { BuildWriter, rowOf } from './build-writer.js';
import { Statements } from './statements.js';
import { ViewReader } from './view-reader.js';

/** What a committed batch did to one document. */
export interface Change {
  readonly view: string;
  readonly id: string;
  readonly before: Row | null;
  readonly after: Row | null;
  /** The event that changed it last in this batch. */
  readonly event: RecordedEvent;
}

interface BuildRow {
  id: number;
  view: string;
  version: number;
  checkpoint: string;
  serving: number;
}

/**
 * Read models in SQLite: one table for each build of a view, audience tokens, duties and full-text search beside it.
 * Documents and checkpoint are written in one transaction; the file can be thrown away and is then built anew.
 */
export class ViewStore {
  readonly #db: DatabaseSync;
  readonly #statements: Statements;
  readonly #writers = new Map<number, BuildWriter>();
  readonly #serving = new Map<string, Build>();
  readonly #checkpoints = new Map<number, string>();

  /** @param path a file, or `:memory:` */
  constructor(
    path: string,
    readonly views: readonly AnyView[],
  ) {
    this.#db = new DatabaseSync(path);
    // Views can be built anew: they need no fsync of their own, and few checkpoints of the journal.
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000;');
    this.#db.exec(SCHEMA);
    this.#statements = new Statements(this.#db);
    this.#open();
  }

  /** For each view its serving build, and a further one where that is of another version; leftovers are dropped. */
  #open(): void {
    const known = this.#db.prepare('SELECT * FROM builds ORDER BY id').all() as unknown as BuildRow[];
    this.#transaction(() => {
      for (const view of this.views) {
        const builds = known.filter((b) => b.view === view.name);
        const serving = builds.find((b) => b.serving === 1);
        const current = builds.findLast((b) => b.version === view.version && b.checkpoint !== '');
        for (const old of builds) if (old !== serving && old !== current) dropBuild(this.#db, old.id);
        if (serving) this.#adopt({ id: serving.id, view, table: tableOf(serving.id) }, serving.checkpoint, true);
        if (current && current !== serving) this.#adopt({ id: current.id, view, table: tableOf(current.id) }, current.checkpoint, false);
        if (!current) this.#adopt(createBuild(this.#db, view, START), START, !serving);
      }
      for (const gone of known.filter((b) => !this.views.some((v) => v.name === b.view))) dropBuild(this.#db, gone.id);
    });
  }

  #adopt(build: Build, checkpoint: string, serves: boolean): void {
    this.#writers.set(build.id, new BuildWriter(this.#db, build));
    this.#checkpoints.set(build.id, checkpoint);
    if (serves) {
      this.#serving.set(build.view.name, build);
      this.#db.prepare('UPDATE builds SET serving = (id = ?) WHERE view = ?').run(build.id, build.view.name);
    }
  }

  /** Starts a further build of a view beside the one that serves; it takes over when it has caught up. */
  rebuild(name: string): void {
    const view = this.views.find((v) => v.name === name);
    if (view === undefined) throw new RangeError(`there is no view ${name}`);
    this.#transaction(() => this.#adopt(createBuild(this.#db, view, START), START, false));
  }

  /** The place from which events are wanted: that of the build that is furthest behind. */
  get checkpoint(): string {
    return [...this.#checkpoints.values()].reduce((low, c) => (comparePositions(c, low) < 0 ? c : low));
  }
  /** Up to here every serving view has been folded. */
  get served(): string {
    return [...this.#serving.values()]
      .map((b) => this.#checkpoints.get(b.id) ?? START)
      .reduce((low, c) => (comparePositions(c, low) < 0 ? c : low));
  }

  /** Folds events into every build that has not had them, in one transaction with their checkpoints. */
  project(events: readonly RecordedEvent[], checkpoint: string): readonly Change[] {
    const changes: Change[] = [];
    const moved: number[] = [];
    this.#transaction(() => {
      for (const [id, writer] of this.#writers) {
        const done = this.#checkpoints.get(id) ?? START;
        if (comparePositions(checkpoint, done) <= 0) continue;
        const fresh = events.filter((e) => comparePositions(e.position, done) > 0);
        const made = this.#fold(writer, fresh);
        if (this.#serving.get(writer.build.view.name)?.id === id) changes.push(...made);
        moved.push(id);
      }
      this.#statements.prepare('UPDATE builds SET checkpoint = ? WHERE id IN (SELECT value FROM json_each(?))').run(checkpoint, JSON.stringify(moved));
    });
    for (const id of moved) this.#checkpoints.set(id, checkpoint);
    this.#switch();
    return changes;
  }

  #fold(writer: BuildWriter, events: readonly RecordedEvent[]): Change[] {
    const { view } = writer.build;
    const touched = new Map<string, { before: Row | null; after: Row | null; event: RecordedEvent }>();
    for (const event of events) {
      if (view.on[event.type] === undefined && view.on['*'] === undefined) continue;
      const key = view.key ? view.key(event) : event.streamId;
      if (key === undefined) continue;
      const entry = touched.get(key);
      const before = entry ? entry.after : writer.read(key);
      const after = fold(view, before, event);
      if (after !== before) touched.set(key, { before: entry ? entry.before : before, after, event });
    }
    return [...touched].map(([id, { before, after, event }]) => {
      writer.write(id, before, after);
      return { view: view.name, id, before, after, event };
    });
  }

  /** A build that has caught up with the one that serves takes its place. */
  #switch(): void {
    for (const [id, { build }] of this.#writers) {
      const serving = this.#serving.get(build.view.name);
      if (serving === undefined || serving.id >= id) continue;
      if (comparePositions(this.#checkpoints.get(id) ?? START, this.#checkpoints.get(serving.id) ?? START) < 0) continue;
      this.#transaction(() => {
        this.#serving.set(build.view.name, build);
        this.#db.prepare('UPDATE builds SET serving = (id = ?) WHERE view = ?').run(id, build.view.name);
        dropBuild(this.#db, serving.id);
      });
      this.#writers.delete(serving.id);
      this.#checkpoints.delete(serving.id);
    }
  }

  /** Reads as somebody who holds these tokens; null reads everything and is for the system's own decisions only. */
  reader(tokens: ReadonlySet<AudienceToken> | null): ViewReader {
    return new ViewReader(this.#statements, (view) => this.#serving.get(view), () => [...this.#serving.values()], tokens);
  }

  /** Every document of a view in the order of its keys: for digests, exports and comparisons with a rebuild. */
  *all(view: string): Generator<Row> {
    const build = this.#serving.get(view);
    if (build === undefined) throw new RangeError(`there is no view ${view}`);
    for (const row of this.#db.prepare(`SELECT * FROM ${build.table} ORDER BY key`).iterate()) yield rowOf(row as never);
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #transaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}
