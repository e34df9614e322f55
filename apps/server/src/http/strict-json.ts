import type { FastifyInstance } from 'fastify';
import { problem, type Problem } from './problem.js';

/** What parsers read differently, a signature or a digest must never depend on (RFC 8259, sections 4 and 6; RFC 7493, I-JSON). */
export class NotStrict extends Error {
  constructor(
    readonly reason: 'syntax' | 'duplicateKey' | 'forbiddenKey' | 'number' | 'text',
    /** The key or number that it is about. */
    readonly at = '',
  ) {
    super(reason);
  }
}

/** A whole string, or one sign that opens, closes or separates. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

/** Keys that stand twice in one object; the text is known to be valid JSON. */
function refuseDuplicates(text: string): void {
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const key = JSON.parse(last) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) throw new NotStrict('duplicateKey', key);
      keys?.add(key);
    }
    last = token;
  }
}

/**
 * Parses JSON text, UTF-8.
 * @throws NotStrict for a duplicate key, `__proto__`, a number that a double cannot hold exactly or at all, and half of a surrogate pair
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text, (key, found: unknown, context?: { source?: string }) => {
      if (key === '__proto__') throw new NotStrict('forbiddenKey', key);
      if (!key.isWellFormed() || (typeof found === 'string' && !found.isWellFormed())) throw new NotStrict('text', key.toWellFormed());
      if (typeof found === 'number' && (!Number.isFinite(found) || (Number.isInteger(found) && !Number.isSafeInteger(found))))
        throw new NotStrict('number', context?.source ?? String(found));
      return found;
    });
  } catch (error) {
    throw error instanceof NotStrict ? error : new NotStrict('syntax');
  }
  refuseDuplicates(text);
  return value;
}

const refused = (error: unknown): Problem =>
  error instanceof NotStrict ? problem(400, 'invalid-json', { reason: error.reason, at: error.at }) : problem(400, 'invalid-json', { reason: 'syntax', at: '' });

/** The only parser of the server beside that of uploads (uploads.ts): a body that says it is anything but JSON is answered with 415. */
export function acceptStrictJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_, body, done) => {
    try {
      done(null, parseStrictJson(body));
    } catch (error) {
      done(refused(error), undefined);
    }
  });
}
