import { refuse, type Refusal } from '#kernel';
import { StatementEvents } from './events.js';
import { event, part } from './rules.js';
import { clauseOf } from './state.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;
const unknownClause = (clause: string): Refusal => refuse('statement.unknown-clause', { clause }, 'STM-2');
const keyOf = ({ id, title, url }: { id?: string | undefined; title?: string | undefined; url?: string | undefined }): string => id ?? url ?? title ?? '';

/** What a clause rests on, under the mark of its source (STM-11). */
export const AttachSource = part({
  input: schema('ClauseSourceAttached'),
  decide: (input, state) => {
    const clause = clauseOf(state, input.clauseId);
    if (!clause) return unknownClause(input.clauseId);
    if (keyOf(input.sourceRef) === '') return refuse('statement.source-without-name', {}, 'STM-11');
    const known = state.sources.some((s) => s.clauseId === clause.id && s.key === keyOf(input.sourceRef));
    return known ? [] : [event('ClauseSourceAttached', input)];
  },
});
/** By who answers for the source: the clause may be published as far as this source goes. */
export const ClearSource = part({
  input: schema('ClauseSourceCleared').omit({ by: true }),
  decide: (input, state, { actor }) => {
    const source = state.sources.find((s) => s.clauseId === input.clauseId && s.key === keyOf(input.sourceRef));
    if (!source) return refuse('statement.unknown-source', {}, 'STM-11');
    return source.cleared ? [] : [event('ClauseSourceCleared', { ...input, by: actor.personId })];
  },
});
/** Explicit and under a name: the clause says that a crime took place, and the chair answers for it (STM-10). */
export const OverrideCharacterisation = part({
  input: schema('LegalCharacterisationOverridden').omit({ by: true }),
  decide: (input, state, { actor }) => {
    const clause = clauseOf(state, input.clauseId);
    if (!clause) return unknownClause(input.clauseId);
    return clause.characterisationBy === actor.personId ? [] : [event('LegalCharacterisationOverridden', { ...input, by: actor.personId })];
  },
});
