import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** An answer before it is packed. */
export interface Rendered {
  readonly body: string | Buffer;
  readonly type: string;
  readonly lang?: string;
  readonly status?: number;
  /** Seconds for which browsers and proxies may show it without asking. */
  readonly maxAge: number;
  readonly immutable?: boolean;
  /** May stand in a frame of another site. */
  readonly framed?: boolean;
  /** Name under which it is saved. */
  readonly fileName?: string;
}
export interface Answer extends Rendered {
  readonly bytes: Buffer;
  readonly packed: { readonly br: Buffer; readonly gzip: Buffer } | null;
  readonly etag: string;
}

const TEXT = /^(text\/|application\/(json|xml|atom\+xml|akn\+xml|javascript)|image\/svg)/;
const LEAST = 800;

export function answerOf(rendered: Rendered): Answer {
  const bytes = typeof rendered.body === 'string' ? Buffer.from(rendered.body, 'utf8') : rendered.body;
  const packs = TEXT.test(rendered.type) && bytes.length >= LEAST;
  return {
    ...rendered, bytes,
    packed: packs ? { br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }), gzip: gzipSync(bytes, { level: 6 }) } : null,
    // Weak: the packed forms hold the same.
    etag: `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  };
}

/** Coding that is asked for and that there is (RFC 9110, 12.5.3), the smaller first. */
function codingFor(header: string): 'br' | 'gzip' | null {
  const wanted = new Map(header.split(',', 20).map((part) => {
    const [name = '', ...params] = part.trim().toLowerCase().split(';');
    const weight = params.map((p) => p.trim()).find((p) => p.startsWith('q='));
    return [name.trim(), weight === undefined ? 1 : Number(weight.slice(2))] as const;
  }));
  return (['br', 'gzip'] as const).find((coding) => (wanted.get(coding) ?? 0) > 0) ?? null;
}

/** Everybody is sent the same: no cookie is read or set. */
const CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'";

export function send(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const { status = 200, type, lang, maxAge, immutable, framed, fileName, etag } = answer;
  void reply.headers({
    'content-security-policy': `${CSP}; frame-ancestors ${framed ? '*' : "'none'"}`,
    'cache-control': maxAge === 0 ? 'no-store' : `public, max-age=${maxAge}${immutable ? ', immutable' : ''}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    etag,
    ...(answer.packed ? { vary: 'Accept-Encoding' } : {}),
    ...(lang === undefined ? {} : { 'content-language': lang }),
    ...(fileName === undefined ? {} : { 'content-disposition': `attachment; filename="${fileName}"` }),
  });
  if (framed) {
    reply.raw.removeHeader('x-frame-options');
    void reply.header('cross-origin-resource-policy', 'cross-origin');
  }
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim());
  if (status === 200 && (known.includes(etag) || known.includes('*'))) return reply.code(304).send();
  const coding = answer.packed ? codingFor(String(request.headers['accept-encoding'] ?? '')) : null;
  if (coding) void reply.header('content-encoding', coding);
  return reply.code(status).type(type).send(coding && answer.packed ? answer.packed[coding] : answer.bytes);
}

const MOST = 400;
/** Beyond this an act whose label tells the public nothing has been noticed all the same, ms. */
const OLDEST = 60_000;

/** Pages as they were made, until the public record goes on. */
export class Kept {
  readonly #answers = new Map<string, { readonly version: string; readonly made: number; readonly answer: Promise<Answer | null> }>();
  constructor(private readonly now: () => number = Date.now) {}

  /** One that is being made is waited for, not made twice. */
  async get(key: string, version: string, make: () => Promise<Rendered | null>): Promise<Answer | null> {
    const found = this.#answers.get(key);
    if (found && found.version === version && this.now() - found.made < OLDEST) return found.answer;
    const answer = make().then((rendered) => rendered && answerOf(rendered));
    this.#answers.delete(key);
    this.#answers.set(key, { version, made: this.now(), answer });
    if (this.#answers.size > MOST) this.#answers.delete(this.#answers.keys().next().value!);
    const made = await answer.catch((error: unknown) => {
      this.#answers.delete(key);
      throw error;
    });
    // What is not there is not kept: anybody could fill the memory with names.
    if (made === null) this.#answers.delete(key);
    return made;
  }
}
