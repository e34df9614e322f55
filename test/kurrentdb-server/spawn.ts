import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { KurrentServerOptions } from './server.ts';

export interface KurrentProcess {
  readonly port: number;
  readonly pid: number;
  /** SIGKILL: nothing is finished, nothing said. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Anew on the same port and folder; kills it first where it still runs. */
  restart(): Promise<void>;
  /** SIGTERM: streams end with CANCELLED. */
  stop(): Promise<void>;
}

/** The server as a process of its own, which does not outlive this one. */
export async function spawnKurrentServer(options: KurrentServerOptions): Promise<KurrentProcess> {
  let { child, port } = await launch(options);
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    get port() {
      return port;
    },
    get pid() {
      return child.pid!;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    restart: async () => {
      await end('SIGKILL');
      ({ child, port } = await launch({ ...options, port }));
    },
  };
}

async function launch({
  folder,
  port = 0,
  tls,
  login,
  nodes,
  systemEvery,
}: KurrentServerOptions): Promise<{ child: ChildProcess; port: number }> {
  const args = [
    '--until-stdin-ends',
    `--data=${folder}`,
    `--port=${port}`,
    ...(tls ? ['--tls-key', tls.keyFile, '--tls-cert', tls.certFile] : []),
    ...(login ? ['--user', login.user, '--password', login.password] : []),
    ...(nodes ? ['--nodes', nodes.map((node) => `${node.address}:${node.port}:${node.state}`).join(',')] : []),
    ...(systemEvery === undefined ? [] : ['--system-every', String(systemEvery)]),
  ];
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the server ended before it listened: ${code ?? signal}`)));
  });
  return { child, port: (JSON.parse(line) as { port: number }).port };
}
