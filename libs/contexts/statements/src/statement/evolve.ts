import type { AggregateDefinition, Multilingual } from '#kernel';
import { evolveAmendments, textChanged } from './evolve-amendments.js';
import type { StatementSchemas } from './events.js';
import type { Clause, Statement } from './state.js';
import { placed, sameText } from './text.js';

const change = (state: Statement, id: string, by: (clause: Clause) => Clause): Statement => ({
  ...state,
  clauses: state.clauses.map((c) => (c.id === id ? by(c) : c)),
});

/** What a text no longer holds up once the lead changed and which did not change with it. */
export function staleAfter(before: Pick<Clause, 'text' | 'stale'>, changed: Multilingual, lead: string): string[] {
  const given = Object.keys(changed);
  // A lead text that catches up with an amendment in another language leaves that language as it is.
  const leadChanged = changed[lead] !== undefined && !before.stale.includes(lead) && !sameText(before.text[lead], changed[lead]);
  const behind = leadChanged ? Object.keys(before.text).filter((l) => l !== lead) : before.stale;
  return behind.filter((l) => !given.includes(l));
}

/** Back to negotiation with the text open: no decision, digest, signature or endorsement outlives it (STM-5). */
const reopened = (state: Statement): Statement => ({
  ...state, status: 'negotiating', frozen: null, decisionId: null, opening: null, signatures: [], endorsements: [], reservations: [],
});

export const evolve: AggregateDefinition<Statement, StatementSchemas>['evolve'] = {
  StatementProposed: (state, d) => ({
    ...state, status: 'proposed', id: d.statementId, kind: d.kind, subject: d.subject, leadLanguage: d.leadLanguage,
    languages: [...new Set([d.leadLanguage, ...d.authenticLanguages])], crisis: d.urgency === 'crisis', sponsors: [d.by], proposer: d.personId ?? null,
  }),
  SponsorJoined: (state, { by }) => ({ ...state, sponsors: [...new Set([...state.sponsors, by])] }),
  SponsorLeft: (state, { by }) => ({ ...state, sponsors: state.sponsors.filter((s) => s !== by) }),
  PenholderAppointed: (state, { personId }) => ({ ...state, penholders: [...new Set([...state.penholders, personId])] }),
  DraftingStarted: (state) => ({ ...state, status: 'drafting' }),
  ClauseAdded: (state, d) => {
    const after = textChanged(state, [{ op: 'insert-clause', clauseId: d.clauseId, section: d.section, after: d.after ?? null, text: d.text }], state.clauses);
    const { revision } = after;
    const clause: Clause = { id: d.clauseId, section: d.section, text: d.text, stale: [], revision, agreement: 'open', verb: d.verb ?? null, versions: {}, characterisationBy: null };
    return { ...after, clauses: placed(state.clauses, clause, d.after) };
  },
  ClauseEdited: (state, d) => {
    const after = textChanged(state, d.operations ?? [], state.clauses);
    return change(after, d.clauseId, (c) => ({
      ...c, text: { ...c.text, ...d.text }, stale: staleAfter(c, d.text, state.leadLanguage), revision: after.revision, agreement: 'open', verb: d.verb ?? c.verb,
    }));
  },
  ClauseVersionMarked: (state, d) => {
    const after = textChanged(state, d.operations, state.clauses);
    const said = { [d.lang]: d.text };
    return change(after, d.clauseId, (c) => ({
      ...c, text: { ...c.text, ...said }, stale: staleAfter(c, said, state.leadLanguage), revision: after.revision, agreement: 'open', versions: { ...c.versions, [d.lang]: d.toVersion },
    }));
  },
  ClauseMoved: (state, d) => {
    const clause = state.clauses.find((c) => c.id === d.clauseId);
    return clause ? textChanged(state, [{ op: 'move-clause', clauseId: d.clauseId, after: d.after }], placed(state.clauses, clause, d.after)) : state;
  },
  ClauseRemoved: (state, d) => textChanged(state, [{ op: 'delete-clause', clauseId: d.clauseId }], state.clauses.filter((c) => c.id !== d.clauseId)),
  ...evolveAmendments,
  DraftCirculated: (state) => ({ ...state, status: 'negotiating', reach: 'network' }),
  ClauseAgreed: (state, d) => change(state, d.clauseId, (c) => ({ ...c, agreement: d.mode })),
  ClauseReopened: (state, d) => change(state, d.clauseId, (c) => ({ ...c, agreement: 'open' })),
  TextFrozen: (state, { revision, digests, digest }) => ({ ...state, status: 'frozen', frozen: { revision, digests, digest } }),
  TextReopened: reopened,
  StatementSubmittedForDecision: (state, d) => ({ ...state, status: 'underDecision', decisionId: d.decisionId }),
  StatementAdopted: (state, d) => ({ ...state, status: 'adopted', decisionId: d.decisionId }),
  StatementNotAdopted: reopened,
  StatementOpenedForSignature: (state, d) => ({
    ...state, status: 'openForSignature',
    opening: { closesAt: d.closesAt?.instant ?? null, thresholds: d.thresholds, eligibility: d.eligibility },
  }),
  GroupEndorsed: (state, d) => ({ ...state, endorsements: [...new Set([...state.endorsements, d.groupId])] }),
  StatementSigned: (state, d) => ({
    ...state, signatures: [...state.signatures, { personId: d.personId, groupId: d.groupId ?? null, snapshot: d.snapshot, withdrawn: false }],
  }),
  SignatureWithdrawn: (state, d) => ({
    ...state,
    signatures: d.beforePublication
      ? state.signatures.filter((s) => s.personId !== d.personId)
      : state.signatures.map((s) => (s.personId === d.personId ? { ...s, withdrawn: true } : s)),
  }),
  StatementReservationEntered: (state, d) => ({ ...state, reservations: [...state.reservations, d] }),
  StatementPublished: (state) => ({ ...state, status: 'published', reach: 'public' }),
  StatementClosedForSignature: (state) => ({ ...state, status: 'closed' }),
  FollowUpLinked: (state, { ref }) => ({ ...state, followUps: [...state.followUps, `${ref.type}:${ref.id}`] }),
  StatementSuperseded: (state, d) => ({ ...state, supersededBy: d.byStatementId }),
  StatementRetracted: (state) => ({ ...state, status: 'retracted' }),
  StatementAbandoned: (state) => ({ ...state, status: 'abandoned' }),
};
