/** Numbers in the order of the log, eight bytes each. */
export class Column {
  #values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Float64Array(this.length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.length++] = value;
  }
  at(index: number): number {
    return this.#values[index]!;
  }
}

/** Identifiers of sixteen bytes. */
export class IdColumn {
  #bytes = Buffer.alloc(16 * 1024);
  length = 0;

  push(id: Uint8Array): void {
    if (this.length * 16 === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    this.#bytes.set(id, 16 * this.length++);
  }
  is(index: number, id: Buffer): boolean {
    return this.#bytes.compare(id, 0, 16, index * 16, index * 16 + 16) === 0;
  }
}

/** Texts that recur, each kept once and known by its number. */
export class Dictionary {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  numberOf(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#texts.length;
      this.#numbers.set(text, number);
      this.#texts.push(text);
    }
    return number;
  }
  textOf(number: number): string {
    return this.#texts[number]!;
  }
}

const RECENT = 50_000;

/** Which ids a stream has taken lately: for appends that expect no revision the protocol promises no more than that. */
export class RecentIds {
  #young = new Map<string, number>();
  #old = new Map<string, number>();

  add(stream: number, id: Buffer, index: number): void {
    this.#young.set(keyOf(stream, id), index);
    if (this.#young.size < RECENT) return;
    this.#old = this.#young;
    this.#young = new Map();
  }
  find(stream: number, id: Buffer): number | undefined {
    const key = keyOf(stream, id);
    return this.#young.get(key) ?? this.#old.get(key);
  }
}

const keyOf = (stream: number, id: Buffer): string => id.toString('latin1') + stream;
