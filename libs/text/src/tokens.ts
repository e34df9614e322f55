/** Scripts written without spaces between words; there the words come from `Intl.Segmenter`. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
/** Each character of these is a grapheme of its own, so that no boundary between tokens can cut one. */
const PLAIN = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{N}\p{P}\p{Zs}\p{Sc}\n\t+<=>|]*$/u;
const TOKEN = /[\p{L}\p{M}\p{N}]+(?:['’·-][\p{L}\p{M}\p{N}]+)*|\s+|[^\p{L}\p{M}\p{N}\s]/gu;

const segmenters = new Map<string, Intl.Segmenter>();
function segmenter(lang: string, granularity: 'word' | 'grapheme'): Intl.Segmenter {
  const key = `${granularity} ${lang}`;
  let found = segmenters.get(key);
  if (found === undefined) segmenters.set(key, (found = new Intl.Segmenter(lang, { granularity })));
  return found;
}

/** Offsets (UTF-16) at which a grapheme begins (UAX #29), the end of the text among them. */
function graphemeStarts(text: string): ReadonlySet<number> {
  const starts = new Set<number>([text.length]);
  for (const { index } of segmenter('und', 'grapheme').segment(text)) starts.add(index);
  return starts;
}

function raw(text: string, lang: string): string[] {
  if (!UNSPACED.test(text)) return text.match(TOKEN) ?? [];
  return Array.from(segmenter(lang, 'word').segment(text), ({ segment }) => segment);
}

/**
 * A text as words, spaces and punctuation; joined they are the text again. No boundary cuts a grapheme.
 * @param lang BCP 47; decides how words are found where a script has no spaces
 */
export function tokens(text: string, lang: string): string[] {
  const found = raw(text, lang);
  if (PLAIN.test(text)) return found;
  const starts = graphemeStarts(text);
  const whole: string[] = [];
  let open = '';
  let end = 0;
  for (const token of found) {
    open += token;
    end += token.length;
    if (starts.has(end)) {
      whole.push(open);
      open = '';
    }
  }
  return open === '' ? whole : [...whole, open];
}

/** Would a cut at this offset (UTF-16) go through a grapheme? */
export const cutsGrapheme = (text: string, at: number): boolean => at > 0 && at < text.length && !(PLAIN.test(text) || graphemeStarts(text).has(at));
