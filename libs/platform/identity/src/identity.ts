import { isRefusal, type Refusal } from '#kernel';
import type { DatabaseSync } from 'node:sqlite';
import { AccountStore } from './account-store.js';
import { openIdentityDatabase } from './database.js';
import { Passwords } from './passwords/passwords.js';
import type { Headers } from './request-checks.js';
import { Sessions, type SignedIn } from './sessions.js';
import { authenticateLocal, localStrategy } from './strategies/local.js';
import { authenticateSession, SessionStrategy, type SignedInWithToken } from './strategies/session.js';
import { Tickets } from './tickets.js';

export interface IdentityOptions {
  /** The data folder. */
  readonly folder: string;
  readonly publicUrl: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Accounts, sessions and tickets over one file, with Passport deciding who somebody is. */
export class Identity {
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly #db: DatabaseSync;
  readonly #local: ReturnType<typeof localStrategy>;
  readonly #session: SessionStrategy;

  constructor({ folder, publicUrl, now = Date.now }: IdentityOptions) {
    this.#db = openIdentityDatabase(folder);
    this.accounts = new AccountStore(this.#db, new Passwords(), now);
    this.sessions = new Sessions(this.#db, this.accounts, now);
    this.tickets = new Tickets(this.sessions, now);
    this.#local = localStrategy(this.accounts);
    this.#session = new SessionStrategy(this.sessions, publicUrl);
  }

  /** A new session, or `sign-in-failed`, or `sign-in-busy`. */
  async signIn(
    email: unknown,
    password: unknown,
    userAgent?: string,
  ): Promise<(SignedIn & { readonly token: string }) | Refusal> {
    const found = await authenticateLocal(this.#local, email, password);
    return isRefusal(found) ? found : this.sessions.open(found, userAgent);
  }

  /** Who sends this request; counts as activity. Null for nobody, `ended` for the cookie of a session that is over. */
  authenticate(headers: Headers): Promise<SignedInWithToken | 'ended' | null> {
    return authenticateSession(this.#session, headers);
  }

  close(): void {
    this.sessions.close();
    this.#db.close();
  }
}
