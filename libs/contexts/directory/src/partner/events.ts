import { Day, Edtf, EventCatalogue, type EventOf, Id, Multilingual, NonEmpty, PartnerId, PersonId } from '#kernel';
import { z } from 'zod';

export const PartnerRole = z.enum(['group-secretariat', 'network-secretariat', 'academic', 'knowledge', 'liaison-institution', 'funder']);

export const PartnerEvents = new EventCatalogue('directory', {
  PartnerListed: z.object({
    partnerId: PartnerId,
    names: Multilingual,
    kind: z.enum(['ngo', 'university', 'un-entity', 'court', 'foundation', 'ministry']),
    /** ISO 3166-1 alpha-2; absent for international institutions or where the source does not say. */
    country: z.string().regex(/^[A-Z]{2}$/, { error: 'country' }).optional(),
    links: z.array(z.url()).max(20),
  }),
  PartnerCleared: z.object({
    by: PersonId, checks: z.array(NonEmpty).min(1), validUntil: Day,
    /** The responsible officer of a member group who answers for the access (PTN-3). */
    responsibleOfficer: PersonId,
  }),
  PartnerRoleAssigned: z.object({
    role: PartnerRole,
    /** The group or network that it serves. */
    toOrgRef: Id,
    orgType: z.enum(['group', 'network']),
    from: Edtf,
  }),
  PartnerRoleEnded: z.object({ role: PartnerRole, toOrgRef: Id, until: Edtf }),
  PartnerFundingDeclared: z.object({
    period: z.object({ from: Day, to: Day }),
    sources: z.array(z.object({ name: NonEmpty, country: z.string().length(2), governmental: z.boolean(), band: NonEmpty })).min(1),
  }),
  PartnerSuspended: z.object({ reason: NonEmpty }),
  PartnershipEnded: z.object({ reason: NonEmpty }),
});
export type PartnerEvent = EventOf<(typeof PartnerEvents)['schemas']>;
