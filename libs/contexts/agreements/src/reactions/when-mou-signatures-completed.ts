import { type FollowUp, isRefusal, type Reaction, type RecordedEvent, type World } from '#kernel';
import { entryIntoEffect } from '../mou/effect.js';
import { mou } from '../mou/mou.js';

/** All have signed and what was signed ad referendum is confirmed: where nothing else is awaited, it comes into effect (MOU-6). */
const enter = async (event: RecordedEvent, world: World): Promise<FollowUp[]> => {
  const state = await world.state(mou, event.streamId);
  if (state.status !== 'signed' || state.terms.effect === undefined || state.terms.effect.rule === 'notifications') return [];
  // A fixed day that is yet to come is the timer's.
  const effect = entryIntoEffect(state, event.meta.recordedAt);
  if (isRefusal(effect)) return [];
  return [{ aggregate: 'Mou', id: event.streamId, command: 'RecordEntryIntoEffect', input: {}, validTime: effect.on }];
};

export const whenMouSignaturesCompleted: Reaction = {
  name: 'when-mou-signatures-completed',
  on: { MouSignaturesCompleted: enter, MouSignatureConfirmed: enter },
};
