import type { AnyView } from '#kernel';
import { PostgresDatabase } from '#platform/database';
import { type PostgresProcess, startPostgres } from '../../../../../test/postgres/index.ts';
import { viewStoreContract } from '../view-store.contract.js';
import { PostgresViewStore } from './postgres-view-store.js';

let postgres: PostgresProcess;
beforeAll(async () => (postgres = await startPostgres()), 60_000);
afterAll(() => postgres.stop());

viewStoreContract('PostgreSQL', () => {
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
});
