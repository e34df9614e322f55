import type { AllStreamRecordedEvent, EventData, RecordedEvent as ClientEvent } from '@eventstore/db-client';
import { jsonEvent } from '@eventstore/db-client';
import type { EventMeta } from '#kernel';
import type { NewEvent, StoredEvent } from '../event-store.js';

/** KurrentDB keeps what belongs to its own conventions under names with a dollar (docs.kurrent.io, "Event metadata"). */
const RENAMED = { correlationId: '$correlationId', causationId: '$causationId' } as const;
const BACK = new Map<string, string>(Object.entries(RENAMED).map(([ours, theirs]) => [theirs, ours]));
/** Metadata holds texts only, so that appends to several streams stay possible; what is not a text stands as JSON. */
const STRUCTURED: ReadonlySet<string> = new Set(['actor', 'label', 'sources', 'basis'] satisfies (keyof EventMeta)[]);

export function encode({ id, type, data, meta }: NewEvent): EventData {
  const metadata: Record<string, string> = {};
  for (const [key, value] of Object.entries(meta) as [string, unknown][]) {
    if (value === undefined) continue;
    metadata[RENAMED[key as keyof typeof RENAMED] ?? key] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return jsonEvent({ id, type, data: data as never, metadata });
}

/** What stands in the database of the product and cannot be read back as one of its events. */
export class ForeignEvent extends Error {}

/** @throws ForeignEvent */
export function decode(event: ClientEvent | AllStreamRecordedEvent): StoredEvent {
  const { position, metadata } = event as AllStreamRecordedEvent;
  if (!event.isJson || position === undefined || typeof metadata !== 'object' || metadata === null)
    throw new ForeignEvent(`${event.streamId}@${event.revision} was not recorded by this product`);
  const meta = Object.fromEntries(
    Object.entries(metadata as Record<string, string>).map(([key, value]) => [BACK.get(key) ?? key, STRUCTURED.has(key) ? (JSON.parse(value) as unknown) : value]),
  );
  return {
    id: event.id,
    type: event.type,
    data: event.data,
    meta: meta as unknown as EventMeta,
    stream: event.streamId,
    // Theirs count from 0.
    revision: Number(event.revision) + 1,
    position: String(position.commit),
  };
}

/** Streams and events of the database itself. */
export const isSystem = ({ streamId, type }: { streamId: string; type: string }): boolean => streamId.startsWith('$') || type.startsWith('$');

/** Commit and prepare are one for events that are written outside the (long gone) explicit transactions. */
export const positionOf = (position: string): { commit: bigint; prepare: bigint } => ({ commit: BigInt(position), prepare: BigInt(position) });
