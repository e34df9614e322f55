import type { FollowUp, Reaction, RecordedEvent, World } from '#kernel';
import type { ParliamentEvents } from '../parliament/events.js';
import { parliament, profileInForce } from '../parliament/parliament.js';
import type { GroupDoc } from '../views/groups.view.js';
import type { PersonDoc } from '../views/persons.view.js';
import type { z } from 'zod';

type Dissolved = z.output<(typeof ParliamentEvents)['schemas']['ParliamentDissolved']>;
const MOST = 500;

/** Mandates in the dissolved chambers end, and groups sleep where the rules of their parliament say so (PRL-2, GRP-8). */
export const whenParliamentDissolved: Reaction = {
  name: 'when-parliament-dissolved',
  on: {
    ParliamentDissolved: async (event: RecordedEvent, world: World): Promise<FollowUp[]> => {
      const { chambers, effectiveAt } = event.data as Dissolved;
      const day = effectiveAt.slice(0, 10);
      const { profiles } = await world.state(parliament, event.streamId);
      const groups = await world.rows<GroupDoc>('groups', { parliamentId: event.streamId, status: ['active', 'forming'] }, { limit: MOST });
      const people = await world.rows<PersonDoc>('persons', { chamber: chambers }, { limit: MOST });
      const dormant: FollowUp[] = profileInForce(profiles, day)?.groupEndsAtDissolution
        ? groups.map(({ id }) => ({ aggregate: 'Group', id, command: 'MarkDormant', input: { cause: 'dissolution', since: day }, validTime: day }))
        : [];
      const ended = people.flatMap(({ id, doc }): FollowUp[] => {
        const open = doc.mandates.filter((m) => m.endedOn === null);
        const here = open.filter((m) => chambers.includes(m.chamberCode));
        return here.map((m, i) => ({
          aggregate: 'Person', id,
          command: open.length - i === 1 ? 'EndMandate' : 'EndOneOfSeveralMandates',
          input: { mandateId: m.id, endedOn: day, reason: 'dissolution' },
          validTime: day,
        }));
      });
      return [...dormant, ...ended];
    },
  },
};
