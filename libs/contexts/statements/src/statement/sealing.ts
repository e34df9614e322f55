import { canonicalParagraph, refuse, type Refusal } from '#kernel';
import type { Frozen } from './state.js';
import { inOrder, labels, type TextClause, type Written } from './text.js';

/** What is read of a translation of this statement: the view `translations` of the languages. */
export interface Translation {
  /** The stream that holds it: `<docId>-<lang>`. */
  readonly id: string;
  readonly lang: string;
  readonly legalStatus: 'authentic' | 'official' | 'courtesy';
  readonly certified: { readonly by: readonly string[]; readonly digest: string } | null;
  /** Under crisis urgency: it goes out before it is certified. */
  readonly provisional: boolean;
  readonly openQueries: number;
  readonly segments: readonly {
    /** The clause, or `title`. */
    readonly id: string;
    /** SHA-256 of the canonical paragraph of the source as the translation knows it. */
    readonly sourceDigest: string;
    readonly target: string | null;
    readonly stale: boolean;
  }[];
}

interface Sealable {
  readonly frozen: Frozen | null;
  /** The digest over all languages that was sealed. */
  readonly sealed: string | null;
  readonly languages: readonly string[];
}
/** Sealed is the frozen text of now, or none: any change of words has another digest. The lead text alone has nothing to agree with. */
export const isSealed = ({ frozen, sealed, languages }: Sealable): boolean => frozen !== null && (languages.length === 1 || sealed === frozen.digest);
/** What OpenSignature and Publish ask first (STM-12); under crisis urgency the lead text goes ahead. */
export const sealProblem = (text: Sealable & { readonly crisis: boolean }): Refusal | undefined =>
  text.crisis || isSealed(text) ? undefined : refuse('statement.not-sealed', {}, 'STM-12');

/** Clauses that lack the language, and clauses that have moved on since it was written. */
export function behind(clauses: readonly TextClause[], lang: string): { missing: number; stale: number } {
  const missing = clauses.filter((c) => c.text[lang] === undefined).length;
  return { missing, stale: clauses.filter((c) => c.text[lang] !== undefined && c.stale.includes(lang)).length };
}
export const uncertified = (clauses: readonly TextClause[], lang: string): Refusal => refuse('statement.language-not-certified', { lang, ...behind(clauses, lang) }, 'STM-12');

/** Square brackets and their relatives of other scripts; which way they point depends on the script, how many there are does not. */
const brackets = (words: string): number => words.match(/[[\]\uFF3B\uFF3D\u3010\u3011\u3014\u3015]/g)?.length ?? 0;

/** Everything in one language that stands between the frozen text and its seal, all at once (STM-12). */
function obstaclesIn(lang: string, text: Written & { readonly frozen: Frozen | null }, translation: Translation | undefined, sha256: (text: string) => string): Refusal[] {
  const { clauses, leadLanguage, frozen } = text;
  const label = labels(clauses);
  const moved = (c: TextClause) => {
    const segment = translation?.segments.find((s) => s.id === c.id);
    const source = c.text[leadLanguage];
    return c.stale.includes(lang) || (segment !== undefined && (segment.stale || (source !== undefined && segment.sourceDigest !== sha256(canonicalParagraph(source)))));
  };
  const stale = clauses.filter(moved).length;
  const bracketed = inOrder(clauses).filter((c) => c.text[lang] !== undefined && brackets(c.text[lang]) !== brackets(c.text[leadLanguage] ?? ''));
  const certified = translation?.certified ?? null;
  return [
    ...(certified === null || translation?.provisional === true || frozen?.digests[lang] === undefined ? [uncertified(clauses, lang)] : []),
    ...(translation !== undefined && translation.openQueries > 0 ? [refuse('statement.queries-open', { lang, count: translation.openQueries }, 'STM-12')] : []),
    ...(stale > 0 ? [refuse('statement.translation-stale', { lang, count: stale }, 'STM-12')] : []),
    ...(certified !== null && frozen?.digests[lang] !== undefined && certified.digest !== frozen.digests[lang] ? [refuse('statement.certified-other-text', { lang }, 'STM-12')] : []),
    ...bracketed.map((c) => refuse('statement.brackets-differ', { lang, clause: label[c.id] ?? c.id }, 'STM-12')),
  ];
}

/** What stands between the frozen text and its seal, in every authentic language besides the lead. */
export const sealObstacles = (text: Written & { readonly frozen: Frozen | null }, translations: readonly Translation[], sha256: (text: string) => string): Refusal[] =>
  text.languages
    .filter((lang) => lang !== text.leadLanguage)
    .flatMap((lang) => obstaclesIn(lang, text, translations.find((t) => t.lang === lang), sha256));
