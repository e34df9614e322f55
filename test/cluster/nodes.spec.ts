import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { type Answered, clause, type Done, InsistentClient, proposal } from '../faults/client.ts';
import { freePort, serverNode, startCluster, type TestCluster } from './index.ts';

/** Stands in a command, and nowhere but in the record. */
const SECRET = 'the informant lives in the third house';

/** Takes traces as a collector does. */
async function startCollector(): Promise<{ server: Server; port: number; received: string[] }> {
  const received: string[] = [];
  const server = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push(Buffer.concat(parts).toString());
      answer.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, port, received };
}

/** One who watches over a socket, and comes back to any node that is there. */
class Watcher {
  readonly positions: string[] = [];
  readonly said: string[] = [];
  position: string | undefined;
  #socket: Socket | undefined;

  constructor(
    private readonly client: InsistentClient,
    private readonly urls: () => readonly string[],
  ) {}

  async watch(turn = 0): Promise<void> {
    const { body } = await this.client.ask('POST', 'session/ticket', {});
    const urls = this.urls();
    const socket = io(`${urls[turn % urls.length]}/live`, { auth: { ticket: body.ticket }, transports: ['websocket'], forceNew: true, reconnection: false });
    this.#socket = socket;
    socket.on('bye', () => this.said.push('bye'));
    socket.on('activity', ({ entries, position }: { entries: { position: string; doc: { stream: string } }[]; position: string }) => {
      // An act that comes twice is known by its position, as the workspace knows it.
      for (const e of entries) if (e.doc.stream === 'statement-storm' && !this.positions.includes(e.position)) this.positions.push(e.position);
      this.position = position;
    });
    socket.on('disconnect', () => void this.#comeBack(turn + 1));
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    for (;;) {
      const answer = (await socket.emitWithAck('follow', this.position === undefined ? {} : { after: this.position })) as { position: string; more: boolean };
      this.position ??= answer.position;
      if (!answer.more) return;
    }
  }
  async #comeBack(turn: number): Promise<void> {
    if (this.#stopped) return;
    await wait(50);
    await this.watch(turn).catch(() => this.#comeBack(turn + 1));
  }
  #stopped = false;
  stop(): void {
    this.#stopped = true;
    this.#socket?.removeAllListeners();
    this.#socket?.disconnect();
  }
}

describe('Several nodes', () => {
  let cluster: TestCluster;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let metricsPort: number;
  let chair: InsistentClient;
  const up = () => cluster.nodes.slice(0, 2).filter((node) => node.running).map((node) => node.url);

  beforeAll(async () => {
    collector = await startCollector();
    cluster = await startCluster({
      nodes: ['api,live,projector', 'api,live,projector', 'live'],
      env: { COMITY_LOG: 'debug', OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}`, OTEL_BSP_SCHEDULE_DELAY: '200' },
    });
    metricsPort = await freePort();
    chair = await new InsistentClient(up).signIn('chair.xa');
    await chair.insist('statements/storm/propose-statement', { ...proposal('storm'), subject: { en: SECRET } });
    await chair.insist('statements/storm/start-drafting', {});
  });
  afterAll(async () => {
    for (const node of cluster.nodes)
      for (const line of node.said().split('\n')) if (line.startsWith('{"level":50')) console.log(node.name, line.slice(0, 800));
    await cluster.stop();
    collector.server.close();
  });

  test('do what their roles say: a node that only holds sockets gives no answers, and one that only answers holds no sockets', async () => {
    const [, , live] = cluster.nodes;
    expect((await fetch(`${live!.url}/api/v1/groups`)).status).toBe(404);
    expect((await fetch(`${live!.url}/health/live`)).status).toBe(200);
    const socket = io(`${live!.url}/live`, { transports: ['websocket'], forceNew: true, reconnection: false });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    // What is done over one node is seen over the other, by who may see it.
    const acts: string[] = [];
    socket.on('activity', ({ entries }: { entries: { doc: { stream: string } }[] }) => acts.push(...entries.map((e) => e.doc.stream)));
    await socket.emitWithAck('follow', {});
    const watcher = new Watcher(chair, () => [live!.url]);
    await watcher.watch();
    const done = await chair.insist('statements/storm/add-clause', clause(0));
    for (const end = Date.now() + 5_000; watcher.positions.length === 0 && Date.now() < end; ) await wait(10);
    expect(watcher.positions).toHaveLength(1);
    expect(acts).toEqual([]);
    expect(done.attempts.map(({ status }) => status)).toEqual([200]);
    watcher.stop();
    socket.disconnect();
  });

  test('one is stopped in the middle of writing: it ends in order, nothing is lost or doubled, its sockets come back elsewhere and miss nothing', async () => {
    const watchers = [0, 1].map(() => new Watcher(chair, up));
    await Promise.all(watchers.map((watcher, turn) => watcher.watch(turn)));
    const done: Done[] = [];
    let over = false;
    const writers = Array.from({ length: 3 }, async (_, side) => {
      for (let n = 0; !over; n++) done.push(await chair.insist('statements/storm/add-clause', clause(100 * side + n)));
    });
    const codes: (number | null)[] = [];
    for (const node of cluster.nodes.slice(0, 2)) {
      await wait(700);
      codes.push(await node.stop());
      await wait(700);
      await node.start();
    }
    over = true;
    await Promise.all(writers);
    expect(codes).toEqual([0, 0]);
    const failed = done.flatMap(({ attempts }) => attempts.filter(({ status }) => status !== 200 && status !== 0 && status !== 503));
    expect(failed).toEqual([] as Answered[]);
    expect(new Set(done.map(({ revision }) => revision)).size).toBe(done.length);

    const history = new Map<string, string>();
    const { body: row } = await chair.ask('GET', 'statements/storm');
    for (const end = Date.now() + 10_000; row.revision < Math.max(...done.map(({ revision }) => revision)) && Date.now() < end; ) {
      await wait(50);
      row.revision = (await chair.ask('GET', 'statements/storm')).body.revision;
    }
    for (let after: string | null = ''; after !== null; ) {
      const { body } = await chair.ask('GET', `statements/storm/history?limit=500${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`);
      for (const { position, doc } of body.entries) history.set(doc.commandId, position);
      after = body.next;
    }
    const expected = done.map(({ key }) => history.get(key)).toSorted((a, b) => a!.length - b!.length || (a! < b! ? -1 : 1));
    for (const watcher of watchers) {
      for (const end = Date.now() + 10_000; watcher.positions.length < expected.length && Date.now() < end; ) await wait(20);
      expect(watcher.positions).toEqual(expected);
      expect(watcher.said).toContain('bye');
      watcher.stop();
    }
  });

  test('the place from which views are folded is handed over at a stop, not waited for', async () => {
    const projecting = async () => {
      for (const node of cluster.nodes.slice(0, 2)) {
        const ready = await fetch(`${node.url}/health/ready`).then((a) => a.json() as Promise<{ projecting?: boolean }>, () => null);
        if (ready?.projecting) return node;
      }
      return undefined;
    };
    const leader = (await projecting())!;
    const stopped = leader.stop();
    for (const end = Date.now() + 10_000; ((await projecting())?.name ?? leader.name) === leader.name && Date.now() < end; ) await wait(10);
    expect((await projecting())?.name).not.toBe(leader.name);
    expect(await stopped).toBe(0);
    await leader.start();
  });

  test('PostgreSQL is killed and comes back: they say that they cannot answer, and then go on by themselves', async () => {
    const watcher = new Watcher(chair, up);
    await watcher.watch();
    await cluster.postgres.kill();
    const away = [await chair.ask('GET', 'groups'), await chair.ask('POST', 'statements/storm/add-clause', { input: clause(900) }, randomUUID())];
    expect(away.map(({ status, body }) => [status, body?.code])).toEqual([[503, 'store-unavailable'], [503, 'store-unavailable']]);
    expect((await fetch(`${up()[0]}/health/ready`)).status).toBe(503);
    expect((await fetch(`${up()[0]}/health/live`)).status).toBe(200);
    await cluster.postgres.restart();
    const done = await chair.insist('statements/storm/add-clause', clause(901));
    for (const end = Date.now() + 20_000; Date.now() < end; await wait(50)) {
      const { body } = await chair.ask('GET', 'statements/storm');
      if (body?.revision >= done.revision && watcher.positions.length > 0) break;
    }
    expect((await chair.ask('GET', 'statements/storm')).body.revision).toBe(done.revision);
    expect(watcher.positions.length).toBeGreaterThan(0);
    expect(cluster.nodes.map(({ running }) => running)).toEqual([true, true, true]);
    watcher.stop();
  });

  test('are watched by figures, traces and logs that name kinds of things and never what was said', async () => {
    const further = await startFurtherNode(metricsPort);
    try {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      for (const name of ['comity_http_request_seconds', 'comity_command_seconds', 'comity_projecting', 'comity_view_lag_seconds', 'comity_sockets', 'process_resident_memory_bytes'])
        expect(text).toContain(name);
      expect((await fetch(`http://127.0.0.1:${metricsPort}/`)).status).toBe(404);
    } finally {
      await further.stop();
    }
    for (const end = Date.now() + 10_000; !collector.received.some((r) => r.includes('command Statement.AddClause')) && Date.now() < end; ) await wait(50);
    const traces = collector.received.join('\n');
    expect(traces).toContain('POST /api/v1/:collection/:id/:command');
    expect(traces).toContain('command Statement.AddClause');
    const logs = cluster.nodes.map((node) => node.said()).join('\n');
    expect(logs).toContain('"route":"/api/v1/:collection/:id/:command"');
    for (const said of [traces, logs]) {
      expect(said).not.toContain(SECRET);
      expect(said).not.toContain('Urge them once more');
      expect(said).not.toContain('statements/storm');
    }
  });

  async function startFurtherNode(port: number) {
    const node = serverNode('node-9', await freePort(), { ...cluster.env, COMITY_METRICS_PORT: String(port), COMITY_ROLES: 'api,live,projector' });
    await node.start();
    return node;
  }
});
