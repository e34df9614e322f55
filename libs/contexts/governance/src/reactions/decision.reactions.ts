import type { FollowUp, Reaction, RecordedEvent, World } from '#kernel';
import { decisionProcedure } from '../decision-procedure/decision-procedure.js';
import { count, outcome } from '../decision-procedure/outcome.js';

/**
 * Inside the application a notice is delivered when it is recorded: it stands in the inbox of every entitled group from then on.
 * Other channels (e-mail, telephone) are recorded by who used them.
 */
const notify = (event: RecordedEvent): FollowUp[] => {
  const { entitled } = event.data as { entitled: string[] };
  return entitled.map((member) => ({
    aggregate: 'DecisionProcedure', id: event.streamId, command: 'RecordNotification',
    input: { member, channel: 'application', deliveredAt: event.meta.recordedAt },
  }));
};

export const whenDecisionOpened: Reaction = {
  name: 'when-decision-opened',
  on: { SilenceProcedureOpened: notify, BallotOpened: notify },
};

/** When everybody has voted there is nothing to wait for. */
export const whenVoteCast: Reaction = {
  name: 'when-vote-cast',
  on: { VoteCast: (event, world) => closeIfAllVoted(event.streamId, world) },
};

async function closeIfAllVoted(id: string, world: World): Promise<FollowUp[]> {
  const state = await world.state(decisionProcedure, id);
  return state.status === 'ballot' && state.entitled.every((g) => state.votes[g] !== undefined) ? closing(id, state) : [];
}

function closing(id: string, state: { rule: string | null; votes: Parameters<typeof count>[0]; entitled: readonly string[]; quorum: number }): FollowUp[] {
  const is = outcome(state.rule ?? 'unanimity', count(state.votes, state.entitled), state.quorum);
  const command = { adopted: 'CloseBallotAdopted', rejected: 'CloseBallotRejected', inquorate: 'CloseBallotInquorate' }[is];
  return [{ aggregate: 'DecisionProcedure', id, command, input: {} }];
}
