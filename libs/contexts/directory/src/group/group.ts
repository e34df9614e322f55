import { CLEAR, defineAggregate, refuse, rowsFor } from '#kernel';
import { z } from 'zod';
import { GroupEvents, Officer } from './events.js';
import { chairRules, type GroupEvidence, officeLimit, officerRules, quorum, secretariatRules } from './rules.js';
import { daysBetween, evolveGroup, type Group, initialGroup } from './state.js';

type Schemas = (typeof GroupEvents)['schemas'];
const { command, records } = rowsFor<Group, Schemas, GroupEvidence>(GroupEvents);
const schema = GroupEvents.schema.bind(GroupEvents) as typeof GroupEvents.schema;

const Meeting = z.object({ meetingId: schema('InauguralMeetingHeld').shape.meetingId, on: schema('InauguralMeetingHeld').shape.on, present: schema('InauguralMeetingHeld').shape.present });
const Officers = z.object({ officers: z.array(Officer).min(1), responsibleOfficer: Officer.shape.personId });
const ids = (officers: readonly Officer[]) => [...new Set(officers.map((o) => o.personId))];

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
      input: Meeting.extend(Officers.shape).extend({ recognition: schema('GroupFounded').shape.recognition, abbreviations: schema('GroupFounded').shape.abbreviations }),
      guard: (input, _, { evidence }) => [
        quorum('inaugural', input.present, evidence),
        ...officerRules(input.officers, evidence),
        ...chairRules(input.officers, input.responsibleOfficer, evidence),
        ...officeLimit(ids(input.officers), evidence),
      ],
      decide: ({ meetingId, on, present, officers, responsibleOfficer, recognition, abbreviations }, state, { evidence }) => [
        { type: 'InauguralMeetingHeld', data: { meetingId, on, present, quorumRequired: evidence.profile?.quorumByMeetingKind?.['inaugural'] ?? 0, quorumMet: true } },
        { type: 'GroupFounded', data: { groupId: state.groupId, parliamentId: state.parliamentId, names: state.names, purpose: state.purpose, foundedOn: on, recognition, sources: [], ...(abbreviations ? { abbreviations } : {}) } },
        { type: 'OfficersElected', data: { meetingId, officers } },
        { type: 'ResponsibleOfficerDesignated', data: { personId: responsibleOfficer, from: on } },
      ],
    }),
    ImportFoundedGroup: command({
      by: ['NetSec'], from: ['none'], to: 'active', emits: ['GroupFounded'], input: schema('GroupFounded'),
      decide: (input, _, { mode }) =>
        // An exercise sets its invented groups up the same way; a real group comes in only with its sources.
        mode === 'live' ? refuse('group.import-only', {}, 'GRP-1') : [{ type: 'GroupFounded', data: input }],
    }),
    EnrolMember: command({
      by: ['GroupSec', 'GroupOfficer'], from: ['forming', 'active'], to: 'same', emits: ['GroupMemberEnrolled'], input: schema('GroupMemberEnrolled'),
      decide: (input, state) => (state.members.includes(input.personId) ? [] : [{ type: 'GroupMemberEnrolled', data: input }]),
    }),
    RecordMemberLeft: command({
      by: ['GroupSec', 'System'], from: ['forming', 'active', 'dormant'], to: 'same', emits: ['GroupMemberLeft'], input: schema('GroupMemberLeft'),
      decide: (input, state) =>
        state.members.includes(input.personId) ? [{ type: 'GroupMemberLeft', data: input }] : refuse('group.not-a-member', { person: input.personId }),
    }),
    ElectOfficers: command({
      by: ['GroupChair'], from: ['active'], to: 'same', emits: ['OfficersElected'], guards: ['GRP-1', 'GRP-2', 'GRP-4'],
      input: schema('OfficersElected').extend({ present: z.array(Officer.shape.personId).optional() }),
      guard: ({ officers, present }, state, { evidence }) => [
        quorum('agm', present ?? [], evidence),
        ...officerRules(officers, evidence),
        ...(state.responsible === null ? [] : chairRules(officers, state.responsible, evidence)),
        ...officeLimit(ids(officers), evidence),
      ],
      decide: ({ present: _present, ...data }) => [{ type: 'OfficersElected', data }],
    }),
    FillVacancy: command({
      by: ['GroupOfficer'], from: ['active'], to: 'same', emits: ['OfficerAppointed'], guards: ['GRP-2', 'GRP-4'], input: schema('OfficerAppointed'),
      guard: ({ on: _on, ...officer }, { officers }, { evidence }) => [
        ...officerRules([...officers, officer], evidence),
        ...officeLimit([officer.personId], evidence),
        officer.role === 'chair' && officers.some((o) => o.role === 'chair') ? refuse('group.several-chairs', { count: 2 }, 'GRP-3') : undefined,
      ],
      decide: (input, state) =>
        state.officers.some((o) => o.personId === input.personId && o.role === input.role) ? [] : [{ type: 'OfficerAppointed', data: input }],
    }),
    StandDownOfficer: command({
      by: ['GroupOfficer', 'System'], from: ['active', 'dormant'], to: 'same', emits: ['OfficerStoodDown'], guards: ['GRP-3'], input: schema('OfficerStoodDown'),
      // What ends by itself (a mandate) cannot be held up by the rule; a person who resigns names the successor first.
      guard: ({ personId }, state, { actor }) =>
        actor.capacity !== 'system' && state.status === 'active' && state.responsible === personId ? refuse('group.responsible-needs-successor', {}, 'GRP-3') : undefined,
      decide: (input, state) =>
        state.officers.some((o) => o.personId === input.personId && o.role === input.role)
          ? [{ type: 'OfficerStoodDown', data: input }]
          : refuse('group.not-an-officer', { person: input.personId, role: input.role }),
    }),
    DesignateResponsibleOfficer: command({
      by: ['GroupOfficer'], from: ['active'], to: 'same', emits: ['ResponsibleOfficerDesignated'], guards: ['GRP-3'], input: schema('ResponsibleOfficerDesignated'),
      guard: ({ personId }, state) => (state.officers.some((o) => o.personId === personId) ? undefined : refuse('group.responsible-not-officer', {}, 'GRP-3')),
      decide: (input, state) => (state.responsible === input.personId ? [] : [{ type: 'ResponsibleOfficerDesignated', data: input }]),
    }),
    AppointSecretariat: command({
      by: ['GroupOfficer'], from: ['active'], to: 'same', emits: ['SecretariatAppointed'], guards: ['GRP-5'], input: schema('SecretariatAppointed'),
      guard: (input, _, { evidence }) => secretariatRules(input, evidence),
      decide: (input, state) => (state.secretariats.includes(input.partnerId) ? [] : [{ type: 'SecretariatAppointed', data: input }]),
    }),
    EndSecretariat: command({
      by: ['GroupOfficer'], from: ['active', 'dormant'], to: 'same', emits: ['SecretariatEnded'], input: schema('SecretariatEnded'),
      decide: (input, state) =>
        state.secretariats.includes(input.partnerId) ? [{ type: 'SecretariatEnded', data: input }] : refuse('group.not-its-secretariat', { partner: input.partnerId }),
    }),
    RegisterBenefit: command({
      by: ['GroupSec', 'GroupOfficer'], from: ['active'], to: 'same', emits: ['BenefitRegistered', 'ComplianceConcernRaised'], guards: ['GRP-6'],
      input: schema('BenefitRegistered').omit({ registeredOn: true }),
      decide: (input, _, { now, evidence: { profile } }) => {
        const registeredOn = now.slice(0, 10);
        if (input.receivedOn > registeredOn) return refuse('group.benefit-in-future', { received: input.receivedOn }, 'GRP-6');
        const benefit = { type: 'BenefitRegistered' as const, data: { ...input, registeredOn } };
        const days = daysBetween(input.receivedOn, registeredOn);
        const deadline = profile?.benefitDeadlineDays;
        const above = profile?.benefitThreshold && input.value.currency === profile.benefitThreshold.currency && input.value.amount > profile.benefitThreshold.amount;
        // A late registration is still registered: the lateness becomes a concern, never a reason to hide the benefit.
        if (!above || deadline === undefined || days <= deadline) return [benefit];
        const detail = `${input.source}: ${days} > ${deadline}`;
        return [benefit, { type: 'ComplianceConcernRaised', data: { rule: 'GRP-6', detail, dueOn: registeredOn } }];
      },
    }),
    HoldAnnualGeneralMeeting: command({
      by: ['GroupChair'], from: ['active'], to: 'same', emits: ['AnnualGeneralMeetingHeld'], guards: ['GRP-1'], input: schema('AnnualGeneralMeetingHeld').omit({ quorumMet: true }),
      guard: ({ present }, _, { evidence }) => quorum('agm', present, evidence),
      decide: (input) => [{ type: 'AnnualGeneralMeetingHeld', data: { ...input, quorumMet: true } }],
    }),
    PublishIncomeStatement: records('IncomeStatementPublished', { by: ['GroupOfficer'], from: ['active'], to: 'same', guards: ['GRP-6'] }),
    AdoptProgramme: records('ProgrammeOfWorkAdopted', { by: ['GroupChair'], from: ['active'], to: 'same' }),
    GrantAuthorisation: command({
      by: ['GroupChair'], from: ['active'], to: 'same', emits: ['GroupAuthorisationGranted'], guards: ['GRP-7'],
      input: schema('GroupAuthorisationGranted').omit({ authorisationId: true }),
      guard: (input, state, { now }) => [
        input.expiresAt <= now && refuse('group.authorisation-expired', { expires: input.expiresAt }, 'GRP-7'),
        state.termEndsOn !== null && input.expiresAt.slice(0, 10) > state.termEndsOn && refuse('group.authorisation-outlives-term', { term: state.termEndsOn }, 'GRP-7'),
        !state.officers.some((o) => o.personId === input.holder) && !state.members.includes(input.holder) && refuse('group.holder-not-in-group', {}, 'GRP-7'),
      ],
      decide: (input, _, { newId }) => [{ type: 'GroupAuthorisationGranted', data: { authorisationId: newId(0), ...input } }],
    }),
    RevokeAuthorisation: command({
      by: ['GroupChair'], from: ['active'], to: 'same', emits: ['GroupAuthorisationRevoked'], guards: ['GRP-7'], input: schema('GroupAuthorisationRevoked'),
      decide: (input, state) =>
        state.authorisations.some((a) => a.id === input.authorisationId) ? [{ type: 'GroupAuthorisationRevoked', data: input }] : refuse('group.no-such-authorisation', {}, 'GRP-7'),
    }),
    RaiseComplianceConcern: records('ComplianceConcernRaised', { by: ['NetSec', 'Auditor'], from: ['active', 'dormant'], to: 'same', guards: ['GRP-9'] }),
    ResolveComplianceConcern: command({
      by: ['NetSec', 'Auditor'], from: ['active', 'dormant'], to: 'same', emits: ['ComplianceConcernResolved'], input: schema('ComplianceConcernResolved'),
      decide: (input, state) => (state.concerns.includes(input.rule) ? [{ type: 'ComplianceConcernResolved', data: input }] : refuse('group.no-such-concern', { rule: input.rule })),
    }),
    RenameGroup: command({
      by: ['GroupOfficer'], from: ['active'], to: 'same', emits: ['GroupRenamed'], input: schema('GroupRenamed').omit({ from: true }),
      decide: (input, state) => (JSON.stringify(input.to) === JSON.stringify(state.names) ? [] : [{ type: 'GroupRenamed', data: { from: state.names, ...input } }]),
    }),
    MarkDormant: records('GroupBecameDormant', { by: ['System'], from: ['active', 'forming'], to: 'dormant', guards: ['GRP-8'] }),
    Reconstitute: command({
      by: ['GroupMember'], from: ['dormant', 'lapsed'], to: 'active', emits: ['GroupReconstituted', 'OfficersElected', 'ResponsibleOfficerDesignated'],
      guards: ['GRP-1', 'GRP-2', 'GRP-3'],
      input: schema('GroupReconstituted').extend({ present: z.array(Officer.shape.personId), officers: z.array(Officer), responsibleOfficer: Officer.shape.personId.optional() }),
      guard: (input, _, { evidence }) => [
        quorum('inaugural', input.present, evidence),
        ...officerRules(input.officers, evidence),
        ...(input.responsibleOfficer === undefined ? [refuse('group.responsible-not-officer', {}, 'GRP-3')] : chairRules(input.officers, input.responsibleOfficer, evidence)),
      ],
      decide: ({ present: _present, officers, responsibleOfficer, ...data }) => [
        { type: 'GroupReconstituted', data },
        // A source may not name the officers of the new term: then none are recorded.
        ...(officers.length > 0 ? [{ type: 'OfficersElected' as const, data: { officers } }] : []),
        ...(responsibleOfficer === undefined ? [] : [{ type: 'ResponsibleOfficerDesignated' as const, data: { personId: responsibleOfficer, from: data.on } }]),
      ],
    }),
    RecordLapse: records('GroupLapsed', { by: ['System', 'NetSec'], from: ['dormant'], to: 'lapsed' }),
    DissolveGroup: records('GroupDissolved', { by: ['GroupChair', 'NetSec'], from: ['forming', 'active', 'dormant', 'lapsed'], to: 'dissolved' }),
  },

  evolve: evolveGroup,
  groups: (state, input) => (state.status === 'none' ? [(input as { groupId?: string }).groupId ?? ''] : [state.groupId]),
  roles: (actor, state) => {
    // A group that is being formed has no officers yet: its promoters, and after a dissolution its members, act for it.
    const forming = state.status === 'none' || state.promoters.includes(actor.personId);
    const returning = state.status === 'dormant' || state.status === 'lapsed' ? actor.onBehalfOf === state.groupId : false;
    return (forming && ['chair', 'officer', 'member'].includes(actor.capacity)) || returning ? ['GroupMember'] : [];
  },
  label: () => CLEAR,
});
