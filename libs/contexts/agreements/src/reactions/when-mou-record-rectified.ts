import type { Multilingual, Reaction, World } from '#kernel';

interface Rectified {
  readonly target: { readonly stream: string; readonly position?: string; readonly revision?: number; readonly field: string };
  readonly wrong: string;
  readonly right: string;
  readonly procesVerbalRef: string;
}
/** What is read of the act that the correction points to. */
interface Act {
  readonly stream: string;
  readonly revision: number;
  readonly data: {
    readonly clauseId?: string;
    readonly text?: Multilingual;
    readonly clauses?: readonly { readonly clauseId: string }[];
    readonly changes?: readonly { readonly clauseId?: string }[];
  };
}

const PREFIX = 'mou-';
async function actAt(world: World, { stream, position, revision }: Rectified['target']): Promise<Act | undefined> {
  if (position !== undefined) return (await world.row<Act>('activity', position.padStart(20, '0')))?.doc;
  return (await world.rows<Act>('activity', { stream })).find(({ doc }) => doc.revision === revision)?.doc;
}
/** The clause and the language of a field such as `text.en`, `clauses.2.text.en`, `changes.0.text.fr`; undefined where it is of no clause. */
function clauseOf({ data }: Act, field: string): { clauseId: string; lang: string } | undefined {
  const [, list, n, lang] = /^(?:(clauses|changes)\.(\d+)\.)?text\.([A-Za-z0-9-]+)$/.exec(field) ?? [];
  if (lang === undefined) return undefined;
  const clauseId = list === undefined ? data.clauseId : data[list as 'clauses' | 'changes']?.[Number(n)]?.clauseId;
  return clauseId === undefined ? undefined : { clauseId, lang };
}

/** A procès-verbal on the words of a memorandum corrects its text from the beginning (COR-2, MOU-2). */
export const whenMouRecordRectified: Reaction = {
  name: 'when-mou-record-rectified',
  on: {
    RecordRectified: async ({ data, streamId }, world) => {
      const { target, wrong, right, procesVerbalRef } = data as Rectified;
      if (!target.stream.startsWith(PREFIX)) return [];
      const act = await actAt(world, target);
      const clause = act && clauseOf(act, target.field);
      if (clause === undefined) return [];
      const input = { correctionId: streamId, ...clause, wrong, right, ref: procesVerbalRef };
      return [{ aggregate: 'Mou', id: target.stream.slice(PREFIX.length), command: 'RectifyMouText', input }];
    },
  },
};
