import { isAgreed, mou, type Mou } from '#contexts/agreements';
import { RESTING, type Statement, statement } from '#contexts/statements';
import type { Gather, World } from '#kernel';
import { type CellRef, cellId } from '#text';
import type { Shut, Writing } from './clause-text/roles.js';
import type { ClauseText } from './clause-text/state.js';
import type { TextEvidence } from './clause-text/clause-text.js';

/**
 * Who may write a clause of a statement. While it is drafted, the penholders in every authentic language. Once it is negotiated its words change by amendment
 * only, in a group's own copy; what penholders still write are languages that lack the clause or have not followed its last change.
 */
export function writingOnStatement(s: Statement, { document, clauseId, lang, draft = null }: CellRef): Writing | null {
  const clause = s.clauses.find((c) => c.id === clauseId);
  if (s.status === 'none' || !s.languages.includes(lang) || (clause === undefined && draft === null)) return null;
  const pens = s.penholders.length > 0 ? s.penholders : s.proposer === null ? [] : [s.proposer];
  const follows = clause !== undefined && (clause.text[lang] === undefined || clause.stale.includes(lang));
  const shut = (): Shut | null => {
    if (s.status === 'proposed') return 'not-begun';
    if (s.status === 'drafting') return draft === null ? null : 'not-begun';
    if (s.status !== 'negotiating') return ['frozen', 'underDecision'].includes(s.status) ? 'frozen' : 'over';
    return draft !== null || follows ? null : 'by-amendment';
  };
  return {
    document, clauseId, lang, draft, text: clause?.text[lang] ?? '', reach: s.reach === 'sponsors' ? 'groups' : 'network', groups: s.sponsors, pens, writers: [], shut: shut(),
  };
}

/** Who may write an article of a memorandum: chairs, officers and secretariats of the participants, while it is negotiated and until all have agreed to the article. */
export function writingOnMou(m: Mou, { document, clauseId, lang, draft }: CellRef): Writing | null {
  const clause = m.clauses.find((c) => c.id === clauseId);
  if (m.status === 'none' || clause === undefined || clause.dropped || draft || !m.languages.includes(lang)) return null;
  const shut = m.status === 'proposed' ? 'not-begun' : m.status !== 'negotiating' ? (m.status === 'initialled' ? 'frozen' : 'over') : isAgreed(m, clause) ? 'agreed' : null;
  return {
    document, clauseId, lang, draft: null, text: clause.text[lang] ?? '', reach: m.reach === 'participants' ? 'groups' : 'network', groups: m.participants, pens: [],
    writers: m.participants, shut,
  };
}

/** How the document stands round one clause in one language; null where there is no such thing. */
export async function writingOn(world: Pick<World, 'state'>, cell: CellRef): Promise<Writing | null> {
  const { type, id } = cell.document;
  return type === 'statement' ? writingOnStatement(await world.state(statement, id), cell) : writingOnMou(await world.state(mou, id), cell);
}

export const gatherForText: Gather<ClauseText, TextEvidence> = async (world, { id, state, input, actor }) => {
  const said = input as Partial<CellRef>;
  const cell: CellRef | null =
    state.document === null ? (said.document && said.clauseId !== undefined && said.lang !== undefined ? (said as CellRef) : null) : { document: state.document, clauseId: state.clauseId, lang: state.lang, draft: state.draft };
  // Under another id there would be a second text of the same clause.
  if (cell === null || cellId(cell) !== id) return null;
  const writing = await writingOn(world, cell);
  if (writing === null || actor.onBehalfOf === undefined) return writing;
  const memberships = await world.rows<{ status: string }>('memberships', { groupId: actor.onBehalfOf });
  const current = memberships.at(-1)?.doc.status;
  const resting = current !== undefined && RESTING.includes(current) && !memberships.some(({ doc }) => !RESTING.includes(doc.status));
  return resting ? { ...writing, shut: 'resting' } : writing;
};
