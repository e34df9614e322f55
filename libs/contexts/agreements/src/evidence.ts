import { group, parliament, profileInForce } from '#contexts/directory';
import { network } from '#contexts/governance';
import type { Gather, World } from '#kernel';
import { mou } from './mou/mou.js';
import type { Authorisation, Body, MouEvidence } from './mou/rules.js';
import type { Mou } from './mou/state.js';

interface Concerned {
  readonly participants?: readonly string[];
  readonly groupId?: string;
  readonly byMouId?: string;
}
interface Found {
  readonly body: Body;
  readonly authorisations: readonly Authorisation[];
}

/** What stands behind an id that is said to be a participant, as of now. */
async function find(world: World, id: string, instrument: string, day: string): Promise<Found> {
  const asGroup = await world.state(group, id);
  if (asGroup.status !== 'none') {
    const { status } = asGroup;
    return {
      body: { kind: 'group', status, active: status === 'active', mayParticipate: status !== 'dissolved' && status !== 'lapsed' },
      authorisations: asGroup.authorisations.map(({ subject, ...granted }) => ({
        ...granted,
        groupId: id,
        forThis: subject.type === 'mou' && subject.id === instrument,
      })),
    };
  }
  const asNetwork = await world.state(network, id);
  if (asNetwork.status !== 'none') {
    const stands = asNetwork.status !== 'dissolved';
    return { body: { kind: 'network', status: asNetwork.status, active: stands, mayParticipate: stands }, authorisations: [] };
  }
  const { status, profiles } = await world.state(parliament, id);
  const kind = status === 'none' ? 'unknown' : 'parliament';
  const mayParticipate = profileInForce(profiles, day)?.mayUseParliamentName ?? false;
  return { body: { kind, status, active: mayParticipate && status !== 'ceased', mayParticipate }, authorisations: [] };
}

/** Who the participants concerned are, what they have authorised, and what is said to replace this instrument. */
export const gatherForMou: Gather<Mou, MouEvidence> = async (world, { command, id, input, actor, now }) => {
  const { participants = [], groupId, byMouId } = input as Concerned;
  const concerned = new Set([...participants, ...(groupId ? [groupId] : []), ...(actor.onBehalfOf ? [actor.onBehalfOf] : [])]);
  const found = await Promise.all([...concerned].map(async (one) => [one, await find(world, one, id, now.slice(0, 10))] as const));
  const by = byMouId === undefined ? undefined : await world.state(mou, byMouId);
  const agrees = command === 'AgreeClause' || command === 'InitialText';
  const typed = agrees ? await world.rows<{ clauseId: string; lang: string; text: string }>('texts', { document: `mou-${id}`, status: 'open' }) : [];
  return {
    id,
    live: typed.map(({ doc }) => doc),
    bodies: Object.fromEntries(found.map(([one, { body }]) => [one, body])),
    authorisations: Object.fromEntries(found.flatMap(([, { authorisations }]) => authorisations.map((a) => [a.id, a]))),
    ...(by === undefined ? {} : { successor: { status: by.status, participants: by.participants, supersedes: by.supersedes } }),
  };
};
