import type { View } from '#kernel';
import { applySteps, canonicalText, type CellDoc, cellFromText, parseCell, stepsBetween } from '#text';
import type { ClauseTextEvent, DataOf } from '../clause-text/events.js';
import { carried, follow, stepsOf } from '../clause-text/state.js';

export interface CommentDoc {
  id: string;
  by: string;
  onBehalfOf: string | null;
  at: string;
  text: string;
  quote: string;
  /** Offsets of its words as they stand now; null where they are gone. */
  place: { from: number; to: number } | null;
  inReplyTo: string | null;
  resolved: { by: string; at: string } | null;
}
/** The live text of one clause in one language, as of its last commit. */
export interface TextDoc {
  document: { type: 'statement' | 'mou'; id: string };
  clauseId: string;
  lang: string;
  draft: { draftId: string; groupId: string } | null;
  reach: 'groups' | 'network';
  status: 'open' | 'closed';
  version: number;
  openedAt: number;
  openedText: string;
  /** Canonical: with brackets. */
  text: string;
  /** The document of the editor, as JSON. */
  content: unknown;
  /** Who wrote since it was opened, the last one last, with the version of their last commit. */
  authors: readonly { personId: string; onBehalfOf: string | null; version: number; at: string }[];
  comments: readonly CommentDoc[];
}

const docOf = ({ content }: TextDoc): CellDoc => parseCell(content);
const begun = (doc: TextDoc | null, d: DataOf<'ClauseTextOpened'>): TextDoc => {
  const cell = cellFromText(d.text);
  // Remarks of those who drafted it stay with them once the whole network reads.
  const widened = doc?.reach === 'groups' && d.reach === 'network';
  const comments = doc === null || widened ? [] : follow(carried(doc.comments, doc.reach, d.reach), stepsBetween(docOf(doc), cell, d.lang));
  return {
    document: d.document, clauseId: d.clauseId, lang: d.lang, draft: d.draft ?? null, reach: d.reach, status: 'open', version: d.version, openedAt: d.version, openedText: d.text,
    text: canonicalText(cell), content: cell.toJSON(), authors: [], comments,
  };
};

/** Live texts: what a room loads at once, with comments where their words are; what a document takes versions from. */
export const texts: View<TextDoc, ClauseTextEvent> = {
  name: 'texts',
  version: 2,
  category: 'text',
  on: {
    ClauseTextOpened: begun,
    ClauseTextCommitted: (doc, d, { meta }) => {
      if (doc === null) return null;
      const steps = stepsOf(d.steps);
      const before = docOf(doc);
      const cell = applySteps(before, steps) ?? before;
      const { personId, onBehalfOf } = meta.actor;
      const author = { personId, onBehalfOf: onBehalfOf ?? null, version: d.version, at: meta.recordedAt };
      return {
        ...doc, version: d.version, text: canonicalText(cell), content: cell.toJSON(), comments: follow(doc.comments, steps),
        authors: steps.length === 0 ? doc.authors : [...doc.authors.filter((a) => a.personId !== personId), author],
      };
    },
    ClauseTextShared: (doc) => doc,
    ClauseTextRested: (doc) => doc,
    ClauseTextClosed: (doc, d) => {
      if (doc === null || d.taken === undefined) return doc && { ...doc, status: 'closed', version: d.version };
      const cell = cellFromText(d.taken);
      const comments = follow(doc.comments, stepsBetween(docOf(doc), cell, doc.lang));
      return { ...doc, status: 'closed', version: d.version, text: canonicalText(cell), content: cell.toJSON(), comments };
    },
    CommentMade: (doc, d, { meta }) =>
      doc && {
        ...doc,
        comments: [...doc.comments, {
          id: d.commentId, by: meta.actor.personId, onBehalfOf: meta.actor.onBehalfOf ?? null, at: meta.recordedAt, text: d.text, quote: d.quote,
          place: d.from < d.to ? { from: d.from, to: d.to } : null, inReplyTo: d.inReplyTo ?? null, resolved: null,
        }],
      },
    CommentResolved: (doc, d, { meta }) =>
      doc && { ...doc, comments: doc.comments.map((c) => (c.id === d.commentId ? { ...c, resolved: { by: d.by, at: meta.recordedAt } } : c)) },
  },
  belongs: { column: 'document' },
  columns: {
    document: (doc) => `${doc.document.type}-${doc.document.id}`,
    clause: (doc) => doc.clauseId,
    lang: (doc) => doc.lang,
    draft: (doc) => doc.draft?.draftId ?? null,
    group: (doc) => doc.draft?.groupId ?? null,
    status: (doc) => doc.status,
  },
};
