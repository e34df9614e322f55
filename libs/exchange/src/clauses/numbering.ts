import type { XmlElement } from 'libxml2-wasm';
import { attributeOf, childOf, elementsOf } from '../markup.js';

/** Numbers that Word computes (ECMA-376 part 1, 17.9): `w:numPr` names a list and a level, the list says how it counts. */

interface Level {
  readonly start: number;
  readonly format: string;
  /** `OP%1`, `(%2)` */
  readonly text: string;
}
const LETTERS = 26;
const letter = (n: number): string => String.fromCharCode(97 + ((n - 1) % LETTERS)).repeat(Math.floor((n - 1) / LETTERS) + 1);
function roman(n: number): string {
  const signs: readonly [number, string][] = [[1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i']];
  let rest = n;
  return signs.map(([value, sign]) => {
    const times = Math.floor(rest / value);
    rest -= times * value;
    return sign.repeat(times);
  }).join('');
}
const written = (n: number, format: string): string =>
  format === 'lowerLetter' ? letter(n) : format === 'upperLetter' ? letter(n).toUpperCase() : format === 'lowerRoman' ? roman(n) : format === 'upperRoman' ? roman(n).toUpperCase() : format === 'bullet' || format === 'none' ? '' : String(n);

const value = (element: XmlElement | undefined): string | undefined => element && attributeOf(element, 'val');

/** Counts as paragraphs pass; null: the paragraph has no number. */
export class Numbers {
  readonly #abstract = new Map<string, ReadonlyMap<number, Level>>();
  readonly #lists = new Map<string, string>();
  /** Lists that begin anew where they are first used, and at which number. */
  readonly #anew = new Map<string, ReadonlyMap<number, number>>();
  /** By definition: lists of one definition count on from each other. */
  readonly #counts = new Map<string, number[]>();

  constructor(root: XmlElement | null) {
    for (const e of root === null ? [] : elementsOf(root)) {
      if (e.name === 'abstractNum')
        this.#abstract.set(attributeOf(e, 'abstractNumId') ?? '', new Map(elementsOf(e).filter((l) => l.name === 'lvl').map((l) => [Number(attributeOf(l, 'ilvl')), { start: Number(value(childOf(l, 'start')) ?? 1), format: value(childOf(l, 'numFmt')) ?? 'decimal', text: value(childOf(l, 'lvlText')) ?? '' }])));
      if (e.name !== 'num') continue;
      const list = attributeOf(e, 'numId') ?? '';
      this.#lists.set(list, value(childOf(e, 'abstractNumId')) ?? '');
      const starts = elementsOf(e).flatMap((o) => (childOf(o, 'startOverride') === undefined ? [] : [[Number(attributeOf(o, 'ilvl')), Number(value(childOf(o, 'startOverride')) ?? 1)] as const]));
      if (starts.length > 0) this.#anew.set(list, new Map(starts));
    }
  }
  next(list: string, level: number): string | null {
    const definition = this.#lists.get(list) ?? '';
    const levels = this.#abstract.get(definition);
    const own = levels?.get(level);
    if (levels === undefined || own === undefined) return null;
    const counts = this.#counts.get(definition) ?? [];
    for (const [at, start] of this.#anew.get(list) ?? []) counts[at] = start - 1;
    this.#anew.delete(list);
    counts[level] = (counts[level] ?? own.start - 1) + 1;
    counts.length = level + 1;
    this.#counts.set(definition, counts);
    if (own.format === 'bullet') return '•';
    return own.text.replaceAll(/%([1-9])/g, (_, n: string) => {
      const at = Number(n) - 1;
      const of = levels.get(at);
      return written(counts[at] ?? of?.start ?? 1, of?.format ?? 'decimal');
    });
  }
}
