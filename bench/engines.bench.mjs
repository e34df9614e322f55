// One query layer, two engines: the views on SQLite beside PostgreSQL, and appends to the stores below them.
import { join } from 'node:path';
import { LocalSignals } from '#platform/database';
import { openKurrentDb, Registry, SqliteEventStore, uuidv7 } from '#platform/event-store';
import { ViewRunner } from '#platform/views';
import { bench, setting } from './lib/bench.mjs';
import { inProcess, openViews } from './lib/build-views.mjs';
import { contexts, eachEvent, EVENTS, filledFolder, firstMou, VIEWS } from './lib/dataset.mjs';
import { postgresServer, PROTOCOL_SERVER, protocolServer } from './lib/engines.mjs';
import { write } from './lib/events.mjs';
import { inRounds, spread } from './lib/stats.mjs';
import { readerOf, timedReads } from './lib/view-reads.mjs';

const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('SECONDS', 2);
const SINGLE_EVENTS = setting('ACTS', 200);
const WRITERS = 32;
const ENGINES = { sqlite: 'SQLite', postgres: 'PostgreSQL' };
/** A view of fewer documents is read whole, by whatever plan. */
const WORTH_AN_INDEX = 1_000;

/** Every list of every view that has many documents: those that an engine would sort in memory. */
async function sortedInMemory(views) {
  const reader = readerOf(views);
  const sorted = [];
  let lists = 0;
  for (const { name, columns = {} } of views.views) {
    if ((await views.reader(null).count(name)) < WORTH_AN_INDEX) continue;
    for (const sort of ['key', ...Object.keys(columns)].flatMap((column) => [column, `-${column}`])) {
      lists += 1;
      const plan = await reader.plan(name, {}, { sort, limit: 50 });
      if (plan.some((line) => /TEMP B-TREE|\bSort\b/.test(line))) sorted.push(`${name} by ${sort}`);
    }
  }
  return { lists, sorted };
}

/** One event at a time, from its append until the views show it; the append is the same for both engines. */
async function lag(folder, views, sample) {
  const events = new SqliteEventStore(folder);
  let failed;
  const runner = new ViewRunner(events, new Registry(contexts), views, new LocalSignals(), (error) => (failed = error));
  await runner.startProjecting();
  const waits = [];
  const appends = [];
  for (let n = 0; n < SINGLE_EVENTS; n++) {
    const id = uuidv7();
    const event = { id, type: sample.type, data: { ...sample.data, statementId: id }, meta: sample.meta };
    const began = performance.now();
    const { position } = await events.append(`statement-${id}`, 0, [event]);
    appends.push(performance.now() - began);
    if (!(await runner.waitFor(position, 10_000))) throw failed ?? new Error('an event was not shown');
    waits.push(performance.now() - began);
  }
  await runner.stop();
  await events.close();
  const { p50, p95, p99 } = spread(waits);
  return { p50, p95, p99, append: spread(appends).p50 };
}

/** Writers that each wait for their answer. Everything acknowledged must be there, once. */
async function appended(open, writers) {
  const store = await open();
  let acknowledged = 0;
  const append = async (...event) => {
    await store.append(...event);
    acknowledged += 1;
  };
  const { samples, rate, cpu } = await write({ writers, seconds: SECONDS, append });
  const ids = (await Array.fromAsync(eachEvent(store))).map(({ id }) => id);
  await store.close();
  if (ids.length !== acknowledged || new Set(ids).size !== acknowledged) throw new Error(`${acknowledged} appends were acknowledged and ${ids.length} events are there`);
  const { p50, p95, p99 } = spread(samples);
  return { rate, p50, p95, p99, cpu };
}

await bench(async (around) => {
  const { row, note, folder } = around;
  const [filled, postgres] = [await filledFolder(around), await postgresServer(around)];
  const paths = {};
  const digests = new Set();
  const built = (engine, place) => async (round) => {
    const task = { kind: 'build', folder: filled, views: await place(round) };
    const { digests: ofViews, figures } = await inProcess(task);
    paths[engine] = task.views;
    digests.add(JSON.stringify(ofViews));
    return figures;
  };
  const builds = await inRounds(ROUNDS, {
    read: async () => (await inProcess({ kind: 'read', folder: filled })).figures,
    sqlite: built('sqlite', (round) => join(filled, `built-${round}.db`)),
    postgres: built('postgres', () => postgres.createDatabase()),
  });
  if (digests.size !== 1) throw new Error('the engines hold different views');

  row({ what: 'floor: read and decode', ...builds.of.read, other: `${builds.of.read.took.toFixed(1)} s` });
  for (const [engine, name] of Object.entries(ENGINES)) {
    const { took, peak, database } = builds.of[engine];
    const beside = database > 0 ? `, CPU of the database ${database.toFixed(0)} µs` : '';
    const ratio = builds.ratio(engine, engine === 'sqlite' ? 'read' : 'sqlite', 'took');
    row({ what: `all views on ${name}, from nothing`, ...builds.of[engine], other: `${took.toFixed(1)} s, peak ${Math.round(peak)} MB${beside}`, ratio, of: engine === 'sqlite' ? 'x the time of reading' : 'x the time of SQLite' });
  }

  const events = new SqliteEventStore(filled);
  const sample = await Array.fromAsync(eachEvent(events)).then((all) => all.find(({ type }) => type.startsWith('statements.StatementProposed.')));
  await events.close();
  const figures = {};
  for (const engine of Object.keys(ENGINES)) {
    const { store, database, close } = await openViews(paths[engine], VIEWS);
    // PostgreSQL does this by itself within a minute.
    await database?.run('ANALYZE');
    await store.prepare();
    figures[engine] = { reads: await timedReads(store, firstMou(), SECONDS), plans: await sortedInMemory(store), lag: await lag(filled, store, sample) };
    await close();
  }
  const both = (what, of) => {
    for (const [engine, name] of Object.entries(ENGINES)) row({ what: `${what}, ${name}`, ...of(figures[engine]), ...(engine === 'postgres' && { ratio: of(figures.postgres).p50 / of(figures.sqlite).p50, of: 'of SQLite, p50' }) });
  };
  const titles = { list: 'list of groups, 50', one: 'one memorandum', history: 'its history', search: 'search' };
  for (const [key, title] of Object.entries(titles)) both(title, ({ reads }) => reads[key]);
  for (const [engine, name] of Object.entries(ENGINES)) {
    const { lists, sorted } = figures[engine].plans;
    row({ what: `lists that are sorted in memory, ${name}`, other: `${sorted.length} of ${lists}`, goal: 'none', met: sorted.length === 0 });
    if (sorted.length > 0) note(`Sorted in memory by ${name}: ${sorted.join(', ')}.`);
  }
  both('one event, from its append until it is shown', ({ lag: { p50, p95, p99, append } }) => ({ p50, p95, p99, other: `its append p50 ${append.toFixed(2)} ms` }));

  // Each time from nothing.
  const stores = { sqlite: () => new SqliteEventStore(folder('store')), protocol: async () => openKurrentDb(await protocolServer(around)) };
  const subjects = {};
  for (const writers of [1, WRITERS]) {
    subjects[`sqlite${writers}`] = () => appended(stores.sqlite, writers);
    subjects[`protocol${writers}`] = () => appended(stores.protocol, writers);
  }
  const appends = await inRounds(ROUNDS, subjects);
  for (const writers of [1, WRITERS]) {
    const many = writers === 1 ? 'one at a time' : `${writers} in flight`;
    row({ what: `appends to SQLite, ${many}`, ...appends.of[`sqlite${writers}`] });
    row({ what: `appends by the adapter of KurrentDB, ${many}`, ...appends.of[`protocol${writers}`], other: PROTOCOL_SERVER, ratio: appends.ratio(`protocol${writers}`, `sqlite${writers}`, 'rate'), of: 'of SQLite' });
  }
  note(`${EVENTS} events into ${VIEWS.length} views; the digests of the views are equal on both engines. PostgreSQL is on this machine, with fsync. CPU of appends is that of the client.`);
});
