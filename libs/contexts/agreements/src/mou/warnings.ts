/** Words of treaties in a text that binds nobody in law (MOU-12): a warning for the drafter, never a prohibition. */
export interface DraftingWarning {
  /** As it stands in the text. */
  readonly found: string;
  readonly at: number;
  /** What usage has in its place. */
  readonly instead: string;
}

interface TreatyWord {
  readonly pattern: RegExp;
  readonly instead: string;
}
/** Whole words; a hyphen belongs to the word, so that "All-Party" is not a party to anything. */
const word = (body: string, instead: string, flags = 'giu'): TreatyWord => ({
  pattern: new RegExp(`(?<![\\p{L}\\p{N}-])(?:${body})(?![\\p{L}\\p{N}-])`, flags),
  instead,
});

const ENGLISH: readonly TreatyWord[] = [
  word('shall', 'will'),
  word('agree|agrees|agreed', 'intend / have reached an understanding'),
  word('agreement|agreements', 'understanding'),
  word('enters? into force|entered into force|entry into force', 'come into effect'),
  word('Party|Parties', 'Participants', 'gu'),
  word('Articles?', 'paragraph', 'gu'),
  word('undertakes?|undertook', 'intend'),
  word('obligations?|obliged', 'commitment'),
  word('rights and obligations', 'intentions'),
  word('equally authentic', 'of equal validity'),
  word('legally binding(?<!not legally binding)', 'not legally binding'),
  word('ratification|ratif(?:y|ies|ied)', 'confirmation'),
];
const FRENCH: readonly TreatyWord[] = [
  word('doi(?:t|vent)|devr(?:a|ont)', 'futur simple'),
  word('s[’\']engage(?:nt)?', 'ont l’intention de'),
  word('convien(?:t|nent)|(?:sont |est )?convenu(?:e|s|es)?', 'sont parvenus à l’entente suivante'),
  word('(?<!protocole d[’\']|mémorandum d[’\']|commun )accords?', 'entente'),
  word('entr(?:e|ent|er|era|eront|ée) en vigueur', 'prendre effet'),
  word('Parties?', 'Participants', 'gu'),
  word('Articles?', 'paragraphe', 'gu'),
  word('obligations?', 'engagement politique'),
  word('(?:faisant|font|fait) (?:également|pareillement) foi', 'ayant la même valeur'),
  word('(?<!non |pas )juridiquement contraignante?s?', 'non juridiquement contraignant'),
  word('ratification|ratifi(?:er|ent|era|eront|ée?s?)', 'confirmation'),
];
const BY_LANGUAGE: Readonly<Record<string, readonly TreatyWord[]>> = { en: ENGLISH, fr: FRENCH };

/** In the order of the text; of overlapping finds the longest. Languages without a list give none. */
export function draftingWarnings(text: string, lang: string): readonly DraftingWarning[] {
  const list = BY_LANGUAGE[lang.split('-')[0]?.toLowerCase() ?? ''] ?? [];
  const found = list
    .flatMap(({ pattern, instead }) => [...text.matchAll(pattern)].map((m) => ({ found: m[0], at: m.index, instead })))
    .toSorted((a, b) => a.at - b.at || b.found.length - a.found.length);
  return found.filter((w, i) => !found.slice(0, i).some((before) => before.at + before.found.length > w.at));
}
