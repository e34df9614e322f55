import { CLEAR, defineAggregate, refuse, rowsFor } from '#kernel';
import { PartnerEvents } from './events.js';

export interface Partner {
  readonly status: 'none' | 'listed' | 'cleared' | 'suspended' | 'ended';
  readonly partnerId: string;
  readonly kind: string;
  readonly country: string | null;
  readonly roles: readonly { readonly role: string; readonly org: string }[];
  /** Until when it is cleared; null where it never was, or is no longer (PTN-3). */
  readonly clearedUntil: string | null;
  /** Last day of the latest period whose funding it declared, and the countries whose governments gave any of it. */
  readonly declaredUntil: string | null;
  readonly governmentFunding: readonly string[];
  /** What it declared, in its own words, so that the same is not recorded twice. */
  readonly declared: readonly string[];
}
/** What a decision on a partner must know from elsewhere. */
export interface PartnerEvidence {
  /** Is the person who answers for the access an officer of a group of the network? */
  readonly officer: boolean;
}

/** May it see more than TLP:GREEN on this day (PTN-3)? */
export const clearedOn = (state: Pick<Partner, 'status' | 'clearedUntil'>, day: string): boolean =>
  state.status === 'cleared' && state.clearedUntil !== null && day <= state.clearedUntil;

type Schemas = (typeof PartnerEvents)['schemas'];
const { command, records } = rowsFor<Partner, Schemas, PartnerEvidence>(PartnerEvents);

export const partner = defineAggregate<Partner, Schemas, PartnerEvidence>({
  name: 'Partner',
  category: 'partner',
  events: PartnerEvents,
  states: ['none', 'listed', 'cleared', 'suspended', 'ended'],
  terminal: ['ended'],
  initial: { status: 'none', partnerId: '', kind: '', country: null, roles: [], clearedUntil: null, declaredUntil: null, governmentFunding: [], declared: [] },
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
      guard: ({ validUntil }, _, { now, evidence }) => [
        validUntil <= now.slice(0, 10) && refuse('partner.clearance-in-past', { until: validUntil }, 'PTN-3'),
        !evidence.officer && refuse('partner.responsible-not-officer', {}, 'PTN-3'),
      ],
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
    DeclareFunding: command({
      by: ['Partner'], from: ['listed', 'cleared'], to: 'same', emits: ['PartnerFundingDeclared'], input: PartnerEvents.schema('PartnerFundingDeclared'),
      decide: (input, state) => {
        if (input.period.to < input.period.from) return refuse('partner.period-reversed');
        return state.declared.includes(JSON.stringify(input)) ? [] : [{ type: 'PartnerFundingDeclared', data: input }];
      },
    }),
    SuspendPartner: records('PartnerSuspended', { by: ['NetSec'], from: ['listed', 'cleared'], to: 'suspended' }),
    EndPartnership: records('PartnershipEnded', { by: ['NetSec'], from: ['listed', 'cleared', 'suspended'], to: 'ended' }),
  },

  evolve: {
    PartnerListed: (state, d) => ({ ...state, status: 'listed', partnerId: d.partnerId, kind: d.kind, country: d.country ?? null }),
    PartnerCleared: (state, d) => ({ ...state, status: 'cleared', clearedUntil: d.validUntil }),
    PartnerRoleAssigned: (state, d) => ({ ...state, roles: [...state.roles, { role: d.role, org: d.toOrgRef }] }),
    PartnerRoleEnded: (state, d) => ({ ...state, roles: state.roles.filter((r) => !(r.role === d.role && r.org === d.toOrgRef)) }),
    PartnerFundingDeclared: (state, d) => ({
      ...state,
      declared: [...state.declared, JSON.stringify(d)],
      ...(state.declaredUntil !== null && d.period.to < state.declaredUntil
        ? {}
        : { declaredUntil: d.period.to, governmentFunding: [...new Set(d.sources.filter((s) => s.governmental).map((s) => s.country))] }),
    }),
    PartnerSuspended: (state) => ({ ...state, status: 'suspended', clearedUntil: null }),
    PartnershipEnded: (state) => ({ ...state, status: 'ended', clearedUntil: null, roles: [] }),
  },

  groups: (state) => [state.partnerId],
  // A group's secretariat may list a partner that nobody knows yet.
  roles: (actor) => (actor.capacity === 'group-secretariat' && actor.onBehalfOf !== undefined ? ['GroupSec'] : []),
  label: () => CLEAR,
});
