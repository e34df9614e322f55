import { Digest, EventCatalogue, type EventOf, GroupId, Id, LanguageTag, NonEmpty, PersonId, Prose } from '#kernel';
import { z } from 'zod';

/** What the text belongs to. */
export const DocumentRef = z.object({ type: z.enum(['statement', 'mou']), id: Id });
/** An amendment's own copy: it is the group's alone until it is tabled. */
export const DraftRef = z.object({ draftId: Id, groupId: GroupId });
export const Reach = z.enum(['groups', 'network']);
/** A step of ProseMirror as JSON: readable for an auditor without any decoder. */
export const StepShape = z.record(z.string(), z.unknown()).meta({ description: 'a ProseMirror step' });
export const MOST_STEPS = 64;
const Steps = z.array(StepShape).max(MOST_STEPS);
const version = z.int().nonnegative();
export const Reason = z.enum(['circulated', 'frozen', 'removed', 'changed-otherwise', 'agreed', 'tabled', 'discarded', 'abandoned']);

/** One clause in one language, as it is typed. `version` counts what changed the text, from 1. */
export const ClauseTextEvents = new EventCatalogue('drafting', {
  /** The words of the document at that moment begin it, each time that it is opened anew. */
  ClauseTextOpened: z.object({
    document: DocumentRef, clauseId: Id, lang: LanguageTag, draft: DraftRef.optional(), text: z.string().max(20_000), reach: Reach, groups: z.array(GroupId).max(500), version,
  }),
  /** The steps exactly as they are broadcast: made on `base`, brought over what came meanwhile. `dropped`: places of those that found none any more. */
  ClauseTextCommitted: z.object({ base: version, version, steps: Steps, dropped: z.array(z.int().nonnegative()).max(MOST_STEPS), textHash: Digest }),
  /** Further groups may read it. */
  ClauseTextShared: z.object({ groups: z.array(GroupId).max(500) }),
  /** Its words are to be a version of the document: nobody types any more, or somebody asked for it. */
  ClauseTextRested: z.object({ version, why: z.enum(['idle', 'left', 'asked']) }),
  /** No more commits; what was written behind `taken` is not in the document, and `left` keeps it. */
  ClauseTextClosed: z.object({ reason: Reason, version, taken: z.string().max(40_000).optional(), left: z.string().max(40_000).optional() }),
  /** `from` and `to`: offsets in the words of that version; they follow the words from then on. */
  CommentMade: z.object({ commentId: Id, version, from: z.int().nonnegative(), to: z.int().nonnegative(), quote: z.string().max(2_000), text: Prose, inReplyTo: Id.optional() }),
  CommentResolved: z.object({ commentId: Id, by: PersonId, note: NonEmpty.optional() }),
});
export type ClauseTextSchemas = (typeof ClauseTextEvents)['schemas'];
export type ClauseTextEvent = EventOf<ClauseTextSchemas>;
export type DataOf<K extends ClauseTextEvent['type']> = Extract<ClauseTextEvent, { type: K }>['data'];
