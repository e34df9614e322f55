import type { FollowUp, Reaction } from '#kernel';
import { mousOf } from '../views/mous-of-group.js';

/** Suspension of a membership undoes no signature; each instrument follows its own clause (MEM-3). */
export const whenMembershipSuspended: Reaction = {
  name: 'when-membership-suspended',
  on: {
    MembershipSuspended: async (event, world): Promise<FollowUp[]> => {
      const membership = await world.row<{ groupId: string }>('memberships', event.streamId);
      if (membership === null) return [];
      const { groupId } = membership.doc;
      const inEffect = await mousOf(world, groupId, { status: 'inEffect' });
      const concerned = inEffect.filter(
        ({ doc }) => (doc.terms.suspension ?? 'none') !== 'none' && doc.participants.some((p) => p.groupId === groupId && p.withdrewOn === null),
      );
      return concerned.map(({ id }) => ({
        aggregate: 'Mou',
        id,
        command: 'SuspendMou',
        input: { scope: 'participant', participantId: groupId, reason: 'membership-suspended' },
      }));
    },
  },
};
