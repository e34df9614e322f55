import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, PostgresDatabase } from '#platform/database';
import { type PostgresProcess, startPostgres } from '../../../../test/postgres/index.ts';
import { attachmentsContract } from './attachments.contract.js';
import { Attachments, NotTheBytes } from './attachments.js';
import { openAttachmentsDatabase } from './database.js';
import { jpeg, png } from './samples.contract.js';

let postgres: PostgresProcess;
beforeAll(async () => (postgres = await startPostgres()), 60_000);
afterAll(() => postgres.stop());

const opened: Database[] = [];
const folders: string[] = [];
const keep = <T extends Database>(database: T): T => {
  opened.push(database);
  return database;
};
const newFolder = (): string => folders[folders.push(mkdtempSync(join(tmpdir(), 'comity-attachments-'))) - 1]!;
const dispose = async () => {
  for (const database of opened.splice(0)) await database.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
};

attachmentsContract('SQLite', () => {
  const folder = newFolder();
  return Promise.resolve({ open: () => Promise.resolve(keep(openAttachmentsDatabase(folder))), dispose });
});
attachmentsContract('PostgreSQL', async () => {
  const url = await postgres.createDatabase();
  return { open: async () => keep(await PostgresDatabase.open({ url })), dispose };
});

describe('attachments that move', () => {
  afterEach(dispose);
  it('from one engine to the other and back, each proved, what is there already not again', async () => {
    const folder = await Attachments.open(keep(openAttachmentsDatabase(newFolder())));
    const shared = await Attachments.open(keep(await PostgresDatabase.open({ url: await postgres.createDatabase() })));
    await folder.put(jpeg());
    await folder.put(png());
    expect(await shared.takeOver(folder)).toEqual({ copied: 2, already: 0 });
    expect(await shared.takeOver(folder)).toEqual({ copied: 0, already: 2 });
    const back = await Attachments.open(keep(openAttachmentsDatabase(newFolder())));
    expect(await back.takeOver(shared)).toEqual({ copied: 2, already: 0 });
    for (const digest of await folder.digests()) expect(Buffer.from((await back.get(digest))!.bytes)).toEqual(Buffer.from((await folder.get(digest))!.bytes));
  });
  it('are not taken over where the source is damaged', async () => {
    const database = keep(openAttachmentsDatabase(newFolder()));
    const source = await Attachments.open(database);
    await source.put(png());
    await database.run('UPDATE attachments SET bytes = ?', [Buffer.from('x')]);
    const target = await Attachments.open(keep(openAttachmentsDatabase(newFolder())));
    await expect(target.takeOver(source)).rejects.toThrow(NotTheBytes);
    expect(await target.digests()).toEqual([]);
  });
});
