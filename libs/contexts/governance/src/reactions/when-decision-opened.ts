import type { FollowUp, Reaction, RecordedEvent, World } from '#kernel';
import { group } from '#contexts/directory';
import { decisionProcedure } from '../decision-procedure/decision-procedure.js';
import type { MembershipDoc } from '../views/memberships.view.js';

/** Is there anybody who finds it: an officer of the group or its focal point? A notice to nobody proves nothing (DEC-4). */
async function reachable(world: World, groupId: string, networkId: string): Promise<boolean> {
  if ((await world.state(group, groupId)).officers.length > 0) return true;
  const rows = await world.rows<MembershipDoc>('memberships', { groupId, networkId });
  return rows.some(({ doc }) => doc.focalPoint !== null);
}

/**
 * Inside the application a notice is delivered when it is recorded: it stands in the inbox of the group from then on.
 * Who could not be reached is tried again when the period is extended. Nothing of the past is notified by us (G3).
 */
async function notify({ streamId, meta }: RecordedEvent, world: World): Promise<FollowUp[]> {
  if (meta.mode === 'import') return [];
  const { entitled, notified, networkId } = await world.state(decisionProcedure, streamId);
  const missing = entitled.filter((member) => !notified.includes(member));
  const found = await Promise.all(missing.map((member) => reachable(world, member, networkId)));
  return missing
    .filter((_, i) => found[i])
    .map((member) => ({
      aggregate: 'DecisionProcedure', id: streamId, command: 'RecordNotification',
      input: { member, channel: 'application' },
    }));
}

export const whenDecisionOpened: Reaction = {
  name: 'when-decision-opened',
  on: { SilenceProcedureOpened: notify, BallotOpened: notify, SilencePeriodExtended: notify },
};
