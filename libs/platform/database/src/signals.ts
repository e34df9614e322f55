/** News between nodes. They are hints and may be lost: whoever listens also looks by himself now and then. */
export interface Signals {
  publish(channel: string, payload: string): Promise<void>;
  /** Heard on every node, the sender's too. Gives back how to stop listening. */
  listen(channel: string, heard: (payload: string) => void): () => void;
  /** Told when the line has been lost and is back: something may have been missed. */
  onReconnected(listener: () => void): () => void;
  close(): Promise<void>;
}

type Heard = (payload: string) => void;

/** Who listens, by channel. */
export class Listeners {
  readonly #byChannel = new Map<string, Set<Heard>>();

  add(channel: string, heard: Heard): () => void {
    const known = this.#byChannel.get(channel) ?? new Set();
    this.#byChannel.set(channel, known.add(heard));
    return () => known.delete(heard);
  }
  /** One that fails does not keep the others from hearing. */
  tell(channel: string, payload: string, onError: (error: unknown) => void): void {
    for (const heard of this.#byChannel.get(channel) ?? []) {
      try {
        heard(payload);
      } catch (error) {
        onError(error);
      }
    }
  }
  get channels(): readonly string[] {
    return [...this.#byChannel.keys()];
  }
}

function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Within one process. */
export class LocalSignals implements Signals {
  readonly #listeners = new Listeners();

  publish(channel: string, payload: string): Promise<void> {
    queueMicrotask(() => this.#listeners.tell(channel, payload, rethrow));
    return Promise.resolve();
  }
  listen(channel: string, heard: Heard): () => void {
    return this.#listeners.add(channel, heard);
  }
  onReconnected(): () => void {
    return () => {};
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

