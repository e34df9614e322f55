import { createRequire } from 'node:module';
import type * as Grpc from '@grpc/grpc-js';
import type * as Any from 'google-protobuf/google/protobuf/any_pb.js';
import type * as Empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type * as GossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type * as Gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type * as FeaturesService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type * as Features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
import type * as Status from '@eventstore/db-client/generated/status_pb.js';
import type * as StreamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';

// The definitions are those that ship with the client (Apache-2.0). They are CommonJS, and share the protobuf runtime with it.
const load = createRequire(import.meta.url);
const ofClient = createRequire(load.resolve('@eventstore/db-client'));
const generated = <T>(name: string): T => load(`@eventstore/db-client/generated/${name}.js`) as T;

export const grpc = load('@grpc/grpc-js') as typeof Grpc;
export const streams = generated<typeof Streams>('streams_pb');
export const streamsService = generated<typeof StreamsService>('streams_grpc_pb').StreamsService;
export const shared = generated<typeof Shared>('shared_pb');
export const status = generated<typeof Status>('status_pb');
export const gossip = generated<typeof Gossip>('gossip_pb');
export const gossipService = generated<typeof GossipService>('gossip_grpc_pb').GossipService;
export const features = generated<typeof Features>('serverfeatures_pb');
export const featuresService = generated<typeof FeaturesService>('serverfeatures_grpc_pb').ServerFeaturesService;
export const any = ofClient('google-protobuf/google/protobuf/any_pb.js') as typeof Any;
export const empty = ofClient('google-protobuf/google/protobuf/empty_pb.js') as typeof Empty;

/** A message as an object, or already as it goes over the wire. */
export const serialize = (message: { serializeBinary(): Uint8Array } | Buffer): Buffer =>
  Buffer.isBuffer(message) ? message : Buffer.from(message.serializeBinary());

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

export function uuidOf(message: Shared.UUID | undefined): string {
  const structured = message?.getStructured();
  if (!structured) return (message?.getString() ?? '').toLowerCase();
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(BigInt(structured.getMostSignificantBits()), 0);
  bytes.writeBigInt64BE(BigInt(structured.getLeastSignificantBits()), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function streamIdentifier(name: string): Shared.StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(name, 'utf8')));
}
