import { CLEAR, defineAggregate, refuse, rowsFor } from '#kernel';
import type { z } from 'zod';
import { NetworkEvents } from './events.js';

type Schemas = (typeof NetworkEvents)['schemas'];
export interface Network {
  readonly status: 'none' | 'initiative' | 'constituted' | 'dissolved';
  readonly charter: { readonly version: string; readonly decisionRules: Readonly<Record<string, string>>; readonly categories: readonly string[] } | null;
  readonly rules: z.output<Schemas['RulesOfProcedureAdopted']>['rules'] | null;
  /** Open amendments of the charter and the end of their notice. */
  readonly amendments: Readonly<Record<string, string>>;
  readonly secretariat: string | null;
  readonly chairs: z.output<Schemas['NetworkChairRotated']>['to'];
}
/** The decision that a charter amendment cites, as it stands. */
export interface NetworkEvidence {
  readonly decision?: { readonly status: string; readonly subject: { readonly id: string } | null; readonly rule: string | null } | undefined;
}
const { command, records } = rowsFor<Network, Schemas, NetworkEvidence>(NetworkEvents);
const shape = <K extends keyof Schemas & string>(name: K) => NetworkEvents.schema(name);

const decided = (amendmentId: string, { decision }: NetworkEvidence, wanted: 'adopted' | 'rejected') => [
  decision?.status !== wanted && refuse('network.decision-missing', { wanted }, 'NET-2'),
  decision !== undefined && decision.subject?.id !== amendmentId && refuse('network.decision-of-another-subject', {}, 'NET-2'),
];

export const network = defineAggregate<Network, Schemas, NetworkEvidence>({
  name: 'Network',
  category: 'network',
  events: NetworkEvents,
  states: ['none', 'initiative', 'constituted', 'dissolved'],
  terminal: ['dissolved'],
  initial: { status: 'none', charter: null, rules: null, amendments: {}, secretariat: null, chairs: [] },
  invariants: {
    'NET-1': 'Before a charter exists the only founding acts are bilateral instruments and a designated secretariat.',
    'NET-2': 'Every decision cites the charter version and the rule under which it was taken.',
    'NET-3': 'A charter amendment needs notice and the qualified majority, takes effect on a stated day and never changes past decisions.',
    'NET-4': 'Official and working languages are separate lists; removing one does not touch earlier texts.',
    'NET-5': 'The chair rotates or is shared across parliaments; no parliament holds more than one chair seat at a time.',
  },

  commands: {
    LaunchInitiative: records('NetworkInitiativeLaunched', { by: ['NetSec'], from: ['none'], to: 'initiative', guards: ['NET-1'] }),
    DesignateSecretariat: command({
      by: ['NetSec', 'Steering'], from: ['initiative', 'constituted'], to: 'same', emits: ['NetworkSecretariatDesignated'], guards: ['NET-1'],
      input: shape('NetworkSecretariatDesignated'),
      decide: (input, state) => (state.secretariat === input.partnerId ? [] : [{ type: 'NetworkSecretariatDesignated', data: input }]),
    }),
    AdoptCharter: records('CharterAdopted', { by: ['Steering'], from: ['initiative'], to: 'constituted', guards: ['NET-2'] }),
    ProposeCharterAmendment: command({
      by: ['Member'], from: ['constituted'], to: 'same', emits: ['CharterAmendmentProposed'], guards: ['NET-3'],
      input: shape('CharterAmendmentProposed').omit({ amendmentId: true, proposers: true }),
      guard: ({ noticeUntil }, _, { now }) => (noticeUntil > now.slice(0, 10) ? undefined : refuse('network.notice-in-past', { until: noticeUntil }, 'NET-3')),
      decide: (input, _, { newId, actor }) => [
        { type: 'CharterAmendmentProposed', data: { ...input, amendmentId: newId(0), proposers: [actor.onBehalfOf ?? ''] } },
      ],
    }),
    AdoptCharterAmendment: command({
      by: ['Steering'], from: ['constituted'], to: 'same', emits: ['CharterAmended'], guards: ['NET-3'], input: shape('CharterAmended'),
      guard: ({ amendmentId, effectiveOn }, state, { now, evidence }) => [
        ...decided(amendmentId, evidence, 'adopted'),
        evidence.decision?.rule !== 'two-thirds' && evidence.decision?.rule !== 'unanimity' && evidence.decision?.rule !== 'consensus' &&
          refuse('network.qualified-majority-needed', {}, 'NET-3'),
        (state.amendments[amendmentId] ?? '') > now.slice(0, 10) && refuse('network.notice-runs', { until: state.amendments[amendmentId] ?? '' }, 'NET-3'),
        effectiveOn < now.slice(0, 10) && refuse('network.effect-in-past', { on: effectiveOn }, 'NET-3'),
      ],
      decide: (input, state) => (input.amendmentId in state.amendments ? [{ type: 'CharterAmended', data: input }] : refuse('network.no-such-amendment', {}, 'NET-3')),
    }),
    RejectCharterAmendment: command({
      by: ['Steering'], from: ['constituted'], to: 'same', emits: ['CharterAmendmentRejected'], guards: ['NET-3'], input: shape('CharterAmendmentRejected'),
      guard: ({ amendmentId }, _, { evidence }) => decided(amendmentId, evidence, 'rejected'),
      decide: (input, state) => (input.amendmentId in state.amendments ? [{ type: 'CharterAmendmentRejected', data: input }] : refuse('network.no-such-amendment', {}, 'NET-3')),
    }),
    AdoptRulesOfProcedure: records('RulesOfProcedureAdopted', {
      by: ['Steering'], from: ['constituted'], to: 'same', guards: ['NET-2'],
      guard: ({ rules: { silence } }) =>
        silence.minHours > silence.defaultHours || silence.crisisHours > silence.minHours ? refuse('network.silence-periods', {}, 'NET-2') : undefined,
    }),
    DesignateLanguages: records('OfficialLanguagesDesignated', { by: ['Steering'], from: ['initiative', 'constituted'], to: 'same', guards: ['NET-4'] }),
    ElectSteeringCommittee: records('SteeringCommitteeElected', {
      by: ['Plenary'], from: ['constituted'], to: 'same', guards: ['NET-5'],
      guard: ({ seats }) => (new Set(seats.map((s) => s.personId)).size < seats.length ? refuse('network.seat-held-twice', {}, 'NET-5') : undefined),
    }),
    RotateChair: command({
      by: ['Steering'], from: ['constituted'], to: 'same', emits: ['NetworkChairRotated'], guards: ['NET-5'], input: shape('NetworkChairRotated').omit({ from: true }),
      guard: ({ to }) => (new Set(to.map((c) => c.parliamentId)).size < to.length ? refuse('network.parliament-chairs-twice', {}, 'NET-5') : undefined),
      decide: (input, state) => [{ type: 'NetworkChairRotated', data: { from: state.chairs, ...input } }],
    }),
    EstablishRegionalChapter: records('RegionalChapterEstablished', { by: ['Steering'], from: ['constituted'], to: 'same' }),
    DissolveNetwork: records('NetworkDissolved', { by: ['Plenary'], from: ['initiative', 'constituted'], to: 'dissolved' }),
  },

  evolve: {
    NetworkInitiativeLaunched: (state) => ({ ...state, status: 'initiative' }),
    NetworkSecretariatDesignated: (state, d) => ({ ...state, secretariat: d.partnerId }),
    CharterAdopted: (state, d) => ({ ...state, status: 'constituted', charter: { version: d.version, decisionRules: d.decisionRules, categories: d.categories } }),
    CharterAmendmentProposed: (state, d) => ({ ...state, amendments: { ...state.amendments, [d.amendmentId]: d.noticeUntil } }),
    CharterAmended: (state, d) => ({
      ...state, amendments: without(state.amendments, d.amendmentId), charter: state.charter && { ...state.charter, version: d.newVersion },
    }),
    CharterAmendmentRejected: (state, d) => ({ ...state, amendments: without(state.amendments, d.amendmentId) }),
    RulesOfProcedureAdopted: (state, d) => ({ ...state, rules: d.rules }),
    OfficialLanguagesDesignated: (state) => state,
    SteeringCommitteeElected: (state) => state,
    NetworkChairRotated: (state, d) => ({ ...state, chairs: d.to }),
    RegionalChapterEstablished: (state) => state,
    NetworkDissolved: (state) => ({ ...state, status: 'dissolved' }),
  },

  groups: () => [],
  label: () => CLEAR,
});

const without = (all: Readonly<Record<string, string>>, id: string) => Object.fromEntries(Object.entries(all).filter(([k]) => k !== id));
