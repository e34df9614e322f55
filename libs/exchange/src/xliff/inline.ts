import { type Content, el, type Element, isElement } from '../xml/tree.js';
import type { ReadText } from './model.js';

/** How a version of XLIFF writes a pair of brackets that is not agreed: the signs stay in the text, the mark keeps them together. */
type Mark = (id: number, children: readonly Content[]) => Element;
export const G: Mark = (id, children) => el('g', { id, ctype: 'x-bracket' }, children);
export const PC: Mark = (id, children) => el('pc', { id: `b${id}`, type: 'other', subType: 'comity:bracket', canDelete: 'no' }, children);

/** Marks in marks; deeper ones stay signs of the text, so that no reader's limit is reached. */
const DEEPEST = 40;

/** A text with its brackets as marks, those within others too; a bracket without its other is a sign like any. */
export function marked(text: string, mark: Mark): Content[] {
  interface Open {
    readonly children: Content[];
    readonly id: number;
  }
  const root: Open = { children: [], id: 0 };
  const stack = [root];
  let count = 0;
  const put = (into: Open, content: Content) => {
    const last = into.children.at(-1);
    if (typeof content === 'string' && typeof last === 'string') into.children[into.children.length - 1] = last + content;
    else if (content !== '') into.children.push(content);
  };
  for (const piece of text.split(/(?=[[\]])|(?<=[[\]])/)) {
    const top = stack.at(-1)!;
    if (piece === '[' && stack.length <= DEEPEST) stack.push({ children: ['['], id: ++count });
    else if (piece === ']' && stack.length > 1) {
      put(top, ']');
      stack.pop();
      put(stack.at(-1)!, mark(top.id, top.children));
    } else put(top, piece);
  }
  // What was opened and never closed is text again.
  while (stack.length > 1) {
    const open = stack.pop()!;
    for (const child of open.children) put(stack.at(-1)!, child);
  }
  return root.children;
}

/** Marks of our own, and those that tools set round segments, comments and terms: no part of the text depends on them. */
const isOurs = ({ name, attributes }: Element): boolean =>
  (name === 'g' && attributes['ctype'] === 'x-bracket') || (name === 'pc' && attributes['subType'] === 'comity:bracket') || name === 'mrk' || name === 'sm' || name === 'em' || name === 'cp';
/** Marks without content say in these what stands for them (XLIFF 1.2 `equiv-text`, 2.1 `equiv`). */
const equivalent = ({ attributes }: Element): string => attributes['equiv-text'] ?? attributes['equiv'] ?? '';

function plain(content: Content): string {
  if (!isElement(content)) return content;
  // A character that XML cannot hold (XLIFF 2.1, `cp`).
  if (content.name === 'cp') return String.fromCodePoint(Number.parseInt(content.attributes['hex'] ?? 'FFFD', 16) % 0x110000 || 0);
  return content.children.length === 0 ? equivalent(content) : content.children.map(plain).join('');
}

/** A source or target: every character of it, in marks, in codes (`ph`, `bpt`, `it`) and in what is set into codes (`sub`). */
export function readText({ children }: Element): ReadText {
  const foreign = new Set<string>();
  const look = (content: Content): void => {
    if (!isElement(content)) return;
    if (!isOurs(content)) foreign.add(content.name);
    content.children.forEach(look);
  };
  children.forEach(look);
  return { text: children.map(plain).join(''), content: children, foreign: [...foreign] };
}
