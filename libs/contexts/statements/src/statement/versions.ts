import { type Multilingual, refuse } from '#kernel';
import { derive, type Operation } from '#text';
import { z } from 'zod';
import { WhyVersion } from './amendment-schemas.js';
import { settle } from './amendments.js';
import { StatementEvents, type StatementEvent } from './events.js';
import { type Ctx, event, type LiveText, part } from './rules.js';
import { type Clause, clauseOf, type Statement } from './state.js';
import { sameText } from './text.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;

/** Has anybody typed there since the clause took its last version? Words that merely stand there, while the clause has others since, are nobody's wish. */
const typedSince = (clause: Pick<Clause, 'versions'>, { lang, authors }: LiveText): boolean => authors.some((a) => a.version > (clause.versions[lang] ?? 0));

/** A version of a clause: what its live text says now, with who wrote it since the last one. Nothing where nothing is new. */
function version(state: Statement, live: LiveText, why: z.output<typeof WhyVersion>, { sha256 }: Ctx): StatementEvent[] {
  const clause = clauseOf(state, live.clauseId);
  if (!clause || live.draft || live.status !== 'open' || live.text === '' || sameText(clause.text[live.lang], live.text) || !typedSince(clause, live)) return [];
  const { clauseId, lang, text } = live;
  const since = clause.versions[lang] ?? 0;
  const authors = [...new Set(live.authors.filter((a) => a.version > since).map((a) => a.personId))];
  return [event('ClauseVersionMarked', {
    clauseId, lang, text, textHash: sha256(text), fromVersion: since, toVersion: live.version, authors, why, operations: derive(clauseId, lang, clause.text[lang] ?? '', text),
  })];
}

/** What people typed becomes a version of the clause: after a minute's rest, when the last of them leaves, when asked, and before every gate. */
export const MarkClauseVersion = part({
  input: schema('ClauseVersionMarked').pick({ clauseId: true, lang: true, why: true }),
  decide: ({ clauseId, lang, why }, state, ctx) => {
    if (!clauseOf(state, clauseId)) return refuse('statement.unknown-clause', { clause: clauseId }, 'STM-2');
    // A translation in the negotiation is done when its writer says so: half of it does not follow the text.
    if (state.status === 'negotiating' && why !== 'asked') return [];
    // There the pen is left with what lacks the clause or has fallen behind; other words change by amendment.
    const { text, stale } = clauseOf(state, clauseId)!;
    if (state.status === 'negotiating' && text[lang] !== undefined && !stale.includes(lang)) return [];
    const live = ctx.evidence?.live.find((l) => l.clauseId === clauseId && l.lang === lang && !l.draft);
    const marked = live ? version(state, live, why, ctx) : [];
    return state.status === 'negotiating' ? [...marked, ...settleMarked(state, marked, ctx)] : marked;
  },
});

/** Before the text moves on everything that was typed and acknowledged is in it. */
export const versionsBefore = (state: Statement, why: 'circulated' | 'frozen', ctx: Ctx): StatementEvent[] => (ctx.evidence?.live ?? []).flatMap((live) => version(state, live, why, ctx));

const settleMarked = (state: Statement, marked: readonly StatementEvent[], ctx: Ctx): StatementEvent[] =>
  marked.flatMap((e) => (e.type === 'ClauseVersionMarked' ? settle(state, e.data.operations, state.revision + 1, null, ctx) : []));

/** The operations of an edit, for the comparison of revisions and for amendments that stand on the clause. */
export const operationsOfEdit = (clauseId: string, before: Multilingual, after: Multilingual): Operation[] =>
  Object.entries(after).flatMap(([lang, text]) => derive(clauseId, lang, before[lang] ?? '', text));

/** What is being typed there now would be written over: the one who would is told. */
export function beingWritten(state: Statement, clauseId: string, langs: readonly string[], { evidence }: Ctx) {
  const live = evidence?.live.find((l) => l.clauseId === clauseId && langs.includes(l.lang) && !l.draft && l.status === 'open');
  const clause = clauseOf(state, clauseId);
  return live && clause && typedSince(clause, live) && !sameText(clause.text[live.lang], live.text) ? refuse('statement.clause-being-written', { lang: live.lang }, 'STM-3') : undefined;
}
