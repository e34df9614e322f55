export { decisionProcedure } from './decision-procedure/decision-procedure.js';
export { governance } from './governance.context.js';
export { type Membership, mayVote, membership } from './membership/membership.js';
export { network } from './network/network.js';
export type { ApplicationDoc } from './views/applications.view.js';
export type { DecisionDoc } from './views/decisions.view.js';
export type { MembershipDoc } from './views/memberships.view.js';
export type { NetworkDoc } from './views/networks.view.js';
