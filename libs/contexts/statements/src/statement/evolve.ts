import type { AggregateDefinition, Multilingual } from '#kernel';
import { evolveAmendments, textChanged } from './evolve-amendments.js';
import { evolveSigning } from './evolve-signing.js';
import { rectified, withWords } from './correcting.js';
import type { DataOf, StatementSchemas } from './events.js';
import { withLanguage, withVersion } from './language-versions.js';
import type { LegalStatus } from './schemas.js';
import type { Clause, Frozen, Statement } from './state.js';
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

/** Words of a language that was certified; in the negotiation they are a change of the text like others. */
function languageEntered(state: Statement, d: DataOf<'LanguageVersionEntered'>): Statement {
  const after = d.operations ? textChanged(state, d.operations, state.clauses) : state;
  const touched = new Set((d.operations ?? []).map((o) => o.clauseId));
  const marked = { ...after, clauses: after.clauses.map((c) => (touched.has(c.id) ? { ...c, revision: after.revision } : c)) };
  return joined(withLanguage(marked, d), d, d.digests, d.frozenDigest);
}
/** A version among those that are certified, and what is frozen with it. */
const joined = (state: Statement, { lang, status, digest }: { lang: string; status: string; digest: string }, digests: Frozen['digests'] | undefined, frozenDigest: string | undefined): Statement => ({
  ...state,
  versions: status === 'provisional' ? state.versions : withVersion(state.versions, { lang, status: status as LegalStatus, digest }),
  ...(state.frozen !== null && digests !== undefined && frozenDigest !== undefined && frozenDigest !== state.frozen.digest
    ? { frozen: { ...state.frozen, digests, digest: frozenDigest }, earlier: [...state.earlier, state.frozen.digest] }
    : {}),
});

/** The right words; what is frozen and sealed goes on with them, by procès-verbal. */
function corrected(state: Statement, d: DataOf<'StatementCorrected'>): Statement {
  const { frozen } = state;
  const words = rectified((d.clauseId === undefined ? state.subject : state.clauses.find((c) => c.id === d.clauseId)?.text)?.[d.lang], d.wrong, d.corrected);
  const after = words === null ? state : withWords(state, d, words);
  return {
    ...after, corrections: [...state.corrections, d.correctionId], versions: state.versions.map((v) => ({ ...v, digest: d.digests[v.lang] ?? v.digest })),
    sealed: frozen !== null && state.sealed === frozen.digest ? d.frozenDigest : state.sealed,
    earlier: frozen === null ? state.earlier : [...state.earlier, frozen.digest],
    frozen: frozen && { ...frozen, digests: Object.fromEntries(Object.entries(frozen.digests).map(([lang, digest]) => [lang, d.digests[lang] ?? digest])), digest: d.frozenDigest },
  };
}

/** Back to negotiation with the text open: no decision, digest, signature or endorsement outlives it (STM-5). */
const reopened = (state: Statement): Statement => ({
  ...state, status: 'negotiating', frozen: null, earlier: [], sealed: null, embargo: null, decisionId: null, opening: null, signatures: [], declined: [], endorsements: [], reservations: [],
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
  LanguageVersionEntered: languageEntered,
  TextSealed: (state, d) => ({ ...state, sealed: d.digest }),
  TextReopened: reopened,
  StatementSubmittedForDecision: (state, d) => ({ ...state, status: 'underDecision', decisionId: d.decisionId }),
  StatementAdopted: (state, d) => ({ ...state, status: 'adopted', decisionId: d.decisionId }),
  StatementNotAdopted: reopened,
  ...evolveSigning,
  GroupEndorsed: (state, d) => ({ ...state, endorsements: [...new Set([...state.endorsements, d.groupId])] }),
  StatementReservationEntered: (state, d) => ({ ...state, reservations: [...state.reservations, d] }),
  EmbargoSet: (state, d) => ({ ...state, status: 'embargoed', embargo: { until: d.until.instant, groups: d.list.groups, persons: d.list.persons, breached: false, digest: d.digest } }),
  EmbargoAccessGranted: (state, { to }) => ({
    ...state, embargo: state.embargo && { ...state.embargo, groups: [...state.embargo.groups, ...to.groups], persons: [...state.embargo.persons, ...to.persons] },
  }),
  EmbargoBreached: (state) => ({ ...state, embargo: state.embargo && { ...state.embargo, breached: true } }),
  EmbargoChanged: (state, d) => ({ ...state, embargo: state.embargo && { ...state.embargo, until: d.until.instant } }),
  StatementPublished: (state, d) => ({ ...state, status: 'published', reach: 'public', embargo: null, published: d.languages }),
  LanguageVersionPublished: (state, d) => ({ ...joined(withLanguage(state, d), d, d.digests, d.frozenDigest), published: d.languages }),
  StatementCorrected: (state, d) => corrected(state, d),
  StatementClosedForSignature: (state) => ({ ...state, status: 'closed' }),
  FollowUpLinked: (state, { ref }) => ({ ...state, followUps: [...state.followUps, `${ref.type}:${ref.id}`] }),
  StatementSuperseded: (state, d) => ({ ...state, supersededBy: d.byStatementId }),
  StatementRetracted: (state) => ({ ...state, status: 'retracted' }),
  StatementAbandoned: (state) => ({ ...state, status: 'abandoned' }),
};
