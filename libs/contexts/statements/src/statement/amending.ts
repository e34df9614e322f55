import { Id, isRefusal, LanguageTag, Multilingual, refuse, type Refusal } from '#kernel';
import { derive, type Operation } from '#text';
import { z } from 'zod';
import { amended, amendmentOf, ground, isPending, revisionReading, touchedClauses, unknownAmendment, upToDate } from './amendments.js';
import { AmendmentId, ProposedChange, ProposedStructure } from './amendment-schemas.js';
import { StatementEvents } from './events.js';
import { type Ctx, event, forGroup, part } from './rules.js';
import { imported } from './schemas.js';
import { type Amendment, clauseOf, type Statement } from './state.js';
import { labels } from './text.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;
const onBehalf = { groupId: imported.groupId };

type Change = z.output<typeof ProposedChange>;
type Structure = z.output<typeof ProposedStructure>;

/** What the group wrote in its own copy, beside what the command itself says. */
const changesOf = ({ draftId, changes }: { draftId?: string | undefined; changes: readonly Change[] }, { evidence }: Ctx): readonly (Change & { readonly base?: number })[] =>
  draftId === undefined ? changes : [...changes, ...(evidence?.drafts ?? [])];

function wordsAsProposed(change: Change, text: string, whole: boolean): Operation[] {
  const { clauseId, lang } = change;
  const before = change.before ?? text;
  if (whole) return before === change.text ? [] : [{ op: 'replace-whole', clauseId, lang, expected: text, text: change.text }];
  return derive(clauseId, lang, before, change.text);
}

/** The operations that lead from the text to what is proposed; what was written on an earlier text is brought over what was accepted since (STM-3). */
function operationsOf(
  state: Statement, base: readonly { readonly id: string; readonly text: Multilingual }[], changes: readonly Change[], structure: readonly Structure[],
  { baseRevision, whole, newId }: { baseRevision: number; whole: boolean; newId: (n: number) => string },
): readonly Operation[] | Refusal {
  const label = labels(state.clauses);
  const operations: Operation[] = [];
  for (const change of changes) {
    const clause = base.find((c) => c.id === change.clauseId);
    if (!clause) return refuse('statement.unknown-clause', { clause: change.clauseId }, 'STM-2');
    if (!state.languages.includes(change.lang)) return refuse('statement.language-not-authentic', { lang: change.lang }, 'STM-5');
    const text = clause.text[change.lang] ?? '';
    const own = wordsAsProposed(change, text, whole);
    const moved = change.before === undefined || change.before === text ? own : upToDate(state, own, revisionReading(state, change.clauseId, change.lang, change.before) ?? baseRevision);
    if (isRefusal(moved)) return moved;
    operations.push(...(moved as readonly Operation[]));
  }
  for (const [i, s] of structure.entries()) {
    if (s.op !== 'insert-clause' && !base.some((c) => c.id === s.clauseId)) return refuse('statement.unknown-clause', { clause: s.clauseId }, 'STM-2');
    if (s.op === 'insert-clause') {
      const lacking = state.languages.find((l) => s.text[l] !== undefined) === undefined;
      if (lacking) return refuse('statement.lead-language-missing', { lang: state.leadLanguage }, 'STM-5');
    }
    if (s.op !== 'delete-clause' && s.after !== null && !base.some((c) => c.id === s.after)) return refuse('statement.unknown-clause', { clause: s.after }, 'STM-2');
    operations.push(s.op === 'insert-clause' ? { ...s, clauseId: newId(10 + i) } : s);
  }
  const agreed = touchedClauses(operations).find((id) => clauseOf(state, id) !== undefined && clauseOf(state, id)!.agreement !== 'open');
  if (agreed !== undefined) return refuse('statement.clause-agreed', { clause: label[agreed] ?? agreed }, 'STM-3');
  if (operations.length === 0) return refuse('statement.amendment-changes-nothing', {}, 'STM-3');
  // What another amendment's words were cannot be taken for the text's own.
  return amended(base as never, operations) === null ? refuse('statement.clause-changed-since', { base: baseRevision, changed: state.revision, head: state.revision }, 'STM-3') : operations;
}

const Proposal = z.object({
  lang: LanguageTag, changes: z.array(ProposedChange).max(50).default([]), structure: z.array(ProposedStructure).max(50).default([]),
  /** An alternative to the whole clause, not to some of its words. */
  whole: z.boolean().default(false), draftId: Id.optional(), baseRevision: z.int().nonnegative(),
});

export const ProposeAmendment = part({
  input: Proposal.extend({ amendmentId: AmendmentId, to: AmendmentId.optional(), rationale: Multilingual, personId: imported.personId, ...onBehalf }),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) => {
      const { amendmentId, to, lang, rationale, baseRevision, whole } = input;
      if (amendmentOf(state, amendmentId)) return refuse('statement.amendment-exists', {}, 'STM-3');
      const parent = to === undefined ? null : amendmentOf(state, to);
      if (parent === undefined) return unknownAmendment(to!);
      // Two deep: an amendment to an amendment to an amendment is a text of its own.
      if (parent !== null && parent.to !== null) return refuse('statement.amendment-too-deep', {}, 'STM-3');
      if (parent !== null && parent.status !== 'open') return refuse('statement.amendment-not-open', { number: parent.number }, 'STM-3');
      const base = ground(state, { to: parent?.id ?? null });
      if (base === null) return unknownAmendment(to!);
      const operations = operationsOf(state, base, changesOf(input, ctx), input.structure, { baseRevision, whole, newId: ctx.newId });
      if (isRefusal(operations)) return operations;
      const authors = [...new Set([ctx.actor.personId, ...(ctx.evidence?.drafts ?? []).flatMap((d) => d.authors)])];
      return [event('AmendmentProposed', {
        amendmentId, number: state.amendments.length + 1, lang, operations: [...operations], by, personId: ctx.mode === 'import' ? input.personId : ctx.actor.personId,
        authors: ctx.mode === 'import' ? undefined : authors, rationale, baseRevision: state.revision, to, draftId: input.draftId,
      })];
    }),
});

/** Only who stands behind an amendment changes or withdraws it. */
const own = (state: Statement, id: string, by: string, then: (a: Amendment) => ReturnType<NonNullable<Parameters<typeof forGroup>[2]>>) => {
  const amendment = amendmentOf(state, id);
  if (!amendment) return unknownAmendment(id);
  if (amendment.by !== by) return refuse('statement.not-your-amendment', { number: amendment.number }, 'STM-3');
  return isPending(amendment) ? then(amendment) : refuse('statement.amendment-not-open', { number: amendment.number }, 'STM-3');
};

export const SecondAmendment = part({
  input: z.object({ amendmentId: AmendmentId, personId: imported.personId, ...onBehalf }),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) => {
      const amendment = amendmentOf(state, input.amendmentId);
      if (!amendment) return unknownAmendment(input.amendmentId);
      if (!isPending(amendment)) return refuse('statement.amendment-not-open', { number: amendment.number }, 'STM-3');
      const personId = ctx.mode === 'import' ? input.personId : ctx.actor.personId;
      const known = amendment.by === by || amendment.supporters.some((s) => s === `${by} ${personId ?? ''}`);
      return known ? [] : [event('AmendmentSeconded', { amendmentId: amendment.id, by, personId })];
    }),
});

export const WithdrawAmendment = part({
  input: z.object({ amendmentId: AmendmentId, ...onBehalf }),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) =>
      own(state, input.amendmentId, by, (a) => [
        event('AmendmentWithdrawn', { amendmentId: a.id, by }),
        ...state.amendments.filter((s) => s.to === a.id && isPending(s)).map((s) => event('AmendmentFell', { amendmentId: s.id, because: 'parent-gone' as const })),
      ]),
    ),
});

/** Both say the same: the one is carried by the other, and both keep the credit. */
export const JoinAmendment = part({
  input: z.object({ amendmentId: AmendmentId, into: AmendmentId, ...onBehalf }),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) =>
      own(state, input.amendmentId, by, (a) => {
        const into = amendmentOf(state, input.into);
        if (!into || into.id === a.id || into.to !== a.to) return unknownAmendment(input.into);
        if (into.status !== 'open') return refuse('statement.amendment-not-open', { number: into.number }, 'STM-3');
        return [event('AmendmentJoined', { amendmentId: a.id, into: into.id, by })];
      }),
    ),
});

/** By its author, on the text as it now stands. */
export const ReanchorAmendment = part({
  input: Proposal.extend({ amendmentId: AmendmentId, ...onBehalf }),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) =>
      own(state, input.amendmentId, by, (a) => {
        const base = ground(state, a);
        if (base === null) return unknownAmendment(a.to ?? '');
        const operations = operationsOf(state, base, changesOf(input, ctx), input.structure, { baseRevision: input.baseRevision, whole: input.whole, newId: ctx.newId });
        return isRefusal(operations) ? operations : [event('AmendmentReanchored', { amendmentId: a.id, operations: [...operations], baseRevision: state.revision })];
      }),
    ),
});

/** The author does not want what the accepted change made of it: it waits for a place of its own. */
export const UndoRebase = part({
  input: z.object({ amendmentId: AmendmentId, ...onBehalf }),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) =>
      own(state, input.amendmentId, by, (a) => {
        if (a.rebased === null) return refuse('statement.nothing-to-undo', { number: a.number }, 'STM-3');
        if (ctx.now.slice(0, -1) > a.rebased.undoUntil.slice(0, -1)) return refuse('statement.undo-too-late', { until: a.rebased.undoUntil }, 'STM-3');
        return [event('AmendmentRebaseUndone', { amendmentId: a.id, by: ctx.actor.personId })];
      }),
    ),
});

/** Two insertions at one place are compatible once both authors accept which stands first. */
export const AcceptInsertionOrder = part({
  input: z.object({ first: AmendmentId, second: AmendmentId, ...onBehalf }),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) => {
      const [a, b] = [amendmentOf(state, input.first), amendmentOf(state, input.second)];
      if (!a || !b || a.id === b.id) return unknownAmendment(!a ? input.first : input.second);
      if (a.by !== by && b.by !== by) return refuse('statement.not-your-amendment', { number: a.number }, 'STM-3');
      const said = state.orders.find((o) => o.first === a.id && o.second === b.id);
      const mine = [...(a.by === by ? [a.id] : []), ...(b.by === by ? [b.id] : [])];
      return mine.every((id) => said?.by.includes(id)) ? [] : [event('InsertionOrderAccepted', { first: a.id, second: b.id, by, for: mine })];
    }),
});

/** By the rule that gives an author three days to settle what an accepted change left in the way. */
export const MarkAmendmentFallen = part({
  input: schema('AmendmentFell'),
  decide: (input, state) => {
    const a = amendmentOf(state, input.amendmentId);
    if (!a || !isPending(a) || (input.because === 'unresolved' && a.status !== 'displaced')) return [];
    return [
      event('AmendmentFell', input),
      ...state.amendments.filter((s) => s.to === a.id && isPending(s)).map((s) => event('AmendmentFell', { amendmentId: s.id, because: 'parent-gone' as const })),
    ];
  },
});
