import type { Duty, Multilingual, View } from '#kernel';
import { endOf } from '../calendar.js';
import type { ApplicationEvent } from '../membership-application/events.js';
import { type MembershipApplication, OPEN_STATES } from '../membership-application/state.js';

export interface ApplicationDoc {
  status: MembershipApplication['status'];
  groupId: string;
  networkId: string;
  groupNames: Multilingual;
  contact: string | null;
  openedOn: string;
  invited: { by: string; expiresOn: string } | null;
  category: string | null;
  charterVersionAccepted: string | null;
  authorisationRef: string | null;
  membersBySide: Readonly<Record<string, number | undefined>>;
  documents: readonly string[];
  questions: readonly { questions: readonly string[]; dueOn: string; answers: readonly string[] | null }[];
  assessment: { parliamentEligible: boolean; criteria: readonly { id: string; met: boolean; evidence: string }[]; assessor: string } | null;
  /** All criteria met; null until assessed. */
  eligible: boolean | null;
  circulatedTo: readonly string[];
  objectionDeadline: string | null;
  objections: readonly { by: string; ground: string; text: string; withdrawn: boolean }[];
  recommended: { by: string; category: string; conditions: readonly string[] } | null;
  outcome: { decisionRef: string; reasons: string | null; reapplyAfter: string | null; membershipId: string | null } | null;
  deferred: { until: string | null; reason: string } | null;
  /** Why it was withdrawn or lapsed. */
  ended: string | null;
}

const open = (groupId: string, networkId: string, groupNames: Multilingual | undefined, openedOn: string): ApplicationDoc => ({
  status: 'enquiry', groupId, networkId, groupNames: groupNames ?? {}, contact: null, openedOn, invited: null, category: null, charterVersionAccepted: null,
  authorisationRef: null, membersBySide: {}, documents: [], questions: [], assessment: null, eligible: null, circulatedTo: [], objectionDeadline: null,
  objections: [], recommended: null, outcome: null, deferred: null, ended: null,
});
const standing = (doc: ApplicationDoc) => doc.objections.filter((o) => !o.withdrawn).map((o) => o.by);

function dutiesOf(doc: ApplicationDoc): Duty[] {
  const chair = `chair:${doc.groupId}`;
  const end = doc.objectionDeadline === null ? {} : { deadline: doc.objectionDeadline };
  const decide = { kind: 'application-decide', holder: 'network-chair', ...end, command: 'AdmitApplicant' };
  switch (doc.status) {
    case 'enquiry':
      return [{ kind: 'application-submit', holder: chair, ...(doc.invited ? { deadline: endOf(doc.invited.expiresOn) } : {}), command: 'SubmitApplication' }];
    case 'submitted':
      if (doc.eligible === null) return [{ kind: 'application-assess', holder: 'network-secretariat', command: 'AssessEligibility' }];
      return doc.eligible
        ? [{ kind: 'application-circulate', holder: 'network-secretariat', command: 'CirculateApplication' }]
        : [{ kind: 'application-not-eligible', holder: 'network-chair', command: 'DeclineApplication' }];
    case 'awaitingInformation':
      return [{ kind: 'application-answer', holder: chair, deadline: endOf(doc.questions.at(-1)?.dueOn ?? '9999-12-31'), command: 'SupplyInformation' }];
    case 'circulated': {
      const objected = standing(doc);
      const silent = doc.circulatedTo.filter((group) => !objected.includes(group));
      return [...silent.map((group) => ({ kind: 'application-object', holder: `chair:${group}`, ...end, command: 'RaiseObjection' })), decide];
    }
    case 'recommended':
      return [decide];
    case 'deferred':
      return [{ kind: 'application-resume', holder: 'network-chair', ...(doc.deferred?.until ? { deadline: endOf(doc.deferred.until) } : {}), command: 'ResumeApplication' }];
    default:
      return [];
  }
}

const met = (d: { parliamentEligible: boolean; criteria: readonly { met: boolean }[] }) => d.parliamentEligible && d.criteria.every((c) => c.met);

export const applications: View<ApplicationDoc, ApplicationEvent> = {
  name: 'applications',
  version: 2,
  category: 'application',
  on: {
    InterestExpressed: (_, d) => ({ ...open(d.groupId, d.networkId, d.groupNames, d.on), contact: d.contact }),
    InvitationIssued: (doc, d, { meta }) => ({
      ...(doc ?? open(d.to, d.networkId, d.groupNames, meta.validTime ?? meta.recordedAt.slice(0, 10))), invited: { by: d.by, expiresOn: d.expiresOn },
    }),
    ApplicationSubmitted: (doc, d) => doc && { ...doc, ...d, status: 'submitted', assessment: null, eligible: null },
    FurtherInformationRequested: (doc, d) => doc && { ...doc, status: 'awaitingInformation', questions: [...doc.questions, { ...d, answers: null }] },
    FurtherInformationSupplied: (doc, d) =>
      doc && { ...doc, status: 'submitted', questions: doc.questions.map((q) => (q.answers === null ? { ...q, answers: d.answers } : q)) },
    EligibilityAssessed: (doc, d) => doc && { ...doc, assessment: d, eligible: met(d) },
    ApplicationCirculated: (doc, d) => doc && { ...doc, status: 'circulated', circulatedTo: d.to, objectionDeadline: d.objectionDeadline },
    ApplicationObjectionRaised: (doc, d) => doc && { ...doc, objections: [...doc.objections, { ...d, withdrawn: false }] },
    ApplicationObjectionWithdrawn: (doc, d) => doc && { ...doc, objections: doc.objections.map((o) => (o.by === d.by ? { ...o, withdrawn: true } : o)) },
    AdmissionRecommended: (doc, d) => doc && { ...doc, status: 'recommended', category: d.category, recommended: d },
    ApplicantAdmitted: (doc, d) =>
      doc && { ...doc, status: 'admitted', outcome: { decisionRef: d.decisionRef, reasons: null, reapplyAfter: null, membershipId: d.membershipId } },
    ApplicationDeferred: (doc, d) => doc && { ...doc, status: 'deferred', deferred: { until: d.until ?? null, reason: d.reason } },
    ApplicationResumed: (doc, d) => doc && { ...doc, status: 'circulated', deferred: null, objectionDeadline: d.objectionDeadline ?? doc.objectionDeadline },
    ApplicationDeclined: (doc, d) =>
      doc && { ...doc, status: 'declined', outcome: { decisionRef: d.decisionRef, reasons: d.reasons, reapplyAfter: d.reapplyAfter, membershipId: null } },
    ApplicationWithdrawn: (doc, d) => doc && { ...doc, status: 'withdrawn', ended: d.reason },
    ApplicationLapsed: (doc, d) => doc && { ...doc, status: 'lapsed', ended: d.reason },
  },
  columns: {
    status: (doc) => doc.status, groupId: (doc) => doc.groupId, networkId: (doc) => doc.networkId, category: (doc) => doc.category,
    open: (doc) => ((OPEN_STATES as readonly string[]).includes(doc.status) ? 1 : 0),
    objectionDeadline: (doc) => doc.objectionDeadline,
  },
  title: (doc) => doc.groupNames,
  words: (doc) => [doc.groupId, doc.networkId, ...doc.documents].join(' '),
  duties: dutiesOf,
};
