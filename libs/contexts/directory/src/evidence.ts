import type { Gather } from '#kernel';
import type { Officer } from './group/events.js';
import type { GroupEvidence } from './group/rules.js';
import type { Group } from './group/state.js';
import { parliament, profileInForce } from './parliament/parliament.js';
import { partner } from './partner/partner.js';
import type { GroupDoc } from './views/groups.view.js';

interface Concerned {
  parliamentId?: string;
  partnerId?: string;
  personId?: string;
  officers?: readonly Officer[];
}

/** The profile in force today, how many offices the persons hold elsewhere, and who funds a secretariat. */
export const gatherForGroup: Gather<Group, GroupEvidence> = async (world, { id, input, state, now }) => {
  const { parliamentId = state.parliamentId, partnerId, personId, officers = [] } = input as Concerned;
  const concerned = [...officers.map((o) => o.personId), ...(personId ? [personId] : [])];
  const rules = parliamentId === '' ? undefined : await world.state(parliament, parliamentId);
  const others = concerned.length > 0 ? await world.rows<GroupDoc>('groups', { status: ['active', 'forming'] }, { limit: 500 }) : [];
  const otherOffices = Object.fromEntries(
    concerned.map((p) => [p, others.filter((g) => g.id !== id && g.doc.officers.some((o) => o.personId === p)).length]),
  );
  const funder = partnerId === undefined ? undefined : await world.state(partner, partnerId);
  const profile = rules && profileInForce(rules.profiles, now.slice(0, 10));
  return { profile, otherOffices, foreignFunding: funder?.governmentFunding.some((country) => country !== parliamentId) ?? false };
};
