import { Node, Schema } from 'prosemirror-model';

/**
 * A cell: one clause in one language. One paragraph of words; no HTML, image or link. `opening` is the verb that is set in italics, `bracket` what is
 * not agreed, `term` a protected term, `ref` a reference. Whatever else arrives is refused by name.
 */
export const cellSchema = new Schema({
  nodes: {
    doc: { content: 'text*', marks: 'opening bracket term ref' },
    text: { inline: true },
  },
  topNode: 'doc',
  marks: {
    opening: { toDOM: () => ['em', 0], parseDOM: [{ tag: 'em' }, { tag: 'i' }] },
    bracket: { attrs: { id: { validate: 'string' } }, inclusive: false, toDOM: (mark) => ['span', { class: 'bracket', 'data-bracket': String(mark.attrs['id']) }, 0] },
    term: { attrs: { id: { validate: 'string' } }, inclusive: false, toDOM: (mark) => ['span', { class: 'term', 'data-term': String(mark.attrs['id']) }, 0] },
    ref: { attrs: { id: { validate: 'string' } }, inclusive: false, toDOM: (mark) => ['span', { class: 'ref', 'data-ref': String(mark.attrs['id']) }, 0] },
  },
});

/** A document as JSON. @throws RangeError on anything that the schema does not know, or that breaks it */
export function parseCell(json: unknown): Node {
  const doc = Node.fromJSON(cellSchema, json);
  doc.check();
  return doc;
}

/** A cell from plain text; what stands in square brackets becomes a bracket again. */
export function cellFromText(text: string): Node {
  const pieces = text.normalize('NFC').split(/\[([^[\]]*)\]/);
  const nodes = pieces.flatMap((piece, i) => {
    if (piece === '') return [];
    return [i % 2 === 1 ? cellSchema.text(piece, [cellSchema.marks.bracket.create({ id: `b${(i + 1) / 2}` })]) : cellSchema.text(piece)];
  });
  return cellSchema.node('doc', null, nodes);
}

/** The words alone, as they are typed; offsets in them are positions in the document. */
export const plainText = (doc: Node): string => doc.textBetween(0, doc.content.size);

/** What is read, compared, digested: NFC, single spaces, none at the ends; brackets stand as `[` and `]`. */
export function canonicalText(doc: Node): string {
  let text = '';
  let open: string | null = null;
  doc.forEach((node) => {
    const bracket = node.marks.find((m) => m.type.name === 'bracket')?.attrs['id'] as string | undefined;
    if (open !== null && open !== bracket) text += ']';
    if (bracket !== undefined && open !== bracket) text += '[';
    open = bracket ?? null;
    text += node.text ?? '';
  });
  if (open !== null) text += ']';
  return canonicalWords(text);
}

/** The same of plain text. */
export const canonicalWords = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
