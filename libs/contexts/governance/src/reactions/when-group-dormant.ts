import { type FollowUp, parseEdtf, type Reaction } from '#kernel';
import { dayIn, monthsAfter } from '../calendar.js';
import { network, settingsOf } from '../network/network.js';
import type { MembershipDoc } from '../views/memberships.view.js';

/** A group that sleeps is held in abeyance, for the grace period that its network's rules give (MEM-5). */
export const whenGroupDormant: Reaction = {
  name: 'when-group-dormant',
  on: {
    GroupBecameDormant: async ({ data, meta, streamId }, world): Promise<FollowUp[]> => {
      const { cause, since } = data as { cause: string; since: string };
      const rows = await world.rows<MembershipDoc>('memberships', { groupId: streamId, status: ['active', 'watch', 'alert'] });
      // Where the day is uncertain, grace runs from the last one that it can have been.
      const day = parseEdtf(since)?.latest ?? dayIn(meta.recordedAt);
      return Promise.all(
        rows.map(async ({ id, doc }) => {
          const { graceMonths } = settingsOf(await world.state(network, doc.networkId)).periods;
          return { aggregate: 'Membership', id, command: 'EnterAbeyance', input: { cause, graceUntil: monthsAfter(day, graceMonths) }, validTime: since };
        }),
      );
    },
  },
};
