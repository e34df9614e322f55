import { type Piece, wordDiff } from '#text';
import { squeeze } from './squeeze.js';

/** A clause in the language that is compared. */
export interface Clause {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}
/** Where a text differs: the clauses of the published one from `from` to `to` (labels), and the redline from theirs to the given words. */
export interface Difference {
  readonly from: string;
  readonly to: string;
  readonly pieces: readonly Piece[];
}
export interface Comparison {
  readonly clauses: number;
  /** Of them, how many stand in the given text word for word and in their order. */
  readonly same: number;
  readonly differences: readonly Difference[];
  /** Words before the first clause and behind the last one that are none of the text; the title among them. */
  readonly before: string;
  readonly after: string;
}

/** What may stand between two clauses and says nothing: labels such as PP1, OP2., AN3, a number, punctuation. */
const LABEL = /(?:^|\s)(?:PP|OP|AN)?\s?\(?\p{Nd}{1,3}\s?[.):\-–—]?(?=\s|$)/gu;
const LEAD = /^[\s\p{P}]*(?:(?:PP|OP|AN)\s?)?\(?\p{Nd}{1,3}\s?[.):\-–—]?\s+/u;
/** Labels as they stand in our own texts, wherever they are; a bare number only at the end, before the clause that it numbers. */
const OWN = /(^|\s)(?:PP|OP|AN)\p{Nd}{1,3}[.):]?(?=\s|$)/gu;
const TRAIL = /(?:^|\s)\(?\p{Nd}{1,3}\s?[.):\-–—]?$/u;
const bare = (text: string): string => text.replaceAll(OWN, '$1').trim().replace(LEAD, '').replace(TRAIL, '').replaceAll(/\s+/g, ' ').trim();
const said = (text: string): string => text.replaceAll(LABEL, ' ').replaceAll(/[\s\p{P}\p{S}]+/gu, ' ').trim();

/**
 * Compares what somebody has with the clauses of a published text. Line breaks, spaces, labels and what stands round the text do
 * not matter; a word between two clauses, a clause that is missing or out of its place does.
 * @param headings words that may stand between the clauses: names of sections
 */
export function compare(clauses: readonly Clause[], given: string, lang: string, headings: readonly string[] = []): Comparison {
  const text = squeeze(given);
  const wanted = clauses.map((c) => squeeze(c.text));
  const places = placesOf(wanted, text);
  const silent = headings.map(squeeze);
  const differences: Difference[] = [];
  let [end, open, anchored] = [0, 0, false];
  let before = '';
  const close = (until: number, upTo: number) => {
    const gap = text.slice(end, upTo);
    const missing = clauses.slice(open, until);
    if (missing.length > 0) differences.push(difference(missing, wanted.slice(open, until), gap.trim(), lang));
    else if (!anchored) before = gap.trim();
    else if (upTo < text.length && said(without(gap, silent)) !== '') {
      const label = clauses[until]?.label ?? '';
      differences.push({ from: label, to: label, pieces: [{ kind: 'added', text: bare(gap) }] });
    }
  };
  for (const [i, at] of places.entries()) {
    if (at === null) continue;
    close(i, at);
    [end, open, anchored] = [at + wanted[i]!.length, i + 1, true];
  }
  const rest = clauses.length > open;
  if (rest) close(clauses.length, text.length);
  const same = places.filter((at) => at !== null).length;
  const tail = (part: string) => (said(without(part, silent)) === '' ? '' : bare(part));
  return { clauses: clauses.length, same, differences, before: tail(before), after: rest ? '' : tail(text.slice(end).trim()) };
}

const without = (text: string, headings: readonly string[]): string => headings.reduce((t, h) => (h === '' ? t : t.replaceAll(h, ' ')), text);

/** Where each clause stands, in order; null for one that does not. Of two orders the one that keeps more clauses, tried greedily from each clause. */
function placesOf(wanted: readonly string[], text: string): (number | null)[] {
  const best = { places: wanted.map((): number | null => null), found: 0 };
  // A clause that is met too late would hide those before it: so each of the first ones is tried as the beginning.
  for (let begin = 0; begin < Math.min(wanted.length, 8) && best.found < wanted.length - begin; begin++) {
    const places: (number | null)[] = wanted.map(() => null);
    let [from, found] = [0, 0];
    for (let i = begin; i < wanted.length; i++) {
      const at = wanted[i] === '' ? -1 : text.indexOf(wanted[i]!, from);
      if (at < 0) continue;
      [places[i], from] = [at, at + wanted[i]!.length];
      found++;
    }
    if (found > best.found) [best.places, best.found] = [places, found];
  }
  return best.places;
}

function difference(missing: readonly Clause[], words: readonly string[], gap: string, lang: string): Difference {
  return { from: missing[0]!.label, to: missing.at(-1)!.label, pieces: wordDiff(words.join(' '), bare(gap), lang) };
}
