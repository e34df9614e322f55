import type { Reaction } from '#kernel';
import { mou } from '../mou/mou.js';

/** What an instrument says that it replaces is superseded when it comes into effect; the aggregate asks whether the participants are the same. */
export const whenMouEnteredIntoEffect: Reaction = {
  name: 'when-mou-entered-into-effect',
  on: {
    MouEnteredIntoEffect: async (event, world) => {
      const { supersedes, effectOn } = await world.state(mou, event.streamId);
      return supersedes.map((id) => ({
        aggregate: 'Mou', id, command: 'SupersedeMou', input: { byMouId: event.streamId }, ...(effectOn === null ? {} : { validTime: effectOn }),
      }));
    },
  },
};
