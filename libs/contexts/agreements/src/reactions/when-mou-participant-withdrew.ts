import type { Reaction } from '#kernel';
import type { DataOf } from '../mou/events.js';
import { mou } from '../mou/mou.js';

/** With fewer than two participants there is no instrument (MOU-9). */
export const whenMouParticipantWithdrew: Reaction = {
  name: 'when-mou-participant-withdrew',
  on: {
    MouParticipantWithdrew: async (event, world) => {
      const { on } = event.data as DataOf<'MouParticipantWithdrew'>;
      const { participants } = await world.state(mou, event.streamId);
      if (participants.length >= 2) return [];
      const input = event.meta.mode === 'import' ? { on } : {};
      return [{ aggregate: 'Mou', id: event.streamId, command: 'TerminateMou', input, validTime: on }];
    },
  },
};
