import type { FollowUp, Multilingual, Reaction, World } from '#kernel';
import { rectified } from '../statement/correcting.js';
import { statement } from '../statement/statement.js';
import type { Statement } from '../statement/state.js';

interface Target {
  readonly stream: string;
  readonly position?: string;
  readonly revision?: number;
  readonly field: string;
}
interface Entry {
  readonly stream: string;
  readonly revision: number;
  readonly data: unknown;
}
interface Place {
  readonly clauseId: string | null;
  readonly lang: string | null;
  readonly title: boolean;
}

/** Where the field stands in the text: the clause and the language that the event names on the way to it. */
export function placeOf(data: unknown, field: string, { clauses, subject }: Pick<Statement, 'clauses' | 'subject'>): Place {
  const path = field.split('.');
  const known = (name: string | undefined) => name !== undefined && clauses.some((c) => c.id === name);
  const inText = new Set([...Object.keys(subject), ...clauses.flatMap((c) => Object.keys(c.text))]);
  let [clauseId, lang]: [string | null, string | null] = [null, null];
  let value = data;
  for (const name of [null, ...path]) {
    if (name !== null) value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    const named = (typeof value === 'object' && value !== null ? value : {}) as { clauseId?: unknown; lang?: unknown };
    if (typeof named.clauseId === 'string') clauseId = named.clauseId;
    if (typeof named.lang === 'string') lang = named.lang;
    if (name !== null && known(name)) clauseId = name;
  }
  const last = path.at(-1) ?? '';
  return { clauseId, lang: inText.has(last) ? last : lang, title: clauseId === null && (path[0] === 'title' || path[0] === 'subject') };
}

const readings = (text: Multilingual, lang: string | null): [string, string][] => Object.entries(text).filter(([l]) => lang === null || l === lang);

/** The places at which the text of now has the wrong reading; those that are it whole come first. */
function placesIn({ clauses, subject }: Statement, { clauseId, lang, title }: Place, wrong: string, right: string): { clauseId?: string; lang: string }[] {
  const texts: { clauseId?: string; text: Multilingual }[] = title ? [{ text: subject }] : clauses.filter((c) => clauseId === null || c.id === clauseId).map((c) => ({ clauseId: c.id, text: c.text }));
  const found = texts.flatMap(({ text, ...at }) => readings(text, lang).flatMap(([l, words]) => (rectified(words, wrong, right) === null ? [] : [{ place: { ...at, lang: l }, whole: words === wrong }])));
  return found.toSorted((a, b) => Number(b.whole) - Number(a.whole)).map(({ place }) => place);
}

async function entryOf(world: World, { stream, position, revision }: Target): Promise<Entry | undefined> {
  if (position !== undefined) return (await world.row<Entry>('activity', position.padStart(20, '0')))?.doc;
  return (await world.rows<Entry>('activity', { stream })).find(({ doc }) => doc.revision === revision)?.doc;
}

/** A procès-verbal on the words of a statement is entered in its text. Words that are no longer in it are corrected in the record alone. */
export const whenRecordRectified: Reaction = {
  name: 'when-record-rectified',
  on: {
    RecordRectified: async ({ data, streamId }, world): Promise<FollowUp[]> => {
      const { target, wrong, right, procesVerbalRef } = data as { target: Target; wrong: string; right: string; procesVerbalRef: string };
      if (!target.stream.startsWith('statement-')) return [];
      const id = target.stream.slice('statement-'.length);
      const [state, entry] = [await world.state(statement, id), await entryOf(world, target)];
      if (entry?.stream !== target.stream) return [];
      const [place] = placesIn(state, placeOf(entry.data, target.field, state), wrong, right);
      return place === undefined ? [] : [{ aggregate: 'Statement', id, command: 'EnterCorrection', input: { correctionId: streamId, ...place, wrong, corrected: right, procesVerbalRef } }];
    },
  },
};
