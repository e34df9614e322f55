import type { Metadata } from '@grpc/grpc-js';
import type { EventLog } from './event-log.ts';
import { type Failure, notLeader, unauthenticated } from './failures.ts';
import type { Faults } from './faults.ts';

/** KurrentDB 24.10: the default of MaxAppendSize. */
export const MAX_APPEND_SIZE = 1024 * 1024;

/** What every call works with. */
export interface Context {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly login: { readonly user: string; readonly password: string } | undefined;
  /** Ends with the server: what still streams ends with it. */
  readonly stopping: AbortSignal;
}

/** Why a call is not let in. */
export function refusal({ login, faults }: Context, metadata: Metadata): Failure | undefined {
  if (login) {
    const expected = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
    if (metadata.get('authorization')[0] !== expected) return unauthenticated();
  }
  if (faults.leaderElsewhere && metadata.get('requires-leader')[0] === 'true') return notLeader(faults.leaderElsewhere);
  return undefined;
}

/** Answers go out as messages or as the bytes of one. */
export type Answer = { serializeBinary(): Uint8Array } | Buffer;

/** A call that streams answers, as fast as they are taken. */
export interface Sink {
  readonly over: AbortSignal;
  /** Resolves when more may be sent. */
  send(answer: Answer): Promise<void> | void;
}
