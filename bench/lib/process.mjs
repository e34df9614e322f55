// The server as its users start it, and what a process of another id has used.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { keep, root } from './bench.mjs';
import { sleep } from './stats.mjs';

export const PASSWORD = 'try everything out here';
const MAIN = join(root, 'dist/apps/server/src/main.js');

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Microseconds of CPU of a process, all threads; not a number where the system does not tell. */
export function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return Number.NaN;
  }
}
/** Microseconds of CPU of a server and of all processes that it has started, those that have ended too. */
export function cpuOfTree(pid) {
  const stats = existsSync('/proc/self/stat') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(statOf) : [];
  const own = stats.find((stat) => stat.pid === pid);
  return own ? stats.filter((stat) => stat.parent === pid).reduce((sum, stat) => sum + stat.cpu, own.cpu + own.ended) : Number.NaN;
}
/** Which process has started this one; undefined where that one is not here, or is another program. */
export function parentOf(pid, name) {
  const [stat] = statOf(pid);
  return stat?.name === name ? stat.parent : undefined;
}
function statOf(pid) {
  try {
    const [head, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const fields = rest.split(' ').map(Number);
    const name = head.slice(head.indexOf('(') + 1);
    return [{ pid: Number(pid), name, parent: fields[1], cpu: (fields[11] + fields[12]) * 10_000, ended: (fields[13] + fields[14]) * 10_000 }];
  } catch {
    // It has ended since it was listed.
    return [];
  }
}
/** Bytes of resident memory of a process, and the most it has had. */
export function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) * 1024;
    return { now: of('VmRSS'), peak: of('VmHWM') };
  } catch {
    return { now: Number.NaN, peak: Number.NaN };
  }
}
export const MB = (bytes) => Math.round(bytes / 1024 / 1024);

/** Starts a program of this Node and resolves when it answers 200 at the path; `took` is from the start of the process. */
export async function startProgram(args, { port, env = {}, path = '/health/ready' }) {
  const began = process.hrtime.bigint();
  const child = keep(spawn(process.execPath, args, { cwd: root, env: { PATH: process.env.PATH ?? '', PORT: String(port), ...env }, stdio: ['ignore', 'pipe', 'pipe'] }));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = new Promise((resolve) => child.once('close', resolve));
  let over = false;
  void ended.then(() => (over = true));
  const url = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + 300_000; ; await sleep(4)) {
    if (over || Date.now() > end) throw new Error(`it did not become ready:\n${said}`);
    const answer = await fetch(url + path, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) break;
  }
  const took = Number(process.hrtime.bigint() - began) / 1e6;
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(late);
  };
  return { child, pid: child.pid, port, url, took, stop };
}

/** The built server over a folder, as `npm start` runs it. */
export async function startServer(folder, { demo = true } = {}) {
  const port = await freePort();
  const env = { COMITY_DATA: folder, COMITY_DEMO: demo ? 'on' : 'off', COMITY_LOG: 'error', COMITY_PUBLIC_URL: `http://localhost:${port}` };
  return startProgram(['--enable-source-maps', MAIN], { port, env });
}

/** A bare Nest and Fastify application: the floor of what the framework itself costs. */
export async function startBareNest() {
  return startProgram([join(root, 'bench/lib/bare-nest.mjs')], { port: await freePort(), path: '/health/live' });
}
/** A bare node:http server: the floor below the framework. */
export async function startBareHttp() {
  return startProgram([join(root, 'bench/lib/bare-http.mjs')], { port: await freePort(), path: '/health/live' });
}

/** Headers of a session: `chair.xa` of the demonstration, or an address with its password. */
export async function signIn(url, name, password = PASSWORD) {
  const email = name.includes('@') ? name : `${name}@demo.example`;
  const answer = await fetch(`${url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) });
  if (answer.status !== 200) throw new Error(`signing in answered ${answer.status}`);
  const { csrf } = await answer.json();
  return { cookie: answer.headers.get('set-cookie').split(';')[0], 'x-comity-csrf': csrf };
}

/** The end of the record, when the views have come there. */
export async function settled(url) {
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(10)) {
    const { recorded, shown } = await (await fetch(`${url}/health/ready`)).json();
    if (recorded === shown) return Number(recorded);
  }
  throw new Error('the views did not come to the end of the record');
}
