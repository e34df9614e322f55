import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { refuse, type Refusal } from '#kernel';
import { Busy, Gate } from './gate.js';

/** OWASP's least figures for argon2id: 19 MiB, two passes, one lane (cheatsheetseries.owasp.org, Password Storage). */
const COST = { memory: 19 * 1024, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
/** At most two at once: two of 19 MiB keep a small machine's other work going. */
const AT_ONCE = 2;
/** The longest queue: about a second of waiting at 50 ms each. */
const WAITING = 32;

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const derive = (password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // One spelling of an accented letter, whichever keyboard wrote it (RFC 8265, OpaqueString).
    const message = Buffer.from(password.normalize('NFC'), 'utf8');
    argon2('argon2id', { message, nonce, tagLength, ...cost }, (error, key) => (error ? reject(error) : resolve(key)));
  });

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Hashes and verifies passwords by argon2id, stored as PHC strings so that the cost can be raised later. */
export class Passwords {
  readonly #gate = new Gate(AT_ONCE, WAITING);
  /** What is verified where there is no account or no password: nobody knows its word. */
  readonly #nobody = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=1$${base64(randomBytes(16))}$${base64(randomBytes(TAG_BYTES))}`;

  /** Waits as long as it must: only somebody who is signed in can have a password hashed. */
  hash(password: string): Promise<string> {
    return this.#gate.wait(async () => {
      const nonce = randomBytes(16);
      const tag = await derive(password, nonce, COST, TAG_BYTES);
      return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(nonce)}$${base64(tag)}`;
    });
  }

  /** The same work with no hash (`null`, always false) as with one. Refused with `sign-in-busy` when the queue is full. */
  async verify(password: string, stored: string | null): Promise<boolean | Refusal> {
    const [, m, t, p, nonce = '', tag = ''] = PHC.exec(stored ?? this.#nobody) ?? [];
    if (m === undefined) throw new Error('a stored password hash is not a PHC string of argon2id');
    const expected = Buffer.from(tag, 'base64');
    const cost = { memory: Number(m), passes: Number(t), parallelism: Number(p) };
    try {
      const found = await this.#gate.enter(() => derive(password, Buffer.from(nonce, 'base64'), cost, expected.length));
      return timingSafeEqual(found, expected) && stored !== null;
    } catch (error) {
      if (error instanceof Busy) return refuse('sign-in-busy', { retryAfter: 2 });
      throw error;
    }
  }
}
