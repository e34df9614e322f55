import type { AggregateDefinition } from '#kernel';
import type { DecisionEvent, DecisionSchemas, Subject } from './events.js';
import type { Option } from './outcome.js';

export interface DecisionProcedure {
  readonly status: 'none' | 'silence' | 'ballot' | 'consensusCall' | 'adopted' | 'rejected' | 'broken' | 'inquorate' | 'cancelled';
  readonly decisionId: string;
  readonly networkId: string;
  /** Of the charter by which it runs, whatever version comes after (NET-2, G10); null where there is none. */
  readonly charterVersion: string | null;
  readonly subject: Subject | null;
  readonly entitled: readonly string[];
  readonly notified: readonly string[];
  readonly supporters: readonly string[];
  /** By which it is decided: a majority, `silence` or `consensus`. */
  readonly rule: string | null;
  /** End of the silence or the ballot, an instant. */
  readonly deadline: string | null;
  readonly timezone: string;
  readonly urgency: 'ordinary' | 'crisis';
  readonly quorum: number;
  readonly secret: boolean;
  /** The latest of each group: before close nobody else reads it. */
  readonly votes: Readonly<Record<string, Option>>;
  /** Reservations, explanations and disassociations in their own words, so that the same thing is not said twice. */
  readonly said: readonly string[];
  /** Groups that disassociated themselves from the whole. */
  readonly disassociated: readonly string[];
}

export const initialDecision: DecisionProcedure = {
  status: 'none', decisionId: '', networkId: '', charterVersion: null, subject: null, entitled: [], notified: [], supporters: [], rule: null, deadline: null, timezone: 'UTC',
  urgency: 'ordinary', quorum: 0, secret: false, votes: {}, said: [], disassociated: [],
};
export const STATES = ['none', 'silence', 'ballot', 'consensusCall', 'adopted', 'rejected', 'broken', 'inquorate', 'cancelled'] as const;
export const OPEN = ['silence', 'ballot', 'consensusCall'] as const;
/** To whom the outcome is attributed: those who were entitled without those who disassociated themselves from the whole (DEC-7). */
export const attributedTo = ({ entitled, disassociated }: Pick<DecisionProcedure, 'entitled' | 'disassociated'>): string[] =>
  entitled.filter((group) => !disassociated.includes(group));

export const everyoneVoted = ({ entitled, votes }: Pick<DecisionProcedure, 'entitled' | 'votes'>): boolean =>
  entitled.every((group) => votes[group] !== undefined);

export const wording = (event: DecisionEvent): string => JSON.stringify([event.type, event.data]);
const say = (state: DecisionProcedure, event: DecisionEvent): DecisionProcedure => ({ ...state, said: [...state.said, wording(event)] });
type Opened = { readonly decisionId: string; readonly subject: Subject; readonly entitled: readonly string[]; readonly networkId?: string | undefined; readonly charterVersion?: string | undefined };
const opened = (state: DecisionProcedure, { decisionId, subject, entitled, networkId = '', charterVersion = 'none' }: Opened): DecisionProcedure => ({
  ...state, decisionId, subject, entitled, networkId, charterVersion: charterVersion === 'none' ? null : charterVersion,
});

export const evolveDecision: AggregateDefinition<DecisionProcedure, DecisionSchemas>['evolve'] = {
  SilenceProcedureOpened: (state, d) => ({
    ...opened(state, d), status: 'silence', deadline: d.deadline.instant, timezone: d.deadline.timezone, rule: 'silence', urgency: d.urgency,
  }),
  BallotOpened: (state, d) => ({ ...opened(state, d), status: 'ballot', deadline: d.closesAt, rule: d.rule, secret: d.secret, quorum: d.quorum }),
  ConsensusCalled: (state, d) => ({ ...opened(state, d), status: 'consensusCall', rule: 'consensus' }),
  NotificationDelivered: (state, d) => ({ ...state, notified: [...state.notified, d.member] }),
  SilenceBroken: (state) => ({ ...state, status: 'broken' }),
  SilencePeriodExtended: (state, d) => ({ ...state, deadline: d.newDeadline.instant, timezone: d.newDeadline.timezone }),
  SupportExpressed: (state, d) => ({ ...state, supporters: [...state.supporters, d.by] }),
  SilenceObserved: (state) => state,
  VoteCast: (state, d) => ({ ...state, votes: { ...state.votes, [d.by]: d.option } }),
  BallotClosed: (state) => state,
  ConsensusDeclared: (state) => state,
  ConsensusBlocked: (state) => state,
  DecisionAdopted: (state) => ({ ...state, status: 'adopted' }),
  DecisionRejected: (state) => ({ ...state, status: 'rejected' }),
  DecisionFellInquorate: (state) => ({ ...state, status: 'inquorate' }),
  ReservationEntered: (state, data) => say(state, { type: 'ReservationEntered', data }),
  ExplanationOfPositionEntered: (state, data) => say(state, { type: 'ExplanationOfPositionEntered', data }),
  DisassociationDeclared: (state, data) => {
    const after = say(state, { type: 'DisassociationDeclared', data });
    return data.scope === 'whole' ? { ...after, disassociated: [...after.disassociated, data.by] } : after;
  },
  DecisionProcedureCancelled: (state) => ({ ...state, status: 'cancelled' }),
};
