import { Capacity, EventCatalogue, type EventOf, GroupId, Instant, NonEmpty, PersonId, Prose } from '#kernel';
import { z } from 'zod';

/** A command that may be given in the grantor's name: `Mou.ProposeClause`. */
export const Act = z
  .string()
  .regex(/^[A-Z][A-Za-z]{0,63}\.[A-Z][A-Za-z]{0,63}$/, { error: 'act' })
  .meta({ format: 'act' });

export const AuthorityEvents = new EventCatalogue('directory', {
  AuthorityGranted: z.object({
    from: PersonId,
    to: PersonId,
    acts: z.array(Act).min(1).max(50),
    until: Instant,
    /** For which group the grantor acts, and so the holder; absent only where a source does not say. */
    groupId: GroupId.optional(),
    /** In what capacity the grantor acts there: the holder never has more. */
    capacity: Capacity.extract(['chair', 'officer', 'member']).optional(),
  }),
  AuthorityExercised: z.object({
    act: Act,
    /** On what: the stream that it changed, or where the act stands. */
    ref: NonEmpty,
    /** The command that was given under it. */
    commandId: z.string().max(64).optional(),
  }),
  AuthorityEnded: z.object({ reason: Prose }),
});
export type AuthoritySchemas = (typeof AuthorityEvents)['schemas'];
export type AuthorityEvent = EventOf<AuthoritySchemas>;
