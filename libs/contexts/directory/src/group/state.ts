import type { AggregateDefinition, Multilingual } from '#kernel';
import type { GroupEvents, Officer } from './events.js';

/** What a group has granted by a recorded decision and has not revoked (GRP-7). */
export interface Authorisation {
  readonly id: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly act: string;
  readonly holder: string;
  /** The text that it covers, where it names one; where it names none, its latitude says that it is not bound to one. */
  readonly digests: Readonly<Record<string, string>> | null;
  readonly latitude: 'none' | 'editorial' | 'substance-within';
  readonly expiresAt: string;
}

export interface Group {
  readonly status: 'none' | 'forming' | 'active' | 'dormant' | 'lapsed' | 'dissolved';
  readonly groupId: string;
  readonly parliamentId: string;
  readonly founded: boolean;
  readonly names: Multilingual;
  readonly purpose: Multilingual;
  readonly promoters: readonly string[];
  readonly members: readonly { readonly personId: string; readonly status: string }[];
  readonly officers: readonly Officer[];
  readonly responsible: string | null;
  readonly termEndsOn: string | null;
  readonly secretariats: readonly string[];
  readonly meetings: readonly { readonly id: string; readonly on: string; readonly quorumMet: boolean }[];
  /** Value of the benefits received, by year and currency: `2026 GBP`. */
  readonly received: Readonly<Record<string, number>>;
  readonly tier: 'basic' | 'higher' | null;
  /** What was registered, published or adopted, in its own words, so that the same thing is not recorded twice. */
  readonly said: readonly string[];
  readonly authorisations: readonly Authorisation[];
  /** Rules of the open compliance concerns. */
  readonly concerns: readonly string[];
}

export const initialGroup: Group = {
  status: 'none', groupId: '', parliamentId: '', founded: false, names: {}, purpose: {}, promoters: [], members: [], officers: [],
  responsible: null, termEndsOn: null, secretariats: [], meetings: [], received: {}, tier: null, said: [], authorisations: [], concerns: [],
};

/** The same benefit, statement or programme has the same words, whatever was computed from it. */
export const wording = (type: string, data: object): string => {
  const { tier: _tier, late: _late, registeredOn: _registeredOn, ...told } = data as Record<string, unknown>;
  return JSON.stringify([type, told]);
};
/** Under what a benefit counts: its year and currency, and its value, of a band the lower bound. */
export function counted(d: {
  receivedOn: string;
  value?: { amount: number; currency: string } | undefined;
  band?: { from: number; currency: string } | undefined;
}): { key: string; amount: number; currency: string } | undefined {
  const worth = d.value ?? (d.band && { amount: d.band.from, currency: d.band.currency });
  return worth && { key: `${d.receivedOn.slice(0, 4)} ${worth.currency}`, ...worth };
}

/** Does a group stand behind this act of this person, by an authorisation that has not expired (GRP-7, GRP-8)? */
export const authorisationFor = (
  group: Group,
  { subjectId, act, holder, now }: { subjectId: string; act: string; holder: string; now: string },
): Authorisation | undefined =>
  group.status === 'active'
    ? group.authorisations.find((a) => a.subject.id === subjectId && a.act === act && a.holder === holder && a.expiresAt > now)
    : undefined;

const without = (officers: readonly Officer[], personId: string, role: string) =>
  officers.filter((o) => !(o.personId === personId && o.role === role));
const meeting = (d: { meetingId: string; on: string; quorumMet?: boolean | undefined }) => ({ id: d.meetingId, on: d.on, quorumMet: d.quorumMet ?? false });
const say = (state: Group, type: string, data: object) => [...state.said, wording(type, data)];

export const evolveGroup: AggregateDefinition<Group, (typeof GroupEvents)['schemas']>['evolve'] = {
  GroupFormationProposed: (state, d) => ({
    ...state, status: 'forming', groupId: d.groupId, parliamentId: d.parliamentId, names: d.proposedName, purpose: d.purpose, promoters: d.promoters,
  }),
  InauguralMeetingHeld: (state, d) => ({ ...state, meetings: [...state.meetings, meeting(d)] }),
  GroupFounded: (state, d) => ({
    ...state, status: 'active', founded: true, groupId: d.groupId, parliamentId: d.parliamentId, names: d.names, purpose: d.purpose,
  }),
  OfficersElected: (state, d) => ({ ...state, officers: d.officers, termEndsOn: d.termEndsOn ?? null }),
  ResponsibleOfficerDesignated: (state, d) => ({ ...state, responsible: d.personId }),
  GroupMemberEnrolled: (state, { personId, status }) => ({
    ...state, members: [...state.members.filter((m) => m.personId !== personId), { personId, status }],
  }),
  GroupMemberLeft: (state, d) => ({ ...state, members: state.members.filter((m) => m.personId !== d.personId) }),
  OfficerAppointed: (state, { on: _on, ...officer }) => ({ ...state, officers: [...state.officers, officer] }),
  OfficerStoodDown: (state, d) => {
    const officers = without(state.officers, d.personId, d.role);
    const stays = officers.some((o) => o.personId === d.personId) || state.responsible !== d.personId;
    return { ...state, officers, responsible: stays ? state.responsible : null };
  },
  SecretariatAppointed: (state, d) => ({ ...state, secretariats: [...state.secretariats, d.partnerId] }),
  SecretariatEnded: (state, d) => ({ ...state, secretariats: state.secretariats.filter((p) => p !== d.partnerId) }),
  BenefitRegistered: (state, d) => {
    const worth = counted(d);
    const received = worth ? { ...state.received, [worth.key]: (state.received[worth.key] ?? 0) + worth.amount } : state.received;
    return { ...state, received, tier: d.tier ?? state.tier, said: say(state, 'BenefitRegistered', d) };
  },
  AnnualGeneralMeetingHeld: (state, d) => ({ ...state, meetings: [...state.meetings, meeting(d)] }),
  IncomeStatementPublished: (state, d) => ({ ...state, said: say(state, 'IncomeStatementPublished', d) }),
  ProgrammeOfWorkAdopted: (state, d) => ({ ...state, said: say(state, 'ProgrammeOfWorkAdopted', d) }),
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
  GroupReconstituted: (state) => ({ ...state, status: 'active', founded: true, officers: [], responsible: null, termEndsOn: null, tier: null }),
  GroupLapsed: (state) => ({ ...state, status: 'lapsed' }),
  GroupDissolved: (state) => ({ ...state, status: 'dissolved', authorisations: [] }),
};
