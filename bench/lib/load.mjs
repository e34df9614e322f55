// A client that costs little: prepared requests over keep-alive connections, one at a time on each.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { cpuOf } from './process.mjs';
import { spread } from './stats.mjs';

const END = Buffer.from('\r\n\r\n');

export function requestBytes({ method = 'GET', path, headers = {}, body }) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const all = { host: 'localhost', ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head}\r\n${text}`);
}

/** What a command says, and the request of it: each on a new statement, under a key of its own. */
export const proposal = (id) => ({
  statementId: id, kind: 'open-letter', subject: { en: 'On endurance' }, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary',
});
export const proposeStatement = (id, session) => ({
  method: 'POST', path: `/api/v1/statements/${id}/propose-statement`, headers: { ...session, 'idempotency-key': randomUUID() }, body: { input: proposal(id) },
});

class Connection {
  #socket;
  #received = Buffer.alloc(0);
  #waiting;

  static open(port) {
    const connection = new Connection();
    return new Promise((resolve, reject) => {
      connection.#socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(connection));
      connection.#socket.on('error', (error) => (connection.#waiting ?? { reject }).reject(error));
      connection.#socket.on('close', () => connection.#waiting?.reject(new Error('the connection was closed')));
      connection.#socket.on('data', (chunk) => connection.#take(chunk));
    });
  }
  send(bytes) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(bytes);
    });
  }
  #take(chunk) {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const head = this.#received.indexOf(END);
    if (head < 0) return;
    const text = this.#received.latin1Slice(0, head);
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (this.#received.length < head + 4 + length) return;
    const status = Number(text.slice(9, 12));
    const body = this.#received.subarray(head + 4, head + 4 + length);
    this.#received = Buffer.alloc(0);
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    resolve({ status, body });
  }
  close() {
    this.#waiting = undefined;
    this.#socket.destroy();
  }
}

/**
 * Drives a server for some seconds, or several: connections are spread over them, and a client alone asks one after the other.
 * @param request gives the bytes of the n-th request. @param answered is given each body.
 * Any answer but `expected` voids the figure: it throws.
 */
export async function drive({ port, pid, connections, seconds, request, answered = () => {}, expected = 200 }) {
  const [ports, pids] = [[port].flat(), [pid].flat()];
  const used = () => pids.reduce((sum, one) => sum + cpuOf(one), 0);
  const clients = await Promise.all(
    Array.from({ length: connections }, (_, i) => Promise.all((connections < ports.length ? ports : [ports[i % ports.length]]).map((p) => Connection.open(p)))),
  );
  const samples = [];
  let count = 0;
  let measuring = false;
  let stop = false;
  const client = async (lines) => {
    for (let turn = 0; !stop; turn++) {
      const bytes = request(count++);
      const began = process.hrtime.bigint();
      const { status, body } = await lines[turn % lines.length].send(bytes);
      if (status !== expected) throw new Error(`answered ${status}, expected ${expected}: ${body.toString().slice(0, 500)}`);
      if (measuring) samples.push(Number(process.hrtime.bigint() - began) / 1e6);
      answered(body);
    }
  };
  const running = Promise.all(clients.map(client));
  const wait = (s) => Promise.race([running, new Promise((resolve) => setTimeout(resolve, s * 1000))]);
  try {
    await wait(seconds / 4);
    measuring = true;
    const [cpu, began] = [used(), process.hrtime.bigint()];
    await wait(seconds);
    const took = Number(process.hrtime.bigint() - began) / 1e9;
    const cost = used() - cpu;
    measuring = false;
    stop = true;
    await running;
    const { p50, p95, p99 } = spread(samples);
    return { rate: samples.length / took, p50, p95, p99, cpu: cost / samples.length };
  } finally {
    stop = true;
    for (const connection of clients.flat()) connection.close();
  }
}
