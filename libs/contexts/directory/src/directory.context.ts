import type { BoundedContext } from '#kernel';
import { gatherForGroup } from './evidence.js';
import { group } from './group/group.js';
import { parliament } from './parliament/parliament.js';
import { partner } from './partner/partner.js';
import { person } from './person/person.js';
import { whenMandateEnded } from './reactions/when-mandate-ended.js';
import { whenParliamentDissolved } from './reactions/when-parliament-dissolved.js';
import { groups } from './views/groups.view.js';
import { parliaments } from './views/parliaments.view.js';
import { partners } from './views/partners.view.js';
import { persons } from './views/persons.view.js';

/** Parliaments, people, groups and partners: who is who, since when, by what source. */
export const directory: BoundedContext = {
  name: 'directory',
  aggregates: [parliament, person, group, partner],
  views: [parliaments, persons, groups, partners],
  evidence: { Group: gatherForGroup },
  reactions: [whenParliamentDissolved, whenMandateEnded],
};
