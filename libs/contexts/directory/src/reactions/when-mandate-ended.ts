import { certainlyBefore, type FollowUp, type Reaction, type RecordedEvent, type World } from '#kernel';
import { parliamentsOf } from '../evidence/for-person.js';
import { parliament } from '../parliament/parliament.js';
import { person } from '../person/person.js';
import { openMandates } from '../person/state.js';
import type { AuthorityDoc } from '../views/authorities.view.js';
import type { GroupDoc } from '../views/group-doc.js';

interface Ended {
  readonly mandateId: string;
  readonly endedOn: string;
  readonly reason: string;
}

/**
 * Who no longer sits in a parliament stands down from the offices in its groups that only a serving member may hold;
 * who sits in none acts no more, and nobody does in his or her name (AUT-2).
 */
export const whenMandateEnded: Reaction = {
  name: 'when-mandate-ended',
  on: { MandateEnded: async (event, world) => [...(await standDown(event, world)), ...(await endAuthorities(event, world))] },
};

async function endAuthorities({ streamId }: RecordedEvent, world: World): Promise<FollowUp[]> {
  if (openMandates(await world.state(person, streamId)).length > 0) return [];
  const granted = await world.rows<AuthorityDoc>('authorities', { from: streamId, status: 'granted' });
  return granted.map(({ id }) => ({ aggregate: 'ActingAuthority', id, command: 'EndAuthority', input: { reason: 'mandate-ended' } }));
}

async function standDown(event: RecordedEvent, world: World): Promise<FollowUp[]> {
  const { mandateId, endedOn, reason } = event.data as Ended;
  const state = await world.state(person, event.streamId);
  const chamber = state.mandates.find((m) => m.id === mandateId)?.chamberCode;
  const [parliamentId] = chamber === undefined ? [] : await parliamentsOf(world, [chamber]);
  if (parliamentId === undefined) return [];
  const { chambers } = await world.state(parliament, parliamentId);
  if (openMandates(state).some((m) => chambers.some((c) => c.code === m.chamberCode))) return [];
  const groups = await world.rows<GroupDoc>('groups', { parliamentId, status: ['active', 'dormant'] });
  return groups.flatMap(({ id, doc }) =>
    doc.officers
      .filter((o) => o.personId === event.streamId && o.role !== 'honorary' && o.role !== 'ex-officio')
      // An end of the past, told late, does not reach an office that was certainly taken up after it.
      .filter((o) => !certainlyBefore(endedOn, o.since ?? o.electedOn ?? 'XXXX'))
      .map((o) => ({
        aggregate: 'Group', id, command: 'StandDownOfficer',
        input: { personId: o.personId, role: o.role, on: endedOn, reason },
        validTime: event.meta.validTime ?? endedOn,
      })),
  );
}
