// The same store behind a worker thread: what the round trip would cost. Messages of one turn travel together, both ways.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { SqliteEventStore } from '#platform/event-store';

if (!isMainThread) {
  const store = new SqliteEventStore(workerData.folder);
  let answers = [];
  const answer = (n, value, error) => {
    if (answers.push([n, value, error]) > 1) return;
    setImmediate(() => {
      parentPort.postMessage(answers);
      answers = [];
    });
  };
  parentPort.on('message', (batch) => {
    if (batch === 'close') return void store.close().then(() => parentPort.close());
    for (const [n, stream, expected, events] of batch) store.append(stream, expected, events).then((appended) => answer(n, appended), (error) => answer(n, null, String(error)));
  });
}

export class StoreInWorker {
  #worker;
  #waiting = new Map();
  #batch = [];
  #n = 0;

  constructor(folder) {
    this.#worker = new Worker(import.meta.filename, { workerData: { folder } });
    this.#worker.on('message', (answers) => {
      for (const [n, value, error] of answers) {
        const { resolve, reject } = this.#waiting.get(n);
        this.#waiting.delete(n);
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      }
    });
  }
  append(stream, expected, events) {
    return new Promise((resolve, reject) => {
      const n = this.#n++;
      this.#waiting.set(n, { resolve, reject });
      if (this.#batch.push([n, stream, expected, events]) > 1) return;
      queueMicrotask(() => {
        this.#worker.postMessage(this.#batch);
        this.#batch = [];
      });
    });
  }
  close() {
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.postMessage('close');
    return ended;
  }
}
