import { type AggregateDefinition, begunBy, certainlyBefore, type Refusal, refuse, type Side } from '#kernel';
import type { PersonEvents, PersonName } from './events.js';

export interface Mandate {
  readonly id: string;
  readonly chamberCode: string;
  readonly startedOn: string;
  readonly endedOn: string | null;
}
export interface Affiliation {
  readonly chamberCode: string;
  readonly party: { readonly ref: string; readonly name: string };
  readonly side: Side;
  readonly from: string;
}
export interface Person {
  readonly status: 'none' | 'recorded' | 'serving' | 'former' | 'deceased' | 'merged' | 'erased';
  readonly personId: string | null;
  readonly kind: string | null;
  readonly names: readonly PersonName[];
  readonly mandates: readonly Mandate[];
  readonly affiliations: readonly Affiliation[];
  readonly offices: readonly { readonly office: string; readonly from: string; readonly until: string | null }[];
  /** The protection concerns that are open, by what was said of them. */
  readonly concerns: readonly string[];
  /** Whom the label of a protection concern names, also when it is closed. */
  readonly guarded: { readonly tlp: 'AMBER' | 'AMBER+STRICT'; readonly groups: readonly string[] };
}
export const initialPerson: Person = {
  status: 'none', personId: null, kind: null, names: [], mandates: [], affiliations: [], offices: [], concerns: [],
  guarded: { tlp: 'AMBER', groups: [] },
};

type Dated = { readonly startedOn: string; readonly endedOn: string | null };
export const openMandates = (state: Pick<Person, 'mandates'>) => state.mandates.filter((m) => m.endedOn === null);

/** Did a mandate stand open on this day, as far as partial dates can say (PER-2)? */
export const servesOn = (mandates: readonly Dated[], day: string): boolean =>
  mandates.some((m) => begunBy(m.startedOn, day) && (m.endedOn === null || !certainlyBefore(m.endedOn, day)));

/** The affiliation in force on a day: the one that began last by then (PER-3). */
export const affiliationOn = (affiliations: readonly Affiliation[], day: string, chamber?: string): Affiliation | undefined =>
  affiliations
    .filter((a) => begunBy(a.from, day) && (chamber === undefined || a.chamberCode === chamber))
    .reduce<Affiliation | undefined>((last, a) => (last !== undefined && certainlyBefore(a.from, last.from) ? last : a), undefined);

export const inExecutiveOffice = (state: Pick<Person, 'offices'>, day: string): boolean =>
  state.offices.some((o) => begunBy(o.from, day) && (o.until === null || !certainlyBefore(o.until, day)));

/**
 * May the person sign a text of this kind as a serving parliamentarian on this day (PER-2, PER-6)?
 * Which kinds are closed to holders of executive office is the chamber's to say: versioned data of the context that asks.
 */
export function maySign(
  state: Person,
  rules: { readonly closedToExecutive?: readonly string[] | undefined } | undefined,
  kind: string,
  day: string,
): Refusal | undefined {
  if (!servesOn(state.mandates, day)) return refuse('person.not-serving', { day }, 'PER-2');
  if (rules?.closedToExecutive?.includes(kind) && inExecutiveOffice(state, day)) return refuse('person.in-executive-office', { day }, 'PER-6');
  return undefined;
}

/** Those of the same chamber whose time certainly holds the day on which another begins (PER-1). */
export const overlapping = (mandates: readonly Mandate[], chamberCode: string, startedOn: string): Mandate | undefined =>
  mandates.find(
    (m) =>
      m.chamberCode === chamberCode &&
      (m.endedOn === null ? !certainlyBefore(startedOn, m.startedOn) : certainlyBefore(startedOn, m.endedOn) && !certainlyBefore(startedOn, m.startedOn)),
  );

const ended = (mandates: readonly Mandate[], on: string) => mandates.map((m) => (m.endedOn === null ? { ...m, endedOn: on } : m));

export const evolvePerson: AggregateDefinition<Person, (typeof PersonEvents)['schemas']>['evolve'] = {
  PersonRecorded: (state, d) => ({ ...state, status: 'recorded', personId: d.personId, kind: d.kind, names: d.names }),
  IdentityVerified: (state) => state,
  MandateBegan: (state, d) => ({
    ...state, status: 'serving',
    mandates: [...state.mandates, { id: d.mandateId, chamberCode: d.chamberCode, startedOn: d.startedOn, endedOn: null }],
  }),
  MandateEnded: (state, d) => {
    const mandates = state.mandates.map((m) => (m.id === d.mandateId ? { ...m, endedOn: d.endedOn } : m));
    return { ...state, mandates, status: mandates.some((m) => m.endedOn === null) ? 'serving' : 'former' };
  },
  PartyAffiliationChanged: (state, d) => ({ ...state, affiliations: [...state.affiliations, d] }),
  ExecutiveOfficeAssumed: (state, d) => ({ ...state, offices: [...state.offices, { ...d, until: null }] }),
  ExecutiveOfficeRelinquished: (state, d) => ({
    ...state, offices: state.offices.map((o) => (o.office === d.office && o.until === null ? { ...o, until: d.until } : o)),
  }),
  PersonNameChanged: (state, d) => ({
    ...state, names: state.names.map((n) => (n.lang === d.from.lang && n.script === d.from.script ? d.to : n)),
  }),
  WorkingLanguagesDeclared: (state) => state,
  ProtectionConcernRaised: (state, d) => ({
    ...state,
    concerns: [...state.concerns, d.summaryRef],
    guarded: {
      tlp: state.guarded.tlp === 'AMBER+STRICT' ? 'AMBER+STRICT' : d.tlp,
      groups: [...new Set([...state.guarded.groups, ...(d.groups ?? [])])],
    },
  }),
  ProtectionConcernClosed: (state) => ({ ...state, concerns: [] }),
  PersonDied: (state, d) => ({ ...state, status: 'deceased', mandates: ended(state.mandates, d.on) }),
  PersonRecordsMerged: (state) => ({ ...state, status: 'merged' }),
  PersonalDataErased: (state) => ({ ...state, status: 'erased', names: [], affiliations: [] }),
};
