// All views built anew from 100,000 events, against reading and decoding the same events.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Registry, SqliteEventStore, START } from '#platform/event-store';
import { activity, ViewRunner, ViewStore } from '#platform/views';
import { bench, keep } from './lib/bench.mjs';
import { EVENTS, filledFolder } from './lib/dataset.mjs';
import { inRounds } from './lib/stats.mjs';

const ROUNDS = 3;
const { contexts } = await import('../dist/apps/server/src/contexts.js');
const viewsOf = () => [...contexts.flatMap((c) => c.views), activity];

/** Reads and decodes everything, and nothing more. */
async function readOnly(store, registry) {
  let count = 0;
  for (let after = START; ; ) {
    const page = await store.readAll({ after, limit: 500 });
    for (const event of page) if (registry.decode(event).position !== '') count += 1;
    if (page.length < 500) return count;
    after = page.at(-1).position;
  }
}
function digest(views) {
  const hash = createHash('sha256');
  for (const { name } of views.views) for (const row of views.all(name)) hash.update(JSON.stringify(row));
  return hash.digest('hex');
}

/** One measurement, in a process of its own so that its memory is its own. */
async function measure(kind, folder) {
  const store = new SqliteEventStore(folder);
  const registry = new Registry(contexts);
  const views = kind === 'read' ? undefined : new ViewStore(join(folder, kind === 'build' ? `built-${process.pid}.db` : 'views.db'), viewsOf());
  const before = kind === 'rebuild' ? digest(views) : undefined;
  const cpu = process.cpuUsage();
  const began = performance.now();
  if (kind === 'read') {
    if ((await readOnly(store, registry)) !== EVENTS) throw new Error('not every event was read');
  } else {
    if (kind === 'rebuild') for (const { name } of viewsOf()) views.rebuild(name);
    const runner = new ViewRunner(store, registry, views, (error) => { throw error; });
    await runner.start();
    if (runner.position !== (await store.head())) throw new Error('the views are not at the end');
    await runner.stop();
  }
  const took = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  // On Linux in kilobytes.
  const peak = process.resourceUsage().maxRSS / 1024;
  const after = views ? digest(views) : '';
  if (before !== undefined && before !== after) throw new Error('the views built anew differ from those before');
  views?.close();
  await store.close();
  return { rate: EVENTS / took, took, cpu: (user + system) / EVENTS, peak, after };
}

if (process.argv[2] !== undefined) {
  process.send(await measure(process.argv[2], process.argv[3]), () => process.exit(0));
} else {
  await bench(async (around) => {
    const { row, note } = around;
    const folder = await filledFolder(around);
    const digests = new Set();
    const inProcess = (kind) => () =>
      new Promise((resolve, reject) => {
        const child = keep(fork(import.meta.filename, [kind, folder]));
        let figures;
        child.once('message', (message) => (figures = message));
        child.once('exit', (code) => {
          if (code !== 0 || figures === undefined) return reject(new Error(`${kind} ended with ${code}`));
          const { after, ...numbers } = figures;
          if (after !== '') digests.add(after);
          resolve(numbers);
        });
      });
    const { of, ratio } = await inRounds(ROUNDS, { read: inProcess('read'), build: inProcess('build'), rebuild: inProcess('rebuild') });
    if (digests.size !== 1) throw new Error('the builds differ from one another');

    const told = ({ took, peak }) => `${took.toFixed(1)} s, peak ${Math.round(peak)} MB`;
    row({ what: 'floor: read and decode', ...of.read, other: told(of.read) });
    for (const [kind, what] of [['build', 'all views, from nothing'], ['rebuild', 'all views, beside those that serve']]) {
      const times = ratio(kind, 'read', 'took');
      row({ what, ...of[kind], other: told(of[kind]), ratio: times, of: 'x the time of reading', goal: 'P2a ≤ 4', met: times <= 4 });
    }
    const most = of.rebuild.peak;
    row({ what: 'memory at most while rebuilding', other: `${Math.round(most)} MB`, goal: 'P2b ≤ 500 MB', met: most <= 500 });
    row({ what: 'a million events at this rate', other: `${(1e6 / of.rebuild.rate).toFixed(0)} s`, goal: 'P2a ≤ 30 s', met: 1e6 / of.rebuild.rate <= 30 });
    note(`${EVENTS} events into ${viewsOf().length} views; the digests of all builds are equal.`);
  });
}
