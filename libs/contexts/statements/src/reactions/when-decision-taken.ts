import type { FollowUp, Reaction, RecordedEvent, World } from '#kernel';

interface Taken {
  readonly decisionId?: string;
  readonly subject?: { readonly type: string; readonly id: string; readonly revision: number; readonly digest: string };
}

/** The statement that a decision is about: named in the event, or the one that waits for it. */
async function subjectOf({ data, streamId }: RecordedEvent, world: World): Promise<{ id: string; decisionId: string } | undefined> {
  const { decisionId = streamId, subject } = data as Taken;
  if (subject) return subject.type === 'statement' ? { id: subject.id, decisionId } : undefined;
  const [waiting] = await world.rows('statements', { decision: decisionId });
  return waiting && { id: waiting.id, decisionId };
}

const fell =
  (outcome: 'rejected' | 'silence-broken' | 'inquorate' | 'cancelled') =>
  async (event: RecordedEvent, world: World): Promise<FollowUp[]> => {
    const found = await subjectOf(event, world);
    return found ? [{ aggregate: 'Statement', id: found.id, command: 'RecordNonAdoption', input: { decisionId: found.decisionId, outcome } }] : [];
  };

/** A statement is adopted by the decision on it, or goes back to negotiation; it never waits for a decision that will not come. */
export const whenDecisionTaken: Reaction = {
  name: 'when-decision-taken-on-statement',
  on: {
    DecisionAdopted: async (event, world) => {
      const found = await subjectOf(event, world);
      const { subject } = event.data as Taken;
      if (!found || !subject) return [];
      const input = { decisionId: found.decisionId, revision: subject.revision, digest: subject.digest };
      return [{ aggregate: 'Statement', id: found.id, command: 'RecordAdoption', input }];
    },
    SilenceBroken: fell('silence-broken'),
    DecisionRejected: fell('rejected'),
    DecisionFellInquorate: fell('inquorate'),
    DecisionProcedureCancelled: fell('cancelled'),
  },
};
