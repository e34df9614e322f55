import type { AggregateDefinition } from '#kernel';
import type { MouSchemas } from './events.js';
import { allInitialled, type Applicant, type Clause, fingerprint, type Mou } from './state.js';
import { consolidate, insertAt, rectified, written } from './text.js';

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
    titles: d.titles,
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
    titles: d.titles,
    participants: d.participants,
    bindingness: d.bindingness ?? null,
    languages: d.authenticLanguages ?? [],
    terms: d.terms ?? {},
    clauses: (d.clauses ?? []).map((c) => asClause({ ...c })),
    digests: d.digests ?? null,
    signatures: d.signatories.map((s) => ({
      groupId: s.groupId ?? null, personId: s.personId ?? null, asPrinted: s.asPrinted, proxyBy: null, at: d.signedOn, effective: true,
      digests: d.digests ?? {}, effectiveAt: d.signedOn,
    })),
    signedOn: d.signedOn,
  }),
  MouNegotiationOpened: (state) => ({ ...state, status: 'negotiating' }),
  MouClauseProposed: (state, d) =>
    rewritten(state, {
      clauses: insertAt(state.clauses, d.position, asClause(d)),
    }),
  MouClauseRevised: (state, d) =>
    rewritten(state, {
      clauses: change(state, d.clauseId, (c) => ({ ...c, ...written(c, d.text), revision: d.revision, agreed: {}, dropped: false })),
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
        ...written(c, d.text ?? {}),
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
    opened: { from: d.from, until: d.until ?? null, mode: d.mode, place: d.place ?? null, order: d.order ?? [], closed: false },
  }),
  MouSigned: (state, d) => ({
    ...state,
    status: state.status === 'openForSignature' ? 'partlySigned' : state.status,
    signatures: [
      ...state.signatures,
      {
        groupId: d.groupId, personId: d.personId ?? null, asPrinted: d.asPrinted ?? null, proxyBy: d.proxyBy ?? null, at: d.at,
        effective: d.capacity === 'for-group', digests: d.digests, effectiveAt: d.at,
      },
    ],
    declined: state.declined.filter((g) => g !== d.groupId),
  }),
  MouSignaturesCompleted: (state) => ({ ...state, status: 'signed' }),
  MouSignatureDeclined: (state, d) => ({ ...state, declined: [...state.declined, d.groupId] }),
  MouSignatureClosed: (state) => ({ ...state, opened: state.opened && { ...state.opened, closed: true } }),
  MouSignatureExtended: (state, { until }) => ({ ...state, opened: state.opened && { ...state.opened, until, closed: false } }),
  MouCounterpartsExchanged: (state) => ({ ...state, exchanged: true }),
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
  MouTextRectified: (state, d) =>
    said(
      {
        ...state,
        clauses: change(state, d.clauseId, (c) => ({ ...c, text: rectified(c.text, d) })),
        digests: Object.keys(d.digests).length > 0 ? d.digests : state.digests,
        formerDigests: Object.keys(d.before).length > 0 ? [...state.formerDigests, d.before] : state.formerDigests,
      },
      'rectified', d.correctionId,
    ),
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
      // It is another text now, and no correction of the former one.
      formerDigests: Object.keys(d.consolidatedDigest).length > 0 ? [] : state.formerDigests,
      clauses: consolidate(state.clauses, amendment?.changes ?? [], asClause),
    };
  },
  MouAddendumAdded: (state, d) => ({ ...state, amendments: state.amendments.filter((a) => a.id !== d.addendumId) }),
  MouAccessionRequested: (state, { groupId }) => onApplicant(state, groupId, (a) => ({ ...a, requested: true })),
  MouAccessionConsented: (state, { applicantId, byGroupId }) =>
    onApplicant(state, applicantId, (a) => ({ ...a, consents: [...a.consents, byGroupId], refusals: a.refusals.filter((g) => g !== byGroupId) })),
  MouAccessionRefused: (state, { applicantId, byGroupId }) =>
    onApplicant(state, applicantId, (a) => ({ ...a, refusals: [...a.refusals, byGroupId], consents: a.consents.filter((g) => g !== byGroupId) })),
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

type New = { clauseId?: string | undefined; kind?: Clause['kind'] | undefined; text?: Clause['text'] | undefined };
function asClause({ clauseId, kind, text }: New): Clause {
  return { id: clauseId ?? '', kind: kind ?? 'other', text: text ?? {}, revision: 1, agreed: {}, stale: [] };
}
const onApplicant = (state: Mou, groupId: string, to: (applicant: Applicant) => Applicant): Mou => {
  const known = state.applicants.find((a) => a.groupId === groupId) ?? { groupId, requested: false, consents: [], refusals: [] };
  return { ...state, applicants: [...state.applicants.filter((a) => a.groupId !== groupId), to(known)] };
};
