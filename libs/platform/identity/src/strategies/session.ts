import passport from 'passport';
import { cookieName, readCookie } from '../cookies.js';
import type { Headers } from '../request-checks.js';
import type { Sessions, SignedIn } from '../sessions.js';
import { runStrategy } from './run-strategy.js';

export type SignedInWithToken = SignedIn & { readonly token: string };

/** Reads the session's cookie: nobody without one (pass), nobody with one that is not good any more (fail). */
export class SessionStrategy extends passport.Strategy {
  override readonly name = 'comity-session';
  /** Not `#`: Passport runs an object made from this one, which has no private members. */
  private readonly cookie: string;

  constructor(
    private readonly sessions: Sessions,
    publicUrl: string,
  ) {
    super();
    this.cookie = cookieName(publicUrl);
  }

  override authenticate(request: { readonly headers: Headers }): void {
    const header = request.headers['cookie'];
    const token = readCookie(typeof header === 'string' ? header : undefined, this.cookie);
    if (token === undefined) return this.pass();
    this.use(token).then(
      (found) => (found === null ? this.fail('unauthenticated', 401) : this.success({ ...found, token })),
      (error: unknown) => this.error(error),
    );
  }

  private async use(token: string): Promise<SignedIn | null> {
    const found = await this.sessions.find(token);
    if (found !== null) await this.sessions.touch(found.session);
    return found;
  }
}

/** Who sends this request; null for nobody, `ended` for the cookie of a session that is over. */
export async function authenticateSession(
  strategy: SessionStrategy,
  headers: Headers,
): Promise<SignedInWithToken | 'ended' | null> {
  const result = await runStrategy<SignedInWithToken>(strategy, { headers });
  if (result.outcome === 'success') return result.user;
  return result.outcome === 'fail' ? 'ended' : null;
}
