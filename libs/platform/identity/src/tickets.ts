import type { Database } from '#platform/database';
import { skippingLocked } from './database.js';
import { hashToken, newToken, type Sessions, type SignedIn } from './sessions.js';

/** How long a ticket is good, in ms. */
export const TICKET_LIFE = 30_000;
/** Unused tickets of one session; a new one puts the oldest out. */
const OPEN_AT_ONCE = 8;

/** Whoever writes to a session's row holds it: tickets that are asked for at once are given one after the other, so that none is too many. */
const HOLD = 'UPDATE sessions SET last_seen_at = last_seen_at WHERE session_id = ?';
const PUT_OUT = `DELETE FROM tickets WHERE session_id = ? AND number NOT IN (
  SELECT number FROM tickets WHERE session_id = ? AND expires_at > ? ORDER BY number DESC LIMIT ${OPEN_AT_ONCE - 1})`;
const ADD = 'INSERT INTO tickets (token_hash, session_id, expires_at) VALUES (?, ?, ?)';

/**
 * A socket opens with a ticket that was fetched over the signed-in session: good once, for 30 s, on whatever node, and only while
 * that session lasts. Only its SHA-256 is kept.
 */
export class Tickets {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly now: () => number = Date.now,
  ) {}

  async issue(sessionId: string): Promise<{ readonly ticket: string; readonly expiresAt: number }> {
    const ticket = newToken();
    const now = this.now();
    const expiresAt = now + TICKET_LIFE;
    await this.database.batch([
      { sql: HOLD, values: [sessionId] },
      { sql: PUT_OUT, values: [sessionId, sessionId, now] },
      { sql: ADD, values: [hashToken(ticket), sessionId, expiresAt] },
    ]);
    return { ticket, expiresAt };
  }

  /** Who opened it; null for one that is unknown, used, too old, or of a session that has ended. It is used up either way. */
  async redeem(ticket: string): Promise<SignedIn | null> {
    const found = await this.database.get<{ session_id: string; expires_at: number }>(
      'DELETE FROM tickets WHERE token_hash = ? RETURNING session_id, expires_at',
      [hashToken(ticket)],
    );
    return found && this.now() < found.expires_at ? this.sessions.findById(found.session_id) : null;
  }

  /** Takes away those that are too old. */
  async sweep(): Promise<void> {
    await this.database.run(
      `DELETE FROM tickets WHERE number IN (SELECT number FROM tickets WHERE expires_at <= ? ${skippingLocked(this.database)})`,
      [this.now()],
    );
  }
}
