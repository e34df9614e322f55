import { tokens } from './tokens.js';

/** One change of a text: the code units from `from` to `to` (UTF-16) give way to `text`. Of the text before; ordered, apart from each other. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
/** A piece of a comparison of two texts. */
export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Beyond so many differing tokens a text counts as written anew: its common words would be chance, and finding them costs the square. */
const MOST_DIFFERENCES = 500;

/** Pairs of indexes that both lists have in common, by the greedy algorithm of E. W. Myers, “An O(ND) Difference Algorithm” (1986). */
function common(a: readonly string[], b: readonly string[]): [number, number][] {
  const [n, m] = [a.length, b.length];
  const most = Math.min(n + m, MOST_DIFFERENCES);
  if (n === 0 || m === 0 || Math.abs(n - m) > most) return [];
  // Furthest x by diagonal k, which stands at k + most + 1.
  const reach = new Int32Array(2 * most + 3).fill(-1);
  reach[most + 2] = 0;
  const trace: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    trace.push(reach.slice(most - d, most + d + 3));
    // Diagonals beyond the ends of either list lead nowhere.
    for (let k = -d; k <= d; k += 2) {
      if (k < -m || k > n) continue;
      const at = k + most + 1;
      const down = k === -d || (k !== d && reach[at - 1]! < reach[at + 1]!);
      let x = down ? reach[at + 1]! : reach[at - 1]! + 1;
      let y = x - k;
      while (x < n && y < m && a[x] === b[y]) [x, y] = [x + 1, y + 1];
      reach[at] = x;
      if (x >= n && y >= m) return backtrack(trace, n, m);
    }
  }
  return [];
}

function backtrack(trace: readonly Int32Array[], n: number, m: number): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [n, m];
  for (let d = trace.length - 1; d > 0; d--) {
    // What was reached before step d: the diagonals from -d - 1 to d + 1.
    const before = trace[d]!;
    const k = x - y;
    const at = k + d + 1;
    const down = k === -d || (k !== d && before[at - 1]! < before[at + 1]!);
    const px = down ? before[at + 1]! : before[at - 1]!;
    const py = px - (down ? k + 1 : k - 1);
    while (x > px && y > py && x > 0 && y > 0 && (down ? x > px : x > px + 1)) pairs.push([(x -= 1), (y -= 1)]);
    [x, y] = [px, py];
  }
  while (x > 0 && y > 0) pairs.push([(x -= 1), (y -= 1)]);
  return pairs.toReversed();
}

const isSpace = (token: string): boolean => /^\s+$/.test(token);
const lengthOf = (list: readonly string[], from: number, to: number): number => list.slice(from, to).reduce((sum, t) => sum + t.length, 0);

/** Runs of tokens that differ; runs with nothing but a space between them are one. */
function runs(a: readonly string[], b: readonly string[]): [number, number, number, number][] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const shared = common(a.slice(start, a.length - end), b.slice(start, b.length - end)).map(([x, y]) => [x + start, y + start] as const);
  const found: [number, number, number, number][] = [];
  let [i, j] = [start, start];
  for (const [x, y] of [...shared, [a.length - end, b.length - end] as const]) {
    if (x > i || y > j) {
      const last = found.at(-1);
      if (last && last[1] === i - 1 && isSpace(a[i - 1]!)) [last[1], last[3]] = [x, y];
      else found.push([i, x, j, y]);
    }
    [i, j] = [x + 1, y + 1];
  }
  return found;
}

/** Without what both sides of a run begin or end with, which joining two runs can bring in. */
function trimmed(a: readonly string[], b: readonly string[], [a0, a1, b0, b1]: readonly [number, number, number, number]): [number, number, number, number] {
  let [i, j, end] = [a0, b0, 0];
  while (i < a1 && j < b1 && a[i] === b[j]) [i, j] = [i + 1, j + 1];
  while (a1 - end > i && b1 - end > j && a[a1 - 1 - end] === b[b1 - 1 - end]) end++;
  return [i, a1 - end, j, b1 - end];
}

/** What changed from one text to another, by words. `applyEdits(before, edits(before, after, lang))` is `after`. */
export function edits(before: string, after: string, lang: string): Edit[] {
  if (before === after) return [];
  const [a, b] = [tokens(before, lang), tokens(after, lang)];
  let [at, i] = [0, 0];
  return runs(a, b).map((run) => {
    const [a0, a1, b0, b1] = trimmed(a, b, run);
    at += lengthOf(a, i, a0);
    i = a0;
    return { from: at, to: at + lengthOf(a, a0, a1), text: b.slice(b0, b1).join('') };
  });
}

export const applyEdits = (text: string, changes: readonly Edit[]): string =>
  changes.toReversed().reduce((whole, { from, to, text: put }) => whole.slice(0, from) + put + whole.slice(to), text);

/** Two texts as one, with what went and what came: the redline. */
export function wordDiff(before: string, after: string, lang: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const push = (kind: Piece['kind'], text: string) => text !== '' && pieces.push({ kind, text });
  for (const { from, to, text } of edits(before, after, lang)) {
    push('same', before.slice(at, from));
    push('removed', before.slice(from, to));
    push('added', text);
    at = to;
  }
  push('same', before.slice(at));
  return pieces;
}
