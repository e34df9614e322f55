import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { type Answer, type Context, refusal, type Sink } from './context.ts';
import type { EventLog } from './event-log.ts';
import { shuttingDown, streamDeleted, unavailable } from './failures.ts';
import { filterOf } from './filter.ts';
import { streamIdentifier, streams, text } from './protocol.ts';
import { subscribeToAll, subscribeToStream } from './subscriptions.ts';

const PAGE = 512;
const BACKWARDS = 1;

export function readHandler(context: Context): handleServerStreamingCall<ReadReq, Answer> {
  return (call) => {
    const refused = refusal(context, call.metadata);
    if (refused) {
      call.emit('error', refused);
      return;
    }
    const sink = sinkOf(context, call);
    const run = async (): Promise<void> => {
      await context.faults.delay();
      await read(context.log, call.request.getOptions()!, sink);
      if (!sink.over.aborted) call.end();
    };
    run().catch((error: unknown) => {
      if (!sink.over.aborted)
        call.emit('error', typeof error === 'object' && error !== null && 'code' in error ? error : unavailable(String(error)));
    });
  };
}

function sinkOf(context: Context, call: ServerWritableStream<ReadReq, Answer>): Sink {
  const over = new AbortController();
  const stop = () => call.emit('error', shuttingDown());
  const end = () => {
    over.abort();
    context.stopping.removeEventListener('abort', stop);
  };
  for (const event of ['cancelled', 'error', 'close', 'finish'] as const) call.on(event, end);
  context.stopping.addEventListener('abort', stop, { once: true });
  return {
    over: over.signal,
    send: (answer) => {
      if (over.signal.aborted || call.write(answer)) return;
      return new Promise((resolve) => {
        const go = () => {
          call.off('drain', go);
          over.signal.removeEventListener('abort', go);
          resolve();
        };
        call.once('drain', go);
        over.signal.addEventListener('abort', go, { once: true });
      });
    },
  };
}

/** @throws Failure */
async function read(log: EventLog, options: ReadReq.Options, sink: Sink): Promise<void> {
  const stream = options.getStream();
  const name = stream ? text(stream.getStreamIdentifier()!.getStreamName_asU8()) : '';
  if (options.hasSubscription()) {
    await (stream ? subscribeToStream(log, name, stream, sink) : subscribeToAll(log, options, sink));
  } else if (stream) {
    if (log.stream(name)?.tombstoned) throw streamDeleted(name);
    const places = streamPlaces(log, name, stream, options);
    if (places) await sendPlaces(log, places, sink);
    else
      await sink.send(
        new streams.ReadResp().setStreamNotFound(
          new streams.ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(name)),
        ),
      );
  } else {
    await sendPlaces(log, allPlaces(log, options), sink);
  }
}

/** @returns undefined where there is no such stream, or none any more */
function streamPlaces(
  log: EventLog,
  name: string,
  from: ReadReq.Options.StreamOptions,
  options: ReadReq.Options,
): Iterable<number> | undefined {
  const stream = log.stream(name);
  if (!stream || stream.truncateBefore === Infinity) return undefined;
  const [first, end] = log.visible(stream);
  if (end === 0) return undefined;
  const asked = from.hasStart() ? 0 : from.hasEnd() ? Infinity : Number(from.getRevision());
  const count = Number(options.getCount());
  return (function* () {
    if (options.getReadDirection() === BACKWARDS) {
      for (let revision = Math.min(asked, end - 1), sent = 0; revision >= first && sent < count; revision--, sent++)
        yield stream.events[revision]!;
    } else {
      for (let revision = Math.max(asked, first), sent = 0; revision < end && sent < count; revision++, sent++)
        yield stream.events[revision]!;
    }
  })();
}

/** Forwards from a position on; backwards from before it. */
function* allPlaces(log: EventLog, options: ReadReq.Options): Iterable<number> {
  const { length } = log;
  const all = options.getAll()!;
  const position = all.getPosition();
  const at = position ? log.seek(Number(position.getCommitPosition()), false) : all.hasEnd() ? length : 0;
  const filter = options.getFilter() ? filterOf(log, options.getFilter()!) : undefined;
  const backwards = options.getReadDirection() === BACKWARDS;
  let left = Number(options.getCount());
  for (let index = backwards ? at - 1 : at; index >= 0 && index < length && left > 0; index += backwards ? -1 : 1) {
    if (filter && !filter.matches(index)) continue;
    left--;
    yield index;
  }
}

async function sendPlaces(log: EventLog, places: Iterable<number>, sink: Sink): Promise<void> {
  let page: number[] = [];
  const flush = async (): Promise<void> => {
    const descending = page.length > 1 && page[0]! > page[1]!;
    const bodies = log.read(descending ? page.toReversed() : page);
    for (const body of descending ? bodies.reverse() : bodies) {
      const full = sink.send(body);
      if (full) await full;
      if (sink.over.aborted) return;
    }
    page = [];
  };
  for (const place of places) {
    page.push(place);
    if (page.length < PAGE) continue;
    await flush();
    if (sink.over.aborted) return;
  }
  await flush();
}
