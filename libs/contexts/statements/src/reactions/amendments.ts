import { type FollowUp, HOUR, instantAfter, type RecordedEvent, type Schedule } from '#kernel';

const key = (event: RecordedEvent): string => `${event.streamId} ${(event.data as { amendmentId: string }).amendmentId}`;
const cancel = (event: RecordedEvent) => [{ key: key(event), at: null }];
function fall(event: RecordedEvent) {
  const { amendmentId } = event.data as { amendmentId: string };
  const due: FollowUp = { aggregate: 'Statement', id: event.streamId, command: 'MarkAmendmentFallen', input: { amendmentId, because: 'unresolved' } };
  return [{ key: key(event), at: instantAfter(event.meta.recordedAt, 72 * HOUR), due }];
}

/** An author has three days for an amendment that an accepted change displaced; then it falls. */
export const displacedAmendments: Schedule = {
  name: 'statement-amendment-falls',
  on: {
    AmendmentDisplaced: fall,
    AmendmentRebaseUndone: fall,
    AmendmentReanchored: cancel,
    AmendmentWithdrawn: cancel,
    AmendmentJoined: cancel,
    AmendmentRejected: cancel,
    AmendmentFell: cancel,
  },
};
