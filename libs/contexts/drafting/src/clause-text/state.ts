import type { AggregateDefinition } from '#kernel';
import { applySteps, canonicalText, type CellDoc, cellFromText, mapPlace, parseStep, type Step, type StepJson, stepsBetween } from '#text';
import type { ClauseTextSchemas, DataOf } from './events.js';

export const STATES = ['none', 'open', 'closed'] as const;

/** A version that can still be built upon: the document before its steps, and the steps. */
export interface Recent {
  readonly version: number;
  readonly before: CellDoc;
  readonly steps: readonly Step[];
}
export interface Comment {
  readonly id: string;
  readonly by: string;
  /** Where its words are now; null where they are gone: the quotation is kept. */
  readonly place: { readonly from: number; readonly to: number } | null;
  readonly resolved: boolean;
}
/** What decisions about a clause's live text need to know of it. */
export interface ClauseText {
  readonly status: (typeof STATES)[number];
  readonly document: DataOf<'ClauseTextOpened'>['document'] | null;
  readonly clauseId: string;
  readonly lang: string;
  readonly draft: DataOf<'ClauseTextOpened'>['draft'] | null;
  readonly reach: 'groups' | 'network';
  readonly groups: readonly string[];
  readonly version: number;
  /** The version at which it was opened last. */
  readonly openedAt: number;
  readonly openedText: string;
  /** The version that was last offered to the document. */
  readonly restedAt: number;
  readonly doc: CellDoc;
  readonly recent: readonly Recent[];
  /** Fingerprints of the texts that it has had since it was opened: what the document may have taken from here. */
  readonly known: readonly number[];
  readonly comments: readonly Comment[];
}

/** So many commits behind the head one can still build upon; before that, the sender opens anew. */
export const FURTHEST_BEHIND = 2_000;

const EMPTY = cellFromText('');
/** So many texts are remembered; the document takes one long before (`reactions/versions.ts`). */
const REMEMBERED = 4_000;

/** FNV-1a, 32 bits: tells texts of one clause apart, and proves nothing. */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
export const initialClauseText: ClauseText = {
  status: 'none', document: null, clauseId: '', lang: '', draft: null, reach: 'groups', groups: [], version: 0, openedAt: 0, openedText: '', restedAt: 0, doc: EMPTY, recent: [],
  known: [], comments: [],
};

/** Steps of the record; none where they cannot be read, since a fold never throws. */
export function stepsOf(steps: readonly StepJson[]): readonly Step[] {
  try {
    return steps.map(parseStep);
  } catch {
    return [];
  }
}

export const follow = <C extends Pick<Comment, 'place'>>(comments: readonly C[], steps: readonly Step[]): C[] =>
  comments.map((comment) => {
    if (comment.place === null || steps.length === 0) return comment;
    const from = mapPlace(comment.place.from, steps, 1);
    const to = mapPlace(comment.place.to, steps, -1);
    return { ...comment, place: from === null || to === null || from >= to ? null : { from, to } };
  });

/** What a group's members said among themselves stays behind when the text is begun anew for the whole network; the record keeps it for them. */
export const carried = <C>(comments: readonly C[], before: 'groups' | 'network', now: 'groups' | 'network'): readonly C[] => (before === 'groups' && now === 'network' ? [] : comments);

export const evolveClauseText: AggregateDefinition<ClauseText, ClauseTextSchemas>['evolve'] = {
  ClauseTextOpened: (state, d) => {
    const doc = cellFromText(d.text);
    return {
      ...state, status: 'open', document: d.document, clauseId: d.clauseId, lang: d.lang, draft: d.draft ?? null, reach: d.reach, groups: d.groups,
      version: d.version, openedAt: d.version, openedText: d.text, restedAt: d.version, doc, recent: [], known: [fingerprint(canonicalText(doc))],
      comments: follow(carried(state.comments, state.reach, d.reach), stepsBetween(state.doc, doc, d.lang)),
    };
  },
  ClauseTextCommitted: (state, d) => {
    const steps = stepsOf(d.steps);
    const doc = applySteps(state.doc, steps) ?? state.doc;
    const recent = [...state.recent.slice(-FURTHEST_BEHIND + 1), { version: d.version, before: state.doc, steps }];
    return { ...state, version: d.version, doc, recent, known: [...state.known.slice(-REMEMBERED), fingerprint(canonicalText(doc))], comments: follow(state.comments, steps) };
  },
  ClauseTextShared: (state, { groups }) => ({ ...state, groups: [...new Set([...state.groups, ...groups])] }),
  ClauseTextRested: (state, d) => ({ ...state, restedAt: d.version }),
  // What the document took is what stands there from then on, and comments follow it.
  ClauseTextClosed: (state, d) => {
    const doc = d.taken === undefined ? state.doc : cellFromText(d.taken);
    return { ...state, status: 'closed', version: d.version, doc, recent: [], comments: follow(state.comments, stepsBetween(state.doc, doc, state.lang)) };
  },
  CommentMade: (state, d) => ({
    ...state, comments: [...state.comments, { id: d.commentId, by: '', place: d.from < d.to ? { from: d.from, to: d.to } : null, resolved: false }],
  }),
  CommentResolved: (state, { commentId }) => ({ ...state, comments: state.comments.map((c) => (c.id === commentId ? { ...c, resolved: true } : c)) }),
};
