import { anne, clock, ENGINES, MINUTE, Node, type Place, START_WITHIN, until, WORD } from './engines.contract.js';

describe.each(ENGINES)('two nodes over one database in %s', (_engine, make) => {
  const now = clock();
  let place: Place;
  let one: Node;
  let two: Node;

  beforeAll(async () => {
    place = await make();
    // Both at once: each brings the tables to their newest form.
    [one, two] = await Promise.all([Node.open(place, { now: () => now.time }), Node.open(place, { now: () => now.time })]);
    await one.made(anne, WORD);
  }, START_WITHIN);
  afterAll(async () => {
    await one.close();
    await two.close();
    await place.dispose();
  });

  it('know each other\'s accounts and sessions', async () => {
    const { token, session } = await one.signIn();
    expect(await two.identity.sessions.find(token)).toMatchObject({ session, account: { personId: 'anne' } });
    await expect(two.signIn()).resolves.toMatchObject({ account: { personId: 'anne' } });
  });
  it('hear of each other\'s revocations, and find nothing more when they have been made', async () => {
    const { token, session } = await one.signIn();
    const ears = [one.hearing(), two.hearing()];
    await two.identity.sessions.revoke(session.sessionId, 'signed-out');
    expect(await one.identity.sessions.find(token)).toBeNull();
    expect(await one.identity.sessions.stillOpen([session.sessionId])).toEqual(new Set());
    for (const { told, stop } of ears) {
      await until(() => told.length > 0);
      expect(told).toEqual([`signed-out ${session.sessionId}`]);
      stop();
    }
  });
  it('end what was opened on the other when a password changes', async () => {
    const { accountId } = await two.made({ ...anne, email: 'ben@example.org', displayName: 'Ben' }, WORD);
    const { token, session } = await one.signIn('ben@example.org');
    const { told, stop } = one.hearing();
    await two.identity.accounts.setPassword(accountId, `${WORD} again`);
    expect(await one.identity.sessions.find(token)).toBeNull();
    await until(() => told.length > 0);
    expect(told).toEqual([`password-changed ${session.sessionId}`]);
    stop();
  });
  it('redeem each other\'s tickets, once', async () => {
    const { session } = await one.signIn();
    const { ticket } = await one.identity.tickets.issue(session.sessionId);
    expect(await two.identity.tickets.redeem(ticket)).toMatchObject({ session: { sessionId: session.sessionId } });
    expect(await one.identity.tickets.redeem(ticket)).toBeNull();
  });
  it('redeem a ticket once between them, however many ask at once', async () => {
    const { session } = await one.signIn();
    const { ticket } = await one.identity.tickets.issue(session.sessionId);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : two).identity.tickets.redeem(ticket)));
    expect(answers.filter((signedIn) => signedIn !== null)).toHaveLength(1);
  });
  it('count failed sign-ins together', async () => {
    const tries = await Promise.all(Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? one : two).identity.failedSignIns.begin('a')));
    expect(tries.filter(({ heard }) => heard)).toHaveLength(10);
    expect((await two.identity.failedSignIns.begin('a')).heard).toBe(false);
    await one.identity.failedSignIns.succeeded('a');
    expect((await two.identity.failedSignIns.begin('a')).heard).toBe(true);
  });
  it('may sweep at once: each session ends, and is told of, once', async () => {
    const opened = [await one.signIn(), await two.signIn(), await one.signIn()].map(({ session }) => `expired ${session.sessionId}`);
    const ears = [one.hearing(), two.hearing()];
    now.time += 31 * MINUTE;
    await Promise.all(Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? one : two).identity.sweep()));
    await one.identity.sweep();
    const last = await one.signIn();
    await two.identity.sessions.revoke(last.session.sessionId);
    for (const { told, stop } of ears) {
      await until(() => told.includes(`revoked ${last.session.sessionId}`));
      for (const session of opened) expect(told.filter((line) => line === session)).toHaveLength(1);
      expect(new Set(told).size).toBe(told.length);
      stop();
    }
    expect(one.errors.concat(two.errors)).toEqual([]);
  });
});
