import { randomUUID } from 'node:crypto';
import { AppendFile } from './append-file.ts';
import { Column, Dictionary, IdColumn, RecentIds } from './log-index.ts';
import { dataOf, decodeEntries, encodeBody, encodeEntry, type Entry, idBytes, type ProposedEvent } from './records.ts';

export type Expected = 'any' | 'no_stream' | 'stream_exists' | bigint;

export type Outcome =
  | { readonly kind: 'success'; readonly revision?: number; readonly position?: number }
  | { readonly kind: 'conflict'; readonly actual?: number }
  | { readonly kind: 'deleted' };

export interface StreamState {
  readonly number: number;
  readonly name: string;
  /** Places in the log; the n-th is revision n. */
  readonly events: number[];
  maxCount: number;
  /** Revisions before this one are not shown; Infinity after a soft deletion, until something is appended. */
  truncateBefore: number;
  tombstoned: boolean;
}

/** Without revision: the tombstone. */
const TOMBSTONE = '$streamDeleted';
const GAP = 4096;
const READ_AT_ONCE = 1024 * 1024;

/** All events in one order, kept in a file; in memory only where they are. Nothing is shown before it is on the disk. */
export class EventLog {
  #file!: AppendFile;
  readonly #positions = new Column();
  readonly #offsets = new Column();
  readonly #lengths = new Column();
  readonly #streamNumbers = new Column();
  readonly #typeNumbers = new Column();
  readonly #ids = new IdColumn();
  readonly #types = new Dictionary();
  readonly #streams = new Map<string, StreamState>();
  readonly #byNumber: StreamState[] = [];
  readonly #recent = new RecentIds();
  readonly #systemEvery: number;
  #appends = 0;
  #nextPosition = stride(2_000);
  #durable = 0;
  #lastWritten: Promise<void> = Promise.resolve();
  #grown = new Set<() => void>();

  private constructor(systemEvery: number) {
    this.#systemEvery = systemEvery;
  }

  /** @param systemEvery after how many appends an event of the system stands between those of the users; 0: never */
  static async open(folder: string, systemEvery = 16): Promise<EventLog> {
    const log = new EventLog(systemEvery);
    log.#file = await AppendFile.open(folder, (frame, offset) => {
      for (const entry of decodeEntries(frame, offset))
        log.#index(entry, () => frame.subarray(entry.bodyAt - offset, entry.bodyAt - offset + entry.bodyLength));
    });
    log.#durable = log.#positions.length;
    log.#appends = log.#durable;
    if (log.#durable === 0 && systemEvery > 0) {
      log.#write('$$$stats-127.0.0.1:2113', [systemEvent('$metadata', { $maxAge: 86_400 })]);
      log.#statistics();
      await log.#lastWritten;
    }
    return log;
  }

  /** How many events there are on the disk. */
  get length(): number {
    return this.#durable;
  }
  positionOf(index: number): number {
    return this.#positions.at(index);
  }
  streamNumberOf(index: number): number {
    return this.#streamNumbers.at(index);
  }
  typeNumberOf(index: number): number {
    return this.#typeNumbers.at(index);
  }
  streamName(number: number): string {
    return this.#byNumber[number]!.name;
  }
  typeName(number: number): string {
    return this.#types.textOf(number);
  }
  stream(name: string): StreamState | undefined {
    return this.#streams.get(name);
  }

  /** The revisions of a stream that are shown: from the first to before the second. */
  visible(stream: StreamState): readonly [from: number, to: number] {
    let to = stream.events.length;
    while (to > 0 && stream.events[to - 1]! >= this.#durable) to--;
    return [Math.min(to, Math.max(stream.truncateBefore, to - stream.maxCount)), to];
  }

  /** The first place whose position is at or (`after`) behind the given one. */
  seek(position: number, after: boolean): number {
    let low = 0;
    let high = this.#durable;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.#positions.at(middle);
      if (found < position || (after && found === position)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The records at these places, which ascend, as they go over the wire. */
  read(indexes: readonly number[]): Buffer[] {
    const bodies: Buffer[] = [];
    for (let first = 0; first < indexes.length;) {
      const start = this.#offsets.at(indexes[first]!);
      let end = start + this.#lengths.at(indexes[first]!);
      let next = first + 1;
      for (; next < indexes.length; next++) {
        const offset = this.#offsets.at(indexes[next]!);
        if (offset - end > GAP || offset - start > READ_AT_ONCE) break;
        end = offset + this.#lengths.at(indexes[next]!);
      }
      const bytes = this.#file.read(start, end - start);
      for (; first < next; first++) {
        const at = this.#offsets.at(indexes[first]!) - start;
        bodies.push(bytes.subarray(at, at + this.#lengths.at(indexes[first]!)));
      }
    }
    return bodies;
  }

  /** Resolves once there are more events than these, or with the signal. */
  async grownBeyond(length: number, signal: AbortSignal): Promise<void> {
    while (this.#durable <= length && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          signal.removeEventListener('abort', wake);
          this.#grown.delete(wake);
          resolve();
        };
        this.#grown.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
    }
  }

  /** Decides at once and answers when everything the decision rests on is on the disk. */
  async append(name: string, expected: Expected, events: readonly ProposedEvent[]): Promise<Outcome> {
    const outcome = this.#append(name, expected, events);
    await this.#lastWritten;
    return outcome;
  }

  /** Soft deletion hides what there is; the tombstone also forbids what could come. */
  async delete(name: string, expected: Expected, tombstone: boolean): Promise<Outcome> {
    const stream = this.#streams.get(name);
    if (stream?.tombstoned) return { kind: 'deleted' };
    const last = (stream?.events.length ?? 0) - 1;
    const fits =
      expected === 'any' ||
      (expected === 'no_stream' ? last < 0 : expected === 'stream_exists' ? last >= 0 : Number(expected) === last);
    if (!fits) return conflict(last);
    const position = tombstone
      ? this.#write(name, [systemEvent(TOMBSTONE, {})])
      : this.#write(`$$${name}`, [systemEvent('$metadata', { $tb: Number.MAX_SAFE_INTEGER })]);
    await this.#lastWritten;
    return { kind: 'success', position };
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  #append(name: string, expected: Expected, events: readonly ProposedEvent[]): Outcome {
    const stream = this.#streams.get(name);
    if (stream?.tombstoned) return { kind: 'deleted' };
    const last = (stream?.events.length ?? 0) - 1;
    const softDeleted = stream?.truncateBefore === Infinity;
    if (typeof expected === 'bigint' || expected === 'no_stream') {
      const at = expected === 'no_stream' ? -1 : Number(expected);
      if (at !== last && !(at === -1 && softDeleted))
        return at > last || events.length === 0 ? conflict(last) : this.#repeated(stream!, at + 1, events);
    } else {
      if (expected === 'stream_exists' && (last < 0 || softDeleted)) return conflict(softDeleted ? -1 : last);
      const [first, ...others] = events.map(({ id }) => (stream ? this.#recent.find(stream.number, idBytes(id)) : undefined));
      if (first !== undefined) return this.#repeated(stream!, stream!.events.indexOf(first), events);
      if (others.some((found) => found !== undefined)) return conflict(last);
    }
    if (events.length === 0)
      return last < 0
        ? { kind: 'success' }
        : { kind: 'success', revision: last, position: this.#positions.at(stream!.events[last]!) };
    if (this.#systemEvery > 0 && ++this.#appends % this.#systemEvery === 0) this.#statistics();
    const position = this.#write(name, events);
    return { kind: 'success', revision: last + events.length, position };
  }

  /** The same events at the same place are the same append, told of again; some of them only is a conflict. */
  #repeated(stream: StreamState, from: number, events: readonly ProposedEvent[]): Outcome {
    const places = events.map((_, i) => stream.events[from + i]);
    if (!places.every((place, i) => place !== undefined && this.#ids.is(place, idBytes(events[i]!.id))))
      return conflict(stream.events.length - 1);
    return { kind: 'success', revision: from + events.length - 1, position: this.#positions.at(places.at(-1)!) };
  }

  #statistics(): void {
    this.#write('$stats-127.0.0.1:2113', [systemEvent('$statsCollected', { 'proc-mem': Math.floor(Math.random() * 1e9) })]);
  }

  /** Writes all or nothing. @returns the position of the last */
  #write(name: string, events: readonly ProposedEvent[]): number {
    const revision = this.#streams.get(name)?.events.length ?? 0;
    const parts = events.map((event, i) => {
      const position = this.#nextPosition;
      const body = encodeBody(name, event.type === TOMBSTONE ? undefined : revision + i, position, event);
      const { bytes, bodyAt } = encodeEntry(position, name, event, body);
      this.#nextPosition += bytes.length + stride();
      return { event, position, body, bytes, bodyAt };
    });
    const { offset, written } = this.#file.append(Buffer.concat(parts.map(({ bytes }) => bytes)));
    let at = offset;
    for (const { event, position, body, bytes, bodyAt } of parts) {
      this.#index(
        { position, id: idBytes(event.id), stream: name, type: event.type, bodyAt: at + bodyAt, bodyLength: body.length },
        () => body,
      );
      at += bytes.length;
    }
    const { length } = this.#positions;
    this.#lastWritten = written.then(() => this.#show(length));
    this.#lastWritten.catch(() => undefined);
    return parts.at(-1)!.position;
  }

  #show(length: number): void {
    this.#durable = Math.max(this.#durable, length);
    const woken = [...this.#grown];
    for (const wake of woken) wake();
  }

  #index(entry: Entry, body: () => Buffer): void {
    const index = this.#positions.length;
    const stream = this.#streamOf(entry.stream);
    this.#positions.push(entry.position);
    this.#offsets.push(entry.bodyAt);
    this.#lengths.push(entry.bodyLength);
    this.#streamNumbers.push(stream.number);
    this.#typeNumbers.push(this.#types.numberOf(entry.type));
    this.#ids.push(entry.id);
    this.#nextPosition = Math.max(this.#nextPosition, entry.position + entry.bodyLength + stride());
    if (entry.type === TOMBSTONE) {
      stream.tombstoned = true;
      return;
    }
    if (stream.truncateBefore === Infinity) stream.truncateBefore = stream.events.length;
    stream.events.push(index);
    this.#recent.add(stream.number, entry.id, index);
    if (entry.type === '$metadata' && entry.stream.startsWith('$$'))
      this.#configure(this.#streamOf(entry.stream.slice(2)), dataOf(body()));
  }

  #streamOf(name: string): StreamState {
    let stream = this.#streams.get(name);
    if (!stream) {
      stream = { number: this.#byNumber.length, name, events: [], maxCount: Infinity, truncateBefore: 0, tombstoned: false };
      this.#streams.set(name, stream);
      this.#byNumber.push(stream);
    }
    return stream;
  }

  #configure(stream: StreamState, metadata: unknown): void {
    const { $maxCount, $tb } = (metadata ?? {}) as { $maxCount?: number; $tb?: number };
    stream.maxCount = $maxCount ?? Infinity;
    stream.truncateBefore = $tb !== undefined && $tb >= Number.MAX_SAFE_INTEGER ? Infinity : ($tb ?? 0);
  }
}

/** Positions grow by more than there is, never by the same, so that nobody counts with them. */
function stride(least = 16): number {
  return least + Math.floor(Math.random() * 256);
}

const conflict = (last: number): Outcome => (last < 0 ? { kind: 'conflict' } : { kind: 'conflict', actual: last });

function systemEvent(type: string, data: object): ProposedEvent {
  return {
    id: randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(data)),
    metadata: new Uint8Array(),
  };
}
