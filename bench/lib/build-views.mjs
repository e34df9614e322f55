// All views from a record, in a process of its own so that its memory is its own. Started by `inProcess` below; sends its figures.
import { fork } from 'node:child_process';
import { LocalSignals, PostgresDatabase } from '#platform/database';
import { Registry, SqliteEventStore } from '#platform/event-store';
import { digestOfViews } from '#platform/runtime';
import { PostgresViewStore, SqliteViewStore, ViewRunner } from '#platform/views';
import { keep } from './bench.mjs';
import { cpuOfPostgres } from './engines.mjs';

const SAMPLE_EVERY = 50;

/**
 * @param task `kind`: `read` reads and decodes only, `build` folds into nothing, `rebuild` folds beside the builds that serve;
 * `folder` of the record; `views`, the path of a file or the URL of a database.
 */
export function inProcess(task) {
  return new Promise((resolve, reject) => {
    const child = keep(fork(import.meta.filename, ['child', JSON.stringify(task)]));
    let figures;
    child.once('message', (message) => (figures = message));
    child.once('exit', (code) => (code === 0 && figures !== undefined ? resolve(figures) : reject(new Error(`${task.kind} ended with ${code}`))));
  });
}

/** The views, and what has to be closed with them. */
export async function openViews(path, views) {
  if (!path.startsWith('postgres')) {
    const store = await SqliteViewStore.open(path, views);
    return { store, database: undefined, close: () => store.close() };
  }
  const database = await PostgresDatabase.open({ url: path });
  const store = await PostgresViewStore.open(database, views);
  return { store, database, close: () => store.close().then(() => database.close()) };
}

/** Resident memory meanwhile, in MB: half way in time, at the end, and the most there was. */
async function withMemory(work) {
  const samples = [];
  const timer = setInterval(() => samples.push(process.memoryUsage.rss()), SAMPLE_EVERY);
  await work();
  clearInterval(timer);
  const now = process.memoryUsage.rss();
  // `maxRSS` is in KiB.
  return { middle: (samples[samples.length >> 1] ?? now) / 2 ** 20, end: now / 2 ** 20, peak: process.resourceUsage().maxRSS / 1024 };
}

/** Reads and decodes everything, and nothing more. */
async function readOnly(events, registry, eachEvent) {
  for await (const event of eachEvent(events)) if (registry.decode(event).position === '') throw new Error('an event without a position');
}

async function fold(events, registry, views, isRebuild) {
  let failed;
  const runner = new ViewRunner(events, registry, views, new LocalSignals(), (error) => (failed = error));
  await runner.startProjecting();
  // All at once, as after a release that changes all of them.
  if (isRebuild) await Promise.all(views.views.map(({ name }) => runner.rebuild(name)));
  if (failed !== undefined) throw failed;
  if (runner.position !== (await events.head())) throw new Error('the views are not at the end');
  await runner.stop();
}

async function measure({ kind, folder, views: path }) {
  const { contexts, eachEvent, VIEWS } = await import('./dataset.mjs');
  const events = new SqliteEventStore(folder);
  const count = Number(await events.head());
  const registry = new Registry(contexts);
  const views = kind === 'read' ? undefined : await openViews(path, VIEWS);
  const before = kind === 'rebuild' ? await digestOfViews(views.store) : undefined;
  const inDatabase = views?.database ? await cpuOfPostgres(views.database) : () => 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const memory = await withMemory(() => (kind === 'read' ? readOnly(events, registry, eachEvent) : fold(events, registry, views.store, kind === 'rebuild')));
  const took = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const database = inDatabase() / count;
  const digests = views && (await digestOfViews(views.store));
  // What the next start does first: builds that others may still have read are dropped.
  const closing = performance.now();
  if (kind === 'rebuild') await views.store.prepare();
  const cleared = (performance.now() - closing) / 1000;
  for (const [name, digest] of Object.entries(before ?? {})) if (digests[name] !== digest) throw new Error(`${name} built anew differs from before`);
  await views?.close();
  await events.close();
  return { digests, figures: { rate: count / took, took, cpu: (user + system) / count, database, cleared, ...memory } };
}

if (process.argv[1] === import.meta.filename && process.argv[2] === 'child') {
  process.once('disconnect', () => process.exit(1));
  process.send(await measure(JSON.parse(process.argv[3])), () => process.exit(0));
}
