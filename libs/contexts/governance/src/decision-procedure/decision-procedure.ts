import { defineAggregate, GREEN, rowsFor } from '#kernel';
import * as deciding from './deciding.js';
import { DecisionEvents, type DecisionSchemas } from './events.js';
import * as opening from './opening.js';
import * as positions from './positions.js';
import type { DecisionEvidence } from './rules.js';
import { type DecisionProcedure, evolveDecision, initialDecision, OPEN, STATES } from './state.js';

export type { Subject } from './events.js';
export type { DecisionEvidence } from './rules.js';
export { attributedTo, type DecisionProcedure, everyoneVoted, OPEN } from './state.js';

const { command } = rowsFor<DecisionProcedure, DecisionSchemas, DecisionEvidence>(DecisionEvents);

export const decisionProcedure = defineAggregate<DecisionProcedure, DecisionSchemas, DecisionEvidence>({
  name: 'DecisionProcedure',
  category: 'decision',
  events: DecisionEvents,
  states: STATES,
  // Reservations, explanations and disassociations are still entered behind some of these, as the column From says.
  terminal: ['adopted', 'rejected', 'broken', 'inquorate', 'cancelled'],
  initial: initialDecision,
  invariants: {
    'DEC-1': 'The proposition is frozen at opening: type, id, revision and digest; a changed text needs a new procedure.',
    'DEC-2': 'A silence ends at an instant with its stated wall time and zone, and lasts at least the minimum of the charter.',
    'DEC-3': 'One reasoned written objection before the deadline breaks silence; support does not end it.',
    'DEC-4': 'Silence is not observed unless every entitled member was notified; a failed notification extends it.',
    'DEC-5': 'One entitled member, one vote; the latest before close counts; the list is fixed at opening.',
    'DEC-6': 'The outcome follows from the rule; abstentions and absences are published in the count.',
    'DEC-7': 'Reservations and explanations never block; disassociation removes the member from the attribution.',
  },

  // The table of the catalogue, in its order; what a row does stands in the file that it names.
  commands: {
    OpenSilenceProcedure: command({
      by: ['NetSec', 'NetChair'], from: ['none'], to: 'silence', emits: ['SilenceProcedureOpened'], guards: ['DEC-1', 'DEC-2', 'DEC-5'],
      ...opening.OpenSilenceProcedure,
    }),
    OpenBallot: command({
      by: ['NetSec', 'NetChair'], from: ['none'], to: 'ballot', emits: ['BallotOpened'], guards: ['DEC-1', 'DEC-5', 'DEC-6'], ...opening.OpenBallot,
    }),
    CallConsensus: command({ by: ['NetChair'], from: ['none'], to: 'consensusCall', emits: ['ConsensusCalled'], guards: ['DEC-1'], ...opening.CallConsensus }),
    RecordNotification: command({
      by: ['System'], from: ['silence', 'ballot'], to: 'same', emits: ['NotificationDelivered'], guards: ['DEC-4'], ...deciding.RecordNotification,
    }),
    BreakSilence: command({ by: ['Member'], from: ['silence'], to: 'broken', emits: ['SilenceBroken'], guards: ['DEC-3'], personal: 'break-silence', ...deciding.BreakSilence }),
    ExtendSilence: command({
      by: ['NetSec', 'System'], from: ['silence'], to: 'same', emits: ['SilencePeriodExtended'], guards: ['DEC-2', 'DEC-4'], ...deciding.ExtendSilence,
    }),
    ExpressSupport: command({
      by: ['Member'], from: ['silence', 'consensusCall'], to: 'same', emits: ['SupportExpressed'], guards: ['DEC-3'], ...deciding.ExpressSupport,
    }),
    ObserveSilence: command({
      by: ['System'], from: ['silence'], to: 'adopted', emits: ['SilenceObserved', 'DecisionAdopted'], guards: ['DEC-3', 'DEC-4'], ...deciding.ObserveSilence,
    }),
    CastVote: command({ by: ['Member'], from: ['ballot'], to: 'same', emits: ['VoteCast'], guards: ['DEC-5'], personal: 'vote', ...deciding.CastVote }),
    CloseBallotAdopted: command({
      by: ['NetSec', 'System'], from: ['ballot'], to: 'adopted', emits: ['BallotClosed', 'DecisionAdopted'], guards: ['DEC-6'], ...deciding.CloseBallotAdopted,
    }),
    CloseBallotRejected: command({
      by: ['NetSec', 'System'], from: ['ballot'], to: 'rejected', emits: ['BallotClosed', 'DecisionRejected'], guards: ['DEC-6'],
      ...deciding.CloseBallotRejected,
    }),
    CloseBallotInquorate: command({
      by: ['NetSec', 'System'], from: ['ballot'], to: 'inquorate', emits: ['BallotClosed', 'DecisionFellInquorate'], guards: ['DEC-6'],
      ...deciding.CloseBallotInquorate,
    }),
    DeclareConsensus: command({
      by: ['NetChair'], from: ['consensusCall'], to: 'adopted', emits: ['ConsensusDeclared', 'DecisionAdopted'], guards: ['DEC-6'], ...deciding.DeclareConsensus,
    }),
    RecordConsensusBlocked: command({
      by: ['NetChair'], from: ['consensusCall'], to: 'rejected', emits: ['ConsensusBlocked', 'DecisionRejected'], guards: ['DEC-6'],
      ...deciding.RecordConsensusBlocked,
    }),
    EnterReservation: command({
      by: ['Member'], from: [...OPEN, 'adopted'], to: 'same', emits: ['ReservationEntered'], guards: ['DEC-7'], ...positions.EnterReservation,
    }),
    ExplainPosition: command({
      by: ['Member'], from: [...OPEN, 'adopted', 'rejected'], to: 'same', emits: ['ExplanationOfPositionEntered'], guards: ['DEC-7'],
      ...positions.ExplainPosition,
    }),
    DeclareDisassociation: command({
      by: ['Member'], from: ['ballot', 'consensusCall', 'adopted'], to: 'same', emits: ['DisassociationDeclared'], guards: ['DEC-7'],
      ...positions.DeclareDisassociation,
    }),
    CancelProcedure: command({
      by: ['NetChair'], from: OPEN, to: 'cancelled', emits: ['DecisionProcedureCancelled'], guards: ['DEC-1', 'DEC-6'], ...deciding.CancelProcedure,
    }),
  },

  // Every act cites the version by which the procedure was opened, not the one in force today (NET-2, G10).
  basis: ({ status, charterVersion }, { evidence }) =>
    status !== 'none' ? { charterVersion } : { charterVersion: evidence.charterVersion === 'none' ? null : evidence.charterVersion, rulesVersion: evidence.rulesVersion },
  evolve: evolveDecision,
  groups: (state) => state.entitled,
  // A vote is its group's own, of an open ballot until the roll is published at its close, of a secret one for ever (DEC-5).
  label: (state, event) => (event.type === 'VoteCast' ? { tlp: 'AMBER+STRICT', groups: [event.data.by] } : { ...GREEN, groups: [...state.entitled] }),
});
