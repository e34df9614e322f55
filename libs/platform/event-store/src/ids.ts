import { createHash, randomBytes } from 'node:crypto';

const hex = (bytes: Buffer) =>
  `${bytes.toString('hex', 0, 4)}-${bytes.toString('hex', 4, 6)}-${bytes.toString('hex', 6, 8)}-${bytes.toString('hex', 8, 10)}-${bytes.toString('hex', 10, 16)}`;

/** UUID version 7 (RFC 9562 5.7): 48 bits of milliseconds, then randomness. */
export function uuidv7(now = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return hex(bytes);
}

/** UUID version 8 (RFC 9562 5.8) from SHA-256 of the parts: the same parts give the same id, on every node, for ever. */
export function derivedId(...parts: (string | number)[]): string {
  const bytes = createHash('sha256').update(parts.join('\u0000')).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return hex(bytes);
}

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
