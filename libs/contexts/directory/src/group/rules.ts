import { refuse, type Refusal } from '#kernel';
import type { RulesProfile } from '../parliament/events.js';
import type { Officer } from './events.js';

/** What a decision of a group must know from elsewhere. */
export interface GroupEvidence {
  /** The rules profile in force on the day; absent where the parliament has none. */
  readonly profile?: RulesProfile | undefined;
  /** In how many other groups each of the persons concerned is an officer. */
  readonly otherOffices: Readonly<Record<string, number>>;
  /** Does a foreign government provide or fund the partner, by its own declarations? */
  readonly foreignFunding: boolean;
}

type Rule = Refusal | undefined;
/** Those who run the group; honorary and ex-officio places do not count against the limit. */
const running = (officers: readonly Officer[]) => officers.filter((o) => o.role !== 'honorary' && o.role !== 'ex-officio');

/** GRP-1 */
export function quorum(kind: 'inaugural' | 'agm' | 'egm', present: readonly string[], { profile }: GroupEvidence): Rule {
  const required = profile?.quorumByMeetingKind?.[kind] ?? 0;
  const there = new Set(present).size;
  return there < required ? refuse('group.quorum-not-met', { present: there, required }, 'GRP-1') : undefined;
}

/** GRP-2 */
export function officerRules(officers: readonly Officer[], { profile }: GroupEvidence): Rule[] {
  const most = profile?.maxOfficers;
  const count = new Set(running(officers).map((o) => o.personId)).size;
  const sides = new Set(running(officers).map((o) => o.side));
  return [
    most !== undefined && count > most ? refuse('group.too-many-officers', { count, most }, 'GRP-2') : undefined,
    profile?.officerBalance === 'government-and-opposition' && !(sides.has('government') && sides.has('opposition'))
      ? refuse('group.officers-not-balanced', {}, 'GRP-2')
      : undefined,
  ];
}

/** GRP-3: exactly one chair (or co-chairs), and the responsible officer among the officers. */
export function chairRules(officers: readonly Officer[], responsible: string, { profile }: GroupEvidence): Rule[] {
  const chairs = officers.filter((o) => o.role === 'chair');
  const chair = officers.find((o) => o.personId === responsible);
  return [
    chairs.length > 1 ? refuse('group.several-chairs', { count: chairs.length }, 'GRP-3') : undefined,
    chair === undefined ? refuse('group.responsible-not-officer', {}, 'GRP-3') : undefined,
    profile?.chairMustSitIn !== undefined && chairs.some((c) => c.chamber !== profile.chairMustSitIn)
      ? refuse('group.chair-of-wrong-chamber', { chamber: profile.chairMustSitIn }, 'GRP-3')
      : undefined,
  ];
}

/** GRP-4 */
export function officeLimit(persons: readonly string[], { profile, otherOffices }: GroupEvidence): Rule[] {
  const most = profile?.maxGroupsPerOfficer;
  if (most === undefined) return [];
  return persons
    .filter((id) => (otherOffices[id] ?? 0) + 1 > most)
    .map((id) => refuse('group.officer-of-too-many-groups', { person: id, most }, 'GRP-4'));
}

/** GRP-5 */
export function secretariatRules(
  appointment: { dueDiligence?: { foreignGovernmentFunding: string } | undefined; fundedBy?: readonly { governmental: boolean }[] | undefined },
  { profile, foreignFunding }: GroupEvidence,
): Rule[] {
  const funded = foreignFunding || appointment.dueDiligence?.foreignGovernmentFunding === 'declared' || appointment.fundedBy?.some((f) => f.governmental);
  return [
    appointment.dueDiligence === undefined ? refuse('group.due-diligence-missing', {}, 'GRP-5') : undefined,
    appointment.dueDiligence?.foreignGovernmentFunding === 'refused' ? refuse('group.due-diligence-refused', {}, 'GRP-5') : undefined,
    funded && profile?.foreignGovernmentSecretariat === 'forbidden' ? refuse('group.foreign-government-secretariat', {}, 'GRP-5') : undefined,
  ];
}
