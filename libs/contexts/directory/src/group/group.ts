import { amber, CLEAR, defineAggregate, GREEN, refuse, rowsFor } from '#kernel';
import { z } from 'zod';
import { GroupEvents, Officer } from './events.js';
import {
  authorisationRules, benefitRules, type GroupEvidence, officeLimit, officerRules, quorum, requiredQuorum, responsibleRules,
  secretariatRules,
} from './rules.js';
import { evolveGroup, type Group, initialGroup, wording } from './state.js';

type Schemas = (typeof GroupEvents)['schemas'];
const { command, records, event } = rowsFor<Group, Schemas, GroupEvidence>(GroupEvents);
const schema = GroupEvents.schema.bind(GroupEvents) as typeof GroupEvents.schema;
const Inaugural = schema('InauguralMeetingHeld').pick({ meetingId: true, on: true, present: true });
const Slate = z.object({ officers: z.array(Officer).min(1), responsibleOfficer: Officer.shape.personId, termEndsOn: schema('OfficersElected').shape.termEndsOn });
const ALIVE = ['active', 'dormant'] as const;

/** Party, side and chamber of the day are written into the election where the record knows them; never into an import (G3, G9). */
const asOfTheDay = (officers: readonly Officer[], { people }: GroupEvidence, mode: string): Officer[] =>
  officers.map((o) => {
    const facts = mode === 'import' ? undefined : people[o.personId];
    const [chamber] = facts?.chambers ?? [];
    return {
      ...o,
      ...(facts?.party === undefined ? {} : { party: facts.party }),
      ...(facts?.side === undefined ? {} : { side: facts.side }),
      ...(chamber === undefined || o.chamber !== undefined ? {} : { chamber }),
    };
  });
/** Was the quorum met? Unknown where nobody is named as present. */
const met = (kind: string, present: readonly string[], evidence: GroupEvidence, mode: string) => {
  if (mode !== 'import') return { quorumMet: true };
  const required = requiredQuorum(kind, evidence.profile);
  return present.length === 0 || required === undefined ? {} : { quorumMet: new Set(present).size >= required };
};

export const group = defineAggregate<Group, Schemas, GroupEvidence>({
  name: 'Group',
  category: 'group',
  events: GroupEvents,
  states: ['none', 'forming', 'active', 'dormant', 'lapsed', 'dissolved'],
  terminal: ['dissolved'],
  initial: initialGroup,
  invariants: {
    'GRP-1': 'Founding and annual elections need the quorum of the rules profile in force.',
    'GRP-2': 'No more officers than the profile allows, and its balance rule holds.',
    'GRP-3': 'Exactly one responsible officer at any time while active.',
    'GRP-4': 'Nobody is officer of more groups than the profile allows.',
    'GRP-5': 'A due-diligence statement before a secretariat; no foreign government where the profile forbids it.',
    'GRP-6': 'A benefit above the threshold is registered in time and moves the group into the higher-duty tier.',
    'GRP-7': 'An authorisation is scoped, granted by a recorded decision, and never outlives the term of the group.',
    'GRP-8': 'When the chamber dissolves and the profile says so the group is dormant; nothing is signed for it until reconstituted.',
    'GRP-9': 'The group never claims to speak for its parliament; publications carry the disclaimer of the profile.',
  },

  commands: {
    ProposeGroup: records('GroupFormationProposed', { by: ['GroupMember'], from: ['none'], to: 'forming' }),
    FoundGroup: command({
      by: ['GroupMember'], from: ['forming'], to: 'active',
      emits: ['InauguralMeetingHeld', 'GroupFounded', 'OfficersElected', 'ResponsibleOfficerDesignated'],
      guards: ['GRP-1', 'GRP-2', 'GRP-3', 'GRP-4'],
      input: Inaugural.extend(Slate.shape).extend(schema('GroupFounded').pick({ recognition: true, abbreviations: true }).shape),
      guard: ({ present, officers, responsibleOfficer }, _, { evidence }) => [
        quorum('inaugural', present, evidence),
        ...officerRules(officers, evidence),
        ...responsibleRules(responsibleOfficer, officers, evidence),
        ...officeLimit(officers, evidence),
      ],
      decide: ({ meetingId, on, present, officers, termEndsOn, responsibleOfficer, ...told }, { groupId, parliamentId, names, purpose }, { evidence, mode }) => {
        const quorumRequired = requiredQuorum('inaugural', evidence.profile);
        return [
          event('InauguralMeetingHeld', {
            meetingId, on, present, ...(quorumRequired === undefined ? {} : { quorumRequired }), ...met('inaugural', present, evidence, mode),
          }),
          event('GroupFounded', { groupId, parliamentId, names, purpose, foundedOn: on, ...told, sources: [] }),
          event('OfficersElected', { meetingId, officers: asOfTheDay(officers, evidence, mode), ...(termEndsOn === undefined ? {} : { termEndsOn }) }),
          event('ResponsibleOfficerDesignated', { personId: responsibleOfficer, from: on }),
        ];
      },
    }),
    ImportFoundedGroup: command({
      by: ['NetSec'], from: ['none'], to: 'active', emits: ['GroupFounded'], input: schema('GroupFounded'),
      decide: (input, _, { mode }) =>
        // An exercise sets its invented groups up the same way; a real group comes in only with its sources.
        mode === 'live' ? refuse('group.import-only') : [event('GroupFounded', input)],
    }),
    EnrolMember: command({
      by: ['GroupSec', 'GroupOfficer'], from: ['forming', 'active'], to: 'same', emits: ['GroupMemberEnrolled'], input: schema('GroupMemberEnrolled'),
      decide: (input, { members }) =>
        members.some((m) => m.personId === input.personId && m.status === input.status) ? [] : [event('GroupMemberEnrolled', input)],
    }),
    RecordMemberLeft: command({
      by: ['GroupSec', 'System'], from: ['forming', 'active', 'dormant'], to: 'same', emits: ['GroupMemberLeft'], input: schema('GroupMemberLeft'),
      decide: (input, { members }) =>
        members.some((m) => m.personId === input.personId) ? [event('GroupMemberLeft', input)] : refuse('group.not-a-member', { person: input.personId }),
    }),
    ElectOfficers: command({
      by: ['GroupChair'], from: ['active'], to: 'same', emits: ['OfficersElected'], guards: ['GRP-1', 'GRP-2', 'GRP-4'],
      // Who was present is told here unless the meeting is recorded already; it is not part of the election's record.
      input: schema('OfficersElected').extend({ present: z.array(Officer.shape.personId).optional() }),
      guard: ({ officers, meetingId, present = [] }, { meetings }, { evidence }) => [
        !meetings.some((m) => m.id === meetingId && m.quorumMet) && quorum('agm', present, evidence),
        ...officerRules(officers, evidence),
        ...officeLimit(officers, evidence),
      ],
      decide: ({ present: _present, ...data }, state, { evidence, mode }) => {
        const officers = asOfTheDay(data.officers, evidence, mode);
        const again = JSON.stringify(officers) === JSON.stringify(state.officers) && (data.termEndsOn ?? null) === state.termEndsOn;
        return again ? [] : [event('OfficersElected', { ...data, officers })];
      },
    }),
    FillVacancy: command({
      by: ['GroupOfficer'], from: ['active'], to: 'same', emits: ['OfficerAppointed'], guards: ['GRP-2', 'GRP-4'], input: schema('OfficerAppointed'),
      guard: ({ on: _on, ...officer }, { officers }, { evidence }) => [
        ...officerRules([...officers.filter((o) => o.personId !== officer.personId || o.role !== officer.role), officer], evidence),
        ...officeLimit([officer], evidence),
      ],
      decide: ({ on, ...told }, { officers }, { evidence, mode }) =>
        officers.some((o) => o.personId === told.personId && o.role === told.role)
          ? []
          : asOfTheDay([told], evidence, mode).map((officer) => event('OfficerAppointed', { ...officer, on })),
    }),
    StandDownOfficer: command({
      by: ['GroupOfficer', 'System'], from: ALIVE, to: 'same', emits: ['OfficerStoodDown'], guards: ['GRP-3'], input: schema('OfficerStoodDown'),
      // What ends by itself (a mandate) cannot be held up by the rule; who resigns sees a successor designated first.
      guard: ({ personId, role }, state, { actor }) => {
        const stays = state.officers.some((o) => o.personId === personId && o.role !== role);
        const held = actor.capacity !== 'system' && state.status === 'active' && state.responsible === personId && !stays;
        return held ? refuse('group.responsible-needs-successor', {}, 'GRP-3') : undefined;
      },
      decide: (input, { officers }) =>
        officers.some((o) => o.personId === input.personId && o.role === input.role)
          ? [event('OfficerStoodDown', input)]
          : refuse('group.not-an-officer', { person: input.personId }),
    }),
    DesignateResponsibleOfficer: command({
      by: ['GroupOfficer'], from: ['active'], to: 'same', emits: ['ResponsibleOfficerDesignated'], guards: ['GRP-3'],
      input: schema('ResponsibleOfficerDesignated'),
      guard: ({ personId }, { officers }, { evidence }) => responsibleRules(personId, officers, evidence),
      decide: (input, state) => (state.responsible === input.personId ? [] : [event('ResponsibleOfficerDesignated', input)]),
    }),
    AppointSecretariat: command({
      by: ['GroupOfficer'], from: ['active'], to: 'same', emits: ['SecretariatAppointed'], guards: ['GRP-5'], input: schema('SecretariatAppointed'),
      guard: (input, _, { evidence }) => secretariatRules(input, evidence),
      decide: (input, { secretariats }) => (secretariats.includes(input.partnerId) ? [] : [event('SecretariatAppointed', input)]),
    }),
    EndSecretariat: command({
      by: ['GroupOfficer'], from: ALIVE, to: 'same', emits: ['SecretariatEnded'], input: schema('SecretariatEnded'),
      decide: (input, { secretariats }) =>
        secretariats.includes(input.partnerId) ? [event('SecretariatEnded', input)] : refuse('group.not-its-secretariat', { partner: input.partnerId }),
    }),
    RegisterBenefit: command({
      by: ['GroupSec', 'GroupOfficer'], from: ['active'], to: 'same', emits: ['BenefitRegistered'], guards: ['GRP-6'],
      // The day of registration is today; only an import tells another one, or says nothing.
      input: schema('BenefitRegistered').omit({ tier: true, late: true }).partial({ registeredOn: true }),
      guard: ({ receivedOn, value, band }, _, { now }) => [
        /^\d{4}-\d{2}-\d{2}$/.test(receivedOn) ? receivedOn > now.slice(0, 10) && refuse('group.benefit-in-future', { received: receivedOn }, 'GRP-6') : refuse('group.benefit-without-day', {}, 'GRP-6'),
        value === undefined && band === undefined && refuse('group.benefit-without-value', {}, 'GRP-6'),
      ],
      decide: (input, state, { now, mode, evidence }) => {
        if (state.said.includes(wording('BenefitRegistered', input))) return [];
        const registeredOn = mode === 'import' ? (input.registeredOn ?? 'XXXX') : now.slice(0, 10);
        // A late registration is still registered: it is marked, and never a reason to hide the benefit.
        return [event('BenefitRegistered', { ...input, registeredOn, ...benefitRules(input, registeredOn, state, evidence.profile) })];
      },
    }),
    HoldAnnualGeneralMeeting: command({
      by: ['GroupChair'], from: ['active'], to: 'same', emits: ['AnnualGeneralMeetingHeld'], guards: ['GRP-1'],
      input: schema('AnnualGeneralMeetingHeld').omit({ quorumMet: true }),
      guard: ({ present, chairedBy }, _, { evidence }) => [
        quorum('agm', present, evidence),
        chairedBy === undefined && refuse('group.meeting-without-chair', {}, 'GRP-1'),
      ],
      decide: (input, { meetings }, { evidence, mode }) =>
        meetings.some((m) => m.id === input.meetingId)
          ? refuse('group.meeting-exists', { meeting: input.meetingId })
          : [event('AnnualGeneralMeetingHeld', { ...input, ...met('agm', input.present, evidence, mode) })],
    }),
    PublishIncomeStatement: command({
      by: ['GroupOfficer'], from: ['active'], to: 'same', emits: ['IncomeStatementPublished'], guards: ['GRP-6'], input: schema('IncomeStatementPublished'),
      guard: ({ period }, _, { now }) => [
        period.to < period.from && refuse('group.period-reversed', {}, 'GRP-6'),
        period.to > now.slice(0, 10) && refuse('group.period-not-over', { until: period.to }, 'GRP-6'),
      ],
      decide: (input, { said }) => (said.includes(wording('IncomeStatementPublished', input)) ? [] : [event('IncomeStatementPublished', input)]),
    }),
    AdoptProgramme: command({
      by: ['GroupChair'], from: ['active'], to: 'same', emits: ['ProgrammeOfWorkAdopted'], input: schema('ProgrammeOfWorkAdopted'),
      guard: ({ period }) => (period.to < period.from ? refuse('group.period-reversed') : undefined),
      decide: (input, { said }) => (said.includes(wording('ProgrammeOfWorkAdopted', input)) ? [] : [event('ProgrammeOfWorkAdopted', input)]),
    }),
    GrantAuthorisation: command({
      by: ['GroupChair'], from: ['active'], to: 'same', emits: ['GroupAuthorisationGranted'], guards: ['GRP-7'], personal: 'authorise',
      input: schema('GroupAuthorisationGranted').omit({ authorisationId: true }),
      guard: (input, state, { now }) => authorisationRules(input, state, now),
      decide: (input, { authorisations }, { newId, now }) =>
        authorisations.some((a) => a.subject.id === input.subject.id && a.act === input.act && a.holder === input.holder && (a.expiresAt > now || a.expiresAt === input.expiresAt))
          ? refuse('group.authorisation-in-force', {}, 'GRP-7')
          : [event('GroupAuthorisationGranted', { authorisationId: newId(0), ...input })],
    }),
    RevokeAuthorisation: command({
      by: ['GroupChair'], from: ['active'], to: 'same', emits: ['GroupAuthorisationRevoked'], guards: ['GRP-7'], personal: 'authorise', input: schema('GroupAuthorisationRevoked'),
      decide: (input, { authorisations }) =>
        authorisations.some((a) => a.id === input.authorisationId) ? [event('GroupAuthorisationRevoked', input)] : refuse('group.no-such-authorisation', {}, 'GRP-7'),
    }),
    RaiseComplianceConcern: command({
      by: ['NetSec', 'Auditor'], from: ALIVE, to: 'same', emits: ['ComplianceConcernRaised'], guards: ['GRP-9'], input: schema('ComplianceConcernRaised'),
      decide: (input, { concerns }) =>
        concerns.includes(input.rule) ? refuse('group.concern-open', { rule: input.rule }, 'GRP-9') : [event('ComplianceConcernRaised', input)],
    }),
    ResolveComplianceConcern: command({
      by: ['NetSec', 'Auditor'], from: ALIVE, to: 'same', emits: ['ComplianceConcernResolved'], input: schema('ComplianceConcernResolved'),
      decide: (input, { concerns }) =>
        concerns.includes(input.rule) ? [event('ComplianceConcernResolved', input)] : refuse('group.no-such-concern', { rule: input.rule }),
    }),
    RenameGroup: command({
      by: ['GroupOfficer'], from: ['active'], to: 'same', emits: ['GroupRenamed'], input: schema('GroupRenamed').omit({ from: true }),
      decide: (input, { names }) => (JSON.stringify(input.to) === JSON.stringify(names) ? [] : [event('GroupRenamed', { from: names, ...input })]),
    }),
    MarkDormant: records('GroupBecameDormant', {
      by: ['System'], from: ['active', 'forming'], to: 'dormant', guards: ['GRP-8'],
      guard: (_, __, { evidence }) => (evidence.profile?.groupEndsAtDissolution ? undefined : refuse('group.outlives-dissolution', {}, 'GRP-8')),
    }),
    Reconstitute: command({
      by: ['GroupMember'], from: ['dormant', 'lapsed'], to: 'active', emits: ['GroupReconstituted', 'OfficersElected', 'ResponsibleOfficerDesignated'],
      guards: ['GRP-1', 'GRP-2', 'GRP-3'],
      input: schema('GroupReconstituted').extend({
        present: z.array(Officer.shape.personId), officers: z.array(Officer),
        ...Slate.pick({ responsibleOfficer: true, termEndsOn: true }).partial().shape,
      }),
      guard: ({ present, officers, responsibleOfficer }, _, { evidence }) => [
        quorum('inaugural', present, evidence),
        ...officerRules(officers, evidence),
        ...responsibleRules(responsibleOfficer, officers, evidence),
        ...officeLimit(officers, evidence),
      ],
      decide: ({ present: _present, officers, responsibleOfficer, termEndsOn, ...data }, _, { evidence, mode }) => [
        event('GroupReconstituted', data),
        // A source may not name the officers of the new term: then none are recorded.
        ...(officers.length > 0
          ? [event('OfficersElected', { officers: asOfTheDay(officers, evidence, mode), ...(termEndsOn === undefined ? {} : { termEndsOn }) })]
          : []),
        ...(responsibleOfficer === undefined ? [] : [event('ResponsibleOfficerDesignated', { personId: responsibleOfficer, from: data.on })]),
      ],
    }),
    RecordLapse: records('GroupLapsed', { by: ['System', 'NetSec'], from: ['dormant'], to: 'lapsed' }),
    DissolveGroup: records('GroupDissolved', { by: ['GroupChair', 'NetSec'], from: ['forming', 'active', 'dormant', 'lapsed'], to: 'dissolved' }),
  },

  evolve: evolveGroup,
  basis: (_, { evidence: { profile } }) => ({ rulesProfile: profile && `${profile.profileId} ${profile.version}` }),
  groups: (state, input) => (state.status === 'none' ? [(input as { groupId?: string }).groupId ?? ''] : [state.groupId]),
  roles: (actor, state, input) => {
    // A group that is being formed has no members to speak of: its promoters act for it. One that sleeps has those it had.
    const promoters = state.status === 'none' ? ((input as { promoters?: string[] }).promoters ?? []) : state.promoters;
    const own = state.status === 'none' || state.status === 'forming' ? promoters : state.members.filter((m) => m.status === 'full').map((m) => m.personId);
    const parliamentarian = actor.capacity === 'chair' || actor.capacity === 'officer' || actor.capacity === 'member';
    return parliamentarian && own.includes(actor.personId) ? ['GroupMember'] : [];
  },
  label: (state, { type }) => {
    // What a group authorises is its own affair until the act is done: it may tell of a text under negotiation (G6).
    if (type === 'GroupAuthorisationGranted' || type === 'GroupAuthorisationRevoked') return amber(state.groupId);
    return state.founded || type === 'InauguralMeetingHeld' ? CLEAR : GREEN;
  },
});
