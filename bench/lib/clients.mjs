// Many sockets, in processes of their own; see live-clients.mjs for what they speak.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { keep, root } from './bench.mjs';

const WITHIN = 30_000;

export class Clients {
  #children;
  #waiting = new Map();
  #failed;

  constructor(processes) {
    this.#children = Array.from({ length: processes }, () => keep(fork(join(root, 'bench/lib/live-clients.mjs'))));
    for (const child of this.#children)
      child.on('message', ({ lost, wrong, connected, closed, name, times }) => {
        if (lost ?? wrong) {
          this.#failed = new Error(lost ? `a socket to ${lost} was lost` : wrong);
          for (const { reject } of this.#waiting.values()) reject(this.#failed);
        } else this.#waiting.get(connected ?? closed ?? name)?.take(times ?? []);
      });
  }

  /** Once every process has told: the times at which each socket of this name had the act. */
  told(name) {
    this.check();
    return new Promise((resolve, reject) => {
      const all = [];
      let left = this.#children.length;
      const late = setTimeout(() => reject(new Error(`not every socket of ${name} has it`)), WITHIN);
      const take = (times) => {
        all.push(...times.map(BigInt));
        left -= 1;
        if (left > 0) return;
        clearTimeout(late);
        this.#waiting.delete(name);
        resolve(all);
      };
      this.#waiting.set(name, { take, reject });
    });
  }

  /** So many sockets in all, spread over the servers. @param target as live-clients.mjs takes it */
  connect(count, target) {
    const done = this.told(target.name);
    for (const child of this.#children) child.send({ ...target, count: count / this.#children.length });
    return done;
  }
  close(name) {
    const done = this.told(name);
    for (const child of this.#children) child.send({ close: name });
    return done;
  }

  /** @throws what a socket has found wrong so far */
  check() {
    if (this.#failed !== undefined) throw this.#failed;
  }
}
