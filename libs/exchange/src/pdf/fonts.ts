import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { refuse, type Refusal } from '#kernel';

const require = createRequire(import.meta.url);
const at = (path: string): string => require.resolve(`@expo-google-fonts/${path}`);

/**
 * Always there: Latin, Greek, Cyrillic, Arabic. Amiri for Arabic: its letters are whole glyphs, so that what is copied or read aloud is what was
 * written; fonts that draw the dots apart come out with letters doubled.
 */
const TEXT = [
  'noto-serif/400Regular/NotoSerif_400Regular.ttf', 'noto-serif/700Bold/NotoSerif_700Bold.ttf', 'noto-serif/400Regular_Italic/NotoSerif_400Regular_Italic.ttf', 'noto-serif/700Bold_Italic/NotoSerif_700Bold_Italic.ttf',
  'amiri/400Regular/Amiri_400Regular.ttf', 'amiri/700Bold/Amiri_700Bold.ttf',
];
/** Read where the text needs it: 15 MB each. */
const HAN = ['noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf', 'noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'];
const NEEDS_HAN = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u;

/** By which a text is set: paths of files, and the names of their families in the order in which they are asked. */
export function fontsFor(text: string): { readonly paths: readonly string[]; readonly families: readonly string[] } {
  const han = NEEDS_HAN.test(text);
  return { paths: [...TEXT, ...(han ? HAN : [])].map(at), families: ['Noto Serif', 'Amiri', ...(han ? ['Noto Serif SC'] : [])] };
}

/** Code points of a TrueType font, from its character map of format 12 or 4 (OpenType 1.9, `cmap`): ranges in their order. */
export function rangesOf(font: DataView): readonly (readonly [number, number])[] {
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

const covered = new Map<string, readonly (readonly [number, number])[]>();
function coverage(path: string): readonly (readonly [number, number])[] {
  const known = covered.get(path);
  if (known) return known;
  const bytes = readFileSync(path);
  const ranges = rangesOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  covered.set(path, ranges);
  return ranges;
}

/** Never printed themselves: white space, marks of direction, joiners, selectors of variants. */
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

/** What no font here can set, by name: an official document has no empty boxes in it. Undefined where all can be set. */
export function unsettable(text: string, fonts: readonly string[]): Refusal | undefined {
  const all = fonts.map(coverage);
  const missing = [...new Set(text)].filter((c) => !UNSEEN.test(c) && !all.some((ranges) => ranges.some(([from, to]) => c.codePointAt(0)! >= from && c.codePointAt(0)! <= to)));
  return missing.length === 0 ? undefined : refuse('exchange.script-not-settable', { characters: missing.slice(0, 20).join(' '), count: missing.length });
}
