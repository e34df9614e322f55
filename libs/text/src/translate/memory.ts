import { alignedSentences } from './sentences.js';
import { latinDigits } from './numbers.js';
import { tokens } from '../tokens.js';

/** What was translated, and where it stands. */
export interface MemoryUnit<Origin = unknown> {
  readonly source: string;
  readonly target: string;
  /** BCP 47 */
  readonly sourceLang: string;
  readonly targetLang: string;
  readonly origin: Origin;
}
export interface MemoryHit<Origin = unknown> {
  readonly unit: MemoryUnit<Origin>;
  /** 1: the same text. Below: 1 - edited words / words of the longer one; at most 0.99 where only case, spaces or punctuation differ. */
  readonly score: number;
}
export interface FuzzyOptions<Origin = unknown> {
  /** Lowest score, over 0 to 1; 0.6 where it is not said. */
  readonly least?: number;
  /** At most so many hits, the best and newest first; 5 where it is not said. */
  readonly limit?: number;
  /** Units that may be shown to who asks: others are as if they were not there. */
  readonly may?: (unit: MemoryUnit<Origin>) => boolean;
}

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAN_WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[[\p{L}\p{M}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]]+/gv;
const WORD = /[\p{L}\p{N}]/u;
/** Words, folded, without punctuation; of Chinese and Japanese the characters. */
function wordsOf(text: string, lang: string): string[] {
  const folded = latinDigits(text.normalize('NFC').toLowerCase());
  const words = HAN.test(folded) ? folded.match(HAN_WORD) ?? [] : tokens(folded, lang);
  return words.filter((word) => WORD.test(word));
}
const exactKey = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();

/** Numbers that grow at the end, without an object for each. */
class Numbers {
  #list = new Int32Array(16);
  length = 0;
  push(value: number): void {
    if (this.length === this.#list.length) {
      const wider = new Int32Array(this.length * 2);
      wider.set(this.#list);
      this.#list = wider;
    }
    this.#list[this.length++] = value;
  }
  at(i: number): number {
    return this.#list[i]!;
  }
  slice(from: number, to: number): Int32Array {
    return this.#list.subarray(from, to);
  }
}

/** Distance of Levenshtein over words, or something over `most` as soon as it must be so (Ukkonen's band). */
function distance(a: Int32Array, b: Int32Array, most: number, row: Int32Array): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - most);
    const to = Math.min(b.length, i + most);
    let diagonal = row[from - 1]!;
    row[from - 1] = from === 1 ? i : most + 1;
    let least = row[from - 1]!;
    const word = a[i - 1];
    for (let j = from; j <= to; j++) {
      const above = j === i + most ? most + 1 : row[j]!;
      const value = Math.min(diagonal + (word === b[j - 1] ? 0 : 1), above + 1, row[j - 1]! + 1);
      diagonal = row[j]!;
      row[j] = value;
      if (value < least) least = value;
    }
    if (least > most) return most + 1;
  }
  return row[b.length]!;
}

/** All units of one pair of languages. */
class Direction<Origin> {
  readonly units: MemoryUnit<Origin>[] = [];
  readonly #exact = new Map<string, number[]>();
  readonly #ids = new Map<string, number>();
  /** For each word the units that hold it, each once. */
  readonly #holding: Numbers[] = [];
  /** Words of all units one after another, and where those of each begin. */
  readonly #words = new Numbers();
  readonly #starts = new Numbers();
  #seen = new Int32Array(1024);
  #round = 0;
  #counts = new Int32Array(1024);

  constructor(private readonly lang: string) {
    this.#starts.push(0);
  }

  add(unit: MemoryUnit<Origin>): void {
    const at = this.units.push(unit) - 1;
    const key = exactKey(unit.source);
    const same = this.#exact.get(key);
    if (same) same.push(at);
    else this.#exact.set(key, [at]);
    const own = new Set<number>();
    for (const word of wordsOf(unit.source, this.lang)) {
      let id = this.#ids.get(word);
      if (id === undefined) {
        this.#ids.set(word, (id = this.#holding.length));
        this.#holding.push(new Numbers());
      }
      this.#words.push(id);
      if (own.has(id)) continue;
      own.add(id);
      this.#holding[id]!.push(at);
    }
    this.#starts.push(this.#words.length);
  }

  /** Newest first. */
  exact(source: string): MemoryUnit<Origin>[] {
    return (this.#exact.get(exactKey(source)) ?? []).map((at) => this.units[at]!).toReversed();
  }

  fuzzy(source: string, least: number, limit: number, may: (unit: MemoryUnit<Origin>) => boolean): MemoryHit<Origin>[] {
    const words = wordsOf(source, this.lang);
    // Words that no unit holds are told apart from each other by negative numbers: they match nothing.
    const asked = Int32Array.from(words, (word, i) => this.#ids.get(word) ?? -1 - i);
    const key = exactKey(source);
    const best: { at: number; score: number }[] = [];
    const room = () => (best.length < limit ? least : Math.max(least, best.at(-1)!.score));
    const row = new Int32Array(1024);
    for (const { at, shared } of this.#candidates(asked, least)) {
      const unit = this.units[at]!;
      const own = this.#words.slice(this.#starts.at(at), this.#starts.at(at + 1));
      const longer = Math.max(asked.length, own.length);
      // They come by what they could reach at most.
      if (shared / longer < room()) break;
      const most = Math.floor((1 - room()) * longer + 1e-9);
      const edits = distance(asked, own, most, own.length < row.length ? row : new Int32Array(own.length + 1));
      if (edits > most || (edits === 0 && exactKey(unit.source) === key) || !may(unit)) continue;
      const score = Math.min(0.99, 1 - edits / longer);
      const place = best.findIndex((hit) => hit.score < score || (hit.score === score && hit.at < at));
      best.splice(place < 0 ? best.length : place, 0, { at, score });
      if (best.length > limit) best.pop();
    }
    return best.map(({ at, score }) => ({ unit: this.units[at]!, score }));
  }

  /**
   * Units that share so many words that they could reach the score, those that could reach most first. With a score of `least`, `k = ceil(least · n)` of the n words
   * asked for are shared at least; so that one among any n - k + 1 of them is: the rarest are asked for.
   */
  #candidates(asked: Int32Array, least: number): { at: number; shared: number; reach: number }[] {
    const n = asked.length;
    const k = Math.max(1, Math.ceil(least * n - 1e-9));
    const rarest = Array.from(asked).toSorted((a, b) => this.#frequency(a) - this.#frequency(b)).slice(0, Math.max(0, n - k + 1));
    if (this.#seen.length < this.units.length) this.#seen = new Int32Array(this.units.length * 2);
    if (this.#counts.length < this.#holding.length) this.#counts = new Int32Array(this.#holding.length * 2);
    const round = ++this.#round;
    const counts = this.#counts;
    for (const id of asked) if (id >= 0) counts[id]!++;
    const found: { at: number; shared: number; reach: number }[] = [];
    for (const id of new Set(rarest)) {
      const holding = id < 0 ? undefined : this.#holding[id];
      for (let i = 0; holding !== undefined && i < holding.length; i++) {
        const at = holding.at(i);
        if (this.#seen[at] === round) continue;
        this.#seen[at] = round;
        const from = this.#starts.at(at);
        const to = this.#starts.at(at + 1);
        const longer = Math.max(n, to - from);
        const needed = Math.ceil(least * longer - 1e-9);
        if (Math.min(n, to - from) < needed) continue;
        let shared = 0;
        for (let w = from; w < to; w++) if (counts[this.#words.at(w)]!-- > 0) shared++;
        for (let w = from; w < to; w++) counts[this.#words.at(w)]!++;
        if (shared >= needed) found.push({ at, shared, reach: shared / longer });
      }
    }
    for (const id of asked) if (id >= 0) counts[id]!--;
    return found.sort((a, b) => b.reach - a.reach || b.at - a.at);
  }

  #frequency = (id: number): number => (id < 0 ? 0 : this.#holding[id]!.length);
}

/** Translations of certified texts, found again by the same or by similar words. Each clause is one unit, and each of its sentences where both languages have as many. */
export class Memory<Origin = unknown> {
  readonly #directions = new Map<string, Direction<Origin>>();

  #direction = (from: string, to: string): Direction<Origin> | undefined => this.#directions.get(`${from} ${to}`);

  add(unit: MemoryUnit<Origin>): void {
    const { sourceLang: from, targetLang: to } = unit;
    let direction = this.#direction(from, to);
    if (direction === undefined) this.#directions.set(`${from} ${to}`, (direction = new Direction<Origin>(from)));
    direction.add(unit);
    for (const [source, target] of alignedSentences(unit.source, unit.target, from, to)) direction.add({ ...unit, source, target });
  }

  /** How many units can be found, sentences among them. */
  get size(): number {
    return [...this.#directions.values()].reduce((sum, { units }) => sum + units.length, 0);
  }

  /** Translations of the same text, the newest first. */
  exact(source: string, from: string, to: string, may: (unit: MemoryUnit<Origin>) => boolean = () => true): MemoryUnit<Origin>[] {
    return (this.#direction(from, to)?.exact(source) ?? []).filter(may);
  }

  /** Translations of similar texts, the best first, of equal ones the newest; without those of the same text. */
  fuzzy(source: string, from: string, to: string, { least = 0.6, limit = 5, may = () => true }: FuzzyOptions<Origin> = {}): MemoryHit<Origin>[] {
    return this.#direction(from, to)?.fuzzy(source, least, limit, may) ?? [];
  }
}
