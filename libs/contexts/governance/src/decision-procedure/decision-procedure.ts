import { defineAggregate, GREEN, refuse, rowsFor } from '#kernel';
import { DecisionEvents, type Subject } from './events.js';
import { count, type Option, outcome } from './outcome.js';

export interface DecisionProcedure {
  readonly status: 'none' | 'silence' | 'ballot' | 'consensusCall' | 'adopted' | 'rejected' | 'broken' | 'inquorate' | 'cancelled';
  readonly decisionId: string;
  readonly subject: Subject | null;
  readonly entitled: readonly string[];
  readonly notified: readonly string[];
  readonly supporters: readonly string[];
  readonly rule: string | null;
  /** End of the silence or the ballot, an instant. */
  readonly deadline: string | null;
  readonly quorum: number;
  readonly secret: boolean;
  readonly votes: Readonly<Record<string, Option>>;
  readonly reserved: readonly string[];
  readonly explained: readonly string[];
  readonly disassociated: readonly string[];
}

export interface DecisionEvidence {
  /** The groups that may decide now, with those recused left out; fixed at opening. */
  readonly entitled: readonly string[];
  readonly charterVersion: string;
  readonly silence: { readonly minHours: number; readonly crisisHours: number };
}

type Schemas = (typeof DecisionEvents)['schemas'];
const { command } = rowsFor<DecisionProcedure, Schemas, DecisionEvidence>(DecisionEvents);
const schema = <K extends keyof Schemas & string>(name: K) => DecisionEvents.schema(name);
const mine = (actor: { readonly onBehalfOf?: string | undefined }) => actor.onBehalfOf ?? '';
const entitledOnly = (state: DecisionProcedure, actor: { readonly onBehalfOf?: string | undefined; readonly capacity: string }) => [
  !state.entitled.includes(mine(actor)) && refuse('decision.not-entitled', {}, 'DEC-5'),
  actor.capacity === 'member' && refuse('decision.chair-or-officer-speaks', {}, 'DEC-5'),
];
/** Hours between two instants of the form that `now` and the schemas have: both UTC, so their digits suffice. */
const hoursBetween = (from: string, to: string) => (seconds(to) - seconds(from)) / 3600;
function seconds(instant: string): number {
  const [y = 0, m = 1, d = 1, h = 0, min = 0, s = 0] = instant.split(/[-T:Z.]/).map(Number);
  const a = m <= 2 ? 1 : 0;
  const year = y - a;
  const days = d + Math.floor((153 * (m + 12 * a - 3) + 2) / 5) + 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return days * 86400 + h * 3600 + min * 60 + s;
}

const closing = (wanted: 'adopted' | 'rejected' | 'inquorate') => ({
  by: ['NetSec', 'System'] as const, from: ['ballot'], guards: ['DEC-6'], input: schema('BallotClosed').pick({}),
  guard: (_: unknown, state: DecisionProcedure, { now }: { now: string }) => {
    const is = outcome(state.rule ?? 'unanimity', count(state.votes, state.entitled), state.quorum);
    const everyone = state.entitled.every((g) => state.votes[g] !== undefined);
    return [
      !everyone && state.deadline !== null && now < state.deadline && refuse('decision.ballot-runs', { until: state.deadline }, 'DEC-6'),
      is !== wanted && refuse('decision.other-outcome', { outcome: is }, 'DEC-6'),
    ];
  },
});
const closed = (state: DecisionProcedure) => {
  const counts = count(state.votes, state.entitled);
  const present = counts.yes + counts.no + counts.abstain;
  return { type: 'BallotClosed' as const, data: { counts, quorum: { required: state.quorum, present } } };
};
const adopted = (state: DecisionProcedure, rule: string, at: string) => ({
  type: 'DecisionAdopted' as const, data: { decisionId: state.decisionId, subject: state.subject!, rule, at },
});
const rejected = (state: DecisionProcedure, at: string) => ({ type: 'DecisionRejected' as const, data: { decisionId: state.decisionId, subject: state.subject!, at } });
const OPEN = ['silence', 'ballot', 'consensusCall'];

export const decisionProcedure = defineAggregate<DecisionProcedure, Schemas, DecisionEvidence>({
  name: 'DecisionProcedure',
  category: 'decision',
  events: DecisionEvents,
  states: ['none', 'silence', 'ballot', 'consensusCall', 'adopted', 'rejected', 'broken', 'inquorate', 'cancelled'],
  terminal: ['adopted', 'rejected', 'broken', 'inquorate', 'cancelled'],
  initial: {
    status: 'none', decisionId: '', subject: null, entitled: [], notified: [], supporters: [], rule: null, deadline: null, quorum: 0, secret: false, votes: {},
    reserved: [], explained: [], disassociated: [],
  },
  invariants: {
    'DEC-1': 'The proposition is frozen at opening: type, id, revision and digest; a changed text needs a new procedure.',
    'DEC-2': 'A silence ends at an instant with its stated wall time and zone, and lasts at least the minimum of the charter.',
    'DEC-3': 'One reasoned written objection before the deadline breaks silence; support does not end it.',
    'DEC-4': 'Silence is not observed unless every entitled member was notified; a failed notification extends it.',
    'DEC-5': 'One entitled member, one vote; the latest before close counts; the list is fixed at opening.',
    'DEC-6': 'The outcome follows from the rule; abstentions and absences are published in the count.',
    'DEC-7': 'Reservations and explanations never block; disassociation removes the member from the attribution.',
  },

  commands: {
    OpenSilenceProcedure: command({
      by: ['NetSec', 'NetChair'], from: ['none'], to: 'silence', emits: ['SilenceProcedureOpened'], guards: ['DEC-1', 'DEC-2', 'DEC-5'],
      input: schema('SilenceProcedureOpened').pick({ subject: true, deadline: true, urgency: true }),
      guard: ({ deadline, urgency }, _, { now, evidence }) => {
        const least = urgency === 'crisis' ? evidence.silence.crisisHours : evidence.silence.minHours;
        return [
          hoursBetween(now, deadline.instant) < least && refuse('decision.silence-too-short', { hours: least }, 'DEC-2'),
          evidence.entitled.length === 0 && refuse('decision.nobody-entitled', {}, 'DEC-5'),
        ];
      },
      decide: (input, _, { newId, evidence }) => [
        { type: 'SilenceProcedureOpened', data: { decisionId: newId(0), ...input, entitled: [...evidence.entitled], charterVersion: evidence.charterVersion } },
      ],
    }),
    OpenBallot: command({
      by: ['NetSec', 'NetChair'], from: ['none'], to: 'ballot', emits: ['BallotOpened'], guards: ['DEC-1', 'DEC-5'],
      input: schema('BallotOpened').pick({ subject: true, rule: true, secret: true, closesAt: true, quorum: true }),
      guard: ({ closesAt, quorum }, _, { now, evidence }) => [
        closesAt <= now && refuse('decision.closes-in-past', { at: closesAt }, 'DEC-1'),
        evidence.entitled.length === 0 && refuse('decision.nobody-entitled', {}, 'DEC-5'),
        quorum > evidence.entitled.length && refuse('decision.quorum-out-of-reach', { quorum, entitled: evidence.entitled.length }, 'DEC-6'),
      ],
      decide: (input, _, { newId, evidence }) => [
        { type: 'BallotOpened', data: { decisionId: newId(0), ...input, entitled: [...evidence.entitled], charterVersion: evidence.charterVersion } },
      ],
    }),
    CallConsensus: command({
      by: ['NetChair'], from: ['none'], to: 'consensusCall', emits: ['ConsensusCalled'], guards: ['DEC-1'],
      input: schema('ConsensusCalled').pick({ subject: true, meetingId: true }),
      guard: (_, __, { evidence }) => (evidence.entitled.length === 0 ? refuse('decision.nobody-entitled', {}, 'DEC-5') : undefined),
      decide: (input, _, { newId, evidence }) => [{ type: 'ConsensusCalled', data: { decisionId: newId(0), ...input, entitled: [...evidence.entitled] } }],
    }),
    RecordNotification: command({
      by: ['System'], from: ['silence', 'ballot'], to: 'same', emits: ['NotificationDelivered'], guards: ['DEC-4'], input: schema('NotificationDelivered'),
      decide: (input, state) => (!state.entitled.includes(input.member) || state.notified.includes(input.member) ? [] : [{ type: 'NotificationDelivered', data: input }]),
    }),
    BreakSilence: command({
      by: ['Member'], from: ['silence'], to: 'broken', emits: ['SilenceBroken'], guards: ['DEC-3'], input: schema('SilenceBroken').pick({ reason: true, proposedText: true }),
      guard: (_, state, { now, actor }) => [
        ...entitledOnly(state, actor),
        state.deadline !== null && now >= state.deadline && refuse('decision.objection-late', { deadline: state.deadline }, 'DEC-3'),
      ],
      decide: (input, _, { now, actor }) => [{ type: 'SilenceBroken', data: { by: mine(actor), receivedAt: now, ...input } }],
    }),
    ExtendSilence: command({
      by: ['NetSec', 'System'], from: ['silence'], to: 'same', emits: ['SilencePeriodExtended'], guards: ['DEC-2', 'DEC-4'], input: schema('SilencePeriodExtended'),
      guard: ({ newDeadline }, state) => (state.deadline !== null && newDeadline.instant <= state.deadline ? refuse('decision.not-an-extension', { deadline: state.deadline }, 'DEC-2') : undefined),
      decide: (input) => [{ type: 'SilencePeriodExtended', data: input }],
    }),
    ExpressSupport: command({
      by: ['Member'], from: ['silence', 'consensusCall'], to: 'same', emits: ['SupportExpressed'], guards: ['DEC-3'], input: schema('SupportExpressed').omit({ by: true }),
      guard: (_, state, { actor }) => entitledOnly(state, actor),
      decide: (_, state, { actor }) => (state.supporters.includes(mine(actor)) ? [] : [{ type: 'SupportExpressed', data: { by: mine(actor) } }]),
    }),
    ObserveSilence: command({
      by: ['System'], from: ['silence'], to: 'adopted', emits: ['SilenceObserved', 'DecisionAdopted'], guards: ['DEC-3', 'DEC-4'], input: schema('SilenceObserved').pick({}),
      guard: (_, state, { now }) => [
        state.deadline !== null && now < state.deadline && refuse('decision.silence-runs', { until: state.deadline }, 'DEC-3'),
        state.notified.length < state.entitled.length && refuse('decision.not-all-notified', { notified: state.notified.length, entitled: state.entitled.length }, 'DEC-4'),
      ],
      decide: (_, state, { now }) => [
        { type: 'SilenceObserved', data: { at: now, objections: 0, notified: state.notified.length, entitled: state.entitled.length } },
        adopted(state, 'silence', now),
      ],
    }),
    CastVote: command({
      by: ['Member'], from: ['ballot'], to: 'same', emits: ['VoteCast'], guards: ['DEC-5'], input: schema('VoteCast').pick({ option: true }),
      guard: (_, state, { now, actor }) => [
        ...entitledOnly(state, actor),
        state.deadline !== null && now >= state.deadline && refuse('decision.ballot-over', { at: state.deadline }, 'DEC-5'),
      ],
      decide: ({ option }, state, { now, actor }) => (state.votes[mine(actor)] === option ? [] : [{ type: 'VoteCast', data: { by: mine(actor), option, castAt: now } }]),
    }),
    CloseBallotAdopted: command({
      ...closing('adopted'), to: 'adopted', emits: ['BallotClosed', 'DecisionAdopted'],
      decide: (_, state, { now }) => [closed(state), adopted(state, state.rule ?? '', now)],
    }),
    CloseBallotRejected: command({
      ...closing('rejected'), to: 'rejected', emits: ['BallotClosed', 'DecisionRejected'],
      decide: (_, state, { now }) => [closed(state), rejected(state, now)],
    }),
    CloseBallotInquorate: command({
      ...closing('inquorate'), to: 'inquorate', emits: ['BallotClosed', 'DecisionFellInquorate'],
      decide: (_, state) => {
        const end = closed(state);
        const { required, present } = end.data.quorum;
        return [end, { type: 'DecisionFellInquorate', data: { decisionId: state.decisionId, present, required } }];
      },
    }),
    DeclareConsensus: command({
      by: ['NetChair'], from: ['consensusCall'], to: 'adopted', emits: ['ConsensusDeclared', 'DecisionAdopted'], guards: ['DEC-6'], input: schema('ConsensusDeclared').pick({}),
      decide: (_, state, { now, actor }) => [{ type: 'ConsensusDeclared', data: { by: actor.personId, at: now } }, adopted(state, 'consensus', now)],
    }),
    RecordConsensusBlocked: command({
      by: ['NetChair'], from: ['consensusCall'], to: 'rejected', emits: ['ConsensusBlocked', 'DecisionRejected'], guards: ['DEC-6'], input: schema('ConsensusBlocked'),
      decide: (input, state, { now }) => {
        const stranger = input.by.find((g) => !state.entitled.includes(g));
        return stranger === undefined ? [{ type: 'ConsensusBlocked', data: input }, rejected(state, now)] : refuse('decision.not-entitled', {}, 'DEC-5');
      },
    }),
    EnterReservation: command({
      by: ['Member'], from: [...OPEN, 'adopted'], to: 'same', emits: ['ReservationEntered'], guards: ['DEC-7'], input: schema('ReservationEntered').omit({ by: true }),
      guard: (_, state, { actor }) => entitledOnly(state, actor),
      decide: (input, state, { actor }) => (state.reserved.includes(mine(actor)) ? refuse('decision.said-already', {}, 'DEC-7') : [{ type: 'ReservationEntered', data: { by: mine(actor), ...input } }]),
    }),
    ExplainPosition: command({
      by: ['Member'], from: [...OPEN, 'adopted', 'rejected'], to: 'same', emits: ['ExplanationOfPositionEntered'], guards: ['DEC-7'], input: schema('ExplanationOfPositionEntered').omit({ by: true }),
      guard: (_, state, { actor }) => entitledOnly(state, actor),
      decide: (input, state, { actor }) => (state.explained.includes(mine(actor)) ? refuse('decision.said-already', {}, 'DEC-7') : [{ type: 'ExplanationOfPositionEntered', data: { by: mine(actor), ...input } }]),
    }),
    DeclareDisassociation: command({
      by: ['Member'], from: ['ballot', 'consensusCall', 'adopted'], to: 'same', emits: ['DisassociationDeclared'], guards: ['DEC-7'], input: schema('DisassociationDeclared').omit({ by: true }),
      guard: (_, state, { actor }) => entitledOnly(state, actor),
      decide: (input, state, { actor }) => (state.disassociated.includes(mine(actor)) ? refuse('decision.said-already', {}, 'DEC-7') : [{ type: 'DisassociationDeclared', data: { by: mine(actor), ...input } }]),
    }),
    CancelProcedure: command({
      by: ['NetChair'], from: OPEN, to: 'cancelled', emits: ['DecisionProcedureCancelled'], guards: ['DEC-1'], input: schema('DecisionProcedureCancelled').omit({ by: true }),
      decide: (input, _, { actor }) => [{ type: 'DecisionProcedureCancelled', data: { by: actor.personId, ...input } }],
    }),
  },

  evolve: {
    SilenceProcedureOpened: (state, d) => ({ ...state, status: 'silence', decisionId: d.decisionId, subject: d.subject, entitled: d.entitled, deadline: d.deadline.instant, rule: 'silence' }),
    BallotOpened: (state, d) => ({
      ...state, status: 'ballot', decisionId: d.decisionId, subject: d.subject, entitled: d.entitled, deadline: d.closesAt, rule: d.rule, secret: d.secret, quorum: d.quorum,
    }),
    ConsensusCalled: (state, d) => ({ ...state, status: 'consensusCall', decisionId: d.decisionId, subject: d.subject, entitled: d.entitled, rule: 'consensus' }),
    NotificationDelivered: (state, d) => ({ ...state, notified: [...state.notified, d.member] }),
    SilenceBroken: (state) => ({ ...state, status: 'broken' }),
    SilencePeriodExtended: (state, d) => ({ ...state, deadline: d.newDeadline.instant }),
    SupportExpressed: (state, d) => ({ ...state, supporters: [...state.supporters, d.by] }),
    SilenceObserved: (state) => state,
    VoteCast: (state, d) => ({ ...state, votes: { ...state.votes, [d.by]: d.option } }),
    BallotClosed: (state) => state,
    ConsensusDeclared: (state) => state,
    ConsensusBlocked: (state) => state,
    DecisionAdopted: (state) => ({ ...state, status: 'adopted' }),
    DecisionRejected: (state) => ({ ...state, status: 'rejected' }),
    DecisionFellInquorate: (state) => ({ ...state, status: 'inquorate' }),
    ReservationEntered: (state, d) => ({ ...state, reserved: [...state.reserved, d.by] }),
    ExplanationOfPositionEntered: (state, d) => ({ ...state, explained: [...state.explained, d.by] }),
    DisassociationDeclared: (state, d) => ({ ...state, disassociated: [...state.disassociated, d.by] }),
    DecisionProcedureCancelled: (state) => ({ ...state, status: 'cancelled' }),
  },

  groups: (state) => state.entitled,
  // A vote is its group's own until the ballot is closed, and for ever where it is secret; the count is everybody's (DEC-5).
  label: (state, event) => (event.type === 'VoteCast' ? { tlp: 'AMBER+STRICT', groups: [event.data.by] } : { ...GREEN, groups: [...state.entitled] }),
});
