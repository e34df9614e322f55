import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Refusal } from '#kernel';
import { DatabaseUnavailable } from '#platform/database';
import { fieldIssue, StoreUnavailable } from '#platform/event-store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { SERVICES, type Services } from '../services.js';
import { Problem, problem } from './problem.js';

const BY_STATUS: Readonly<Record<number, string>> = { 401: 'unauthenticated', 403: 'csrf', 404: 'not-found', 405: 'method-not-allowed', 413: 'payload-too-large', 415: 'json-only', 429: 'rate-limited' };

/** Every error of the API as problem+json (RFC 9457) with a stable code and the sentence in the caller's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { status, refusal, headers } = this.#problemOf(error, request);
    const lang = request.lang ?? 'en';
    const { i18n } = this.services;
    const say = (r: Refusal) => i18n.refusal(lang, r);
    const body = {
      type: `/problems/${refusal.refused}`,
      title: say(refusal),
      status,
      code: refusal.refused,
      params: refusal.params,
      ...(refusal.rule === undefined ? {} : { rule: refusal.rule }),
      ...(refusal.fields === undefined
        ? {}
        : { fields: refusal.fields.map(({ path, code, params }) => ({ path, code, message: i18n.field(lang, { path, code, params }) })) }),
      ...(refusal.unmet === undefined ? {} : { unmet: refusal.unmet.map((r) => ({ code: r.refused, rule: r.rule, message: say(r) })) }),
    };
    void http.getResponse<FastifyReply>().status(status).headers({ ...headers, 'content-type': 'application/problem+json; charset=utf-8', 'content-language': lang }).send(body);
  }

  #problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof StoreUnavailable || error instanceof DatabaseUnavailable) return problem(503, 'store-unavailable', {}, { 'retry-after': '1' });
    const status = error instanceof HttpException ? error.getStatus() : ((error as { statusCode?: number }).statusCode ?? 500);
    if (status === 400) return problem(400, 'invalid-json', { reason: 'syntax', at: '' });
    if (status < 500) return problem(status, BY_STATUS[status] ?? 'not-found');
    // The path may be logged; what was sent may not.
    this.services.log.error({ err: error, method: request.method, path: request.routeOptions?.url }, 'a request failed');
    return problem(500, 'internal');
  }
}

/** What the schema of a body found, with the fields that do not fit. All of our schemas are zod's. */
export const refuseFields = (issues: readonly unknown[]): Problem =>
  new Problem(422, { refused: 'invalid-input', params: {}, fields: (issues as readonly z.core.$ZodIssue[]).map(fieldIssue) });
