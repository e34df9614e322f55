import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GREEN, type EventMeta } from '#kernel';
import { startProxy } from '../../../../../test/faults/proxy.ts';
import { createCertificate, type KurrentServer, type KurrentServerOptions, spawnKurrentServer, startKurrentServer } from '../../../../../test/kurrentdb-server/index.ts';
import { ConnectionStringRefused, type NewEvent, START, StoreUnavailable, type StoredEvent } from '../event-store.js';
import { eventStoreContract } from '../event-store.contract.js';
import { uuidv7 } from '../ids.js';
import { KurrentDbEventStore } from './kurrentdb-event-store.js';

const meta: EventMeta = {
  recordedAt: '2026-11-23T09:00:00Z', actor: { personId: 'p', capacity: 'system' }, mode: 'live', label: GREEN, commandId: 'c', correlationId: 'c', causationId: 'd',
  sources: [{ title: 'A source' } as never], basis: { charter: '2' },
};
const event = (data: unknown = {}, id = uuidv7()): NewEvent => ({ id, type: 'test.Happened.v1', data, meta });
const folders: string[] = [];
const folderOf = () => {
  const folder = mkdtempSync(join(tmpdir(), 'comity-kurrentdb-'));
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
const clear = (port: number, rest = '') => `kurrentdb://admin:changeit@127.0.0.1:${port}?tls=false${rest}`;

eventStoreContract('KurrentDB protocol', async () => {
  const server = await startKurrentServer({ folder: folderOf(), systemEvery: 3 });
  const open = () => Promise.resolve(new KurrentDbEventStore(clear(server.port)));
  return { open, reopen: open, refusesUsedIds: false, dispose: () => server.stop() };
});

// A real server, where there is one to be had: its database is taken to be empty, and events stay in it.
const real = process.env['COMITY_TEST_KURRENTDB'];
if (real !== undefined && real !== '') {
  eventStoreContract('KurrentDB itself', () => {
    const open = () => Promise.resolve(new KurrentDbEventStore(real));
    return Promise.resolve({ open, reopen: open, refusesUsedIds: false, dispose: () => Promise.resolve() });
  });
}

describe('the adapter of KurrentDB', () => {
  let server: KurrentServer | undefined;
  const stores: KurrentDbEventStore[] = [];
  const serve = async (options: Partial<KurrentServerOptions> = {}) => (server = await startKurrentServer({ folder: folderOf(), ...options }));
  const storeAt = (connectionString: string) => {
    const store = new KurrentDbEventStore(connectionString);
    stores.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await server?.stop();
    server = undefined;
  });
  /** Follows from the beginning, and says what came. */
  const follow = (store: KurrentDbEventStore) => {
    const seen: StoredEvent[] = [];
    const errors: unknown[] = [];
    const subscription = store.subscribe({ after: START, onBatch: (events) => void seen.push(...events), onError: (error) => errors.push(error) });
    const until = async (n: number) => {
      for (const end = Date.now() + 10_000; seen.length < n && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(seen.map((e) => e.data)).toEqual(Array.from({ length: n }, (_, i) => i));
    };
    return { until, errors, stop: () => subscription.stop() };
  };
  const append = (store: KurrentDbEventStore, n: number) => store.append('mou-a', n, [event(n)]);
  /** As a client does: the same again until it is taken. */
  const insist = async (store: KurrentDbEventStore, n: number) => {
    const events = [event(n)];
    for (const end = Date.now() + 10_000; ; ) {
      try {
        return await store.append('mou-a', n, events);
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || Date.now() > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };

  it('refuses to speak in the clear with any other machine, and what is no place', () => {
    for (const text of ['kurrentdb://u:p@db.example:2113?tls=false', 'esdb://127.0.0.1:1,10.0.0.1:2?tls=false', 'http://127.0.0.1:2113', '', 'kurrentdb://u:p@10.0.0.1:2113'])
      expect(() => new KurrentDbEventStore(text)).toThrow(ConnectionStringRefused);
  });
  it('keeps what the conventions of KurrentDB name, and gives back all metadata', async () => {
    const { port } = await serve();
    const store = storeAt(clear(port));
    await store.append('mou-a', 0, [event(0)]);
    const [stored] = await store.readStream('mou-a');
    expect(stored?.meta).toEqual(meta);
  });
  it('speaks TLS with credentials, and says what is wrong with others', async () => {
    const certificate = createCertificate(folderOf());
    const { port } = await serve({ tls: certificate, login: { user: 'comity', password: 'a secret: @/?' } });
    const at = (user: string) => `kurrentdb://${user}@localhost:${port}?tlsCAFile=${encodeURIComponent(certificate.certFile)}`;
    const store = storeAt(at(`comity:${encodeURIComponent('a secret: @/?')}`));
    await append(store, 0);
    expect(await store.readStream('mou-a')).toHaveLength(1);
    const error: unknown = await append(storeAt(at('comity:wrong')), 0).catch((e: unknown) => e);
    expect(error).not.toBeInstanceOf(StoreUnavailable);
    expect(error).toMatchObject({ type: 'access-denied' });
  });
  it('finds the leader of a cluster', async () => {
    const leader = await serve();
    const follower = await startKurrentServer({ folder: folderOf() });
    const nodes = [{ address: '127.0.0.1', port: leader.port, state: 'leader' as const }, { address: '127.0.0.1', port: follower.port, state: 'follower' as const }];
    [leader.nodes, follower.nodes] = [nodes, nodes];
    const store = storeAt(`kurrentdb://admin:changeit@127.0.0.1:${follower.port},127.0.0.1:${leader.port}?tls=false&nodePreference=leader`);
    await append(store, 0);
    expect(await storeAt(clear(leader.port)).readStream('mou-a')).toHaveLength(1);
    await follower.stop();
  });
  it('says that the store is away when there is none, and works as soon as there is one', async () => {
    const { port } = await serve();
    await server!.kill();
    const store = storeAt(clear(port));
    await expect(append(store, 0)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.readStream('mou-a')).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
    await serve({ port });
    await insist(store, 0);
  });
  it('follows on after the server was killed and started again: nothing is missed, nothing comes twice', async () => {
    const folder = folderOf();
    const process = await spawnKurrentServer({ folder });
    const store = storeAt(clear(process.port));
    const following = follow(store);
    for (let n = 0; n < 12; n++) {
      if (n % 4 === 3) await process.restart();
      await insist(store, n);
    }
    await following.until(12);
    expect(following.errors).toEqual([]);
    await following.stop();
    await process.stop();
  }, 30_000);
  it.each(['loseAcknowledgements', 'swallowAcknowledgements'] as const)('gives the same answer when the first was lost after the commit (%s)', async (fault) => {
    const { port, faults } = await serve();
    const store = storeAt(clear(port));
    const events = [event(0)];
    faults[fault] = 1;
    await expect(store.append('mou-a', 0, events)).rejects.toBeInstanceOf(StoreUnavailable);
    const again = await store.append('mou-a', 0, events);
    expect(again).toMatchObject({ revision: 1 });
    expect(await store.readStream('mou-a')).toHaveLength(1);
  });
  it.each(['halfOpen', 'loseAnswers', 'cut'] as const)('gives up within two seconds on a line that is %s, and goes on by itself when it is back', async (fault) => {
    const process = await spawnKurrentServer({ folder: folderOf() });
    const proxy = await startProxy({ target: { port: process.port } });
    const store = storeAt(clear(proxy.port));
    const following = follow(store);
    await append(store, 0);
    await following.until(1);
    await proxy[fault]();
    const began = performance.now();
    const events = [event(1)];
    await expect(store.append('mou-a', 1, events)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.readStream('mou-a')).rejects.toBeInstanceOf(StoreUnavailable);
    expect(performance.now() - began).toBeLessThan(4_000);
    await proxy.heal();
    for (const end = Date.now() + 5_000; ; ) {
      try {
        expect(await store.append('mou-a', 1, events)).toMatchObject({ revision: 2 });
        break;
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || Date.now() > end) throw error;
      }
    }
    await following.until(2);
    expect(following.errors).toEqual([]);
    await following.stop();
    await proxy.close();
    await process.stop();
  }, 30_000);
  it('tells of an event that is none of the product’s, and does not pass over it', async () => {
    const { port } = await serve();
    const foreign = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${port}?tls=false`);
    await foreign.appendToStream('other-1', binaryEvent({ type: 'other', data: Buffer.from([1, 2, 3]) }), { credentials: { username: 'u', password: 'p' } });
    await foreign.dispose();
    const store = storeAt(clear(port));
    const error = await new Promise((resolve) => store.subscribe({ after: START, onBatch: () => undefined, onError: resolve }));
    expect(error).toMatchObject({ message: 'other-1@0 was not recorded by this product' });
  });
  it('ends a subscription whose reader fails, and tells why', async () => {
    const { port } = await serve();
    const store = storeAt(clear(port));
    await append(store, 0);
    const error = await new Promise((resolve) => store.subscribe({ after: START, onBatch: () => Promise.reject(new Error('the reader failed')), onError: resolve }));
    expect(error).toMatchObject({ message: 'the reader failed' });
  });
});
