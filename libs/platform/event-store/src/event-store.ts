import type { EventMeta } from '#kernel';

export interface NewEvent {
  /** UUID; an id is used once. */
  readonly id: string;
  /** `<context>.<PastTense>.v<N>` */
  readonly type: string;
  readonly data: unknown;
  readonly meta: EventMeta;
}

export interface StoredEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
}

export interface Appended {
  readonly stream: string;
  /** Of the last event appended. */
  readonly revision: number;
  readonly position: string;
}

/** Nothing has been recorded before it; every position is greater. */
export const START = '0';
export const MAX_APPEND_BYTES = 1024 * 1024;

/** Somebody else was first. */
export class WrongRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`${stream} is at revision ${actual}, expected ${expected}`);
  }
}
export class EventIdReused extends Error {
  constructor(readonly eventId: string) {
    super(`event id ${eventId} was used before for another append`);
  }
}
export class AppendTooLarge extends Error {
  constructor(readonly bytes: number) {
    super(`an append of ${bytes} bytes exceeds ${MAX_APPEND_BYTES}`);
  }
}
/** The store cannot be reached or written now; the same append may be tried again. */
export class StoreUnavailable extends Error {}

/** What names the store would send passwords in the clear, or says no place. */
export class ConnectionStringRefused extends Error {}

export interface ReadAll {
  /** Exclusive. */
  readonly after: string;
  readonly limit: number;
  readonly categories?: readonly string[];
}

export interface SubscribeOptions {
  /** Exclusive. */
  readonly after: string;
  readonly categories?: readonly string[];
  readonly batch?: number;
  /** Called one at a time; the next batch waits for it. A throw ends the subscription through `onError`. */
  readonly onBatch: (events: readonly StoredEvent[], checkpoint: string) => Promise<void> | void;
  /** Called once, when the events that stood at the start have been handed over. */
  readonly onCaughtUp?: (checkpoint: string) => void;
  readonly onError?: (error: unknown) => void;
}
export interface Subscription {
  /** Resolves when the running batch is done and no further one will come. */
  stop(): Promise<void>;
}

/** Positions are opaque decimal strings: they may be compared, never computed with. */
export function comparePositions(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;
}
export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));
export const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

/** Checks that hold for every adapter before anything is written. */
export function checkAppend(stream: string, events: readonly NewEvent[]): void {
  if (!/^[A-Za-z][A-Za-z0-9]*-./u.test(stream)) throw new TypeError(`${stream} is not <category>-<id>`);
  if (events.length === 0) throw new TypeError('an append needs at least one event');
}

/**
 * The port that every adapter fulfils; `event-store.contract.ts` is the one suite that all of them pass.
 * An append is atomic, on disk before it resolves, and harmless when repeated with the same event ids.
 */
export abstract class EventStore {
  /** @param expected the stream's revision before, 0 for a new one. @throws WrongRevision, EventIdReused, AppendTooLarge, StoreUnavailable */
  abstract append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended>;
  /** In order from revision `after + 1`. */
  abstract readStream(stream: string, after?: number, limit?: number): Promise<readonly StoredEvent[]>;
  abstract readAll(query: ReadAll): Promise<readonly StoredEvent[]>;
  /** Position of the last event, `START` when there is none. */
  abstract head(): Promise<string>;
  /** Everything after a position, then everything as it comes, without gap or double. A lost line is the adapter's to mend. */
  abstract subscribe(options: SubscribeOptions): Subscription;
  abstract close(): Promise<void>;
}
