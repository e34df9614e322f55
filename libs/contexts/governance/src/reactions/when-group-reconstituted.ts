import { certainlyBefore, type FollowUp, type Reaction } from '#kernel';
import type { MembershipDoc } from '../views/memberships.view.js';

/** A group that is there again within its grace takes its membership up; afterwards the steering decides (MEM-5). */
export const whenGroupReconstituted: Reaction = {
  name: 'when-group-reconstituted',
  on: {
    GroupReconstituted: async ({ data, streamId }, world): Promise<FollowUp[]> => {
      const { on } = data as { on: string };
      const rows = await world.rows<MembershipDoc>('memberships', { groupId: streamId, status: 'abeyance' });
      const within = rows.filter(({ doc }) => doc.abeyance !== null && !certainlyBefore(doc.abeyance.graceUntil, on));
      return within.map(({ id }) => ({ aggregate: 'Membership', id, command: 'ResumeFromAbeyance', input: { on }, validTime: on }));
    },
  },
};
