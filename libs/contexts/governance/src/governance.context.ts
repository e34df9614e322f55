import type { BoundedContext } from '#kernel';
import { decisionProcedure } from './decision-procedure/decision-procedure.js';
import { gatherForApplication, gatherForDecision, gatherForMembership, gatherForNetwork } from './evidence.js';
import { membershipApplication } from './membership-application/membership-application.js';
import { membership } from './membership/membership.js';
import { network } from './network/network.js';
import { ballotClose, invitationExpiry, silenceDeadline, withdrawalNotice } from './reactions/deadlines.js';
import { whenDecisionOpened, whenVoteCast } from './reactions/decision.reactions.js';
import { whenApplicantAdmitted, whenGroupDormant, whenGroupReconstituted } from './reactions/membership.reactions.js';
import { applications } from './views/applications.view.js';
import { decisions } from './views/decisions.view.js';
import { memberships } from './views/memberships.view.js';
import { networks } from './views/networks.view.js';

/** The network itself: how groups join it, stand in it and decide. */
export const governance: BoundedContext = {
  name: 'governance',
  aggregates: [network, membershipApplication, membership, decisionProcedure],
  views: [networks, applications, memberships, decisions],
  evidence: { Network: gatherForNetwork, MembershipApplication: gatherForApplication, Membership: gatherForMembership, DecisionProcedure: gatherForDecision },
  reactions: [whenApplicantAdmitted, whenGroupDormant, whenGroupReconstituted, whenDecisionOpened, whenVoteCast],
  schedules: [silenceDeadline, ballotClose, withdrawalNotice, invitationExpiry],
};
