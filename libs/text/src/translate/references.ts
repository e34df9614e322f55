import { latinDigits } from './numbers.js';

/** Addresses, without the punctuation that ends the sentence. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"“”«»]*[^\s<>"“”«».,;:!?)\]؛،؟。，；។።]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
/** Symbols of documents: S/RES/1674 (2006), A/RES/60/1, E/CN.4/2005/7, A/HRC/RES/43/29 */
const SYMBOL = /(?<![\p{L}\d/])[A-Z]{1,6}(?:\.\d+)?(?:\/[A-Z0-9][A-Za-z0-9.-]*)+(?:\s?[(（]\d{4}[)）])?/gu;
/** Clauses by their labels: PP1, OP3 bis */
const LABEL = /(?<![\p{L}\d])(?:PP|OP|AN)\s?\d+(?:\s?(?:bis|ter|quater|alt\.?))?(?![\p{L}\d])/gu;
const TLP = /(?<![\p{L}\d])TLP\s?:\s?(?:RED|AMBER(?:\+STRICT)?|GREEN|CLEAR|WHITE)(?![\p{L}\d])/gu;

export interface References {
  /** In one form: digits 0 to 9, without spaces. */
  readonly symbols: readonly string[];
  readonly addresses: readonly string[];
  /** Exactly as written. */
  readonly tlp: readonly string[];
  /** The text with blanks in their place. */
  readonly rest: string;
}

/** What is cited in a text by a sign that is the same in all languages. */
export function referencesIn(text: string): References {
  let rest = latinDigits(text);
  const take = (pattern: RegExp): string[] => {
    const found: string[] = [];
    rest = rest.replaceAll(pattern, (whole) => {
      found.push(whole);
      return ' '.repeat(whole.length);
    });
    return found;
  };
  const addresses = take(ADDRESS);
  const tlp = take(TLP);
  const symbols = [...take(SYMBOL), ...take(LABEL)].map((s) => s.replaceAll(/\s/g, '').replaceAll('（', '(').replaceAll('）', ')').replace(/\.$/, ''));
  return { symbols, addresses, tlp, rest };
}
