import { begunBy, certainlyBefore, type Gather, HOUR, instantAfter, parseEdtf, type World } from '#kernel';
import { group, type ParliamentDoc, type PersonDoc, servesOn } from '#contexts/directory';
import { ministersMaySign } from './data/minister-rules.js';
import type { Candidate, LiveText, StatementEvidence } from './statement/rules.js';
import type { Kind, Snapshot } from './statement/schemas.js';
import type { Statement } from './statement/state.js';
import { statement } from './statement/statement.js';

interface Said {
  readonly groupId?: string;
  readonly personId?: string;
  readonly at?: string;
  readonly byStatementId?: string;
}

const ENDED = ['withdrawn', 'expelled', 'ended'];
async function actingGroup(world: World, id: string | undefined, statementId: string): Promise<StatementEvidence['group']> {
  if (id === undefined) return null;
  const found = await world.state(group, id);
  if (found.status === 'none') return null;
  const memberships = await world.rows<{ status: string }>('memberships', { groupId: id });
  return {
    status: found.status,
    // Who left and came back has a membership that ended and one that goes on.
    membership: (memberships.find(({ doc }) => !ENDED.includes(doc.status)) ?? memberships.at(-1))?.doc.status ?? null,
    authorisations: found.authorisations.map(({ subject, ...a }) => ({ ...a, forThis: subject.type === 'statement' && subject.id === statementId })),
  };
}

/** Party and side in force on a day in a chamber: of those that had begun by then the latest (PER-3, G9). */
export function affiliationOn(affiliations: PersonDoc['affiliations'], chamber: string, day: string): PersonDoc['affiliations'][number] | undefined {
  const start = (from: string) => parseEdtf(from)?.earliest ?? '';
  return affiliations
    .filter((a) => a.chamberCode === chamber && begunBy(a.from, day))
    .toSorted((a, b) => start(a.from).localeCompare(start(b.from)))
    .at(-1);
}

async function parliamentOf(world: World, chamber: string): Promise<string> {
  const country = chamber.slice(0, 2);
  const [found] = await world.rows<ParliamentDoc>('parliaments', { iso3166: country });
  return found?.id ?? country;
}

/** Who would sign, as of the day: the mandate that is served then, party, side and office. */
export async function candidateOn(world: World, personId: string, kind: Kind, day: string): Promise<Candidate | null> {
  const person = (await world.row<PersonDoc>('persons', personId))?.doc;
  if (!person) return null;
  const mandate = person.mandates.findLast((m) => servesOn([m], day));
  const held = person.offices.find((o) => begunBy(o.from, day) && (o.until === null || !certainlyBefore(o.until, day)));
  const office = held?.office ?? null;
  const name = person.names[0]?.full;
  if (!mandate || name === undefined) return { serving: false, office, ministersMaySign: true, snapshot: null };
  const affiliation = affiliationOn(person.affiliations, mandate.chamberCode, day);
  const snapshot: Snapshot = {
    name, title: mandate.title, side: affiliation?.side ?? 'unknown', chamber: mandate.chamberCode,
    parliament: await parliamentOf(world, mandate.chamberCode), ...(affiliation ? { party: affiliation.party.name } : {}),
  };
  return { serving: true, office, ministersMaySign: ministersMaySign(mandate.chamberCode, kind, day), snapshot };
}

/** Commands that make a version of what is being typed, or could write over it. */
const WRITES: ReadonlySet<string> = new Set(['EditClause', 'MarkClauseVersion', 'CirculateDraft', 'FreezeText']);

/** A group's own copies of one amendment: nobody tables another group's. */
async function draftsOf(world: World, draftId: string, group: string | undefined): Promise<StatementEvidence['drafts']> {
  const rows = await world.rows<LiveText & { readonly openedText: string }>('texts', { draft: draftId, group: group ?? null });
  return rows.map(({ doc }) => ({ clauseId: doc.clauseId, lang: doc.lang, before: doc.openedText, text: doc.text, authors: doc.authors.map((a) => a.personId) }));
}

export const gatherForStatement: Gather<Statement, StatementEvidence> = async (world, { command, id, input, state, actor, mode, now }) => {
  const { groupId, personId, at, byStatementId } = input as Said;
  const acting = mode === 'import' ? groupId : actor.onBehalfOf;
  const signatory = mode === 'import' ? personId : actor.personId;
  const { draftId } = input as { draftId?: string };
  const told = mode === 'import' && at !== undefined ? (parseEdtf(at)?.earliest ?? null) : null;
  return {
    group: await actingGroup(world, acting, id),
    candidate: command === 'SignStatement' && signatory !== undefined ? await candidateOn(world, signatory, state.kind, told ?? now.slice(0, 10)) : null,
    live: WRITES.has(command) ? (await world.rows<LiveText>('texts', { document: `statement-${id}`, status: 'open', draft: null })).map(({ doc }) => doc) : [],
    drafts: draftId === undefined ? [] : await draftsOf(world, draftId, acting),
    undoUntil: instantAfter(now, 72 * HOUR),
    successor: byStatementId === undefined ? null : (await world.state(statement, byStatementId)).status,
  };
};
