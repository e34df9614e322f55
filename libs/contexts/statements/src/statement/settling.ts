import { DecisionId, Digest, Multilingual, refuse, type Refusal } from '#kernel';
import { applyOperations, derive, type Operation, relation, resultText, transform } from '#text';
import { z } from 'zod';
import { AmendmentId, CompromiseId, ProposedChange } from './amendment-schemas.js';
import { amended, amendmentOf, isPending, pendingAmendments, settle, touchedClauses, unknownAmendment } from './amendments.js';
import { StatementEvents } from './events.js';
import { type Ctx, event, forGroup, part } from './rules.js';
import { imported } from './schemas.js';
import { type Amendment, clauseOf, type Compromise, type Statement } from './state.js';
import { labels } from './text.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;
const onBehalf = { groupId: imported.groupId };

/** What is still agreed is not changed; the words must be those that the one who decides has seen (STM-3). */
function mayChange(state: Statement, operations: readonly Operation[], seen: string | undefined, { sha256 }: Ctx): Refusal | undefined {
  const label = labels(state.clauses);
  const agreed = touchedClauses(operations).find((id) => clauseOf(state, id) !== undefined && clauseOf(state, id)!.agreement !== 'open');
  if (agreed !== undefined) return refuse('statement.clause-agreed', { clause: label[agreed] ?? agreed }, 'STM-3');
  const result = resultText(state.clauses, operations);
  if (result === null) return refuse('statement.amendment-does-not-fit', {}, 'STM-3');
  return seen === undefined || seen === sha256(result) ? undefined : refuse('statement.other-result', {}, 'STM-3');
}

/** What was not accepted of an amendment, on the text with what was; null where its parts hang together. */
function restAfter(state: Statement, rest: readonly Operation[], chosen: readonly Operation[]): readonly Operation[] | null {
  if (rest.length === 0) return rest;
  const after = amended(state.clauses, chosen);
  const result = transform(rest, chosen, (clauseId, lang) => after?.find((c) => c.id === clauseId)?.text[lang]);
  return 'conflict' in result ? null : result.operations;
}

/** Accepted into its parent: the parent's own words change, the text does not. */
function intoParent(state: Statement, a: Amendment, parent: Amendment, ctx: Ctx) {
  if (parent.by !== ctx.actor.onBehalfOf) return refuse('statement.not-your-amendment', { number: parent.number }, 'STM-3');
  const base = amended(state.clauses, parent.operations);
  const after = base && applyOperations(base, a.operations, (o) => ({ id: o.clauseId, section: o.section, text: o.text, stale: [], revision: 0, agreement: 'open' as const, verb: null, versions: {}, characterisationBy: null }));
  if (!after) return refuse('statement.amendment-does-not-fit', {}, 'STM-3');
  const operations = [
    ...state.clauses.flatMap((c) => Object.keys({ ...c.text, ...after.find((x) => x.id === c.id)?.text }).flatMap((lang) => derive(c.id, lang, c.text[lang] ?? '', after.find((x) => x.id === c.id)?.text[lang] ?? c.text[lang] ?? ''))),
    ...[...parent.operations, ...a.operations].filter((o) => !('lang' in o)).map((o) => (o.op === 'insert-clause' ? { ...o, text: after.find((x) => x.id === o.clauseId)?.text ?? o.text } : o)),
  ];
  const subs = state.amendments.filter((s) => s.to === parent.id && s.id !== a.id && s.status === 'open');
  return [
    event('AmendmentAccepted', { amendmentId: a.id, revision: state.revision, by: ctx.actor.personId, operations: [...a.operations], into: parent.id }),
    event('AmendmentReanchored', { amendmentId: parent.id, operations, baseRevision: state.revision }),
    ...subs.filter((s) => relation(s, a) !== 'independent').map((s) => event('AmendmentDisplaced', { amendmentId: s.id, revision: state.revision, relation: relation(s, a), by: a.id })),
  ];
}

/**
 * Into the text, whole or by some of its operations. Every other open amendment is brought over it, or waits for its author. An amendment to an amendment is
 * accepted by the group whose amendment it changes: nobody else rewrites it.
 */
export const AcceptAmendment = part({
  input: z.object({
    amendmentId: AmendmentId,
    /** SHA-256 of the words as the one who accepts has seen them (`resultText`). */
    resultHash: Digest.optional(),
    /** Places of the operations that are accepted; all where left out. */
    parts: z.array(z.int().nonnegative()).max(400).optional(),
    decisionRef: DecisionId.optional(),
  }),
  decide: ({ amendmentId, resultHash, parts, decisionRef }, state, ctx) => {
    const a = amendmentOf(state, amendmentId);
    if (!a) return unknownAmendment(amendmentId);
    if (a.status !== 'open') return refuse('statement.amendment-not-open', { number: a.number }, 'STM-3');
    const parent = a.to === null ? null : amendmentOf(state, a.to);
    if (parent === undefined) return unknownAmendment(a.to!);
    if (parent !== null) return intoParent(state, a, parent, ctx);
    const chosen = parts === undefined ? a.operations : a.operations.filter((_, i) => parts.includes(i));
    if (chosen.length === 0) return refuse('statement.amendment-changes-nothing', {}, 'STM-3');
    const problem = mayChange(state, chosen, resultHash, ctx);
    if (problem) return problem;
    const rest = restAfter(state, a.operations.filter((o) => !chosen.includes(o)), chosen);
    if (rest === null) return refuse('statement.parts-entangled', {}, 'STM-3');
    const revision = state.revision + 1;
    const accepted = event('AmendmentAccepted', { amendmentId, revision, by: ctx.actor.personId, operations: [...chosen], rest: rest.length > 0 ? [...rest] : undefined, decisionRef });
    const subs = state.amendments.filter((s) => s.to === a.id && isPending(s));
    return [accepted, ...settle(state, chosen, revision, a.id, ctx), ...subs.map((s) => event('AmendmentFell', { amendmentId: s.id, because: 'parent-gone' as const }))];
  },
});

export const RejectAmendment = part({
  input: schema('AmendmentRejected').omit({ by: true }),
  decide: (input, state, { actor }) => {
    const a = amendmentOf(state, input.amendmentId);
    if (!a) return unknownAmendment(input.amendmentId);
    if (!isPending(a)) return refuse('statement.amendment-not-open', { number: a.number }, 'STM-3');
    const subs = state.amendments.filter((s) => s.to === a.id && isPending(s));
    return [event('AmendmentRejected', { ...input, by: actor.personId }), ...subs.map((s) => event('AmendmentFell', { amendmentId: s.id, because: 'parent-gone' as const }))];
  },
});

const compromiseOf = (state: Statement, id: string): Compromise | undefined => state.compromises.find((c) => c.id === id);
/** The groups whose words a compromise displaces: each of them consents, or it does not stand. */
export const displacedBy = (state: Statement, amendments: readonly string[]): string[] =>
  [...new Set(amendments.flatMap((id) => [amendmentOf(state, id)?.by ?? [], ...state.amendments.filter((a) => a.joinedInto === id).map((a) => a.by)].flat()))];

/** Wording in the place of several amendments. Who proposes it consents to it. */
export const ProposeCompromise = part({
  input: z.object({ compromiseId: CompromiseId, amendments: z.array(AmendmentId).min(1).max(50), changes: z.array(ProposedChange).min(1).max(50), rationale: Multilingual, ...onBehalf }),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) => {
      const { compromiseId, amendments, changes, rationale } = input;
      if (compromiseOf(state, compromiseId)) return refuse('statement.compromise-exists', {}, 'STM-3');
      for (const id of amendments) {
        const a = amendmentOf(state, id);
        if (!a || a.to !== null) return unknownAmendment(id);
        if (!isPending(a)) return refuse('statement.amendment-not-open', { number: a.number }, 'STM-3');
      }
      const operations: Operation[] = [];
      for (const { clauseId, lang, text } of changes) {
        const clause = clauseOf(state, clauseId);
        if (!clause) return refuse('statement.unknown-clause', { clause: clauseId }, 'STM-2');
        operations.push(...derive(clauseId, lang, clause.text[lang] ?? '', text));
      }
      if (operations.length === 0) return refuse('statement.amendment-changes-nothing', {}, 'STM-3');
      const proposed = event('CompromiseProposed', { compromiseId, amendments, operations, by, personId: ctx.actor.personId, rationale, baseRevision: state.revision });
      return displacedBy(state, amendments).includes(by) ? [proposed, event('CompromiseConsented', { compromiseId, by, personId: ctx.actor.personId })] : [proposed];
    }),
});

const onCompromise = (state: Statement, id: string, by: string): Compromise | Refusal => {
  const c = compromiseOf(state, id);
  if (!c) return refuse('statement.unknown-compromise', {}, 'STM-3');
  if (c.status !== 'open') return refuse('statement.compromise-settled', {}, 'STM-3');
  return displacedBy(state, c.amendments).includes(by) ? c : refuse('statement.not-your-amendment', { number: amendmentOf(state, c.amendments[0] ?? '')?.number ?? 0 }, 'STM-3');
};
export const ConsentToCompromise = part({
  input: z.object({ compromiseId: CompromiseId, ...onBehalf }),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) => {
      const c = onCompromise(state, input.compromiseId, by);
      if ('refused' in c) return c;
      return c.consents.includes(by) ? [] : [event('CompromiseConsented', { compromiseId: c.id, by, personId: ctx.actor.personId })];
    }),
});
/** One author's refusal ends it: nobody's words are displaced without consent, unless the group's own procedure decides it. */
export const RefuseCompromise = part({
  input: schema('CompromiseRefused').omit({ by: true, personId: true }).extend(onBehalf),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) => {
      const c = onCompromise(state, input.compromiseId, by);
      return 'refused' in c ? c : [event('CompromiseRefused', { compromiseId: c.id, reason: input.reason, by, personId: ctx.actor.personId })];
    }),
});

/** The compromise enters the text once every author consented, or a decision of the members stands behind it. */
export const AcceptAmendmentModified = part({
  input: z.object({ compromiseId: CompromiseId, resultHash: Digest.optional(), decisionRef: DecisionId.optional() }),
  decide: ({ compromiseId, resultHash, decisionRef }, state, ctx) => {
    const c = compromiseOf(state, compromiseId);
    if (!c) return refuse('statement.unknown-compromise', {}, 'STM-3');
    if (c.status === 'accepted' || (c.status === 'refused' && decisionRef === undefined)) return refuse('statement.compromise-settled', {}, 'STM-3');
    const lacking = displacedBy(state, c.amendments).filter((g) => !c.consents.includes(g));
    if (lacking.length > 0 && decisionRef === undefined) return refuse('statement.consent-missing', { groups: lacking.length }, 'STM-3');
    const problem = mayChange(state, c.operations, resultHash, ctx);
    if (problem) return problem;
    const revision = state.revision + 1;
    const touched = c.amendments.filter((id) => isPending(amendmentOf(state, id)!));
    const subs = state.amendments.filter((s) => s.to !== null && touched.includes(s.to) && isPending(s));
    const first = touched[0] ?? c.amendments[0]!;
    return [
      event('AmendmentAcceptedAsModified', {
        amendmentId: first, amendments: [...c.amendments], compromiseId, operations: [...c.operations], revision, by: ctx.actor.personId, agreedBy: [...c.consents], decisionRef,
      }),
      // One event for each amendment: the others are carried by the first, and keep their credit.
      ...touched.filter((id) => id !== first).map((id) => event('AmendmentJoined', { amendmentId: id, into: first })),
      ...settle(state, c.operations, revision, null, ctx, touched),
      ...subs.map((s) => event('AmendmentFell', { amendmentId: s.id, because: 'parent-gone' as const })),
    ];
  },
});

/** What stands between the amendments and the freezing of the text (STM-4). */
export const undecided = (state: Pick<Statement, 'amendments'>): number => pendingAmendments(state.amendments).length;
