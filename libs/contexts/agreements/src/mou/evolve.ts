import type { AggregateDefinition } from '#kernel';
import type { MouSchemas } from './events.js';
import { allInitialled, type Clause, fingerprint, type Mou } from './state.js';
import { consolidate, insertAt } from './text.js';

/** The text is another now: initials under the former one are void. */
const rewritten = (state: Mou, changed: Partial<Mou>): Mou => ({ ...state, ...changed, initials: [], digests: null });
const change = (state: Mou, id: string, to: (clause: Clause) => Clause): readonly Clause[] =>
  state.clauses.map((c) => (c.id === id ? to(c) : c));
const said = (state: Mou, ...parts: string[]): Mou => ({ ...state, said: [...state.said, fingerprint(...parts)] });
const ended = (status: Mou['status']) => (state: Mou): Mou => ({ ...state, status });

/** Total: every event in every state gives a state. */
export const evolve: AggregateDefinition<Mou, MouSchemas>['evolve'] = {
  MouProposed: (state, d) => ({
    ...state,
    status: 'proposed',
    participants: d.participants,
    proposer: d.by,
    bindingness: d.bindingness,
    languages: d.authenticLanguages,
    terms: {
      effect: d.effect, accession: d.accession, withdrawalNoticeMonths: d.withdrawalNoticeMonths, amendmentConsent: d.amendmentConsent,
      suspension: d.suspension, numberStyle: d.numberStyle, duration: d.duration, renewal: d.renewal, renewalMonths: d.renewalMonths,
    },
    supersedes: d.supersedes ?? [],
  }),
  MouRecordedFromSource: (state, d) => ({
    ...state,
    status: 'signed',
    reach: d.sourcesPublic === true || d.sources.some((s) => s.url !== undefined) ? 'public' : 'participants',
    imported: true,
    participants: d.participants,
    bindingness: d.bindingness ?? null,
    languages: d.authenticLanguages ?? [],
    terms: d.terms ?? {},
    clauses: (d.clauses ?? []).map((c) => ({ id: c.clauseId, kind: c.kind, text: c.text, revision: 1, agreed: {} })),
    digests: d.digests ?? null,
    signatures: d.signatories.map((s) => ({
      groupId: s.groupId ?? null, personId: s.personId ?? null, asPrinted: s.asPrinted, at: d.signedOn, effective: true, effectiveAt: d.signedOn,
    })),
    signedOn: d.signedOn,
  }),
  MouNegotiationOpened: (state) => ({ ...state, status: 'negotiating' }),
  MouClauseProposed: (state, d) =>
    rewritten(state, {
      clauses: insertAt(state.clauses, d.position, { id: d.clauseId, kind: d.kind, text: d.text, revision: 1, agreed: {} }),
    }),
  MouClauseRevised: (state, d) =>
    rewritten(state, {
      clauses: change(state, d.clauseId, (c) => ({ ...c, text: { ...c.text, ...d.text }, revision: d.revision, agreed: {}, dropped: false })),
    }),
  MouTextBracketed: (state, d) =>
    rewritten(state, {
      brackets: [...state.brackets, { id: d.bracketId, clauseId: d.clauseId, by: d.by, range: d.range ?? null }],
      clauses: change(state, d.clauseId, (c) => ({ ...c, agreed: {} })),
    }),
  MouBracketsLifted: (state, d) =>
    rewritten(state, {
      brackets: state.brackets.filter((b) => b.id !== d.bracketId),
      clauses: change(state, d.clauseId, (c) => ({
        ...c,
        text: { ...c.text, ...d.text },
        revision: d.revision,
        agreed: {},
        dropped: d.resolution === 'dropped' && d.text === undefined,
      })),
    }),
  MouClauseAgreed: (state, d) => ({
    ...state,
    clauses: change(state, d.clauseId, (c) => (c.revision === d.revision ? { ...c, agreed: { ...c.agreed, [d.groupId]: d.mode } } : c)),
  }),
  MouTextInitialled: (state, { digests, initials }) => ({
    ...state,
    status: allInitialled(state.participants, initials) ? 'initialled' : state.status,
    digests,
    initials,
  }),
  MouTextReopened: (state) => rewritten({ ...state, status: 'negotiating' }, { authorisations: [] }),
  MouPartyAuthorised: (state, d) => ({
    ...state,
    authorisations: [...state.authorisations.filter((a) => a.groupId !== d.groupId), d],
  }),
  MouOpenedForSignature: (state, d) => ({
    ...state,
    status: 'openForSignature',
    reach: 'network',
    opened: { from: d.from, until: d.until ?? null },
  }),
  MouSigned: (state, d) => ({
    ...state,
    status: state.status === 'openForSignature' ? 'partlySigned' : state.status,
    signatures: [
      ...state.signatures,
      {
        groupId: d.groupId, personId: d.personId ?? null, asPrinted: d.asPrinted ?? null, at: d.at,
        effective: d.capacity === 'for-group', effectiveAt: d.at,
      },
    ],
  }),
  MouSignaturesCompleted: (state) => ({ ...state, status: 'signed' }),
  MouSignatureConfirmed: (state, d) => ({
    ...state,
    signatures: state.signatures.map((s) => (s.groupId === d.groupId ? { ...s, effective: true, effectiveAt: d.at } : s)),
  }),
  MouSignatureWitnessed: (state, d) => ({
    ...state,
    witnesses: [...state.witnesses, { personId: d.personId ?? null, asPrinted: d.asPrinted ?? null, of: d.ofSignatureBy ?? null }],
  }),
  MouEnteredIntoEffect: (state, d) => ({
    ...state,
    status: 'inEffect',
    reach: 'public',
    effectOn: d.on,
    expiresOn: d.expiresOn ?? null,
  }),
  MouCertifiedCopyIssued: (state, d) => said(state, 'copy', d.to, d.lang, d.digest),
  MouAmendmentProposed: (state, d) => ({
    ...state,
    amendments: [
      ...state.amendments,
      {
        id: d.amendmentId, kind: d.kind, by: d.by, text: fingerprint(d.kind, ...Object.entries(d.text).flat()), changes: d.changes,
        consents: { [d.by]: d.on }, effectiveOn: d.effectiveOn ?? null,
      },
    ],
  }),
  MouAmendmentConsented: (state, d) => ({
    ...state,
    amendments: state.amendments.map((a) => (a.id === d.amendmentId ? { ...a, consents: { ...a.consents, [d.groupId]: d.on } } : a)),
  }),
  MouAmended: (state, d) => {
    const amendment = state.amendments.find((a) => a.id === d.amendmentId);
    return {
      ...state,
      amendments: state.amendments.filter((a) => a !== amendment),
      digests: Object.keys(d.consolidatedDigest).length > 0 ? d.consolidatedDigest : state.digests,
      clauses: consolidate(state.clauses, amendment?.changes ?? [], asClause),
    };
  },
  MouAddendumAdded: (state, d) => ({ ...state, amendments: state.amendments.filter((a) => a.id !== d.addendumId) }),
  MouAccessionRequested: (state, { groupId }) => {
    const consents = state.applicants.find((a) => a.groupId === groupId)?.consents ?? [];
    return { ...state, applicants: [...state.applicants.filter((a) => a.groupId !== groupId), { groupId, requested: true, consents }] };
  },
  MouAccessionConsented: (state, { applicantId, byGroupId }) => {
    const known = state.applicants.find((a) => a.groupId === applicantId) ?? { groupId: applicantId, requested: false, consents: [] };
    const consenting = { ...known, consents: [...known.consents, byGroupId] };
    return { ...state, applicants: [...state.applicants.filter((a) => a.groupId !== applicantId), consenting] };
  },
  MouAcceded: (state, d) => ({
    ...state,
    participants: [...state.participants, d.groupId],
    applicants: state.applicants.filter((a) => a.groupId !== d.groupId),
  }),
  MouRenewed: (state, d) => ({ ...state, expiresOn: d.until }),
  MouActivityRecorded: (state, d) => said(state, 'activity', d.kind, d.ref, d.on),
  MouReviewHeld: (state, d) => said(state, 'review', d.on, d.findings),
  MouSuspended: (state, d) => ({ ...state, status: 'suspended', suspension: { by: d.by, groupId: d.groupId ?? null } }),
  MouResumed: (state) => ({ ...state, status: 'inEffect', suspension: null }),
  MouWithdrawalNotified: (state, d) => ({ ...state, notices: [...state.notices, d] }),
  MouParticipantWithdrew: (state, { groupId }) => ({
    ...state,
    participants: state.participants.filter((g) => g !== groupId),
    notices: state.notices.filter((n) => n.groupId !== groupId),
  }),
  MouTerminated: ended('terminated'),
  MouExpired: ended('expired'),
  MouSuperseded: ended('superseded'),
  MouAbandoned: ended('abandoned'),
};

function asClause(change: { clauseId?: string | undefined; kind?: Clause['kind'] | undefined; text?: Clause['text'] | undefined }): Clause {
  return { id: change.clauseId ?? '', kind: change.kind ?? 'other', text: change.text ?? {}, revision: 1, agreed: {} };
}
