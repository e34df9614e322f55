import { amber, type Circumstances, defineAggregate, GREEN, Id, LanguageTag, refuse, type Refusal, rowsFor } from '#kernel';
import { applySteps, canonicalText, canonicalWords, parseStep, rebase, type Step, type StepJson, stepJson } from '#text';
import { z } from 'zod';
import { ClauseTextEvents, type ClauseTextSchemas, DocumentRef, DraftRef, MOST_STEPS, Reason, StepShape } from './events.js';
import { type ClauseText, evolveClauseText, fingerprint, FURTHEST_BEHIND, initialClauseText, STATES } from './state.js';
import { type CellRole, roleOf, type Writing } from './roles.js';

/** What is known of the document round the clause, and of the one who writes. */
export type TextEvidence = Writing | null;
type Ctx = Circumstances<TextEvidence | undefined>;
const { command, event } = rowsFor<ClauseText, ClauseTextSchemas, TextEvidence | undefined>(ClauseTextEvents);

const Cell = z.object({ document: DocumentRef, clauseId: Id, lang: LanguageTag, draft: DraftRef.optional() });
/** No clause of a statement or memorandum is longer, in UTF-16 code units. */
export const LONGEST = 20_000;

/** May this be written by whom? The document's phase, clause and language decide; the default is no. */
function notWritten({ evidence, actor }: Ctx, role: CellRole = 'write'): Refusal | undefined {
  if (evidence === undefined || evidence === null) return refuse('text.unknown-cell');
  const has = roleOf(evidence, actor);
  if (has === 'write' || (role === 'comment' && has === 'comment')) return undefined;
  return evidence.shut === null ? refuse('text.not-yours', { lang: evidence.lang }, 'STM-3') : refuse('text.shut', { reason: evidence.shut }, 'STM-3');
}
/** Does the document still have what this text began with, or what it took from here? A group's own copy stands on what it began with: it is brought up to date when it is tabled. */
const inStep = ({ draft, known }: ClauseText, { text }: Writing): boolean => draft !== null || known.includes(fingerprint(canonicalWords(text)));

const opening = (evidence: Writing, state: ClauseText) =>
  event('ClauseTextOpened', {
    document: evidence.document, clauseId: evidence.clauseId, lang: evidence.lang, text: evidence.text, reach: evidence.reach, groups: [...evidence.groups], version: state.version + 1,
    ...(evidence.draft ? { draft: evidence.draft } : {}),
  });

function read(steps: readonly StepJson[]): readonly Step[] | Refusal {
  try {
    return steps.map(parseStep);
  } catch (error) {
    return refuse('text.unreadable-steps', { reason: (error as Error).message.slice(0, 200) });
  }
}

/** The live text of one clause in one language: the words as they are typed, each change under the name of who made it. */
export const clauseText = defineAggregate<ClauseText, ClauseTextSchemas, TextEvidence | undefined>({
  name: 'ClauseText',
  category: 'text',
  events: ClauseTextEvents,
  states: STATES,
  terminal: [],
  initial: initialClauseText,
  invariants: {
    'TXT-1': 'A commit is built on a recorded version and brought over everything recorded since; the record holds the steps exactly as they were broadcast.',
    'TXT-2': 'Nobody writes but who may write this clause in this language in this phase of the document; the person is the session’s, never the sender’s word.',
    'TXT-3': 'A step that finds no place any more is counted in the event; its words are with the one who wrote them.',
    'TXT-4': 'A text that is closed takes no commit; what was written behind what the document took is kept in the event that closes it.',
    'TXT-5': 'A comment follows its words, and keeps its quotation where they are gone.',
  },
  commands: {
    // The document decides who may; that is evidence, so the row itself is open to whoever is of the network.
    OpenText: command({
      by: ['Anyone'], from: ['none', 'open', 'closed'], to: 'open', emits: ['ClauseTextOpened'], guards: ['TXT-2'],
      input: Cell,
      decide: (_, state, ctx) => notWritten(ctx) ?? (state.status === 'open' && inStep(state, ctx.evidence!) ? [] : [opening(ctx.evidence!, state)]),
    }),
    CommitText: command({
      by: ['Anyone'], from: ['open'], to: 'same', emits: ['ClauseTextCommitted'], guards: ['TXT-1', 'TXT-2', 'TXT-3'],
      input: z.strictObject({ base: z.int().nonnegative(), steps: z.array(StepShape).min(1).max(MOST_STEPS) }),
      decide: ({ base, steps: sent }, state, ctx) => {
        const refused = notWritten(ctx);
        if (refused) return refused;
        const { version, openedAt, recent } = state;
        if (!inStep(state, ctx.evidence!) || base < openedAt || base > version || version - base > FURTHEST_BEHIND)
          return refuse('text.stale', { base, head: version }, 'TXT-1');
        const steps = read(sent);
        if ('refused' in steps) return steps;
        const since = recent.filter((r) => r.version > base);
        const on = since[0]?.before ?? state.doc;
        if (applySteps(on, steps) === null) return refuse('text.unfitting-steps', { base }, 'TXT-1');
        const over = since.flatMap((r) => r.steps);
        const { steps: rebased, dropped, doc } = rebase(on, steps, over);
        if (doc.content.size > LONGEST) return refuse('text.too-long', { most: LONGEST });
        return [event('ClauseTextCommitted', { base, version: version + 1, steps: rebased.map(stepJson), dropped: [...dropped], textHash: ctx.sha256(canonicalText(doc)) })];
      },
    }),
    ShareText: command({
      by: ['System'], from: ['open'], to: 'same', emits: ['ClauseTextShared'],
      input: ClauseTextEvents.schema('ClauseTextShared'),
      decide: ({ groups }, state) => (groups.every((g) => state.groups.includes(g)) ? [] : [event('ClauseTextShared', { groups })]),
    }),
    // By a rule after a minute's rest, or by a writer who leaves or asks for it; the document makes the version.
    RestText: command({
      by: ['System', 'Anyone'], from: ['open'], to: 'same', emits: ['ClauseTextRested'],
      input: ClauseTextEvents.schema('ClauseTextRested').omit({ version: true }),
      decide: ({ why }, state, ctx) => {
        const refused = ctx.actor.capacity === 'system' ? undefined : notWritten(ctx);
        // Asking again is heard again: in the negotiation a translation is done only when its writer says so.
        return refused ?? (state.draft || (state.restedAt === state.version && why !== 'asked') ? [] : [event('ClauseTextRested', { version: state.version, why })]);
      },
    }),
    // Given by rules when the document moves on or has other words, and by a group for a draft of its own.
    CloseText: command({
      by: ['System', 'Anyone'], from: ['open', 'closed'], to: 'closed', emits: ['ClauseTextClosed'], guards: ['TXT-4', 'TXT-5'],
      input: z.object({ reason: Reason, taken: z.string().max(40_000).optional() }),
      decide: ({ reason, taken }, state, ctx) => {
        if (ctx.actor.capacity !== 'system' && (state.draft?.groupId !== ctx.actor.onBehalfOf || ctx.actor.onBehalfOf === undefined || reason !== 'discarded'))
          return refuse('text.not-yours', { lang: state.lang }, 'TXT-2');
        const now = canonicalText(state.doc);
        // Closed already: where the document has other words since, comments follow them.
        if (state.status === 'closed' && (taken === undefined || taken === now)) return [];
        const typed = state.status === 'open' && now !== canonicalWords(state.openedText);
        const left = taken === undefined || taken === now || !typed ? {} : { left: now };
        return [event('ClauseTextClosed', { reason, version: state.version + 1, ...(taken === undefined ? {} : { taken }), ...left })];
      },
    }),
    MakeComment: command({
      by: ['Anyone'], from: ['none', 'open', 'closed'], to: ['open', 'closed', 'none'], emits: ['ClauseTextOpened', 'CommentMade'], guards: ['TXT-5'],
      input: ClauseTextEvents.schema('CommentMade').omit({ commentId: true, quote: true }).extend(Cell.shape),
      decide: ({ from, to, version, text, inReplyTo }, state, ctx) => {
        const refused = notWritten(ctx, 'comment');
        if (refused) return refused;
        const evidence = ctx.evidence!;
        // Where nobody has typed yet, or the document has moved on, the comment hangs on the document's own words.
        const anew = state.reach !== evidence.reach || canonicalText(state.doc) !== canonicalWords(evidence.text);
        const begins = state.status === 'none' || (state.status === 'closed' && anew) ? [opening(evidence, state)] : [];
        const words = begins.length > 0 ? evidence.text : state.doc.textBetween(0, state.doc.content.size);
        if (inReplyTo !== undefined && !state.comments.some((c) => c.id === inReplyTo)) return refuse('text.unknown-comment', {}, 'TXT-5');
        if (inReplyTo === undefined && begins.length === 0 && version !== state.version) return refuse('text.stale', { base: version, head: state.version }, 'TXT-1');
        if (to > words.length || from > to) return refuse('text.outside', { length: words.length }, 'TXT-5');
        const made = event('CommentMade', {
          commentId: ctx.newId(0), version: state.version + begins.length, from, to, quote: words.slice(from, to), text, ...(inReplyTo === undefined ? {} : { inReplyTo }),
        });
        return [...begins, made];
      },
    }),
    ResolveComment: command({
      by: ['Anyone'], from: ['open', 'closed'], to: 'same', emits: ['CommentResolved'], guards: ['TXT-5'],
      input: ClauseTextEvents.schema('CommentResolved').omit({ by: true }),
      decide: (input, state, ctx) => {
        const refused = notWritten(ctx, 'comment');
        if (refused) return refused;
        const comment = state.comments.find((c) => c.id === input.commentId);
        if (!comment) return refuse('text.unknown-comment', {}, 'TXT-5');
        return comment.resolved ? [] : [event('CommentResolved', { ...input, by: ctx.actor.personId })];
      },
    }),
  },
  quiet: ['ClauseTextOpened', 'ClauseTextCommitted', 'ClauseTextShared', 'ClauseTextRested', 'ClauseTextClosed'],
  evolve: evolveClauseText,
  groups: (state) => state.groups,
  label: ({ draft, reach, groups }) => (draft ? { tlp: 'AMBER+STRICT', groups: [draft.groupId] } : reach === 'network' ? GREEN : amber(...groups)),
});
