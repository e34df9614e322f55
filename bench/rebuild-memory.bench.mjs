// All views of a million events: does memory stay bounded, whatever the length of the record?
import { join } from 'node:path';
import { bench, setting } from './lib/bench.mjs';
import { inProcess } from './lib/build-views.mjs';
import { recordedFolder, VIEWS } from './lib/dataset.mjs';
import { postgresServer } from './lib/engines.mjs';

const EVENTS = setting('EVENTS', 1_000_000);
const LIMIT = 500;

await bench(async (around) => {
  const { row, note, folder: scratch } = around;
  const began = performance.now();
  const folder = await recordedFolder(EVENTS);
  const made = (performance.now() - began) / 1000;
  const postgres = await postgresServer(around);
  const engines = { SQLite: join(scratch('views'), 'views.db'), PostgreSQL: await postgres.createDatabase() };
  const digests = new Set();

  const { figures: read } = await inProcess({ kind: 'read', folder });
  const told = ({ took, middle, end, peak }) => `${took.toFixed(1)} s; resident half way ${Math.round(middle)} MB, at the end ${Math.round(end)} MB, at most ${Math.round(peak)} MB`;
  row({ what: 'floor: read and decode', ...read, other: told(read) });
  for (const [name, views] of Object.entries(engines))
    for (const [kind, what] of [['build', `all views on ${name}, from nothing`], ['rebuild', `all views on ${name}, beside those that serve`]]) {
      const { digests: ofViews, figures } = await inProcess({ kind, folder, views });
      digests.add(JSON.stringify(ofViews));
      const cleared = kind === 'rebuild' && name === 'PostgreSQL' ? `; the builds before dropped in ${figures.cleared.toFixed(1)} s` : '';
      row({ what, ...figures, other: told(figures) + cleared, ratio: figures.took / read.took, of: 'x the time of reading', goal: `P2b ≤ ${LIMIT} MB`, met: figures.peak <= LIMIT });
    }
  if (digests.size !== 1) throw new Error('the builds differ from one another');
  note(`${EVENTS} events into ${VIEWS.length} views, each build in a process of its own, once; all digests are equal. The record was there, or was made, in ${made.toFixed(0)} s.`);
});
