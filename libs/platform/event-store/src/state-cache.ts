/** The most recently used states, up to a number of streams. */
export class StateCache<T> {
  readonly #entries = new Map<string, T>();
  constructor(private readonly capacity: number) {}

  get(stream: string): T | undefined {
    const found = this.#entries.get(stream);
    if (found !== undefined) {
      this.#entries.delete(stream);
      this.#entries.set(stream, found);
    }
    return found;
  }
  set(stream: string, value: T): void {
    this.#entries.delete(stream);
    this.#entries.set(stream, value);
    if (this.#entries.size > this.capacity) {
      const oldest = this.#entries.keys().next().value;
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
  }
}
