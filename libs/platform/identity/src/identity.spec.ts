import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isRefusal } from '#kernel';
import { LocalSignals } from '#platform/database';
import { clearedCookie, sessionCookie } from './cookies.js';
import { openIdentityDatabase } from './database.js';
import { anne, clock, cookie, ENGINES, Node, type Place, START_WITHIN, WORD } from './engines.contract.js';
import { Identity } from './identity.js';
import { hashToken } from './sessions.js';

describe.each(ENGINES)('identity in %s', (_engine, make) => {
  const now = clock();
  let place: Place;
  let node: Node;
  const open = () => Node.open(place, { now: () => now.time });

  beforeAll(async () => {
    place = await make();
    node = await open();
    await node.made(anne, WORD);
  }, START_WITHIN);
  afterAll(async () => {
    await node.close();
    await place.dispose();
  });

  describe('accounts', () => {
    it('are found by any spelling of their address, and after a restart', async () => {
      await node.close();
      node = await open();
      const { accounts } = node.identity;
      const found = await accounts.findByEmail(' ANNE@example.ORG ');
      expect(found).toMatchObject({ email: 'Anne@Example.org', personId: 'anne', exercise: false, grants: anne.grants });
      expect(await accounts.find(found!.accountId)).toEqual(found);
      expect(await accounts.ofPerson('anne')).toEqual([found]);
      expect(await accounts.list()).toEqual([found]);
      expect(await accounts.findByEmail('anne@example.org\0')).toBeUndefined();
    });
    it('are refused with every field that does not fit', async () => {
      const refused = await node.identity.accounts.create(
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
        node.identity.accounts.create(twice, { password: WORD }),
        node.identity.accounts.create({ ...twice, email: 'TWICE@example.org' }, { password: WORD }),
      ]);
      expect(results.filter((r) => !isRefusal(r))).toHaveLength(1);
      expect(results.find(isRefusal)).toMatchObject({ fields: [{ path: 'email', code: 'email-taken' }] });
    });
    it('have a password that breaks the rules only in an exercise', async () => {
      const demo = { ...anne, email: 'demo@example.org' };
      const secret = { password: 'comity', anyPassword: true };
      expect(await node.identity.accounts.create(demo, secret)).toMatchObject({ fields: [{ code: 'exercise-only' }] });
      expect(await node.identity.accounts.create({ ...demo, exercise: true }, secret)).toMatchObject({ exercise: true });
      await expect(node.signIn('demo@example.org', 'comity')).resolves.toMatchObject({ account: { exercise: true } });
    });
    it('keep no password that could be read', async () => {
      const text = JSON.stringify(await node.database.all('SELECT * FROM accounts'));
      expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
      expect(text).not.toContain(WORD);
    });
    it('keep their language', async () => {
      const { accountId } = await node.made({ ...anne, email: 'language@example.org' });
      expect(await node.identity.accounts.setLanguage(accountId, 'rw')).toMatchObject({ language: 'rw' });
      expect(await node.identity.accounts.setLanguage(accountId, '!')).toMatchObject({ refused: 'invalid-input' });
      expect(await node.identity.accounts.setLanguage('nobody', 'rw')).toMatchObject({ refused: 'not-found' });
    });
  });

  describe('signing in', () => {
    it('gives a session with a token of 256 bits, kept as its hash', async () => {
      const { token, account } = await node.signIn();
      expect(account.personId).toBe('anne');
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      const rows = await node.database.all<{ token_hash: Uint8Array }>('SELECT * FROM sessions');
      expect(JSON.stringify(rows)).not.toContain(token);
      expect(rows.map((row) => Buffer.from(row.token_hash).toString('hex'))).toContain(hashToken(token).toString('hex'));
      expect(await node.identity.authenticate(cookie(token))).toMatchObject({ account: { personId: 'anne' }, token });
    });
    it('is refused alike for a wrong password, an unknown address, an account without a password and a disabled one', async () => {
      const { identity } = node;
      await node.made({ ...anne, email: 'none@example.org' });
      const gone = await node.made({ ...anne, email: 'gone@example.org' }, WORD);
      await identity.accounts.disable(gone.accountId);
      const answers = [
        await identity.signIn('anne@example.org', 'not this word at all'),
        await identity.signIn('nobody@example.org', WORD),
        await identity.signIn('none@example.org', WORD),
        await identity.signIn('gone@example.org', WORD),
        await identity.signIn('anne@example.org', ''),
        await identity.signIn('anne\0@example.org', WORD),
        await identity.signIn({ $ne: 1 }, WORD),
      ];
      expect(new Set(answers.map((a) => JSON.stringify(a)))).toEqual(new Set(['{"refused":"sign-in-failed","params":{}}']));
    });
    it('does the same work for unknown and known accounts', async () => {
      const spent = async (email: string) => {
        const from = process.hrtime.bigint();
        for (let i = 0; i < 4; i++) await node.identity.signIn(email, 'not this word at all');
        return Number(process.hrtime.bigint() - from);
      };
      await spent('anne@example.org');
      const known = await spent('anne@example.org');
      // A sign-in without argon2 would be a hundred times faster; the machine may be busy.
      expect(await spent('nobody@example.org')).toBeGreaterThan(known / 5);
    });
    it('is refused at once when too many wait, and may then be tried again', async () => {
      const answers = await Promise.all(Array.from({ length: 60 }, () => node.identity.signIn('nobody@example.org', WORD)));
      const busy = answers.filter((a) => isRefusal(a) && a.refused === 'sign-in-busy');
      // Two work and 32 wait; where the database answers one after the other some have gone by then.
      expect(busy.length).toBeGreaterThan(0);
      expect(busy.length).toBeLessThanOrEqual(60 - 34);
      expect(busy[0]).toMatchObject({ params: { retryAfter: 2 } });
      await expect(node.signIn()).resolves.toBeDefined();
    });
    it('does not open with a password that was changed, or an account that was disabled, since it was found right', async () => {
      const { accounts, sessions } = node.identity;
      const { accountId } = await node.made({ ...anne, email: 'late@example.org' }, WORD);
      const verified = async (password: string) => {
        const found = await accounts.verify('late@example.org', password);
        if (found === null || isRefusal(found)) throw new Error('not verified');
        return found;
      };
      const first = await verified(WORD);
      await accounts.setPassword(accountId, `${WORD} again`);
      expect(await sessions.open(first)).toBeNull();
      const second = await verified(`${WORD} again`);
      await accounts.disable(accountId);
      expect(await sessions.open(second)).toBeNull();
      expect(await sessions.list(accountId)).toEqual([]);
    });
  });

  describe('failed sign-ins', () => {
    const failed = async (key: string) => (await node.identity.failedSignIns.begin(key)).heard;
    it('make the next try wait after ten in 15 minutes, until the first of them is that old', async () => {
      const begun = now.time;
      for (let i = 0; i < 10; i++) {
        expect(await failed('a')).toBe(true);
        now.time += 1000;
      }
      for (let i = 0; i < 3; i++) expect(await node.identity.failedSignIns.begin('a')).toEqual({ heard: false, retryAfter: 15 * 60 - 10 });
      expect(await failed('b')).toBe(true);
      now.time = begun + 15 * 60_000;
      expect(await failed('a')).toBe(true);
      expect(await node.identity.failedSignIns.begin('a')).toEqual({ heard: false, retryAfter: 1 });
    });
    it('are forgotten after a success, and one that was not decided does not count', async () => {
      const { failedSignIns } = node.identity;
      for (let i = 0; i < 20; i++) {
        const attempt = await failedSignIns.begin('c');
        if (!attempt.heard) throw new Error('not heard');
        await failedSignIns.withdraw(attempt.attemptId);
      }
      for (let i = 0; i < 10; i++) expect(await failed('c')).toBe(true);
      expect(await failed('c')).toBe(false);
      await failedSignIns.succeeded('c');
      expect(await failed('c')).toBe(true);
    });
    it('are ten, however many are tried at once', async () => {
      const heard = await Promise.all(Array.from({ length: 25 }, () => failed('d')));
      expect(heard.filter(Boolean)).toHaveLength(10);
    });
    it('are swept, and name nobody', async () => {
      await failed('127.0.0.1 anne@example.org');
      const rows = () => node.database.all<{ key_hash: Uint8Array }>('SELECT * FROM failed_sign_ins');
      expect((await rows()).map((row) => Buffer.from(row.key_hash).toString())).not.toContain(expect.stringContaining('anne'));
      now.time += 15 * 60_000;
      await node.identity.sweep();
      expect(await rows()).toEqual([]);
    });
  });
});

describe('an identity.db of the earlier form', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comity-identity-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('keeps its accounts and sessions', async () => {
    const old = new DatabaseSync(join(folder, 'identity.db'));
    old.exec(`CREATE TABLE accounts (account_id TEXT PRIMARY KEY, email TEXT NOT NULL, email_folded TEXT NOT NULL UNIQUE, person_id TEXT NOT NULL,
        display_name TEXT NOT NULL, language TEXT NOT NULL, exercise INTEGER NOT NULL, grants TEXT NOT NULL, password_hash TEXT, created_at TEXT NOT NULL,
        disabled_at TEXT) STRICT;
      CREATE TABLE sessions (token_hash BLOB PRIMARY KEY, session_id TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL REFERENCES accounts (account_id),
        user_agent TEXT, created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE INDEX sessions_of_account ON sessions (account_id);
      INSERT INTO accounts VALUES ('a', 'Anne@Example.org', 'anne@example.org', 'anne', 'Anne', 'en', 0, '[]', NULL, '2026-11-23T08:00:00.000Z', NULL)`);
    old.prepare('INSERT INTO sessions VALUES (?, ?, ?, NULL, ?, ?)').run(hashToken('token'), 's', 'a', Date.now(), Date.now());
    old.close();
    for (let time = 1; time <= 2; time++) {
      const database = openIdentityDatabase(folder);
      const identity = await Identity.open({ database, signals: new LocalSignals(), publicUrl: 'https://comity.example' });
      expect(await identity.sessions.find('token')).toMatchObject({ account: { personId: 'anne' }, session: { sessionId: 's' } });
      if (time === 2) await identity.accounts.setPassword('a', WORD);
      expect(await identity.sessions.find('token')).toEqual(time === 2 ? null : expect.anything());
      await identity.close();
      await database.close();
    }
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
