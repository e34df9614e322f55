import { type AnyView, CLEAR, type Duty, GREEN, type Label, type RecordedEvent, type View } from '#kernel';
import type { ViewStore } from './view-store.js';

interface Doc {
  name: string;
  rank: number | null;
  words: string;
}
type Event =
  | { type: 'Named'; data: Partial<Doc> }
  | { type: 'Gone'; data: Record<string, never> }
  | { type: 'Touched'; data: Record<string, never> };
/** The views that a store under test is opened with. */
const things: View<Doc, Event> = {
  name: 'things',
  version: 1,
  category: 'thing',
  on: {
    Named: (doc, data) => ({ name: '', rank: null, words: '', ...doc, ...data }),
    Touched: (doc) => doc && { ...doc },
    Gone: () => null,
  },
  columns: { rank: (doc) => doc.rank, name: (doc) => doc.name },
  title: (doc) => ({ en: doc.name }),
  words: (doc) => doc.words,
  duties: (doc): Duty[] => (doc.rank === null ? [{ kind: 'thing-rank', holder: 'somebody', command: 'Rank' }] : []),
};
const notes: View<{ text: string }, { type: 'Named'; data: Partial<Doc> }> = {
  name: 'notes',
  version: 1,
  category: 'thing',
  on: { Named: (_, data) => ({ text: data.name ?? '' }) },
};

export interface ViewStoresUnderTest {
  /** A new store over nothing, with these views. */
  open(views: readonly AnyView[]): Promise<ViewStore>;
  /** The same rows, in another process. */
  reopen?: (views: readonly AnyView[]) => Promise<ViewStore>;
  dispose(): Promise<void>;
}

let position = 0;
const event = (id: string, type: Event['type'], data: object = {}, label: Label = CLEAR): RecordedEvent =>
  ({
    id: `e${++position}`,
    type,
    data,
    stream: `thing-${id}`,
    category: 'thing',
    streamId: id,
    revision: position,
    position: String(position),
    meta: {
      recordedAt: '2026-11-23T09:00:00Z',
      actor: { personId: 'p', capacity: 'member' },
      mode: 'live',
      label,
      commandId: 'c',
      correlationId: 'c',
    },
  }) as RecordedEvent;

const PUBLIC = new Set(['public']);
const NETWORK = new Set(['public', 'network']);

/** The one suite that the view store of every engine passes. */
export function viewStoreContract(name: string, make: () => Promise<ViewStoresUnderTest>): void {
  describe(`the view store contract: ${name}`, () => {
    let under: ViewStoresUnderTest;
    let opened: ViewStore[];
    beforeEach(async () => {
      position = 0;
      opened = [];
      under = await make();
    });
    afterEach(async () => {
      for (const store of opened) await store.close();
      await under.dispose();
    });
    async function storeOf(events: readonly RecordedEvent[], batch = events.length): Promise<ViewStore> {
      const store = await under.open([things, notes]);
      opened.push(store);
      await store.prepare();
      for (let i = 0; i < events.length; i += batch) {
        const part = events.slice(i, i + batch);
        await store.project(part, part.at(-1)!.position);
      }
      return store;
    }

    describe('lists', () => {
      const some = () => [
        event('a', 'Named', { name: 'a', rank: 2 }),
        event('b', 'Named', { name: 'b' }),
        event('c', 'Named', { name: 'c', rank: 1 }),
        event('d', 'Named', { name: 'd' }),
        event('e', 'Named', { name: 'e', rank: 2 }),
        event('f', 'Named', { name: 'f', rank: 3 }, GREEN),
      ];
      const paged = async (store: ViewStore, sort: string | undefined, limit: number): Promise<string[]> => {
        const found: string[] = [];
        for (let after: string | null | undefined; after !== null;) {
          const page = await store
            .reader(PUBLIC)
            .list('things', {}, { limit, ...(sort === undefined ? {} : { sort }), ...(after === undefined ? {} : { after }) });
          found.push(...page.rows.map((row) => row.id));
          after = page.next;
        }
        return found;
      };
      it.each([
        [undefined, 'abcde'],
        ['-key', 'edcba'],
        ['rank', 'bdcae'],
        ['-rank', 'eacdb'],
        ['name', 'abcde'],
        ['-name', 'edcba'],
      ])('by %s, in pages of any size, nulls first: nothing is left out and nothing comes twice', async (sort, order) => {
        const store = await storeOf(some());
        for (const limit of [1, 2, 3, 5, 500]) expect((await paged(store, sort, limit)).join('')).toBe(order);
      });
      it('are in the order of an index: nothing is sorted in memory', async () => {
        const store = await storeOf(some());
        const plans = await Promise.all(
          ['key', '-key', 'rank', '-rank'].map((sort) => store.reader(null).plan('things', {}, { sort, limit: 2 })),
        );
        expect(plans.flat().filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
      });
      it('count what they show, for each reader', async () => {
        const store = await storeOf(some());
        expect(await Promise.all([PUBLIC, NETWORK, null].map((tokens) => store.reader(tokens).count('things')))).toEqual([
          5, 6, 6,
        ]);
        expect(await Promise.all([PUBLIC, NETWORK].map((tokens) => store.reader(tokens).count('things', { rank: 3 })))).toEqual([
          0, 1,
        ]);
        expect(await store.reader(PUBLIC).count('things', { rank: null })).toBe(2);
      });
      it('refuse a column that is none', async () => {
        await expect((await storeOf(some())).reader(PUBLIC).list('things', { colour: 'red' })).rejects.toThrow(
          'things has no column colour',
        );
      });
    });

    describe('what is written beside a document', () => {
      it('changes with it, and only then', async () => {
        const store = await storeOf(
          [
            event('a', 'Named', { name: 'Genocide watch' }),
            event('a', 'Touched'),
            event('a', 'Named', { name: 'Early warning', rank: 1 }),
          ],
          1,
        );
        const reader = store.reader(PUBLIC);
        expect(await reader.search('genocide')).toEqual([]);
        expect(await reader.search('early')).toMatchObject([{ view: 'things', id: 'a' }]);
        expect(await reader.duties(['somebody'])).toEqual([]);
      });
      it('follows the label: who may read no longer finds nothing', async () => {
        const store = await storeOf([event('a', 'Named', { name: 'Alpha' })]);
        expect(await store.reader(PUBLIC).search('alpha')).toHaveLength(1);
        const hidden = event('a', 'Touched', {}, GREEN);
        await store.project([hidden], hidden.position);
        expect(await store.reader(PUBLIC).search('alpha')).toEqual([]);
        expect(await store.reader(PUBLIC).duties(['somebody'])).toEqual([]);
        expect(await store.reader(NETWORK).search('alpha')).toHaveLength(1);
      });
      it('goes with it, and comes back with it', async () => {
        const store = await storeOf([event('a', 'Named', { name: 'Alpha' }), event('a', 'Gone')], 1);
        const everything = store.reader(null);
        expect(
          await Promise.all([everything.search('alpha'), everything.duties(['somebody']), everything.count('things')]),
        ).toEqual([[], [], 0]);
        const again = event('a', 'Named', { name: 'Alpha' });
        await store.project([again], again.position);
        expect(await store.reader(PUBLIC).search('alpha')).toHaveLength(1);
        expect(await store.reader(PUBLIC).duties(['somebody'])).toHaveLength(1);
      });
    });

    describe('search', () => {
      it('finds by the beginnings of words, without accents, titles before other words', async () => {
        const store = await storeOf([
          event('a', 'Named', { name: 'A note', words: 'on prévention' }),
          event('b', 'Named', { name: 'Prévention du génocide' }),
          event('c', 'Named', { name: 'Another' }),
        ]);
        expect((await store.reader(PUBLIC).search('preven')).map((hit) => hit.id)).toEqual(['b', 'a']);
        expect(await store.reader(PUBLIC).search('"; DROP TABLE')).toEqual([]);
        expect(await store.reader(PUBLIC).search('…')).toEqual([]);
      });
      it('gives the reader as many hits as there are for him, not fewer because of those that are hidden', async () => {
        const hidden = Array.from({ length: 30 }, (_, i) => event(`h${i}`, 'Named', { name: 'Peace' }, GREEN));
        const store = await storeOf([
          ...hidden,
          event('seen', 'Named', { name: 'Peace and more words that make it a lesser hit' }),
        ]);
        expect((await store.reader(PUBLIC).search('peace')).map((hit) => hit.id)).toEqual(['seen']);
      });
    });

    describe('a rebuild', () => {
      const some = () =>
        Array.from({ length: 50 }, (_, i) =>
          event(`t${i % 9}`, i % 7 === 6 ? 'Gone' : 'Named', { name: `n${i}`, rank: i % 4 }, i % 3 === 0 ? GREEN : CLEAR),
        );
      const documents = async (store: ViewStore) => {
        const found: unknown[] = [];
        for await (const row of store.all('things')) found.push(row);
        return found;
      };
      it('goes on beside what serves, which follows the record meanwhile, and then gives the same', async () => {
        const all = some();
        const store = await storeOf(all, 7);
        const before = await documents(store);
        await store.rebuild('things');
        const [{ build, after } = { build: undefined, after: undefined }] = store.behind;
        expect(after).toBe('0');
        expect(await documents(store)).toEqual(before);

        const late = event('late', 'Named', { name: 'late' });
        await store.project([late], late.position);
        expect(store.served).toBe(late.position);
        const now = await documents(store);
        expect(now).toHaveLength(before.length + 1);

        await store.catchUp([build!], all.slice(0, 20), all[19]!.position);
        expect(store.isServing(build!)).toBe(false);
        expect(await documents(store)).toEqual(now);
        await store.catchUp([build!], [...all.slice(20), late], late.position);
        expect(store.isServing(build!)).toBe(true);
        expect(store.behind).toEqual([]);
        expect(await documents(store)).toEqual(now);
        expect(await documents(await storeOf([...all, late], 50))).toEqual(now);
        const seen = now.filter((row) => (row as { label: Label }).label.tlp === 'CLEAR').length;
        expect(await store.reader(PUBLIC).search('n late')).toHaveLength(0);
        expect((await store.reader(PUBLIC).search('n')).length + 1).toBe(seen);
      });
      it('goes on in another process from where it was left', async () => {
        if (!under.reopen) return;
        const all = some();
        const store = await storeOf(all, 7);
        const before = await documents(store);
        await store.rebuild('things');
        await store.catchUp([store.behind[0]!.build], all.slice(0, 20), all[19]!.position);
        await store.close();
        const next = await under.reopen([things, notes]);
        opened.push(next);
        await next.prepare();
        expect(next.behind.map(({ after }) => after)).toEqual([all[19]!.position]);
        await next.catchUp([next.behind[0]!.build], all.slice(20), all.at(-1)!.position);
        expect(await documents(next)).toEqual(before);
      });
      it('is what a new version of a view is: the old one serves until it has caught up', async () => {
        if (!under.reopen) return;
        const all = some();
        const store = await storeOf(all, 50);
        await store.close();
        const louder: typeof things = { ...things, version: 2, title: (doc) => ({ en: doc.name.toUpperCase() }) };
        const next = await under.reopen([louder, notes]);
        opened.push(next);
        await next.prepare();
        expect((await next.reader(null).search('n45')).map((hit) => hit.title)).toEqual([{ en: 'n45' }]);
        await next.catchUp([next.behind[0]!.build], all, all.at(-1)!.position);
        expect((await next.reader(null).search('n45')).map((hit) => hit.title)).toEqual([{ en: 'N45' }]);
      });
      it('of who was overtaken by another process is refused, and nothing is half written', async () => {
        if (!under.reopen) return;
        const all = some();
        const store = await storeOf(all.slice(0, 10));
        const other = await under.reopen([things, notes]);
        opened.push(other);
        await other.prepare();
        await other.project(all.slice(10, 20), all[19]!.position);
        const before = await documents(other);
        await expect(store.project(all.slice(10, 30), all[29]!.position)).rejects.toThrow('another process has moved');
        expect(await documents(other)).toEqual(before);
      });
    });
  });
}
