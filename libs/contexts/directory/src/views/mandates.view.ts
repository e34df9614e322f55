import type { View } from '#kernel';
import type { PersonEvent } from '../person/events.js';

export interface MandateDoc {
  mandateId: string;
  personId: string;
  chamberCode: string;
  term: number | null;
  startedOn: string;
  endedOn: string | null;
}

/** One row for each mandate: who sits, and sat, in a chamber. */
export const mandates: View<MandateDoc, PersonEvent> = {
  name: 'mandates',
  version: 1,
  // Ids of mandates are unique for a person only.
  key: ({ streamId, data }) => `${streamId}.${(data as { mandateId: string }).mandateId}`,
  on: {
    MandateBegan: (_, d, { streamId }) => ({
      mandateId: d.mandateId, personId: streamId, chamberCode: d.chamberCode, term: d.term ?? null, startedOn: d.startedOn, endedOn: null,
    }),
    MandateEnded: (doc, d) => doc && { ...doc, endedOn: d.endedOn },
  },
  columns: {
    personId: (doc) => doc.personId,
    chamberCode: (doc) => doc.chamberCode,
    term: (doc) => doc.term,
    open: (doc) => (doc.endedOn === null ? 1 : 0),
  },
};
