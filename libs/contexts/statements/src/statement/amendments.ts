import { refuse, type Refusal } from '#kernel';
import { applyOperations, isTextOperation, type Operation, rangeOf, transform, type Relation, relation, type TextOperation } from '#text';
import { event, type Ctx } from './rules.js';
import type { StatementEvent } from './events.js';
import { type Amendment, type Clause, clauseOf, type Statement } from './state.js';

/** Pure rules of amendments: what is pending, what an accepted change does to the others. The commands stand in `amending.ts` and `settling.ts`. */

export const amendmentOf = (state: Statement, id: string): Amendment | undefined => state.amendments.find((a) => a.id === id);
export const isPending = ({ status }: Pick<Amendment, 'status'>): boolean => status === 'open' || status === 'displaced';
export const pendingAmendments = <A extends Pick<Amendment, 'status'>>(amendments: readonly A[]): A[] => amendments.filter(isPending);
export const unknownAmendment = (amendment: string): Refusal => refuse('statement.unknown-amendment', { amendment }, 'STM-3');

const fresh = (o: Extract<Operation, { op: 'insert-clause' }>): Clause => ({
  id: o.clauseId, section: o.section, text: o.text, stale: [], revision: 0, agreement: 'open', verb: null, versions: {}, characterisationBy: null,
});
/** The clauses after an amendment; null where it does not fit. */
export const amended = (clauses: readonly Clause[], operations: readonly Operation[]): Clause[] | null => applyOperations(clauses, operations, fresh);
const textIn = (clauses: readonly Clause[]) => (clauseId: string, lang: string) => clauses.find((c) => c.id === clauseId)?.text[lang];

/** The clauses on which an amendment stands: those of the text, or of its parent. */
export function ground(state: Statement, { to }: Pick<Amendment, 'to'>): readonly Clause[] | null {
  if (to === null) return state.clauses;
  const parent = amendmentOf(state, to);
  return parent === undefined || !isPending(parent) ? null : amended(state.clauses, parent.operations);
}

/** Did both authors accept which of two insertions stands first? */
export function orderOf(state: Statement, own: string, accepted: string): 'before' | 'behind' | undefined {
  const found = state.orders.find((o) => [o.first, o.second].toSorted().join() === [own, accepted].toSorted().join() && o.by.length === 2);
  return found === undefined ? undefined : found.first === own ? 'before' : 'behind';
}

/** The amendment over a change of what it stands on: rebased, joined where it says the same, else displaced. */
function follow(state: Statement, a: Amendment, over: readonly Operation[], clausesAfter: readonly Clause[], revision: number, cause: string | null, undoUntil: string): StatementEvent[] {
  const accepted = cause === null ? undefined : amendmentOf(state, cause);
  if (accepted && a.to === accepted.to && relation(a, accepted) === 'identical') return [event('AmendmentJoined', { amendmentId: a.id, into: accepted.id })];
  const result = transform(a.operations, over, textIn(clausesAfter), cause === null ? undefined : orderOf(state, a.id, cause));
  const displaced = (why: Relation) => [event('AmendmentDisplaced', { amendmentId: a.id, revision, relation: why, ...(cause === null ? {} : { by: cause }) })];
  if ('conflict' in result) return displaced(result.conflict);
  if (JSON.stringify(result.operations) === JSON.stringify(a.operations)) return [];
  if (amended(clausesAfter, result.operations) === null) return displaced('overlap');
  return [event('AmendmentRebased', { amendmentId: a.id, revision, operations: [...result.operations], before: [...a.operations], undoUntil })];
}

/**
 * What becomes of every other open amendment once the text has changed by `over`. Amendments to an amendment follow what becomes of it.
 * @param cause the amendment that was accepted, or null where the text changed otherwise
 */
export function settle(state: Statement, over: readonly Operation[], revision: number, cause: string | null, ctx: Ctx, except: readonly string[] = []): StatementEvent[] {
  const after = amended(state.clauses, over) ?? state.clauses;
  const undoUntil = ctx.evidence?.undoUntil ?? ctx.now;
  const skip = new Set([...except, ...(cause === null ? [] : [cause])]);
  return state.amendments.filter((a) => a.status === 'open' && a.to === null && !skip.has(a.id)).flatMap((a) => {
    const own = follow(state, a, over, after, revision, cause, undoUntil);
    const subs = state.amendments.filter((s) => s.to === a.id && s.status === 'open');
    if (subs.length === 0) return own;
    const [first] = own;
    if (first?.type === 'AmendmentDisplaced' || first?.type === 'AmendmentJoined')
      return [...own, ...subs.map((s) => event('AmendmentDisplaced', { amendmentId: s.id, revision, relation: 'overlap', by: a.id }))];
    // The parent's text has moved under them by the same change, brought over the parent.
    const moved = transform(over, a.operations, () => undefined);
    const parent = first?.type === 'AmendmentRebased' ? first.data.operations : a.operations;
    const ground = amended(after, parent) ?? after;
    return [...own, ...subs.flatMap((s) => ('conflict' in moved ? [] : follow(state, s, moved.operations, ground, revision, null, undoUntil)))];
  });
}

/** The words before operations that led to these. */
function wordsBefore(text: string, operations: readonly TextOperation[]): string {
  const whole = operations.find((o) => o.op === 'replace-whole');
  if (whole) return whole.expected;
  const places = (operations as readonly Extract<TextOperation, { op: 'replace' | 'insert' }>[]).toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0]);
  // From the beginning: what stands before is as it was by then, and so are the places.
  return places.reduce((all, o) => all.slice(0, rangeOf(o)[0]) + (o.op === 'replace' ? o.expected : '') + all.slice(rangeOf(o)[0] + o.text.length), text);
}

/** The last revision in the negotiation at which a clause read so; nothing where it never did. */
export function revisionReading(state: Statement, clauseId: string, lang: string, words: string): number | undefined {
  let text = clauseOf(state, clauseId)?.text[lang] ?? '';
  for (const { revision, operations } of state.changes.toReversed()) {
    text = wordsBefore(text, operations.filter(isTextOperation).filter((o) => o.clauseId === clauseId && o.lang === lang));
    if (text === words) return revision - 1;
  }
  return undefined;
}

/** The operations of a change, as one that was made on an earlier text, brought over what was accepted since; a refusal where words are in each other's way. */
export function upToDate(state: Statement, operations: readonly Operation[], base: number): readonly Operation[] | Refusal {
  let current = operations;
  for (const past of state.changes.filter((c) => c.revision > base)) {
    const result = transform(current, past.operations, () => undefined);
    if ('conflict' in result) return refuse('statement.amendment-overtaken', { revision: past.revision, relation: result.conflict }, 'STM-3');
    current = result.operations;
  }
  // The neighbouring words of insertions are read anew: they may have changed.
  const after = state.clauses;
  return current.map((o) => {
    if (o.op !== 'insert') return o;
    const text = after.find((c) => c.id === o.clauseId)?.text[o.lang] ?? '';
    return { ...o, left: text.slice(Math.max(0, o.at - o.left.length), o.at), right: text.slice(o.at, o.at + o.right.length) };
  });
}

/** Clauses that the operations change or take away. */
export const touchedClauses = (operations: readonly Operation[]): string[] => [...new Set(operations.flatMap((o) => (o.op === 'insert-clause' ? [] : [o.clauseId])))];
