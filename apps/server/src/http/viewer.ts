import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ANONYMOUS, type Viewer } from '#platform/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkCsrf, checkSameSite, isJson, viewerOf } from '#platform/identity';
import type { Services } from '../services.js';
import { problem } from './problem.js';
import { isBytes, isUpload } from './uploads.js';

declare module 'fastify' {
  interface FastifyRequest {
    viewer?: Viewer;
    /** Of the session that sent it. */
    sessionToken?: string;
    lang?: string;
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Before every handler: who asks and in what language; and for mutations, that they come from our own pages. @throws Problem */
export function admit({ identity, i18n, config }: Services, refuseMethod: (request: FastifyRequest) => void) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const signedIn = await identity.authenticate(request.headers);
    request.viewer = signedIn === null || signedIn === 'ended' ? ANONYMOUS : viewerOf(signedIn);
    request.lang = i18n.negotiate({
      ...(request.viewer.account ? { setting: request.viewer.account.language } : {}),
      query: (request.query as { lang?: unknown }).lang,
      cookie: request.headers.cookie,
      acceptLanguage: request.headers['accept-language'],
    });
    void reply.header('content-language', request.lang).header('vary', 'Accept-Language, Cookie');
    refuseMethod(request);
    if (SAFE.has(request.method)) return;
    if (!checkSameSite(request.headers, config.publicUrl)) throw problem(403, 'csrf');
    if (isUpload(request)) {
      if (!isBytes(request.headers['content-type'])) throw problem(415, 'bytes-only');
      // Nobody's bytes are read.
      if (signedIn === null) throw problem(401, 'unauthenticated');
    } else if (request.method !== 'DELETE' && !isJson(request.headers)) throw problem(415, 'json-only');
    if (signedIn === 'ended') throw problem(401, 'session-ended');
    if (signedIn !== null) {
      if (!checkCsrf(request.headers, signedIn.token)) throw problem(403, 'csrf');
      request.sessionToken = signedIn.token;
    }
  };
}

/** Who asks. */
export const Asking = createParamDecorator((_: unknown, context: ExecutionContext): Viewer => context.switchToHttp().getRequest<FastifyRequest>().viewer ?? ANONYMOUS);
/** The language of the answer. */
export const Lang = createParamDecorator((_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest<FastifyRequest>().lang ?? 'en');
