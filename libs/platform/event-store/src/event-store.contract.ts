import { GREEN, type EventMeta } from '#kernel';
import {
  AppendTooLarge,
  comparePositions,
  EventIdReused,
  type EventStore,
  type NewEvent,
  START,
  type StoredEvent,
  type Subscription,
  WrongRevision,
} from './event-store.js';
import { uuidv7 } from './ids.js';

export interface StoreUnderTest {
  open(): Promise<EventStore>;
  /** The same store opened again after a clean close; undefined where nothing outlives the process. */
  reopen?: () => Promise<EventStore>;
  /** Does the store itself refuse an id that another stream has used? Where it does not, ids are derived so that none comes twice. */
  readonly refusesUsedIds: boolean;
  dispose(): Promise<void>;
}

const meta: EventMeta = {
  recordedAt: '2026-11-23T09:00:00Z', actor: { personId: 'p', capacity: 'system' }, mode: 'live', label: GREEN,
  commandId: 'c', correlationId: 'c',
};
const event = (data: unknown = {}, id = uuidv7()): NewEvent => ({ id, type: 'test.Happened.v1', data, meta });
const collect = (store: EventStore, after: string, wanted: number, categories?: string[]) => {
  const seen: StoredEvent[] = [];
  let subscription: Subscription;
  const done = new Promise<StoredEvent[]>((resolve, reject) => {
    subscription = store.subscribe({
      after,
      batch: 7,
      ...(categories ? { categories } : {}),
      onBatch: (events) => {
        seen.push(...events);
        if (seen.length >= wanted) resolve(seen);
      },
      onError: reject,
    });
  });
  return done.then(async (events) => {
    await subscription.stop();
    return events;
  });
};

/** The one suite that every adapter of the event store passes. */
export function eventStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`the event store contract: ${name}`, () => {
    let under: StoreUnderTest;
    let store: EventStore;
    beforeEach(async () => {
      under = await make();
      store = await under.open();
    });
    afterEach(async () => {
      await store.close();
      await under.dispose();
    });

    it('appends to a new stream and reads it back whole', async () => {
      const data = { text: 'Génocide — إبادة 🕊 \u0301e', nested: [1, { b: null }] };
      const appended = await store.append('mou-ünï-😀', 0, [event(data), event(2)]);
      expect(appended).toMatchObject({ stream: 'mou-ünï-😀', revision: 2 });
      const read = await store.readStream('mou-ünï-😀');
      expect(read.map((e) => [e.revision, e.data])).toEqual([[1, data], [2, 2]]);
      expect(read[0]).toMatchObject({ stream: 'mou-ünï-😀', type: 'test.Happened.v1', meta });
      expect(read[1]?.position).toBe(appended.position);
      expect(await store.head()).toBe(appended.position);
    });
    it('answers an unknown stream with nothing', async () => {
      expect(await store.readStream('mou-x')).toEqual([]);
      expect(await store.head()).toBe(START);
    });
    it('refuses a wrong expected revision and says the actual one', async () => {
      await store.append('mou-a', 0, [event()]);
      for (const expected of [0, 2, 7]) {
        const error: unknown = await store.append('mou-a', expected, [event()]).catch((e: unknown) => e);
        expect(error).toBeInstanceOf(WrongRevision);
        expect(error).toMatchObject({ stream: 'mou-a', expected, actual: 1 });
      }
      await expect(store.append('mou-new', 1, [event()])).rejects.toBeInstanceOf(WrongRevision);
      expect(await store.readStream('mou-a')).toHaveLength(1);
    });
    it('takes a repeated append as the same one, also when the stream has moved on', async () => {
      const events = [event(1), event(2)];
      const first = await store.append('mou-a', 0, events);
      await store.append('mou-a', 2, [event(3)]);
      expect(await store.append('mou-a', 0, events)).toEqual(first);
      expect(await store.readStream('mou-a')).toHaveLength(3);
    });
    it('refuses an event id that was used for something else', async () => {
      if (!under.refusesUsedIds) return;
      const used = event(1);
      await store.append('mou-a', 0, [used]);
      await expect(store.append('mou-b', 0, [event(2, used.id)])).rejects.toBeInstanceOf(EventIdReused);
      await expect(store.append('mou-a', 1, [event(2), event(2, used.id)])).rejects.toBeInstanceOf(EventIdReused);
      expect(await store.readStream('mou-b')).toEqual([]);
      expect(await store.readStream('mou-a')).toHaveLength(1);
    });
    it('refuses an append over one mebibyte, an empty one, and a stream without category; nothing is written', async () => {
      await expect(store.append('mou-a', 0, [event('x'.repeat(1024 * 1024))])).rejects.toBeInstanceOf(AppendTooLarge);
      await expect(store.append('mou-a', 0, [])).rejects.toBeInstanceOf(TypeError);
      await expect(store.append('nodash', 0, [event()])).rejects.toBeInstanceOf(TypeError);
      expect(await store.head()).toBe(START);
    });
    it('reads ranges of a stream and of everything, in order', async () => {
      for (let i = 0; i < 5; i++) await store.append(i % 2 ? 'mou-a' : 'group-b', Math.floor(i / 2), [event(i)]);
      expect((await store.readStream('group-b', 1, 1)).map((e) => e.data)).toEqual([2]);
      const all = await store.readAll({ after: START, limit: 100 });
      expect(all.map((e) => e.data)).toEqual([0, 1, 2, 3, 4]);
      expect((await store.readAll({ after: all[1]!.position, limit: 2 })).map((e) => e.data)).toEqual([2, 3]);
      expect((await store.readAll({ after: START, limit: 100, categories: ['group'] })).map((e) => e.data)).toEqual([0, 2, 4]);
      for (let i = 1; i < all.length; i++) expect(comparePositions(all[i - 1]!.position, all[i]!.position)).toBeLessThan(0);
    });
    it('keeps one order under 64 concurrent writers: no gap, no double, one winner for each revision', async () => {
      const write = async (n: number) => {
        for (let revision = 0; ; ) {
          try {
            return await store.append('mou-race', revision, [event(n)]);
          } catch (error) {
            if (!(error instanceof WrongRevision)) throw error;
            revision = error.actual;
          }
        }
      };
      await Promise.all(Array.from({ length: 64 }, (_, n) => write(n)));
      const read = await store.readStream('mou-race');
      expect(read.map((e) => e.revision)).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
      expect(new Set(read.map((e) => e.data)).size).toBe(64);
    });
    it('hands over what stands and what comes, without gap or double', async () => {
      for (let i = 0; i < 20; i++) await store.append(`mou-${i}`, 0, [event(i)]);
      const seen = collect(store, START, 40);
      for (let i = 20; i < 40; i++) await store.append(`mou-${i}`, 0, [event(i)]);
      expect((await seen).map((e) => e.data)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    });
    it('subscribes after a position, exclusive, and only to the categories asked for', async () => {
      const first = await store.append('mou-a', 0, [event(0)]);
      await store.append('group-a', 0, [event(1)]);
      await store.append('mou-b', 0, [event(2)]);
      expect((await collect(store, first.position, 1, ['mou'])).map((e) => e.data)).toEqual([2]);
    });
    it('says when it has caught up, also past events that are filtered out', async () => {
      await store.append('mou-a', 0, [event(0)]);
      const last = await store.append('group-a', 0, [event(1)]);
      const checkpoints: string[] = [];
      let subscription: Subscription | undefined;
      const caughtUp = await new Promise<string>((resolve, reject) => {
        subscription = store.subscribe({
          after: START, categories: ['mou'], onError: reject, onCaughtUp: resolve,
          onBatch: (_, checkpoint) => void checkpoints.push(checkpoint),
        });
      });
      await subscription?.stop();
      expect(caughtUp).toBe(last.position);
      expect(checkpoints.at(-1)).toBe(last.position);
    });
    it('waits for a slow reader', async () => {
      for (let i = 0; i < 30; i++) await store.append(`mou-${i}`, 0, [event(i)]);
      let running = 0;
      const seen: unknown[] = [];
      let subscription: Subscription | undefined;
      await new Promise<void>((resolve, reject) => {
        subscription = store.subscribe({
          after: START, batch: 10, onError: reject,
          onBatch: async (events) => {
            expect(++running).toBe(1);
            await new Promise((r) => setTimeout(r, 5));
            running--;
            seen.push(...events.map((e) => e.data));
            if (seen.length === 30) resolve();
          },
        });
      });
      await subscription?.stop();
      expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => i));
    });
    it('is all there after it was closed and opened again', async () => {
      if (!under.reopen) return;
      const appended = await store.append('mou-a', 0, [event('kept')]);
      await store.close();
      store = await under.reopen();
      expect((await store.readStream('mou-a')).map((e) => e.data)).toEqual(['kept']);
      expect((await store.append('mou-a', 1, [event()])).revision).toBe(appended.revision + 1);
    });
    it('takes a thousand events in one append', async () => {
      const many = Array.from({ length: 1000 }, (_, i) => event(i));
      expect((await store.append('mou-many', 0, many)).revision).toBe(1000);
    });
  });
}
