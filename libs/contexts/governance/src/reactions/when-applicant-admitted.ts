import type { FollowUp, Reaction } from '#kernel';
import type { ApplicationEvent } from '../membership-application/events.js';

type Admitted = Extract<ApplicationEvent, { type: 'ApplicantAdmitted' }>['data'];

/** Who is admitted is a member from that day. */
export const whenApplicantAdmitted: Reaction = {
  name: 'when-applicant-admitted',
  on: {
    ApplicantAdmitted: ({ data, meta, streamId }): FollowUp[] => {
      const { membershipId, groupId, networkId, category } = data as Admitted;
      const since = meta.validTime ?? meta.recordedAt.slice(0, 10);
      const input = { membershipId, groupId, networkId, category, since, applicationRef: streamId };
      return [{ aggregate: 'Membership', id: membershipId, command: 'ActivateMembership', input }];
    },
  },
};
