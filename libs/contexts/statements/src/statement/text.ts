import { canonicalParagraph, type Multilingual } from '#kernel';
import type { Section } from './schemas.js';

/** A clause as far as its text and place go. */
export interface TextClause {
  readonly id: string;
  readonly section: Section;
  readonly text: Multilingual;
  /** Languages that have not followed the last change of the clause. */
  readonly stale: readonly string[];
}
export interface Written {
  readonly subject: Multilingual;
  readonly leadLanguage: string;
  /** The authentic languages, the lead first. */
  readonly languages: readonly string[];
  readonly clauses: readonly TextClause[];
}

const SECTIONS: readonly Section[] = ['preambular', 'operative', 'annex'];
const PREFIX: Record<Section, string> = { preambular: 'PP', operative: 'OP', annex: 'AN' };

/** The clauses as they are read: preambular, operative, annex; within a section as they were ordered. */
export const inOrder = <C extends { readonly section: Section }>(clauses: readonly C[]): C[] =>
  SECTIONS.flatMap((section) => clauses.filter((c) => c.section === section));

/** PP1, OP1, AN1: computed from the order, never stored (STM-2, G11). */
export function labels(clauses: readonly { readonly id: string; readonly section: Section }[]): Record<string, string> {
  const counts: Record<Section, number> = { preambular: 0, operative: 0, annex: 0 };
  return Object.fromEntries(inOrder(clauses).map((c) => [c.id, `${PREFIX[c.section]}${++counts[c.section]}`]));
}

/** Puts an item behind another one; `null`: first, `undefined`: last. An unknown place is the last one. */
export function placed<C extends { readonly id: string }>(list: readonly C[], item: C, after: string | null | undefined): C[] {
  const rest = list.filter((c) => c.id !== item.id);
  if (after === null) return [item, ...rest];
  const at = after === undefined ? -1 : rest.findIndex((c) => c.id === after);
  return at < 0 ? [...rest, item] : rest.toSpliced(at + 1, 0, item);
}

export const sameText = (a: string | undefined, b: string | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalParagraph(a) === canonicalParagraph(b));

/** Is every clause there in this language, and none behind? */
export const complete = ({ clauses }: Pick<Written, 'clauses'>, lang: string): boolean =>
  clauses.length > 0 && clauses.every((c) => c.text[lang] !== undefined && !c.stale.includes(lang));

/** The whole text in one language: its title, then each clause behind its label, an empty line between them. */
export function canonicalText({ subject, leadLanguage, clauses }: Written, lang: string): string {
  const label = labels(clauses);
  const title = subject[lang] ?? subject[leadLanguage] ?? '';
  return [title, ...inOrder(clauses).map((c) => `${label[c.id]} ${c.text[lang] ?? ''}`)].map(canonicalParagraph).join('\n\n');
}

/** One digest for each authentic language that is complete (STM-5). */
export const digestsOf = (text: Written, sha256: (text: string) => string): Record<string, string> =>
  Object.fromEntries(text.languages.filter((l) => complete(text, l)).map((l) => [l, sha256(canonicalText(text, l))]));

/** One digest over all languages, whatever their order. */
export const digestOf = (digests: Readonly<Record<string, string>>, sha256: (text: string) => string): string =>
  sha256(
    Object.keys(digests)
      .toSorted()
      .map((lang) => `${lang} ${digests[lang]}`)
      .join('\n'),
  );
