import { requestSpan, traceId } from '#platform/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../services.js';

/** Counts, times, traces and logs requests by their route: neither address nor body of a request is written anywhere. */
export function observeRequests(fastify: FastifyInstance, { metrics, log }: Services): void {
  const spans = new WeakMap<FastifyRequest, ReturnType<typeof requestSpan>['span']>();
  fastify.addHook('onRequest', (request, _, done) => {
    const { span, within } = requestSpan(request.method, request.headers);
    spans.set(request, span);
    within(done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    metrics.requests.observe({ method, route, status }, elapsedTime / 1000);
    const span = spans.get(request);
    span?.updateName(`${method} ${route}`).setAttributes({ 'http.route': route, 'http.response.status_code': status }).end();
    const level = status >= 500 ? 'warn' : 'debug';
    if (log.isLevelEnabled(level)) log[level]({ method, route, status, ms: Math.round(elapsedTime * 10) / 10, traceId: traceId() }, 'answered');
    done();
  });
}
