import { shared, streamIdentifier, streams } from './protocol.ts';

const TICKS_PER_MILLISECOND = 10_000n;
/** The revision of the record that ends a stream for ever. */
const LAST_REVISION = 0x7fff_ffff_ffff_ffffn;

export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** What the index needs to know of a record; `body` is the answer to a read, ready for the wire. */
export interface Entry {
  readonly position: number;
  readonly id: Buffer;
  readonly stream: string;
  readonly type: string;
  readonly bodyAt: number;
  readonly bodyLength: number;
}

const FIXED = 4 + 8 + 16 + 2 + 2;

export const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', '').padEnd(32, '0'), 'hex');

/** `revision` is undefined for the tombstone. */
export function encodeBody(stream: string, revision: number | undefined, position: number, event: ProposedEvent): Buffer {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(streamIdentifier(stream))
    .setStreamRevision(String(revision ?? LAST_REVISION))
    .setCommitPosition(String(position))
    .setPreparePosition(String(position))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  const metadata = recorded.getMetadataMap();
  metadata.set('type', event.type);
  metadata.set('content-type', event.contentType);
  metadata.set('created', String(BigInt(Date.now()) * TICKS_PER_MILLISECOND));
  const read = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(position));
  return Buffer.from(new streams.ReadResp().setEvent(read).serializeBinary());
}

export function encodeEntry(
  position: number,
  stream: string,
  event: ProposedEvent,
  body: Buffer,
): { bytes: Buffer; bodyAt: number } {
  const streamBytes = Buffer.from(stream, 'utf8');
  const typeBytes = Buffer.from(event.type, 'utf8');
  const head = Buffer.alloc(FIXED);
  head.writeUInt32LE(body.length, 0);
  head.writeDoubleLE(position, 4);
  idBytes(event.id).copy(head, 12);
  head.writeUInt16LE(streamBytes.length, 28);
  head.writeUInt16LE(typeBytes.length, 30);
  return { bytes: Buffer.concat([head, streamBytes, typeBytes, body]), bodyAt: FIXED + streamBytes.length + typeBytes.length };
}

/** The entries of one frame; places are those in the file. */
export function* decodeEntries(frame: Buffer, offset: number): Generator<Entry> {
  for (let at = 0; at < frame.length;) {
    const bodyLength = frame.readUInt32LE(at);
    const streamEnd = at + FIXED + frame.readUInt16LE(at + 28);
    const typeEnd = streamEnd + frame.readUInt16LE(at + 30);
    yield {
      position: frame.readDoubleLE(at + 4),
      id: frame.subarray(at + 12, at + 28),
      stream: frame.toString('utf8', at + FIXED, streamEnd),
      type: frame.toString('utf8', streamEnd, typeEnd),
      bodyAt: offset + typeEnd,
      bodyLength,
    };
    at = typeEnd + bodyLength;
  }
}

export function dataOf(body: Buffer): unknown {
  const data = streams.ReadResp.deserializeBinary(new Uint8Array(body)).getEvent()?.getEvent()?.getData_asU8();
  try {
    return JSON.parse(Buffer.from(data ?? []).toString('utf8'));
  } catch {
    return undefined;
  }
}
