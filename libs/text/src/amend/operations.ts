import { type Edit, edits } from '../diff.js';

/**
 * What an amendment does to a text. Places are UTF-16 offsets in the clause's text in one language, as it stood at the amendment's base, and
 * never cut a grapheme; all operations of an amendment refer to that same text. What is replaced is quoted, so that an operation cannot be
 * applied where other words stand, and an auditor reads it without the base.
 */
export type Operation =
  | { readonly op: 'replace'; readonly clauseId: string; readonly lang: string; readonly from: number; readonly to: number; readonly expected: string; readonly text: string }
  | { readonly op: 'insert'; readonly clauseId: string; readonly lang: string; readonly at: number; readonly left: string; readonly right: string; readonly text: string }
  | { readonly op: 'replace-whole'; readonly clauseId: string; readonly lang: string; readonly expected: string; readonly text: string }
  | { readonly op: 'insert-clause'; readonly clauseId: string; readonly section: Section; readonly after: string | null; readonly text: Readonly<Record<string, string>> }
  | { readonly op: 'move-clause'; readonly clauseId: string; readonly after: string | null }
  | { readonly op: 'delete-clause'; readonly clauseId: string };
export type Section = 'preambular' | 'operative' | 'annex';
export type TextOperation = Extract<Operation, { lang: string }>;

export interface AmendableClause {
  readonly id: string;
  readonly section: Section;
  readonly text: Readonly<Record<string, string>>;
}

/** So much of the neighbouring words is kept with an insertion, in code units. */
const CONTEXT = 24;

export const isTextOperation = (o: Operation): o is TextOperation => 'lang' in o;
/** Where an operation on words begins and ends; that of a whole clause has no place of its own. */
export const rangeOf = (o: Extract<Operation, { op: 'replace' | 'insert' }>): readonly [number, number] => (o.op === 'insert' ? [o.at, o.at] : [o.from, o.to]);

const operationOf = (clauseId: string, lang: string, before: string, { from, to, text }: Edit): Operation =>
  from === to
    ? { op: 'insert', clauseId, lang, at: from, left: before.slice(Math.max(0, from - CONTEXT), from), right: before.slice(from, from + CONTEXT), text }
    : { op: 'replace', clauseId, lang, from, to, expected: before.slice(from, to), text };

/** The operations that lead from one text of a clause to another. */
export const derive = (clauseId: string, lang: string, before: string, after: string): Operation[] =>
  edits(before, after, lang).map((edit) => operationOf(clauseId, lang, before, edit));

const fits = (o: TextOperation, text: string): boolean =>
  o.op === 'replace'
    ? text.slice(o.from, o.to) === o.expected
    : o.op === 'insert'
      ? o.at <= text.length && text.slice(0, o.at).endsWith(o.left) && text.slice(o.at).startsWith(o.right)
      : text === o.expected;

/** Puts a clause behind another one of the list; null: first; where that one is gone, last of its section. */
function put<C extends AmendableClause>(clauses: readonly C[], clause: C, after: string | null): C[] {
  const rest = clauses.filter((c) => c.id !== clause.id);
  const at = after === null ? 0 : rest.findIndex((c) => c.id === after) + 1;
  return after !== null && at === 0 ? [...rest, clause] : rest.toSpliced(at, 0, clause);
}

function onText(text: string, own: readonly TextOperation[]): string | null {
  if (!own.every((o) => fits(o, text))) return null;
  const whole = own.find((o) => o.op === 'replace-whole');
  if (whole) return whole.text;
  const places = own as readonly Extract<Operation, { op: 'replace' | 'insert' }>[];
  // From the end, so that the places before keep theirs; of two at one place the later in the list stands behind.
  const backwards = places.map((o, i) => ({ o, i, from: rangeOf(o)[0] })).toSorted((a, b) => b.from - a.from || b.i - a.i);
  return backwards.reduce((all, { o }) => all.slice(0, rangeOf(o)[0]) + o.text + all.slice(rangeOf(o)[1]), text);
}

/**
 * The clauses after the operations, which are all of one base.
 * @returns null where one of them does not fit: other words stand there, or the clause is gone. Nothing is applied in part.
 */
export function applyOperations<C extends AmendableClause>(
  clauses: readonly C[],
  operations: readonly Operation[],
  make: (o: Extract<Operation, { op: 'insert-clause' }>) => C,
): C[] | null {
  let result = [...clauses];
  const byText = Map.groupBy(operations.filter(isTextOperation), (o) => `${o.clauseId} ${o.lang}`);
  for (const own of byText.values()) {
    const { clauseId, lang } = own[0]!;
    const clause = result.find((c) => c.id === clauseId);
    const text = clause && onText(clause.text[lang] ?? '', own);
    if (clause === undefined || text === null || text === undefined) return null;
    result = result.map((c) => (c === clause ? { ...c, text: { ...c.text, [lang]: text } } : c));
  }
  for (const o of operations) {
    if (o.op === 'insert-clause') {
      if (result.some((c) => c.id === o.clauseId)) return null;
      result = put(result, make(o), o.after);
    } else if (o.op === 'move-clause') {
      const clause = result.find((c) => c.id === o.clauseId);
      if (clause === undefined) return null;
      result = put(result, clause, o.after);
    } else if (o.op === 'delete-clause') {
      if (!result.some((c) => c.id === o.clauseId)) return null;
      result = result.filter((c) => c.id !== o.clauseId);
    }
  }
  return result;
}

/** The words that operations leave, one line for each touched clause and language: what the one who decides has seen, by its digest. Null where they do not fit. */
export function resultText(clauses: readonly AmendableClause[], operations: readonly Operation[]): string | null {
  const after = applyOperations<AmendableClause>(clauses, operations, (o) => ({ id: o.clauseId, section: o.section, text: o.text }));
  if (after === null) return null;
  const touched = new Set(operations.map((o) => o.clauseId));
  return after.filter((c) => touched.has(c.id)).flatMap((c) => Object.keys(c.text).toSorted().map((lang) => `${c.id} ${lang} ${c.text[lang]}`)).join('\n');
}
