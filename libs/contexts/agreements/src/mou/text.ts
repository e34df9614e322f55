import { canonicalParagraph, type Multilingual } from '#kernel';
import type { Change, ClauseKind } from './schemas.js';

/** A clause as far as its text goes. */
export interface TextClause {
  readonly id: string;
  readonly kind: ClauseKind;
  readonly text: Multilingual;
  /** Taken out of the text, kept until all have agreed to that. */
  readonly dropped?: boolean;
}

export const standing = <C extends TextClause>(clauses: readonly C[]): C[] => clauses.filter((c) => !c.dropped);

/** The whole text in one language: the clauses in order, an empty line between them; null where a clause lacks that language. */
export function canonicalText(clauses: readonly TextClause[], lang: string): string | null {
  const parts = standing(clauses).map((c) => c.text[lang]);
  return parts.length > 0 && parts.every((p) => p !== undefined) ? parts.map(canonicalParagraph).join('\n\n') : null;
}

/** One digest for each authentic language; a language that is not complete has none. */
export function digestsOf(clauses: readonly TextClause[], languages: readonly string[], sha256: (text: string) => string): Record<string, string> {
  const digests: Record<string, string> = {};
  for (const lang of languages) {
    const text = canonicalText(clauses, lang);
    if (text !== null) digests[lang] = sha256(text);
  }
  return digests;
}

/**
 * A clause of which some languages are written anew: the others fall behind, unless those that are written only catch up
 * (they lacked the clause, or were behind themselves).
 */
export function written(clause: Pick<TextClause, 'text'> & { readonly stale: readonly string[] }, text: Multilingual): { text: Multilingual; stale: string[] } {
  const named = Object.keys(text);
  const leads = named.some((lang) => clause.text[lang] !== undefined && !clause.stale.includes(lang));
  const others = Object.keys(clause.text).filter((lang) => !named.includes(lang));
  return { text: { ...clause.text, ...text }, stale: leads ? others : others.filter((lang) => clause.stale.includes(lang)) };
}
/** The clause as the procès-verbal reads it. */
export const rectified = (text: Multilingual, { lang, wrong, right }: { lang: string; wrong: string; right: string }): Multilingual => {
  const whole = text[lang];
  // Word for word: what `String.replace` reads into a dollar sign is not meant.
  return whole === undefined ? text : { ...text, [lang]: whole.split(wrong).join(right) };
};
/** Which clauses are behind in which authentic language. */
export const behind = (clauses: readonly (TextClause & { readonly stale: readonly string[] })[], languages: readonly string[]): { clauseId: string; lang: string }[] =>
  standing(clauses).flatMap((c) => languages.filter((l) => c.stale.includes(l)).map((lang) => ({ clauseId: c.id, lang })));

/** Which clauses lack which authentic language. */
export const gaps = (clauses: readonly TextClause[], languages: readonly string[]): { clauseId: string; lang: string }[] =>
  standing(clauses).flatMap((c) => languages.filter((l) => c.text[l] === undefined).map((lang) => ({ clauseId: c.id, lang })));

export const sameDigests = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => a[k] === b[k]);
};

export const insertAt = <C>(list: readonly C[], position: number, item: C): C[] => list.toSpliced(Math.min(position, list.length + 1) - 1, 0, item);

/** The consolidated text: the changes applied one after the other. */
export function consolidate<C extends TextClause>(clauses: readonly C[], changes: readonly Change[], make: (change: Change) => C): C[] {
  return changes.reduce<C[]>(
    (text, change) => {
      if (change.op === 'insert') return insertAt(text, change.position ?? text.length + 1, make(change));
      if (change.op === 'delete') return text.filter((c) => c.id !== change.clauseId);
      return text.map((c) => (c.id === change.clauseId ? { ...c, text: { ...c.text, ...change.text } } : c));
    },
    [...clauses],
  );
}
