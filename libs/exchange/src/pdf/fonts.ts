import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { refuse, type Refusal } from '#kernel';

const require = createRequire(import.meta.url);

interface Family {
  readonly name: string;
  /** Files of its faces, below the fonts' packages. */
  readonly faces: readonly string[];
}
const SERIF: Family = {
  name: 'Noto Serif',
  faces: ['noto-serif/400Regular/NotoSerif_400Regular.ttf', 'noto-serif/700Bold/NotoSerif_700Bold.ttf', 'noto-serif/400Regular_Italic/NotoSerif_400Regular_Italic.ttf', 'noto-serif/700Bold_Italic/NotoSerif_700Bold_Italic.ttf'],
};
/**
 * Amiri for Arabic: its letters are whole glyphs, so that what is copied or read aloud is what was written; fonts that draw the dots apart come
 * out with letters doubled.
 */
const ARABIC: Family = { name: 'Amiri', faces: ['amiri/400Regular/Amiri_400Regular.ttf', 'amiri/700Bold/Amiri_700Bold.ttf'] };
/** Read where the text needs it: 15 MB for each face. */
const HAN: Family = { name: 'Noto Serif SC', faces: ['noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf', 'noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'] };
const NEEDS_HAN = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u;

/** By which a text is set: Latin, Greek, Cyrillic and Arabic always, Han where the text has some. */
export const familiesFor = (text: string): readonly Family[] => [SERIF, ARABIC, ...(NEEDS_HAN.test(text) ? [HAN] : [])];
export const pathsOf = (families: readonly Family[]): string[] => families.flatMap((family) => family.faces.map((face) => require.resolve(`@expo-google-fonts/${face}`)));

type Ranges = readonly (readonly [number, number])[];
/** Code points of a TrueType font, from its character map of format 12 or 4 (OpenType 1.9, `cmap`): ranges in their order. */
export function rangesOf(font: DataView): Ranges {
  const tables = font.getUint16(4);
  const table = Array.from({ length: tables }, (_, i) => 12 + 16 * i).find((o) => font.getUint32(o) === 0x636d6170);
  if (table === undefined) return [];
  const cmap = font.getUint32(table + 8);
  const subtables = Array.from({ length: font.getUint16(cmap + 2) }, (_, i) => cmap + font.getUint32(cmap + 4 + 8 * i + 4));
  const whole = subtables.find((o) => font.getUint16(o) === 12);
  if (whole !== undefined)
    return Array.from({ length: font.getUint32(whole + 12) }, (_, i) => [font.getUint32(whole + 16 + 12 * i), font.getUint32(whole + 20 + 12 * i)] as const);
  const plane = subtables.find((o) => font.getUint16(o) === 4);
  if (plane === undefined) return [];
  const count = font.getUint16(plane + 6) / 2;
  return Array.from({ length: count }, (_, i) => [font.getUint16(plane + 16 + 2 * count + 2 * i), font.getUint16(plane + 14 + 2 * i)] as const).filter(([first]) => first !== 0xffff);
}

const covered = new Map<string, Ranges>();
function coverage(path: string): Ranges {
  const known = covered.get(path);
  if (known) return known;
  const bytes = readFileSync(path);
  const ranges = rangesOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  covered.set(path, ranges);
  return ranges;
}
/** Is it in one of the ranges, which are in their order? */
function holds(ranges: Ranges, point: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = ranges[middle]!;
    if (point < from) high = middle - 1;
    else if (point > to) low = middle + 1;
    else return true;
  }
  return false;
}

/** Never printed themselves: white space, marks of direction, joiners, selectors of variants. */
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;
/** A character with the marks on it is set by one font, or not at all. */
const CLUSTER = /\P{M}\p{M}+|./gsu;

const MOST_MARKS = 20;
/**
 * What no font here can set, by name: an official document has no empty boxes in it. A family counts for what every face of it holds, since any
 * word may come to stand in bold or italics. Undefined where all can be set.
 */
export function unsettable(text: string, families: readonly Family[]): Refusal | undefined {
  const faces = families.map((family) => pathsOf([family]).map(coverage));
  const settable = (cluster: string) => {
    const points = Array.from(cluster.replaceAll(UNSEEN, ''), (c) => c.codePointAt(0)!);
    return faces.some((family) => family.every((ranges) => points.every((point) => holds(ranges, point))));
  };
  // No language stacks so many marks on one letter; thousands of them on one took the compiler gigabytes.
  const overloaded = (cluster: string) => (cluster.match(/\p{M}/gu)?.length ?? 0) > MOST_MARKS;
  const missing = [...new Set(text.match(CLUSTER))].filter((cluster) => overloaded(cluster) || !settable(cluster)).map((cluster) => cluster.slice(0, 8));
  return missing.length === 0 ? undefined : refuse('exchange.script-not-settable', { characters: missing.slice(0, 20).join(' '), count: missing.length });
}
