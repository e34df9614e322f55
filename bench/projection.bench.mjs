// All views built anew from 100,000 events, against reading and decoding the same events.
import { join } from 'node:path';
import { bench, setting } from './lib/bench.mjs';
import { inProcess } from './lib/build-views.mjs';
import { EVENTS, filledFolder, VIEWS } from './lib/dataset.mjs';
import { inRounds } from './lib/stats.mjs';

const ROUNDS = setting('ROUNDS', 3);

await bench(async (around) => {
  const { row, note } = around;
  const folder = await filledFolder(around);
  const digests = new Set();
  const measured = (kind, views) => async (round) => {
    const { digests: ofViews, figures } = await inProcess({ kind, folder, views: join(folder, views(round)) });
    if (kind !== 'read') digests.add(JSON.stringify(ofViews));
    return figures;
  };
  const { of, ratio } = await inRounds(ROUNDS, {
    read: measured('read', () => ''),
    build: measured('build', (round) => `built-${round}.db`),
    rebuild: measured('rebuild', () => 'views.db'),
  });
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
  note(`${EVENTS} events into ${VIEWS.length} views; the digests of all builds are equal.`);
});
