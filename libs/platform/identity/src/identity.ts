import { isRefusal, refuse, type Refusal } from '#kernel';
import type { Database, Signals } from '#platform/database';
import { AccountStore } from './account-store.js';
import { cookieName } from './cookies.js';
import { identitySteps } from './database.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { Passwords } from './passwords/passwords.js';
import type { Headers } from './request-checks.js';
import { Sessions, type SignedIn } from './sessions.js';
import { authenticateLocal, localStrategy } from './strategies/local.js';
import { authenticateSession, SessionStrategy, type SignedInWithToken } from './strategies/session.js';
import { Tickets } from './tickets.js';

/** How often what has run out is looked for, so that the sockets of ended sessions close without being used. */
const SWEEP_EVERY = 15_000;

export interface IdentityOptions {
  /** Shared by all nodes, or `openIdentityDatabase`. It stays open: whoever opened it closes it. */
  readonly database: Database;
  readonly signals: Signals;
  readonly publicUrl: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Milliseconds between two sweeps. */
  readonly sweepEvery?: number;
  /** Told of what no caller can be told: a sweep that failed, a listener that did. */
  readonly onError?: (error: unknown) => void;
}

/** Accounts, sessions and tickets over one database, with Passport deciding who somebody is. */
export class Identity {
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly failedSignIns: FailedSignIns;
  readonly #local: ReturnType<typeof localStrategy>;
  readonly #session: SessionStrategy;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> | undefined;

  private constructor({ database, signals, publicUrl, now = Date.now, sweepEvery = SWEEP_EVERY, onError = () => {} }: IdentityOptions) {
    this.accounts = new AccountStore(database, new Passwords(), now);
    this.sessions = new Sessions({ database, signals, accounts: this.accounts, now, onError });
    this.tickets = new Tickets(database, this.sessions, now);
    this.failedSignIns = new FailedSignIns(database, now);
    this.#local = localStrategy(this.accounts);
    this.#session = new SessionStrategy(this.sessions, publicUrl);
    // Where the database is away the next round does the work; none begins before the last has ended.
    this.#timer = setInterval(() => {
      this.#sweeping ??= this.sweep()
        .catch(onError)
        .finally(() => (this.#sweeping = undefined));
    }, sweepEvery).unref();
  }

  /** @throws InsecurePublicUrl, DatabaseUnavailable */
  static async open(options: IdentityOptions): Promise<Identity> {
    cookieName(options.publicUrl);
    await options.database.migrate('identity', identitySteps(options.database.dialect));
    return new Identity(options);
  }

  /** A new session, or `sign-in-failed`, or `sign-in-busy`. */
  async signIn(
    email: unknown,
    password: unknown,
    userAgent?: string,
  ): Promise<(SignedIn & { readonly token: string }) | Refusal> {
    const found = await authenticateLocal(this.#local, email, password);
    return isRefusal(found) ? found : ((await this.sessions.open(found, userAgent)) ?? refuse('sign-in-failed'));
  }

  /** Who sends this request; counts as activity. Null for nobody, `ended` for the cookie of a session that is over. */
  authenticate(headers: Headers): Promise<SignedInWithToken | 'ended' | null> {
    return authenticateSession(this.#session, headers);
  }

  /** Takes away what has run out; by itself every 15 s. */
  async sweep(): Promise<void> {
    await this.sessions.sweep();
    await this.tickets.sweep();
    await this.failedSignIns.sweep();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.sessions.close();
    await this.#sweeping;
  }
}
