import type { handleBidiStreamingCall } from '@grpc/grpc-js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { expectedOf, proposedOf, sizeOf } from './appends.ts';
import { type Context, MAX_APPEND_SIZE, refusal } from './context.ts';
import type { Expected, Outcome } from './event-log.ts';
import { shuttingDown, unavailable } from './failures.ts';
import { any, empty, grpc, shared, status, streamIdentifier, streams, text, uuidOf } from './protocol.ts';
import type { ProposedEvent } from './records.ts';

interface Batch {
  stream: string;
  expected: Expected;
  deadline: number;
  readonly events: ProposedEvent[];
  complete: boolean;
}

type Detail = readonly [name: string, message: { serializeBinary(): Uint8Array }, code: number];

/** Many appends over one call, told apart by a correlation id; each is answered when it is done. */
export function batchAppendHandler(context: Context): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> {
  return (call) => {
    const refused = refusal(context, call.metadata);
    if (refused) {
      call.emit('error', refused);
      return;
    }
    const batches = new Map<string, Batch>();
    let open = 0;
    let over = false;
    const stop = () => call.emit('error', shuttingDown());
    context.stopping.addEventListener('abort', stop, { once: true });
    const done = () => {
      over = true;
      context.stopping.removeEventListener('abort', stop);
    };
    for (const event of ['cancelled', 'error', 'close'] as const) call.on(event, done);

    const commit = async (request: BatchAppendReq, batch: Batch): Promise<void> => {
      await context.faults.delay();
      if (over) return;
      const [response, succeeded] = await decide(context, batch);
      if (over) return;
      const acknowledgement = succeeded ? context.faults.acknowledgement() : 'given';
      if (acknowledgement === 'lost') call.emit('error', unavailable('The acknowledgement was lost.'));
      if (acknowledgement === 'given')
        call.write(response.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(streamIdentifier(batch.stream)));
    };
    call.on('data', (request: BatchAppendReq) => {
      const id = uuidOf(request.getCorrelationId());
      const batch = batches.get(id) ?? { stream: '', expected: 'any', deadline: Infinity, events: [], complete: true };
      batches.set(id, batch);
      take(request, batch);
      if (!request.getIsFinal()) return;
      batches.delete(id);
      open++;
      commit(request, batch)
        .catch((error: unknown) => !over && call.emit('error', unavailable(String(error))))
        .finally(() => {
          if (--open === 0 && call.readableEnded && !over) call.end();
        });
    });
    call.on('end', () => {
      if (open === 0 && !over) call.end();
    });
  };
}

function take(request: BatchAppendReq, batch: Batch): void {
  const options = request.getOptions();
  if (options) {
    batch.stream = text(options.getStreamIdentifier()!.getStreamName_asU8());
    batch.expected = expectedOf(options, options.getStreamPosition());
    batch.deadline = options.getDeadline()?.toDate().getTime() ?? Infinity;
  }
  for (const message of request.getProposedMessagesList()) {
    const event = proposedOf(message);
    if (event) batch.events.push(event);
    else batch.complete = false;
  }
}

async function decide(
  context: Context,
  { stream, expected, deadline, events, complete }: Batch,
): Promise<[BatchAppendResp, succeeded: boolean]> {
  if (!complete)
    return [
      failed('', [
        'BadRequest',
        new shared.BadRequest().setMessage('type and content-type are needed'),
        grpc.status.INVALID_ARGUMENT,
      ]),
      false,
    ];
  if (events.reduce((sum, event) => sum + sizeOf(event), 0) > MAX_APPEND_SIZE) {
    const detail = new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_SIZE);
    return [
      failed(`Maximum Append Size of ${MAX_APPEND_SIZE} Exceeded.`, [
        'MaximumAppendSizeExceeded',
        detail,
        grpc.status.INVALID_ARGUMENT,
      ]),
      false,
    ];
  }
  if (Date.now() > deadline) return [failed('Timeout', ['Timeout', new shared.Timeout(), grpc.status.DEADLINE_EXCEEDED]), false];
  const outcome = await context.log.append(stream, expected, events);
  if (outcome.kind === 'success') return [successOf(outcome), true];
  if (outcome.kind === 'conflict')
    return [
      failed('Wrong expected version.', ['WrongExpectedVersion', conflictOf(outcome, expected), grpc.status.ALREADY_EXISTS]),
      false,
    ];
  const detail = new shared.StreamDeleted().setStreamIdentifier(streamIdentifier(stream));
  return [failed(`Event stream '${stream}' is deleted.`, ['StreamDeleted', detail, grpc.status.FAILED_PRECONDITION]), false];
}

function failed(message: string, [name, detail, code]: Detail): BatchAppendResp {
  const details = new any.Any();
  details.pack(detail.serializeBinary(), `event_store.client.${name}`);
  return new streams.BatchAppendResp().setError(new status.Status().setCode(code).setMessage(message).setDetails(details));
}

function successOf({ revision, position }: Extract<Outcome, { kind: 'success' }>): BatchAppendResp {
  const success = new streams.BatchAppendResp.Success();
  if (revision === undefined) success.setNoStream(new empty.Empty());
  else success.setCurrentRevision(String(revision));
  if (position === undefined) success.setNoPosition(new empty.Empty());
  else
    success.setPosition(new shared.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position)));
  return new streams.BatchAppendResp().setSuccess(success);
}

function conflictOf({ actual }: Extract<Outcome, { kind: 'conflict' }>, expected: Expected) {
  const conflict = new shared.WrongExpectedVersion();
  if (actual === undefined) conflict.setCurrentNoStream(new empty.Empty());
  else conflict.setCurrentStreamRevision(String(actual));
  if (expected === 'any') conflict.setExpectedAny(new empty.Empty());
  else if (expected === 'no_stream') conflict.setExpectedNoStream(new empty.Empty());
  else if (expected === 'stream_exists') conflict.setExpectedStreamExists(new empty.Empty());
  else conflict.setExpectedStreamPosition(String(expected));
  return conflict;
}
