import type { AggregateDefinition, Multilingual } from '#kernel';
import type { GroupEvents, Officer } from './events.js';

export interface Authorisation {
  readonly id: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly act: string;
  readonly holder: string;
  readonly digests: Readonly<Record<string, string>> | null;
  readonly latitude: 'none' | 'editorial' | 'substance-within';
  readonly expiresAt: string;
}

export interface Group {
  readonly status: 'none' | 'forming' | 'active' | 'dormant' | 'lapsed' | 'dissolved';
  readonly groupId: string;
  readonly parliamentId: string;
  readonly names: Multilingual;
  readonly purpose: Multilingual;
  readonly promoters: readonly string[];
  readonly members: readonly string[];
  readonly officers: readonly Officer[];
  readonly responsible: string | null;
  readonly termEndsOn: string | null;
  readonly secretariats: readonly string[];
  readonly authorisations: readonly Authorisation[];
  /** Rules of the open compliance concerns. */
  readonly concerns: readonly string[];
}

export const initialGroup: Group = {
  status: 'none', groupId: '', parliamentId: '', names: {}, purpose: {}, promoters: [], members: [], officers: [],
  responsible: null, termEndsOn: null, secretariats: [], authorisations: [], concerns: [],
};

/** Whole days from one calendar day to another, both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  const number = (day: string) => {
    const [y = 0, m = 1, d = 1] = day.split('-').map(Number);
    // Days since 1 March of year 0 in the proleptic Gregorian calendar, by the usual formula.
    const a = m <= 2 ? 1 : 0;
    const year = y - a;
    const month = m + 12 * a - 3;
    return d + Math.floor((153 * month + 2) / 5) + 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  };
  return number(to) - number(from);
}

export const evolveGroup: AggregateDefinition<Group, (typeof GroupEvents)['schemas']>['evolve'] = {
  GroupFormationProposed: (state, d) => ({
    ...state, status: 'forming', groupId: d.groupId, parliamentId: d.parliamentId, names: d.proposedName, purpose: d.purpose, promoters: d.promoters,
  }),
  InauguralMeetingHeld: (state) => state,
  GroupFounded: (state, d) => ({ ...state, status: 'active', groupId: d.groupId, parliamentId: d.parliamentId, names: d.names, purpose: d.purpose }),
  OfficersElected: (state, d) => ({ ...state, officers: d.officers, termEndsOn: d.termEndsOn ?? null }),
  ResponsibleOfficerDesignated: (state, d) => ({ ...state, responsible: d.personId }),
  GroupMemberEnrolled: (state, d) => ({ ...state, members: [...state.members, d.personId] }),
  GroupMemberLeft: (state, d) => ({ ...state, members: state.members.filter((m) => m !== d.personId) }),
  OfficerAppointed: (state, { on: _on, ...officer }) => ({ ...state, officers: [...state.officers, officer] }),
  OfficerStoodDown: (state, d) => ({
    ...state,
    officers: state.officers.filter((o) => !(o.personId === d.personId && o.role === d.role)),
    responsible: state.responsible === d.personId ? null : state.responsible,
  }),
  SecretariatAppointed: (state, d) => ({ ...state, secretariats: [...state.secretariats, d.partnerId] }),
  SecretariatEnded: (state, d) => ({ ...state, secretariats: state.secretariats.filter((p) => p !== d.partnerId) }),
  BenefitRegistered: (state) => state,
  AnnualGeneralMeetingHeld: (state) => state,
  IncomeStatementPublished: (state) => state,
  ProgrammeOfWorkAdopted: (state) => state,
  GroupAuthorisationGranted: (state, d) => ({
    ...state,
    authorisations: [
      ...state.authorisations,
      { id: d.authorisationId, subject: d.subject, act: d.act, holder: d.holder, digests: d.textDigests ?? null, latitude: d.latitude, expiresAt: d.expiresAt },
    ],
  }),
  GroupAuthorisationRevoked: (state, d) => ({ ...state, authorisations: state.authorisations.filter((a) => a.id !== d.authorisationId) }),
  ComplianceConcernRaised: (state, d) => ({ ...state, concerns: [...state.concerns, d.rule] }),
  ComplianceConcernResolved: (state, d) => ({ ...state, concerns: state.concerns.filter((c) => c !== d.rule) }),
  GroupRenamed: (state, d) => ({ ...state, names: d.to }),
  // Nothing may be signed for a dormant group, and no authorisation outlives its term (GRP-7, GRP-8).
  GroupBecameDormant: (state) => ({ ...state, status: 'dormant', authorisations: [] }),
  GroupReconstituted: (state) => ({ ...state, status: 'active', officers: [], responsible: null, termEndsOn: null }),
  GroupLapsed: (state) => ({ ...state, status: 'lapsed' }),
  GroupDissolved: (state) => ({ ...state, status: 'dissolved', authorisations: [] }),
};
