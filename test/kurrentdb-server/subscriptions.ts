import { randomUUID } from 'node:crypto';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventLog } from './event-log.ts';
import { streamDeleted } from './failures.ts';
import { filterOf } from './filter.ts';
import { streams } from './protocol.ts';
import type { Sink } from './context.ts';

const PAGE = 256;
/** A live subscription that is so far behind is told so, and told again when it has caught up. */
const FELL_BEHIND = 2_048;

interface Source {
  /** Where the events end for now. @throws Failure when there will be none any more */
  length(): number;
  placeOf(cursor: number): number;
  matches(place: number): boolean;
  readonly checkpointEvery: number;
}

/** Behind a position, exclusive. */
export function subscribeToAll(log: EventLog, options: ReadReq.Options, sink: Sink): Promise<void> {
  const all = options.getAll()!;
  const position = all.getPosition();
  const from = position ? log.seek(Number(position.getCommitPosition()), true) : all.hasEnd() ? log.length : 0;
  const filter = options.getFilter() ? filterOf(log, options.getFilter()!) : undefined;
  return follow(log, sink, from, {
    length: () => log.length,
    placeOf: (cursor) => cursor,
    matches: (place) => filter?.matches(place) ?? true,
    checkpointEvery: filter?.checkpointEvery ?? Infinity,
  });
}

/** Behind a revision, exclusive; the stream need not exist yet. */
export function subscribeToStream(
  log: EventLog,
  name: string,
  options: ReadReq.Options.StreamOptions,
  sink: Sink,
): Promise<void> {
  const visible = (): readonly [number, number] => {
    const stream = log.stream(name);
    if (stream?.tombstoned) throw streamDeleted(name);
    return stream ? log.visible(stream) : [0, 0];
  };
  const [first, end] = visible();
  const from = options.hasStart() ? first : options.hasEnd() ? end : Math.max(first, Number(options.getRevision()) + 1);
  return follow(log, sink, from, {
    length: () => visible()[1],
    placeOf: (cursor) => log.stream(name)!.events[cursor]!,
    matches: () => true,
    checkpointEvery: Infinity,
  });
}

async function follow(log: EventLog, sink: Sink, from: number, source: Source): Promise<void> {
  await sink.send(
    new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())),
  );
  let live = false;
  let considered = 0;
  for (let cursor = from; !sink.over.aborted;) {
    const logged = log.length;
    const end = source.length();
    if (cursor >= end) {
      if (!live) await sink.send(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
      live = true;
      await log.grownBeyond(logged, sink.over);
      continue;
    }
    if (live && end - cursor > FELL_BEHIND) {
      live = false;
      await sink.send(new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind()));
    }
    const places = Array.from({ length: Math.min(PAGE, end - cursor) }, (_, i) => source.placeOf(cursor + i));
    const bodies = log.read(places.filter((place) => source.matches(place)));
    let next = 0;
    for (const place of places) {
      if (source.matches(place)) await sink.send(bodies[next++]!);
      if (++considered >= source.checkpointEvery) {
        considered = 0;
        await sink.send(checkpoint(log.positionOf(place)));
      }
      if (sink.over.aborted) return;
    }
    cursor += places.length;
  }
}

function checkpoint(position: number) {
  return new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );
}
