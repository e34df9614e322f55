import type { Database, SqlValue, Statement } from '#platform/database';
import { comparePositions, type EventStore, MAX_APPEND_BYTES, START, type StoredEvent } from '#platform/event-store';
import { canonical } from './digest.js';

const PAGE = 1_000;
/** Events of one stream that follow each other go in one append, up to so many. */
const RUN = 500;

/** The target holds something that is not the beginning of the source. */
export class NotTheSameRecord extends Error {
  constructor(
    readonly position: string,
    readonly stream: string,
  ) {
    super(`the target holds another event at position ${position} (${stream})`);
  }
}

export interface Copied {
  readonly events: number;
  /** How many were there already, from a copy that was broken off. */
  readonly already: number;
  /** For each position asked for, the position in the target up to which the same events stand. */
  readonly positions: ReadonlyMap<string, string>;
}

/**
 * Copies every event in the order of the record, with its id. A copy that was broken off goes on where it stopped: what the target holds
 * must be the beginning of the source. Nobody else may write to either meanwhile. @throws NotTheSameRecord
 */
export async function copyEvents(source: EventStore, target: EventStore, marks: readonly string[], told: (events: number) => void = () => {}): Promise<Copied> {
  const positions = new Map(marks.map((mark) => [mark, START]));
  const mark = (from: string, to: string) => {
    for (const at of marks) if (comparePositions(from, at) <= 0) positions.set(at, to);
  };
  let already = 0;
  let events = 0;
  const there = eachEvent(target);
  let run: StoredEvent[] = [];
  const flush = async () => {
    const [first] = run;
    if (first === undefined) return;
    const { position } = await target.append(first.stream, first.revision - 1, run);
    // Within a run the target may number as it likes; nothing but its end is asked for, or a mark that is moved to it.
    mark(run.at(-1)!.position, position);
    run = [];
  };
  for await (const event of eachEvent(source)) {
    events += 1;
    if (events % PAGE === 0) told(events);
    const known = (await there.next()).value as StoredEvent | undefined;
    if (known !== undefined) {
      if (known.stream !== event.stream || !same(known, event)) throw new NotTheSameRecord(known.position, known.stream);
      already += 1;
      mark(event.position, known.position);
      continue;
    }
    const last = run.at(-1);
    const marked = last !== undefined && marks.includes(last.position);
    if (last !== undefined && (marked || last.stream !== event.stream || run.length >= RUN || bytes(run) + bytes([event]) > MAX_APPEND_BYTES)) await flush();
    run.push(event);
  }
  await flush();
  return { events, already, positions };
}

const content = ({ id, type, stream, revision, data, meta }: StoredEvent) => canonical({ id, type, stream, revision, data, meta });
const same = (a: StoredEvent, b: StoredEvent): boolean => content(a) === content(b);
const bytes = (events: readonly StoredEvent[]): number =>
  events.reduce((sum, { data, meta }) => sum + Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(meta)), 0);

async function* eachEvent(store: EventStore): AsyncGenerator<StoredEvent> {
  // What stands now; what is appended while it is read is not part of it.
  const head = await store.head();
  for (let after = START; comparePositions(after, head) < 0; ) {
    const page = await store.readAll({ after, limit: PAGE });
    for (const event of page) if (comparePositions(event.position, head) <= 0) yield event;
    after = page.at(-1)?.position ?? head;
  }
}

/**
 * Makes the tables of the target hold the rows of the source and no others, all or nothing: what was disabled in one must not be good
 * again in the other. Columns are the same on both sides; tables are named so that those that others refer to come last.
 */
export async function replaceRows(source: Database, target: Database, tables: readonly { readonly name: string; readonly copied: boolean }[]): Promise<number> {
  const statements: Statement[] = tables.map(({ name }) => ({ sql: `DELETE FROM ${name}` }));
  for (const { name } of tables.filter(({ copied }) => copied)) {
    for (const row of await source.all<Record<string, SqlValue>>(`SELECT * FROM ${name}`)) {
      const columns = Object.keys(row);
      statements.push({ sql: `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, values: Object.values(row) });
    }
  }
  await target.batch(statements);
  return statements.length - tables.length;
}
