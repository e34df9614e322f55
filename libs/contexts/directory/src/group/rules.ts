import { certainlyBefore, type Multilingual, refuse, type Refusal, type Side } from '#kernel';
import type { Officer } from './events.js';
import { counted, type Group } from './state.js';

/** Of the rules profile in force on the day, what a group is judged by; a field that is absent is not regulated. */
export interface Rules {
  readonly profileId: string;
  readonly version: string;
  readonly maxOfficers?: number | undefined;
  readonly officerBalance?: 'government-and-opposition' | 'none' | undefined;
  readonly quorumByMeetingKind?: Readonly<Record<string, number>> | undefined;
  readonly benefitThreshold?: { readonly amount: number; readonly currency: string } | undefined;
  readonly benefitDeadlineDays?: number | undefined;
  readonly chairMustSitIn?: string | undefined;
  readonly maxGroupsPerOfficer?: number | undefined;
  readonly groupEndsAtDissolution: boolean;
  readonly foreignGovernmentSecretariat?: 'forbidden' | 'declared' | 'unregulated' | undefined;
  readonly disclaimer?: Multilingual | undefined;
}
/** What the record knows of a person on the day of the act, in the group's parliament. */
export interface PersonFacts {
  readonly serving: boolean;
  readonly chambers: readonly string[];
  readonly side?: Side | undefined;
  readonly party?: string | undefined;
  /** In how many other active groups of the parliament an officer. */
  readonly otherOffices: number;
}
/** What a decision of a group must know from elsewhere. */
export interface GroupEvidence {
  readonly profile?: Rules | undefined;
  readonly people: Readonly<Record<string, PersonFacts>>;
  /** The partner that the input names: is it there for the group, and is it a foreign government's or funded by one, by its own declarations? */
  readonly partner?: { readonly available: boolean; readonly foreignGovernment: boolean };
}

type Rule = Refusal | undefined | false;
/** Those who run the group; honorary and ex-officio places are not counted. */
export const running = (officers: readonly Officer[]) => officers.filter((o) => o.role !== 'honorary' && o.role !== 'ex-officio');
const ids = (officers: readonly Officer[]) => [...new Set(running(officers).map((o) => o.personId))];
export const requiredQuorum = (kind: string, profile: Rules | undefined) => profile?.quorumByMeetingKind?.[kind];
/** Only serving members of the parliament count: no partner, no staff (PTN-1, PER-2). */
export const countPresent = (present: readonly string[], { people }: GroupEvidence) =>
  new Set(present.filter((id) => people[id]?.serving)).size;

/** GRP-1 */
export function quorum(kind: 'inaugural' | 'agm', present: readonly string[], evidence: GroupEvidence): Rule {
  const required = requiredQuorum(kind, evidence.profile) ?? 0;
  const there = countPresent(present, evidence);
  return there < required && refuse('group.quorum-not-met', { present: there, required }, 'GRP-1');
}

/** GRP-2, with the side in force on the day; the one that is stated counts only where the record knows none (PER-3). */
export function officerRules(officers: readonly Officer[], { profile, people }: GroupEvidence): Rule[] {
  const most = profile?.maxOfficers;
  const count = ids(officers).length;
  const sides = new Set(running(officers).map((o) => people[o.personId]?.side ?? o.side));
  return [
    most !== undefined && count > most && refuse('group.too-many-officers', { count, most }, 'GRP-2'),
    profile?.officerBalance === 'government-and-opposition' &&
      !(sides.has('government') && sides.has('opposition')) &&
      refuse('group.officers-not-balanced', {}, 'GRP-2'),
    ...ids(officers).map((id) => people[id]?.serving !== true && refuse('group.officer-not-serving', { person: id }, 'PER-2')),
    ...chairRules(officers, { profile, people }),
  ];
}

/** GRP-3: one chair at most, and the chair sits where the rules want it; of co-chairs one does. */
function chairRules(officers: readonly Officer[], { profile, people }: GroupEvidence): Rule[] {
  const house = profile?.chairMustSitIn;
  const sits = (o: Officer) => house === undefined || (people[o.personId]?.chambers.includes(house) ?? false);
  const chairs = officers.filter((o) => o.role === 'chair');
  const coChairs = officers.filter((o) => o.role === 'co-chair');
  const wrong = chairs.some((c) => !sits(c)) || (chairs.length === 0 && coChairs.length > 0 && !coChairs.some(sits));
  return [
    chairs.length > 1 && refuse('group.several-chairs', {}, 'GRP-3'),
    wrong && refuse('group.chair-of-wrong-chamber', { chamber: house ?? '' }, 'GRP-3'),
  ];
}

/** GRP-3: the responsible officer is one of those who run the group, and sits where the rules want it. */
export function responsibleRules(personId: string | undefined, officers: readonly Officer[], { profile, people }: GroupEvidence): Rule[] {
  const house = profile?.chairMustSitIn;
  if (personId === undefined || !ids(officers).includes(personId)) return [refuse('group.responsible-not-officer', {}, 'GRP-3')];
  return [house !== undefined && !people[personId]?.chambers.includes(house) && refuse('group.responsible-of-wrong-chamber', { chamber: house }, 'GRP-3')];
}

/** GRP-4 */
export function officeLimit(officers: readonly Officer[], { profile, people }: GroupEvidence): Rule[] {
  const most = profile?.maxGroupsPerOfficer;
  return ids(officers).map(
    (id) => most !== undefined && (people[id]?.otherOffices ?? 0) + 1 > most && refuse('group.officer-of-too-many-groups', { person: id, most }, 'GRP-4'),
  );
}

/** GRP-5 */
export function secretariatRules(
  appointment: { readonly dueDiligence?: { readonly foreignGovernmentFunding: 'none' | 'declared' | 'refused' } | undefined },
  { profile, partner }: GroupEvidence,
): Rule[] {
  const said = appointment.dueDiligence?.foreignGovernmentFunding;
  const rule = profile?.foreignGovernmentSecretariat;
  return [
    !partner?.available && refuse('group.partner-not-available', {}, 'GRP-5'),
    said === undefined && refuse('group.due-diligence-missing', {}, 'GRP-5'),
    said === 'refused' && rule !== 'unregulated' && rule !== undefined && refuse('group.due-diligence-refused', {}, 'GRP-5'),
    rule === 'forbidden' && (said === 'declared' || partner?.foreignGovernment) && refuse('group.foreign-government-secretariat', {}, 'GRP-5'),
    rule === 'declared' && said === 'none' && partner?.foreignGovernment && refuse('group.foreign-funding-not-declared', {}, 'GRP-5'),
  ];
}

/** GRP-6: the duties after this benefit, and whether it is registered too late. */
export function benefitRules(
  benefit: Parameters<typeof counted>[0],
  registeredOn: string,
  state: Group,
  profile: Rules | undefined,
): { tier?: 'basic' | 'higher'; late?: boolean } {
  const { benefitThreshold: threshold, benefitDeadlineDays: days } = profile ?? {};
  const worth = counted(benefit);
  if (!threshold || worth?.currency !== threshold.currency) return {};
  const above = (state.received[worth.key] ?? 0) + worth.amount > threshold.amount;
  const tier = above || state.tier === 'higher' ? 'higher' : 'basic';
  if (!above || days === undefined) return { tier };
  const elapsed = daysBetween(benefit.receivedOn, registeredOn);
  return elapsed === undefined ? { tier } : { tier, late: elapsed > days };
}

/** GRP-7 */
export function authorisationRules(
  input: { readonly expiresAt: string; readonly holder: string; readonly latitude: string; readonly textDigests?: object | undefined },
  state: Group,
  now: string,
): Rule[] {
  const full = state.members.some((m) => m.personId === input.holder && m.status === 'full');
  const day = input.expiresAt.slice(0, 10);
  return [
    input.expiresAt <= now && refuse('group.authorisation-expired', { expires: input.expiresAt }, 'GRP-7'),
    state.termEndsOn !== null && certainlyBefore(state.termEndsOn, day) && refuse('group.authorisation-outlives-term', { term: state.termEndsOn }, 'GRP-7'),
    !running(state.officers).some((o) => o.personId === input.holder) && !full && refuse('group.holder-not-in-group', { person: input.holder }, 'GRP-7'),
    input.latitude === 'none' && input.textDigests === undefined && refuse('group.authorisation-without-text', {}, 'GRP-7'),
  ];
}

/** What is printed under everything that a group publishes (GRP-9). */
export const disclaimerOf = (profile: Rules | undefined): Multilingual | undefined => profile?.disclaimer;

/** Whole days from one calendar day to another, where both are known to the day. */
export function daysBetween(from: string, to: string): number | undefined {
  const number = (text: string) => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
    const [y = 0, m = 1, d = 1] = text.split('-').map(Number);
    // Days since 1 March of year 0 in the proleptic Gregorian calendar, by the usual formula.
    const a = m <= 2 ? 1 : 0;
    const year = y - a;
    return d + Math.floor((153 * (m + 12 * a - 3) + 2) / 5) + 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  };
  const [a, b] = [number(from), number(to)];
  return a === undefined || b === undefined ? undefined : b - a;
}
