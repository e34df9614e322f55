import type { FollowUp, Reaction, RecordedEvent, Schedule } from '#kernel';
import { isBefore } from '../statement/rules.js';
import { statement } from '../statement/statement.js';

const close = (id: string): FollowUp => ({ aggregate: 'Statement', id, command: 'CloseForSignature', input: {} });
const cancel = (event: RecordedEvent) => [{ key: event.streamId, at: null }];

/** The list of signatories closes at the instant that was stated when it was opened. */
export const closingDates: Schedule = {
  name: 'statement-closes-for-signature',
  on: {
    StatementOpenedForSignature: ({ data, streamId }) => {
      const { closesAt } = data as { closesAt?: { instant: string } };
      return [{ key: streamId, at: closesAt?.instant ?? null, due: close(streamId) }];
    },
    StatementClosedForSignature: cancel,
    StatementRetracted: cancel,
    StatementAbandoned: cancel,
    TextReopened: cancel,
  },
};

/** What is published after its closing date is published with the list closed. */
export const whenPublishedLate: Reaction = {
  name: 'when-statement-published-after-closing',
  on: {
    StatementPublished: async (event, world) => {
      const { opening } = await world.state(statement, event.streamId);
      return opening?.closesAt != null && !isBefore(event.meta.recordedAt, opening.closesAt) ? [close(event.streamId)] : [];
    },
  },
};
