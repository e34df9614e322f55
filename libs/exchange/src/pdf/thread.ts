import { Worker } from 'node:worker_threads';

/** After so long without a document the thread ends, and with it the memory of compiler and fonts; milliseconds. */
const IDLE = 60_000;
/** No document takes so long; a thread that does has lost its way. Milliseconds. */
const LIMIT = 60_000;
/** The compiler remembers what it has set, and gives nothing back: about 16 MB for each document of 200 clauses. A thread that holds more is let go. Bytes. */
const MOST_HELD = 512 * 1024 * 1024;

interface Waiting {
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** The thread that sets documents, one after the other. It ends when it has been idle, and when a document has failed: what is left of a compiler then is not trusted. */
export class SettingThread {
  ended = false;
  /** Bytes of the compiler's memory after the last document. */
  held = 0;
  #next = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #waiting = new Map<number, Waiting>();
  readonly #worker: Worker;

  /** @param most bytes of memory with which it still takes another document */
  constructor(most = MOST_HELD) {
    // Under the tests the source runs as it is.
    this.#worker = new Worker(new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url));
    this.#worker.on('message', ({ id, pdf, held, error }: { id: number; pdf?: Uint8Array; held?: number; error?: string }) => {
      this.held = held ?? this.held;
      const asked = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (pdf) asked?.resolve(pdf);
      else {
        asked?.reject(new Error(error));
        void this.end();
      }
      if (this.held > most && this.#waiting.size === 0) void this.end();
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
