import { mou } from '#contexts/agreements';
import { statement } from '#contexts/statements';
import type { FollowUp, Reaction, RecordedEvent, World } from '#kernel';
import { canonicalWords } from '#text';
import { writingOnMou, writingOnStatement } from '../evidence.js';
import type { TextDoc } from '../views/texts.view.js';

type Why = 'circulated' | 'frozen' | 'removed' | 'changed-otherwise' | 'agreed' | 'abandoned';
const WHY: Readonly<Record<string, Why>> = {
  DraftCirculated: 'circulated', TextFrozen: 'frozen', ClauseRemoved: 'removed', StatementAbandoned: 'abandoned', ClauseVersionMarked: 'agreed', ClauseAgreed: 'agreed',
  AmendmentAccepted: 'changed-otherwise', AmendmentAcceptedAsModified: 'changed-otherwise', BracketResolved: 'changed-otherwise',
  MouTextInitialled: 'frozen', MouClauseAgreed: 'agreed', MouAbandoned: 'abandoned', MouBracketsLifted: 'changed-otherwise',
};
const close = (id: string, reason: string, taken?: string): FollowUp => ({ aggregate: 'ClauseText', id, command: 'CloseText', input: { reason, ...(taken === undefined ? {} : { taken }) } });

/** Texts of the document which nobody may write any more, or whose words the document has from elsewhere since, are closed; comments on closed ones follow the document. */
async function closeThose(event: RecordedEvent, world: World): Promise<FollowUp[]> {
  const { category, streamId, type, data } = event;
  const all = await world.rows<TextDoc>('texts', { document: `${category}-${streamId}` });
  const open = all.filter(({ doc }) => doc.status === 'open' || doc.comments.length > 0);
  if (open.length === 0) return [];
  const onStatement = category === 'statement' ? await world.state(statement, streamId) : null;
  const onMou = category === 'mou' ? await world.state(mou, streamId) : null;
  return open.flatMap(({ id, doc }) => {
    const writing = onStatement ? writingOnStatement(onStatement, doc) : onMou ? writingOnMou(onMou, doc) : null;
    const { clauseId, text, why } = data as { clauseId?: string; text?: Readonly<Record<string, string>>; why?: string };
    if (writing === null) return doc.status === 'open' ? [close(id, 'removed')] : [];
    // A version that a gate made is closed for that gate.
    const reason = why === 'circulated' || why === 'frozen' ? why : (WHY[type] ?? 'frozen');
    if (writing.shut !== null) return [close(id, reason, doc.draft ? undefined : canonicalWords(writing.text))];
    // A closed one follows the document only for its comments' sake.
    if (doc.status === 'closed') return doc.draft || canonicalWords(writing.text) === doc.text ? [] : [close(id, 'changed-otherwise', canonicalWords(writing.text))];
    const overwritten = OTHERWISE.has(type) && clauseId === doc.clauseId && !doc.draft && text?.[doc.lang] !== undefined && canonicalWords(text[doc.lang]!) !== doc.text;
    // What the rule itself took from the live text may have been typed on since: that is no other text.
    return overwritten && event.meta.actor.capacity !== 'system' ? [close(id, 'changed-otherwise', canonicalWords(writing.text))] : [];
  });
}
const OTHERWISE: ReadonlySet<string> = new Set(['ClauseEdited', 'MouClauseRevised']);

export const whenDocumentMovesOn: Reaction = {
  name: 'when-document-moves-on',
  on: Object.fromEntries([...Object.keys(WHY), ...OTHERWISE].map((type) => [type, closeThose])),
};

/** A group that joins the sponsors reads what is being typed. */
export const whenSponsorJoins: Reaction = {
  name: 'when-sponsor-joins-texts',
  on: {
    SponsorJoined: async (event, world) => {
      const { by } = event.data as { by: string };
      const open = await world.rows<TextDoc>('texts', { document: `statement-${event.streamId}`, status: 'open', draft: null });
      return open.map(({ id }): FollowUp => ({ aggregate: 'ClauseText', id, command: 'ShareText', input: { groups: [by] } }));
    },
  },
};

/** A group's own copies are done with once the amendment is on the table. */
export const whenAmendmentTabled: Reaction = {
  name: 'when-amendment-tabled',
  on: {
    AmendmentProposed: async (event, world) => {
      const { draftId } = event.data as { draftId?: string };
      if (draftId === undefined) return [];
      return (await world.rows<TextDoc>('texts', { draft: draftId, status: 'open' })).map(({ id }) => close(id, 'tabled'));
    },
  },
};
