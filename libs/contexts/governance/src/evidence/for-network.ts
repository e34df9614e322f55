import type { Gather, World } from '#kernel';
import { group, partner } from '#contexts/directory';
import { decisionProcedure } from '../decision-procedure/decision-procedure.js';
import type { Network, NetworkEvidence } from '../network/network.js';
import { entitledIn } from './entitled.js';

interface Concerned {
  readonly decisionRef?: string;
  readonly partnerId?: string;
  readonly to?: readonly { readonly groupId: string }[];
  readonly seats?: readonly { readonly groupId: string }[];
}

async function parliamentsOf(world: World, groups: readonly string[]): Promise<Record<string, string | null>> {
  const states = await Promise.all(groups.map((id) => world.state(group, id)));
  return Object.fromEntries(groups.map((id, i) => [id, states[i]?.status === 'none' ? null : (states[i]?.parliamentId ?? null)]));
}

/** The decision that is cited; whether the acting group votes; the parliaments of the groups named for seats; the partner named. */
export const gatherForNetwork: Gather<Network, NetworkEvidence> = async (world, { command, id, input, actor, now }) => {
  const { decisionRef, partnerId, to = [], seats = [] } = input as Concerned;
  const decision = decisionRef === undefined ? undefined : await world.state(decisionProcedure, decisionRef);
  const voting = command === 'ProposeCharterAmendment' ? await entitledIn(world, id, now) : [];
  return {
    id,
    decision: decision && { status: decision.status, subject: decision.subject, rule: decision.rule },
    mayVote: voting.includes(actor.onBehalfOf ?? ''),
    parliaments: await parliamentsOf(world, [...new Set([...to, ...seats].map((seat) => seat.groupId))]),
    partnerListed: partnerId === undefined ? undefined : (await world.state(partner, partnerId)).status !== 'none',
  };
};
