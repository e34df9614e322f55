import type { BoundedContext } from '#kernel';
import { evidence } from './evidence.js';
import { group } from './group/group.js';
import { parliament } from './parliament/parliament.js';
import { partner } from './partner/partner.js';
import { person } from './person/person.js';
import { whenMandateEnded } from './reactions/when-mandate-ended.js';
import { whenParliamentDissolved } from './reactions/when-parliament-dissolved.js';
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
  aggregates: [parliament, person, group, partner],
  views: [parliaments, persons, mandates, identityChecks, protectionConcerns, groups, authorisations, partners],
  evidence,
  reactions: [whenParliamentDissolved, whenMandateEnded],
};
