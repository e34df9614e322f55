import { type Actor, type Capacity, certainlyBefore, type Delegation, type Delegations, type PersonalAct, type World } from '#kernel';
import { group } from '../group/group.js';
import { parliament, profileInForce } from '../parliament/parliament.js';
import { person } from '../person/person.js';
import { servesOn } from '../person/state.js';
import type { AuthorityDoc } from '../views/authorities.view.js';
import { actingAuthority } from './authority.js';

const CHAIRS = ['chair', 'co-chair'];
const HONORARY = ['honorary', 'ex-officio'];
const RANK: readonly Capacity[] = ['member', 'officer', 'chair'];
const lesser = (a: Capacity, b: Capacity): Capacity => (RANK.indexOf(a) < RANK.indexOf(b) ? a : b);

/** What somebody is in a group by its own record; null: nothing, or the group does not stand. */
export async function heldIn(world: World, groupId: string, personId: string): Promise<Capacity | null> {
  const { status, officers, members } = await world.state(group, groupId);
  if (status !== 'active') return null;
  const own = officers.filter((o) => o.personId === personId);
  if (own.some((o) => CHAIRS.includes(o.role))) return 'chair';
  if (own.some((o) => !HONORARY.includes(o.role))) return 'officer';
  return members.some((m) => m.personId === personId) ? 'member' : null;
}

/** Does somebody sit in a parliament now? On the day on which the last mandate ended no more. */
export async function servesToday(world: World, personId: string, now: string): Promise<boolean> {
  const day = now.slice(0, 10);
  const { mandates } = await world.state(person, personId);
  return servesOn(mandates.filter((m) => m.endedOn === null || certainlyBefore(day, m.endedOn)), day);
}

/** Personal acts for which the rules of the group's parliament, as in force today, allow a proxy. */
export async function proxiesOf(world: World, groupId: string, now: string): Promise<readonly PersonalAct[]> {
  const { parliamentId } = await world.state(group, groupId);
  const { profiles } = await world.state(parliament, parliamentId);
  return profileInForce(profiles, now.slice(0, 10))?.proxyFor ?? [];
}

/**
 * The authorities that carry at this moment: the view only says which there are; whether one stands, and what the grantor still is,
 * is read from the record itself (AUT-2). The holder acts for the group in whose secretariat he or she is, and for no other.
 */
export const delegations: Delegations = async (world, staff, { now, mode }) => {
  const rows = await world.rows<AuthorityDoc>('authorities', { to: staff.personId, status: 'granted' });
  const own = rows.filter((row) => (row.mode === 'exercise') === (mode === 'exercise'));
  const found = await Promise.all(own.map(({ id }) => inForce(world, id, staff, now)));
  return found.filter((delegation) => delegation !== undefined);
};

async function inForce(world: World, authorityId: string, staff: Actor, now: string): Promise<Delegation | undefined> {
  const { status, from, to, groupId, capacity, acts, until } = await world.state(actingAuthority, authorityId);
  const stands = status === 'granted' && to === staff.personId && groupId !== null && groupId === staff.onBehalfOf && until > now;
  if (!stands || capacity === null || !(await servesToday(world, from, now))) return undefined;
  const held = await heldIn(world, groupId, from);
  if (held === null) return undefined;
  const actor: Actor = { personId: to, capacity: lesser(held, capacity), onBehalfOf: groupId, authorityId, grantedBy: from };
  return { authorityId, actor, acts, proxies: await proxiesOf(world, groupId, now), until };
}
