import { hashToken, newToken, type Sessions, type SignedIn } from './sessions.js';

/** How long a ticket is good, in ms. */
export const TICKET_LIFE = 30_000;
/** Unused tickets of one session; a new one puts the oldest out. */
const OPEN_AT_ONCE = 8;

interface Ticket {
  readonly sessionId: string;
  readonly expiresAt: number;
}

/**
 * A socket opens with a ticket that was fetched over the signed-in session: good once, for 30 s, and only while that session lasts.
 * Kept in memory: a restart closes the sockets too.
 */
export class Tickets {
  readonly #open = new Map<string, Ticket>();

  constructor(
    private readonly sessions: Sessions,
    private readonly now: () => number = Date.now,
  ) {}

  issue(sessionId: string): { readonly ticket: string; readonly expiresAt: number } {
    this.#forget(sessionId);
    const ticket = newToken();
    const expiresAt = this.now() + TICKET_LIFE;
    this.#open.set(key(ticket), { sessionId, expiresAt });
    return { ticket, expiresAt };
  }

  /** Who opened it; null for one that is unknown, used, too old, or of a session that has ended. It is used up either way. */
  redeem(ticket: string): SignedIn | null {
    const found = this.#open.get(key(ticket));
    this.#open.delete(key(ticket));
    return found && this.now() < found.expiresAt ? this.sessions.findById(found.sessionId) : null;
  }

  #forget(sessionId: string): void {
    const now = this.now();
    for (const [id, ticket] of this.#open) if (now >= ticket.expiresAt) this.#open.delete(id);
    const own = [...this.#open].filter(([, ticket]) => ticket.sessionId === sessionId);
    for (const [id] of own.slice(0, Math.max(0, own.length - OPEN_AT_ONCE + 1))) this.#open.delete(id);
  }
}

const key = (ticket: string): string => hashToken(ticket).toString('base64url');
