import { certainlyBefore, type FollowUp, type Reaction, type RecordedEvent, type World } from '#kernel';
import { parliamentsOf } from '../evidence/for-person.js';
import { parliament } from '../parliament/parliament.js';
import { person } from '../person/person.js';
import { openMandates } from '../person/state.js';
import type { GroupDoc } from '../views/group-doc.js';

interface Ended {
  readonly mandateId: string;
  readonly endedOn: string;
  readonly reason: string;
}

/** Who no longer sits in a parliament stands down from the offices in its groups that only a serving member may hold. */
export const whenMandateEnded: Reaction = {
  name: 'when-mandate-ended',
  on: {
    MandateEnded: async (event: RecordedEvent, world: World): Promise<FollowUp[]> => {
      const { mandateId, endedOn, reason } = event.data as Ended;
      const state = await world.state(person, event.streamId);
      const chamber = state.mandates.find((m) => m.id === mandateId)?.chamberCode;
      const [parliamentId] = chamber === undefined ? [] : await parliamentsOf(world, [chamber]);
      if (parliamentId === undefined) return [];
      const { chambers } = await world.state(parliament, parliamentId);
      if (openMandates(state).some((m) => chambers.some((c) => c.code === m.chamberCode))) return [];
      const groups = await world.rows<GroupDoc>('groups', { parliamentId, status: ['active', 'dormant'] });
      return groups.flatMap(({ id, doc }) =>
        doc.officers
          .filter((o) => o.personId === event.streamId && o.role !== 'honorary' && o.role !== 'ex-officio')
          // An end of the past, told late, does not reach an office that was certainly taken up after it.
          .filter((o) => !certainlyBefore(endedOn, o.since ?? o.electedOn ?? 'XXXX'))
          .map((o) => ({
            aggregate: 'Group', id, command: 'StandDownOfficer',
            input: { personId: o.personId, role: o.role, on: endedOn, reason },
            validTime: event.meta.validTime ?? endedOn,
          })),
      );
    },
  },
};
