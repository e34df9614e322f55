import type { FollowUp, RecordedEvent, Schedule } from '#kernel';

const release = ({ data, streamId }: RecordedEvent) => {
  const due: FollowUp = { aggregate: 'Statement', id: streamId, command: 'Publish', input: {} };
  return [{ key: streamId, at: (data as { until: { instant: string } }).until.instant, due }];
};
const cancel = ({ streamId }: RecordedEvent) => [{ key: streamId, at: null }];

/**
 * At the instant the text goes out, in all its languages with one event. Where it would not pass any more, Publish is refused whole and the
 * statement stays as it is, with the secretariat's duty beside it.
 */
export const embargoReleases: Schedule = {
  name: 'statement-embargo-ends',
  on: { EmbargoSet: release, EmbargoChanged: release, StatementPublished: cancel },
};
