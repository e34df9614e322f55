import { isRefusal } from '#kernel';
import { DatabaseUnavailable, LocalSignals, SqliteDatabase } from '#platform/database';
import { anne, clock, cookie, ENGINES, MINUTE, Node, type Place, START_WITHIN, until, WORD } from './engines.contract.js';
import { Identity } from './identity.js';

describe.each(ENGINES)('in %s', (_engine, make) => {
  const now = clock();
  let place: Place;
  let node: Node;

  beforeAll(async () => {
    place = await make();
    node = await Node.open(place, { now: () => now.time });
    await node.made(anne, WORD);
  }, START_WITHIN);
  afterAll(async () => {
    await node.close();
    await place.dispose();
  });

  describe('a session', () => {
    it('is nobody without its cookie, and ended with one that is not good', async () => {
      expect(await node.identity.authenticate({})).toBeNull();
      expect(await node.identity.authenticate(cookie('x'))).toBe('ended');
      expect(await node.identity.authenticate({ cookie: 'comity=x' })).toBeNull();
    });
    it('lives 30 minutes without a sign of life and 12 hours in all', async () => {
      const { identity } = node;
      const { token } = await node.signIn();
      const begun = now.time;
      now.time += 29 * MINUTE;
      expect(await identity.sessions.find(token)).not.toBeNull();
      expect(await identity.authenticate(cookie(token))).toMatchObject({ account: { personId: 'anne' } });
      now.time += 29 * MINUTE;
      expect(await identity.sessions.find(token)).not.toBeNull();
      now.time += 2 * MINUTE;
      expect(await identity.sessions.find(token)).toBeNull();
      now.time = begun;
      for (; now.time < begun + 12 * 60 * MINUTE; now.time += 20 * MINUTE)
        expect(await identity.authenticate(cookie(token))).toMatchObject({ token });
      expect(await identity.authenticate(cookie(token))).toBe('ended');
    });
    it('lives 15 minutes without a sign of life for administrators', async () => {
      await node.made({ ...anne, email: 'admin@example.org', displayName: 'Root', grants: [{ capacity: 'administrator' }] }, WORD);
      const { token } = await node.signIn('admin@example.org');
      now.time += 14 * MINUTE;
      expect(await node.identity.sessions.find(token)).not.toBeNull();
      now.time += MINUTE;
      expect(await node.identity.sessions.find(token)).toBeNull();
    });
    it('is over when the call that ends it returns, is told to all who listen, and is not listed any more', async () => {
      const { sessions } = node.identity;
      const { token, session, account } = await node.signIn();
      const other = await node.signIn();
      expect((await sessions.list(account.accountId)).map((s) => s.sessionId)).toEqual(
        expect.arrayContaining([session.sessionId, other.session.sessionId]),
      );
      const { told, stop } = node.hearing();
      expect(await sessions.revoke(session.sessionId, 'signed-out')).toBe(true);
      expect(await sessions.find(token)).toBeNull();
      await until(() => told.length > 0);
      expect(told).toEqual([`signed-out ${session.sessionId}`]);
      expect(await sessions.revoke(session.sessionId)).toBe(false);
      expect(await sessions.revokeAll(account.accountId, 'revoked', other.session.sessionId)).toBeGreaterThanOrEqual(0);
      expect(await sessions.list(account.accountId)).toEqual([other.session]);
      stop();
    });
    it('is ended for every listener, even when one of them fails', async () => {
      const { session } = await node.signIn();
      const failure = new Error('a listener failed');
      const stop = node.identity.sessions.onRevoked(() => {
        throw failure;
      });
      const hearing = node.hearing();
      expect(await node.identity.sessions.revoke(session.sessionId)).toBe(true);
      await until(() => hearing.told.length > 0);
      expect(node.errors).toContain(failure);
      stop();
      hearing.stop();
    });
    it('ends with a new password, and when the account is disabled', async () => {
      const { accounts, sessions } = node.identity;
      const { accountId } = await node.made({ ...anne, email: 'ben@example.org', displayName: 'Ben' }, WORD);
      const { told, stop } = node.hearing();
      const first = await node.signIn('ben@example.org');
      expect(await accounts.setPassword(accountId, 'short')).toMatchObject({ refused: 'invalid-input' });
      expect(await sessions.find(first.token)).not.toBeNull();
      await accounts.setPassword(accountId, `${WORD} again`);
      expect(await sessions.find(first.token)).toBeNull();
      const second = await node.signIn('ben@example.org', `${WORD} again`);
      expect(await accounts.disable(accountId)).toMatchObject({ disabledAt: expect.any(String) });
      expect(await sessions.find(second.token)).toBeNull();
      await until(() => told.length >= 2);
      expect(told).toEqual([`password-changed ${first.session.sessionId}`, `disabled ${second.session.sessionId}`]);
      stop();
    });
    it('is told to listeners when its time is over, without being used', async () => {
      // Of earlier tests; what is looked at here begins now.
      now.time += 31 * MINUTE;
      await node.identity.sweep();
      const fresh = await node.signIn();
      const admin = await node.signIn('admin@example.org');
      const { told, stop } = node.hearing();
      now.time += 16 * MINUTE;
      await node.identity.sweep();
      await until(() => told.length > 0);
      expect(told).toEqual([`expired ${admin.session.sessionId}`]);
      now.time += 15 * MINUTE;
      await node.identity.sweep();
      await until(() => told.length > 1);
      expect(told).toEqual([`expired ${admin.session.sessionId}`, `expired ${fresh.session.sessionId}`]);
      stop();
    });
    it('is told among others whether it is still good', async () => {
      const { sessions, accounts } = node.identity;
      const { accountId } = await node.made({ ...anne, email: 'eve@example.org', displayName: 'Eve' }, WORD);
      const [old, ended, good, disabled] = [await node.signIn(), await node.signIn(), await node.signIn(), await node.signIn('eve@example.org')];
      const ids = [old, ended, good, disabled].map(({ session }) => session.sessionId);
      expect(await sessions.stillOpen([...ids, 'x'])).toEqual(new Set(ids));
      await sessions.revoke(ended.session.sessionId);
      await accounts.disable(accountId);
      now.time += 29 * MINUTE;
      await sessions.touch(good.session);
      now.time += MINUTE;
      expect(await sessions.stillOpen(ids)).toEqual(new Set([good.session.sessionId]));
      expect(await sessions.stillOpen([])).toEqual(new Set());
    });
  });

  describe('a ticket', () => {
    it('is good once', async () => {
      const { tickets } = node.identity;
      const { session } = await node.signIn();
      const { ticket } = await tickets.issue(session.sessionId);
      expect(await tickets.redeem(ticket)).toMatchObject({ session: { sessionId: session.sessionId } });
      expect(await tickets.redeem(ticket)).toBeNull();
      expect(await tickets.redeem('x')).toBeNull();
    });
    it('is good for 30 seconds, and only while its session lasts', async () => {
      const { tickets, sessions } = node.identity;
      const { session } = await node.signIn();
      const [old, bound] = [await tickets.issue(session.sessionId), await tickets.issue(session.sessionId)];
      now.time += 30_000;
      expect(await tickets.redeem(old.ticket)).toBeNull();
      const fresh = await tickets.issue(session.sessionId);
      await sessions.revoke(session.sessionId);
      expect(await tickets.redeem(fresh.ticket)).toBeNull();
      expect(await tickets.redeem(bound.ticket)).toBeNull();
    });
    it('puts the oldest out where a session asks for many', async () => {
      const { tickets } = node.identity;
      const { session } = await node.signIn();
      const issued: string[] = [];
      for (let i = 0; i < 9; i++) issued.push((await tickets.issue(session.sessionId)).ticket);
      const good: boolean[] = [];
      for (const ticket of issued) good.push((await tickets.redeem(ticket)) !== null);
      expect(good).toEqual([false, ...Array<boolean>(8).fill(true)]);
    });
    it('is one of eight, however many are asked for at once', async () => {
      const { tickets } = node.identity;
      const { session } = await node.signIn();
      const issued = await Promise.all(Array.from({ length: 25 }, () => tickets.issue(session.sessionId)));
      const redeemed = await Promise.all(issued.map(({ ticket }) => tickets.redeem(ticket)));
      expect(redeemed.filter((signedIn) => signedIn !== null)).toHaveLength(8);
    });
    it('is swept when it is too old, and kept as its hash', async () => {
      const { session } = await node.signIn();
      const { ticket } = await node.identity.tickets.issue(session.sessionId);
      const rows = () => node.database.all('SELECT * FROM tickets');
      expect(JSON.stringify(await rows())).not.toContain(ticket);
      await node.identity.sweep();
      expect(await rows()).not.toEqual([]);
      now.time += 30_000;
      await node.identity.sweep();
      expect(await rows()).toEqual([]);
    });
  });
});

describe('when the database is away', () => {
  it('sweeping goes on, and says so; what is asked is refused as unavailable', async () => {
    const database = SqliteDatabase.open(':memory:');
    const errors: unknown[] = [];
    const identity = await Identity.open({
      database, signals: new LocalSignals(), publicUrl: 'https://comity.example', sweepEvery: 10, onError: (error) => errors.push(error),
    });
    try {
      await database.close();
      await until(() => errors.length >= 2);
      expect(errors[1]).toBeInstanceOf(DatabaseUnavailable);
      await expect(identity.sessions.find('x')).rejects.toThrow(DatabaseUnavailable);
      await expect(identity.authenticate(cookie('x'))).rejects.toThrow(DatabaseUnavailable);
      await expect(identity.signIn('anne@example.org', WORD)).rejects.toThrow(DatabaseUnavailable);
      await expect(identity.tickets.redeem('x')).rejects.toThrow(DatabaseUnavailable);
      await expect(identity.failedSignIns.begin('x')).rejects.toThrow(DatabaseUnavailable);
    } finally {
      await identity.close();
    }
  });
  it('a session has ended even where the other nodes cannot be told; this one is', async () => {
    const database = SqliteDatabase.open(':memory:');
    const away = new DatabaseUnavailable('the line is lost');
    const signals = Object.assign(new LocalSignals(), { publish: () => Promise.reject(away) });
    const errors: unknown[] = [];
    const identity = await Identity.open({ database, signals, publicUrl: 'https://comity.example', onError: (error) => errors.push(error) });
    await identity.accounts.create(anne, { password: WORD });
    const opened = await identity.signIn('anne@example.org', WORD);
    if (isRefusal(opened)) throw new Error(opened.refused);
    const told: unknown[] = [];
    identity.sessions.onRevoked((revoked) => told.push(revoked));
    const { sessionId, accountId } = opened.session;
    expect(await identity.sessions.revoke(sessionId)).toBe(true);
    expect(told).toEqual([{ sessionId, accountId, why: 'revoked' }]);
    expect(errors).toEqual([away]);
    expect(await identity.sessions.find(opened.token)).toBeNull();
    await identity.close();
    await database.close();
  });
});
