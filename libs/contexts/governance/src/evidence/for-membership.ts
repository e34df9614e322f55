import type { Gather } from '#kernel';
import { dayIn } from '../calendar.js';
import { decisionProcedure } from '../decision-procedure/decision-procedure.js';
import type { Membership, MembershipEvidence } from '../membership/membership.js';
import { charterOn, network, settingsOf } from '../network/network.js';
import { belongsTo, namesOf } from './entitled.js';

interface Concerned {
  readonly decisionRef?: string;
  readonly groupId?: string;
  readonly networkId?: string;
}

export const gatherForMembership: Gather<Membership, MembershipEvidence> = async (world, { command, id, input, state, now }) => {
  const asked = input as Concerned;
  const net = await world.state(network, state.networkId || (asked.networkId ?? ''));
  const charter = charterOn(net, dayIn(now));
  const activates = command === 'ActivateMembership';
  // An initiative has no charter under which it could decide: its steering acts on the record that it cites.
  const cited = asked.decisionRef === undefined || net.status === 'initiative' ? null : await world.state(decisionProcedure, asked.decisionRef);
  return {
    id,
    decision: cited && { status: cited.status, aboutThis: cited.subject?.type === 'membership' && cited.subject.id === id },
    alreadyMember: activates && (await belongsTo(world, asked.groupId ?? '', asked.networkId ?? '', id)),
    groupNames: activates ? await namesOf(world, asked.groupId ?? '') : null,
    charterVersion: charter?.version ?? null,
    categories: charter?.categories ?? null,
    periods: settingsOf(net).periods,
  };
};
