import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from './problem.js';

interface Route {
  readonly path: RegExp;
  readonly methods: readonly string[];
}

/** Answers a method that no route of an address has with 405 and what it has (RFC 9110, 15.5.6). Learns the routes that are added after it. */
export function refuseOtherMethods(fastify: FastifyInstance): (request: FastifyRequest) => void {
  const routes: Route[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const path = url.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/:[A-Za-z]+/g, '[^/]+');
    routes.push({ path: new RegExp(`^${path}/?$`), methods: [method].flat() });
  });
  return ({ url, method }) => {
    const [path = ''] = url.split('?');
    const allowed = new Set(routes.filter((route) => route.path.test(path)).flatMap((route) => route.methods));
    if (allowed.size > 0 && !allowed.has(method)) throw problem(405, 'method-not-allowed', {}, { allow: [...allowed].toSorted().join(', ') });
  };
}
