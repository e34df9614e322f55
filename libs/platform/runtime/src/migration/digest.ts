import { createHash } from 'node:crypto';
import { type EventStore, START } from '#platform/event-store';
import type { ViewStore } from '#platform/views';

const PAGE = 1_000;

export interface EventsDigest {
  readonly events: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

/** Keys in one order, whatever a store gave them in (as RFC 8785 orders them). */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
export const canonical = (value: unknown): string => JSON.stringify(value, sorted);

/**
 * Of every event in the order of the record: its id, type, stream, revision, data and metadata. Positions are each store's own and no
 * part of it, so that the same record has the same digest wherever it is kept.
 */
export async function digestOfEvents(store: EventStore, until?: string): Promise<EventsDigest> {
  const hash = createHash('sha256');
  let events = 0;
  for (let after = START; ; ) {
    const page = await store.readAll({ after, limit: PAGE });
    for (const { id, type, stream, revision, data, meta, position } of page) {
      hash.update(canonical({ id, type, stream, revision, data, meta })).update('\n');
      events += 1;
      if (position === until) return { events, digest: hash.digest('hex') };
    }
    const last = page.at(-1);
    if (last === undefined) return { events, digest: hash.digest('hex') };
    after = last.position;
  }
}

/**
 * Of every document of every view, in the order of their keys. What a store numbers itself is left out: positions, and the keys of a view
 * that are made of them, whose order is that of the record all the same.
 */
export async function digestOfViews(views: ViewStore): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const { name } of views.views) {
    const hash = createHash('sha256');
    for await (const { id, position, ...row } of views.all(name)) {
      hash.update(canonical({ ...row, ...(id === position.padStart(20, '0') ? {} : { id }) })).update('\n');
    }
    digests[name] = hash.digest('hex');
  }
  return digests;
}
