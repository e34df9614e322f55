import { CLEAR, certainlyBefore, defineAggregate, refuse, rowsFor } from '#kernel';
import { ParliamentEvents, type RulesProfile } from './events.js';

interface Chamber {
  readonly code: string;
  readonly kind: 'lower' | 'upper' | 'unicameral';
  readonly dissolved: boolean;
  /** Of its last term. */
  readonly termNumber: number;
  readonly termOpenedOn: string | null;
}

export interface Parliament {
  readonly status: 'none' | 'sitting' | 'recess' | 'dissolved' | 'ceased';
  readonly structure: 'unicameral' | 'bicameral';
  readonly chambers: readonly Chamber[];
  readonly profiles: readonly RulesProfile[];
}

const { command, records } = rowsFor<Parliament, (typeof ParliamentEvents)['schemas']>(ParliamentEvents);
const chamberOf = (state: Parliament, code: string | undefined) => state.chambers.find((c) => c.code === code);
const unknownChamber = (code: string) => refuse('parliament.unknown-chamber', { chamber: code });

/** The profile in force on a day, by its validity dates; of several the one adopted last (PRL-3). */
export const profileInForce = (profiles: readonly RulesProfile[], day: string): RulesProfile | undefined =>
  profiles.findLast((p) => !certainlyBefore(day, p.validFrom) && (p.validUntil === undefined || !certainlyBefore(p.validUntil, day)));

export const parliament = defineAggregate<Parliament, (typeof ParliamentEvents)['schemas']>({
  name: 'Parliament',
  category: 'parliament',
  events: ParliamentEvents,
  states: ['none', 'sitting', 'recess', 'dissolved', 'ceased'],
  terminal: [],
  initial: { status: 'none', structure: 'unicameral', chambers: [], profiles: [] },
  invariants: {
    'PRL-1': 'A parliament has one or two chambers; a chamber code is unique.',
    'PRL-2': 'A dissolution names the chambers; mandates in the other chamber continue.',
    'PRL-3': 'A rules profile is versioned with validity dates; a decision is judged by the one in force on its day.',
    'PRL-4': 'Term numbers strictly increase for each chamber and terms never overlap.',
  },

  commands: {
    RegisterParliament: records('ParliamentRegistered', { by: ['NetSec'], from: ['none'], to: 'sitting', guards: ['PRL-1'] }),
    RegisterChamber: command({
      by: ['NetSec'],
      from: ['sitting', 'recess', 'dissolved', 'ceased'],
      to: 'same',
      emits: ['ChamberRegistered'],
      guards: ['PRL-1'],
      input: ParliamentEvents.schema('ChamberRegistered'),
      decide: (input, state) => {
        const most = state.structure === 'bicameral' ? 2 : 1;
        if (chamberOf(state, input.chamberCode)) return refuse('parliament.chamber-exists', { chamber: input.chamberCode }, 'PRL-1');
        if (state.chambers.length >= most) return refuse('parliament.too-many-chambers', { most }, 'PRL-1');
        return [{ type: 'ChamberRegistered', data: input }];
      },
    }),
    PublishSittingCalendar: records('SittingCalendarPublished', {
      by: ['NetSec'],
      from: ['sitting', 'recess', 'dissolved'],
      to: 'same',
      guard: ({ chamberCode }, state) => (chamberOf(state, chamberCode) ? undefined : unknownChamber(chamberCode)),
    }),
    RecordRecess: records('RecessBegan', { by: ['NetSec', 'System'], from: ['sitting'], to: 'recess' }),
    RecordReturn: records('SittingsResumed', { by: ['NetSec', 'System'], from: ['recess'], to: 'sitting' }),
    RecordDissolution: command({
      by: ['NetSec'],
      from: ['sitting', 'recess'],
      to: 'dissolved',
      emits: ['ParliamentDissolved'],
      guards: ['PRL-2'],
      input: ParliamentEvents.schema('ParliamentDissolved'),
      decide: (input, state) => {
        const stranger = input.chambers.find((code) => !chamberOf(state, code));
        if (stranger !== undefined) return { ...unknownChamber(stranger), rule: 'PRL-2' };
        return [{ type: 'ParliamentDissolved', data: input }];
      },
    }),
    OpenTerm: command({
      by: ['NetSec'],
      from: ['dissolved', 'ceased'],
      to: 'sitting',
      emits: ['ParliamentaryTermOpened'],
      guards: ['PRL-4'],
      input: ParliamentEvents.schema('ParliamentaryTermOpened'),
      decide: (input, state) => {
        const chamber = chamberOf(state, input.chamber);
        if (!chamber) return unknownChamber(input.chamber);
        if (input.termNumber <= chamber.termNumber)
          return refuse('parliament.term-number', { last: chamber.termNumber, given: input.termNumber }, 'PRL-4');
        if (chamber.termOpenedOn !== null && input.openedOn <= chamber.termOpenedOn)
          return refuse('parliament.terms-overlap', { opened: chamber.termOpenedOn }, 'PRL-4');
        return [{ type: 'ParliamentaryTermOpened', data: input }];
      },
    }),
    RecordUnconstitutionalCessation: records('ParliamentCeasedToFunction', {
      by: ['NetSec'],
      from: ['sitting', 'recess', 'dissolved'],
      to: 'ceased',
    }),
    AdoptRulesProfile: command({
      by: ['NetSec'],
      from: ['sitting', 'recess', 'dissolved', 'ceased'],
      to: 'same',
      emits: ['GroupRulesProfileAdopted'],
      guards: ['PRL-3'],
      input: ParliamentEvents.schema('GroupRulesProfileAdopted'),
      decide: (input, state) => {
        if (state.profiles.some((p) => p.profileId === input.profileId && p.version === input.version))
          return refuse('parliament.profile-version-exists', { profile: input.profileId, version: input.version }, 'PRL-3');
        return [{ type: 'GroupRulesProfileAdopted', data: input }];
      },
    }),
  },

  evolve: {
    ParliamentRegistered: (state, { structure }) => ({ ...state, status: 'sitting', structure }),
    ChamberRegistered: (state, { chamberCode, kind }) => ({
      ...state,
      chambers: [...state.chambers, { code: chamberCode, kind, dissolved: false, termNumber: 0, termOpenedOn: null }],
    }),
    SittingCalendarPublished: (state) => state,
    RecessBegan: (state) => ({ ...state, status: 'recess' }),
    SittingsResumed: (state) => ({ ...state, status: 'sitting' }),
    ParliamentDissolved: (state, { chambers }) => ({
      ...state,
      status: 'dissolved',
      chambers: state.chambers.map((c) => (chambers.includes(c.code) ? { ...c, dissolved: true } : c)),
    }),
    ParliamentaryTermOpened: (state, { chamber, termNumber, openedOn }) => ({
      ...state,
      status: 'sitting',
      chambers: state.chambers.map((c) =>
        c.code === chamber ? { ...c, dissolved: false, termNumber, termOpenedOn: openedOn } : c,
      ),
    }),
    ParliamentCeasedToFunction: (state) => ({ ...state, status: 'ceased' }),
    GroupRulesProfileAdopted: (state, profile) => ({ ...state, profiles: [...state.profiles, profile] }),
  },

  groups: () => [],
  label: () => CLEAR,
});
