import { isRefusal, refuse, type Refusal } from '#kernel';
import { Strategy as LocalStrategy } from 'passport-local';
import type { AccountStore, VerifiedAccount } from '../account-store.js';
import { runStrategy } from './run-strategy.js';

/** E-mail and password. What it was that did not fit is told to nobody. */
export const localStrategy = (accounts: AccountStore): LocalStrategy =>
  new LocalStrategy({ usernameField: 'email', passwordField: 'password', session: false }, (email, password, done) => {
    accounts.verify(email, password).then(
      (found) => {
        if (found === null) done(null, false);
        else if (isRefusal(found)) done(null, false, found as never);
        else done(null, found);
      },
      (error: unknown) => done(error),
    );
  });

/** The account, or a refusal: `sign-in-failed`, or `sign-in-busy`, which may be tried again after `retryAfter` seconds. */
export async function authenticateLocal(strategy: LocalStrategy, email: unknown, password: unknown): Promise<VerifiedAccount | Refusal> {
  if (typeof email !== 'string' || typeof password !== 'string') return refuse('sign-in-failed');
  const result = await runStrategy<VerifiedAccount>(strategy, { body: { email, password } });
  if (result.outcome === 'success') return result.user;
  return result.outcome === 'fail' && isRefusal(result.challenge) ? result.challenge : refuse('sign-in-failed');
}
