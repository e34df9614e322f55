import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CLEAR } from '#kernel';
import { eventStoreContract } from '../event-store.contract.js';
import { uuidv7 } from '../ids.js';
import { FolderInUse, lockFolder } from './folder-lock.js';
import { SqliteEventStore } from './sqlite-event-store.js';

const folder = () => mkdtempSync(join(tmpdir(), 'comity-store-'));

eventStoreContract('SQLite', () => {
  const at = folder();
  const open = () => Promise.resolve(new SqliteEventStore(at));
  return Promise.resolve({ open, reopen: open, refusesUsedIds: true, dispose: () => Promise.resolve(rmSync(at, { recursive: true })) });
});

describe('the embedded store', () => {
  const one = () => ({
    id: uuidv7(), type: 'test.Happened.v1', data: {},
    meta: { recordedAt: '', actor: { personId: 'p', capacity: 'system' as const }, mode: 'live' as const, label: CLEAR, commandId: 'c', correlationId: 'c' },
  });

  it('lets nobody change or remove an event, not even with SQL', async () => {
    const at = folder();
    const store = new SqliteEventStore(at);
    await store.append('mou-a', 0, [one()]);
    await store.close();
    const db = new DatabaseSync(join(at, 'events.db'));
    expect(() => db.exec("UPDATE events SET data = '1'")).toThrow('events are never changed');
    expect(() => db.exec('DELETE FROM events')).toThrow('events are never removed');
    db.close();
    rmSync(at, { recursive: true });
  });
  it('commits simultaneous appends together, and one that fails does not fail the others', async () => {
    const at = folder();
    const store = new SqliteEventStore(at);
    const before = store.commits;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 64 }, (_, i) => store.append(`mou-${i}`, i === 7 ? 3 : 0, [one()])),
    );
    expect(outcomes.filter((o) => o.status === 'rejected')).toHaveLength(1);
    expect(store.commits - before).toBe(1);
    await store.close();
    rmSync(at, { recursive: true });
  });
  it('writes what is queued before it closes', async () => {
    const at = folder();
    const store = new SqliteEventStore(at);
    const appended = store.append('mou-a', 0, [one()]);
    await store.close();
    await expect(appended).resolves.toMatchObject({ revision: 1 });
    rmSync(at, { recursive: true });
  });
  it('takes nothing more after a failed fsync, acknowledges nothing of it, and says that the process must end', async () => {
    const at = folder();
    const broken: unknown[] = [];
    const store = new SqliteEventStore(at, (error) => broken.push(error));
    await store.append('mou-a', 0, [one()]);
    const exec = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'exec')!;
    const failing = function (this: DatabaseSync, sql: string) {
      if (sql === 'COMMIT') throw Object.assign(new Error('disk I/O error'), { errcode: 1034 });
      (exec.value as typeof failing).call(this, sql);
    };
    Object.defineProperty(DatabaseSync.prototype, 'exec', { ...exec, value: failing });
    const outcomes = await Promise.allSettled([store.append('mou-b', 0, [one()]), store.append('mou-c', 0, [one()])]);
    Object.defineProperty(DatabaseSync.prototype, 'exec', exec);
    expect(outcomes.map((o) => o.status)).toEqual(['rejected', 'rejected']);
    expect(broken).toHaveLength(1);
    await expect(store.append('mou-d', 0, [one()])).rejects.toThrow('closed');
    await store.close();
    const again = new SqliteEventStore(at);
    expect((await again.readAll({ after: '0', limit: 10 })).map((e) => e.stream)).toEqual(['mou-a']);
    await again.close();
    rmSync(at, { recursive: true });
  });
  it('gives a folder to one process', () => {
    const at = folder();
    const lock = lockFolder(at);
    expect(() => lockFolder(at)).toThrow(FolderInUse);
    lock.release();
    lockFolder(at).release();
    rmSync(at, { recursive: true });
  });
});
