import type { Duty, Multilingual, Source, View } from '#kernel';
import type { GroupEvent, Officer } from '../group/events.js';
import type { Authorisation, Group } from '../group/state.js';

export interface GroupDoc {
  status: Group['status'];
  parliamentId: string;
  names: Multilingual;
  abbreviations: Multilingual;
  formerNames: readonly { names: Multilingual; until: string }[];
  purpose: Multilingual;
  foundedOn: string | null;
  recognition: string | null;
  sources: readonly Source[];
  confidence: string | null;
  promoters: readonly string[];
  members: readonly { personId: string; status: string; on: string; leftOn: string | null; reason: string | null }[];
  officers: readonly (Officer & { electedOn: string | null })[];
  formerOfficers: readonly { personId: string; role: string; until: string; reason: string }[];
  responsible: string | null;
  termEndsOn: string | null;
  secretariats: readonly {
    partnerId: string; services: readonly string[]; from: string; until: string | null; dueDiligence: string | null;
    fundedBy: readonly { name: string; governmental: boolean }[] | null;
  }[];
  benefits: readonly { source: string; kind: string; value: { amount: number; currency: string }; receivedOn: string; registeredOn: string; purpose: string }[];
  meetings: readonly { id: string; kind: 'inaugural' | 'agm'; on: string; present: number }[];
  incomeStatements: readonly { period: { from: string; to: string }; documentRef: string }[];
  programme: { period: { from: string; to: string }; items: readonly Multilingual[] } | null;
  authorisations: readonly (Authorisation & { decisionRef: string })[];
  concerns: readonly { rule: string; detail: string; dueOn: string; resolution: string | null }[];
  dormant: { cause: string; since: string } | null;
  terms: readonly { term: string; on: string }[];
  endedOn: string | null;
}

const empty: Omit<GroupDoc, 'status' | 'parliamentId' | 'names' | 'purpose'> = {
  abbreviations: {}, formerNames: [], foundedOn: null, recognition: null, sources: [], confidence: null, promoters: [], members: [], officers: [],
  formerOfficers: [], responsible: null, termEndsOn: null, secretariats: [], benefits: [], meetings: [], incomeStatements: [], programme: null,
  authorisations: [], concerns: [], dormant: null, terms: [], endedOn: null,
};

function dutiesOf(doc: GroupDoc): Duty[] {
  const id = doc.officers.find((o) => o.role === 'chair')?.personId;
  return doc.concerns
    .filter((c) => c.resolution === null)
    .map((c) => ({ kind: 'group-compliance', holder: id === undefined ? 'network-secretariat' : `person:${id}`, deadline: `${c.dueOn}T23:59:59Z` }));
}

export const groups: View<GroupDoc, GroupEvent> = {
  name: 'groups',
  version: 1,
  category: 'group',
  on: {
    GroupFormationProposed: (_, d) => ({
      ...empty, status: 'forming', parliamentId: d.parliamentId, names: d.proposedName, purpose: d.purpose, promoters: d.promoters,
    }),
    InauguralMeetingHeld: (doc, d) => doc && { ...doc, meetings: [...doc.meetings, { id: d.meetingId, kind: 'inaugural', on: d.on, present: d.present.length }] },
    GroupFounded: (doc, d, { meta }) => ({
      ...(doc ?? empty), status: 'active', parliamentId: d.parliamentId, names: d.names, abbreviations: d.abbreviations ?? {}, purpose: d.purpose,
      foundedOn: d.foundedOn, recognition: d.recognition, sources: d.sources, confidence: meta.confidence ?? null,
    }),
    OfficersElected: (doc, d, { meta }) => doc && {
      ...doc,
      officers: d.officers.map((o) => ({ ...o, electedOn: meta.validTime ?? meta.recordedAt.slice(0, 10) })),
      termEndsOn: d.termEndsOn ?? null,
    },
    ResponsibleOfficerDesignated: (doc, d) => doc && { ...doc, responsible: d.personId },
    GroupMemberEnrolled: (doc, d) => doc && { ...doc, members: [...doc.members, { ...d, leftOn: null, reason: null }] },
    GroupMemberLeft: (doc, d) => doc && {
      ...doc, members: doc.members.map((m) => (m.personId === d.personId && m.leftOn === null ? { ...m, leftOn: d.on, reason: d.reason } : m)),
    },
    OfficerAppointed: (doc, { on, ...officer }) => doc && { ...doc, officers: [...doc.officers, { ...officer, electedOn: on }] },
    OfficerStoodDown: (doc, d) => doc && {
      ...doc,
      officers: doc.officers.filter((o) => !(o.personId === d.personId && o.role === d.role)),
      formerOfficers: [...doc.formerOfficers, { personId: d.personId, role: d.role, until: d.on, reason: d.reason }],
      responsible: doc.responsible === d.personId ? null : doc.responsible,
    },
    SecretariatAppointed: (doc, d) => doc && {
      ...doc,
      secretariats: [...doc.secretariats, {
        partnerId: d.partnerId, services: d.services, from: d.from, until: null, dueDiligence: d.dueDiligence?.foreignGovernmentFunding ?? null,
        fundedBy: d.fundedBy ?? null,
      }],
    },
    SecretariatEnded: (doc, d) => doc && {
      ...doc, secretariats: doc.secretariats.map((s) => (s.partnerId === d.partnerId && s.until === null ? { ...s, until: d.until } : s)),
    },
    BenefitRegistered: (doc, d) => doc && { ...doc, benefits: [...doc.benefits, d] },
    AnnualGeneralMeetingHeld: (doc, d) => doc && { ...doc, meetings: [...doc.meetings, { id: d.meetingId, kind: 'agm', on: d.on, present: d.present.length }] },
    IncomeStatementPublished: (doc, d) => doc && { ...doc, incomeStatements: [...doc.incomeStatements, d] },
    ProgrammeOfWorkAdopted: (doc, d) => doc && { ...doc, programme: d },
    GroupAuthorisationGranted: (doc, d) => doc && {
      ...doc,
      authorisations: [...doc.authorisations, {
        id: d.authorisationId, subject: d.subject, act: d.act, holder: d.holder, digests: d.textDigests ?? null, latitude: d.latitude,
        expiresAt: d.expiresAt, decisionRef: d.decisionRef,
      }],
    },
    GroupAuthorisationRevoked: (doc, d) => doc && { ...doc, authorisations: doc.authorisations.filter((a) => a.id !== d.authorisationId) },
    ComplianceConcernRaised: (doc, d) => doc && { ...doc, concerns: [...doc.concerns, { ...d, resolution: null }] },
    ComplianceConcernResolved: (doc, d) => doc && {
      ...doc, concerns: doc.concerns.map((c) => (c.rule === d.rule && c.resolution === null ? { ...c, resolution: d.resolution } : c)),
    },
    GroupRenamed: (doc, d) => doc && { ...doc, names: d.to, formerNames: [...doc.formerNames, { names: d.from, until: d.on }] },
    GroupBecameDormant: (doc, d) => doc && { ...doc, status: 'dormant', dormant: d, authorisations: [] },
    GroupReconstituted: (doc, d) => doc && {
      ...doc, status: 'active', dormant: null, responsible: null, termEndsOn: null, terms: [...doc.terms, { term: d.term, on: d.on }],
      formerOfficers: [...doc.formerOfficers, ...doc.officers.map((o) => ({ personId: o.personId, role: o.role, until: doc.dormant?.since ?? d.on, reason: 'dissolution' }))],
      officers: [],
    },
    GroupLapsed: (doc, d) => doc && { ...doc, status: 'lapsed', endedOn: d.on },
    GroupDissolved: (doc, d) => doc && { ...doc, status: 'dissolved', endedOn: d.on },
  },
  columns: { status: (doc) => doc.status, parliamentId: (doc) => doc.parliamentId },
  title: (doc) => doc.names,
  words: (doc) => [...Object.values(doc.abbreviations), ...Object.values(doc.purpose), ...doc.formerNames.flatMap((f) => Object.values(f.names))].join(' '),
  duties: dutiesOf,
};
