import type { Gather, Row, World } from '#kernel';
import { parliament } from '../parliament/parliament.js';
import { person, type PersonEvidence } from '../person/person.js';
import type { Person } from '../person/state.js';
import type { GroupDoc } from '../views/group-doc.js';
import type { ParliamentDoc } from '../views/parliaments.view.js';

const ASKS_GROUPS = ['BeginMandate', 'ChangePartyAffiliation', 'RaiseProtectionConcern'];

/** Parliaments that have one of these chambers, by the country that begins a chamber's code. */
export async function parliamentsOf(world: World, chambers: readonly string[]): Promise<readonly string[]> {
  const iso3166 = [...new Set(chambers.map((code) => code.slice(0, 2)))];
  const found = await world.rows<ParliamentDoc>('parliaments', { iso3166 });
  return found.filter(({ doc }) => doc.chambers.some((c) => chambers.includes(c.code))).map((row) => row.id);
}

/** Groups in whose parliament the person sits or sat and where he or she is an officer or a member. */
export async function groupsOf(world: World, personId: string, { mandates }: Person): Promise<readonly Row<GroupDoc>[]> {
  const parliamentId = await parliamentsOf(world, mandates.map((m) => m.chamberCode));
  const rows = parliamentId.length === 0 ? [] : await world.rows<GroupDoc>('groups', { parliamentId });
  return rows.filter(
    ({ doc }) =>
      doc.officers.some((o) => o.personId === personId) || doc.members.some((m) => m.personId === personId && m.leftOn === null),
  );
}

/** Groups of the person, the chamber that is named, the record into which one is merged. */
export const gatherForPerson: Gather<Person, PersonEvidence> = async (world, { command, id, input, state }) => {
  const { chamberCode, survivorId } = input as { chamberCode?: string; survivorId?: string };
  if (survivorId !== undefined) return { groups: [], survivor: (await world.state(person, survivorId)).status };
  if (!ASKS_GROUPS.includes(command)) return { groups: [] };
  const groups = (await groupsOf(world, id, state)).map((row) => row.id);
  if (chamberCode === undefined) return { groups };
  const [its] = await parliamentsOf(world, [chamberCode]);
  const chamber = its === undefined ? undefined : (await world.state(parliament, its)).chambers.find((c) => c.code === chamberCode);
  return { groups, chamber: chamber ? { termNumber: chamber.termNumber } : null };
};
