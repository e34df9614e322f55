import { CLEAR, type Duty, GREEN, type Label, type RecordedEvent, type View } from '#kernel';
import { ViewStore } from './view-store.js';

interface Doc {
  name: string;
  rank: number | null;
  words: string;
}
type Event = { type: 'Named'; data: Partial<Doc> } | { type: 'Gone'; data: Record<string, never> } | { type: 'Touched'; data: Record<string, never> };
const things: View<Doc, Event> = {
  name: 'things', version: 1, category: 'thing',
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
const notes: View<{ text: string }, { type: 'Named'; data: Partial<Doc> }> = { name: 'notes', version: 1, category: 'thing', on: { Named: (_, data) => ({ text: data.name ?? '' }) } };

let position = 0;
const event = (id: string, type: Event['type'], data: object = {}, label: Label = CLEAR): RecordedEvent =>
  ({
    id: `e${++position}`, type, data, stream: `thing-${id}`, category: 'thing', streamId: id, revision: position, position: String(position),
    meta: { recordedAt: '2026-11-23T09:00:00Z', actor: { personId: 'p', capacity: 'member' }, mode: 'live', label, commandId: 'c', correlationId: 'c' },
  }) as RecordedEvent;

function storeOf(events: readonly RecordedEvent[], batch = events.length): ViewStore {
  const store = new ViewStore(':memory:', [things, notes]);
  for (let i = 0; i < events.length; i += batch) {
    const part = events.slice(i, i + batch);
    store.project(part, part.at(-1)!.position);
  }
  return store;
}
const PUBLIC = new Set(['public']);
const NETWORK = new Set(['public', 'network']);

beforeEach(() => (position = 0));

describe('lists', () => {
  const some = () => [
    event('a', 'Named', { name: 'a', rank: 2 }), event('b', 'Named', { name: 'b' }), event('c', 'Named', { name: 'c', rank: 1 }), event('d', 'Named', { name: 'd' }),
    event('e', 'Named', { name: 'e', rank: 2 }), event('f', 'Named', { name: 'f', rank: 3 }, GREEN),
  ];
  const paged = (store: ViewStore, sort: string | undefined, limit: number): string[] => {
    const found: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page = store.reader(PUBLIC).list('things', {}, { limit, ...(sort === undefined ? {} : { sort }), ...(after === undefined ? {} : { after }) });
      found.push(...page.rows.map((row) => row.id));
      after = page.next;
    }
    return found;
  };
  it.each([
    [undefined, 'abcde'], ['-key', 'edcba'], ['rank', 'bdcae'], ['-rank', 'eacdb'], ['name', 'abcde'], ['-name', 'edcba'],
  ])('by %s, in pages of any size, nulls first: nothing is left out and nothing comes twice', (sort, order) => {
    const store = storeOf(some());
    for (const limit of [1, 2, 3, 5, 500]) expect(paged(store, sort, limit).join('')).toBe(order);
  });
  it('are in the order of an index: nothing is sorted in memory', () => {
    const plans = ['key', '-key', 'rank', '-rank'].map((sort) => storeOf(some()).reader(null).plan('things', {}, { sort, limit: 2 }).join('; '));
    expect(plans.filter((plan) => plan.includes('TEMP B-TREE'))).toEqual([]);
  });
  it('count what they show, for each reader', () => {
    const store = storeOf(some());
    expect([store.reader(PUBLIC).count('things'), store.reader(NETWORK).count('things'), store.reader(null).count('things')]).toEqual([5, 6, 6]);
    expect([store.reader(PUBLIC).count('things', { rank: 3 }), store.reader(NETWORK).count('things', { rank: 3 })]).toEqual([0, 1]);
    expect(store.reader(PUBLIC).count('things', { rank: null })).toBe(2);
  });
  it('refuse a column that is none', () => {
    expect(() => storeOf(some()).reader(PUBLIC).list('things', { colour: 'red' })).toThrow('things has no column colour');
  });
});

describe('what is written beside a document', () => {
  it('changes with it, and only then', () => {
    const store = storeOf([event('a', 'Named', { name: 'Genocide watch' }), event('a', 'Touched'), event('a', 'Named', { name: 'Early warning', rank: 1 })], 1);
    const reader = store.reader(PUBLIC);
    expect(reader.search('genocide')).toEqual([]);
    expect(reader.search('early')).toMatchObject([{ view: 'things', id: 'a' }]);
    expect(reader.duties(['somebody'])).toEqual([]);
  });
  it('follows the label: who may read no longer finds nothing', () => {
    const store = storeOf([event('a', 'Named', { name: 'Alpha' })]);
    expect(store.reader(PUBLIC).search('alpha')).toHaveLength(1);
    const hidden = event('a', 'Touched', {}, GREEN);
    store.project([hidden], hidden.position);
    expect(store.reader(PUBLIC).search('alpha')).toEqual([]);
    expect(store.reader(PUBLIC).duties(['somebody'])).toEqual([]);
    expect(store.reader(NETWORK).search('alpha')).toHaveLength(1);
  });
  it('goes with it, and comes back with it', () => {
    const store = storeOf([event('a', 'Named', { name: 'Alpha' }), event('a', 'Gone')], 1);
    expect([store.reader(null).search('alpha'), store.reader(null).duties(['somebody']), store.reader(null).count('things')]).toEqual([[], [], 0]);
    const again = event('a', 'Named', { name: 'Alpha' });
    store.project([again], again.position);
    expect([store.reader(PUBLIC).search('alpha').length, store.reader(PUBLIC).duties(['somebody']).length]).toEqual([1, 1]);
  });
});

describe('search', () => {
  it('finds by the beginnings of words, without accents, titles before other words', () => {
    const store = storeOf([
      event('a', 'Named', { name: 'A note', words: 'on prévention' }), event('b', 'Named', { name: 'Prévention du génocide' }), event('c', 'Named', { name: 'Another' }),
    ]);
    expect(store.reader(PUBLIC).search('preven').map((hit) => hit.id)).toEqual(['b', 'a']);
    expect(store.reader(PUBLIC).search('"; DROP TABLE')).toEqual([]);
    expect(store.reader(PUBLIC).search('…')).toEqual([]);
  });
  it('gives the reader as many hits as there are for him, not fewer because of those that are hidden', () => {
    const hidden = Array.from({ length: 30 }, (_, i) => event(`h${i}`, 'Named', { name: 'Peace' }, GREEN));
    const store = storeOf([...hidden, event('seen', 'Named', { name: 'Peace and more words that make it a lesser hit' })]);
    expect(store.reader(PUBLIC).search('peace').map((hit) => hit.id)).toEqual(['seen']);
  });
});

describe('a rebuild', () => {
  it('serves nothing until it has caught up, and then the same', () => {
    const all = Array.from({ length: 50 }, (_, i) => event(`t${i % 9}`, i % 7 === 6 ? 'Gone' : 'Named', { name: `n${i}`, rank: i % 4 }, i % 3 === 0 ? GREEN : CLEAR));
    const store = storeOf(all, 7);
    const before = [...store.all('things')];
    store.rebuild('things');
    expect(store.checkpoint).toBe('0');
    expect([...store.all('things')]).toEqual(before);
    store.project(all, all.at(-1)!.position);
    expect([...store.all('things')]).toEqual(before);
    expect([...storeOf(all, 50).all('things')]).toEqual(before);
    expect(store.reader(PUBLIC).search('n')).toHaveLength(before.filter((row) => row.label.tlp === 'CLEAR').length);
  });
});
