import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Database, Signals } from '#platform/database';
import { z } from 'zod';
import type { Account } from './account.js';
import { ACCOUNT_COLUMNS, type AccountRow, type AccountStore, toAccount, type VerifiedAccount } from './account-store.js';
import { skippingLocked } from './database.js';

const MINUTE = 60_000;
/** Longest silence, in ms. */
export const IDLE = 30 * MINUTE;
export const IDLE_OF_ADMINISTRATORS = 15 * MINUTE;
/** Longest life, in ms, whatever is done in it. */
export const ABSOLUTE = 12 * 60 * MINUTE;
/** The place of last activity is written at most this often, so that reading costs no fsync; a session may end that much early. */
const TOUCH_EVERY = MINUTE;
/** Where all nodes hear which session has ended. */
const ENDED = 'session-ended';

export const SessionEnd = z.enum(['disabled', 'password-changed', 'signed-out', 'revoked', 'expired']);
export type SessionEnd = z.output<typeof SessionEnd>;

export interface Session {
  /** Names it to its owner and in logs; not the token. */
  readonly sessionId: string;
  readonly accountId: string;
  readonly userAgent?: string;
  /** Milliseconds since 1970, all three. */
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** When it ends if nothing more is done in it. */
  readonly expiresAt: number;
}
export interface SignedIn {
  readonly account: Account;
  readonly session: Session;
}
const Revoked = z.object({ sessionId: z.string(), accountId: z.string(), why: SessionEnd });
export type Revoked = Readonly<z.output<typeof Revoked>>;

export interface SessionsOptions {
  readonly database: Database;
  readonly signals: Signals;
  readonly accounts: AccountStore;
  readonly now: () => number;
  /** Told of what no caller can be told. */
  readonly onError: (error: unknown) => void;
}

interface SessionRow extends AccountRow {
  session_id: string;
  user_agent: string | null;
  opened_at: number;
  last_seen_at: number;
}
interface EndedRow {
  session_id: string;
  account_id: string;
}

/** With its account, so that one question answers; what has ended by a decision is not found, what has run out is left to the reader. */
const SELECT = `SELECT ${ACCOUNT_COLUMNS}, s.session_id, s.user_agent, s.created_at AS opened_at, s.last_seen_at
  FROM sessions s JOIN accounts a ON a.account_id = s.account_id AND a.generation = s.generation WHERE a.disabled_at IS NULL AND`;
const ADMINISTRATOR = 'administrator';
/** In the JSON of an account's grants; a quotation mark within a value is written otherwise there. */
const GRANTS_OF_ADMINISTRATORS = `%"capacity":"${ADMINISTRATOR}"%`;

export const hashToken = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Opaque 256-bit tokens, of which only the SHA-256 is kept: who reads the tables cannot become anybody. */
export class Sessions {
  readonly #database: Database;
  readonly #signals: Signals;
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<(revoked: Revoked) => void>();
  readonly #stop: readonly (() => void)[];

  constructor({ database, signals, accounts, now, onError }: SessionsOptions) {
    this.#database = database;
    this.#signals = signals;
    this.#now = now;
    this.#onError = onError;
    this.#stop = [
      accounts.onEnd((accountId, why) => this.revokeAll(accountId, why)),
      signals.listen(ENDED, (payload) => this.#heard(payload)),
    ];
  }

  /**
   * A new session, with a new token each time: a token that was there before signing in never becomes signed in.
   * Null where the account was disabled, or its password changed, since it was verified.
   */
  async open(account: VerifiedAccount, userAgent?: string): Promise<(SignedIn & { readonly token: string }) | null> {
    const token = newToken();
    const now = this.#now();
    const sessionId = randomUUID();
    await this.#database.run(
      'INSERT INTO sessions (token_hash, session_id, account_id, generation, user_agent, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [hashToken(token), sessionId, account.accountId, account.generation, userAgent?.slice(0, 400) ?? null, now, now],
    );
    const signedIn = await this.findById(sessionId);
    return signedIn && { token, ...signedIn };
  }

  /** Who this is; null for a token that is unknown, ended or of a disabled account. Does not count as activity. */
  async find(token: string): Promise<SignedIn | null> {
    return this.#signedIn(await this.#database.get<SessionRow>(`${SELECT} s.token_hash = ?`, [hashToken(token)]));
  }
  async findById(sessionId: string): Promise<SignedIn | null> {
    return this.#signedIn(await this.#database.get<SessionRow>(`${SELECT} s.session_id = ?`, [sessionId]));
  }

  /** Something was done in it. Cheap: most calls write nothing. */
  async touch({ sessionId, lastSeenAt }: Session): Promise<void> {
    const now = this.#now();
    if (now - lastSeenAt < TOUCH_EVERY) return;
    // Another node may have seen it later.
    await this.#database.run('UPDATE sessions SET last_seen_at = ? WHERE session_id = ? AND last_seen_at < ?', [now, sessionId, now]);
  }

  /** Those in which something can still be done, newest first. */
  async list(accountId: string): Promise<readonly Session[]> {
    const rows = await this.#database.all<SessionRow>(`${SELECT} s.account_id = ? ORDER BY s.created_at DESC, s.session_id`, [accountId]);
    return rows.flatMap((row) => this.#signedIn(row)?.session ?? []);
  }

  /** Which of these are still good: for who holds something open for them and may have missed that they ended. */
  async stillOpen(sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (sessionIds.length === 0) return new Set();
    const rows = await this.#database.all<SessionRow>(`${SELECT} ${this.#database.among('s.session_id')}`, [JSON.stringify(sessionIds)]);
    return new Set(rows.flatMap((row) => this.#signedIn(row)?.session.sessionId ?? []));
  }

  /** It is found on no node when this returns; listeners are told soon after. False when it was not there. */
  async revoke(sessionId: string, why: SessionEnd = 'revoked'): Promise<boolean> {
    const ended = await this.#database.all<EndedRow>('DELETE FROM sessions WHERE session_id = ? RETURNING session_id, account_id', [sessionId]);
    await this.#tell(ended, why);
    return ended.length > 0;
  }

  /** All of an account's, but for the one in which it is asked. */
  async revokeAll(accountId: string, why: SessionEnd = 'revoked', except = ''): Promise<number> {
    const ended = await this.#database.all<EndedRow>(
      'DELETE FROM sessions WHERE account_id = ? AND session_id <> ? RETURNING session_id, account_id',
      [accountId, except],
    );
    await this.#tell(ended, why);
    return ended.length;
  }

  /**
   * Called on every node when a session ends, for whatever reason: its sockets are closed here. What is heard may be missed when
   * the line between the nodes is lost; see `stillOpen`. Gives back how to stop listening.
   */
  onRevoked(listener: (revoked: Revoked) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends what has run out. Each is ended, and told of, by one of the nodes that sweep. */
  async sweep(): Promise<void> {
    const now = this.#now();
    const ended = await this.#database.all<EndedRow>(
      `DELETE FROM sessions WHERE session_id IN (
        SELECT s.session_id FROM sessions s WHERE s.created_at <= ? OR s.last_seen_at <= ? OR EXISTS (
          SELECT 1 FROM accounts a WHERE a.account_id = s.account_id
            AND (a.disabled_at IS NOT NULL OR a.generation <> s.generation OR (s.last_seen_at <= ? AND a.grants LIKE ?)))
        ${skippingLocked(this.#database)}) RETURNING session_id, account_id`,
      [now - ABSOLUTE, now - IDLE, now - IDLE_OF_ADMINISTRATORS, GRANTS_OF_ADMINISTRATORS],
    );
    await this.#tell(ended, 'expired');
  }

  close(): void {
    for (const stop of this.#stop) stop();
  }

  async #tell(ended: readonly EndedRow[], why: SessionEnd): Promise<void> {
    for (const { session_id: sessionId, account_id: accountId } of ended) {
      const payload = JSON.stringify({ sessionId, accountId, why } satisfies Revoked);
      try {
        await this.#signals.publish(ENDED, payload);
      } catch (error) {
        // It has ended all the same: those of this node are told here, and the others look it up.
        this.#onError(error);
        this.#heard(payload);
      }
    }
  }

  /** Every listener is told, even when one of them fails. */
  #heard(payload: string): void {
    let revoked: Revoked;
    try {
      revoked = Revoked.parse(JSON.parse(payload));
    } catch (error) {
      this.#onError(error);
      return;
    }
    for (const listener of this.#listeners) {
      try {
        listener(revoked);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  #signedIn(row: SessionRow | undefined): SignedIn | null {
    if (row === undefined) return null;
    const account = toAccount(row);
    const idle = account.grants.some((grant) => grant.capacity === ADMINISTRATOR) ? IDLE_OF_ADMINISTRATORS : IDLE;
    const expiresAt = Math.min(row.last_seen_at + idle, row.opened_at + ABSOLUTE);
    if (this.#now() >= expiresAt) return null;
    const session: Session = {
      sessionId: row.session_id,
      accountId: row.account_id,
      ...(row.user_agent === null ? {} : { userAgent: row.user_agent }),
      createdAt: row.opened_at,
      lastSeenAt: row.last_seen_at,
      expiresAt,
    };
    return { account, session };
  }
}
