import { createHash, randomUUID } from 'node:crypto';
import type { Database, Statement } from '#platform/database';
import { skippingLocked } from './database.js';

export interface FailureLimits {
  readonly most: number;
  /** Milliseconds. */
  readonly window: number;
}
const LIMITS: FailureLimits = { most: 10, window: 15 * 60_000 };

/** A try that may be made, or the seconds until one is heard. */
export type Attempt =
  | { readonly heard: true; readonly attemptId: string }
  | { readonly heard: false; readonly retryAfter: number };

/** Any number: it keeps these locks apart from others in the same database. */
const LOCKS = 7_351;
const ADD = `INSERT INTO failed_sign_ins (attempt_id, key_hash, failed_at) SELECT ?, ?, ?
  WHERE (SELECT count(*) FROM failed_sign_ins WHERE key_hash = ? AND failed_at > ?) < ?`;

/**
 * Failures in a window of time, by address and account, over all nodes: after so many the next try waits, right or wrong.
 * A try is counted before it is made and taken back when it was right: of many at once no more are heard than one after the other.
 */
export class FailedSignIns {
  constructor(
    private readonly database: Database,
    private readonly now: () => number = Date.now,
    private readonly limits: FailureLimits = LIMITS,
  ) {}

  /** Counts as failed until `succeeded` or `withdraw` say otherwise. */
  async begin(key: string): Promise<Attempt> {
    const hash = hashKey(key);
    const attemptId = randomUUID();
    const now = this.now();
    const since = now - this.limits.window;
    const add = { sql: ADD, values: [attemptId, hash, now, hash, since, this.limits.most] };
    const added = (await this.database.batch([...this.#alone(hash), add])).at(-1);
    if (added === 1) return { heard: true, attemptId };
    const first = await this.database.get<{ failed_at: number }>(
      'SELECT failed_at FROM failed_sign_ins WHERE key_hash = ? AND failed_at > ? ORDER BY failed_at DESC LIMIT 1 OFFSET ?',
      [hash, since, this.limits.most - 1],
    );
    return { heard: false, retryAfter: Math.max(1, Math.ceil(((first?.failed_at ?? since) - since) / 1000)) };
  }

  /** It was neither right nor wrong. */
  async withdraw(attemptId: string): Promise<void> {
    await this.database.run('DELETE FROM failed_sign_ins WHERE attempt_id = ?', [attemptId]);
  }
  async succeeded(key: string): Promise<void> {
    await this.database.run('DELETE FROM failed_sign_ins WHERE key_hash = ?', [hashKey(key)]);
  }

  /** Takes away those that count no more. */
  async sweep(): Promise<void> {
    await this.database.run(
      `DELETE FROM failed_sign_ins WHERE attempt_id IN (SELECT attempt_id FROM failed_sign_ins WHERE failed_at <= ? ${skippingLocked(this.database)})`,
      [this.now() - this.limits.window],
    );
  }

  /** Tries of one key are counted one after the other. In SQLite all that is written is. */
  #alone(hash: Buffer): Statement[] {
    return this.database.dialect === 'postgres' ? [{ sql: 'SELECT pg_advisory_xact_lock(?, ?)', values: [LOCKS, hash.readInt32BE(0)] }] : [];
  }
}

/** Who reads the table learns no addresses. */
const hashKey = (key: string): Buffer => createHash('sha256').update(key, 'utf8').digest();
