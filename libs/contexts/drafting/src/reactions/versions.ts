import { type FollowUp, instantAfter, type Reaction, type RecordedEvent, type Schedule, type World } from '#kernel';
import type { DataOf } from '../clause-text/events.js';
import type { TextDoc } from '../views/texts.view.js';

/** So long nobody typed, in ms: the words become a version. */
const REST = 60_000;
/** So many commits at most go into one version, where people type without a rest. */
const MOST_COMMITS = 250;
const rest = (event: RecordedEvent): FollowUp => ({ aggregate: 'ClauseText', id: event.streamId, command: 'RestText', input: { why: 'idle' } });

/** After a minute without a key, or after many commits, what was typed is offered to the document. */
export const restingTexts: Schedule = {
  name: 'text-rests',
  on: {
    ClauseTextCommitted: (event) => {
      const { version } = event.data as DataOf<'ClauseTextCommitted'>;
      const at = instantAfter(event.meta.recordedAt, REST);
      return [
        { key: event.streamId, at, due: rest(event) },
        ...(version % MOST_COMMITS === 0 ? [{ key: `${event.streamId} ${version}`, at: event.meta.recordedAt, due: rest(event) }] : []),
      ];
    },
    ClauseTextClosed: (event) => [{ key: event.streamId, at: null }],
  },
};

/** The document takes the words as a version of its own, under the names of those who typed them. */
export const whenTextRested: Reaction = {
  name: 'when-text-rested',
  on: {
    ClauseTextRested: async (event: RecordedEvent, world: World): Promise<FollowUp[]> => {
      const { why } = event.data as DataOf<'ClauseTextRested'>;
      const doc = (await world.row<TextDoc>('texts', event.streamId))?.doc;
      if (!doc || doc.draft) return [];
      const { document: { type, id }, clauseId, lang, text } = doc;
      if (type === 'statement') return [{ aggregate: 'Statement', id, command: 'MarkClauseVersion', input: { clauseId, lang, why } }];
      const groupId = doc.authors.at(-1)?.onBehalfOf;
      return groupId == null || text === '' ? [] : [{ aggregate: 'Mou', id, command: 'ReviseClause', input: { clauseId, text: { [lang]: text }, groupId } }];
    },
  },
};
