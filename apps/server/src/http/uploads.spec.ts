import Fastify, { type FastifyInstance } from 'fastify';
import { acceptStrictJson } from './strict-json.js';
import { acceptUploads, fileName, UPLOAD_LIMIT, UPLOAD_ROUTES } from './uploads.js';

const code = (header: string): string => {
  try {
    return String(fileName(header));
  } catch (error) {
    return (error as Error).message;
  }
};

describe('an upload', () => {
  let server: FastifyInstance;
  const route = '/api/v1/terms/compare';
  beforeAll(() => {
    server = Fastify({ bodyLimit: 100 });
    acceptStrictJson(server);
    acceptUploads(server);
    for (const url of [route, '/api/v1/other']) server.post(url, ({ body }) => ({ bytes: (body as Uint8Array).length }));
  });
  afterAll(() => server.close());
  const post = (url: string, bytes: number, type = 'application/octet-stream') => server.inject({ method: 'POST', url, headers: { 'content-type': type }, payload: Buffer.alloc(bytes, 'x') });

  it('is taken on the routes that are listed, up to its own limit', async () => {
    expect(UPLOAD_ROUTES.has(`POST ${route}`)).toBe(true);
    expect((await post(route, 5_000)).json()).toEqual({ bytes: 5_000 });
    expect((await post(route, UPLOAD_LIMIT)).json()).toEqual({ bytes: UPLOAD_LIMIT });
    expect((await post(route, UPLOAD_LIMIT + 1)).statusCode).toBe(413);
  });
  it('is not taken anywhere else, nor in the name of another type', async () => {
    expect((await post('/api/v1/other', 50)).statusCode).not.toBe(200);
    expect((await post('/api/v1/other', 5_000)).statusCode).toBe(413);
    expect((await post(route, 50, 'text/plain')).statusCode).toBe(415);
  });
});

describe('the name of a file', () => {
  it.each([
    ['', 'null'],
    ['statement.fr.xlf', 'statement.fr.xlf'],
    [encodeURIComponent('déclaration à réviser.xlf'), 'déclaration à réviser.xlf'],
    [encodeURIComponent('إعلان.xlf'), 'إعلان.xlf'],
    [encodeURIComponent('../../etc/passwd'), 'passwd'],
    [encodeURIComponent(String.raw`C:\Users\x\file.tmx`), 'file.tmx'],
    ['%E0%A4%A', 'file-name-unreadable'],
    [encodeURIComponent('a\u202Ecod.exe'), 'file-name-unreadable'],
    [encodeURIComponent('a\u0000b'), 'file-name-unreadable'],
    ['a'.repeat(201), 'file-name-unreadable'],
  ])('%s is %s', (header, expected) => expect(code(header)).toBe(expected));
});
