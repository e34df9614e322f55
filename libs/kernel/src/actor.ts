import { z } from 'zod';

/** What a person is, in some body. `system` acts name the rule that fired instead of a person (rule G2). */
export const Capacity = z.enum([
  'network-secretariat',
  'network-chair',
  'chair',
  'officer',
  'member',
  'group-secretariat',
  'translator',
  'partner',
  'observer',
  'auditor',
  'administrator',
  'system',
]);
export type Capacity = z.output<typeof Capacity>;

/** Who acts, in what capacity, for whom and by what authority (domain, rule G2). */
export const Actor = z.object({
  /** The human; for a system act, `system`. */
  personId: z.string(),
  capacity: Capacity,
  /** The group, partner or network for which this is done. */
  onBehalfOf: z.string().optional(),
  /** The recorded authority under which it is done, if any. */
  authorityId: z.string().optional(),
  /** Who granted that authority: the act is done in that person's name. */
  grantedBy: z.string().optional(),
  /** For a system act: the rule that fired. */
  rule: z.string().optional(),
});
export type Actor = z.output<typeof Actor>;

/** Who may give a command: the column "By" of the catalogue. */
export type Role =
  | 'Analyst'
  | 'Anyone'
  | 'Applicant'
  | 'Auditor'
  | 'Chair'
  | 'Depositary'
  | 'GroupChair'
  | 'GroupMember'
  | 'GroupOfficer'
  | 'GroupSec'
  | 'Linguist'
  | 'Member'
  | 'NetChair'
  | 'NetSec'
  | 'Parliamentarian'
  | 'Partner'
  | 'Penholder'
  | 'Person'
  | 'Plenary'
  | 'Proposer'
  | 'Reviser'
  | 'Signatory'
  | 'SourceHandler'
  | 'Sponsor'
  | 'Staff'
  | 'Steering'
  | 'System'
  | 'Translator'
  | 'Witness';

/**
 * The roles that follow from a capacity alone, given the groups that the thing acted upon belongs to.
 * What follows from the thing's own state (its penholder, its proposer, its signatories) an aggregate adds in `roles`.
 */
export function rolesOf(actor: Actor, groupsOfSubject: readonly string[]): Role[] {
  const own = actor.onBehalfOf !== undefined && groupsOfSubject.includes(actor.onBehalfOf);
  switch (actor.capacity) {
    case 'network-secretariat':
      return ['Anyone', 'NetSec', 'Depositary'];
    case 'network-chair':
      return ['Anyone', 'NetChair', 'Steering', 'Plenary'];
    case 'chair':
      return own
        ? ['Anyone', 'Member', 'Parliamentarian', 'GroupChair', 'GroupOfficer', 'GroupMember', 'Applicant']
        : ['Anyone', 'Member', 'Parliamentarian'];
    case 'officer':
      return own
        ? ['Anyone', 'Member', 'Parliamentarian', 'GroupOfficer', 'GroupMember']
        : ['Anyone', 'Member', 'Parliamentarian'];
    case 'member':
      return own ? ['Anyone', 'Member', 'Parliamentarian', 'GroupMember'] : ['Anyone', 'Member', 'Parliamentarian'];
    case 'group-secretariat':
      return own ? ['Anyone', 'GroupSec', 'Staff'] : ['Anyone', 'Staff'];
    // Who translates or revises which text follows from its assignments.
    case 'translator':
      return ['Anyone', 'Linguist'];
    case 'partner':
      return own ? ['Anyone', 'Partner'] : ['Anyone'];
    case 'auditor':
      return ['Anyone', 'Auditor'];
    case 'system':
      return ['System'];
    case 'observer':
    case 'administrator':
      return ['Anyone'];
  }
}
