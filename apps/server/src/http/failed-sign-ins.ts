/** Failures in a window of time, by address and account: after so many the next try waits, right or wrong. */
export class FailedSignIns {
  readonly #failures = new Map<string, number[]>();

  constructor(
    private readonly most = 10,
    /** Milliseconds. */
    private readonly window = 15 * 60_000,
    private readonly now: () => number = Date.now,
  ) {}

  /** Seconds until another try is heard; 0 now. */
  wait(key: string): number {
    const recent = this.#recent(key);
    return recent.length < this.most ? 0 : Math.ceil((recent[0]! + this.window - this.now()) / 1000);
  }
  failed(key: string): void {
    this.#failures.set(key, [...this.#recent(key), this.now()].slice(-this.most));
    // Many addresses must not fill the memory: the oldest entries go first.
    if (this.#failures.size > 10_000) this.#failures.delete(this.#failures.keys().next().value!);
  }
  succeeded(key: string): void {
    this.#failures.delete(key);
  }
  #recent(key: string): number[] {
    return (this.#failures.get(key) ?? []).filter((at) => at > this.now() - this.window);
  }
}
