import type { FieldIssue } from '#platform/event-store';
import { issue } from '../account.js';
import { COMMON } from './common.js';

/** NIST SP 800-63B-4, 3.1.1.2: length instead of composition, no rotation, a blocklist, and what is known of the person. */
export const MIN_PASSWORD = 15;
/** Longer words add nothing; 64 at least must be allowed. */
export const MAX_PASSWORD = 256;
/** Parts of a name or an address that are shorter stand in too many innocent words. */
const PART = 4;

const folded = (text: string) => text.normalize('NFKC').toLowerCase();
const letters = (text: string) => folded(text).replace(/[^\p{L}\p{N}]+/gu, '');
const common = new Set(COMMON.map(letters));

/** `abcabcabcabcabc`, `111111111111111`: a unit of at most five characters, again and again. */
const repeats = (text: string) => /^(.{1,5}?)\1{2,}.{0,4}$/u.test(text);

/** `123456789012345`, `abcdefghijklmno`, forwards or backwards, with one step between all neighbours. */
function runs(text: string): boolean {
  const codes = Array.from(text, (c) => c.codePointAt(0)!);
  const steps = codes.slice(1).map((code, i) => code - codes[i]!);
  const usual = steps.filter((s) => s === 1 || s === -9).length;
  const back = steps.filter((s) => s === -1 || s === 9).length;
  return Math.max(usual, back) >= steps.length - 1;
}

/** Why this cannot be the password of this person; empty when it can. Counted in characters, not in bytes. */
export function passwordIssues(
  password: unknown,
  owner: { readonly email?: string; readonly displayName?: string },
): FieldIssue[] {
  if (typeof password !== 'string') return [issue('password', 'invalid_type', { expected: 'string' })];
  const length = [...password.normalize('NFC')].length;
  if (length < MIN_PASSWORD) return [issue('password', 'password-too-short', { minimum: MIN_PASSWORD })];
  if (length > MAX_PASSWORD) return [issue('password', 'password-too-long', { maximum: MAX_PASSWORD })];
  const word = letters(password);
  if (word.length < PART || common.has(word) || common.has(word.replace(/\d+$/, '')) || repeats(word) || runs(word))
    return [issue('password', 'password-common')];
  if (partsOf(owner).some((part) => word.includes(part))) return [issue('password', 'password-contains-account')];
  return [];
}

function partsOf({ email, displayName }: { readonly email?: string; readonly displayName?: string }): string[] {
  const mailbox = typeof email === 'string' ? (email.split('@')[0] ?? '') : '';
  const name = typeof displayName === 'string' ? displayName : '';
  return [mailbox, ...mailbox.split(/[._+-]/), name, ...name.split(/[\s'’-]+/)]
    .map(letters)
    .filter((part) => part.length >= PART);
}
