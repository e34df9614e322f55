import type { handleClientStreamingCall, handleUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { type Context, MAX_APPEND_SIZE, refusal } from './context.ts';
import type { Expected, Outcome } from './event-log.ts';
import { appendTooLarge, type Failure, missingMetadata, streamDeleted, unavailable, wrongExpectedVersion } from './failures.ts';
import { shared, streams, text, uuidOf } from './protocol.ts';
import type { ProposedEvent } from './records.ts';

interface ExpectedOption {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

export function expectedOf(options: ExpectedOption, revision: string): Expected {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  return options.hasStreamExists() ? 'stream_exists' : BigInt(revision);
}

/** As trailers have it. */
const EXPECTED_NUMBERS = { any: '-2', no_stream: '-1', stream_exists: '-4' } as const;

/** @returns undefined where what must be said of an event is not */
export function proposedOf(message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): ProposedEvent | undefined {
  const metadata = message.getMetadataMap();
  const type = metadata.get('type');
  const contentType = metadata.get('content-type');
  if (!type || !contentType) return undefined;
  return {
    id: uuidOf(message.getId()),
    type,
    contentType,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export const sizeOf = ({ type, data, metadata }: ProposedEvent): number => type.length + data.length + metadata.length;

/** One append over one call: the options, then the events, then one answer. */
export function appendHandler(context: Context): handleClientStreamingCall<AppendReq, AppendResp> {
  return (call, callback) => {
    let stream = '';
    let expected: Expected = 'any';
    const events: ProposedEvent[] = [];
    let size = 0;
    let answered = false;
    const answer = (failed: Failure | null, response?: AppendResp): void => {
      if (!answered) callback(failed, response);
      answered = true;
    };
    const take = (request: AppendReq): void => {
      const options = request.getOptions();
      if (options) {
        stream = text(options.getStreamIdentifier()!.getStreamName_asU8());
        expected = expectedOf(options, options.getRevision());
        return;
      }
      const event = proposedOf(request.getProposedMessage()!);
      if (!event) return answer(missingMetadata());
      events.push(event);
      size += sizeOf(event);
      if (size > MAX_APPEND_SIZE) answer(appendTooLarge(MAX_APPEND_SIZE));
    };
    const commit = async (): Promise<void> => {
      await context.faults.delay();
      if (answered || call.cancelled) return;
      const outcome = await context.log.append(stream, expected, events);
      const acknowledgement = outcome.kind === 'success' ? context.faults.acknowledgement() : 'given';
      if (acknowledgement === 'lost') answer(unavailable('The acknowledgement was lost.'));
      if (acknowledgement !== 'given') return;
      if (outcome.kind === 'deleted') answer(streamDeleted(stream));
      else answer(null, outcome.kind === 'success' ? successOf(outcome) : conflictOf(outcome, expected));
    };
    const refused = refusal(context, call.metadata);
    if (refused) return answer(refused);
    call.on('data', (request: AppendReq) => {
      if (!answered) take(request);
    });
    call.on('end', () => {
      if (!answered) commit().catch((error: unknown) => answer(unavailable(String(error))));
    });
  };
}

function successOf({ revision, position }: Extract<Outcome, { kind: 'success' }>): AppendResp {
  const success = new streams.AppendResp.Success();
  if (revision === undefined) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(revision));
  if (position === undefined) success.setNoPosition(new shared.Empty());
  else
    success.setPosition(
      new streams.AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position)),
    );
  return new streams.AppendResp().setSuccess(success);
}

function conflictOf({ actual }: Extract<Outcome, { kind: 'conflict' }>, expected: Expected): AppendResp {
  const conflict = new streams.AppendResp.WrongExpectedVersion();
  if (actual === undefined) conflict.setCurrentNoStream(new shared.Empty());
  else conflict.setCurrentRevision(String(actual));
  if (expected === 'any') conflict.setExpectedAny(new shared.Empty());
  else if (expected === 'no_stream') conflict.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') conflict.setExpectedStreamExists(new shared.Empty());
  else conflict.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(conflict);
}

export function deleteHandler(context: Context): handleUnaryCall<DeleteReq, DeleteResp> {
  return (call, callback) => {
    const options = call.request.getOptions()!;
    remove(context, call.metadata, options, false, callback, (position) =>
      new streams.DeleteResp().setPosition(
        new streams.DeleteResp.Position().setCommitPosition(position).setPreparePosition(position),
      ),
    );
  };
}

export function tombstoneHandler(context: Context): handleUnaryCall<TombstoneReq, TombstoneResp> {
  return (call, callback) => {
    const options = call.request.getOptions()!;
    remove(context, call.metadata, options, true, callback, (position) =>
      new streams.TombstoneResp().setPosition(
        new streams.TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position),
      ),
    );
  };
}

function remove<R>(
  context: Context,
  metadata: Parameters<typeof refusal>[1],
  options: DeleteReq.Options | TombstoneReq.Options,
  tombstone: boolean,
  callback: sendUnaryData<R>,
  success: (position: string) => R,
): void {
  const refused = refusal(context, metadata);
  if (refused) return callback(refused);
  const stream = text(options.getStreamIdentifier()!.getStreamName_asU8());
  const expected = expectedOf(options, options.getRevision());
  const run = async (): Promise<void> => {
    await context.faults.delay();
    const outcome = await context.log.delete(stream, expected, tombstone);
    if (outcome.kind === 'deleted') callback(streamDeleted(stream));
    else if (outcome.kind === 'success') callback(null, success(String(outcome.position)));
    else
      callback(
        wrongExpectedVersion(
          stream,
          typeof expected === 'bigint' ? String(expected) : EXPECTED_NUMBERS[expected],
          outcome.actual,
        ),
      );
  };
  run().catch((error: unknown) => callback(unavailable(String(error))));
}
