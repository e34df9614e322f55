import { type AnyView, CLEAR, type RecordedEvent, type View } from '#kernel';
import { PostgresDatabase } from '#platform/database';
import { type PostgresProcess, startPostgres } from '../../../../../test/postgres/index.ts';
import { narrowingContract } from '../narrowing.contract.js';
import { viewStoreContract } from '../view-store.contract.js';
import { PostgresViewStore } from './postgres-view-store.js';

let postgres: PostgresProcess;
beforeAll(async () => (postgres = await startPostgres()), 60_000);
afterAll(() => postgres.stop());

const make: Parameters<typeof viewStoreContract>[1] = () => {
  const opened: PostgresDatabase[] = [];
  let url = '';
  const over = async (views: readonly AnyView[]) => {
    const database = await PostgresDatabase.open({ url });
    opened.push(database);
    return PostgresViewStore.open(database, views);
  };
  return Promise.resolve({
    open: async (views: readonly AnyView[]) => {
      url = await postgres.createDatabase();
      return over(views);
    },
    reopen: over,
    dispose: async () => {
      for (const database of opened) await database.close();
    },
  });
};
viewStoreContract('PostgreSQL', make);
narrowingContract('PostgreSQL', make);

describe('search in PostgreSQL', () => {
  const named: View<{ title: Record<string, string> }> = {
    name: 'named', version: 1, category: 'named', on: { Named: (_: unknown, data: unknown) => data as never } as never, title: (doc) => doc.title,
  };
  const event = (position: number, title: Record<string, string>): RecordedEvent =>
    ({
      id: `e${position}`, type: 'Named', data: { title }, stream: `named-n${position}`, category: 'named', streamId: `n${position}`, revision: 1, position: String(position),
      meta: { recordedAt: '2026-11-23T09:00:00Z', actor: { personId: 'p', capacity: 'member' }, mode: 'live', label: CLEAR, commandId: 'c', correlationId: 'c' },
    }) as RecordedEvent;
  let store: PostgresViewStore;
  let database: PostgresDatabase;
  beforeAll(async () => {
    database = await PostgresDatabase.open({ url: await postgres.createDatabase() });
    store = await PostgresViewStore.open(database, [named as AnyView]);
    await store.prepare();
    const titles = [
      { en: 'Preventing atrocities', fr: 'La prévention des atrocités' },
      { en: 'Elections observed', ar: 'مراقبة الانتخابات' },
      { hi: 'नरसंहार की रोकथाम', zh: '防止灭绝种族罪' },
      { en: 'He said: "it\'s <b>C:\\temp</b> & a/b/c.d?" | !x' },
    ];
    await store.project(titles.map((title, i) => event(i + 1, title)), String(titles.length));
  });
  afterAll(() => database.close());
  const found = async (text: string, lang?: string) =>
    (await store.reader(new Set(['public'])).search(text, lang === undefined ? {} : { lang })).map((hit) => hit.id);

  it.each([
    ['prevention', 'en', ['n1']], ['prevented atrocity', 'en', ['n1']], ['prevented', 'ar', []], ['prevent', 'ar', ['n1']], ['PRÉVENTION', 'fr', ['n1']], ['prevention', 'fr', ['n1']],
    ['observing election', 'en', ['n2']], ['الانتخاب', 'ar', ['n2']], ['रोकथाम', 'hi', ['n3']], ['防止', 'zh', ['n3']], ['temp', 'en', ['n4']],
  ])('finds %s for a reader of %s', async (text, lang, ids) => {
    expect(await found(text, lang)).toEqual(ids);
  });
  it.each(['&', '!!!', ":*", "' OR 1=1 --", '<->', '\u0000', 'a & | b', '((('])('takes %j as words, and never as a query', async (text) => {
    expect(Array.isArray(await found(text, 'en'))).toBe(true);
  });
});
