import { isTextOperation, type Operation, rangeOf } from './operations.js';

/**
 * How two amendments of one text stand to each other; it is the same read from either side.
 * The first three can both be accepted in any order with one result. `same-gap` can once both accept which stands first; `identical` ones are offered
 * to be joined. `other-language`: they touch one clause in two languages, where words cannot be compared.
 */
export const RELATIONS = [
  'independent', 'adjacent', 'move-against-edit', 'same-gap', 'identical', 'other-language', 'contains', 'overlap', 'delete-against-edit', 'exclusive',
] as const;
export type Relation = (typeof RELATIONS)[number];

const COMPATIBLE: ReadonlySet<Relation> = new Set(['independent', 'adjacent', 'move-against-edit']);
export const isCompatible = (relation: Relation): boolean => COMPATIBLE.has(relation);

export interface Amending {
  readonly id: string;
  readonly operations: readonly Operation[];
}

const wordsOf = (o: Operation): unknown[] =>
  o.op === 'insert' ? [o.op, o.clauseId, o.lang, o.at, o.text]
  : o.op === 'replace' ? [o.op, o.clauseId, o.lang, o.from, o.to, o.text]
  : o.op === 'replace-whole' ? [o.op, o.clauseId, o.lang, o.text]
  : o.op === 'insert-clause' ? [o.op, o.section, o.after, Object.entries(o.text).toSorted()]
  : o.op === 'move-clause' ? [o.op, o.clauseId, o.after]
  : [o.op, o.clauseId];
/** Do both do the same? The id that a new clause would get does not count. */
export const sameOperation = (a: Operation, b: Operation): boolean => JSON.stringify(wordsOf(a)) === JSON.stringify(wordsOf(b));

type Place = Extract<Operation, { op: 'replace' | 'insert' }>;
function ofPlaces(a: Place, b: Place): Relation {
  const [[a0, a1], [b0, b1]] = [rangeOf(a), rangeOf(b)];
  if (a1 < b0 || b1 < a0) return 'independent';
  if (a.op === 'insert' && b.op === 'insert') return 'same-gap';
  if (a0 === b0 && a1 === b1) return 'exclusive';
  if (a1 === b0 || b1 === a0) return 'adjacent';
  return (a0 <= b0 && a1 >= b1) || (b0 <= a0 && b1 >= a1) ? 'contains' : 'overlap';
}

type Structural = Exclude<Operation, { lang: string }>;
const isStructural = (o: Operation): o is Structural => !isTextOperation(o);
/** The clause behind which it puts something; `first` for the beginning of a section; nothing where it only takes away. */
const anchorOf = (o: Structural): string | undefined => (o.op === 'delete-clause' ? undefined : (o.after ?? 'first'));

/** Places of clauses are relative to their neighbours: what shares a clause or a neighbour depends on the order. */
function ofStructure(a: Structural, b: Structural): Relation {
  const removes = a.op === 'delete-clause' || b.op === 'delete-clause';
  if (a.clauseId === b.clauseId || a.clauseId === anchorOf(b) || b.clauseId === anchorOf(a)) return removes ? 'delete-against-edit' : 'exclusive';
  const otherSections = a.op === 'insert-clause' && b.op === 'insert-clause' && a.section !== b.section;
  return anchorOf(a) !== undefined && anchorOf(a) === anchorOf(b) && !otherSections ? 'same-gap' : 'independent';
}

/** Of two operations on one base. */
export function relationOfOperations(a: Operation, b: Operation): Relation {
  if (sameOperation(a, b)) return a.op === 'insert' || a.op === 'insert-clause' ? 'same-gap' : 'overlap';
  if (isStructural(a) && isStructural(b)) return ofStructure(a, b);
  if (a.clauseId !== b.clauseId) return 'independent';
  if (isStructural(a) || isStructural(b)) return a.op === 'delete-clause' || b.op === 'delete-clause' ? 'delete-against-edit' : 'move-against-edit';
  if (a.lang !== b.lang) return 'other-language';
  if (a.op === 'replace-whole' || b.op === 'replace-whole') return 'exclusive';
  return ofPlaces(a, b);
}

const covers = (a: readonly Operation[], b: readonly Operation[]) => a.every((x) => b.some((y) => sameOperation(x, y)));

/** Of two amendments: the gravest of what their operations are to each other. */
export function relation(a: Pick<Amending, 'operations'>, b: Pick<Amending, 'operations'>): Relation {
  if (a.operations.length === b.operations.length && a.operations.length > 0 && covers(a.operations, b.operations) && covers(b.operations, a.operations)) return 'identical';
  let worst = 0;
  for (const x of a.operations) for (const y of b.operations) worst = Math.max(worst, RELATIONS.indexOf(relationOfOperations(x, y)));
  return RELATIONS[worst]!;
}

export interface ConflictGroup {
  readonly members: readonly string[];
  readonly relations: readonly { readonly a: string; readonly b: string; readonly relation: Relation }[];
}

/** What an operation touches: amendments with nothing in common are not compared at all. */
const touched = (o: Operation): string[] => (isTextOperation(o) ? [o.clauseId] : [o.clauseId, ...(anchorOf(o) === undefined ? [] : [anchorOf(o)!])]);

/**
 * The connected components of what cannot be accepted together, in the order of the list; an amendment that stands in nobody's way is a group of its own,
 * so that the groups partition the set. `ordered` names pairs of insertions whose authors agreed which stands first.
 */
export function conflictGroups(amendments: readonly Amending[], ordered: (a: string, b: string) => boolean = () => false): ConflictGroup[] {
  const root = new Map(amendments.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (root.get(at) !== at) at = root.get(at)!;
    root.set(id, at);
    return at;
  };
  const place = new Map(amendments.map(({ id }, i) => [id, i]));
  const byPlace = new Map<string, Amending[]>();
  for (const amendment of amendments)
    for (const key of new Set(amendment.operations.flatMap(touched))) byPlace.set(key, [...(byPlace.get(key) ?? []), amendment]);
  const relations = new Map<string, { a: string; b: string; relation: Relation }>();
  for (const near of byPlace.values()) {
    for (const [i, a] of near.entries()) {
      for (const b of near.slice(i + 1)) {
        const key = `${a.id} ${b.id}`;
        if (relations.has(key)) continue;
        const found = relation(a, b);
        if (isCompatible(found) || (found === 'same-gap' && ordered(a.id, b.id))) continue;
        relations.set(key, { a: a.id, b: b.id, relation: found });
        const [x, y] = [find(a.id), find(b.id)];
        if (x !== y) root.set(place.get(x)! < place.get(y)! ? y : x, place.get(x)! < place.get(y)! ? x : y);
      }
    }
  }
  const groups = Map.groupBy(amendments, ({ id }) => find(id));
  const between = Map.groupBy(relations.values(), ({ a }) => find(a));
  return [...groups].map(([key, members]) => ({ members: members.map(({ id }) => id), relations: between.get(key) ?? [] }));
}
