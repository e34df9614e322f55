import { Attachments, NotTheBytes, openAttachmentsDatabase } from '#platform/attachments';
import { LocalSignals } from '#platform/database';
import { Identity, openIdentityDatabase } from '#platform/identity';
import { type Cluster, migrate, NotTheSameRecord, openCluster, openEmbedded, replaceRows, type Storage, viewsOf } from '#platform/runtime';
import { contexts } from '../../server/src/contexts.js';
import { Failure, Misuse, type Run, type Subcommand } from './command.js';
import { assertRecord, clusterOf } from './folder.js';
import { columns, write } from './terminal.js';

/** A node that runs would hold the place of the projector by then. */
const PLACE_WITHIN = 3_000;
const views = viewsOf(contexts);

export const migrateRecord: Subcommand = {
  name: 'migrate',
  operands: ['<cluster or folder>'],
  summary: 'moves the record with its attachments, its deadlines and the accounts from the data folder to KurrentDB and PostgreSQL, or back, and proves it by digests; every server is stopped',
  options: {},
  run: async (run) => {
    const { config, folder, operands: [to] } = run;
    if (to !== 'cluster' && to !== 'folder') throw new Misuse(`it is moved to cluster or to folder, not to ${to}`);
    const cluster = clusterOf(config);
    if (!cluster) throw new Misuse('COMITY_EVENTS and COMITY_POSTGRES say where the cluster is');
    if (to === 'cluster') assertRecord(folder);
    const embedded = await openEmbedded(folder, views, (error) => {
      throw error;
    });
    try {
      await beside(cluster, (shared) => (to === 'cluster' ? move(run, embedded, shared) : move(run, shared, embedded)));
    } finally {
      await embedded.close();
    }
  },
};

/** Opens the cluster and holds the one place from which it is written, so that no node runs meanwhile. @throws Failure */
async function beside(cluster: Cluster, work: (storage: Storage) => Promise<void>): Promise<void> {
  const storage = await openCluster(cluster, views, () => {});
  let taken: () => void = () => {};
  const leads = new Promise<void>((resolve) => (taken = resolve));
  const place = await storage.lead({ onLead: () => Promise.resolve(taken()), onLost: () => Promise.resolve(), onError: () => {} });
  try {
    await Promise.race([leads, new Promise((resolve) => setTimeout(resolve, PLACE_WITHIN))]);
    if (!place.leading) throw new Failure('A node of the cluster runs, or its PostgreSQL cannot be reached. Stop every node first, then try again.');
    await work(storage);
  } finally {
    await place.stop();
    await storage.close();
  }
}

async function move({ config, folder, terminal }: Run, source: Storage, target: Storage): Promise<void> {
  const told = (events: number) => void write(terminal.err, `${events} events\r`);
  const done = await migrate(source, target, contexts, told).catch((error: unknown) => {
    if (error instanceof NotTheSameRecord) throw new Failure(`Nothing was changed: ${error.message}. It must be empty, or the beginning of the same record.`);
    throw error;
  });
  const files = await moveAttachments(folder, source, target);
  const accounts = await moveAccounts(folder, config.publicUrl, source, target);
  const { copied, source: before, target: after } = done;
  await write(
    terminal.out,
    columns([
      ['Events', `${copied.events}`, copied.already > 0 ? `${copied.already} of them were there already` : ''],
      ['Digest of the events', before.digest, after.digest === before.digest ? 'equal' : `differs: ${after.digest}`],
      ...Object.entries(before.views).map(([name, digest]) => [`Digest of ${name}`, digest, after.views[name] === digest ? 'equal' : `differs: ${after.views[name]}`]),
      ['Attachments', `${files.copied}`, files.already > 0 ? `${files.already} were there already` : ''],
      ['Accounts', `${accounts}`, 'everybody signs in anew'],
    ]),
  );
  if (!done.equal) throw new Failure('The digests differ: what was moved must not be used.');
}

/** The accounts of the source and no others; sessions and tickets stay behind, and those of the target end. */
async function moveAccounts(folder: string, publicUrl: string, source: Storage, target: Storage): Promise<number> {
  const own = openIdentityDatabase(folder);
  const signals = new LocalSignals();
  try {
    const [from, to] = [source.shared ?? own, target.shared ?? own];
    for (const database of [from, to]) await (await Identity.open({ database, signals, publicUrl })).close();
    return await replaceRows(from, to, [{ name: 'tickets', copied: false }, { name: 'sessions', copied: false }, { name: 'accounts', copied: true }]);
  } finally {
    await own.close();
  }
}

/** The bytes of attachments, each proved by its digest on both sides. The target keeps what it has besides: nothing that the record does not name is shown. @throws Failure */
async function moveAttachments(folder: string, source: Storage, target: Storage): Promise<{ readonly copied: number; readonly already: number }> {
  const own = openAttachmentsDatabase(folder);
  try {
    const [from, to] = [await Attachments.open(source.shared ?? own), await Attachments.open(target.shared ?? own)];
    return await to.takeOver(from);
  } catch (error) {
    if (error instanceof NotTheBytes) throw new Failure(`An attachment is damaged: ${error.message}. Restore it from a backup, then try again.`);
    throw error;
  } finally {
    await own.close();
  }
}
