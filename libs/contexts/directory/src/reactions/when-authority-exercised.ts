import type { FollowUp, Reaction } from '#kernel';

/** What was recorded under an authority is told there too, once for each command. */
export const whenAuthorityExercised: Reaction = {
  name: 'when-authority-exercised',
  when: ({ meta }) => meta.actor.authorityId !== undefined,
  on: {
    '*': ({ stream, meta }): FollowUp[] => {
      const { actor, basis, commandId } = meta;
      const act = basis?.['act'];
      if (actor.authorityId === undefined || act === undefined) return [];
      return [{ aggregate: 'ActingAuthority', id: actor.authorityId, command: 'UseAuthority', input: { act, ref: stream, commandId } }];
    },
  },
};
