import type { World } from '#kernel';
import { group } from '#contexts/directory';
import { membership, mayVote } from '../membership/membership.js';
import type { MembershipDoc } from '../views/memberships.view.js';

/**
 * The groups that may decide in a network now (DEC-5, MEM-1): candidates from the view, which may lag behind, each asked of
 * the record itself. Those of one parliament are left out where they stand aside (APP-5).
 */
export async function entitledIn(world: World, networkId: string, now: string, recusedParliament?: string): Promise<string[]> {
  if (networkId === '') return [];
  const candidates = await world.rows<MembershipDoc>('memberships', { networkId, status: ['active', 'watch', 'alert', 'suspended'] });
  const standing = await Promise.all(candidates.map(({ id }) => world.state(membership, id)));
  const voting = [...new Set(standing.filter((m) => mayVote(m, now)).map((m) => m.groupId))].toSorted();
  if (recusedParliament === undefined || recusedParliament === '') return voting;
  const parliaments = await Promise.all(voting.map(async (id) => (await world.state(group, id)).parliamentId));
  return voting.filter((_, i) => parliaments[i] !== recusedParliament);
}

const ENDED = ['withdrawn', 'expelled', 'ended'];
/** Has a group a membership of a network that has not ended, beside this one? */
export async function belongsTo(world: World, groupId: string, networkId: string, except?: string): Promise<boolean> {
  const rows = await world.rows<MembershipDoc>('memberships', { groupId, networkId });
  const standing = await Promise.all(rows.filter(({ id }) => id !== except).map(({ id }) => world.state(membership, id)));
  return standing.some(({ status }) => !ENDED.includes(status));
}

/** What a group is called now; null where none is recorded. */
export async function namesOf(world: World, groupId: string): Promise<Readonly<Record<string, string>> | null> {
  if (groupId === '') return null;
  const { status, names } = await world.state(group, groupId);
  return status === 'none' || Object.keys(names).length === 0 ? null : names;
}
