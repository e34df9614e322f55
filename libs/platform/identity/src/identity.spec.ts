import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal } from '#kernel';
import type { Account, NewAccount } from './account.js';
import { clearedCookie, sessionCookie } from './cookies.js';
import { Identity } from './identity.js';
import { openIdentityDatabase } from './database.js';

const WORD = 'a quiet lake under the volcanoes';
const MINUTE = 60_000;
const anne: NewAccount = {
  email: 'Anne@Example.org',
  personId: 'anne',
  displayName: 'Anne Uwase',
  language: 'en',
  grants: [{ capacity: 'chair', onBehalfOf: 'rw' }],
};

describe('identity', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comity-identity-'));
  let time = Date.parse('2026-11-23T08:00:00Z');
  let identity: Identity;
  const open = () => new Identity({ folder, publicUrl: 'https://comity.example', now: () => time });
  const made = async (input: unknown, password?: string): Promise<Account> => {
    const account = await identity.accounts.create(input, password === undefined ? undefined : { password });
    if (isRefusal(account)) throw new Error(JSON.stringify(account));
    return account;
  };
  const signIn = async (email: string, password = WORD) => {
    const result = await identity.signIn(email, password, 'jest');
    if (isRefusal(result)) throw new Error(result.refused);
    return result;
  };
  const cookie = (token: string) => ({ cookie: `other=1; __Host-comity=${token}` });

  beforeAll(async () => {
    identity = open();
    await made(anne, WORD);
  });
  afterAll(() => {
    identity.close();
    rmSync(folder, { recursive: true });
  });

  describe('accounts', () => {
    it('are found by any spelling of their address, and after a restart', () => {
      identity.close();
      identity = open();
      const found = identity.accounts.findByEmail(' ANNE@example.ORG ');
      expect(found).toMatchObject({ email: 'Anne@Example.org', personId: 'anne', exercise: false, grants: anne.grants });
      expect(identity.accounts.find(found!.accountId)).toEqual(found);
      expect(identity.accounts.ofPerson('anne')).toEqual([found]);
    });
    it('are refused with every field that does not fit', async () => {
      const refused = await identity.accounts.create(
        { ...anne, email: 'anne', language: '!', grants: [{ capacity: 'chair' }] },
        { password: 'short' },
      );
      expect(refused).toMatchObject({
        refused: 'invalid-input',
        fields: [
          { path: 'email', code: 'email' },
          { path: 'language', code: 'language' },
          { path: 'grants.0.onBehalfOf', code: 'group-needed' },
          { path: 'password', code: 'password-too-short', params: { minimum: 15 } },
        ],
      });
    });
    it('are one for an address', async () => {
      const twice = { ...anne, email: 'twice@example.org' };
      const results = await Promise.all([
        identity.accounts.create(twice, { password: WORD }),
        identity.accounts.create({ ...twice, email: 'TWICE@example.org' }, { password: WORD }),
      ]);
      expect(results.filter((r) => !isRefusal(r))).toHaveLength(1);
      expect(results.find(isRefusal)).toMatchObject({ fields: [{ path: 'email', code: 'email-taken' }] });
    });
    it('have a password that breaks the rules only in an exercise', async () => {
      const demo = { ...anne, email: 'demo@example.org' };
      const secret = { password: 'comity', anyPassword: true };
      expect(await identity.accounts.create(demo, secret)).toMatchObject({ fields: [{ code: 'exercise-only' }] });
      expect(await identity.accounts.create({ ...demo, exercise: true }, secret)).toMatchObject({ exercise: true });
      await expect(signIn('demo@example.org', 'comity')).resolves.toMatchObject({ account: { exercise: true } });
    });
    it('keep no password that could be read', () => {
      const db = openIdentityDatabase(folder);
      const text = JSON.stringify(db.prepare('SELECT * FROM accounts').all());
      db.close();
      expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
      expect(text).not.toContain(WORD);
    });
  });

  describe('signing in', () => {
    it('gives a session with a token of 256 bits, kept as its hash', async () => {
      const { token, account } = await signIn('anne@example.org');
      expect(account.personId).toBe('anne');
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      const db = openIdentityDatabase(folder);
      expect(JSON.stringify(db.prepare('SELECT hex(token_hash) AS h, * FROM sessions').all())).not.toContain(token);
      db.close();
      expect(await identity.authenticate(cookie(token))).toMatchObject({ account: { personId: 'anne' }, token });
    });
    it('is refused alike for a wrong password, an unknown address, an account without a password and a disabled one', async () => {
      await made({ ...anne, email: 'none@example.org' });
      const gone = await made({ ...anne, email: 'gone@example.org' }, WORD);
      identity.accounts.disable(gone.accountId);
      const answers = [
        await identity.signIn('anne@example.org', 'not this word at all'),
        await identity.signIn('nobody@example.org', WORD),
        await identity.signIn('none@example.org', WORD),
        await identity.signIn('gone@example.org', WORD),
        await identity.signIn('anne@example.org', ''),
        await identity.signIn({ $ne: 1 }, WORD),
      ];
      expect(new Set(answers.map((a) => JSON.stringify(a)))).toEqual(new Set(['{"refused":"sign-in-failed","params":{}}']));
    });
    it('does the same work for unknown and known accounts', async () => {
      const spent = async (email: string) => {
        const from = process.hrtime.bigint();
        for (let i = 0; i < 4; i++) await identity.signIn(email, 'not this word at all');
        return Number(process.hrtime.bigint() - from);
      };
      await spent('anne@example.org');
      const known = await spent('anne@example.org');
      // A sign-in without argon2 would be a hundred times faster; the machine may be busy.
      expect(await spent('nobody@example.org')).toBeGreaterThan(known / 5);
    });
    it('is refused at once when too many wait, and may then be tried again', async () => {
      const answers = await Promise.all(Array.from({ length: 40 }, () => identity.signIn('nobody@example.org', WORD)));
      const busy = answers.filter((a) => isRefusal(a) && a.refused === 'sign-in-busy');
      expect(busy).toHaveLength(6);
      expect(busy[0]).toMatchObject({ params: { retryAfter: 2 } });
      await expect(signIn('anne@example.org')).resolves.toBeDefined();
    });
  });

  describe('a session', () => {
    it('is nobody without its cookie, and ended with one that is not good', async () => {
      expect(await identity.authenticate({})).toBeNull();
      expect(await identity.authenticate(cookie('x'))).toBe('ended');
      expect(await identity.authenticate({ cookie: 'comity=x' })).toBeNull();
    });
    it('lives 30 minutes without a sign of life and 12 hours in all', async () => {
      const { token } = await signIn('anne@example.org');
      const begun = time;
      time += 29 * MINUTE;
      expect(identity.sessions.find(token)).not.toBeNull();
      expect(await identity.authenticate(cookie(token))).toMatchObject({ account: { personId: 'anne' } });
      time += 29 * MINUTE;
      expect(identity.sessions.find(token)).not.toBeNull();
      time += 2 * MINUTE;
      expect(identity.sessions.find(token)).toBeNull();
      time = begun;
      for (; time < begun + 12 * 60 * MINUTE; time += 20 * MINUTE)
        expect(await identity.authenticate(cookie(token))).toMatchObject({ token });
      expect(await identity.authenticate(cookie(token))).toBe('ended');
    });
    it('lives 15 minutes without a sign of life for administrators', async () => {
      await made({ ...anne, email: 'admin@example.org', displayName: 'Root', grants: [{ capacity: 'administrator' }] }, WORD);
      const { token } = await signIn('admin@example.org');
      time += 14 * MINUTE;
      expect(identity.sessions.find(token)).not.toBeNull();
      time += MINUTE;
      expect(identity.sessions.find(token)).toBeNull();
    });
    it('ends for all who listen before the call returns, and is not listed any more', async () => {
      const { token, session, account } = await signIn('anne@example.org');
      const other = await signIn('anne@example.org');
      expect(identity.sessions.list(account.accountId).map((s) => s.sessionId)).toEqual(
        expect.arrayContaining([session.sessionId, other.session.sessionId]),
      );
      const told: string[] = [];
      const stop = identity.sessions.onRevoked(({ sessionId, why }) => told.push(`${why} ${sessionId}`));
      expect(identity.sessions.revoke(session.sessionId, 'signed-out')).toBe(true);
      expect(told).toEqual([`signed-out ${session.sessionId}`]);
      expect(identity.sessions.find(token)).toBeNull();
      expect(identity.sessions.revoke(session.sessionId)).toBe(false);
      expect(identity.sessions.revokeAll(account.accountId, 'revoked', other.session.sessionId)).toBeGreaterThanOrEqual(0);
      expect(identity.sessions.list(account.accountId)).toEqual([other.session]);
      stop();
    });
    it('is ended for every listener, even when one of them fails', async () => {
      const { session } = await signIn('anne@example.org');
      let told = false;
      const stops = [
        identity.sessions.onRevoked(() => {
          throw new Error('a listener failed');
        }),
        identity.sessions.onRevoked(() => (told = true)),
      ];
      expect(() => identity.sessions.revoke(session.sessionId)).toThrow('a listener failed');
      expect(told).toBe(true);
      stops.forEach((stop) => stop());
    });
    it('ends with a new password, and when the account is disabled', async () => {
      const { accountId } = await made({ ...anne, email: 'ben@example.org', displayName: 'Ben' }, WORD);
      const why: string[] = [];
      identity.sessions.onRevoked((revoked) => why.push(revoked.why));
      const first = await signIn('ben@example.org');
      expect(await identity.accounts.setPassword(accountId, 'short')).toMatchObject({ refused: 'invalid-input' });
      expect(identity.sessions.find(first.token)).not.toBeNull();
      await identity.accounts.setPassword(accountId, `${WORD} again`);
      expect(identity.sessions.find(first.token)).toBeNull();
      const second = await signIn('ben@example.org', `${WORD} again`);
      expect(identity.accounts.disable(accountId)).toMatchObject({ disabledAt: expect.any(String) });
      expect(identity.sessions.find(second.token)).toBeNull();
      expect(why).toEqual(['password-changed', 'disabled']);
    });
    it('is told to listeners when its time is over, without being used', async () => {
      const { session } = await signIn('anne@example.org');
      const told: unknown[] = [];
      identity.sessions.onRevoked((revoked) => told.push(revoked));
      time += 31 * MINUTE;
      identity.sessions.sweep();
      expect(told).toContainEqual({ sessionId: session.sessionId, accountId: session.accountId, why: 'expired' });
    });
  });

  describe('a ticket', () => {
    it('is good once', async () => {
      const { session } = await signIn('anne@example.org');
      const { ticket } = identity.tickets.issue(session.sessionId);
      expect(identity.tickets.redeem(ticket)).toMatchObject({ session: { sessionId: session.sessionId } });
      expect(identity.tickets.redeem(ticket)).toBeNull();
      expect(identity.tickets.redeem('x')).toBeNull();
    });
    it('is good for 30 seconds, and only while its session lasts', async () => {
      const { session } = await signIn('anne@example.org');
      const [old, bound] = [identity.tickets.issue(session.sessionId), identity.tickets.issue(session.sessionId)];
      time += 30_000;
      expect(identity.tickets.redeem(old.ticket)).toBeNull();
      const fresh = identity.tickets.issue(session.sessionId);
      identity.sessions.revoke(session.sessionId);
      expect(identity.tickets.redeem(fresh.ticket)).toBeNull();
      expect(identity.tickets.redeem(bound.ticket)).toBeNull();
    });
    it('puts the oldest out where a session asks for many', async () => {
      const { session } = await signIn('anne@example.org');
      const tickets = Array.from({ length: 9 }, () => identity.tickets.issue(session.sessionId).ticket);
      expect(tickets.map((t) => identity.tickets.redeem(t) !== null)).toEqual([false, ...Array<boolean>(8).fill(true)]);
    });
  });

  it('puts the token in a cookie that no script reads and no other host gets', () => {
    expect(sessionCookie('t', 'https://comity.example')).toBe(
      '__Host-comity=t; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure',
    );
    expect(sessionCookie('t', 'http://localhost:3000')).toBe('comity=t; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax');
    expect(clearedCookie('https://comity.example')).toContain('Max-Age=0');
    expect(() => sessionCookie('t', 'http://comity.example')).toThrow('would not be safe');
  });
});
