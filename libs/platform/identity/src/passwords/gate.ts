/** Too many are waiting already. */
export class Busy extends Error {}

/** Lets so many run at once and so many wait; whoever comes after that is told at once. */
export class Gate {
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(
    private readonly atOnce: number,
    private readonly waiting: number,
  ) {}

  /** @throws Busy when as many are waiting as may. */
  enter<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.atOnce && this.#queue.length >= this.waiting) return Promise.reject(new Busy());
    return this.wait(work);
  }

  /** Never refuses. */
  async wait<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.atOnce) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // The place passes to the next one; it is free only when nobody waits.
      const next = this.#queue.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
