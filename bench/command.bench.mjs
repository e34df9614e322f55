// A command over HTTP against the server as people start it: validated, authorised, decided, on the disk, projected.
import { bench, setting } from './lib/bench.mjs';
import { fsynced } from './lib/floors.mjs';
import { drive, proposal, proposeStatement, requestBytes } from './lib/load.mjs';
import { memoryOf, MB, settled, signIn, startBareHttp, startBareNest, startServer } from './lib/process.mjs';
import { inRounds } from './lib/stats.mjs';

const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('SECONDS', 2);

await bench(async ({ row, note, folder }) => {
  const [server, nest, http] = await Promise.all([startServer(folder('command')), startBareNest(), startBareHttp()]);
  const session = await signIn(server.url, 'chair.xa');
  let n = 0;
  const command = () => requestBytes(proposeStatement(`bench-${++n}`, session));
  const post = requestBytes({ method: 'POST', path: '/post', headers: session, body: { input: proposal('bench-1') } });
  const alive = requestBytes({ path: '/health/live' });
  const at = ({ port, pid }, connections, request) => () => drive({ port, pid, connections, seconds: SECONDS, request });

  const subjects = {};
  for (const connections of [1, 32, 64]) {
    subjects[`live${connections}`] = at(server, connections, () => alive);
    subjects[`nest${connections}`] = at(nest, connections, () => post);
    subjects[`http${connections}`] = at(http, connections, () => post);
    subjects[`command${connections}`] = async () => {
      const figures = await at(server, connections, command)();
      // What is behind must not fall on the next subject.
      await settled(server.url);
      return figures;
    };
  }
  const floor = folder('floor');
  subjects.fsync = () => fsynced(floor, SECONDS / 2);
  const start = await settled(server.url);
  const { of, ratio } = await inRounds(ROUNDS, subjects);
  const recorded = (await settled(server.url)) - start;
  if (recorded < n) throw new Error(`${n} commands were acknowledged and ${recorded} events are there`);

  row({ what: 'floor: 4 KiB and fdatasync', ...of.fsync });
  for (const connections of [1, 32, 64]) {
    const name = connections === 1 ? '1 connection' : `${connections} connections`;
    row({ what: `floor: node:http, POST, ${name}`, ...of[`http${connections}`] });
    row({ what: `floor: bare Nest, POST, ${name}`, ...of[`nest${connections}`] });
    row({ what: `floor: GET /health/live, ${name}`, ...of[`live${connections}`] });
    const byLive = ratio(`command${connections}`, `live${connections}`, 'rate');
    row({ what: `command, ${name}`, ...of[`command${connections}`], ratio: byLive, of: 'of /health/live' });
  }
  const judged = (what, value, text, goal, met) => row({ what, ratio: value, of: text, goal, met });
  const rate = ratio('command64', 'nest64', 'rate');
  judged('command, 64 connections, by rate', rate, 'of bare Nest', 'P1a ≥ 0.85', rate >= 0.85);
  const cpu = 1 / ratio('command64', 'nest64', 'cpu');
  judged('command, 64 connections, by CPU', cpu, 'of bare Nest', 'P1a ≥ 0.85', cpu >= 0.85);
  const raw = ratio('command64', 'http64', 'rate');
  judged('command, 64 connections, by rate', raw, 'of node:http', 'P1b ≥ 0.35', raw >= 0.35);
  const syncs = (of.command1.p50 - of.nest1.p50) / of.fsync.p50;
  judged('command, 1 connection, p50 beyond bare Nest', syncs, 'fdatasyncs', 'P1c ≤ 3', syncs <= 3);
  const tail = ratio('command64', 'nest64', 'p99');
  judged('command, 64 connections, p99', tail, 'of bare Nest', 'P1c ≤ 2', tail <= 2);
  const memory = memoryOf(server.pid);
  note(`${n} commands were acknowledged, ${recorded} events recorded (what follows by rule among them); the server then holds ${MB(memory.now)} MB.`);
  await Promise.all([server, nest, http].map((program) => program.stop()));
});
