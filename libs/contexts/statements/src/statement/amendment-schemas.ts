import { GroupId, Id, LanguageTag, NonEmpty, PersonId } from '#kernel';
import { type Operation, RELATIONS } from '#text';
import { z } from 'zod';
import { After, ClauseId, Section, Text } from './schemas.js';

export const AmendmentId = Id.meta({ ref: 'amendment' });
export const CompromiseId = Id;
export const BracketId = Id;
const offset = z.int().nonnegative();
const words = z.string().max(20_000);

/** Words of a clause as they are put, taken or named: nothing is trimmed, since places count. */
const WordsByLanguage = Text;
const OperationShape = z.discriminatedUnion('op', [
  z.object({ op: z.literal('replace'), clauseId: ClauseId, lang: LanguageTag, from: offset, to: offset, expected: words, text: words }),
  z.object({ op: z.literal('insert'), clauseId: ClauseId, lang: LanguageTag, at: offset, left: words, right: words, text: words }),
  z.object({ op: z.literal('replace-whole'), clauseId: ClauseId, lang: LanguageTag, expected: words, text: words }),
  z.object({ op: z.literal('insert-clause'), clauseId: ClauseId, section: Section, after: After, text: WordsByLanguage }),
  z.object({ op: z.literal('move-clause'), clauseId: ClauseId, after: After }),
  z.object({ op: z.literal('delete-clause'), clauseId: ClauseId }),
]);
/** As in the text library, whose types the record keeps (`#text`, Operation). */
export const Operations = z.array(OperationShape as z.ZodType<Operation>).max(400);

/** A clause as its proposer would have it; `before` is the text that was seen, so that it can be brought over what was accepted since. */
export const ProposedChange = z.object({ clauseId: ClauseId, lang: LanguageTag, before: words.optional(), text: words.min(1) });
/** What is proposed for whole clauses. */
export const ProposedStructure = z.discriminatedUnion('op', [
  z.object({ op: z.literal('insert-clause'), section: Section, after: After, text: WordsByLanguage }),
  z.object({ op: z.literal('move-clause'), clauseId: ClauseId, after: After }),
  z.object({ op: z.literal('delete-clause'), clauseId: ClauseId }),
]);
export const BracketRange = z.object({ from: offset, to: offset });
/** What a group would have in the place of the bracketed words. */
export const BracketAlternative = z.object({ by: GroupId, text: words });
export const BracketResolution = z.enum(['kept', 'dropped', 'alternative', 'compromise']);
export const WhyVersion = z.enum(['idle', 'left', 'asked', 'circulated', 'frozen']);
export const RelationName = z.enum(RELATIONS);
export const Fallen = z.enum(['unresolved', 'parent-gone', 'text-frozen']);
export const SourceRef = z.object({
  /** A source report of the network, or a document that is quoted by title and address. */
  id: Id.optional(), title: NonEmpty.optional(), url: z.string().max(2_000).optional(),
  /** A finding of a competent body that the crime took place (STM-10): who found it. */
  determinationBy: NonEmpty.optional(),
});
export const Authors = z.array(PersonId).max(200);
