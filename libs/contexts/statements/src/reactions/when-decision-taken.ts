import type { FollowUp, Reaction, RecordedEvent, World } from '#kernel';

interface Subject {
  readonly type: string;
  readonly id: string;
  readonly revision: number;
  readonly digest?: string;
}

/** What a decision is about: named in the event, or in the page of its procedure (SilenceBroken names none). */
async function subjectOf({ data, streamId }: RecordedEvent, world: World): Promise<Subject | undefined> {
  const named = (data as { subject?: Subject }).subject;
  return named ?? (await world.row<{ subject: Subject }>('decisions', streamId))?.doc.subject;
}

type Command = { readonly command: 'RecordAdoption' } | { readonly command: 'RecordNonAdoption'; readonly outcome: 'rejected' | 'silence-broken' };
const follow =
  ({ command, ...told }: Command) =>
  async (event: RecordedEvent, world: World): Promise<FollowUp[]> => {
    const subject = await subjectOf(event, world);
    // A decision that names no digest binds no text (STM-5).
    if (subject?.type !== 'statement' || subject.digest === undefined) return [];
    const input = { decisionId: event.streamId, revision: subject.revision, digest: subject.digest, ...told };
    return [{ aggregate: 'Statement', id: subject.id, command, input }];
  };

/** A statement is adopted by the decision on it, or goes back to negotiation. */
export const whenDecisionTaken: Reaction = {
  name: 'when-decision-taken-on-statement',
  on: {
    DecisionAdopted: follow({ command: 'RecordAdoption' }),
    SilenceBroken: follow({ command: 'RecordNonAdoption', outcome: 'silence-broken' }),
    DecisionRejected: follow({ command: 'RecordNonAdoption', outcome: 'rejected' }),
  },
};
