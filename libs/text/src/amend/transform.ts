import { isTextOperation, type Operation, rangeOf, type TextOperation } from './operations.js';
import { relation, isCompatible, type Relation } from './relation.js';

/** What an amendment becomes once another one, of the same base, has been accepted. */
export type Transformed =
  | { readonly operations: readonly Operation[]; readonly relation: Relation }
  | { readonly conflict: Relation };

/**
 * Where an offset goes. At the very place of an insertion it stays in front of it unless `behind`; the beginning of replaced words is in front
 * of them, their end behind.
 */
function moved(at: number, over: readonly TextOperation[], behind: boolean): number {
  let shift = 0;
  for (const o of over) {
    if (o.op === 'replace-whole') continue;
    const [from, to] = rangeOf(o);
    if (o.op === 'insert' ? from < at || (from === at && behind) : to <= at) shift += o.text.length - (to - from);
  }
  return at + shift;
}

/** Neighbouring words as they stand once the other operations have been applied; kept so that an insertion still names where it belongs. */
function contexts(o: Extract<Operation, { op: 'insert' }>, at: number, text: string | undefined): { left: string; right: string } {
  if (text === undefined) return { left: o.left, right: o.right };
  return { left: text.slice(Math.max(0, at - Math.max(o.left.length, 1)), at), right: text.slice(at, at + Math.max(o.right.length, 1)) };
}

function moveOne(o: Operation, over: readonly Operation[], textAfter: (clauseId: string, lang: string) => string | undefined, behind: boolean): Operation {
  if (!isTextOperation(o)) return o;
  const near = over.filter((x): x is TextOperation => isTextOperation(x) && x.clauseId === o.clauseId && x.lang === o.lang);
  if (near.length === 0 || o.op === 'replace-whole') return o;
  if (o.op === 'insert') {
    const at = moved(o.at, near, behind);
    return { ...o, at, ...contexts(o, at, textAfter(o.clauseId, o.lang)) };
  }
  // What is inserted right before the words stays before them: they begin behind it, and end before what is inserted behind them.
  return { ...o, from: moved(o.from, near, true), to: moved(o.to, near, false) };
}

/**
 * The operations of one amendment over those of another one that was accepted on the same base.
 * @param textAfter the text of a clause once `over` has been applied
 * @param order where both insert at one place and their authors agreed: does this one stand `behind` or `before` the accepted one?
 */
export function transform(
  operations: readonly Operation[],
  over: readonly Operation[],
  textAfter: (clauseId: string, lang: string) => string | undefined,
  order?: 'before' | 'behind',
): Transformed {
  const found = relation({ operations }, { operations: over });
  const agreed = found === 'same-gap' && order !== undefined;
  if (!isCompatible(found) && !agreed) return { conflict: found };
  const after = operations.map((o) => moveOne(o, over, textAfter, agreed && order === 'behind'));
  if (!agreed || order === 'before') return { operations: after, relation: found };
  // A clause that is to stand behind another one at the same place follows it.
  const follow = after.map((o) => {
    if (o.op !== 'insert-clause' && o.op !== 'move-clause') return o;
    const first = over.findLast((x) => (x.op === 'insert-clause' || x.op === 'move-clause') && x.after === o.after);
    return first ? { ...o, after: first.clauseId } : o;
  });
  return { operations: follow, relation: found };
}

/** Where a range of words (a bracket, a comment) goes once operations have been applied; null where none of it is left. */
export function movedRange(range: { readonly from: number; readonly to: number }, over: readonly Operation[], clauseId: string, lang: string): { from: number; to: number } | null {
  const near = over.filter((x): x is TextOperation => isTextOperation(x) && x.clauseId === clauseId && x.lang === lang);
  if (near.some((o) => o.op === 'replace-whole')) return null;
  let { from, to } = range;
  for (const o of near.toSorted((a, b) => rangeOf(b as never)[0] - rangeOf(a as never)[0]) as Extract<TextOperation, { op: 'replace' | 'insert' }>[]) {
    const [a, b] = rangeOf(o);
    const delta = o.text.length - (b - a);
    if (b <= from) [from, to] = [from + delta, to + delta];
    else if (a >= to) continue;
    else if (a >= from && b <= to) to += delta;
    else if (a < from && b >= to) return o.text === '' ? null : { from: a, to: a + o.text.length };
    else if (a < from) [from, to] = [a + o.text.length, to + delta];
    else to = a;
  }
  return to > from ? { from, to } : null;
}
