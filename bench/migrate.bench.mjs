// A record from a data folder to the stores of several nodes and back into another folder, proved by digests on the way.
import { bench } from './lib/bench.mjs';
import { contexts, filledFolder, VIEWS } from './lib/dataset.mjs';
import { postgresServer, PROTOCOL_SERVER, protocolServer } from './lib/engines.mjs';
import { migrate, openCluster, openEmbedded } from '#platform/runtime';

const fail = (error) => {
  throw error;
};
/** Deadlines that no server has set, so that some wait whatever the record says; nothing runs that would fire them. */
async function setTimers({ processes }) {
  const timers = Array.from({ length: 100 }, (_, n) => ({
    schedule: 'bench', key: `${n}`, at: '2100-01-01T00:00:00.000Z', due: { n }, cause: { stream: 'statement-bench', revision: n + 1 },
  }));
  await processes.advance('schedules', await processes.checkpoint('schedules'), timers);
}
/** Those that wait, wherever they are kept. */
const timersOf = ({ processes }) => processes.due('9999', 1_000_000).then((timers) => timers.map((timer) => JSON.stringify(timer)).toSorted().join('\n'));

async function moved(source, target) {
  const began = performance.now();
  let copied = began;
  const done = await migrate(source, target, contexts, () => (copied = performance.now()));
  const took = (performance.now() - began) / 1000;
  if (!done.equal) throw new Error('the digests of source and target differ');
  if (done.copied.already > 0) throw new Error('the target was not empty');
  return { ...done, events: done.copied.events, took, copying: (copied - began) / 1000 };
}

await bench(async (around) => {
  const { row, note, folder, atEnd } = around;
  const data = await filledFolder(around);
  const [postgres, events] = await Promise.all([postgresServer(around), protocolServer(around)]);
  const open = async (opening) => {
    const storage = await opening;
    atEnd(() => storage.close());
    return storage;
  };
  const from = await open(openEmbedded(data, VIEWS, fail));
  const cluster = await open(openCluster({ events, postgres: await postgres.createDatabase(), node: 'bench' }, VIEWS, fail));
  const to = await open(openEmbedded(folder('back'), VIEWS, fail));

  await setTimers(from);
  const out = await moved(from, cluster);
  const back = await moved(cluster, to);
  const all = [out.source, out.target, back.source, back.target].map((digests) => JSON.stringify(digests));
  if (new Set(all).size !== 1) throw new Error('the digests changed on the way');
  const timers = await timersOf(from);
  if ((await timersOf(cluster)) !== timers || (await timersOf(to)) !== timers) throw new Error('deadlines were lost on the way');

  for (const [what, done] of [['from the folder to the cluster', out], ['from the cluster to another folder', back]])
    row({ what, rate: done.events / done.took, other: `${done.took.toFixed(1)} s, of which ${done.copying.toFixed(1)} s copying` });
  const views = Object.keys(out.source.views).length;
  note(`${out.events} events and ${timers.split('\n').length} deadlines; the digests of the events and of each of ${views} views are equal in the folder, the cluster and the other folder. The rest of the time the views are folded where they are not, and digests taken on both sides. The cluster: PostgreSQL, and ${PROTOCOL_SERVER}.`);
});
