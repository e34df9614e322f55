import { type Edit, edits, type Piece } from '../diff.js';
import { applyOperations, isTextOperation, type Operation, rangeOf, type Section } from './operations.js';

/** One change of the whole text, as the record has it: which revision it made, and the operations on the one before. */
export interface Change<A = unknown> {
  readonly revision: number;
  readonly operations: readonly Operation[];
  /** Who and by what: whatever the reader wants to see beside the words. */
  readonly by: A;
}
/** A run of words and the change that brought them. */
export interface Run<A> {
  readonly text: string;
  readonly change: Change<A>;
}
export interface BlamedClause<A> {
  readonly id: string;
  readonly section: Section;
  readonly text: Readonly<Record<string, string>>;
  readonly runs: Readonly<Record<string, readonly Run<A>[]>>;
  /** The change that brought the clause. */
  readonly added: Change<A>;
}

/** Splits runs at an offset. */
function cut<A>(runs: readonly Run<A>[], at: number): [Run<A>[], Run<A>[]] {
  const [left, right]: [Run<A>[], Run<A>[]] = [[], []];
  let passed = 0;
  for (const run of runs) {
    const here = Math.min(Math.max(at - passed, 0), run.text.length);
    if (here > 0) left.push({ ...run, text: run.text.slice(0, here) });
    if (here < run.text.length) right.push({ ...run, text: run.text.slice(here) });
    passed += run.text.length;
  }
  return [left, right];
}

function put<A>(runs: readonly Run<A>[], { from, to, text }: Edit, change: Change<A>): Run<A>[] {
  const [left, rest] = cut(runs, from);
  const [, right] = cut(rest, to - from);
  return [...left, ...(text === '' ? [] : [{ text, change }]), ...right];
}

const editsOf = (o: Operation, lang: string): readonly Edit[] =>
  o.op === 'replace' || o.op === 'insert'
    ? [{ from: rangeOf(o)[0], to: rangeOf(o)[1], text: o.text }]
    : o.op === 'replace-whole'
      ? edits(o.expected, o.text, lang)
      : [];

/** One change later. @throws RangeError where the changes do not follow on each other */
export function after<A>(clauses: readonly BlamedClause<A>[], change: Change<A>): BlamedClause<A>[] {
  const applied = applyOperations<BlamedClause<A>>(clauses, change.operations, (o) => ({
    id: o.clauseId, section: o.section, text: o.text, added: change,
    runs: Object.fromEntries(Object.entries(o.text).map(([lang, text]) => [lang, text === '' ? [] : [{ text, change }]])),
  }));
  if (applied === null) throw new RangeError(`revision ${change.revision} does not follow on the text before it`);
  return applied.map((clause) => {
    const own = change.operations.filter(isTextOperation).filter((o) => o.clauseId === clause.id);
    if (own.length === 0) return clause;
    const runs = { ...clause.runs };
    for (const [lang, of] of Map.groupBy(own, (o) => o.lang)) {
      const all = of.flatMap((o) => editsOf(o, lang)).map((edit, i) => ({ edit, i })).toSorted((a, b) => b.edit.from - a.edit.from || b.i - a.i);
      runs[lang] = all.reduce((list, { edit }) => put(list, edit, change), runs[lang] ?? []);
    }
    return { ...clause, runs };
  });
}

/** The text as of a revision, each word with the change that brought it. */
export const textAt = <A>(changes: readonly Change<A>[], revision = Infinity): BlamedClause<A>[] =>
  changes.filter((c) => c.revision <= revision).reduce<BlamedClause<A>[]>(after, []);

/** A piece of a comparison, and who brought or took it: for what was taken, the change that took it where that is one. */
export interface AttributedPiece<A> extends Piece {
  readonly change: Change<A> | null;
}
export interface ComparedClause<A> {
  readonly id: string;
  readonly section: Section;
  readonly standing: 'same' | 'changed' | 'added' | 'removed' | 'moved';
  readonly pieces: readonly AttributedPiece<A>[];
}

/** The change that took words away: the last one between the two revisions which touched them. */
function takenBy<A>(changes: readonly Change<A>[], clauseId: string, lang: string, words: string): Change<A> | null {
  const touching = changes.filter((c) => c.operations.some((o) => o.clauseId === clauseId && (!isTextOperation(o) || o.lang === lang)));
  const naming = touching.filter((c) => c.operations.some((o) => (o.op === 'replace' || o.op === 'replace-whole') && o.clauseId === clauseId && o.lang === lang && o.expected.includes(words.trim())));
  return naming.at(-1) ?? touching.at(-1) ?? null;
}

/** Any two revisions in one language: clause by clause, with attribution of each change. Removed clauses stand where they stood. */
export function compareRevisions<A>(changes: readonly Change<A>[], from: number, to: number, lang: string): ComparedClause<A>[] {
  const between = changes.filter((c) => c.revision > from && c.revision <= to);
  const [old, now] = [textAt(changes, from), textAt(changes, to)];
  const before = new Map(old.map((c) => [c.id, c]));
  const standing = new Set(now.map((c) => c.id));
  const moved = new Set(between.flatMap((c) => c.operations.flatMap((o) => (o.op === 'move-clause' ? [o.clauseId] : []))));
  const compared = now.map((c): ComparedClause<A> => {
    const was = before.get(c.id);
    const pieces = attributed(was?.text[lang] ?? '', c.runs[lang] ?? [], between, c.id, lang);
    const changed = pieces.some((p) => p.kind !== 'same');
    return { id: c.id, section: c.section, standing: was === undefined ? 'added' : changed ? 'changed' : moved.has(c.id) ? 'moved' : 'same', pieces };
  });
  const gone = old.filter((c) => !standing.has(c.id));
  for (const c of gone) {
    const text = c.text[lang] ?? '';
    const piece = { kind: 'removed' as const, text, change: between.findLast((x) => x.operations.some((o) => o.op === 'delete-clause' && o.clauseId === c.id)) ?? null };
    const previous = old[old.indexOf(c) - 1];
    const at = previous ? compared.findIndex((x) => x.id === previous.id) + 1 : 0;
    compared.splice(at, 0, { id: c.id, section: c.section, standing: 'removed', pieces: [piece] });
  }
  return compared;
}

function attributed<A>(was: string, runs: readonly Run<A>[], between: readonly Change<A>[], clauseId: string, lang: string): AttributedPiece<A>[] {
  const now = runs.map((r) => r.text).join('');
  const pieces: AttributedPiece<A>[] = [];
  let [old, at] = [0, 0];
  const same = (upTo: number) => {
    if (upTo > old) pieces.push({ kind: 'same', text: was.slice(old, upTo), change: null });
    at += upTo - old;
    old = upTo;
  };
  for (const { from, to, text } of edits(was, now, lang)) {
    same(from);
    if (to > from) pieces.push({ kind: 'removed', text: was.slice(from, to), change: takenBy(between, clauseId, lang, was.slice(from, to)) });
    const [, rest] = cut(runs, at);
    for (const run of cut(rest, text.length)[0]) pieces.push({ kind: 'added', text: run.text, change: run.change });
    old = to;
    at += text.length;
  }
  same(was.length);
  return pieces;
}
