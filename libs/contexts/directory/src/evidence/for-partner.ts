import type { Gather } from '#kernel';
import type { Partner, PartnerEvidence } from '../partner/partner.js';
import { person } from '../person/person.js';
import { groupsOf } from './for-person.js';

/** Is the person who is to answer for a partner's access an officer of an active group? */
export const gatherForPartner: Gather<Partner, PartnerEvidence> = async (world, { input }) => {
  const { responsibleOfficer } = input as { responsibleOfficer?: string };
  if (responsibleOfficer === undefined) return { officer: false };
  const groups = await groupsOf(world, responsibleOfficer, await world.state(person, responsibleOfficer));
  return { officer: groups.some(({ doc }) => doc.status === 'active' && doc.officers.some((o) => o.personId === responsibleOfficer)) };
};
