import { begunBy, certainlyBefore, type Gather, HOUR, instantAfter, parseEdtf, type World } from '#kernel';
import { group, type ParliamentDoc, type PersonDoc, servesOn } from '#contexts/directory';
import { chamberProfile } from './data/chamber-profiles.js';
import type { Candidate, LiveText, StatementEvidence } from './statement/rules.js';
import type { Translation } from './statement/sealing.js';
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

/** Commands that rest on who somebody is in parliament on the day. */
const ASKS: ReadonlySet<string> = new Set(['SignStatement', 'RemoveSignature', 'TableMotionAmendment', 'SignMotionAmendment']);

/** The rules of a chamber on who puts a name to such a text; where none are known it regulates nothing. */
function rulesOf(chamber: string | undefined, kind: Kind, day: string): Pick<Candidate, 'ministersMaySign' | 'removedOnOffice' | 'profile'> {
  const found = chamber === undefined ? undefined : chamberProfile(chamber, kind, day);
  if (found === undefined) return { ministersMaySign: true, removedOnOffice: false, profile: null };
  const { executiveOffice, profileId, version } = found;
  return { ministersMaySign: executiveOffice.maySign, removedOnOffice: executiveOffice.removed, profile: { profileId, version } };
}

/**
 * Who would sign, as of the day: the mandate that is served then, party, side and office. `signedIn`: the chamber in which somebody
 * has signed already, whose rules go on to apply to the signature.
 */
export async function candidateOn(world: World, personId: string, kind: Kind, day: string, signedIn?: string): Promise<Candidate | null> {
  const person = (await world.row<PersonDoc>('persons', personId))?.doc;
  if (!person) return null;
  const mandate = person.mandates.findLast((m) => servesOn([m], day));
  const held = person.offices.find((o) => begunBy(o.from, day) && (o.until === null || !certainlyBefore(o.until, day)));
  const office = held?.office ?? null;
  const name = person.names[0]?.full;
  if (!mandate || name === undefined) return { serving: false, office, ...rulesOf(signedIn, kind, day), snapshot: null };
  const affiliation = affiliationOn(person.affiliations, mandate.chamberCode, day);
  const snapshot: Snapshot = {
    name, title: mandate.title, side: affiliation?.side ?? 'unknown', chamber: mandate.chamberCode,
    parliament: await parliamentOf(world, mandate.chamberCode), ...(affiliation ? { party: affiliation.party.name } : {}),
  };
  return { serving: true, office, ...rulesOf(signedIn ?? mandate.chamberCode, kind, day), snapshot };
}

/** Commands that make a version of what is being typed, or could write over it. */
const WRITES: ReadonlySet<string> = new Set(['EditClause', 'MarkClauseVersion', 'CirculateDraft', 'FreezeText']);

const TRANSLATED: ReadonlySet<string> = new Set(['SealText', 'AddLanguageVersion']);
/** What is read of a document of the view `translations`. */
interface TranslationRow {
  readonly doc: { readonly type: string; readonly id: string };
  readonly targetLang: string;
  readonly legalStatus: Translation['legalStatus'];
  readonly certified: { readonly by: string | readonly string[]; readonly digest: string } | null;
  readonly provisional: object | null;
  readonly counts: { readonly openQueries: number };
  readonly segments: readonly { readonly id: string; readonly sourceDigest: string; readonly target: string | null; readonly state: string }[];
}
async function translationsOf(world: World, id: string): Promise<Translation[]> {
  const rows = await world.rows<TranslationRow>('translations', { docId: id });
  return rows.filter(({ doc }) => doc.doc.type === 'statement').map(({ id: stream, doc }) => ({
    id: stream, lang: doc.targetLang, legalStatus: doc.legalStatus, provisional: doc.provisional !== null, openQueries: doc.counts.openQueries,
    certified: doc.certified && { by: [doc.certified.by].flat(), digest: doc.certified.digest },
    segments: doc.segments.map((s) => ({ id: s.id, sourceDigest: s.sourceDigest, target: s.target, stale: s.state === 'stale' })),
  }));
}

/** A group's own copies of one amendment: nobody tables another group's. */
async function draftsOf(world: World, draftId: string, group: string | undefined): Promise<StatementEvidence['drafts']> {
  const rows = await world.rows<LiveText & { readonly openedText: string }>('texts', { draft: draftId, group: group ?? null });
  return rows.map(({ doc }) => ({ clauseId: doc.clauseId, lang: doc.lang, before: doc.openedText, text: doc.text, authors: doc.authors.map((a) => a.personId) }));
}

export const gatherForStatement: Gather<Statement, StatementEvidence> = async (world, { command, id, input, state, actor, mode, now }) => {
  const { groupId, personId, at, byStatementId } = input as Said;
  const acting = mode === 'import' ? groupId : actor.onBehalfOf;
  // A rule names whom its act is about.
  const signatory = mode === 'import' || actor.capacity === 'system' ? personId : actor.personId;
  const signedIn = command === 'RemoveSignature' ? state.signatures.find((s) => s.personId === signatory)?.snapshot.chamber : undefined;
  const { draftId } = input as { draftId?: string };
  const told = mode === 'import' && at !== undefined ? (parseEdtf(at)?.earliest ?? null) : null;
  return {
    group: await actingGroup(world, acting, id),
    candidate: ASKS.has(command) && signatory !== undefined ? await candidateOn(world, signatory, state.kind, told ?? now.slice(0, 10), signedIn) : null,
    live: WRITES.has(command) ? (await world.rows<LiveText>('texts', { document: `statement-${id}`, status: 'open', draft: null })).map(({ doc }) => doc) : [],
    drafts: draftId === undefined ? [] : await draftsOf(world, draftId, acting),
    undoUntil: instantAfter(now, 72 * HOUR),
    translations: TRANSLATED.has(command) ? await translationsOf(world, id) : [],
    successor: byStatementId === undefined ? null : (await world.state(statement, byStatementId)).status,
  };
};
