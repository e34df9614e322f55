// One act, and the time until the last of 1,000 sockets has it; beside bare servers that send as much to the same clients.
import { join } from 'node:path';
import { LocalSignals } from '#platform/database';
import { Identity, openIdentityDatabase } from '#platform/identity';
import { io } from 'socket.io-client';
import { bench, root, setting } from './lib/bench.mjs';
import { Clients } from './lib/clients.mjs';
import { drive, requestBytes } from './lib/load.mjs';
import { cpuOf, freePort, memoryOf, signIn, startProgram, startServer } from './lib/process.mjs';
import { inRounds, sleep, spread } from './lib/stats.mjs';

const SOCKETS = setting('SOCKETS', 1000);
const PROCESSES = 2;
const ACTS = setting('ACTS', 30);
const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('SECONDS', 2);
const ACT = '"type":"(?:RecessBegan|SittingsResumed)"';
const WORD = 'a long word that nobody else has';
const SECRETARIAT = {
  email: 'sec@aegis.example', personId: 'network-secretariat', displayName: 'Secretariat', language: 'en', exercise: false,
  grants: [{ capacity: 'network-secretariat', onBehalfOf: 'aegis' }],
};

await bench(async ({ row, note, folder }) => {
  const data = folder('live');
  const accounts = openIdentityDatabase(data);
  const identity = await Identity.open({ database: accounts, signals: new LocalSignals(), publicUrl: 'http://localhost:3000' });
  await identity.accounts.create(SECRETARIAT, { password: WORD });
  await identity.close();
  await accounts.close();
  const program = join(root, 'bench/lib/broadcast-floor.mjs');
  const bare = async (floor) => startProgram([program], { port: await freePort(), env: { FLOOR: floor } });
  const [server, sockets, frames] = await Promise.all([startServer(data), bare('socket.io'), bare('frames')]);
  const session = await signIn(server.url, SECRETARIAT.email, WORD);

  let given = 0;
  const post = async (url, body, headers = {}) => {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  /** A recess begins and ends, again and again: open to anyone. */
  const giveAct = () => {
    const begins = given++ % 2 === 0;
    const input = begins ? { from: '2026-07-01' } : { on: '2026-07-02' };
    return post(`${server.url}/api/v1/parliaments/CA/${begins ? 'record-recess' : 'record-return'}`, JSON.stringify({ input }), session);
  };
  const programs = {
    comity: { ...server, act: giveAct },
    socketio: { ...sockets, act: () => post(`${sockets.url}/act`, '{}') },
    frames: { ...frames, act: () => post(`${frames.url}/act`, '{}') },
  };

  // One true client of the library follows too, and says in the end that nothing was missing and nothing came twice.
  const seen = [];
  let payload;
  const witness = io(`${server.url}/live`, { transports: ['websocket'], reconnection: false });
  witness.on('activity', (message) => {
    seen.push(...message.entries.map((entry) => entry.position));
    payload = `42/live,${JSON.stringify(['activity', message])}`;
  });
  await new Promise((resolve, reject) => witness.once('connect', resolve).once('connect_error', reject));
  await witness.emitWithAck('follow', {});
  for (let n = 0; n < 2; n++) await giveAct();
  while (seen.length < given) await sleep(5);
  for (const { url } of [sockets, frames]) await post(`${url}/payload`, payload);

  // What an act costs while nobody listens, so that the rest is the deliveries.
  const alone = {};
  for (const [name, { pid, act }] of Object.entries(programs)) {
    const before = cpuOf(pid);
    for (let n = 0; n < 100; n++) await act();
    await sleep(200);
    alone[name] = (cpuOf(pid) - before) / 100;
  }

  const clients = new Clients(PROCESSES);
  const memory = {};
  for (const [name, { pid, port }] of Object.entries(programs)) {
    const before = memoryOf(pid).now;
    await clients.connect(SOCKETS, { name, urls: [`ws://127.0.0.1:${port}`], act: ACT, plain: name === 'frames', ordered: name === 'comity' });
    await sleep(500);
    memory[name] = (memoryOf(pid).now - before) / SOCKETS / 1024;
  }
  const measured = (name) => async () => {
    const { pid, act } = programs[name];
    const lasts = [];
    const all = [];
    const before = cpuOf(pid);
    for (let n = 0; n < ACTS; n++) {
      const told = clients.told(name);
      const began = process.hrtime.bigint();
      const [times] = await Promise.all([told, act()]);
      const waits = times.map((at) => Number(at - began) / 1e6);
      if (waits.length !== SOCKETS) throw new Error(`${waits.length} deliveries for ${SOCKETS} sockets`);
      lasts.push(Math.max(...waits));
      all.push(...waits);
    }
    const used = cpuOf(pid) - before;
    const { p50, p95, p99 } = spread(lasts);
    return { p50, p95, p99, cpu: (used / ACTS - alone[name]) / SOCKETS, any: spread(all).p50 };
  };
  const { of, ratio } = await inRounds(ROUNDS, { frames: measured('frames'), socketio: measured('socketio'), comity: measured('comity') });

  // Others are served meanwhile.
  const probe = (acting) => async () => {
    let stop = false;
    const acts = (async () => {
      while (!stop && acting) await Promise.all([clients.told('comity'), giveAct()]);
    })();
    const figures = await drive({ port: server.port, pid: server.pid, connections: 1, seconds: SECONDS, request: () => requestBytes({ path: '/health/live' }) });
    stop = true;
    await acts;
    return figures;
  };
  const served = await inRounds(1, { quiet: probe(false), busy: probe(true) });
  while (seen.length < given) await sleep(5);
  if (new Set(seen).size !== given || seen.length !== given) throw new Error(`${given} acts were given and the client of the library had ${seen.length}`);
  witness.disconnect();

  const any = (figures) => `any socket p50 ${figures.any.toFixed(1)} ms`;
  row({ what: 'floor: one prepared frame to all', ...of.frames, other: any(of.frames) });
  row({ what: 'floor: bare socket.io room', ...of.socketio, other: any(of.socketio) });
  const tail = ratio('comity', 'frames', 'p99');
  row({ what: 'an act, until the last socket has it', ...of.comity, other: any(of.comity), ratio: tail, of: 'of the frames, p99', goal: 'P3b ≤ 1.3', met: tail <= 1.3 });
  row({ what: 'an act, until the last socket has it, p99', p99: of.comity.p99, ratio: ratio('comity', 'socketio', 'p99'), of: 'of socket.io', goal: 'P3b ≤ 150 ms', met: of.comity.p99 <= 150 });
  const cpu = ratio('comity', 'frames', 'cpu');
  row({ what: 'CPU of a delivery', cpu: of.comity.cpu, ratio: cpu, of: 'of the frames', goal: 'P3a ≤ 1.3', met: cpu <= 1.3 });
  const room = ratio('comity', 'socketio', 'cpu');
  row({ what: 'CPU of a delivery', cpu: of.comity.cpu, ratio: room, of: 'of socket.io', goal: 'P3a ≤ 0.75', met: room <= 0.75 });
  const slower = served.of.busy.p99 / served.of.quiet.p99;
  row({ what: 'GET /health/live, acts going out without a pause', ...served.of.busy, ratio: slower, of: 'of the quiet p99', goal: 'P3c ≤ 2', met: slower <= 2 });
  row({ what: 'memory of a connection', other: `${memory.comity.toFixed(1)} KB (socket.io ${memory.socketio.toFixed(1)})`, goal: 'P3g ≤ 25 KB', met: memory.comity <= 25 });
  note(`${SOCKETS} sockets that nobody has signed in on; ${payload.length} characters an act; ${ACTS} acts in each of ${ROUNDS} rounds. CPU of a delivery: what an act costs beyond one that nobody listens to (${Math.round(alone.comity)} µs), by the number of sockets.`);
  await Promise.all([server, sockets, frames].map((each) => each.stop()));
});
