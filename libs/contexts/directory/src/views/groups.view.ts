import type { View } from '#kernel';
import type { GroupEvent, Officer } from '../group/events.js';
import type { GroupDoc } from './group-doc.js';
import { groupDuties } from './group-duties.js';

const empty: Omit<GroupDoc, 'status' | 'groupId' | 'parliamentId' | 'names' | 'purpose'> = {
  abbreviations: {}, formerNames: [], foundedOn: null, activeSince: null, recognition: null, sources: [], confidence: null, promoters: [], members: [],
  officers: [], formerOfficers: [], responsible: null, termEndsOn: null, secretariats: [], benefits: [], tier: null, meetings: [],
  incomeStatements: [], programmes: [], concerns: [], dormant: null, terms: [], endedOn: null,
};
const former = (officers: GroupDoc['officers'], until: string, reason: string) =>
  officers.map((o) => ({ personId: o.personId, role: o.role, since: o.since ?? o.electedOn, until, reason }));
const stays = (slate: readonly Officer[]) => (o: Officer) => slate.some((n) => n.personId === o.personId && n.role === o.role);

/** What a group authorises is not handled here: it may tell of a text under negotiation (G6); see `authorisations`. */
export const groups: View<GroupDoc, GroupEvent> = {
  name: 'groups',
  version: 2,
  category: 'group',
  on: {
    GroupFormationProposed: (_, d) => ({
      ...empty, status: 'forming', groupId: d.groupId, parliamentId: d.parliamentId, names: d.proposedName, purpose: d.purpose, promoters: d.promoters,
    }),
    InauguralMeetingHeld: (doc, d) => doc && {
      ...doc,
      meetings: [...doc.meetings, { id: d.meetingId, kind: 'inaugural', on: d.on, chairedBy: null, present: d.present, quorumMet: d.quorumMet ?? null }],
    },
    GroupFounded: (doc, d, { meta }) => ({
      ...(doc ?? empty), status: 'active', groupId: d.groupId, parliamentId: d.parliamentId, names: d.names, abbreviations: d.abbreviations ?? {},
      purpose: d.purpose, foundedOn: d.foundedOn, activeSince: d.foundedOn, recognition: d.recognition, sources: d.sources,
      confidence: meta.confidence ?? null,
    }),
    OfficersElected: (doc, d, { meta }) => {
      if (!doc) return doc;
      const day = doc.meetings.find((m) => m.id === d.meetingId)?.on ?? meta.validTime ?? (meta.mode === 'import' ? null : meta.recordedAt.slice(0, 10));
      const before = (o: Officer) => doc.officers.find((p) => p.personId === o.personId && p.role === o.role);
      return {
        ...doc,
        // Who is elected again stays in office since the first time.
        officers: d.officers.map((o) => ({ ...o, electedOn: before(o)?.electedOn ?? day })),
        formerOfficers: [...doc.formerOfficers, ...former(doc.officers.filter((o) => !stays(d.officers)(o)), day ?? 'XXXX', 'election')],
        termEndsOn: d.termEndsOn ?? null,
      };
    },
    ResponsibleOfficerDesignated: (doc, d) => doc && { ...doc, responsible: d.personId },
    GroupMemberEnrolled: (doc, d) => doc && {
      ...doc,
      members: [
        ...doc.members.map((m) => (m.personId === d.personId && m.leftOn === null ? { ...m, leftOn: d.on, reason: 'status' } : m)),
        { ...d, leftOn: null, reason: null },
      ],
    },
    GroupMemberLeft: (doc, d) => doc && {
      ...doc, members: doc.members.map((m) => (m.personId === d.personId && m.leftOn === null ? { ...m, leftOn: d.on, reason: d.reason } : m)),
    },
    OfficerAppointed: (doc, { on, ...officer }) => doc && { ...doc, officers: [...doc.officers, { ...officer, electedOn: on }] },
    OfficerStoodDown: (doc, d) => {
      if (!doc) return doc;
      const goes = (o: Officer) => o.personId === d.personId && o.role === d.role;
      const officers = doc.officers.filter((o) => !goes(o));
      const kept = doc.responsible !== d.personId || officers.some((o) => o.personId === d.personId);
      return {
        ...doc, officers, responsible: kept ? doc.responsible : null,
        formerOfficers: [...doc.formerOfficers, ...former(doc.officers.filter(goes), d.on, d.reason)],
      };
    },
    SecretariatAppointed: (doc, { fundedBy, dueDiligence, ...d }) => doc && {
      ...doc, secretariats: [...doc.secretariats, { ...d, fundedBy: fundedBy ?? null, dueDiligence: dueDiligence ?? null, until: null }],
    },
    SecretariatEnded: (doc, d) => doc && {
      ...doc, secretariats: doc.secretariats.map((s) => (s.partnerId === d.partnerId && s.until === null ? { ...s, until: d.until } : s)),
    },
    BenefitRegistered: (doc, d) => doc && { ...doc, benefits: [...doc.benefits, d], tier: d.tier ?? doc.tier },
    AnnualGeneralMeetingHeld: (doc, d) => doc && {
      ...doc,
      meetings: [...doc.meetings, {
        id: d.meetingId, kind: 'agm', on: d.on, chairedBy: d.chairedBy ?? null, present: d.present, quorumMet: d.quorumMet ?? null,
      }],
    },
    IncomeStatementPublished: (doc, d) => doc && { ...doc, incomeStatements: [...doc.incomeStatements, d] },
    ProgrammeOfWorkAdopted: (doc, d) => doc && { ...doc, programmes: [...doc.programmes, d] },
    ComplianceConcernRaised: (doc, d) => doc && { ...doc, concerns: [...doc.concerns, { ...d, resolution: null }] },
    ComplianceConcernResolved: (doc, d) => doc && {
      ...doc, concerns: doc.concerns.map((c) => (c.rule === d.rule && c.resolution === null ? { ...c, resolution: d.resolution } : c)),
    },
    GroupRenamed: (doc, d) => doc && { ...doc, names: d.to, formerNames: [...doc.formerNames, { names: d.from, until: d.on }] },
    GroupBecameDormant: (doc, d) => doc && { ...doc, status: 'dormant', activeSince: null, dormant: d },
    GroupReconstituted: (doc, d) => doc && {
      ...doc, status: 'active', activeSince: d.on, dormant: null, responsible: null, termEndsOn: null, tier: null, officers: [],
      terms: [...doc.terms, { term: d.term, on: d.on }],
      formerOfficers: [...doc.formerOfficers, ...former(doc.officers, doc.dormant?.since ?? d.on, doc.dormant?.cause ?? 'dissolution')],
    },
    GroupLapsed: (doc, d) => doc && { ...doc, status: 'lapsed', endedOn: d.on },
    GroupDissolved: (doc, d) => doc && { ...doc, status: 'dissolved', activeSince: null, endedOn: d.on },
  },
  columns: {
    status: (doc) => doc.status,
    parliamentId: (doc) => doc.parliamentId,
    recognition: (doc) => doc.recognition,
    tier: (doc) => doc.tier,
    openConcerns: (doc) => doc.concerns.filter((c) => c.resolution === null).length,
  },
  title: (doc) => doc.names,
  words: (doc) => [...Object.values(doc.abbreviations), ...Object.values(doc.purpose), ...doc.formerNames.flatMap((f) => Object.values(f.names))].join(' '),
  duties: groupDuties,
};
