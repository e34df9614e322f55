/** So many at once, and so many a second from then on (a token bucket). */
export class Bucket {
  #left: number;
  #at: number;

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    private readonly now: () => number = Date.now,
  ) {
    this.#left = burst;
    this.#at = now();
  }

  /** @returns 0 where it may go, else after how many ms */
  take(): number {
    const now = this.now();
    this.#left = Math.min(this.burst, this.#left + ((now - this.#at) / 1000) * this.perSecond);
    this.#at = now;
    if (this.#left < 1) return Math.ceil(((1 - this.#left) / this.perSecond) * 1000);
    this.#left -= 1;
    return 0;
  }
}
