import type { View } from '#kernel';
import { startOf } from '../mou/days.js';
import type { DataOf, MouEvent } from '../mou/events.js';
import { consolidate, rectified } from '../mou/text.js';
import type { ClauseDoc, MouDoc, TextDoc } from './mou.doc.js';

const textOf = (doc: MouDoc): TextDoc => ({
  clauses: doc.clauses.map(({ clauseId, kind, number, text }) => ({ clauseId, kind, number, text })),
  digests: doc.digests ?? {},
});
const accession = (doc: MouDoc, groupId: string, change: Partial<MouDoc['accessions'][number]>): MouDoc['accessions'] => {
  const known = doc.accessions.find((a) => a.groupId === groupId && a.effectiveOn === null);
  const blank = { groupId, letterRef: null, requested: false, consents: [], refusals: [], instrumentRef: null, effectiveOn: null };
  return [...doc.accessions.filter((a) => a !== known), { ...(known ?? blank), ...change }];
};
const openAccession = (doc: MouDoc, groupId: string) => doc.accessions.find((a) => a.groupId === groupId && a.effectiveOn === null);
/** As it reads since the last amendment, where there was one. */
const whole = (doc: MouDoc): MouDoc => (doc.original === null ? doc : { ...doc, consolidated: textOf(doc) });
const amendment = (doc: MouDoc, id: string, change: Partial<MouDoc['amendments'][number]>): MouDoc['amendments'] =>
  doc.amendments.map((a) => (a.amendmentId === id ? { ...a, ...change } : a));
const over = (doc: MouDoc, status: MouDoc['status'], on: string | null, more: Partial<DataOf<'MouTerminated'>> = {}): MouDoc => ({
  ...doc, status, ended: { on, reason: more.reason ?? null, decisionRef: more.decisionRef ?? null },
});

/** From effect to the end. */
export const inTheLife: View<MouDoc, MouEvent>['on'] = {
  MouEnteredIntoEffect: (doc, d) => doc && {
    ...doc, status: 'inEffect', effect: { on: d.on, byRule: d.byRule, notifications: d.notifications ?? null }, expiresOn: d.expiresOn ?? null,
  },
  MouCertifiedCopyIssued: (doc, d) => doc && { ...doc, certifiedCopies: [...doc.certifiedCopies, d] },
  MouAmendmentProposed: (doc, d) => doc && {
    ...doc,
    amendments: [...doc.amendments, {
      amendmentId: d.amendmentId, kind: d.kind, by: d.by, text: d.text, changes: d.changes, consents: [d.by], status: 'proposed',
      effectiveOn: d.effectiveOn ?? null, consolidatedDigest: null, documentRef: null,
    }],
  },
  MouAmendmentConsented: (doc, d) => doc && {
    ...doc,
    amendments: doc.amendments.map((a) => (a.amendmentId === d.amendmentId ? { ...a, consents: [...a.consents, d.groupId] } : a)),
  },
  MouAmended: (doc, d) => doc && whole({
    ...doc,
    original: doc.original ?? textOf(doc),
    clauses: consolidate(
      doc.clauses.map((c) => ({ ...c, id: c.clauseId })),
      doc.amendments.find((a) => a.amendmentId === d.amendmentId)?.changes ?? [],
      (change): ClauseDoc & { id: string } => ({
        id: change.clauseId ?? '', clauseId: change.clauseId ?? '', kind: change.kind ?? 'other', number: null, text: change.text ?? {},
        revision: null, by: null, agreedBy: [], agreed: true, stale: [], dropped: false, brackets: [], warnings: {},
      }),
    ).map(({ id: _id, ...clause }) => clause),
    digests: Object.keys(d.consolidatedDigest).length > 0 ? d.consolidatedDigest : doc.digests,
    amendments: amendment(doc, d.amendmentId, { status: 'in-effect', effectiveOn: d.effectiveOn, consolidatedDigest: d.consolidatedDigest }),
  }),
  MouAddendumAdded: (doc, d) => doc && {
    ...doc, amendments: amendment(doc, d.addendumId, { status: 'in-effect', effectiveOn: d.on, documentRef: d.documentRef }),
  },
  MouAccessionRequested: (doc, d) => doc && { ...doc, accessions: accession(doc, d.groupId, { letterRef: d.letterRef, requested: true }) },
  MouAccessionConsented: (doc, d) => doc && {
    ...doc,
    accessions: accession(doc, d.applicantId, {
      consents: [...(openAccession(doc, d.applicantId)?.consents ?? []), d.byGroupId],
      refusals: (openAccession(doc, d.applicantId)?.refusals ?? []).filter((r) => r.groupId !== d.byGroupId),
    }),
  },
  MouAccessionRefused: (doc, d) => doc && {
    ...doc,
    accessions: accession(doc, d.applicantId, {
      consents: (openAccession(doc, d.applicantId)?.consents ?? []).filter((g) => g !== d.byGroupId),
      refusals: [...(openAccession(doc, d.applicantId)?.refusals ?? []), { groupId: d.byGroupId, reason: d.reason }],
    }),
  },
  MouCounterpartsExchanged: (doc, d) => doc && { ...doc, counterparts: { on: d.on, copies: d.counterparts } },
  MouTextRectified: (doc, { told: _told, title: _title, ...d }, { meta }) => doc && whole({
    ...doc,
    clauses: doc.clauses.map((c) => (c.clauseId === d.clauseId ? { ...c, text: rectified(c.text, d) } : c)),
    digests: Object.keys(d.digests).length > 0 ? d.digests : doc.digests,
    corrections: [...doc.corrections, { ...d, at: meta.recordedAt }],
  }),
  MouAcceded: (doc, d) => doc && {
    ...doc,
    accessions: accession(doc, d.groupId, { instrumentRef: d.instrumentRef, effectiveOn: d.effectiveOn }),
    participants: [...doc.participants, { groupId: d.groupId, since: d.effectiveOn, acceded: true, withdrewOn: null }],
  },
  MouRenewed: (doc, d) => doc && { ...doc, expiresOn: d.until, renewals: [...doc.renewals, d] },
  MouActivityRecorded: (doc, d) => doc && { ...doc, activities: [...doc.activities, d] },
  MouReviewHeld: (doc, d) => doc && { ...doc, reviews: [...doc.reviews, d] },
  MouSuspended: (doc, d) => doc && { ...doc, status: 'suspended', suspension: d },
  MouResumed: (doc) => doc && { ...doc, status: 'inEffect', suspension: null },
  MouWithdrawalNotified: (doc, d, { meta }) => doc && {
    ...doc,
    withdrawals: [
      ...doc.withdrawals,
      { groupId: d.groupId, notifiedAt: meta.validTime ?? meta.recordedAt, effectiveOn: d.effectiveOn, effectiveAt: startOf(d.effectiveOn), withdrewOn: null },
    ],
  },
  MouParticipantWithdrew: (doc, d) => doc && {
    ...doc,
    withdrawals: doc.withdrawals.map((w) => (w.groupId === d.groupId && w.withdrewOn === null ? { ...w, withdrewOn: d.on } : w)),
    participants: doc.participants.map((p) => (p.groupId === d.groupId && p.withdrewOn === null ? { ...p, withdrewOn: d.on } : p)),
  },
  MouTerminated: (doc, d) => doc && over(doc, 'terminated', d.on, d),
  MouExpired: (doc, d) => doc && over(doc, 'expired', d.on),
  MouSuperseded: (doc, d) => doc && { ...over(doc, 'superseded', null), supersededBy: d.byMouId },
};
