import type { FollowUp, Reaction, RecordedEvent, World } from '#kernel';
import { person } from '../person/person.js';
import type { GroupDoc } from '../views/groups.view.js';

/** Who no longer serves stands down from the offices that only a serving member may hold. */
export const whenMandateEnded: Reaction = {
  name: 'when-mandate-ended',
  on: {
    MandateEnded: async (event: RecordedEvent, world: World): Promise<FollowUp[]> => {
      const { endedOn, reason } = event.data as { endedOn: string; reason: string };
      if ((await world.state(person, event.streamId)).status === 'serving') return [];
      const groups = await world.rows<GroupDoc>('groups', { status: ['active', 'dormant'] }, { limit: 500 });
      return groups.flatMap(({ id, doc }) =>
        doc.officers
          .filter((o) => o.personId === event.streamId && o.role !== 'honorary' && o.role !== 'ex-officio')
          .map((o) => ({
            aggregate: 'Group', id, command: 'StandDownOfficer',
            input: { personId: o.personId, role: o.role, on: endedOn, reason },
            validTime: endedOn,
          })),
      );
    },
  },
};
