/** Browser-safe: no import. */

export type Direction = 'ltr' | 'rtl';

/** Scripts that run from right to left. Our own table: `Intl.Locale.textInfo` says `dv` and `ku-Arab` run from left to right. */
const RTL_SCRIPTS: ReadonlySet<string> = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Adlm', 'Nkoo', 'Rohg']);
/** Characters of those scripts, for text of which the language is not known. */
const RTL_LETTER = /[\p{Script=Arab}\p{Script=Hebr}\p{Script=Thaa}\p{Script=Syrc}\p{Script=Adlm}\p{Script=Nkoo}\p{Script=Rohg}]/u;
const LETTER = /\p{L}/u;

/** The direction of a language by its script, likely or stated: `ar`, `ku-Arab`, `ff-Adlm`. */
export function directionOf(tag: string): Direction {
  try {
    const { script } = new Intl.Locale(tag).maximize();
    return script !== undefined && RTL_SCRIPTS.has(script) ? 'rtl' : 'ltr';
  } catch {
    return 'ltr';
  }
}

/** The direction of a text by its first letter; null where it has none. */
export function directionOfText(text: string): Direction | null {
  const first = LETTER.exec(text)?.[0];
  return first === undefined ? null : RTL_LETTER.test(first) ? 'rtl' : 'ltr';
}

/** Keeps a name of the other direction together, and its neighbours in their places (FSI … PDI, Unicode UAX 9). */
export const isolate = (text: string, reader: Direction): string => {
  const own = directionOfText(text) ?? (reader === 'rtl' && /\d/.test(text) ? 'ltr' : reader);
  return own === reader ? text : `\u2068${text}\u2069`;
};
