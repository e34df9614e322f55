// The main reads over HTTP on a folder of 100,000 events, and the same at the store of the views.
import { join } from 'node:path';
import { SqliteViewStore } from '#platform/views';
import { bench, setting } from './lib/bench.mjs';
import { EVENTS, filledFolder, firstMou, VIEWS } from './lib/dataset.mjs';
import { drive, requestBytes } from './lib/load.mjs';
import { signIn, startBareNest, startServer } from './lib/process.mjs';
import { inRounds } from './lib/stats.mjs';
import { timedReads, WORDS } from './lib/view-reads.mjs';

const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('SECONDS', 1.5);

/** Reads of the views with nothing round them. */
async function atTheStore(folder, mou) {
  const views = await SqliteViewStore.open(join(folder, 'views.db'), VIEWS);
  const figures = await timedReads(views, mou, SECONDS);
  await views.close();
  return figures;
}

await bench(async (around) => {
  const { row, note } = around;
  const folder = await filledFolder(around);
  const mou = firstMou();
  const store = await atTheStore(folder, mou);
  const [server, nest] = await Promise.all([startServer(folder), startBareNest()]);
  const session = await signIn(server.url, 'chair.xa');
  const read = (path, headers = {}) => requestBytes({ path, headers: { ...session, ...headers } });
  const paths = {
    groups: '/api/v1/groups?limit=50',
    mou: `/api/v1/mous/${mou}`,
    history: `/api/v1/mous/${mou}/history?limit=50`,
    activity: '/api/v1/activity?limit=50',
  };
  const asked = {
    nest: read('/health/live'),
    alive: read('/health/live'),
    ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, read(path)])),
  };
  const searches = WORDS.map((word) => read(`/api/v1/search?q=${encodeURIComponent(word)}`));
  const subjects = {};
  for (const connections of [1, 16]) {
    for (const [name, bytes] of Object.entries(asked)) {
      const { port, pid } = name === 'nest' ? nest : server;
      subjects[`${name}${connections}`] = () => drive({ port, pid, connections, seconds: SECONDS, request: () => bytes });
    }
    subjects[`search${connections}`] = () => drive({ port: server.port, pid: server.pid, connections, seconds: SECONDS, request: (n) => searches[n % searches.length] });
  }
  const { of, ratio } = await inRounds(ROUNDS, subjects);

  const titles = { groups: 'list of groups, 50', mou: 'one memorandum', history: 'its history', activity: 'the activity, newest 50', search: 'search' };
  for (const connections of [1, 16]) {
    const name = connections === 1 ? '1 connection' : `${connections} connections`;
    row({ what: `floor: bare Nest, GET, ${name}`, ...of[`nest${connections}`] });
    row({ what: `floor: GET /health/live, ${name}`, ...of[`alive${connections}`] });
    for (const [key, title] of Object.entries(titles)) {
      const share = ratio(`${key}${connections}`, `nest${connections}`, 'rate');
      const goal = connections === 16 && key !== 'search' ? { goal: 'P4b ≥ 0.6', met: share >= 0.6 } : {};
      row({ what: `${title}, ${name}`, ...of[`${key}${connections}`], ratio: share, of: 'of bare Nest', ...goal });
    }
  }
  const most = of.search16.p99;
  row({ what: 'search, 16 connections, p99', p99: most, goal: 'P4c ≤ 50 ms', met: most <= 50 });
  const goals = { list: ['list of groups', 0.5], one: ['one memorandum', 0.15], history: ['its history', 0.5], search: ['search', undefined] };
  for (const [key, [title, within]] of Object.entries(goals))
    row({ what: `views alone: ${title}`, ...store[key], ...(within === undefined ? {} : { goal: `P4a p50 ≤ ${within} ms`, met: store[key].p50 <= within }) });
  note(`${EVENTS} events; read as the chair of a group of the exercise.`);
  await Promise.all([server, nest].map((program) => program.stop()));
});
