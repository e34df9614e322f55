import { EventCatalogue, type EventOf, Id, LanguageTag, Multilingual, NonEmpty, PersonId, Text } from '#kernel';
import { z } from 'zod';

/** `preferred`: to be used; `admitted`: may stand; `avoid`: is not to stand for this concept. */
export const TermStatus = z.enum(['preferred', 'admitted', 'avoid']);
/** One word for the concept in one language, and from where that is known: a term bank, a treaty, a decision of the network (TRM-1). */
export const Designation = z.object({ lang: LanguageTag, term: Text(200), status: TermStatus, source: NonEmpty });
const Designations = z.array(Designation).min(1).max(200);

export const TermEvents = new EventCatalogue('languages', {
  /** `protected`: a translation that does not use the agreed word is not certified (TRN-6). */
  TermProposed: z.object({ conceptId: Id, domain: Id.optional(), designations: Designations, definition: Multilingual.optional(), protected: z.boolean() }),
  TermApproved: z.object({ by: PersonId }),
  TermRevised: z.object({ designations: Designations }),
  TermDeprecated: z.object({ replacedBy: Id.meta({ ref: 'term' }).optional() }),
});
export type TermSchemas = (typeof TermEvents)['schemas'];
export type TermEvent = EventOf<TermSchemas>;
export type Designation = z.output<typeof Designation>;
