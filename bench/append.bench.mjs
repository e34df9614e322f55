// Appends: one writer, 64 writers that share commits, the loop meanwhile, and the same store behind a worker thread.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { SqliteEventStore } from '#platform/event-store';
import { StoreInWorker } from './lib/append-worker.mjs';
import { bench, setting } from './lib/bench.mjs';
import { clauseAdded, write } from './lib/events.mjs';
import { fsynced, rawSqlite } from './lib/floors.mjs';
import { inRounds, sleep, spread } from './lib/stats.mjs';

const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('SECONDS', 2);
const PACE = 1000;

/** How long the loop was held, beyond the resolution of the meter. */
async function withLoop(work) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const done = await work();
  delay.disable();
  const beyond = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - 1);
  return { ...done, held99: beyond(delay.percentile(99)), heldMost: beyond(delay.max) };
}

/** A store of its own each time, so that all grow from nothing as the floors do. Everything acknowledged must stand in it, once. */
async function closedLoop(open, folder, writers) {
  const path = folder('store');
  const store = open(path);
  let appended = 0;
  const { samples, rate, cpu, held99, heldMost } = await withLoop(() =>
    write({ writers, seconds: SECONDS, append: (...event) => ((appended += 1), store.append(...event)) }),
  );
  const { p50, p95, p99 } = spread(samples);
  await store.close();
  const written = new SqliteEventStore(path);
  const head = Number(await written.head());
  await written.close();
  if (head !== appended) throw new Error(`${appended} appends were acknowledged and ${head} events are there`);
  return { rate, p50, p95, p99, cpu, held99, heldMost, perCommit: appended / (store.commits ?? Number.NaN) };
}

/** Open loop: so many events a second arrive, whether the last is answered or not. */
async function paced(store, name) {
  // A worker that is still starting is not what is asked about.
  await store.append(`statement-${name}-first`, 0, [clauseAdded(0)]);
  const samples = [];
  const open = [];
  const { held99, heldMost } = await withLoop(async () => {
    const began = performance.now();
    for (let n = 0; performance.now() - began < SECONDS * 1000; await sleep(1))
      for (; n < ((performance.now() - began) / 1000) * PACE; n++) {
        const at = performance.now();
        open.push(store.append(`statement-${name}-${n}`, 0, [clauseAdded(n)]).then(() => samples.push(performance.now() - at)));
      }
    await Promise.all(open);
    return {};
  });
  const { p50, p95, p99 } = spread(samples);
  return { rate: samples.length / SECONDS, p50, p95, p99, held99, heldMost };
}

await bench(async ({ row, note, folder }) => {
  const floor = folder('floor');
  const main = (path) => new SqliteEventStore(path);
  const worker = (path) => new StoreInWorker(path);
  const pacedBy = async (open, round) => {
    const store = open(folder('paced'));
    const figures = await paced(store, `paced-${round}`);
    await store.close();
    return figures;
  };
  const { of, ratio } = await inRounds(ROUNDS, {
    fsync: () => fsynced(floor, SECONDS),
    rawOne: () => rawSqlite(floor, SECONDS, 1),
    rawGroup: () => rawSqlite(floor, SECONDS, 64),
    one: () => closedLoop(main, folder, 1),
    many: () => closedLoop(main, folder, 64),
    workerOne: () => closedLoop(worker, folder, 1),
    workerMany: () => closedLoop(worker, folder, 64),
    pacedMain: (round) => pacedBy(main, round),
    pacedWorker: (round) => pacedBy(worker, round),
  });

  const loop = ({ held99, heldMost }) => `loop held p99 ${held99.toFixed(2)}, most ${heldMost.toFixed(1)} ms`;
  row({ what: 'floor: 4 KiB and fdatasync', ...of.fsync });
  row({ what: 'floor: SQLite, one insert a commit', ...of.rawOne });
  row({ what: 'floor: SQLite, 64 inserts a commit', ...of.rawGroup });
  const byOne = ratio('one', 'rawOne', 'rate');
  row({ what: 'store, one writer', ...of.one, other: loop(of.one), ratio: byOne, of: 'of one insert a commit' });
  const byGroup = ratio('many', 'rawGroup', 'rate');
  row({ what: 'store, 64 writers', ...of.many, other: loop(of.many), ratio: byGroup, of: 'of 64 inserts a commit', goal: 'P1d ≥ 0.95', met: byGroup >= 0.95 });
  row({ what: 'store, 64 writers: events for one fsync', other: of.many.perCommit.toFixed(1), goal: 'P1e ≥ 16', met: of.many.perCommit >= 16 });
  const gain = ratio('many', 'one', 'rate');
  row({ what: 'store, 64 writers against one commit each', ratio: gain, of: 'x', goal: 'P1e ≥ 4', met: gain >= 4 });
  row({ what: 'worker, one writer', ...of.workerOne, other: loop(of.workerOne), ratio: ratio('workerOne', 'one', 'rate'), of: 'of the main thread' });
  row({ what: 'worker, 64 writers', ...of.workerMany, other: loop(of.workerMany), ratio: ratio('workerMany', 'many', 'rate'), of: 'of the main thread' });
  row({ what: `main thread at ${PACE} events a second`, ...of.pacedMain, other: loop(of.pacedMain) });
  row({ what: `worker at ${PACE} events a second`, ...of.pacedWorker, other: loop(of.pacedWorker) });
  note(`round trip to the worker and back, one writer: ${(of.workerOne.p50 - of.one.p50).toFixed(3)} ms at p50; every acknowledged event was there afterwards.`);
});
