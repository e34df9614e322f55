import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyView } from '#kernel';
import { narrowingContract } from '../narrowing.contract.js';
import { viewStoreContract } from '../view-store.contract.js';
import { SqliteViewStore } from './sqlite-view-store.js';

const make: Parameters<typeof viewStoreContract>[1] = () => {
  const folder = mkdtempSync(join(tmpdir(), 'comity-views-'));
  let n = 0;
  return Promise.resolve({
    open: (views: readonly AnyView[]) => SqliteViewStore.open(join(folder, `views-${++n}.db`), views),
    reopen: (views: readonly AnyView[]) => SqliteViewStore.open(join(folder, `views-${n}.db`), views),
    dispose: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  });
};
viewStoreContract('SQLite', make);
narrowingContract('SQLite', make);
