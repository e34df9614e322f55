import { Worker } from 'node:worker_threads';

/** After so long without a document the thread ends, and with it the memory of compiler and fonts; milliseconds. */
const IDLE = 60_000;
/** No document takes so long; a thread that does has lost its way. Milliseconds. */
const LIMIT = 60_000;

interface Waiting {
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** The thread that sets documents, one after the other. It ends when it has been idle, and when a document has failed: what is left of a compiler then is not trusted. */
export class SettingThread {
  ended = false;
  #next = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #waiting = new Map<number, Waiting>();
  readonly #worker: Worker;

  constructor() {
    // Under the tests the source runs as it is.
    this.#worker = new Worker(new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url));
    this.#worker.on('message', ({ id, pdf, error }: { id: number; pdf?: Uint8Array; error?: string }) => {
      const asked = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (pdf) asked?.resolve(pdf);
      else {
        asked?.reject(new Error(error));
        void this.end();
      }
      this.#watch();
    });
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the thread that sets documents has ended')));
    this.#watch();
  }

  /** @param data JSON, as the template reads it @param fonts paths of files */
  set(template: string, data: string, fonts: readonly string[]): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      // Those that wait behind another do not give it more time.
      if (this.#waiting.size === 1) this.#watch();
      this.#worker.postMessage({ id, template, data, fonts });
    });
  }
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.ended = true;
    await this.#worker.terminate();
  }

  /** Counts from now on, for the next document or for rest; at rest it keeps no process alive. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.ended) return;
    const busy = this.#waiting.size > 0;
    this.#timer = setTimeout(() => void this.end(), busy ? LIMIT : IDLE);
    if (busy) this.#worker.ref();
    else {
      this.#timer.unref();
      this.#worker.unref();
    }
  }
  #fail(error: Error): void {
    clearTimeout(this.#timer);
    this.ended = true;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
