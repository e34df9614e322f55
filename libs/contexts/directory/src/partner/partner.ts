import { CLEAR, defineAggregate, refuse, rowsFor } from '#kernel';
import { PartnerEvents } from './events.js';

export interface Partner {
  readonly status: 'none' | 'listed' | 'cleared' | 'suspended' | 'ended';
  readonly partnerId: string;
  readonly kind: string;
  readonly country: string | null;
  readonly roles: readonly { readonly role: string; readonly org: string }[];
  /** Does any declared source belong to a government, and of which countries? */
  readonly governmentFunding: readonly string[];
}

type Schemas = (typeof PartnerEvents)['schemas'];
const { command, records } = rowsFor<Partner, Schemas>(PartnerEvents);

export const partner = defineAggregate<Partner, Schemas>({
  name: 'Partner',
  category: 'partner',
  events: PartnerEvents,
  states: ['none', 'listed', 'cleared', 'suspended', 'ended'],
  terminal: ['ended'],
  initial: { status: 'none', partnerId: '', kind: '', country: null, roles: [], governmentFunding: [] },
  invariants: {
    'PTN-1': 'A partner never votes, never signs as a member and never counts in a quorum.',
    'PTN-2': 'Roles are explicit and dated; liaison institutions carry no drafting rights.',
    'PTN-3': 'Access above TLP:GREEN needs clearance and a named responsible officer of a member group.',
  },

  commands: {
    ListPartner: records('PartnerListed', { by: ['NetSec', 'GroupSec'], from: ['none'], to: 'listed' }),
    ClearPartner: command({
      by: ['NetSec'], from: ['listed', 'suspended'], to: 'cleared', emits: ['PartnerCleared'], guards: ['PTN-3'],
      input: PartnerEvents.schema('PartnerCleared').omit({ by: true }),
      guard: ({ validUntil }, _, { now }) => (validUntil > now.slice(0, 10) ? undefined : refuse('partner.clearance-in-past', { until: validUntil }, 'PTN-3')),
      decide: (input, _, { actor }) => [{ type: 'PartnerCleared', data: { ...input, by: actor.personId } }],
    }),
    AssignRole: command({
      by: ['NetSec'], from: ['listed', 'cleared'], to: 'same', emits: ['PartnerRoleAssigned'], guards: ['PTN-1', 'PTN-2'],
      input: PartnerEvents.schema('PartnerRoleAssigned'),
      decide: (input, state) => {
        const liaison = state.kind === 'un-entity' || state.kind === 'court';
        if (liaison && input.role !== 'liaison-institution') return refuse('partner.liaison-only', { role: input.role }, 'PTN-2');
        if (state.roles.some((r) => r.role === input.role && r.org === input.toOrgRef)) return [];
        return [{ type: 'PartnerRoleAssigned', data: input }];
      },
    }),
    EndRole: command({
      by: ['NetSec'], from: ['listed', 'cleared', 'suspended'], to: 'same', emits: ['PartnerRoleEnded'],
      input: PartnerEvents.schema('PartnerRoleEnded'),
      decide: (input, state) =>
        state.roles.some((r) => r.role === input.role && r.org === input.toOrgRef)
          ? [{ type: 'PartnerRoleEnded', data: input }]
          : refuse('partner.role-not-held', { role: input.role }, 'PTN-2'),
    }),
    DeclareFunding: records('PartnerFundingDeclared', { by: ['Partner'], from: ['listed', 'cleared'], to: 'same' }),
    SuspendPartner: records('PartnerSuspended', { by: ['NetSec'], from: ['listed', 'cleared'], to: 'suspended' }),
    EndPartnership: records('PartnershipEnded', { by: ['NetSec'], from: ['listed', 'cleared', 'suspended'], to: 'ended' }),
  },

  evolve: {
    PartnerListed: (state, d) => ({ ...state, status: 'listed', partnerId: d.partnerId, kind: d.kind, country: d.country ?? null }),
    PartnerCleared: (state) => ({ ...state, status: 'cleared' }),
    PartnerRoleAssigned: (state, d) => ({ ...state, roles: [...state.roles, { role: d.role, org: d.toOrgRef }] }),
    PartnerRoleEnded: (state, d) => ({ ...state, roles: state.roles.filter((r) => !(r.role === d.role && r.org === d.toOrgRef)) }),
    PartnerFundingDeclared: (state, d) => ({
      ...state,
      governmentFunding: [...new Set([...state.governmentFunding, ...d.sources.filter((s) => s.governmental).map((s) => s.country)])],
    }),
    PartnerSuspended: (state) => ({ ...state, status: 'suspended' }),
    PartnershipEnded: (state) => ({ ...state, status: 'ended', roles: [] }),
  },

  groups: (state) => [state.partnerId],
  roles: (actor) => (actor.capacity === 'group-secretariat' ? ['GroupSec'] : []),
  label: () => CLEAR,
});
