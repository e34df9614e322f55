import { readCookie } from './cookies.js';
import { checkCsrf, checkSameSite, CSRF_HEADER, csrfToken, isJson } from './request-checks.js';
import { runStrategy } from './strategies/run-strategy.js';
import passport from 'passport';

describe('a request', () => {
  const ours = 'https://comity.example';
  it.each<[boolean, Record<string, string | string[]>]>([
    [true, {}],
    [true, { origin: ours }],
    [true, { origin: `${ours}:443`, 'sec-fetch-site': 'same-origin' }],
    [true, { 'sec-fetch-site': 'same-origin' }],
    [false, { 'sec-fetch-site': 'same-site' }],
    [false, { 'sec-fetch-site': 'cross-site' }],
    [false, { 'sec-fetch-site': 'none' }],
    [false, { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }],
    [false, { 'sec-fetch-site': 'cross-site', origin: ours }],
    [false, { origin: 'null' }],
    [false, { origin: 'http://comity.example' }],
    [false, { origin: 'https://comity.example.evil' }],
    [false, { origin: 'https://x.comity.example' }],
    [false, { origin: [ours, ours] }],
  ])('comes from our pages: %s for %j', (expected, headers) => expect(checkSameSite(headers, ours)).toBe(expected));
  it('comes from this machine under any of its names, on the same port', () => {
    expect(checkSameSite({ origin: 'http://127.0.0.1:3000' }, 'http://localhost:3000')).toBe(true);
    expect(checkSameSite({ origin: 'http://127.0.0.1:3001' }, 'http://localhost:3000')).toBe(false);
    expect(checkSameSite({ origin: 'http://localhost' }, 'http://comity.example')).toBe(false);
  });
  it('carries the token of its own session', () => {
    const token = csrfToken('session-a');
    expect(checkCsrf({ [CSRF_HEADER]: token }, 'session-a')).toBe(true);
    expect(checkCsrf({ [CSRF_HEADER]: token }, 'session-b')).toBe(false);
    expect(checkCsrf({ [CSRF_HEADER]: [token] }, 'session-a')).toBe(false);
    expect(checkCsrf({}, 'session-a')).toBe(false);
    expect(token).not.toContain('session');
  });
  it('is JSON by its type', () => {
    expect(isJson({ 'content-type': 'application/json; charset=utf-8' })).toBe(true);
    expect(isJson({ 'content-type': 'application/problem+json' })).toBe(true);
    expect(isJson({ 'content-type': 'text/plain;application/json' })).toBe(false);
    expect(isJson({ 'content-type': 'application/jsonp' })).toBe(false);
    expect(isJson({})).toBe(false);
  });
  it('has a cookie once', () => {
    expect(readCookie('a=1; comity=x=y', 'comity')).toBe('x=y');
    expect(readCookie('comity=x; comity=y', 'comity')).toBeUndefined();
    expect(readCookie('not-comity=x', 'comity')).toBeUndefined();
    expect(readCookie('comity=', 'comity')).toBeUndefined();
    expect(readCookie(undefined, 'comity')).toBeUndefined();
  });
});

describe('a strategy of Passport', () => {
  class Fixed extends passport.Strategy {
    constructor(private readonly act: (strategy: Fixed) => void) {
      super();
    }
    override authenticate(): void {
      this.act(this);
    }
  }
  const run = (act: (strategy: passport.Strategy & passport.StrategyCreatedStatic) => void) => runStrategy(new Fixed(act), {});
  it('succeeds, fails or passes', async () => {
    expect(await run((s) => s.success({ id: 1 }, { scope: 'x' }))).toEqual({
      outcome: 'success',
      user: { id: 1 },
      info: { scope: 'x' },
    });
    expect(await run((s) => s.fail('why', 401))).toEqual({ outcome: 'fail', challenge: 'why', status: 401 });
    expect(await run((s) => s.pass())).toEqual({ outcome: 'pass' });
  });
  it('throws what is no decision', async () => {
    await expect(run((s) => s.error(new Error('the directory is down')))).rejects.toThrow('the directory is down');
    await expect(run((s) => s.error('down'))).rejects.toThrow('a strategy failed');
    await expect(run((s) => s.redirect('/'))).rejects.toThrow('a route of its own');
  });
});
