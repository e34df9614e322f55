export { attributedTo, decisionProcedure, type Subject } from './decision-procedure/decision-procedure.js';
export { governance } from './governance.context.js';
export { type Membership, mayVote, membership } from './membership/membership.js';
export { charterOn, network, type Settings, settingsOf } from './network/network.js';
export type { ApplicationDoc } from './views/applications.view.js';
export type { DecisionDoc } from './views/decisions.view.js';
export type { MembershipDoc } from './views/memberships.view.js';
export type { NetworkDoc } from './views/networks.view.js';
export type { VoteDoc } from './views/votes.view.js';
