import type { FollowUp, Reaction } from '#kernel';
import { decisionProcedure, everyoneVoted } from '../decision-procedure/decision-procedure.js';
import { count, outcome } from '../decision-procedure/outcome.js';

const CLOSING = { adopted: 'CloseBallotAdopted', rejected: 'CloseBallotRejected', inquorate: 'CloseBallotInquorate' } as const;

/** When everybody has voted there is nothing to wait for: the ballot closes by this rule at once, and by nobody’s choice of the moment. */
export const whenVoteCast: Reaction = {
  name: 'when-vote-cast',
  on: {
    VoteCast: async ({ streamId, meta }, world): Promise<FollowUp[]> => {
      const state = await world.state(decisionProcedure, streamId);
      if (meta.mode === 'import' || state.status !== 'ballot' || !everyoneVoted(state)) return [];
      const is = outcome(state.rule ?? 'unanimity', count(state.votes, state.entitled), state.quorum);
      return [{ aggregate: 'DecisionProcedure', id: streamId, command: CLOSING[is], input: {} }];
    },
  },
};
