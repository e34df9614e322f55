import { createHmac, timingSafeEqual } from 'node:crypto';
import { isLoopback } from './cookies.js';

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The header in which every mutation sends the token again: another site cannot set it. */
export const CSRF_HEADER = 'x-comity-csrf';

/** Bound to the session: made from its token, so nothing is stored and it ends with it. */
export const csrfToken = (sessionToken: string): string =>
  createHmac('sha256', sessionToken).update('comity-csrf').digest('base64url');

export function checkCsrf(headers: Headers, sessionToken: string): boolean {
  const sent = Buffer.from(one(headers[CSRF_HEADER]) ?? '');
  const expected = Buffer.from(csrfToken(sessionToken));
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}

/**
 * Does this request come from our own pages? By `Sec-Fetch-Site` and `Origin`, whichever is sent; both must agree.
 * A request with neither is no browser's: it is let through, and needs the CSRF header like any other.
 * The same for a WebSocket handshake, whose Origin socket.io does not check.
 */
export function checkSameSite(headers: Headers, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = headers['origin'];
  return origin === undefined || sameOrigin(origin, new URL(publicUrl));
}

function sameOrigin(origin: string | readonly string[], own: URL): boolean {
  const text = one(origin);
  if (text === undefined || !URL.canParse(text)) return false;
  const other = new URL(text);
  if (other.origin === own.origin) return true;
  // `localhost`, `127.0.0.1` and `[::1]` are one machine.
  return (
    own.protocol === 'http:' && other.protocol === 'http:' && other.port === own.port && isLoopback(own) && isLoopback(other)
  );
}

/** Mutations carry JSON: what a form of another site can send never is. */
export const isJson = (headers: Headers): boolean =>
  /^application\/(?:[\w.+-]+\+)?json\s*(;|$)/i.test(one(headers['content-type']) ?? '');

/** A header that is sent twice is none. */
const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
