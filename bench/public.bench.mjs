// The public site as somebody loads it: bytes and times of the start page and of a statement of 200 clauses in six languages.
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { importRecord, openPlatform, RecordFile } from '#platform/runtime';
import { bench, setting } from './lib/bench.mjs';
import { contexts } from './lib/dataset.mjs';
import { drive, requestBytes } from './lib/load.mjs';
import { startBareNest, startServer } from './lib/process.mjs';
import { inRounds } from './lib/stats.mjs';

const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('SECONDS', 1.5);
const CLAUSES = setting('CLAUSES', 200);
const LANGUAGES = ['en', 'fr', 'es', 'ar', 'pt', 'rw'];
const KB = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

/** So many words that no two clauses are alike; about 200 signs each, as clauses of statements are. */
const WORDS = 'parliament duty prevent warning protect survivor evidence budget report border council witness justice memory envoy harvest river school market bridge'.split(' ');
const sentence = (n, lang) => `${lang === 'ar' ? 'نحث ' : 'Urge '}${Array.from({ length: 26 }, (_, i) => WORDS[(n * 7 + i * (n + 3) + lang.charCodeAt(0)) % WORDS.length]).join(' ')} ${n};`;

function record() {
  const give = (command, input = {}) => ({ aggregate: 'Statement', id: 'large', command, input, validTime: '2014-06-17' });
  return RecordFile.parse({
    name: 'large', title: 'A large statement', mode: 'import', actor: { personId: 'network-secretariat', capacity: 'network-secretariat' }, sources: [{ title: 'A source' }],
    steps: [
      give('ProposeStatement', { statementId: 'large', kind: 'open-letter', subject: Object.fromEntries(LANGUAGES.map((lang) => [lang, `A large statement (${lang})`])), leadLanguage: 'en', authenticLanguages: LANGUAGES, urgency: 'ordinary', groupId: 'gb-appg', personId: 'stephen-twigg' }),
      give('StartDrafting'),
      ...Array.from({ length: CLAUSES }, (_, n) => give('AddClause', { section: n < CLAUSES / 4 ? 'preambular' : 'operative', text: Object.fromEntries(LANGUAGES.map((lang) => [lang, sentence(n, lang)])) })),
      give('CirculateDraft', { commentsDue: { instant: '2014-06-01T12:00:00Z', wallTime: '2014-06-01T13:00', timezone: 'Europe/London' } }),
      give('FreezeText'), give('OpenSignature', { at: '2014-06-17', thresholds: { signatories: 0, parliaments: 0, crossParty: false } }), give('Publish', { at: '2014-06-17' }),
    ],
  });
}

/** Bytes that a page takes on the line, with all that it loads, packed as browsers ask for it. */
async function weigh(url, path) {
  const fetched = async (at) => {
    const answer = await fetch(url + at, { headers: { 'accept-encoding': 'br' } });
    if (answer.status !== 200) throw new Error(`${at} answered ${answer.status}`);
    const length = Number(answer.headers.get('content-length'));
    return { length, text: await answer.text() };
  };
  const page = await fetched(path);
  const loaded = [...new Set([...page.text.matchAll(/(?:src|href)="(\/public\/assets\/[^"]+)"/g)].map(([, at]) => at))];
  const assets = await Promise.all(loaded.map(fetched));
  const sum = (key) => [page, ...assets].reduce((total, part) => total + key(part), 0);
  return { packed: sum((part) => part.length), raw: sum((part) => Buffer.byteLength(part.text)), script: loaded.filter((at) => at.endsWith('.js')).length, gzip: gzipSync(page.text).length };
}

/** Milliseconds of the first answer of its kind: nothing of the page has been made before. */
function firstTime(port, path) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(requestBytes({ path, headers: { connection: 'close', 'accept-encoding': 'br' } })));
    socket.on('error', reject);
    socket.on('data', () => undefined);
    socket.on('close', () => resolve(performance.now() - began));
  });
}

await bench(async ({ row, note, folder }) => {
  const data = folder('public');
  await (await startServer(data)).stop();
  const log = { fatal: console.error, error: console.error, warn() {}, info() {}, debug() {} };
  const platform = await openPlatform({ folder: data, contexts, log });
  await importRecord(platform, record());
  await platform.close();
  const [server, nest] = await Promise.all([startServer(data), startBareNest()]);
  const pages = { home: '/public/en', statement: '/public/ar/statements/large', verify: '/public/en/verify' };
  const cold = {};
  for (const [name, path] of Object.entries(pages)) cold[name] = await firstTime(server.port, path);
  const others = [];
  for (const lang of LANGUAGES) others.push(await firstTime(server.port, `/public/${lang}/statements/large/r${CLAUSES}`));

  const subjects = { nest: () => drive({ port: nest.port, pid: nest.pid, connections: 16, seconds: SECONDS, request: () => requestBytes({ path: '/health/live' }) }) };
  for (const [name, path] of Object.entries(pages))
    for (const connections of [1, 16]) {
      const bytes = requestBytes({ path, headers: { 'accept-encoding': 'br' } });
      subjects[`${name}${connections}`] = () => drive({ port: server.port, pid: server.pid, connections, seconds: SECONDS, request: () => bytes });
    }
  const { of, ratio } = await inRounds(ROUNDS, subjects);

  const titles = { home: 'start page', statement: `statement, ${CLAUSES} clauses, six languages`, verify: 'verify this text' };
  row({ what: 'floor: bare Nest, GET, 16 connections', ...of.nest });
  for (const [name, title] of Object.entries(titles)) {
    const { packed, raw, gzip } = await weigh(server.url, pages[name]);
    row({ what: `${title}: all that it loads`, other: `${KB(packed)} packed (page alone by gzip ${KB(gzip)}), ${KB(raw)} raw`, goal: 'budget ≤ 60 KB', met: packed <= 60 * 1024 });
    row({ what: `${title}: made for the first time`, p50: cold[name] });
    for (const connections of [1, 16]) row({ what: `${title}, ${connections === 1 ? '1 connection' : '16 connections'}`, ...of[`${name}${connections}`], ...(connections === 1 ? {} : { ratio: ratio(`${name}16`, 'nest', 'rate'), of: 'of bare Nest' }) });
  }
  note(`The statement in each of its six languages for the first time: ${others.map((ms) => ms.toFixed(1)).join(', ')} ms.`);
  await Promise.all([server, nest].map((program) => program.stop()));
});
