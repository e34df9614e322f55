import { type FollowUp, parseEdtf, type Reaction, type RecordedEvent, type World } from '#kernel';
import { CHARTER_DEFAULTS, monthsAfter } from '../data/charter-defaults.js';
import type { MembershipDoc } from '../views/memberships.view.js';

const of = (event: RecordedEvent, world: World, status: readonly string[]) => world.rows<MembershipDoc>('memberships', { groupId: event.streamId, status });

/** Who is admitted is a member from that day. */
export const whenApplicantAdmitted: Reaction = {
  name: 'when-applicant-admitted',
  on: {
    ApplicantAdmitted: (event): FollowUp[] => {
      const { membershipId, groupId, networkId, category } = event.data as Record<'membershipId' | 'groupId' | 'networkId' | 'category', string>;
      const since = event.meta.validTime ?? event.meta.recordedAt.slice(0, 10);
      const input = { membershipId, groupId, networkId, category, since, applicationRef: event.streamId };
      return [{ aggregate: 'Membership', id: membershipId, command: 'ActivateMembership', input }];
    },
  },
};

/** A group that sleeps is held in abeyance, for the grace period of the charter (MEM-5). */
export const whenGroupDormant: Reaction = {
  name: 'when-group-dormant',
  on: {
    GroupBecameDormant: async (event, world): Promise<FollowUp[]> => {
      const { cause, since } = event.data as { cause: string; since: string };
      const day = parseEdtf(since)?.latest ?? event.meta.recordedAt.slice(0, 10);
      const input = { cause, graceUntil: monthsAfter(day, CHARTER_DEFAULTS.graceMonths) };
      const rows = await of(event, world, ['active', 'watch', 'alert']);
      return rows.map(({ id }) => ({ aggregate: 'Membership', id, command: 'EnterAbeyance', input, validTime: since }));
    },
  },
};

export const whenGroupReconstituted: Reaction = {
  name: 'when-group-reconstituted',
  on: {
    GroupReconstituted: async (event, world): Promise<FollowUp[]> => {
      const { on } = event.data as { on: string };
      return (await of(event, world, ['abeyance'])).map(({ id }) => ({ aggregate: 'Membership', id, command: 'ResumeFromAbeyance', input: { on }, validTime: on }));
    },
  },
};
