import { type Gather, parseEdtf, type World } from '#kernel';
import type { Officer } from '../group/events.js';
import type { GroupEvidence, PersonFacts } from '../group/rules.js';
import type { Group } from '../group/state.js';
import { type Parliament, parliament, profileInForce } from '../parliament/parliament.js';
import { partner } from '../partner/partner.js';
import { person } from '../person/person.js';
import { affiliationOn, servesOn } from '../person/state.js';
import type { GroupDoc } from '../views/group-doc.js';
import type { ParliamentDoc } from '../views/parliaments.view.js';

/** Of any command's input, what says of whom and of which day it speaks. */
interface Concerned {
  readonly parliamentId?: string;
  readonly partnerId?: string;
  readonly personId?: string;
  readonly meetingId?: string;
  readonly officers?: readonly Officer[];
  readonly present?: readonly string[];
  readonly on?: string;
  readonly from?: string;
  readonly since?: string;
  readonly receivedOn?: string;
}

/** The day by which the command is judged (PRL-3, G10): the one it speaks of, of its meeting, or today. */
function dayOf(input: Concerned, state: Group, now: string): string {
  const said = input.on ?? input.since ?? input.receivedOn ?? state.meetings.find((m) => m.id === input.meetingId)?.on ?? input.from;
  const date = said === undefined ? null : parseEdtf(said);
  return date?.latest ?? date?.earliest ?? now.slice(0, 10);
}

async function factsOf(world: World, id: string, day: string, rules: Parliament, groups: readonly GroupDoc[]): Promise<PersonFacts> {
  const { mandates, affiliations } = await world.state(person, id);
  const here = mandates.filter((m) => rules.chambers.some((c) => c.code === m.chamberCode) && servesOn([m], day));
  const chambers = [...new Set(here.map((m) => m.chamberCode))];
  const affiliation = affiliationOn(affiliations.filter((a) => chambers.includes(a.chamberCode)), day);
  const otherOffices = groups.filter((g) =>
    g.officers.some((o) => o.personId === id && o.role !== 'honorary' && o.role !== 'ex-officio'),
  ).length;
  return { serving: here.length > 0, chambers, side: affiliation?.side, party: affiliation?.party.name, otherOffices };
}

/** Rules profile in force on the day; who of the persons named serves, on which side, with how many offices elsewhere; whose the partner is. */
export const gatherForGroup: Gather<Group, GroupEvidence> = async (world, { id, input, state, now }) => {
  const said = input as Concerned;
  const parliamentId = state.parliamentId || (said.parliamentId ?? '');
  const day = dayOf(said, state, now);
  const rules = await world.state(parliament, parliamentId);
  const named = [said.personId, ...(said.present ?? []), ...(said.officers ?? []).map((o) => o.personId)];
  const ids = [...new Set([...named, ...(said.officers || said.personId ? state.officers.map((o) => o.personId) : [])])].filter((p) => p !== undefined);
  const others = ids.length === 0 ? [] : await world.rows<GroupDoc>('groups', { parliamentId, status: 'active' });
  const groups = others.filter((g) => g.id !== id).map((g) => g.doc);
  const people = Object.fromEntries(
    await Promise.all(ids.map(async (p): Promise<[string, PersonFacts]> => [p, await factsOf(world, p, day, rules, groups)])),
  );
  const profile = profileInForce(rules.profiles, day);
  if (said.partnerId === undefined) return { profile, people };
  const { status, kind, country, governmentFunding } = await world.state(partner, said.partnerId);
  const home = (await world.row<ParliamentDoc>('parliaments', parliamentId))?.doc.iso3166;
  const foreign = (code: string | null) => code !== null && code !== home;
  const foreignGovernment = (kind === 'ministry' && foreign(country)) || governmentFunding.some(foreign);
  return { profile, people, partner: { available: status === 'listed' || status === 'cleared', foreignGovernment } };
};
