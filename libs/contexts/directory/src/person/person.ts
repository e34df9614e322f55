import { CLEAR, certainlyBefore, defineAggregate, type Label, parseEdtf, refuse, rowsFor } from '#kernel';
import { PersonEvents, type PersonName } from './events.js';
import type { z } from 'zod';

interface Mandate {
  readonly id: string;
  readonly chamberCode: string;
  readonly startedOn: string;
  readonly endedOn: string | null;
}

export interface Person {
  readonly status: 'none' | 'recorded' | 'serving' | 'former' | 'deceased' | 'merged' | 'erased';
  readonly personId: string | null;
  readonly name: PersonName | null;
  readonly mandates: readonly Mandate[];
  readonly offices: readonly string[];
  /** Label of the open protection concern. */
  readonly concern: Label | null;
}

type Schemas = (typeof PersonEvents)['schemas'];
const { command, records } = rowsFor<Person, Schemas>(PersonEvents);
const ALIVE = ['recorded', 'serving', 'former'] as const;
const open = (state: Person) => state.mandates.filter((m) => m.endedOn === null);
const startsAfter = (first: string, second: string) => certainlyBefore(second, first);

const endMandate = (least: number, most: number) =>
  ({
    emits: ['MandateEnded'] as const,
    guards: ['PER-2'],
    input: PersonEvents.schema('MandateEnded'),
    decide: (input: z.output<Schemas['MandateEnded']>, state: Person) => {
      const mandate = open(state).find((m) => m.id === input.mandateId);
      if (!mandate) return refuse('person.no-open-mandate', { mandate: input.mandateId }, 'PER-1');
      if (startsAfter(mandate.startedOn, input.endedOn))
        return refuse('person.mandate-ends-before-start', { started: mandate.startedOn, ended: input.endedOn }, 'PER-1');
      const others = open(state).length - 1;
      if (others < least || others > most) return refuse(most === 0 ? 'person.other-mandates-open' : 'person.last-mandate', { others }, 'PER-2');
      return [{ type: 'MandateEnded' as const, data: input }];
    },
  });

export const person = defineAggregate<Person, Schemas>({
  name: 'Person',
  category: 'person',
  events: PersonEvents,
  states: ['none', 'recorded', 'serving', 'former', 'deceased', 'merged', 'erased'],
  terminal: ['merged', 'erased'],
  initial: { status: 'none', personId: null, name: null, mandates: [], offices: [], concern: null },
  invariants: {
    'PER-1': 'A mandate belongs to one chamber and term, starts before it ends; two in one chamber do not overlap.',
    'PER-2': 'Serving is derived: at least one open mandate.',
    'PER-3': 'Party affiliation is a dated fact; balance is computed from the one in force on the day of the act.',
    'PER-4': 'Names are kept as given, with script and language.',
    'PER-5': 'Erasure destroys the key of the person; public acts stay on a recorded legal basis.',
    'PER-6': 'While a person holds executive office the rules of the chamber decide whether he may sign.',
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
      decide: (input, state) => {
        if (state.mandates.some((m) => m.id === input.mandateId)) return refuse('person.mandate-exists', { mandate: input.mandateId }, 'PER-1');
        const overlapping = state.mandates.find(
          (m) => m.chamberCode === input.chamberCode && (m.endedOn === null || startsAfter(m.endedOn, input.startedOn)),
        );
        if (overlapping) return refuse('person.mandates-overlap', { chamber: input.chamberCode }, 'PER-1');
        return [{ type: 'MandateBegan', data: input }];
      },
    }),
    EndMandate: command({ by: ['NetSec', 'System'], from: ['serving'], to: 'former', ...endMandate(0, 0) }),
    EndOneOfSeveralMandates: command({ by: ['NetSec', 'System'], from: ['serving'], to: 'serving', ...endMandate(1, Infinity) }),
    ChangePartyAffiliation: records('PartyAffiliationChanged', { by: ['NetSec', 'GroupSec'], from: ALIVE, to: 'same', guards: ['PER-3'] }),
    AssumeExecutiveOffice: command({
      by: ['NetSec'], from: ALIVE, to: 'same', emits: ['ExecutiveOfficeAssumed'], guards: ['PER-6'],
      input: PersonEvents.schema('ExecutiveOfficeAssumed'),
      decide: (input, state) => (state.offices.includes(input.office) ? [] : [{ type: 'ExecutiveOfficeAssumed', data: input }]),
    }),
    RelinquishExecutiveOffice: command({
      by: ['NetSec'], from: ALIVE, to: 'same', emits: ['ExecutiveOfficeRelinquished'], guards: ['PER-6'],
      input: PersonEvents.schema('ExecutiveOfficeRelinquished'),
      decide: (input, state) =>
        state.offices.includes(input.office)
          ? [{ type: 'ExecutiveOfficeRelinquished', data: input }]
          : refuse('person.office-not-held', { office: input.office }, 'PER-6'),
    }),
    ChangeName: command({
      by: ['Person', 'NetSec'], from: ALIVE, to: 'same', emits: ['PersonNameChanged'], guards: ['PER-4'],
      input: PersonEvents.schema('PersonNameChanged').omit({ from: true }),
      decide: (input, state) => {
        if (state.name === null || JSON.stringify(state.name) === JSON.stringify(input.to)) return [];
        return [{ type: 'PersonNameChanged', data: { from: state.name, ...input } }];
      },
    }),
    DeclareLanguages: records('WorkingLanguagesDeclared', { by: ['Person'], from: ALIVE, to: 'same' }),
    RaiseProtectionConcern: records('ProtectionConcernRaised', { by: ['GroupOfficer', 'NetSec'], from: ALIVE, to: 'same' }),
    CloseProtectionConcern: records('ProtectionConcernClosed', {
      by: ['NetSec'], from: ALIVE, to: 'same',
      guard: (_, state) => (state.concern ? undefined : refuse('person.no-concern')),
    }),
    RecordDeath: records('PersonDied', { by: ['NetSec'], from: ALIVE, to: 'deceased' }),
    MergeRecords: command({
      by: ['NetSec'], from: ALIVE, to: 'merged', emits: ['PersonRecordsMerged'],
      input: PersonEvents.schema('PersonRecordsMerged'),
      decide: (input, state) =>
        input.survivorId === state.personId ? refuse('person.merge-with-itself') : [{ type: 'PersonRecordsMerged', data: input }],
    }),
    EraseProfileData: records('PersonalDataErased', { by: ['NetSec'], from: ['recorded', 'former', 'deceased'], to: 'erased', guards: ['PER-5'] }),
  },

  evolve: {
    PersonRecorded: (state, d) => ({ ...state, status: 'recorded', personId: d.personId, name: d.names[0] ?? null }),
    IdentityVerified: (state) => state,
    MandateBegan: (state, d) => ({
      ...state, status: 'serving',
      mandates: [...state.mandates, { id: d.mandateId, chamberCode: d.chamberCode, startedOn: d.startedOn, endedOn: null }],
    }),
    MandateEnded: (state, d) => {
      const mandates = state.mandates.map((m) => (m.id === d.mandateId ? { ...m, endedOn: d.endedOn } : m));
      return { ...state, mandates, status: mandates.some((m) => m.endedOn === null) ? 'serving' : 'former' };
    },
    PartyAffiliationChanged: (state) => state,
    ExecutiveOfficeAssumed: (state, d) => ({ ...state, offices: [...state.offices, d.office] }),
    ExecutiveOfficeRelinquished: (state, d) => ({ ...state, offices: state.offices.filter((o) => o !== d.office) }),
    PersonNameChanged: (state, d) => ({ ...state, name: d.to }),
    WorkingLanguagesDeclared: (state) => state,
    ProtectionConcernRaised: (state, d) => ({ ...state, concern: d.label }),
    ProtectionConcernClosed: (state) => state,
    PersonDied: (state) => ({ ...state, status: 'deceased' }),
    PersonRecordsMerged: (state) => ({ ...state, status: 'merged' }),
    PersonalDataErased: (state) => ({ ...state, status: 'erased', name: null }),
  },

  groups: () => [],
  roles: (actor, state) => {
    // Recording people is the work of group secretariats, whatever group they serve; a person speaks for himself.
    if (actor.capacity === 'group-secretariat') return ['GroupSec'];
    if (actor.capacity === 'chair' || actor.capacity === 'officer') return actor.personId === state.personId ? ['GroupOfficer', 'Person'] : ['GroupOfficer'];
    return actor.personId === state.personId ? ['Person'] : [];
  },
  label: (state, event) =>
    event.type === 'ProtectionConcernRaised' || event.type === 'ProtectionConcernClosed' ? (state.concern ?? { tlp: 'AMBER', groups: [] }) : CLEAR,
});

/** Is it known that the person serves on this day: does a mandate that may have begun stand open then (PER-2)? */
export const servesOn = (mandates: readonly { startedOn: string; endedOn: string | null }[], day: string): boolean =>
  mandates.some((m) => {
    const start = parseEdtf(m.startedOn)?.earliest ?? null;
    return (start === null || start <= day) && (m.endedOn === null || !certainlyBefore(m.endedOn, day));
  });
