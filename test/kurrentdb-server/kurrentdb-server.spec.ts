import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  AccessDeniedError,
  type AllStreamResolvedEvent,
  ANY,
  BACKWARDS,
  CancelledError,
  DeadlineExceededError,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  NotLeaderError,
  type ResolvedEvent,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  UnavailableError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import {
  createCertificate,
  type KurrentServer,
  type KurrentServerOptions,
  spawnKurrentServer,
  startKurrentServer,
} from './index.ts';

const credentials = { username: 'admin', password: 'changeit' };
const event = (n: unknown = 0, id = randomUUID()) =>
  jsonEvent({ id, type: 'test.Happened.v1', data: { n } as never, metadata: { m: String(n) } });
const events = (count: number) => Array.from({ length: count }, (_, n) => event(n));
const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );
async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of stream) found.push(item);
  return found;
}
const numbers = (found: readonly (ResolvedEvent | AllStreamResolvedEvent)[]) =>
  found.map(({ event: e }) => (e!.data as { n: number }).n);
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !condition(); i++) await wait(5);
  expect(condition()).toBe(true);
}

describe('the KurrentDB server of the tests', () => {
  let folder: string;
  let server: KurrentServer;
  let clients: EventStoreDBClient[];
  let client: EventStoreDBClient;

  const start = async (options: Partial<KurrentServerOptions> = {}) =>
    (server = await startKurrentServer({ folder, ...options }));
  const connect = (to: string, options = 'tls=false') => {
    const made = EventStoreDBClient.connectionString(`esdb://${to}?${options}`);
    clients.push(made);
    return made;
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kurrentdb-server-'));
    clients = [];
    await start();
    client = connect(`127.0.0.1:${server.port}`);
  });
  afterEach(async () => {
    for (const each of clients) await each.dispose();
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each([
    ['one call each', { credentials }],
    ['in batches', {}],
  ])('appends, %s', (_, how) => {
    it('and answers with the revision and a sparse position', async () => {
      const first = await client.appendToStream('mou-a', events(3), { expectedRevision: NO_STREAM, ...how });
      expect(first).toMatchObject({ success: true, nextExpectedRevision: 2n });
      const second = await client.appendToStream('mou-a', event(), { expectedRevision: 2n, ...how });
      expect(second.nextExpectedRevision).toBe(3n);
      expect(second.position!.commit - first.position!.commit).toBeGreaterThan(100n);
      expect(second.position!.commit).toBe(second.position!.prepare);
      const read = await all(client.readStream('mou-a'));
      expect(read.at(-1)?.event).toMatchObject({
        streamId: 'mou-a',
        revision: 3n,
        isJson: true,
        metadata: { m: '0' },
        position: second.position,
      });
      expect(Math.abs(read[0]!.event!.created.getTime() - Date.now())).toBeLessThan(60_000);
    });
    it('and says what the revision is where another was expected', async () => {
      await client.appendToStream('mou-a', events(3), how);
      for (const expectedRevision of [NO_STREAM, 0n, 1n, 7n] as const) {
        const error = await caught(client.appendToStream('mou-a', event(), { expectedRevision, ...how }));
        expect(error).toBeInstanceOf(WrongExpectedVersionError);
        expect(error).toMatchObject({ streamName: 'mou-a', expectedVersion: expectedRevision, actualVersion: 2n });
      }
      for (const expectedRevision of [STREAM_EXISTS, 5n] as const)
        expect(await caught(client.appendToStream('mou-none', event(), { expectedRevision, ...how }))).toMatchObject({
          actualVersion: 'no_stream',
        });
      await client.appendToStream('mou-a', event(), { expectedRevision: STREAM_EXISTS, ...how });
      expect(await all(client.readStream('mou-a'))).toHaveLength(4);
    });
    it('and takes the same events at the same place as the same append, a part of them as a conflict', async () => {
      const [a, b, c, d] = events(4) as [ReturnType<typeof event>, ...ReturnType<typeof event>[]];
      const first = await client.appendToStream('mou-a', [a, b!], { expectedRevision: NO_STREAM, ...how });
      await client.appendToStream('mou-a', c!, { expectedRevision: 1n, ...how });
      for (const expectedRevision of [NO_STREAM, ANY] as const)
        expect(await client.appendToStream('mou-a', [a, b!], { expectedRevision, ...how })).toEqual(first);
      for (const part of [[a, d!], [a, b!, c!, d!], [b!]])
        expect(await caught(client.appendToStream('mou-a', part, { expectedRevision: NO_STREAM, ...how }))).toBeInstanceOf(
          WrongExpectedVersionError,
        );
      // At the current revision ids are not looked at.
      expect(await client.appendToStream('mou-a', a, { expectedRevision: 2n, ...how })).toMatchObject({
        nextExpectedRevision: 3n,
      });
      expect(await client.appendToStream('mou-b', a, { expectedRevision: NO_STREAM, ...how })).toMatchObject({
        nextExpectedRevision: 0n,
      });
    });
    it('and refuses more than a mebibyte', async () => {
      const large = jsonEvent({ type: 'large', data: 'x'.repeat(600_000) });
      await client.appendToStream('mou-a', large, how);
      const error = await caught(
        client.appendToStream('mou-b', [large, jsonEvent({ type: 'large', data: 'x'.repeat(600_000) })], how),
      );
      expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
      expect(error).toMatchObject({ maxAppendSize: 1024 * 1024 });
      expect(await caught(all(client.readStream('mou-b')))).toBeInstanceOf(StreamNotFoundError);
    });
    it('and has one winner for each revision', async () => {
      const results = await Promise.all(
        Array.from({ length: 40 }, () =>
          caught(client.appendToStream('mou-race', event(), { expectedRevision: NO_STREAM, ...how })),
        ),
      );
      expect(results.filter((r) => r instanceof WrongExpectedVersionError)).toHaveLength(39);
      expect(await all(client.readStream('mou-race'))).toHaveLength(1);
    });
    it('and refuses a stream that has a tombstone', async () => {
      await client.appendToStream('mou-a', events(2), how);
      expect(await caught(client.tombstoneStream('mou-a', { expectedRevision: 0n, ...how }))).toMatchObject({
        type: 'wrong-expected-version',
        actualVersion: 1n,
      });
      await client.tombstoneStream('mou-a', { expectedRevision: 1n, ...how });
      for (const expectedRevision of [NO_STREAM, ANY, 1n] as const) {
        const error = await caught(client.appendToStream('mou-a', event(), { expectedRevision, ...how }));
        expect(error).toBeInstanceOf(StreamDeletedError);
        expect(error).toMatchObject({ streamName: 'mou-a' });
      }
      expect(await caught(all(client.readStream('mou-a')))).toBeInstanceOf(StreamDeletedError);
      expect(await caught(client.deleteStream('mou-a'))).toBeInstanceOf(StreamDeletedError);
    });
    it('and can lose an acknowledgement after the commit', async () => {
      const batch = events(2);
      server.faults.loseAcknowledgements = 1;
      expect(await caught(client.appendToStream('mou-a', batch, { expectedRevision: NO_STREAM, ...how }))).toBeInstanceOf(
        UnavailableError,
      );
      expect(await client.appendToStream('mou-a', batch, { expectedRevision: NO_STREAM, ...how })).toMatchObject({
        nextExpectedRevision: 1n,
      });
      expect(await all(client.readStream('mou-a'))).toHaveLength(2);
    });
  });

  it('swallows an acknowledgement until the deadline, and can be slow', async () => {
    server.faults.swallowAcknowledgements = 1;
    expect(await caught(client.appendToStream('mou-a', event(), { credentials, deadline: 300 }))).toBeInstanceOf(
      DeadlineExceededError,
    );
    server.faults.latency = 100;
    const began = performance.now();
    expect(await all(client.readStream('mou-a'))).toHaveLength(1);
    expect(performance.now() - began).toBeGreaterThanOrEqual(99);
  });

  it('reads a stream both ways, from where it is asked to', async () => {
    await client.appendToStream('mou-ünï-😀', events(1500));
    const read = async (options: object) => numbers(await all(client.readStream('mou-ünï-😀', options)));
    expect(await read({})).toEqual(Array.from({ length: 1500 }, (_, i) => i));
    expect(await read({ direction: BACKWARDS, fromRevision: END })).toEqual(Array.from({ length: 1500 }, (_, i) => 1499 - i));
    expect(await read({ fromRevision: 10n, maxCount: 3 })).toEqual([10, 11, 12]);
    expect(await read({ fromRevision: 10n, maxCount: 3, direction: BACKWARDS })).toEqual([10, 9, 8]);
    expect(await read({ fromRevision: 1500n })).toEqual([]);
    const error = await caught(all(client.readStream('mou-none')));
    expect(error).toBeInstanceOf(StreamNotFoundError);
  });

  it('reads everything both ways, events of the system among it', async () => {
    for (let n = 0; n < 40; n++) await client.appendToStream(`mou-${n}`, event(n));
    const found = await all(client.readAll());
    const positions = found.map(({ event: e }) => e!.position.commit);
    expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(numbers(found.filter(({ event: e }) => !e!.type.startsWith('$')))).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(found.filter(({ event: e }) => e!.type === '$statsCollected').length).toBeGreaterThanOrEqual(3);
    const back = await all(client.readAll({ direction: BACKWARDS, fromPosition: END }));
    expect(back.map(({ event: e }) => e!.position.commit)).toEqual(positions.toReversed());
    const from = found[20]!.event!.position;
    const commits = async (options: object) =>
      (await all(client.readAll({ fromPosition: from, maxCount: 3, ...options }))).map(({ event: e }) => e!.position.commit);
    expect(await commits({})).toEqual(positions.slice(20, 23));
    expect(await commits({ direction: BACKWARDS })).toEqual(positions.slice(17, 20).reverse());
  });

  it('hides what $maxCount and a soft deletion hide', async () => {
    await client.appendToStream('mou-a', events(5));
    await client.setStreamMetadata('mou-a', { maxCount: 2 });
    expect(numbers(await all(client.readStream('mou-a')))).toEqual([3, 4]);
    expect(await client.getStreamMetadata('mou-a')).toMatchObject({ metadata: { maxCount: 2 } });
    await client.deleteStream('mou-a', { expectedRevision: 4n });
    expect(await caught(all(client.readStream('mou-a')))).toBeInstanceOf(StreamNotFoundError);
    expect(await client.appendToStream('mou-a', event(9), { expectedRevision: NO_STREAM })).toMatchObject({
      nextExpectedRevision: 5n,
    });
    expect(numbers(await all(client.readStream('mou-a')))).toEqual([9]);
    await server.stop();
    await start();
    expect(numbers(await all(connect(`127.0.0.1:${server.port}`).readStream('mou-a')))).toEqual([9]);
  });

  it('subscribes to everything: behind the position, filtered, with checkpoints, and says when it has caught up', async () => {
    await client.appendToStream('mou-a', event('first'));
    const { position } = await client.appendToStream('mou-a', event('from'));
    for (let n = 0; n < 100; n++) await client.appendToStream(n % 10 === 0 ? `mou-${n}` : `group-${n}`, event(n));
    const checkpoints: bigint[] = [];
    const seen: unknown[] = [];
    const order: string[] = [];
    const subscription = client.subscribeToAll({
      fromPosition: position!,
      filter: streamNameFilter({
        prefixes: ['mou-'],
        maxSearchWindow: 5,
        checkpointInterval: 2,
        checkpointReached: (__, reached) => void checkpoints.push(reached.commit),
      }),
    });
    subscription.on('confirmation', () => order.push('confirmation')).on('caughtUp', () => order.push('caughtUp'));
    subscription.on('data', ({ event: e }) => seen.push((e!.data as { n: unknown }).n));
    await until(() => order.length === 2);
    expect(order).toEqual(['confirmation', 'caughtUp']);
    await until(() => seen.length === 10);
    expect(seen).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(checkpoints.length).toBeGreaterThanOrEqual(10);
    expect(checkpoints).toEqual(checkpoints.toSorted((a, b) => (a < b ? -1 : 1)));
    // Live: also what is filtered out moves the checkpoint.
    const before = checkpoints.length;
    for (let n = 0; n < 10; n++) await client.appendToStream('group-live', event(n));
    await client.appendToStream('mou-live', event('live'));
    await until(() => seen.at(-1) === 'live' && checkpoints.length > before);
    await subscription.unsubscribe();
  });

  it('filters by type and by expression, and considers 32 events at a time where nothing is said', async () => {
    for (let n = 0; n < 70; n++)
      await client.appendToStream('mou-a', jsonEvent({ type: n % 2 ? 'odd' : 'even', data: { n } }), { credentials });
    const run = async (filter: Parameters<typeof client.subscribeToAll>[0]) => {
      const subscription = client.subscribeToAll(filter);
      const seen: string[] = [];
      subscription.on('data', ({ event: e }) => seen.push(e!.type));
      await new Promise((resolve) => subscription.once('caughtUp', () => resolve(undefined)));
      await wait(20);
      await subscription.unsubscribe();
      return seen;
    };
    expect(await run({ filter: eventTypeFilter({ prefixes: ['odd'] }) })).toHaveLength(35);
    expect(await run({ filter: streamNameFilter({ regex: '^\\$stats' }) })).not.toHaveLength(0);
    let checkpoints = 0;
    const seen = await run({ filter: excludeSystemEvents({ checkpointReached: () => void checkpoints++ }) });
    expect([seen.length, checkpoints]).toEqual([70, 2]);
    expect((await run({})).length).toBeGreaterThan(70);
  });

  it('subscribes to a stream that does not exist yet, and behind a revision', async () => {
    const seen: unknown[] = [];
    const subscription = client.subscribeToStream('mou-a').on('data', ({ event: e }) => seen.push(e!.revision));
    await client.appendToStream('mou-a', events(3));
    await until(() => seen.length === 3);
    const later: unknown[] = [];
    const behind = client.subscribeToStream('mou-a', { fromRevision: 0n }).on('data', ({ event: e }) => later.push(e!.revision));
    await client.appendToStream('mou-a', event());
    await until(() => later.length === 3 && seen.length === 4);
    expect([seen, later]).toEqual([
      [0n, 1n, 2n, 3n],
      [1n, 2n, 3n],
    ]);
    const error = new Promise((resolve) => behind.once('error', resolve));
    subscription.on('error', () => undefined);
    await client.tombstoneStream('mou-a');
    expect(await error).toBeInstanceOf(StreamDeletedError);
  });

  it('waits for a slow reader', async () => {
    const wide = () => Array.from({ length: 200 }, (_, n) => jsonEvent({ type: 't', data: { n, text: 'x'.repeat(4_000) } }));
    for (let n = 0; n < 20; n++) await client.appendToStream(`mou-${n}`, wide());
    const subscription = client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['mou-'] }) }, { highWaterMark: 8 });
    let seen = 0;
    for await (const _ of subscription) {
      if (++seen === 1) await wait(300);
      if (seen === 4_000) break;
    }
    expect(seen).toBe(4_000);
    expect(await all(client.readAll({ maxCount: 10 }))).toHaveLength(10);
  });

  it('ends streams with CANCELLED when it stops, with UNAVAILABLE when it is killed', async () => {
    for (const [how, type] of [
      ['stop', CancelledError],
      ['kill', UnavailableError],
    ] as const) {
      const own = connect(`127.0.0.1:${server.port}`);
      const subscription = own.subscribeToAll();
      const error = new Promise((resolve) => subscription.once('error', resolve));
      subscription.on('data', () => undefined);
      await new Promise((resolve) => subscription.once('caughtUp', () => resolve(undefined)));
      await server[how]();
      expect(await error).toBeInstanceOf(type);
      await start({ port: server.port });
      // The client finds its way back for the next call.
      expect((await all(own.readAll())).length).toBeGreaterThan(0);
    }
  });

  it('drops what was half-written when it was killed, and keeps the rest', async () => {
    await client.appendToStream('mou-a', events(3), { credentials });
    await server.kill();
    const file = join(folder, 'events.log');
    const { size } = statSync(file);
    appendFileSync(file, Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7]));
    await start();
    expect(statSync(file).size).toBe(size);
    const again = connect(`127.0.0.1:${server.port}`);
    await again.appendToStream('mou-a', events(2), { expectedRevision: 2n, credentials });
    await server.kill();
    truncateSync(file, statSync(file).size - 1);
    await start();
    // An append is there as a whole or not at all.
    expect(await all(connect(`127.0.0.1:${server.port}`).readStream('mou-a'))).toHaveLength(3);
  });

  it('asks for a login over TLS', async () => {
    const { keyFile, certFile } = createCertificate(folder);
    await server.stop();
    await start({ tls: { keyFile, certFile }, login: { user: 'admin', password: 'changeit' } });
    const options = `tls=true&tlsCAFile=${certFile}`;
    // By name: the client cannot speak TLS to an address on Node 26.
    const known = connect(`admin:changeit@localhost:${server.port}`, options);
    await known.appendToStream('mou-a', event());
    await known.appendToStream('mou-a', event(), { credentials });
    expect(await all(known.readStream('mou-a'))).toHaveLength(2);
    const unknown = connect(`localhost:${server.port}`, options);
    for (const refused of [
      () => unknown.appendToStream('mou-a', event(), { credentials: { username: 'admin', password: 'no' } }),
      () => unknown.appendToStream('mou-a', event()),
      () => all(unknown.readStream('mou-a')),
    ])
      expect(await caught(refused())).toBeInstanceOf(AccessDeniedError);
  });

  it('is found by gossip, and sends away who needs the leader when it is not', async () => {
    const other = mkdtempSync(join(tmpdir(), 'kurrentdb-server-'));
    const follower = await startKurrentServer({ folder: other });
    const nodes = [
      { address: '127.0.0.1', port: server.port, state: 'leader' },
      { address: '127.0.0.1', port: follower.port, state: 'follower' },
    ] as const;
    server.nodes = nodes;
    follower.nodes = nodes;
    follower.faults.leaderElsewhere = { address: '127.0.0.1', port: server.port };
    const found = connect(`127.0.0.1:${follower.port},127.0.0.1:${server.port}`, 'tls=false&nodePreference=leader');
    await found.appendToStream('mou-a', event(), { credentials, requiresLeader: true });
    expect(await all(client.readStream('mou-a'))).toHaveLength(1);

    const direct = connect(`127.0.0.1:${follower.port}`);
    const error = await caught(direct.appendToStream('mou-b', event(), { credentials, requiresLeader: true }));
    expect(error).toBeInstanceOf(NotLeaderError);
    expect(error).toMatchObject({ leader: { address: '127.0.0.1', port: server.port } });
    // The client goes to the leader from then on.
    await direct.appendToStream('mou-b', event(), { credentials, requiresLeader: true });
    expect(await all(client.readStream('mou-b'))).toHaveLength(1);
    await follower.kill();
    rmSync(other, { recursive: true, force: true });
  });

  it('loses nothing it has acknowledged when its process is killed in the middle of appends', async () => {
    const process = await spawnKurrentServer({ folder: join(folder, 'of-a-process') });
    const acknowledged = Array.from({ length: 8 }, () => 0);
    let running = true;
    const writer = async (w: number): Promise<void> => {
      const own = connect(`127.0.0.1:${process.port}`);
      while (running) {
        const expectedRevision = acknowledged[w] === 0 ? NO_STREAM : BigInt(acknowledged[w]! - 1);
        try {
          await own.appendToStream(
            `mou-${w}`,
            event(
              acknowledged[w],
              `00000000-0000-4000-8${String(w).padStart(3, '0')}-${String(acknowledged[w]).padStart(12, '0')}`,
            ),
            {
              expectedRevision,
              credentials,
              deadline: 1_000,
            },
          );
          acknowledged[w]!++;
        } catch (error) {
          expect(error).not.toBeInstanceOf(WrongExpectedVersionError);
          await wait(20);
        }
      }
    };
    const writers = acknowledged.map((_, w) => writer(w));
    for (let round = 0; round < 3; round++) {
      const before = acknowledged.reduce((a, b) => a + b, 0);
      await until(() => acknowledged.reduce((a, b) => a + b, 0) > before + 100);
      await process.kill();
      await wait(50);
      await process.restart();
    }
    running = false;
    await Promise.all(writers);
    const reader = connect(`127.0.0.1:${process.port}`);
    for (const [w, count] of acknowledged.entries()) {
      const found = numbers(await all(reader.readStream(`mou-${w}`)));
      expect(found.length).toBeGreaterThanOrEqual(count);
      expect(found).toEqual(found.map((_, n) => n));
    }
    const { pid } = process;
    await process.stop();
    expect(() => globalThis.process.kill(pid, 0)).toThrow();
  }, 60_000);
});
