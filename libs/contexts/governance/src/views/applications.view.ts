import type { Duty, View } from '#kernel';
import type { ApplicationEvent } from '../membership-application/events.js';
import type { MembershipApplication } from '../membership-application/membership-application.js';

export interface ApplicationDoc {
  status: MembershipApplication['status'];
  groupId: string;
  networkId: string;
  contact: string | null;
  openedOn: string;
  invited: { by: string; expiresOn: string } | null;
  category: string | null;
  charterVersionAccepted: string | null;
  authorisationRef: string | null;
  membersBySide: Readonly<Record<string, number>>;
  documents: readonly string[];
  questions: readonly { questions: readonly string[]; dueOn: string; answers: readonly string[] | null }[];
  assessment: { parliamentEligible: boolean; criteria: readonly { id: string; met: boolean; evidence: string }[]; assessor: string } | null;
  circulatedTo: readonly string[];
  objectionDeadline: string | null;
  objections: readonly { by: string; ground: string; text: string; withdrawn: boolean }[];
  recommended: { by: string; category: string; conditions: readonly string[] } | null;
  outcome: { decisionRef: string; reasons: string | null; reapplyAfter: string | null; membershipId: string | null } | null;
  deferredUntil: string | null;
}

const open = (groupId: string, networkId: string, on: string): ApplicationDoc => ({
  status: 'enquiry', groupId, networkId, contact: null, openedOn: on, invited: null, category: null, charterVersionAccepted: null, authorisationRef: null,
  membersBySide: {}, documents: [], questions: [], assessment: null, circulatedTo: [], objectionDeadline: null, objections: [], recommended: null, outcome: null,
  deferredUntil: null,
});

function dutiesOf(doc: ApplicationDoc): Duty[] {
  const deadline = doc.objectionDeadline === null ? {} : { deadline: doc.objectionDeadline };
  switch (doc.status) {
    case 'enquiry':
      return [{ kind: 'application-submit', holder: `chair:${doc.groupId}`, command: 'SubmitApplication' }];
    case 'submitted':
      return doc.assessment === null
        ? [{ kind: 'application-assess', holder: 'network-secretariat', command: 'AssessEligibility' }]
        : [{ kind: 'application-circulate', holder: 'network-secretariat', command: 'CirculateApplication' }];
    case 'awaitingInformation':
      return [{ kind: 'application-answer', holder: `chair:${doc.groupId}`, deadline: `${doc.questions.at(-1)?.dueOn ?? '9999-12-31'}T23:59:59Z`, command: 'SupplyInformation' }];
    case 'circulated':
      return [
        ...doc.circulatedTo.map((g) => ({ kind: 'application-object', holder: `chair:${g}`, ...deadline, command: 'RaiseObjection' })),
        { kind: 'application-decide', holder: 'network-chair', ...deadline, command: 'AdmitApplicant' },
      ];
    case 'recommended':
      return [{ kind: 'application-decide', holder: 'network-chair', command: 'AdmitApplicant' }];
    default:
      return [];
  }
}

export const applications: View<ApplicationDoc, ApplicationEvent> = {
  name: 'applications',
  version: 1,
  category: 'application',
  on: {
    InterestExpressed: (_, d) => ({ ...open(d.groupId, d.networkId, d.on), contact: d.contact }),
    InvitationIssued: (doc, d, { meta }) => ({ ...(doc ?? open(d.to, d.networkId, meta.recordedAt.slice(0, 10))), invited: { by: d.by, expiresOn: d.expiresOn } }),
    ApplicationSubmitted: (doc, d) => doc && { ...doc, ...d, status: 'submitted', assessment: null },
    FurtherInformationRequested: (doc, d) => doc && { ...doc, status: 'awaitingInformation', questions: [...doc.questions, { ...d, answers: null }] },
    FurtherInformationSupplied: (doc, d) => doc && { ...doc, status: 'submitted', questions: doc.questions.map((q) => (q.answers === null ? { ...q, answers: d.answers } : q)) },
    EligibilityAssessed: (doc, d) => doc && { ...doc, assessment: d },
    ApplicationCirculated: (doc, d) => doc && { ...doc, status: 'circulated', circulatedTo: d.to, objectionDeadline: d.objectionDeadline },
    ApplicationObjectionRaised: (doc, d) => doc && { ...doc, objections: [...doc.objections, { ...d, withdrawn: false }] },
    ApplicationObjectionWithdrawn: (doc, d) => doc && { ...doc, objections: doc.objections.map((o) => (o.by === d.by ? { ...o, withdrawn: true } : o)) },
    AdmissionRecommended: (doc, d) => doc && { ...doc, status: 'recommended', recommended: d },
    ApplicantAdmitted: (doc, d) => doc && { ...doc, status: 'admitted', outcome: { decisionRef: d.decisionRef, reasons: null, reapplyAfter: null, membershipId: d.membershipId } },
    ApplicationDeferred: (doc, d) => doc && { ...doc, status: 'deferred', deferredUntil: d.until ?? null },
    ApplicationResumed: (doc) => doc && { ...doc, status: 'circulated', deferredUntil: null },
    ApplicationDeclined: (doc, d) => doc && { ...doc, status: 'declined', outcome: { decisionRef: d.decisionRef, reasons: d.reasons, reapplyAfter: d.reapplyAfter, membershipId: null } },
    ApplicationWithdrawn: (doc) => doc && { ...doc, status: 'withdrawn' },
    ApplicationLapsed: (doc) => doc && { ...doc, status: 'lapsed' },
  },
  columns: {
    status: (doc) => doc.status, groupId: (doc) => doc.groupId, networkId: (doc) => doc.networkId,
    open: (doc) => (['admitted', 'declined', 'withdrawn', 'lapsed'].includes(doc.status) ? 0 : 1),
  },
  duties: dutiesOf,
};
