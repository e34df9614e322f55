import { DecisionId, Digest, refuse, type Refusal } from '#kernel';
import { freezeObstacles } from './obstacles.js';
import { StatementEvents } from './events.js';
import { undecided } from './settling.js';
import { beingWritten } from './versions.js';
import { bindsFrozen, event, part } from './rules.js';
import { clauseOf, type Statement } from './state.js';
import { digestOf, digestsOf, labels } from './text.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;
const unknownClause = (clause: string) => refuse('statement.unknown-clause', { clause }, 'STM-2');

export const MarkClauseAgreed = part({
  input: schema('ClauseAgreed').partial({ pendingGroups: true }),
  decide: ({ clauseId, mode, pendingGroups = [] }, state, ctx) => {
    const clause = clauseOf(state, clauseId);
    if (!clause) return unknownClause(clauseId);
    const label = labels(state.clauses)[clauseId] ?? clauseId;
    if (mode === 'ad-referendum' && pendingGroups.length === 0) return refuse('statement.pending-groups-missing', { clause: label }, 'STM-4');
    const bracketed = state.brackets.some((b) => b.clauseId === clauseId);
    if (bracketed && ctx.mode !== 'import') return refuse('statement.brackets-open', { clause: label }, 'STM-4');
    if (mode === 'agreed' && pendingGroups.length > 0) return refuse('statement.pending-groups-left', { clause: label }, 'STM-4');
    return mode === 'agreed' && clause.agreement === 'agreed' ? [] : [event('ClauseAgreed', { clauseId, mode, pendingGroups })];
  },
});

export const ReopenClause = part({
  input: schema('ClauseReopened').omit({ by: true }),
  decide: (input, state, { actor }) => {
    const clause = clauseOf(state, input.clauseId);
    if (!clause) return unknownClause(input.clauseId);
    return clause.agreement === 'open' ? [] : [event('ClauseReopened', { ...input, by: actor.personId })];
  },
});

export const FreezeText = part({
  input: schema('TextFrozen').omit({ revision: true, digests: true, digest: true }),
  guard: (_, state, ctx) => freezeObstacles({ ...state, pending: undecided(state) }).concat((ctx.evidence?.live ?? []).flatMap((l) => beingWritten(state, l.clauseId, [l.lang], ctx) ?? [])),
  decide: (_, state, { sha256 }) => {
    const digests = digestsOf(state, sha256);
    // Without one whole text there is nothing that a digest could bind, whatever the mode.
    if (digests[state.leadLanguage] === undefined) return refuse('statement.no-whole-text', { lang: state.leadLanguage }, 'STM-5');
    return [event('TextFrozen', { revision: state.revision, digests, digest: digestOf(digests, sha256) })];
  },
});

export const ReopenText = part({
  input: schema('TextReopened').omit({ by: true, voids: true }),
  decide: ({ reason }, state, { actor }) => {
    const decision = state.decisionId === null ? [] : (['decision'] as const);
    const signatures = state.signatures.length + state.endorsements.length > 0 ? (['signatures'] as const) : [];
    return [event('TextReopened', { by: actor.personId, reason, voids: [...decision, ...signatures] })];
  },
});

/** A new procedure, or the one that the secretariat has prepared for it. */
export const SubmitForDecision = part({
  input: schema('StatementSubmittedForDecision').omit({ decisionId: true }).extend({ decisionId: DecisionId.optional() }),
  decide: ({ procedure, decisionId }, _, { newId }) => [event('StatementSubmittedForDecision', { decisionId: decisionId ?? newId(0), procedure })],
});

/** A decision counts for exactly the text that was frozen, whichever procedure took it (STM-5, DEC-1). */
const aboutThis = ({ frozen, leadLanguage, earlier }: Statement, revision: number, digest: string): Refusal | undefined =>
  // Languages that joined the frozen text since the procedure was opened do not change what was decided.
  frozen !== null && revision === frozen.revision && (bindsFrozen(frozen, digest, leadLanguage) || earlier.includes(digest)) ? undefined : refuse('statement.other-text', { revision }, 'STM-5');

export const RecordAdoption = part({
  input: schema('StatementAdopted'),
  decide: (input, state) =>
    aboutThis(state, input.revision, input.digest) ?? [event('StatementAdopted', { ...input, digest: state.frozen?.digest ?? input.digest })],
});

export const RecordNonAdoption = part({
  input: schema('StatementNotAdopted').extend({ revision: schema('StatementAdopted').shape.revision, digest: Digest }),
  decide: ({ revision, digest, ...data }, state) => aboutThis(state, revision, digest) ?? [event('StatementNotAdopted', data)],
});
