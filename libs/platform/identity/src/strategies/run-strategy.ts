import type { Strategy } from 'passport';

export type Outcome<U> =
  | { readonly outcome: 'success'; readonly user: U; readonly info: unknown }
  | { readonly outcome: 'fail'; readonly challenge: unknown; readonly status: number | undefined }
  | { readonly outcome: 'pass' };

/**
 * Runs a Passport strategy without Express: Passport's own middleware does the same, it makes an object from the strategy
 * and gives it `success`, `fail`, `pass`, `error` and `redirect` (passport/lib/middleware/authenticate.js). So every strategy
 * of Passport can be added, and Fastify needs no `req.logIn`, no express-session and no @fastify/passport.
 * Rejects with what the strategy calls an error: a bug or an outage, never a refusal.
 */
export function runStrategy<U>(strategy: Strategy, request: object, options: object = {}): Promise<Outcome<U>> {
  return new Promise((resolve, reject) => {
    const running = Object.create(strategy) as { authenticate(request: object, options: object): void };
    Object.assign(running, {
      success: (user: U, info?: unknown) => resolve({ outcome: 'success', user, info }),
      fail: (challenge?: unknown, status?: number) => resolve({ outcome: 'fail', challenge, status }),
      pass: () => resolve({ outcome: 'pass' }),
      error: (error: unknown) => reject(error instanceof Error ? error : new Error('a strategy failed', { cause: error })),
      redirect: () => reject(new Error('a strategy that redirects needs a route of its own')),
    });
    running.authenticate(request, options);
  });
}
