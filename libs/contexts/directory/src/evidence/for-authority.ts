import type { Gather } from '#kernel';
import type { ActingAuthority, AuthorityEvidence } from '../authority/authority.js';
import { heldIn, proxiesOf, servesToday } from '../authority/in-force.js';

/** What the acts are, and what the grantor is today: in a parliament, and in the group for which he or she acts. */
export const gatherForAuthority: Gather<ActingAuthority, AuthorityEvidence> = async (world, { command, input, actor, now }) => {
  if (command !== 'GrantAuthority') return { acts: {}, serving: false, held: null, proxies: [] };
  const { acts } = input as { acts: readonly string[] };
  const known = acts.flatMap((act) => {
    const row = world.command?.(act);
    return row ? [[act, { ...(row.personal ? { personal: row.personal } : {}), ...(row.proxy ? { proxy: row.proxy } : {}) }] as const] : [];
  });
  const { personId, onBehalfOf } = actor;
  const [serving, held, proxies] = await Promise.all([
    servesToday(world, personId, now),
    onBehalfOf === undefined ? null : heldIn(world, onBehalfOf, personId),
    onBehalfOf === undefined ? [] : proxiesOf(world, onBehalfOf, now),
  ]);
  return { acts: Object.fromEntries(known), serving, held, proxies };
};
