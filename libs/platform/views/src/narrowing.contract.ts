import { CLEAR, GREEN, type Label, type RecordedEvent, type View } from '#kernel';
import type { ViewStoresUnderTest } from './view-store.contract.js';
import type { ViewStore } from './view-store.js';

/** A paper that may be held back, its remarks under their own labels, and the acts on both. */
const papers: View<{ name: string }, { type: 'Named'; data: { name: string } }> = {
  name: 'papers', version: 1, category: 'thing', on: { Named: (_, data) => data }, narrows: { name: 'held' }, columns: { name: (doc) => doc.name }, title: (doc) => ({ en: doc.name }),
};
const remarks: View<{ on: string | null; words: string }, { type: 'Remarked'; data: { on: string | null; words: string } }> = {
  name: 'remarks', version: 1, category: 'remark', on: { Remarked: (_, data) => data }, belongs: { column: 'on', category: 'thing' }, columns: { on: (doc) => doc.on }, words: (doc) => doc.words,
  title: (doc) => ({ en: doc.words }), duties: () => [{ kind: 'remark-read', holder: 'somebody' }],
};
const acts: View<{ stream: string }> = {
  name: 'acts', version: 1, key: ({ position: at }) => at, on: { '*': (_: unknown, __: unknown, { stream }: RecordedEvent) => ({ stream }) } as View<{ stream: string }>['on'], belongs: { column: 'stream' },
  columns: { stream: (doc) => doc.stream },
};

let position = 0;
const event = (id: string, data: object, label: Label = CLEAR, type = 'Named', category = 'thing'): RecordedEvent =>
  ({
    id: `e${++position}`, type, data, stream: `${category}-${id}`, category, streamId: id, revision: position, position: String(position),
    meta: { recordedAt: '2026-11-23T09:00:00Z', actor: { personId: 'p', capacity: 'member' }, mode: 'live', label, commandId: 'c', correlationId: 'c' },
  }) as RecordedEvent;
const remark = (id: string, on: string | null): RecordedEvent => event(id, { on, words: `remark ${id}` }, CLEAR, 'Remarked', 'remark');
const PUBLIC = new Set(['public']);
const NETWORK = new Set(['public', 'network']);

/** What is read by fewer than before takes what belongs to it along (STM-8): on every engine. */
export function narrowingContract(name: string, make: () => Promise<ViewStoresUnderTest>): void {
  describe(`what has become narrower: ${name}`, () => {
    let under: ViewStoresUnderTest;
    let store: ViewStore;
    const tell = (...events: RecordedEvent[]) => store.project(events, events.at(-1)!.position);
    beforeEach(async () => {
      position = 0;
      under = await make();
      store = await under.open([papers, remarks, acts]);
      await store.prepare();
      await tell(event('a', { name: 'open' }), remark('r1', 'a'), remark('r2', 'b'), remark('r3', null), event('b', { name: 'open' }));
    });
    afterEach(async () => {
      await store.close();
      await under.dispose();
    });
    const seen = async (tokens: ReadonlySet<string>) => {
      const reader = store.reader(tokens);
      const ids = async (view: string) => (await reader.rows(view)).map((row) => row.id).join(' ');
      return {
        remarks: await ids('remarks'), counts: [await reader.count('papers'), await reader.count('remarks'), await reader.count('acts')], found: (await reader.search('remark')).map((hit) => hit.id).toSorted().join(' '),
        duties: (await reader.duties(['somebody'])).map((duty) => duty.id).toSorted().join(' '), one: (await reader.row('remarks', 'r1')) !== null, titles: Object.keys(await reader.titles(['remark-r1', 'remark-r2'])).join(' '),
        acts: (await reader.rows<{ stream: string }>('acts')).map((row) => row.doc.stream).toSorted().join(' '),
      };
    };

    it('takes what belongs to it along, for those who may not read it now: rows, counts, search, duties, names and acts', async () => {
      const before = await seen(PUBLIC);
      await tell(event('a', { name: 'held' }, GREEN));
      expect(await seen(PUBLIC)).toEqual({ remarks: 'r2 r3', counts: [1, 2, 3], found: 'r2 r3', duties: 'r2 r3', one: false, titles: 'remark-r2', acts: 'remark-r2 remark-r3 thing-b' });
      expect(await seen(NETWORK)).toMatchObject({ remarks: 'r1 r2 r3', counts: [2, 3, 6], one: true });
      // It is given back with the thing.
      await tell(event('a', { name: 'open' }));
      expect(await seen(PUBLIC)).toMatchObject({ remarks: before.remarks, found: before.found, duties: before.duties, one: true });
    });
  });
}
