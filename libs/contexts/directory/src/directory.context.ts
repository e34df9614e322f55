import type { BoundedContext } from '#kernel';
import { actingAuthority } from './authority/authority.js';
import { delegations } from './authority/in-force.js';
import { evidence } from './evidence.js';
import { group } from './group/group.js';
import { parliament } from './parliament/parliament.js';
import { partner } from './partner/partner.js';
import { person } from './person/person.js';
import { authorityExpiry } from './reactions/schedules.js';
import { whenAuthorityExercised } from './reactions/when-authority-exercised.js';
import { whenMandateEnded } from './reactions/when-mandate-ended.js';
import { whenParliamentDissolved } from './reactions/when-parliament-dissolved.js';
import { authorities } from './views/authorities.view.js';
import { authorisations } from './views/authorisations.view.js';
import { groups } from './views/groups.view.js';
import { identityChecks } from './views/identity-checks.view.js';
import { mandates } from './views/mandates.view.js';
import { parliaments } from './views/parliaments.view.js';
import { partners } from './views/partners.view.js';
import { persons } from './views/persons.view.js';
import { protectionConcerns } from './views/protection-concerns.view.js';

/** Parliaments, people, groups and partners: who is who, since when, by what source. */
export const directory: BoundedContext = {
  name: 'directory',
  aggregates: [parliament, person, group, partner, actingAuthority],
  views: [parliaments, persons, mandates, identityChecks, protectionConcerns, groups, authorisations, partners, authorities],
  evidence,
  reactions: [whenParliamentDissolved, whenMandateEnded, whenAuthorityExercised],
  schedules: [authorityExpiry],
  delegations,
};
