// Several people type into one clause: from the key to the record, and to the screens of all the others.
import { LocalSignals } from '#platform/database';
import { Identity, openIdentityDatabase } from '#platform/identity';
import { isRefusal } from '#kernel';
import { bench, setting } from './lib/bench.mjs';
import { cpuOf, settled, signIn, startServer } from './lib/process.mjs';
import { inRounds, sleep, spread } from './lib/stats.mjs';
import { random, sentence } from './lib/texts.mjs';
import { PAUSES, textOfServer, Typist } from './lib/typists.mjs';

const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('TYPING_SECONDS', 20);
const PER_SECOND = 5;
const SEED = 2014;
const WORD = 'a long word that nobody else has';
const STATEMENT = 'bench-typing';
/** All hold the pen; they are people of the exercise. */
const PEOPLE = ['xa-chair', 'xa-vice', 'xa-member', 'xa-member2', 'xb-chair', 'xb-vice', 'xb-member', 'xb-member2'];
const emailOf = (personId) => `${personId}@bench.example`;

/** What is measured: how many type, how many more only read, the round trip that is added, and how. */
const SCENARIOS = {
  one: { typists: 1, readers: 1, rtt: 0 },
  two: { typists: 2, readers: 0, rtt: 0 },
  two40: { typists: 2, readers: 0, rtt: 0, pauses: { alone: 40, together: 40 } },
  eight50: { typists: 8, readers: 0, rtt: 50 },
  eight300: { typists: 8, readers: 0, rtt: 300 },
  eightCut: { typists: 8, readers: 0, rtt: 300, deletions: 1 / 40 },
};

async function accounts(data) {
  const database = openIdentityDatabase(data);
  const identity = await Identity.open({ database, signals: new LocalSignals(), publicUrl: 'http://localhost:3000' });
  for (const personId of PEOPLE) {
    const grants = [{ capacity: 'member', onBehalfOf: `${personId.slice(0, 2)}-group` }];
    const made = await identity.accounts.create({ email: emailOf(personId), personId, displayName: personId, language: 'en', exercise: true, grants }, { password: WORD });
    if (isRefusal(made)) throw new Error(JSON.stringify(made));
  }
  await identity.close();
  await database.close();
}

await bench(async ({ row, note, folder, atEnd }) => {
  const data = folder('typing');
  await accounts(data);
  const server = await startServer(data);
  atEnd(() => server.stop());
  const { url, pid } = server;
  const chairs = { xa: await signIn(url, 'chair.xa'), xb: await signIn(url, 'chair.xb') };
  const command = async (name, input, session = chairs.xa) => {
    const answer = await fetch(`${url}/api/v1/statements/${STATEMENT}/${name}`, { method: 'POST', headers: { ...session, 'content-type': 'application/json' }, body: JSON.stringify({ input }) });
    if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}: ${await answer.text()}`);
  };
  await command('propose-statement', { statementId: STATEMENT, kind: 'joint-statement', subject: { en: 'On early warning' }, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary' });
  await command('sponsor-statement', {}, chairs.xb);
  await command('start-drafting', {});
  const rng = random(SEED);
  const rounds = ROUNDS * Object.keys(SCENARIOS).length;
  for (let n = 0; n < rounds; n++) await command('add-clause', { section: 'operative', text: { en: sentence(rng, 'en', 38) } });
  for (const personId of PEOPLE) await command('appoint-penholder', { personId });
  await settled(url);
  const shown = await (await fetch(`${url}/api/v1/statements/${STATEMENT}`, { headers: chairs.xa })).json();
  const clauses = shown.doc.clauses.map((c) => c.id);
  const sessions = new Map();
  for (const personId of PEOPLE) sessions.set(personId, await signIn(url, emailOf(personId), WORD));

  let used = 0;
  const typing = ({ typists, readers, rtt, pauses = PAUSES, deletions = 0 }) => async (round) => {
    const ref = { document: { type: 'statement', id: STATEMENT }, clauseId: clauses[used++], lang: 'en' };
    const own = [];
    const others = [];
    const byPerson = new Map();
    let heard = 0;
    const told = (typist, message) => {
      heard++;
      const keys = byPerson.get(message.by.personId)?.struckIn(message) ?? [];
      const now = performance.now();
      (typist.personId === message.by.personId ? own : others).push(...keys.map((at) => now - at));
    };
    const all = [];
    for (const [i, personId] of PEOPLE.slice(0, typists + readers).entries()) {
      const typist = await Typist.open(url, sessions.get(personId), { ref, personId, delay: rtt / 2, rng: random(SEED + 100 * round + i), pauses, told });
      byPerson.set(personId, typist);
      all.push(typist);
    }
    const recorded = await settled(url);
    const bytes = all.map(({ line }) => line.bytes);
    const cpu = cpuOf(pid);
    const struck = await Promise.all(all.slice(0, typists).map((t) => t.type({ perSecond: PER_SECOND, seconds: SECONDS, deletions })));
    const keys = struck.reduce((sum, n) => sum + n, 0);
    const spent = (cpuOf(pid) - cpu) / keys;
    const same = () => all.every((t) => t.replica.unconfirmed === 0 && t.replica.version === all[0].replica.version);
    for (const end = Date.now() + 30_000; Date.now() < end; ) {
      for (const t of all) t.check();
      if (same()) break;
      await sleep(20);
    }
    // What came late would still change something.
    await sleep(rtt + 300);
    const events = (await settled(url)) - recorded;
    for (const t of all) t.check();
    const here = all[0].text;
    if (!same() || all.some((t) => t.text !== here)) throw new Error('the replicas differ');
    const { text, recorded: replayed, version, commits } = await textOfServer(url, sessions.get(PEOPLE[0]), ref);
    if (text !== here || replayed !== here || version !== all[0].replica.version) throw new Error('the text of the server differs from that of the replicas');
    const sum = (key) => all.reduce((total, t) => total + t[key], 0);
    if (commits !== sum('commits') || heard !== commits * all.length) throw new Error(`${sum('commits')} commits were sent, ${commits} are recorded, ${heard} were heard by ${all.length}`);
    const dropped = sum('dropped');
    if (own.length + dropped !== keys || others.length !== own.length * (all.length - 1)) throw new Error(`of ${keys} keys ${own.length} were confirmed and ${dropped} dropped; others had ${others.length}`);
    const moved = all.map(({ line }, i) => ({ up: line.bytes.up - bytes[i].up, down: line.bytes.down - bytes[i].down }));
    const up = moved.reduce((total, { up: u }) => total + u, 0) / keys;
    const down = moved.reduce((total, { down: d }) => total + d, 0) / keys / all.length;
    const [mine, theirs] = [spread(own), spread(others)];
    const figures = {
      keys, p50: mine.p50, p95: mine.p95, max: mine.max, far50: theirs.p50, far95: theirs.p95, farMax: theirs.max, cpu: spent,
      rejected: sum('rejected'), dropped, up, down, events: events / keys, commits: commits / keys,
    };
    for (const t of all) t.close();
    return figures;
  };

  const { of } = await inRounds(ROUNDS, Object.fromEntries(Object.entries(SCENARIOS).map(([name, scenario]) => [name, typing(scenario)])));
  const named = {
    one: 'one types, one reads, 0 ms', two: 'two type, 0 ms', two40: 'two type, 0 ms, sent after 40 ms', eight50: 'eight type, 50 ms', eight300: 'eight type, 300 ms',
    eightCut: 'eight type, 300 ms, each 40th key deletes words',
  };
  for (const [name, what] of Object.entries(named)) {
    const f = of[name];
    const lossless = name !== 'eightCut';
    const limit = { one: 120, two: 120, two40: 120, eight300: 700 }[name];
    row({ what: `${what}: to the record`, p50: f.p50, p95: f.p95, cpu: f.cpu, other: `most ${f.max.toFixed(0)} ms; up ${f.up.toFixed(0)} B, ${f.commits.toFixed(2)} commits, ${f.events.toFixed(2)} events a key` });
    row({
      what: `${what}: to every other`, p50: f.far50, p95: f.far95, other: `most ${f.farMax.toFixed(0)} ms; down ${f.down.toFixed(0)} B a key of anybody`,
      ...(limit === undefined ? {} : { goal: `P8 p95 ≤ ${limit} ms`, met: f.far95 <= limit }),
    });
    row({ what: `${what}: rejected, dropped`, other: `${f.rejected}, ${f.dropped} of ${f.keys} keys`, ...(lossless ? { goal: 'P8 none', met: f.rejected === 0 && f.dropped === 0 } : {}) });
  }
  note(`${PER_SECOND} keys a second each for ${SECONDS} s in one clause of 38 words, median of ${ROUNDS} rounds; the round trip is added in the clients, half of it each way. Sent ${PAUSES.alone} ms after a key, and while others type no sooner than ${PAUSES.together} ms after the last commit, or as soon as that is back, as the workspace does. After each: every replica, the text as the server opens it, and its record replayed are equal; each commit was recorded once and heard once by everybody; each key was confirmed or named as dropped.`);
});
