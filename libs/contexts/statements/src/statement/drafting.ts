import { GroupId, refuse, type Refusal, type Multilingual } from '#kernel';
import { z } from 'zod';
import { isVerbOf } from '../data/opening-verbs.js';
import { settle } from './amendments.js';
import { StatementEvents } from './events.js';
import { staleAfter } from './evolve.js';
import { noClauses } from './obstacles.js';
import { actingPerson, event, forGroup, isBefore, known, part } from './rules.js';
import { imported, type Section } from './schemas.js';
import { clauseOf, type Statement } from './state.js';
import { inOrder, labels, sameText } from './text.js';
import { beingWritten, operationsOfEdit, versionsBefore } from './versions.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;
const onBehalf = z.object({ groupId: imported.groupId });

const unknownClause = (clause: string) => refuse('statement.unknown-clause', { clause }, 'STM-2');
function languageProblem(text: Multilingual, { leadLanguage, languages }: Pick<Statement, 'leadLanguage' | 'languages'>, lead: boolean): Refusal | undefined {
  const stranger = Object.keys(text).find((lang) => !languages.includes(lang));
  if (stranger !== undefined) return refuse('statement.language-not-authentic', { lang: stranger }, 'STM-5');
  return lead && text[leadLanguage] === undefined ? refuse('statement.lead-language-missing', { lang: leadLanguage }, 'STM-5') : undefined;
}
const verbProblem = (verb: string | undefined, section: Section): Refusal | undefined =>
  verb === undefined || isVerbOf(section, verb) ? undefined : refuse('statement.verb-of-other-section', { verb, section }, 'STM-2');
function placeProblem(state: Statement, section: Section, after: string | null | undefined, self?: string): Refusal | undefined {
  if (after === null || after === undefined) return undefined;
  if (after === self) return refuse('statement.after-itself', {}, 'STM-2');
  const neighbour = clauseOf(state, after);
  if (!neighbour) return unknownClause(after);
  return neighbour.section === section ? undefined : refuse('statement.other-section', { section }, 'STM-2');
}

export const ProposeStatement = part({
  input: schema('StatementProposed').omit({ by: true, personId: true }).extend({ groupId: imported.groupId, personId: imported.personId }),
  decide: ({ groupId, personId, ...data }, _, ctx) =>
    forGroup({ groupId, personId }, ctx, (by) =>
      data.subject[data.leadLanguage] === undefined
        ? refuse('statement.lead-language-missing', { lang: data.leadLanguage }, 'STM-5')
        : [event('StatementProposed', { ...data, by, personId: actingPerson({ personId }, ctx) })],
    ),
});

export const SponsorStatement = part({
  input: onBehalf,
  decide: (input, { sponsors }, ctx) => forGroup(input, ctx, (by) => (sponsors.includes(by) ? [] : [event('SponsorJoined', { by })])),
});

export const LeaveSponsorship = part({
  input: onBehalf,
  decide: (input, { sponsors }, ctx) =>
    forGroup(input, ctx, (by) => {
      if (!sponsors.includes(by)) return refuse('statement.not-a-sponsor', { group: by });
      return sponsors.length === 1 ? refuse('statement.last-sponsor') : [event('SponsorLeft', { by })];
    }),
});

export const AppointPenholder = part({
  input: schema('PenholderAppointed'),
  decide: (input, { penholders }) => (penholders.includes(input.personId) ? [] : [event('PenholderAppointed', input)]),
});

export const StartDrafting = part({ input: schema('DraftingStarted'), decide: (input) => [event('DraftingStarted', known(input))] });

export const AddClause = part({
  input: schema('ClauseAdded').omit({ clauseId: true }),
  decide: (input, state, ctx) =>
    languageProblem(input.text, state, true) ??
    verbProblem(input.verb, input.section) ??
    placeProblem(state, input.section, input.after) ?? [event('ClauseAdded', { clauseId: ctx.newId(0), ...input })],
});

export const EditClause = part({
  input: schema('ClauseEdited').omit({ operations: true }),
  // Two penholders on one revision: the second learns that the clause has moved on, and compares before he writes (STM-3).
  decide: (input, state, ctx) => {
    const clause = clauseOf(state, input.clauseId);
    if (!clause) return unknownClause(input.clauseId);
    const strange = languageProblem(input.text, state, false) ?? verbProblem(input.verb, clause.section);
    if (strange) return strange;
    if (input.baseRevision < clause.revision || input.baseRevision > state.revision)
      return refuse('statement.clause-changed-since', { base: input.baseRevision, changed: clause.revision, head: state.revision }, 'STM-3');
    const typed = beingWritten(state, input.clauseId, Object.keys(input.text), ctx);
    if (typed) return typed;
    // In the negotiation words change by amendment; what is left to the pen is a language that lacks the clause or has fallen behind.
    const kept = state.status === 'negotiating' && ctx.mode !== 'import' ? Object.keys(input.text).find((l) => clause.text[l] !== undefined && !clause.stale.includes(l)) : undefined;
    if (kept !== undefined) return refuse('statement.by-amendment-only', { lang: kept }, 'STM-3');
    const differs = Object.entries(input.text).some(([lang, text]) => !sameText(clause.text[lang], text));
    // Saying the same words again confirms a language that had fallen behind the lead text.
    const confirms = staleAfter(clause, input.text, state.leadLanguage).length < clause.stale.length;
    if (!differs && !confirms && (input.verb === undefined || input.verb === clause.verb)) return [];
    const operations = operationsOfEdit(clause.id, clause.text, input.text);
    const others = state.status === 'negotiating' ? settle(state, operations, state.revision + 1, null, ctx) : [];
    return [event('ClauseEdited', operations.length > 0 ? { ...input, operations } : input), ...others];
  },
});

export const MoveClause = part({
  input: schema('ClauseMoved'),
  decide: (input, state, ctx) => {
    const clause = clauseOf(state, input.clauseId);
    if (!clause) return unknownClause(input.clauseId);
    const problem = placeProblem(state, clause.section, input.after, input.clauseId);
    if (problem) return problem;
    const section = inOrder(state.clauses).filter((c) => c.section === clause.section);
    const before = section[section.findIndex((c) => c.id === clause.id) - 1]?.id ?? null;
    if (before === input.after) return [];
    return [event('ClauseMoved', input), ...settle(state, [{ op: 'move-clause', ...input }], state.revision + 1, null, ctx)];
  },
});

export const RemoveClause = part({
  input: schema('ClauseRemoved'),
  decide: (input, state, ctx) => {
    const clause = clauseOf(state, input.clauseId);
    if (!clause) return unknownClause(input.clauseId);
    // What has been agreed is taken out only after the chair has reopened it.
    if (clause.agreement !== 'open') return refuse('statement.clause-agreed', { clause: labels(state.clauses)[input.clauseId] ?? input.clauseId }, 'STM-3');
    return [event('ClauseRemoved', input), ...settle(state, [{ op: 'delete-clause', ...input }], state.revision + 1, null, ctx)];
  },
});

export const CirculateDraft = part({
  input: schema('DraftCirculated').omit({ revision: true, to: true }).extend({ to: z.array(GroupId).max(500).optional() }),
  guard: ({ commentsDue }, { clauses }, { now }) => [
    ...noClauses(clauses),
    isBefore(now, commentsDue.instant) ? undefined : refuse('statement.deadline-past', { deadline: commentsDue.instant }, 'G7'),
  ],
  decide: ({ commentsDue, to = [] }, state, ctx) => {
    const typed = versionsBefore(state, 'circulated', ctx);
    return [...typed, event('DraftCirculated', { revision: state.revision + typed.length, to, commentsDue })];
  },
});
