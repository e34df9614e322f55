import { applyOperations, edits, isCompatible, isTextOperation, type Operation, relation, type Section, type TextOperation } from '#text';
import type { ExchangedAmendment, ExchangedClause, ExchangedDocument } from '../document.js';

/** A run of words of a paragraph: as they stand, or put in or taken out by an amendment. */
export interface DraftPiece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly by: ExchangedAmendment | null;
}
/** A clause as a draft shows it. `added` and `removed`: the amendment that brings or takes the whole of it. */
export interface DraftParagraph {
  readonly clause: Pick<ExchangedClause, 'id' | 'section' | 'label' | 'verb' | 'kind'>;
  readonly pieces: readonly DraftPiece[];
  readonly added: ExchangedAmendment | null;
  readonly removed: ExchangedAmendment | null;
}
export interface Drafted {
  readonly paragraphs: readonly DraftParagraph[];
  /** Amendments whose words are in the way of one before them: each on its own, with the clauses that it touches. */
  readonly apart: readonly { readonly amendment: ExchangedAmendment; readonly paragraphs: readonly DraftParagraph[] }[];
}

const ORDER: readonly ExchangedClause['section'][] = ['preambular', 'operative', 'article', 'annex'];
const inOrder = <C extends { readonly section: ExchangedClause['section'] }>(clauses: readonly C[]): C[] => ORDER.flatMap((s) => clauses.filter((c) => c.section === s));

interface Place {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly by: ExchangedAmendment;
}
const placesOf = (o: TextOperation, by: ExchangedAmendment): Place[] =>
  o.op === 'replace' ? [{ from: o.from, to: o.to, text: o.text, by }]
  : o.op === 'insert' ? [{ from: o.at, to: o.at, text: o.text, by }]
  : edits(o.expected, o.text, o.lang).map((e) => ({ ...e, by }));

function piecesOf(text: string, places: readonly Place[]): DraftPiece[] {
  const pieces: DraftPiece[] = [];
  let at = 0;
  const push = (kind: DraftPiece['kind'], words: string, by: ExchangedAmendment | null) => {
    if (words !== '') pieces.push({ kind, text: words, by });
  };
  for (const { from, to, text: words, by } of places.toSorted((a, b) => a.from - b.from)) {
    push('same', text.slice(at, from), null);
    push('removed', text.slice(from, to), by);
    push('added', words, by);
    at = to;
  }
  push('same', text.slice(at), null);
  return pieces;
}

/** What an amendment says in this language; structure counts in all of them. */
const operationsIn = ({ operations }: ExchangedAmendment, lang: string): Operation[] =>
  operations.filter((o) => (isTextOperation(o) ? o.lang === lang : o.op !== 'insert-clause' || o.text[lang] !== undefined));

type Plain = Pick<ExchangedClause, 'id' | 'section' | 'label' | 'verb' | 'kind' | 'text'>;
const made = (o: Extract<Operation, { op: 'insert-clause' }>): Plain => ({ id: o.clauseId, section: o.section, label: '', verb: null, text: o.text });
const bare = ({ id, section, label, verb, kind }: Plain): DraftParagraph['clause'] => ({ id, section, label, verb, ...(kind === undefined ? {} : { kind }) });

/** The clauses with the marks of amendments that can all stand in one text. */
function marked(clauses: readonly Plain[], lang: string, taken: readonly { readonly amendment: ExchangedAmendment; readonly operations: readonly Operation[] }[]): DraftParagraph[] {
  const places = new Map<string, Place[]>();
  const removed = new Map<string, ExchangedAmendment>();
  for (const { amendment, operations } of taken)
    for (const o of operations) {
      if (isTextOperation(o)) places.set(o.clauseId, [...(places.get(o.clauseId) ?? []), ...placesOf(o, amendment)]);
      else if (o.op !== 'insert-clause') removed.set(o.clauseId, amendment);
    }
  const paragraphs: DraftParagraph[] = clauses.map((c) => {
    const by = removed.get(c.id) ?? null;
    const text = c.text[lang] ?? '';
    // A clause that moves is taken from here as it stands; its new words go to the new place.
    return { clause: bare(c), pieces: by === null ? piecesOf(text, places.get(c.id) ?? []) : text === '' ? [] : [{ kind: 'removed', text, by }], added: null, removed: by };
  });
  for (const { amendment, operations } of taken) {
    const brought = new Set(operations.flatMap((o) => (o.op === 'insert-clause' || o.op === 'move-clause' ? [o.clauseId] : [])));
    if (brought.size === 0) continue;
    const after = inOrder(applyOperations(clauses as (Plain & { section: Section })[], operations, (o) => made(o) as Plain & { section: Section }) ?? []);
    for (const [i, c] of after.entries()) {
      if (!brought.has(c.id)) continue;
      const text = c.text[lang] ?? '';
      const paragraph: DraftParagraph = { clause: bare(c), pieces: text === '' ? [] : [{ kind: 'added', text, by: amendment }], added: amendment, removed: null };
      const previous = after[i - 1]?.id;
      const at = previous === undefined ? 0 : paragraphs.findIndex((p) => p.clause.id === previous && (brought.has(previous) ? p.added === amendment : p.added === null)) + 1;
      paragraphs.splice(at, 0, paragraph);
    }
  }
  return paragraphs;
}

const fits = (clauses: readonly Plain[], operations: readonly Operation[]): boolean =>
  applyOperations(clauses as (Plain & { section: Section })[], operations, (o) => made(o) as Plain & { section: Section }) !== null;

/**
 * The text in one language with its amendments drawn into it: to take all marks of one amendment and refuse all others gives that amendment's text; to refuse
 * all gives the text as it stands. An amendment that does not fit the text any more (displaced) is left out.
 */
export function drafted({ clauses }: Pick<ExchangedDocument, 'clauses'>, lang: string, amendments: readonly ExchangedAmendment[]): Drafted {
  const ordered = inOrder(clauses);
  const taken: { amendment: ExchangedAmendment; operations: Operation[] }[] = [];
  const apart: { amendment: ExchangedAmendment; paragraphs: DraftParagraph[] }[] = [];
  for (const amendment of amendments) {
    const operations = operationsIn(amendment, lang);
    if (operations.length === 0 || !fits(ordered, operations)) continue;
    const free = taken.every((t) => {
      const how = relation(t, { operations });
      // Marks of a clause that moves stand on its copy: an edit of another amendment would have no place there.
      return how !== 'move-against-edit' && isCompatible(how);
    });
    if (free) taken.push({ amendment, operations });
    else {
      const touched = new Set(operations.map((o) => o.clauseId));
      apart.push({ amendment, paragraphs: marked(ordered, lang, [{ amendment, operations }]).filter((p) => touched.has(p.clause.id)) });
    }
  }
  return { paragraphs: marked(ordered, lang, taken), apart };
}

/** The words of a paragraph once the marks of one amendment (or of none) are taken and all others refused; null where the paragraph is not there then. */
export function settled(p: DraftParagraph, accepted: string | null): string | null {
  if (p.added !== null && p.added.id !== accepted) return null;
  if (p.removed !== null && p.removed.id === accepted) return null;
  return p.pieces.filter(({ kind, by }) => kind === 'same' || (kind === 'added') === (by?.id === accepted)).map((piece) => piece.text).join('');
}
