import { ABSOLUTE } from './sessions.js';

/** The public address is plain HTTP and not this machine: a session cookie would travel in the clear. */
export class InsecurePublicUrl extends Error {}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
export const isLoopback = (url: URL): boolean => LOOPBACK.test(url.hostname);

/** `__Host-comity` over HTTPS: bound to the host by the browser itself (RFC 6265bis 4.1.3.2). @throws InsecurePublicUrl */
export function cookieName(publicUrl: string): string {
  const url = new URL(publicUrl);
  if (url.protocol === 'https:') return '__Host-comity';
  if (isLoopback(url)) return 'comity';
  throw new InsecurePublicUrl(`${url.origin} is neither https nor this machine: sign-in would not be safe`);
}

/** The value of `Set-Cookie`. */
export const sessionCookie = (token: string, publicUrl: string): string => cookie(token, ABSOLUTE / 1000, publicUrl);
export const clearedCookie = (publicUrl: string): string => cookie('', 0, publicUrl);

function cookie(value: string, maxAge: number, publicUrl: string): string {
  const name = cookieName(publicUrl);
  const secure = name.startsWith('__Host-') ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

/** The value of a cookie in a `Cookie` header; undefined where it is not there or there twice. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const found = (header ?? '').split(';').flatMap((pair) => {
    const [key = '', ...value] = pair.split('=');
    return key.trim() === name ? [value.join('=').trim()] : [];
  });
  return found.length === 1 && found[0] !== '' ? found[0] : undefined;
}
