import type { Gather } from '#kernel';
import { gatherForAuthority } from './evidence/for-authority.js';
import { gatherForGroup } from './evidence/for-group.js';
import { gatherForPartner } from './evidence/for-partner.js';
import { gatherForPerson } from './evidence/for-person.js';

/** What decisions must know from elsewhere, by name of aggregate. */
export const evidence: Readonly<Record<string, Gather>> = { Person: gatherForPerson, Group: gatherForGroup, Partner: gatherForPartner, ActingAuthority: gatherForAuthority };
