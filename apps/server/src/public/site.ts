import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { LANGUAGE_TAGS } from '#platform/i18n';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Bucket } from '../drafting/bucket.js';
import { SERVICES, type Services } from '../services.js';
import { answerOf, Kept, type Rendered, send } from './answers.js';
import { assetAt } from './assets.js';
import { html } from './html.js';
import { layout } from './layout.js';
import { Pages } from './pages.js';
import { parseForm } from './verify/form.js';

const VERIFY_LIMIT = 1024 * 1024;
/** Comparisons of one address: so many at once, so many a second from then on; and for how many addresses that is remembered. */
const [BURST, PER_SECOND, REMEMBERED] = [20, 0.5, 5_000];
const ID = '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$';
const VERSION = /^r\d{1,9}(-c\d{1,4})?(\.[a-z.]{2,8})?$/;
type Params = Readonly<Record<'lang' | 'id' | 'version' | 'file', string>>;
type Query = Readonly<Record<string, unknown>>;
const one = (query: Query, name: string): string | undefined => (typeof query[name] === 'string' && query[name] !== '' ? query[name] : undefined);

/**
 * The public site: HTML that reads without script, the same for everybody. It reads the record as somebody who is not signed in, sets no
 * cookie and looks at none. Its routes are in a scope of their own, so that forms are accepted here and nowhere else.
 */
@Injectable()
export class PublicSite implements OnModuleInit {
  readonly #pages: Pages;
  readonly #kept = new Kept();
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    @Inject(SERVICES) private readonly services: Services,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {
    this.#pages = new Pages(services);
  }

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register((scope, _, done) => {
      this.#routes(scope);
      done();
    }, { prefix: '/public' });
  }

  #routes(scope: FastifyInstance): void {
    // Its own only: what other routes accept is read by them in their own way.
    scope.removeAllContentTypeParsers();
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'application/octet-stream', 'text/plain'])
      scope.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: VERIFY_LIMIT }, (_, body, next) => next(null, body));
    scope.setNotFoundHandler((request, reply) => this.#nothing(request, reply));
    scope.setErrorHandler((error: { statusCode?: number }, request, reply) => this.#failed(error, request, reply));

    // An address without a language, as it stands in files, leads to the one that the reader asks for.
    const inLanguage = (request: FastifyRequest, reply: FastifyReply, path: string) =>
      reply.headers({ vary: 'Accept-Language', 'cache-control': 'public, max-age=300' }).redirect(`/public/${this.services.i18n.negotiate({ acceptLanguage: request.headers['accept-language'] })}${path}`, 302);
    const bare = (request: FastifyRequest, reply: FastifyReply) => {
      const { id = '', version } = request.params as Partial<Params>;
      return new RegExp(ID).test(id) && (version === undefined || VERSION.test(version)) ? inLanguage(request, reply, `/statements/${id}${version === undefined ? '' : `/${version}`}`) : this.#nothing(request, reply);
    };
    scope.get('/', (request, reply) => inLanguage(request, reply, ''));
    scope.get('/statements/:id', bare);
    scope.get('/statements/:id/:version', bare);
    scope.get('/assets/:file', (request, reply) => {
      const asset = assetAt(request.url.split('?')[0]!);
      return asset ? send(request, reply, asset) : this.#nothing(request, reply);
    });
    const page = (path: string, make: (pages: Pages, params: Params, query: Query) => Promise<Rendered | null>, keys: readonly string[] = []) =>
      scope.get(`/:lang${path}`, (request, reply) => this.#page(request, reply, make, keys));
    page('', (pages, { lang }) => pages.home(lang));
    page('/statements', (pages, { lang }, query) => pages.register(lang, { kind: one(query, 'kind') ?? null, parliament: one(query, 'parliament') ?? null, year: one(query, 'year') ?? null, page: numbered(query) }), ['kind', 'parliament', 'year', 'page']);
    page('/statements/:id', (pages, { lang, id }, query) => pages.statement(lang, id, null, one(query, 'text')), ['text']);
    page('/statements/:id/embed', (pages, { lang, id }) => pages.embed(lang, id));
    page('/statements/:id/:version', (pages, { lang, id, version }, query) => pages.statement(lang, id, version, one(query, 'text')), ['text']);
    page('/memoranda', (pages, { lang }) => pages.memoranda(lang));
    page('/memoranda/:id', (pages, { lang, id }) => pages.memorandum(lang, id));
    page('/network', (pages, { lang }) => pages.network(lang));
    page('/timeline', (pages, { lang }, query) => pages.timeline(lang, numbered(query)), ['page']);
    page('/verify', (pages, { lang }, query) => pages.verify(lang, one(query, 'digest')), ['digest']);
    page('/commitments', (pages, { lang }) => pages.commitments(lang));
    page('/feed.atom', (pages, { lang }) => pages.atom(lang));
    page('/calendar.ics', (pages, { lang }) => pages.calendar(lang));
    scope.post('/:lang/verify', { bodyLimit: VERIFY_LIMIT }, (request, reply) => this.#verify(request, reply));
  }

  async #page(request: FastifyRequest, reply: FastifyReply, make: (pages: Pages, params: Params, query: Query) => Promise<Rendered | null>, keys: readonly string[]): Promise<FastifyReply> {
    const params = request.params as Params;
    if (!LANGUAGE_TAGS.includes(params.lang) || (params.id !== undefined && !new RegExp(ID).test(params.id))) return this.#nothing(request, reply);
    const query = request.query as Query;
    // Only what the page knows of makes it another one: whatever else stands in an address is the same page.
    const asked = keys.flatMap((key) => (one(query, key) === undefined ? [] : [`${key}=${one(query, key)!.slice(0, 80)}`]));
    const [path = ''] = request.url.split('?');
    const answer = await this.#kept.get(`${path.replace(/\/$/, '')}?${asked.join('&')}`, await this.#pages.version(), () => make(this.#pages, params, query));
    return answer === null ? this.#nothing(request, reply) : send(request, reply, answer);
  }

  async #verify(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { lang } = request.params as Params;
    if (!LANGUAGE_TAGS.includes(lang)) return this.#nothing(request, reply);
    const wait = this.#bucket(request.ip).take();
    if (wait > 0) return this.#error(request, reply.header('retry-after', String(Math.ceil(wait / 1000))), 429);
    const submitted = Buffer.isBuffer(request.body) ? parseForm(request.headers['content-type'] ?? '', request.body) : null;
    if (submitted === null) return this.#error(request, reply, 415);
    return send(request, reply, answerOf(await this.#pages.verified(lang, submitted)));
  }
  #bucket(address: string): Bucket {
    const found = this.#buckets.get(address) ?? new Bucket(BURST, PER_SECOND);
    this.#buckets.delete(address);
    this.#buckets.set(address, found);
    // The one that was longest without a comparison is full again.
    if (this.#buckets.size > REMEMBERED) this.#buckets.delete(this.#buckets.keys().next().value!);
    return found;
  }

  /** Another method at an address that there is, or no such page. */
  #nothing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const [path = ''] = request.url.split('?');
    if (['GET', 'HEAD'].includes(request.method)) return this.#error(request, reply, 404);
    const allow = /^\/public\/[a-z]{2}\/verify\/?$/.test(path) ? 'GET, HEAD, POST' : 'GET, HEAD';
    return this.#error(request, reply.header('allow', allow), 405);
  }
  #failed(error: { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const status = error.statusCode ?? 500;
    // The path may be logged; what was sent may not.
    if (status >= 500) this.services.log.error({ err: error, method: request.method, path: request.routeOptions.url }, 'a page of the public site failed');
    return this.#error(request, reply, status >= 500 ? 500 : [413, 415].includes(status) ? status : 400);
  }
  #error(request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply {
    const asked = /^\/public\/([a-z]{2})(?:\/|\?|$)/.exec(request.url)?.[1];
    const lang = asked !== undefined && LANGUAGE_TAGS.includes(asked) ? asked : this.services.i18n.negotiate({ acceptLanguage: request.headers['accept-language'] });
    const voice = this.#pages.voice(lang);
    const title = voice.say(`error.${status}`);
    const body = html`<header class="heading"><h1>${title}</h1><p class="lead"><a href="/public/${lang}">${voice.say('to-home')}</a></p></header>`;
    return send(request, reply, answerOf({ body: layout(voice, this.#pages.siteOf(null), { title, body, path: '', at: 'home' }).text, type: 'text/html; charset=utf-8', lang, status, maxAge: 0 }));
  }
}

const numbered = (query: Query): number => {
  const page = Number(one(query, 'page') ?? 1);
  return Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1;
};
