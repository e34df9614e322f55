import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Account } from './account.js';
import type { AccountEnd, AccountStore } from './account-store.js';

const MINUTE = 60_000;
/** Longest silence, in ms. */
export const IDLE = 30 * MINUTE;
export const IDLE_OF_ADMINISTRATORS = 15 * MINUTE;
/** Longest life, in ms, whatever is done in it. */
export const ABSOLUTE = 12 * 60 * MINUTE;
/** The place of last activity is written at most this often, so that reading costs no fsync; a session may end that much early. */
const TOUCH_EVERY = MINUTE;
/** How often ended sessions are looked for, so that their sockets close without being used. */
const SWEEP_EVERY = 15_000;

export type SessionEnd = AccountEnd | 'signed-out' | 'revoked' | 'expired';

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
export interface Revoked {
  readonly sessionId: string;
  readonly accountId: string;
  readonly why: SessionEnd;
}

interface SessionRow {
  session_id: string;
  account_id: string;
  user_agent: string | null;
  created_at: number;
  last_seen_at: number;
}

const COLUMNS = 'session_id, account_id, user_agent, created_at, last_seen_at';
const statements = (db: DatabaseSync) => ({
  add: db.prepare(
    'INSERT INTO sessions (token_hash, session_id, account_id, user_agent, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?)',
  ),
  byToken: db.prepare(`SELECT ${COLUMNS} FROM sessions WHERE token_hash = ?`),
  byId: db.prepare(`SELECT ${COLUMNS} FROM sessions WHERE session_id = ?`),
  ofAccount: db.prepare(`SELECT ${COLUMNS} FROM sessions WHERE account_id = ? ORDER BY created_at DESC, session_id`),
  all: db.prepare(`SELECT ${COLUMNS} FROM sessions`),
  touch: db.prepare('UPDATE sessions SET last_seen_at = ? WHERE session_id = ?'),
  remove: db.prepare('DELETE FROM sessions WHERE session_id = ?'),
});

export const hashToken = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Opaque 256-bit tokens, of which only the SHA-256 is kept: who reads the file cannot become anybody. */
export class Sessions {
  readonly #sql: ReturnType<typeof statements>;
  readonly #listeners = new Set<(revoked: Revoked) => void>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    db: DatabaseSync,
    private readonly accounts: AccountStore,
    private readonly now: () => number = Date.now,
  ) {
    this.#sql = statements(db);
    accounts.onEnd((accountId, why) => this.revokeAll(accountId, why));
    this.#timer = setInterval(() => this.sweep(), SWEEP_EVERY).unref();
  }

  /** A new session, with a new token each time: a token that was there before signing in never becomes signed in. */
  open(account: Account, userAgent?: string): SignedIn & { readonly token: string } {
    const token = newToken();
    const now = this.now();
    const sessionId = randomUUID();
    this.#sql.add.run(hashToken(token), sessionId, account.accountId, userAgent?.slice(0, 400) ?? null, now, now);
    return { token, ...this.#signedIn(this.#sql.byId.get(sessionId))! };
  }

  /** Who this is; null for a token that is unknown, ended or of a disabled account. Does not count as activity. */
  find(token: string): SignedIn | null {
    return this.#signedIn(this.#sql.byToken.get(hashToken(token)));
  }
  findById(sessionId: string): SignedIn | null {
    return this.#signedIn(this.#sql.byId.get(sessionId));
  }

  /** Something was done in it. Cheap: most calls write nothing. */
  touch(session: Session): void {
    const now = this.now();
    if (now - session.lastSeenAt >= TOUCH_EVERY) this.#sql.touch.run(now, session.sessionId);
  }

  /** Those in which something can still be done, newest first. */
  list(accountId: string): readonly Session[] {
    return (this.#sql.ofAccount.all(accountId) as unknown[]).flatMap((row) => this.#signedIn(row)?.session ?? []);
  }

  /** Every listener has been told when this returns. False when it was not there. */
  revoke(sessionId: string, why: SessionEnd = 'revoked'): boolean {
    const row = this.#sql.byId.get(sessionId) as unknown as SessionRow | undefined;
    if (row === undefined || this.#sql.remove.run(sessionId).changes === 0) return false;
    let failure: unknown;
    for (const listener of this.#listeners) {
      try {
        listener({ sessionId, accountId: row.account_id, why });
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    return true;
  }

  /** All of an account's, but for the one in which it is asked. */
  revokeAll(accountId: string, why: SessionEnd = 'revoked', except?: string): number {
    const rows = this.#sql.ofAccount.all(accountId) as unknown as SessionRow[];
    return rows.filter((row) => row.session_id !== except && this.revoke(row.session_id, why)).length;
  }

  /** Called at once when a session ends, for whatever reason: its sockets are closed here. Gives back how to stop listening. */
  onRevoked(listener: (revoked: Revoked) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends what has run out; by itself every 15 s. */
  sweep(): void {
    for (const row of this.#sql.all.all() as unknown as SessionRow[]) {
      if (this.#signedIn(row) === null) this.revoke(row.session_id, 'expired');
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #signedIn(found: unknown): SignedIn | null {
    if (found === undefined) return null;
    const row = found as SessionRow;
    const account = this.accounts.find(row.account_id);
    if (account === undefined || account.disabledAt !== undefined) return null;
    const idle = account.grants.some((grant) => grant.capacity === 'administrator') ? IDLE_OF_ADMINISTRATORS : IDLE;
    const expiresAt = Math.min(row.last_seen_at + idle, row.created_at + ABSOLUTE);
    if (this.now() >= expiresAt) return null;
    const session: Session = {
      sessionId: row.session_id,
      accountId: row.account_id,
      ...(row.user_agent === null ? {} : { userAgent: row.user_agent }),
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      expiresAt,
    };
    return { account, session };
  }
}
