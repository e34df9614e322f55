import { certainlyBefore, type FollowUp, type Reaction, type RecordedEvent, type World } from '#kernel';
import type { z } from 'zod';
import { daysBetween } from '../group/rules.js';
import type { ParliamentEvents } from '../parliament/events.js';
import { parliament, profileInForce } from '../parliament/parliament.js';
import { person } from '../person/person.js';
import { openMandates } from '../person/state.js';
import type { GroupDoc } from '../views/group-doc.js';
import type { MandateDoc } from '../views/mandates.view.js';
import type { ParliamentDoc } from '../views/parliaments.view.js';

type Dissolved = z.output<(typeof ParliamentEvents)['schemas']['ParliamentDissolved']>;

/** The calendar day of an instant where the parliament sits (G7). */
export const dayIn = (instant: string, timeZone: string): string => {
  const [hours = 0, minutes = 0] = instant.slice(11, 16).split(':').map(Number);
  const epoch = ((daysBetween('1970-01-01', instant.slice(0, 10)) ?? 0) * 1440 + hours * 60 + minutes) * 60_000;
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(epoch);
  const of = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
};

/** Mandates in the dissolved chambers end, and groups sleep where the rules of their parliament say so (PRL-2, GRP-8). */
export const whenParliamentDissolved: Reaction = {
  name: 'when-parliament-dissolved',
  on: {
    ParliamentDissolved: async (event: RecordedEvent, world: World): Promise<FollowUp[]> => {
      const { chambers, effectiveAt } = event.data as Dissolved;
      const parliamentId = event.streamId;
      const zone = (await world.row<ParliamentDoc>('parliaments', parliamentId))?.doc.seatTimezone ?? 'UTC';
      const day = dayIn(effectiveAt, zone);
      const validTime = event.meta.validTime ?? day;
      const { profiles } = await world.state(parliament, parliamentId);

      const ends = profileInForce(profiles, day)?.groupEndsAtDissolution === true;
      const groups = ends ? await world.rows<GroupDoc>('groups', { parliamentId, status: ['active', 'forming'] }) : [];
      // A dissolution of the past, told late, does not reach what certainly began after it.
      const dormant = groups
        .filter(({ doc }) => !certainlyBefore(day, doc.activeSince ?? 'XXXX'))
        .map(({ id }) => ({ aggregate: 'Group', id, command: 'MarkDormant', input: { cause: 'dissolution', since: day }, validTime }));

      const rows = await Promise.all(chambers.map((chamberCode) => world.rows<MandateDoc>('mandates', { chamberCode, open: 1 })));
      const here = rows.flat().filter(({ doc }) => !certainlyBefore(day, doc.startedOn));
      const ended: FollowUp[] = [];
      for (const personId of new Set(here.map(({ doc }) => doc.personId))) {
        let left = openMandates(await world.state(person, personId)).length;
        for (const { doc } of here.filter((row) => row.doc.personId === personId)) {
          const command = left === 1 ? 'EndMandate' : 'EndOneOfSeveralMandates';
          ended.push({ aggregate: 'Person', id: personId, command, input: { mandateId: doc.mandateId, endedOn: day, reason: 'dissolution' }, validTime });
          left -= 1;
        }
      }
      return [...dormant, ...ended];
    },
  },
};
