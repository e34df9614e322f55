import type { ServiceError } from '@grpc/grpc-js';
import { grpc } from './protocol.ts';

export type Failure = Pick<ServiceError, 'name' | 'message' | 'code' | 'details' | 'metadata'>;

/** An error of the protocol: what it is about stands in the trailers, not in the code. */
export function failure(code: number, details: string, trailers: Readonly<Record<string, string>> = {}): Failure {
  const metadata = new grpc.Metadata();
  // Names of streams may hold any character, trailers only ASCII.
  for (const [key, value] of Object.entries(trailers))
    metadata.set(key, /^[\x20-\x7e]*$/.test(value) ? value : encodeURIComponent(value));
  return { name: 'Failure', message: details, code, details, metadata };
}

export const streamDeleted = (stream: string): Failure =>
  failure(grpc.status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const appendTooLarge = (limit: number): Failure =>
  failure(grpc.status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export const wrongExpectedVersion = (stream: string, expected: string, actual: number | undefined): Failure =>
  failure(
    grpc.status.FAILED_PRECONDITION,
    `Append failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual ?? -1}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': expected,
      ...(actual === undefined ? {} : { 'actual-version': String(actual) }),
    },
  );

export const missingMetadata = (): Failure =>
  failure(grpc.status.INVALID_ARGUMENT, 'Required Metadata Property is missing.', {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

export const notLeader = (leader: { address: string; port: number }): Failure =>
  failure(grpc.status.NOT_FOUND, `Leader info available: ${leader.address}:${leader.port}`, {
    exception: 'not-leader',
    'leader-endpoint-host': leader.address,
    'leader-endpoint-port': String(leader.port),
  });

export const unauthenticated = (): Failure => failure(grpc.status.UNAUTHENTICATED, 'Unauthenticated');
export const unavailable = (why: string): Failure => failure(grpc.status.UNAVAILABLE, why);
export const shuttingDown = (): Failure => failure(grpc.status.CANCELLED, 'The server is shutting down.');
