// One, two and three nodes over the same stores, beside one process over a folder: commands, and an act until every screen has it.
import { PostgresDatabase } from '#platform/database';
import { openKurrentDb, SqliteEventStore } from '#platform/event-store';
import { startCluster } from '../test/cluster/index.ts';
import { bench, setting } from './lib/bench.mjs';
import { Clients } from './lib/clients.mjs';
import { eachEvent } from './lib/dataset.mjs';
import { cpuOfPostgres, PROTOCOL_SERVER } from './lib/engines.mjs';
import { drive, proposeStatement, requestBytes } from './lib/load.mjs';
import { cpuOf, settled, signIn, startServer } from './lib/process.mjs';
import { inRounds, sleep, spread } from './lib/stats.mjs';

const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('SECONDS', 2);
/** Each round; three rounds are more than a hundred. */
const ACTS = setting('ACTS', 40);
/** As many in all, however many nodes: then the deliveries are as many too. */
const SOCKETS = setting('SOCKETS', 60);
const OUTSIDERS = 12;
const PROCESSES = 2;
const CONNECTIONS = [1, 64];
const WARMING = 24;
const { DEMO_ACCOUNTS } = await import('../dist/apps/server/src/demo.js');

/** What is measured: where it answers, who is signed in, and what each command was answered. */
class Profile {
  answers = [];
  given = 0;
  lasts = [];
  any = [];
  constructor(name, servers, { session, outsider, beside }) {
    Object.assign(this, { name, servers, session, outsider, beside });
  }
  next() {
    this.given += 1;
    return proposeStatement(`${this.name}-${this.given}`, this.session);
  }
  taken(body) {
    this.answers.push(body);
  }
}

async function commands(profile, connections) {
  const servers = profile.servers();
  const before = profile.beside();
  const done = profile.given;
  const figures = await drive({
    port: servers.map(({ port }) => port), pid: servers.map(({ pid }) => pid), connections, seconds: SECONDS,
    request: () => requestBytes(profile.next()), answered: (body) => profile.taken(body),
  });
  const beside = (profile.beside() - before) / (profile.given - done);
  for (const { url } of servers) await settled(url);
  return { ...figures, beside };
}

/** Each act is given on another node; readers sit on every node, and so do some who may not read it. */
async function acts(profile, clients) {
  const servers = profile.servers();
  const urls = servers.map(({ port }) => `ws://127.0.0.1:${port}`);
  const never = `"${profile.name}-\\d+"|statement-${profile.name}-`;
  const followers = {
    readers: [SOCKETS, { session: profile.session, act: '"type":"StatementProposed"', ordered: true }],
    'another group': [OUTSIDERS, { session: profile.outsider, never }],
    'nobody signed in': [OUTSIDERS, { never }],
  };
  for (const [name, [count, target]] of Object.entries(followers)) await clients.connect(count, { name, urls, ...target });
  for (let n = 0; n < ACTS; n++) {
    const { port } = servers[n % servers.length];
    const { path, headers, body } = profile.next();
    const told = clients.told('readers');
    const began = process.hrtime.bigint();
    const act = fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const [answer, times] = await Promise.all([act, told]);
    if (answer.status !== 200) throw new Error(`an act was answered ${answer.status}: ${await answer.text()}`);
    profile.taken(Buffer.from(await answer.arrayBuffer()));
    const waits = times.map((at) => Number(at - began) / 1e6);
    if (waits.length !== SOCKETS || Math.min(...waits) < 0) throw new Error('a socket had an act twice, or not at all');
    profile.lasts.push(Math.max(...waits));
    profile.any.push(...waits);
  }
  // What comes late to whom it must not come, comes now.
  await sleep(300);
  for (const name of Object.keys(followers)) await clients.close(name);
  clients.check();
}

/** Every command that was acknowledged stands in the record once, where its answer says. @throws and no figure is shown */
async function assertRecorded(store, profiles) {
  const found = new Map();
  for await (const { stream, revision, position, type } of eachEvent(store)) {
    if (!type.startsWith('statements.StatementProposed.')) continue;
    const known = found.get(stream);
    if (known !== undefined) throw new Error(`${stream} was proposed twice, at ${known.position} and ${position}`);
    found.set(stream, { revision, position });
  }
  for (const { name, answers, given } of profiles) {
    const streams = new Set();
    for (const body of answers) {
      const { stream, revision, position } = JSON.parse(body.toString());
      const { revision: at, position: where } = found.get(stream) ?? {};
      if (at !== revision || where !== position) throw new Error(`${stream} was acknowledged at ${position} and stands at ${where}`);
      streams.add(stream);
    }
    const recorded = [...found.keys()].filter((stream) => stream.startsWith(`statement-${name}-`)).length;
    if (streams.size !== given || recorded !== given) throw new Error(`${given} commands, ${streams.size} acknowledged, ${recorded} in the record`);
  }
}

/** So many nodes run, the first ones; the first has the place of the projector throughout. */
async function run(nodes, count) {
  for (const [i, node] of nodes.entries()) {
    if (i < count && !node.running) await node.start();
    if (i >= count && node.running) await node.stop();
  }
}

/** The demonstration is set up by the node that projects, after it has begun to answer. */
async function demonstrated(database) {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
    const { there } = await database.get('SELECT count(*) AS there FROM accounts');
    if (there === DEMO_ACCOUNTS.length) return;
  }
  throw new Error('the demonstration was not set up');
}

await bench(async ({ row, note, folder, atEnd }) => {
  const data = folder('embedded');
  const embedded = await startServer(data);
  const cluster = await startCluster({ nodes: Array.from({ length: 3 }, () => 'api,live,projector') });
  atEnd(() => cluster.stop());
  const { nodes, kurrent, env } = cluster;
  const database = await PostgresDatabase.open({ url: env.COMITY_POSTGRES });
  atEnd(() => database.close());
  await demonstrated(database);
  const sessions = async (url, beside) => ({ session: await signIn(url, 'chair.xa'), outsider: await signIn(url, 'chair.xb'), beside });
  const inPostgres = await cpuOfPostgres(database);
  const together = await sessions(nodes[0].url, () => inPostgres() + cpuOf(kurrent.pid));
  const profiles = [new Profile('embedded', () => [embedded], await sessions(embedded.url, () => 0))];
  for (const count of [1, 2, 3]) profiles.push(new Profile(`of${count}`, () => nodes.slice(0, count), together));
  const clients = new Clients(PROCESSES);

  const subjects = Object.fromEntries(
    profiles.map((profile, count) => [
      profile.name,
      async () => {
        if (count > 0) await run(nodes, count);
        // A node that has just started is slow for a moment; that is not what is asked about.
        await commands(profile, WARMING);
        const figures = {};
        for (const connections of CONNECTIONS) for (const [key, value] of Object.entries(await commands(profile, connections))) figures[`${key}${connections}`] = value;
        await acts(profile, clients);
        return figures;
      },
    ]),
  );
  const { of, ratio } = await inRounds(ROUNDS, subjects);

  await embedded.stop();
  const [alone, shared] = [new SqliteEventStore(data), await openKurrentDb(env.COMITY_EVENTS)];
  atEnd(() => Promise.all([alone.close(), shared.close()]));
  await assertRecorded(alone, profiles.slice(0, 1));
  await assertRecorded(shared, profiles.slice(1));

  const titles = { embedded: 'one process over a folder', of1: '1 node', of2: '2 nodes', of3: '3 nodes' };
  for (const connections of CONNECTIONS)
    for (const { name } of profiles) {
      const [rate, p50, p95, p99, cpu, beside] = ['rate', 'p50', 'p95', 'p99', 'cpu', 'beside'].map((key) => of[name][`${key}${connections}`]);
      const further = name === 'embedded' ? {} : { other: beside > 0 ? `CPU of the stores ${Math.round(beside)} µs` : '', ratio: ratio(name, 'embedded', `rate${connections}`), of: 'of one process' };
      row({ what: `command, ${connections === 1 ? '1 connection' : `${connections} connections`}, ${titles[name]}`, rate, p50, p95, p99, cpu, ...further });
    }
  for (const { name, lasts, any } of profiles) {
    const figures = spread(lasts);
    const further = name === 'embedded' ? {} : { ratio: figures.p99 / spread(profiles[0].lasts).p99, of: 'of one process, p99' };
    row({ what: `an act, until the last of ${SOCKETS} sockets has it, ${titles[name]}`, ...figures, other: `any socket p50 ${spread(any).p50.toFixed(1)} ms`, ...further });
  }
  const given = profiles.reduce((sum, profile) => sum + profile.given, 0);
  note(`${given} commands, none refused or failed, each in the record once and where its answer says; ${ACTS * ROUNDS} acts on each, and ${OUTSIDERS * 2} sockets of people who may not read them had none.`);
  note(`Nodes, stores and clients share the cores of this machine, so more nodes are not more power here; the store of events is ${PROTOCOL_SERVER}. CPU is that of all nodes.`);
});
