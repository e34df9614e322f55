import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { type Act, type Json, type Seat, World } from './world.js';

interface Message {
  readonly position: string;
  readonly entries: readonly Act[];
  readonly names: Json;
}
const MOU = {
  titles: { en: 'A memorandum' }, participants: ['xa-group', 'xb-group'], purpose: { en: 'To work together.' }, bindingness: 'political', authenticLanguages: ['en'],
  effect: { rule: 'last-signature' }, accession: 'closed', withdrawalNoticeMonths: 3, amendmentConsent: 'all', suspension: 'none', numberStyle: 'paragraphs', renewal: 'none',
};

/** What the workspace does with a socket: an act that comes twice is known by its position. */
class Follower {
  readonly acts: Act[] = [];
  readonly received: string[] = [];
  readonly events: string[] = [];
  position: string | undefined;
  #waiting: (() => void)[] = [];

  constructor(readonly socket: Socket) {
    socket.on('activity', (message: Message) => this.#take(message));
    for (const name of ['ended', 'bye', 'disconnect']) socket.on(name, () => this.#note(name));
  }

  async follow(): Promise<void> {
    const answer = (await this.socket.emitWithAck('follow', this.position === undefined ? {} : { after: this.position })) as { ok: boolean; position: string; more: boolean };
    expect(answer.ok).toBe(true);
    if (answer.more) return this.follow();
    this.position ??= answer.position;
  }
  #take({ position, entries }: Message): void {
    this.received.push(...entries.map((e) => e.position));
    this.acts.push(...entries.filter((e) => this.position === undefined || BigInt(e.position) > BigInt(this.position)));
    if (this.position === undefined || BigInt(position) > BigInt(this.position)) this.position = position;
    this.#wake();
  }
  #note(name: string): void {
    this.events.push(name);
    this.#wake();
  }
  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
  /** Waits for what comes, without sleeping. */
  async until(so: () => boolean): Promise<void> {
    const end = Date.now() + 8_000;
    while (!so() && Date.now() < end)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 500);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    expect(so()).toBe(true);
  }
  of(type: string): Act[] {
    return this.acts.filter((a) => a.doc.type === type);
  }
}

describe('Live updates', () => {
  let world: World;
  let chairA: Seat;
  let chairB: Seat;
  let secretariat: Seat;
  const open: Socket[] = [];

  beforeAll(async () => {
    world = await World.open();
    [chairA, chairB] = (await Promise.all([world.signIn('chair.xa'), world.signIn('chair.xb')])) as [Seat, Seat];
    secretariat = await world.newAccount({
      email: 'sec@aegis.example', personId: 'network-secretariat', displayName: 'Secretariat', language: 'en', grants: [{ capacity: 'network-secretariat', onBehalfOf: 'aegis' }],
    });
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.disconnect();
  });
  afterAll(() => world.close());

  const socketOf = (auth: Record<string, unknown>, options: Json = {}): Socket => {
    const socket = io(`${world.url}/live`, { auth, transports: ['websocket'], forceNew: true, reconnection: false, autoConnect: false, ...options });
    open.push(socket);
    return socket;
  };
  /** The error that a handshake ends with; null where it stands. */
  const connect = (socket: Socket): Promise<string | null> =>
    new Promise((resolve) => {
      socket.once('connect', () => resolve(null));
      socket.once('connect_error', (error) => resolve(error.message));
      socket.connect();
    });
  async function following(who?: Seat): Promise<Follower> {
    const follower = new Follower(socketOf(who === undefined ? {} : { ticket: await who.ticket() }));
    expect(await connect(follower.socket)).toBeNull();
    await follower.follow();
    return follower;
  }
  const propose = (id: string) => chairA.does('mous', id, 'ProposeMou', { mouId: id, ...MOU });

  test('an act of one reaches the other, with the names of what stands in it', async () => {
    const follower = await following(chairB);
    const messages: Message[] = [];
    follower.socket.on('activity', (m: Message) => messages.push(m));
    const { position } = await propose('m-live');
    await follower.until(() => follower.of('MouProposed').length === 1);
    expect(follower.acts[0]).toMatchObject({ position, doc: { type: 'MouProposed', stream: 'mou-m-live', actor: { personId: 'xa-chair', onBehalfOf: 'xa-group' } } });
    expect(messages[0]?.names).toMatchObject({ 'person-xa-chair': { en: 'Ada Marlowe' }, 'group-xa-group': { fr: expect.stringContaining('Groupe d’exercice A') } });
    // By then the page can be read.
    await chairB.get('/api/v1/mous/m-live', { minPosition: position }).expect(200);
  });

  test('who is not signed in gets what is open to anyone, and nothing else; another group does not get what is not its own', async () => {
    const [anyone, other, member] = await Promise.all([following(), world.signIn('chair.xc').then(following), following(chairB)]);
    await propose('m-secret');
    await secretariat.does('parliaments', 'CA', 'RecordRecess', { from: '2026-07-01' });
    await Promise.all([anyone, other, member].map((f) => f.until(() => f.of('RecessBegan').length === 1)));
    expect(anyone.acts.map((a) => a.doc.type)).toEqual(['RecessBegan']);
    expect(other.acts.map((a) => a.doc.type)).toEqual(['RecessBegan']);
    expect(member.acts.map((a) => a.doc.type)).toEqual(['MouProposed', 'RecessBegan']);
  });

  test('nor does it get it as what was missed', async () => {
    const anyone = new Follower(socketOf({}));
    anyone.position = '0';
    expect(await connect(anyone.socket)).toBeNull();
    await anyone.follow();
    expect(anyone.acts.length).toBeGreaterThan(40);
    expect(anyone.acts.filter((a) => a.doc.mode === 'exercise')).toEqual([]);
    expect(new Set(anyone.acts.map((a) => a.position)).size).toBe(anyone.acts.length);
  });

  test('nothing comes before it is asked for', async () => {
    const silent = new Follower(socketOf({ ticket: await chairB.ticket() }));
    expect(await connect(silent.socket)).toBeNull();
    const member = await following(chairB);
    await propose('m-silent');
    await member.until(() => member.of('MouProposed').length === 1);
    expect(silent.received).toEqual([]);
    expect(await silent.socket.emitWithAck('follow', { after: 'the beginning' })).toEqual({ ok: false });
  });

  test('across a lost connection nothing is missing and nothing comes twice: fifty acts', async () => {
    const follower = await following(chairB);
    const ids = Array.from({ length: 50 }, (_, i) => `m-lost-${i}`);
    let next = 0;
    const write = async () => {
      while (next < ids.length) await propose(ids[next++]!);
    };
    const writing = Promise.all([write(), write(), write()]);
    let last = follower;
    // The connection is lost three times while acts are made, each time at another point of them.
    for (const seen of [8, 20, 35]) {
      await last.until(() => last.acts.length >= seen);
      last.socket.io.engine.close();
      const again = new Follower(socketOf({ ticket: await chairB.ticket() }));
      again.acts.push(...last.acts);
      again.position = last.position;
      expect(await connect(again.socket)).toBeNull();
      await again.follow();
      last = again;
    }
    await writing;
    await last.until(() => last.acts.length >= ids.length);
    expect(last.acts.map((a) => a.doc.streamId).toSorted()).toEqual(ids.toSorted());
    const positions = last.acts.map((a) => BigInt(a.position));
    expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test('who was away for long asks in several turns; what happens meanwhile comes after it, once', async () => {
    const before = await world.head();
    const { executor } = world.services.platform;
    const register = (n: number) =>
      executor.execute({
        aggregate: 'Person', id: `p-away-${n}`, command: 'RecordPerson', commandId: randomUUID(), mode: 'live', actor: { personId: 'network-secretariat', capacity: 'network-secretariat' },
        input: { personId: `p-away-${n}`, kind: 'parliamentarian', names: [{ full: `Person ${n}`, script: 'Latn', lang: 'en' }], sources: [] },
      });
    for (let n = 0; n < 1300; n++) expect(await register(n)).toMatchObject({ revision: 1 });
    await world.settled();
    const back = new Follower(socketOf({}));
    back.position = before;
    expect(await connect(back.socket)).toBeNull();
    const following = back.follow();
    await register(1300);
    await following;
    await back.until(() => back.acts.length >= 1301);
    expect(back.received).toHaveLength(1301);
    expect(back.acts.map((a) => a.doc.streamId)).toEqual(Array.from({ length: 1301 }, (_, n) => `p-away-${n}`));
  }, 60_000);

  test('a ticket is good once', async () => {
    const ticket = await chairB.ticket();
    expect(await connect(socketOf({ ticket }))).toBeNull();
    expect(await connect(socketOf({ ticket }))).toBe('ticket');
    expect(await connect(socketOf({ ticket: 'made up' }))).toBe('ticket');
    expect(await connect(socketOf({ ticket: 7 }))).toBe('ticket');
    // The cookie alone opens nothing but what is public.
    const cookie = new Follower(socketOf({}, { extraHeaders: chairB.headers }));
    expect(await connect(cookie.socket)).toBeNull();
    await cookie.follow();
    const member = await following(chairB);
    await propose('m-cookie');
    await member.until(() => member.of('MouProposed').length === 1);
    expect(cookie.received).toEqual([]);
  });

  test.each(['websocket', 'polling'])('a page of another site is refused (%s)', async (transport) => {
    const ticket = await chairB.ticket();
    const from = (origin: string) => connect(socketOf({ ticket }, { transports: [transport], extraHeaders: { origin } }));
    expect(await from('https://evil.example')).toEqual(expect.any(String));
    expect(await from(`http://localhost:${world.port + 1}`)).toEqual(expect.any(String));
    expect(await from(`http://localhost:${world.port}`)).toBeNull();
  });

  test('when the session ends, its sockets end, and those of others stay', async () => {
    const leaving = await world.signIn('chair.xb');
    const [one, two, other] = await Promise.all([following(leaving), following(leaving), following(chairB)]);
    const unused = await leaving.ticket();
    const { identity } = world.services;
    const { accountId } = (await identity.accounts.findByEmail('chair.xb@demo.example'))!;
    const [newest] = await identity.sessions.list(accountId);
    await identity.sessions.revoke(newest!.sessionId);
    for (const gone of [one, two]) {
      await gone.until(() => gone.events.includes('disconnect'));
      expect(gone.events).toEqual(['ended', 'disconnect']);
    }
    expect(await connect(socketOf({ ticket: unused }))).toBe('ticket');
    await propose('m-after');
    await other.until(() => other.of('MouProposed').length === 1);
    expect(other.events).toEqual([]);
    expect(one.received).toEqual([]);
  });

  test('an account that is disabled is out of its sockets too', async () => {
    const seat = await world.newAccount({
      email: 'short@demo.example', personId: 'xb-vice', displayName: 'Camille Desroches', language: 'fr', exercise: true, grants: [{ capacity: 'officer', onBehalfOf: 'xb-group' }],
    });
    const follower = await following(seat);
    const { accounts } = world.services.identity;
    await accounts.disable((await accounts.findByEmail('short@demo.example'))!.accountId);
    await follower.until(() => follower.events.includes('disconnect'));
    expect((await seat.get('/api/v1/inbox')).status).toBe(401);
  });

  describe('who looks at the same thing', () => {
    const AT = 'mous/exercise-mou';
    const look = (socket: Socket, at: string | null): Promise<Json> => socket.emitWithAck('look', { at }) as Promise<Json>;
    /** Joins from whichever node has its turn, and keeps what is said of the place. */
    const present = async (who?: Seat) => {
      const socket = socketOf(who === undefined ? {} : { ticket: await who.ticket() });
      expect(await connect(socket)).toBeNull();
      const said: string[][] = [];
      socket.on('presence', ({ at, here }: Json) => at === AT && said.push(here.map((p: Json) => p.personId)));
      const until = async (...people: string[]) => {
        const found = await world.until(() => Promise.resolve(said.at(-1)), (last) => JSON.stringify(last) === JSON.stringify(people));
        expect(found).toEqual(people);
      };
      return { socket, said, until };
    };

    test('is told of each other, by name, as they come and go', async () => {
      const [one, two] = [await present(chairA), await present(chairB)];
      expect(await look(one.socket, AT)).toMatchObject({ ok: true, here: [{ personId: 'xa-chair', name: 'Ada Marlowe' }] });
      expect(await look(two.socket, AT)).toMatchObject({ ok: true, here: [{ personId: 'xa-chair' }, { personId: 'xb-chair' }] });
      await one.until('xa-chair', 'xb-chair');
      await look(two.socket, 'groups/xa-group');
      await one.until('xa-chair');
      await look(two.socket, AT);
      await one.until('xa-chair', 'xb-chair');
      two.socket.disconnect();
      await one.until('xa-chair');
    });
    test('twice is one person', async () => {
      const [one, again] = [await present(chairA), await present(chairA)];
      await look(one.socket, AT);
      expect((await look(again.socket, AT)).here.map((p: Json) => p.personId)).toEqual(['xa-chair']);
    });
    test('is not told to who may not read it, who is not of the network, or of a thing that is none', async () => {
      await propose('m-unseen');
      await world.settled();
      const outsiders = [await present(), await present(await world.signIn('chair.xc')), await present(await world.signIn('observer'))];
      for (const { socket } of outsiders) expect(await look(socket, 'mous/m-unseen')).toEqual({ ok: false });
      const { socket } = await present(chairA);
      expect(await look(socket, 'mous/m-unseen')).toMatchObject({ ok: true });
      for (const at of ['activity/1', 'mous/none', 'mous', '', '../etc/passwd']) expect(await look(socket, at)).toEqual({ ok: false });
      expect(await socket.emitWithAck('look', 7)).toEqual({ ok: false });
    });
    test('does not see an auditor, who reads unseen', async () => {
      const [one, auditor] = [await present(chairA), await present(await world.signIn('auditor'))];
      await look(one.socket, AT);
      expect((await look(auditor.socket, AT)).here?.map((p: Json) => p.personId) ?? []).not.toContain('xn-auditor');
      const late = await present(chairB);
      expect((await look(late.socket, AT)).here.map((p: Json) => p.personId)).toEqual(['xa-chair', 'xb-chair']);
    });
  });

  // The last of this file: it ends the server.
  test('when the server goes its sockets are told before they end', async () => {
    const followers = await Promise.all([following(), following(chairB)]);
    await world.stopServing();
    for (const gone of followers) {
      await gone.until(() => gone.events.includes('disconnect'));
      expect(gone.events).toEqual(['bye', 'disconnect']);
    }
  });
});
