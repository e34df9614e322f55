import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type KurrentProcess, spawnKurrentServer } from '../kurrentdb-server/index.ts';
import { type Proxy, startProxy } from '../faults/proxy.ts';
import { freePort, type PostgresProcess, startPostgres } from '../postgres/index.ts';

export { freePort };

const main = join(import.meta.dirname, '../../dist/apps/server/src/main.js');
const READY_WITHIN = 60_000;

/** One server process, as it is run in earnest. */
export interface ServerNode {
  readonly name: string;
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  readonly running: boolean;
  /** What it has written. */
  said(): string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM: it drains. Its exit code. */
  stop(): Promise<number | null>;
  /** Anew, on the same port; resolves when it is ready. */
  start(): Promise<void>;
}

export interface ClusterOptions {
  /** The roles of each node. */
  readonly nodes?: readonly string[];
  readonly demo?: boolean;
  /** Puts a line that can be made to fail between the nodes and the event store. */
  readonly faulty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Several server processes over KurrentDB's protocol and PostgreSQL, all on loopback. */
export interface TestCluster {
  readonly nodes: readonly ServerNode[];
  readonly kurrent: KurrentProcess;
  readonly postgres: PostgresProcess;
  readonly proxy: Proxy | undefined;
  /** The settings with which a further process joins. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const ALL = 'api,live,projector';
/** Of the demonstration; the last of them is made last. */
const ACCOUNTS = 9;

export async function startCluster({ nodes: roles = [ALL, ALL, ALL], demo = true, faulty = false, env: further = {} }: ClusterOptions = {}): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'comity-cluster-'));
  const [kurrent, postgres] = await Promise.all([spawnKurrentServer({ folder }), startPostgres()]);
  const proxy = faulty ? await startProxy({ target: { port: kurrent.port } }) : undefined;
  const ports = await Promise.all(roles.map(() => freePort()));
  const env = {
    PATH: process.env['PATH'] ?? '',
    COMITY_EVENTS: `kurrentdb://admin:changeit@127.0.0.1:${(proxy ?? kurrent).port}?tls=false`,
    COMITY_POSTGRES: await postgres.createDatabase(),
    COMITY_PUBLIC_URL: `http://localhost:${ports[0]}`,
    COMITY_LOG: 'error',
    COMITY_DEMO: demo ? 'on' : 'off',
    ...further,
  };
  const nodes = roles.map((role, i) => serverNode(`node-${i + 1}`, ports[i]!, { ...env, COMITY_ROLES: role }));
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.kill()));
    await proxy?.close();
    await Promise.all([kurrent.kill(), postgres.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    // Together: none is ready before one of them has made the views.
    await Promise.all(nodes.map((node) => node.start()));
    if (demo) await demonstration(env.COMITY_POSTGRES);
  } catch (error) {
    await stop();
    throw error;
  }
  return { nodes, kurrent, postgres, proxy, env, stop };
}

/** The node that leads sets it up while the others answer already; trying to sign in until then would count as guessing. */
async function demonstration(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const until = Date.now() + READY_WITHIN; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const { rows } = await client.query<{ made: number }>('SELECT count(*)::integer AS made FROM accounts');
      if (rows[0]!.made >= ACCOUNTS) return;
      if (Date.now() > until) throw new Error('the demonstration was not set up');
    }
  } finally {
    await client.end();
  }
}

/** A server process that is not started yet. */
export function serverNode(name: string, port: number, env: Readonly<Record<string, string>>): ServerNode {
  let child: ChildProcess | undefined;
  let text = '';
  const running = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!running()) return child?.exitCode ?? null;
    const exit = new Promise<number | null>((resolve) => child!.once('exit', (code) => resolve(code)));
    child!.kill(signal);
    return exit;
  };
  process.once('exit', () => child?.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  return {
    name, port, url,
    get pid() {
      return child!.pid!;
    },
    get running() {
      return running();
    },
    said: () => text,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    start: async () => {
      child = spawn(process.execPath, [main], { env: { ...env, PORT: String(port), COMITY_NODE: name }, stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (text = `${text}${chunk.toString()}`.slice(-20_000)));
      for (const until = Date.now() + READY_WITHIN; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
        if (!running()) throw new Error(`${name} ended: ${text}`);
        if (Date.now() > until) throw new Error(`${name} is not ready: ${text}`);
        if (await fetch(`${url}/health/ready`).then((answer) => answer.ok, () => false)) return;
      }
    },
  };
}
