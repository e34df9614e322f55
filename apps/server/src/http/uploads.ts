import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from './problem.js';

/** In bytes; every other route takes JSON of 64 kB (security.md, rule 13). */
export const UPLOAD_LIMIT = 10 * 1024 * 1024;

/**
 * The routes that take the bytes of a file, and nothing else: method and address as they are registered.
 * The media type is `application/octet-stream`, which a form of another site cannot send; CSRF header and session are asked of them as of every mutation.
 */
export const UPLOAD_ROUTES: ReadonlySet<string> = new Set([
  'POST /api/v1/translations/:id/compare',
  'POST /api/v1/translations/:id/import',
  'POST /api/v1/terms/compare',
  'POST /api/v1/terms/import',
  'POST /api/v1/imports/clauses',
  'POST /api/v1/attachments',
]);

export const isUpload = ({ method, routeOptions }: FastifyRequest): boolean => UPLOAD_ROUTES.has(`${method} ${routeOptions?.url}`);
export const isBytes = (type: string | undefined): boolean => /^application\/octet-stream\s*(;|$)/i.test(type ?? '');

/** Bytes are read on the routes above, up to their limit. To be called before routes are added. */
export function acceptUploads(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if ([route.method].flat().some((method) => UPLOAD_ROUTES.has(`${method} ${route.url}`))) route.bodyLimit = UPLOAD_LIMIT;
  });
  fastify.addContentTypeParser<Buffer>('application/octet-stream', { parseAs: 'buffer' }, (request, body, done) => {
    if (isUpload(request)) done(null, body);
    else done(problem(415, 'json-only'), undefined);
  });
}

export interface UploadedFile {
  readonly bytes: Uint8Array;
  /** As its owner calls it, without any folder; null where none is told. Never a path, never trusted as a type. */
  readonly name: string | null;
}

/** Name of a file from the header `x-file-name`, URL-encoded UTF-8. @throws Problem */
export function fileName(header: string | readonly string[] | undefined): string | null {
  if (header === undefined || header === '') return null;
  try {
    const name = decodeURIComponent(header as string).normalize('NFC').split(/[/\\]/).at(-1)!.trim();
    // Marks that turn the direction of writing make `exe.doc` of `cod.exe`.
    if (name === '' || name.length > 200 || !name.isWellFormed() || /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(name)) throw new RangeError('name');
    return name;
  } catch {
    throw problem(422, 'file-name-unreadable');
  }
}

/** What was uploaded. @throws Problem 422 where there is nothing in it */
export const RawBody = createParamDecorator((_: unknown, context: ExecutionContext): UploadedFile => {
  const { body, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!(body instanceof Uint8Array) || body.length === 0) throw problem(422, 'empty-file');
  return { bytes: body, name: fileName(headers['x-file-name']) };
});
