import { type Actor, amber, CLEAR, certainlyBefore, defineAggregate, GREEN, refuse, rowsFor } from '#kernel';
import type { z } from 'zod';
import { PersonEvents } from './events.js';
import { evolvePerson, initialPerson, openMandates, overlapping, type Person } from './state.js';

/** What a decision on a person must know from elsewhere. */
export interface PersonEvidence {
  /** Groups in which the person is an officer or a member. */
  readonly groups: readonly string[];
  /** The chamber that the input names; null where no parliament has it, absent where none is named. */
  readonly chamber?: { readonly termNumber: number } | null;
  /** State of the record into which this one is merged. */
  readonly survivor?: Person['status'];
}

type Schemas = (typeof PersonEvents)['schemas'];
const { command, records } = rowsFor<Person, Schemas, PersonEvidence>(PersonEvents);
const ALIVE = ['recorded', 'serving', 'former'] as const;
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** A group's secretariat keeps the records of its own people, and of those who are in no group yet. */
const ofOwnGroup = (actor: Actor, { groups }: PersonEvidence) =>
  actor.capacity === 'group-secretariat' && groups.length > 0 && !groups.includes(actor.onBehalfOf ?? '')
    ? refuse('person.of-another-group')
    : undefined;

const endMandate = (last: boolean) => ({
  emits: ['MandateEnded'] as const,
  guards: ['PER-2'],
  input: PersonEvents.schema('MandateEnded'),
  decide: (input: z.output<Schemas['MandateEnded']>, state: Person) => {
    const { mandateId, endedOn } = input;
    const mandate = openMandates(state).find((m) => m.id === mandateId);
    if (!mandate) return refuse('person.no-open-mandate', { mandate: mandateId }, 'PER-1');
    if (certainlyBefore(endedOn, mandate.startedOn))
      return refuse('person.mandate-ends-before-start', { started: mandate.startedOn, ended: endedOn }, 'PER-1');
    const next = state.mandates.find(
      (m) => m.chamberCode === mandate.chamberCode && certainlyBefore(mandate.startedOn, m.startedOn) && certainlyBefore(m.startedOn, endedOn),
    );
    if (next) return refuse('person.mandates-overlap', { chamber: mandate.chamberCode }, 'PER-1');
    const others = openMandates(state).length - 1;
    if (last && others > 0) return refuse('person.other-mandates-open', { others }, 'PER-2');
    if (!last && others === 0) return refuse('person.last-mandate', {}, 'PER-2');
    return [{ type: 'MandateEnded' as const, data: input }];
  },
});

export const person = defineAggregate<Person, Schemas, PersonEvidence>({
  name: 'Person',
  category: 'person',
  events: PersonEvents,
  states: ['none', 'recorded', 'serving', 'former', 'deceased', 'merged', 'erased'],
  terminal: ['merged', 'erased'],
  initial: initialPerson,
  invariants: {
    'PER-1': 'A mandate belongs to one chamber and term, starts before it ends; two in one chamber do not overlap.',
    'PER-2': 'Serving is derived: at least one open mandate.',
    'PER-3': 'Party affiliation is a dated fact; balance is computed from the one in force on the day of the act.',
    'PER-4': 'Names are kept as given, with script and language.',
    'PER-5': 'Erasure destroys the key of the person; public acts stay on a recorded legal basis, or under a pseudonym.',
    'PER-6': 'While a person holds executive office the rules of the chamber decide whether the person may sign.',
  },

  commands: {
    RecordPerson: records('PersonRecorded', { by: ['NetSec', 'GroupSec'], from: ['none'], to: 'recorded', guards: ['PER-4'] }),
    VerifyIdentity: command({
      by: ['NetSec'], from: ALIVE, to: 'same', emits: ['IdentityVerified'],
      input: PersonEvents.schema('IdentityVerified').omit({ by: true }),
      decide: (input, _, { actor }) => [{ type: 'IdentityVerified', data: { ...input, by: actor.personId } }],
    }),
    BeginMandate: command({
      by: ['NetSec', 'GroupSec'], from: ALIVE, to: 'serving', emits: ['MandateBegan'], guards: ['PER-1'],
      input: PersonEvents.schema('MandateBegan'),
      guard: ({ chamberCode, term }, _, { actor, evidence }) => [
        ofOwnGroup(actor, evidence),
        evidence.chamber === null && refuse('person.unknown-chamber', { chamber: chamberCode }, 'PER-1'),
        evidence.chamber != null && evidence.chamber.termNumber > 0 && (term === undefined || term > evidence.chamber.termNumber) &&
          refuse('person.unknown-term', { chamber: chamberCode, last: evidence.chamber.termNumber }, 'PER-1'),
      ],
      decide: (input, state) => {
        if (state.mandates.some((m) => m.id === input.mandateId)) return refuse('person.mandate-exists', { mandate: input.mandateId }, 'PER-1');
        if (overlapping(state.mandates, input.chamberCode, input.startedOn))
          return refuse('person.mandates-overlap', { chamber: input.chamberCode }, 'PER-1');
        return [{ type: 'MandateBegan', data: input }];
      },
    }),
    EndMandate: command({ by: ['NetSec', 'System'], from: ['serving'], to: 'former', ...endMandate(true) }),
    EndOneOfSeveralMandates: command({ by: ['NetSec', 'System'], from: ['serving'], to: 'serving', ...endMandate(false) }),
    ChangePartyAffiliation: command({
      by: ['NetSec', 'GroupSec'], from: ALIVE, to: 'same', emits: ['PartyAffiliationChanged'], guards: ['PER-3'],
      input: PersonEvents.schema('PartyAffiliationChanged'),
      guard: ({ chamberCode }, state, { actor, evidence }) => [
        ofOwnGroup(actor, evidence),
        !state.mandates.some((m) => m.chamberCode === chamberCode) && refuse('person.no-mandate-there', { chamber: chamberCode }, 'PER-3'),
      ],
      decide: (input, state) => (state.affiliations.some((a) => same(a, input)) ? [] : [{ type: 'PartyAffiliationChanged', data: input }]),
    }),
    AssumeExecutiveOffice: command({
      by: ['NetSec'], from: ALIVE, to: 'same', emits: ['ExecutiveOfficeAssumed'], guards: ['PER-6'],
      input: PersonEvents.schema('ExecutiveOfficeAssumed'),
      decide: (input, state) =>
        state.offices.some((o) => o.office === input.office && o.until === null)
          ? refuse('person.office-already-held', { office: input.office }, 'PER-6')
          : [{ type: 'ExecutiveOfficeAssumed', data: input }],
    }),
    RelinquishExecutiveOffice: command({
      by: ['NetSec'], from: ALIVE, to: 'same', emits: ['ExecutiveOfficeRelinquished'], guards: ['PER-6'],
      input: PersonEvents.schema('ExecutiveOfficeRelinquished'),
      decide: (input, state) =>
        state.offices.some((o) => o.office === input.office && o.until === null)
          ? [{ type: 'ExecutiveOfficeRelinquished', data: input }]
          : refuse('person.office-not-held', { office: input.office }, 'PER-6'),
    }),
    ChangeName: command({
      by: ['Person', 'NetSec'], from: ALIVE, to: 'same', emits: ['PersonNameChanged'], guards: ['PER-4'],
      input: PersonEvents.schema('PersonNameChanged').omit({ from: true }),
      decide: (input, state) => {
        const from = state.names.find((n) => n.lang === input.to.lang && n.script === input.to.script);
        if (from === undefined) return refuse('person.no-name-in-language', { lang: input.to.lang, script: input.to.script }, 'PER-4');
        return same(from, input.to) ? [] : [{ type: 'PersonNameChanged', data: { from, ...input } }];
      },
    }),
    DeclareLanguages: records('WorkingLanguagesDeclared', { by: ['Person'], from: ALIVE, to: 'same' }),
    RaiseProtectionConcern: command({
      by: ['GroupOfficer', 'NetSec'], from: ALIVE, to: 'same', emits: ['ProtectionConcernRaised'],
      input: PersonEvents.schema('ProtectionConcernRaised').omit({ groups: true }),
      decide: (input, state, { actor, evidence }) => {
        if (state.concerns.includes(input.summaryRef)) return [];
        const own = actor.capacity === 'chair' || actor.capacity === 'officer' ? [actor.onBehalfOf ?? []].flat() : [];
        return [{ type: 'ProtectionConcernRaised', data: { ...input, groups: [...new Set([...own, ...evidence.groups])] } }];
      },
    }),
    CloseProtectionConcern: command({
      by: ['NetSec'], from: ALIVE, to: 'same', emits: ['ProtectionConcernClosed'], input: PersonEvents.schema('ProtectionConcernClosed'),
      decide: (input, state) => (state.concerns.length === 0 ? refuse('person.no-concern') : [{ type: 'ProtectionConcernClosed', data: input }]),
    }),
    RecordDeath: records('PersonDied', { by: ['NetSec'], from: ALIVE, to: 'deceased' }),
    MergeRecords: command({
      by: ['NetSec'], from: ALIVE, to: 'merged', emits: ['PersonRecordsMerged'], input: PersonEvents.schema('PersonRecordsMerged'),
      guard: (_, __, { evidence: { survivor } }) =>
        survivor === 'none' || survivor === 'merged' || survivor === 'erased' ? refuse('person.survivor-unknown') : undefined,
      decide: (input, state) =>
        input.survivorId === state.personId ? refuse('person.merge-with-itself') : [{ type: 'PersonRecordsMerged', data: input }],
    }),
    EraseProfileData: records('PersonalDataErased', { by: ['NetSec'], from: ['recorded', 'former', 'deceased'], to: 'erased', guards: ['PER-5'] }),
  },

  evolve: evolvePerson,
  // A person's stream names no group: which groups the person belongs to is evidence, and the guards ask it.
  groups: () => [],
  roles: (actor, state) => [
    ...(actor.capacity === 'group-secretariat' && actor.onBehalfOf !== undefined ? (['GroupSec'] as const) : []),
    ...((actor.capacity === 'chair' || actor.capacity === 'officer') && actor.onBehalfOf !== undefined ? (['GroupOfficer'] as const) : []),
    ...(state.personId !== null && actor.personId === state.personId ? (['Person'] as const) : []),
  ],
  label: (state, event) => {
    if (event.type === 'ProtectionConcernRaised' || event.type === 'ProtectionConcernClosed')
      return { tlp: state.guarded.tlp, groups: [...state.guarded.groups] };
    // How an identity was proved is the secretariat's affair.
    if (event.type === 'IdentityVerified') return amber();
    // Staff and witnesses hold no public office.
    return state.kind === 'staff' || state.kind === 'witness' ? GREEN : CLEAR;
  },
});
