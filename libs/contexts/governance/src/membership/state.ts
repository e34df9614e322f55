import type { AggregateDefinition } from '#kernel';
import { reached } from '../calendar.js';
import type { MembershipSchemas } from './events.js';

export interface Membership {
  readonly status:
    | 'none' | 'active' | 'watch' | 'alert' | 'suspended' | 'transition' | 'abeyance' | 'noticeGiven' | 'withdrawn' | 'expelled' | 'ended';
  readonly groupId: string;
  readonly networkId: string;
  readonly category: 'full' | 'associate' | 'observer' | 'prospective';
  /** Focal point with deputy, and annual reports, in their own words, so that the same thing is not recorded twice. */
  readonly focalPoint: string | null;
  readonly reports: readonly string[];
  /** When a suspension takes effect. */
  readonly suspendedFrom: string | null;
  readonly graceUntil: string | null;
  readonly withdrawsOn: string | null;
  /** The standing in which notice of withdrawal was given: who revokes it is back in exactly that one. */
  readonly beforeNotice: 'active' | 'watch' | 'alert' | 'suspended' | null;
  /** Decisions that were carried out on this membership: each carries one step. */
  readonly decisions: readonly string[];
}

export const initialMembership: Membership = {
  status: 'none', groupId: '', networkId: '', category: 'full', focalPoint: null, reports: [], suspendedFrom: null, graceUntil: null, withdrawsOn: null,
  beforeNotice: null, decisions: [],
};

const VOTING = ['active', 'watch', 'alert'];
/**
 * May a group in this standing vote, sign and be counted (MEM-1, MEM-5)? A suspension takes the rights from its effective
 * time and not before (MEM-3).
 */
export const mayVote = ({ status, category, suspendedFrom }: Pick<Membership, 'status' | 'category'> & Partial<Membership>, now?: string): boolean =>
  category === 'full' &&
  (VOTING.includes(status) || (status === 'suspended' && now !== undefined && suspendedFrom != null && !reached(suspendedFrom, now)));

const decided = (state: Membership, { decisionRef }: { readonly decisionRef: string }) => ({ decisions: [...state.decisions, decisionRef] });
const beforeNotice = ({ status }: Membership): Membership['beforeNotice'] =>
  status === 'watch' || status === 'alert' || status === 'suspended' ? status : 'active';

export const evolveMembership: AggregateDefinition<Membership, MembershipSchemas>['evolve'] = {
  MembershipActivated: (state, d) => ({ ...state, status: 'active', groupId: d.groupId, networkId: d.networkId, category: d.category }),
  MembershipCategoryChanged: (state, d) => ({ ...state, ...decided(state, d), category: d.to }),
  FocalPointDesignated: (state, d) => ({ ...state, focalPoint: JSON.stringify(d) }),
  AnnualReportFiled: (state, d) => ({ ...state, reports: [...state.reports, JSON.stringify(d)] }),
  PreventiveWatchOpened: (state) => ({ ...state, status: 'watch' }),
  WatchLifted: (state, d) => ({ ...state, ...decided(state, d), status: 'active' }),
  AlertDeclared: (state, d) => ({ ...state, ...decided(state, d), status: 'alert' }),
  MembershipSuspended: (state, d) => ({ ...state, ...decided(state, d), status: 'suspended', suspendedFrom: d.effectiveAt }),
  TransitionOpened: (state) => ({ ...state, status: 'transition' }),
  MembershipReinstated: (state, d) => ({ ...state, ...decided(state, d), status: 'active', suspendedFrom: null }),
  MembershipHeldInAbeyance: (state, d) => ({ ...state, status: 'abeyance', graceUntil: d.graceUntil }),
  MembershipResumed: (state) => ({ ...state, status: 'active', graceUntil: null }),
  MembershipEnded: (state) => ({ ...state, status: 'ended' }),
  WithdrawalNotified: (state, d) => ({ ...state, status: 'noticeGiven', withdrawsOn: d.effectiveOn, beforeNotice: beforeNotice(state) }),
  WithdrawalRevoked: (state) => ({ ...state, status: state.beforeNotice ?? 'active', withdrawsOn: null, beforeNotice: null }),
  MembershipWithdrawn: (state) => ({ ...state, status: 'withdrawn' }),
  MemberExpelled: (state, d) => ({ ...state, ...decided(state, d), status: 'expelled' }),
};
