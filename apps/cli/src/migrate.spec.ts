import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attachments, type Kept, openAttachmentsDatabase } from '#platform/attachments';
import { openKurrentDb, SqliteEventStore, START } from '#platform/event-store';
import { Identity, openIdentityDatabase } from '#platform/identity';
import { LocalSignals } from '#platform/database';
import { openPlatform } from '#platform/runtime';
import { type KurrentServer, startKurrentServer } from '../../../test/kurrentdb-server/index.ts';
import { type PostgresProcess, startPostgres } from '../../../test/postgres/index.ts';
import { contexts } from '../../server/src/contexts.js';
import { setUpDemo } from '../../server/src/demo.js';
import { quiet } from './folder.js';
import { Desk } from './testing.js';

const RECORDS = join(import.meta.dirname, '../../server/records');

describe('comity migrate', () => {
  const desk = new Desk();
  const back = join(desk.folder, 'back');
  let kurrent: KurrentServer;
  let postgres: PostgresProcess;
  let env: Record<string, string>;
  let folder: string;
  let kept: Kept;
  const withAttachments = async <T>(where: string, work: (attachments: Attachments) => Promise<T>): Promise<T> => {
    const database = openAttachmentsDatabase(where);
    const result = await work(await Attachments.open(database));
    await database.close();
    return result;
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'comity-migrate-'));
    [kurrent, postgres] = await Promise.all([startKurrentServer({ folder, systemEvery: 5 }), startPostgres()]);
    env = { COMITY_EVENTS: `kurrentdb://127.0.0.1:${kurrent.port}?tls=false`, COMITY_POSTGRES: await postgres.createDatabase() };
    const platform = await openPlatform({ folder: desk.data, contexts, log: quiet });
    const database = openIdentityDatabase(desk.data);
    const identity = await Identity.open({ database, signals: new LocalSignals(), publicUrl: 'http://localhost:3000' });
    await setUpDemo(platform, identity, RECORDS);
    await withAttachments(desk.data, async (attachments) => {
      kept = (await attachments.put(Buffer.from('The minutes, as they were read out.'))) as Kept;
    });
    await identity.close();
    await database.close();
    await platform.close();
  }, 120_000);
  afterAll(async () => {
    await kurrent.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
    desk.clear();
  });

  const idsIn = async (path: string) => {
    const store = new SqliteEventStore(path);
    const events = await store.readAll({ after: START, limit: 10_000 });
    await store.close();
    return events.map(({ id, stream, revision, data, meta }) => ({ id, stream, revision, data, meta }));
  };

  it('says what is missing, and where to', async () => {
    expect(await desk.run(['migrate', 'moon'], '', env)).toMatchObject({ code: 2, err: expect.stringContaining('not to moon') });
    expect(await desk.run(['migrate', 'cluster'])).toMatchObject({ code: 2, err: expect.stringContaining('COMITY_EVENTS') });
    expect(await desk.run(['migrate', 'cluster', '--data', join(desk.folder, 'nowhere')], '', env)).toMatchObject({ code: 1, err: expect.stringContaining('There is no record') });
  });
  it('moves a record to the cluster: every id in its order, accounts and deadlines, with equal digests', async () => {
    const { code, out, err } = await desk.run(['migrate', 'cluster'], '', env);
    expect({ code, err: err.replaceAll(/\d+ events\r/g, '') }).toEqual({ code: 0, err: '' });
    expect(out).not.toContain('differs');
    expect(out).toMatch(/Digest of the events +[0-9a-f]{64} +equal/);
    expect(out.match(/Digest of [\w-]+ +[0-9a-f]{64} +equal/g)!.length).toBeGreaterThan(15);
    expect(out).toMatch(/Attachments +1\s/);
    const store = await openKurrentDb(env['COMITY_EVENTS']!);
    const moved = (await store.readAll({ after: START, limit: 10_000 })).map(({ id, stream, revision, data, meta }) => ({ id, stream, revision, data, meta }));
    await store.close();
    expect(moved).toEqual(await idsIn(desk.data));
  }, 60_000);
  it('said twice copies nothing again', async () => {
    const { code, out } = await desk.run(['migrate', 'cluster'], '', env);
    expect(code).toBe(0);
    expect(out).toMatch(/Events +(\d+) +\1 of them were there already/);
    expect(out).toMatch(/Attachments +0 +1 were there already/);
  }, 60_000);
  it('does not let a rule act again on what it has acted on: a node that starts adds nothing', async () => {
    const before = await idsIn(desk.data);
    const platform = await openPlatform({ folder: '', cluster: { events: env['COMITY_EVENTS']!, postgres: env['COMITY_POSTGRES']!, node: 'test' }, contexts, log: quiet });
    await new Promise<void>((resolve) => platform.whenLeading(resolve));
    await platform.processes.settled();
    expect(await platform.events.readAll({ after: START, limit: 10_000 })).toHaveLength(before.length);
    await platform.close();
  }, 60_000);
  it('moves it back into another folder, the same event for event', async () => {
    const { code, out, err } = await desk.run(['migrate', 'folder', '--data', back], '', env);
    expect({ code, err: err.replaceAll(/\d+ events\r/g, '') }).toEqual({ code: 0, err: '' });
    expect(out).not.toContain('differs');
    expect(await idsIn(back)).toEqual(await idsIn(desk.data));
    expect(Buffer.from((await withAttachments(back, (attachments) => attachments.get(kept.digest)))!.bytes).toString()).toBe('The minutes, as they were read out.');
    const database = openIdentityDatabase(back);
    const identity = await Identity.open({ database, signals: new LocalSignals(), publicUrl: 'http://localhost:3000' });
    expect((await identity.accounts.list()).length).toBeGreaterThan(8);
    await identity.close();
    await database.close();
  }, 60_000);
  it('ends where the bytes of an attachment are not those of its digest', async () => {
    const database = openAttachmentsDatabase(desk.data);
    await (await Attachments.open(database)).put(Buffer.from('Another.'));
    await database.run('UPDATE attachments SET bytes = ? WHERE digest <> ?', [Buffer.from('Changed.'), kept.digest]);
    expect(await desk.run(['migrate', 'cluster'], '', env)).toMatchObject({ code: 1, err: expect.stringContaining('An attachment is damaged') });
    await database.run('DELETE FROM attachments WHERE digest <> ?', [kept.digest]);
    await database.close();
  }, 60_000);
  it('refuses a target that holds something else, and changes nothing there', async () => {
    const other = join(desk.folder, 'other');
    await desk.run(['import', desk.record(), '--data', other]);
    const before = await idsIn(other);
    const { code, err } = await desk.run(['migrate', 'folder', '--data', other], '', env);
    expect({ code, err: err.trim() }).toEqual({ code: 1, err: expect.stringContaining('the target holds another event') });
    expect(await idsIn(other)).toEqual(before);
  }, 60_000);
  it('is refused while a node runs', async () => {
    const platform = await openPlatform({ folder: '', cluster: { events: env['COMITY_EVENTS']!, postgres: env['COMITY_POSTGRES']!, node: 'test' }, contexts, log: quiet });
    await new Promise<void>((resolve) => platform.whenLeading(resolve));
    expect(await desk.run(['migrate', 'cluster'], '', env)).toMatchObject({ code: 1, err: expect.stringContaining('Stop every node first') });
    expect(await desk.run(['status'], '', env)).toMatchObject({ code: 0, out: expect.stringContaining('all up to the record') });
    expect(await desk.run(['rebuild', 'groups'], '', env)).toMatchObject({ code: 0, out: expect.stringMatching(/^groups: \d+ documents/) });
    await platform.close();
  }, 60_000);
});
