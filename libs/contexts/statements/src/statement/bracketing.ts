import { refuse } from '#kernel';
import { cutsGrapheme, derive, type Operation } from '#text';
import { z } from 'zod';
import { BracketAlternative, BracketId, BracketRange } from './amendment-schemas.js';
import { settle } from './amendments.js';
import { StatementEvents } from './events.js';
import { event, forGroup, part } from './rules.js';
import { ClauseId, imported } from './schemas.js';
import { clauseOf } from './state.js';
import { labels } from './text.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;

/** Words that are not agreed, with who holds the brackets and what they would have instead. Nothing is agreed until everything is agreed. */
export const Bracket = part({
  input: z.object({
    clauseId: ClauseId, lang: schema('TextBracketed').shape.lang, range: BracketRange, alternatives: z.array(BracketAlternative.omit({ by: true })).max(20).default([]), groupId: imported.groupId,
  }),
  decide: (input, state, ctx) =>
    forGroup(input, ctx, (by) => {
      const { clauseId, lang, range: { from, to }, alternatives } = input;
      const clause = clauseOf(state, clauseId);
      if (!clause) return refuse('statement.unknown-clause', { clause: clauseId }, 'STM-2');
      const label = labels(state.clauses)[clauseId] ?? clauseId;
      if (clause.agreement !== 'open') return refuse('statement.clause-agreed', { clause: label }, 'STM-4');
      const text = clause.text[lang] ?? '';
      if (from >= to || to > text.length || cutsGrapheme(text, from) || cutsGrapheme(text, to)) return refuse('statement.range-outside-text', { length: text.length }, 'STM-4');
      if (state.brackets.some((b) => b.clauseId === clauseId && b.lang === lang && b.by.includes(by) && b.from === from && b.to === to)) return refuse('statement.already-bracketed', {}, 'STM-4');
      return [event('TextBracketed', {
        bracketId: ctx.newId(0), clauseId, lang, range: { from, to }, quote: text.slice(from, to), by: [by], alternatives: alternatives.map(({ text: words }) => ({ by, text: words })),
      })];
    }),
});

/** By the chair or the penholder: the words stay, go, or give way to others. */
export const ResolveBracket = part({
  input: z.object({ bracketId: BracketId, resolution: schema('BracketResolved').shape.resolution, text: z.string().max(20_000).optional() }),
  decide: ({ bracketId, resolution, text }, state, ctx) => {
    const bracket = state.brackets.find((b) => b.id === bracketId);
    if (!bracket) return refuse('statement.unknown-bracket', {}, 'STM-4');
    const clause = clauseOf(state, bracket.clauseId)!;
    const words = clause.text[bracket.lang] ?? '';
    if ((resolution === 'alternative' || resolution === 'compromise') && (text === undefined || text.trim() === '')) return refuse('statement.resolution-needs-text', {}, 'STM-4');
    if (resolution === 'alternative' && !bracket.alternatives.some((a) => a.text === text)) return refuse('statement.unknown-alternative', {}, 'STM-4');
    const put = resolution === 'kept' ? words.slice(bracket.from, bracket.to) : resolution === 'dropped' ? '' : text!;
    const after = `${words.slice(0, bracket.from)}${put}${words.slice(bracket.to)}`.replaceAll(/ {2,}/g, ' ').replaceAll(/ +([,;.])/g, '$1').trim();
    if (after === '') return refuse('statement.resolution-empties', {}, 'STM-4');
    const operations: Operation[] = derive(clause.id, bracket.lang, words, after);
    const revision = state.revision + (operations.length > 0 ? 1 : 0);
    const resolved = event('BracketResolved', { bracketId, clauseId: clause.id, resolution, text: put, operations, revision, by: ctx.actor.personId });
    return operations.length === 0 ? [resolved] : [resolved, ...settle(state, operations, revision, null, ctx)];
  },
});
