import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { checkSameSite } from '#platform/identity';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Server, ServerOptions } from 'socket.io';
import { AppModule } from './app.module.js';
import { serveDocumentation } from './http/documentation.js';
import { acceptStrictJson } from './http/strict-json.js';
import { refuseOtherMethods } from './http/methods.js';
import { observeRequests } from './http/telemetry.js';
import { acceptUploads } from './http/uploads.js';
import { admit } from './http/viewer.js';
import type { Services } from './services.js';

const BODY_LIMIT = 64 * 1024;
/** workspace.md 3.2; React Aria writes one inline style element, whose hash is fixed. */
const CSP = {
  defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'", "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'"],
  connectSrc: ["'self'"], manifestSrc: ["'self'"], workerSrc: ["'self'"], baseUri: ["'none'"], formAction: ["'self'"], frameAncestors: ["'none'"],
  requireTrustedTypesFor: ["'script'"],
};

class Sockets extends IoAdapter {
  constructor(app: NestFastifyApplication, private readonly publicUrl: string) {
    super(app);
  }
  override createIOServer(port: number, options?: ServerOptions): Server {
    const settings: Partial<ServerOptions> = {
      ...options,
      serveClient: false, perMessageDeflate: false, httpCompression: false, maxHttpBufferSize: 256 * 1024, transports: ['websocket', 'polling'],
      // The `cors` option does not look at a WebSocket's Origin: this does.
      allowRequest: (request, answer) => answer(null, checkSameSite({ origin: request.headers.origin }, this.publicUrl)),
    };
    return super.createIOServer(port, settings as ServerOptions) as Server;
  }
  /** Ends the sockets only: the HTTP server is Fastify's to close. Awaited from here it would go on serving connections that are never idle. */
  override close(server: Pick<Server, 'disconnectSockets'> & Partial<Pick<Server, 'engine'>>): Promise<void> {
    server.disconnectSockets(true);
    server.engine?.close();
    return Promise.resolve();
  }
}

/** The application over services that are open; listening and closing are the caller's. */
export async function createApp(services: Services, webRoot: string): Promise<NestFastifyApplication> {
  const { COMITY_TRUST_PROXY: trustProxy } = services.config;
  const adapter = new FastifyAdapter({ ...(trustProxy === undefined ? {} : { trustProxy }), bodyLimit: BODY_LIMIT, requestTimeout: 30_000, connectionTimeout: 35_000, http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 }, forceCloseConnections: 'idle', routerOptions: { ignoreTrailingSlash: true } });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(services), adapter, { logger: false, abortOnError: false, bodyParser: false });
  app.useSecurityHeaders({ contentSecurityPolicy: { useDefaults: false, directives: CSP }, strictTransportSecurity: services.config.publicUrl.startsWith('https:') } as never);
  const roles = new Set(services.config.COMITY_ROLES);
  if (roles.has('live')) app.useWebSocketAdapter(new Sockets(app, services.config.publicUrl));
  const fastify = app.getHttpAdapter().getInstance();
  observeRequests(fastify, services);
  const hook = admit(services, refuseOtherMethods(fastify));
  fastify.addHook('preParsing', async (request, reply) => {
    if (/^\/(?:api|files)\//.test(request.url)) await hook(request, reply);
  });
  acceptStrictJson(fastify);
  acceptUploads(fastify);
  letGo(fastify);
  if (roles.has('api')) {
    serveDocumentation(app);
    if (existsSync(webRoot)) serveWorkspace(app, webRoot);
  }
  app.enableShutdownHooks([]);
  return app;
}

/** What is answered while the server closes is the last of its connection; one that has fallen idle since would hold the stop until its keep-alive ends. */
function letGo(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    const sweep = setInterval(() => fastify.server.closeIdleConnections(), 250);
    fastify.server.once('close', () => clearInterval(sweep));
    done();
  });
  fastify.addHook('onSend', (_, reply, __, done) => {
    if (closing) void reply.header('connection', 'close');
    done();
  });
}

/** Files with a hash in their name are kept by browsers; every other path that is not of the API is the workspace's own. */
function serveWorkspace(app: NestFastifyApplication, root: string): void {
  app.useStaticAssets({
    root, wildcard: false, index: false, decorateReply: true,
    setHeaders: (reply: { header(name: string, value: string): unknown }, path: string) =>
      reply.header('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
  } as never);
  const fastify = app.getHttpAdapter().getInstance();
  const page = (_: FastifyRequest, reply: { header(n: string, v: string): unknown; sendFile(name: string, root: string): unknown }) => {
    reply.header('cache-control', 'no-cache');
    return reply.sendFile('index.html', root);
  };
  for (const path of ['/', '/groups', '/groups/*', '/people', '/people/*', '/parliaments', '/parliaments/*', '/partners', '/partners/*', '/network', '/joining', '/joining/*', '/decisions', '/decisions/*', '/meetings', '/meetings/*', '/mous', '/mous/*', '/statements', '/statements/*', '/translate', '/translate/*', '/terms', '/record', '/record/*', '/activity', '/inbox', '/search', '/sign-in'])
    fastify.get(path, page as never);
}
