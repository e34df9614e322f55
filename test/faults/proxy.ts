import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface Proxy {
  readonly port: number;
  /** Where new connections go; may be changed. */
  target: { port: number; host?: string };
  /** How many connections there are. */
  readonly connections: number;
  /** Resets every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Connections stay open, no byte passes either way and no close is forwarded; new ones are accepted and hear nothing. */
  halfOpen(): void;
  /** Each chunk is late by so much, either way. */
  slow(milliseconds: number): void;
  /** What comes from the server is thrown away. */
  loseAnswers(): void;
  /** As at the beginning: what was held passes, connections that have lost bytes are reset. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

type Mode = 'through' | 'halfOpen' | 'loseAnswers';

interface Weather {
  mode: Mode;
  delay: number;
}

/** A line between a client and a server on this machine that can go wrong in the ways lines do. */
export async function startProxy({
  target,
  port = 0,
}: {
  target: { port: number; host?: string };
  port?: number;
}): Promise<Proxy> {
  const weather: Weather = { mode: 'through', delay: 0 };
  const lines = new Set<Line>();
  const open = async (at: number): Promise<Server> => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (socket) => {
      const line = new Line(socket, proxy.target, weather, () => lines.delete(line));
      lines.add(line);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', resolve);
    });
    return server;
  };
  const shut = async (): Promise<void> => {
    const closed = new Promise((resolve) => (listener ? listener.close(resolve) : resolve(undefined)));
    listener = undefined;
    for (const line of lines) line.reset();
    await closed;
  };
  let listener: Server | undefined = await open(port);
  const bound = (listener.address() as AddressInfo).port;
  const proxy: Proxy = {
    port: bound,
    target,
    get connections() {
      return lines.size;
    },
    cut: shut,
    halfOpen: () => void (weather.mode = 'halfOpen'),
    slow: (milliseconds) => void (weather.delay = milliseconds),
    loseAnswers: () => {
      weather.mode = 'loseAnswers';
      for (const line of lines) line.resume();
    },
    heal: async () => {
      weather.mode = 'through';
      weather.delay = 0;
      for (const line of lines) {
        if (line.lossy) line.reset();
        else line.resume();
      }
      listener ??= await open(bound);
    },
    close: shut,
  };
  return proxy;
}

/** A side that has sent so much that may not pass yet is not listened to, as on a full line. */
const HELD_AT_MOST = 1024 * 1024;

/** One connection: what each side sends waits in order until it may pass. */
class Line {
  lossy = false;
  readonly #client: Socket;
  readonly #target: { port: number; host?: string };
  readonly #weather: Weather;
  readonly #onGone: () => void;
  #server: Socket | undefined;
  #held: (() => void)[] = [];
  #over = false;

  constructor(client: Socket, target: { port: number; host?: string }, weather: Weather, onGone: () => void) {
    this.#client = client;
    this.#target = target;
    this.#weather = weather;
    this.#onGone = onGone;
    client.on('error', () => undefined);
    this.#pass(() => this.#reach());
  }

  /** Lets pass what was held, in order. */
  resume(): void {
    const held = this.#held;
    this.#held = [];
    for (const step of held) step();
  }

  reset(): void {
    this.#over = true;
    this.#client.resetAndDestroy();
    this.#server?.resetAndDestroy();
    this.#onGone();
  }

  #pass(step: () => void): void {
    if (this.#over) return;
    if (this.#weather.mode === 'halfOpen') this.#held.push(step);
    else step();
  }

  #reach(): void {
    const server = connect({
      port: this.#target.port,
      host: this.#target.host ?? '127.0.0.1',
      allowHalfOpen: true,
      noDelay: true,
    });
    this.#server = server;
    server.on('error', () => undefined);
    this.#join(this.#client, server, false);
    this.#join(server, this.#client, true);
  }

  /** What arrives later never overtakes: every chunk and every end takes the same way, one after the other. */
  #join(from: Socket, to: Socket, answers: boolean): void {
    let last = Promise.resolve();
    let waiting = 0;
    let full = false;
    const listen = (): void => {
      if (full || waiting > HELD_AT_MOST) from.pause();
      else from.resume();
    };
    const queue = (step: () => void): void => {
      const { delay } = this.#weather;
      const due = delay > 0 ? new Promise<void>((resolve) => setTimeout(resolve, delay)) : undefined;
      last = last.then(async () => {
        await due;
        await new Promise<void>((resolve) => {
          this.#pass(() => {
            step();
            resolve();
          });
        });
      });
    };
    from.on('data', (chunk: Buffer) => {
      waiting += chunk.length;
      queue(() => {
        waiting -= chunk.length;
        if (answers && this.#weather.mode === 'loseAnswers') this.lossy = true;
        else if (!to.destroyed && !to.write(chunk)) full = true;
        listen();
      });
      listen();
    });
    to.on('drain', () => {
      full = false;
      listen();
    });
    from.on('end', () => queue(() => to.end()));
    from.on('close', (broken) => {
      queue(() => {
        if (broken) this.reset();
        else if (to.destroyed) this.#gone();
      });
    });
    from.resume();
  }

  #gone(): void {
    this.#over = true;
    this.#onGone();
  }
}
