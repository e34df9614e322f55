const segmenters = new Map<string, Intl.Segmenter>();
/** After these a full stop ends no sentence; what `Intl.Segmenter` breaks there is joined again. */
const ABBREVIATED = /(?:^|[\s(«“"'’])(?:art|arts|no|nos|nº|n°|para|paras|par|pp?|cf|vol|dr|mr|mrs|ms|mme?|m|st|ste|sra?|prof|hon|inc|ст|п|пп|г|см|ред|[A-ZА-Я])\.\s*$/iu;

/** A text as sentences (UAX #29 by the language); joined they are the text again. */
export function sentences(text: string, lang: string): string[] {
  let segmenter = segmenters.get(lang);
  if (segmenter === undefined) segmenters.set(lang, (segmenter = new Intl.Segmenter(lang, { granularity: 'sentence' })));
  const found: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const before = found.at(-1);
    if (before !== undefined && ABBREVIATED.test(before)) found[found.length - 1] = before + segment;
    else found.push(segment);
  }
  return found;
}

/** Nothing else can hold more than one sentence (UAX #29, rules SB4 and SB11). */
const SEVERAL = /[\p{Sentence_Terminal}\n\r\u0085\u2028\u2029][^]*\p{L}/u;

/** Sentences side by side, where both texts have as many; else nothing: alignment is never guessed. Without spaces at their ends. */
export function alignedSentences(source: string, target: string, from: string, to: string): readonly (readonly [string, string])[] {
  if (!SEVERAL.test(source) || !SEVERAL.test(target)) return [];
  const [a, b] = [sentences(source, from), sentences(target, to)].map((list) => list.map((s) => s.trim()).filter((s) => s !== '')) as [string[], string[]];
  return a.length === b.length && a.length > 1 ? a.map((sentence, i) => [sentence, b[i]!] as const) : [];
}
