import type { Multilingual, View } from '#kernel';
import type { PartnerEvent } from '../partner/events.js';
import type { Partner } from '../partner/partner.js';

export interface PartnerDoc {
  status: Partner['status'];
  names: Multilingual;
  kind: string;
  country: string | null;
  links: readonly string[];
  roles: readonly { role: string; toOrgRef: string; orgType: string; from: string; until: string | null }[];
  partnerId: string;
  clearedUntil: string | null;
  responsibleOfficer: string | null;
  suspended: string | null;
  funding: readonly { period: { from: string; to: string }; sources: readonly { name: string; country: string; governmental: boolean; band: string }[] }[];
  ended: string | null;
}

export const partners: View<PartnerDoc, PartnerEvent> = {
  name: 'partners',
  version: 2,
  category: 'partner',
  on: {
    PartnerListed: (_, d) => ({
      status: 'listed', partnerId: d.partnerId, names: d.names, kind: d.kind, country: d.country ?? null, links: d.links, roles: [],
      clearedUntil: null, responsibleOfficer: null, suspended: null, funding: [], ended: null,
    }),
    PartnerCleared: (doc, d) => doc && { ...doc, status: 'cleared', clearedUntil: d.validUntil, responsibleOfficer: d.responsibleOfficer, suspended: null },
    PartnerRoleAssigned: (doc, d) => doc && { ...doc, roles: [...doc.roles, { ...d, until: null }] },
    PartnerRoleEnded: (doc, d) => doc && {
      ...doc, roles: doc.roles.map((r) => (r.role === d.role && r.toOrgRef === d.toOrgRef && r.until === null ? { ...r, until: d.until } : r)),
    },
    PartnerFundingDeclared: (doc, d) => doc && { ...doc, funding: [...doc.funding, d] },
    PartnerSuspended: (doc, d) => doc && { ...doc, status: 'suspended', suspended: d.reason, clearedUntil: null },
    PartnershipEnded: (doc, d) => doc && { ...doc, status: 'ended', clearedUntil: null, ended: d.reason },
  },
  columns: { status: (doc) => doc.status, kind: (doc) => doc.kind, country: (doc) => doc.country },
  title: (doc) => doc.names,
  words: (doc) => doc.links.join(' '),
  duties: (doc) =>
    doc.clearedUntil === null
      ? []
      : [{ kind: 'partner-clearance-expires', holder: 'network-secretariat', deadline: `${doc.clearedUntil}T23:59:59Z` }],
};
