import type { View } from '#kernel';
import type { DecisionEvent } from '../decision-procedure/events.js';

export interface VoteDoc {
  decisionId: string;
  groupId: string;
  option: string;
  castAt: string;
}

/** What a group has voted, for the group itself: its label is that of the vote (AMBER+STRICT), before the close and after it. */
export const votes: View<VoteDoc, DecisionEvent> = {
  name: 'votes',
  version: 1,
  key: ({ streamId, data }) => `${streamId}_${(data as { by: string }).by}`,
  on: {
    VoteCast: (_, d, { streamId }) => ({ decisionId: streamId, groupId: d.by, option: d.option, castAt: d.castAt }),
  },
  columns: { decisionId: (doc) => doc.decisionId, groupId: (doc) => doc.groupId },
};
