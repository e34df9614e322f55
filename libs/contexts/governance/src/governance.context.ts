import type { BoundedContext } from '#kernel';
import { decisionProcedure } from './decision-procedure/decision-procedure.js';
import { gatherForApplication, gatherForDecision, gatherForMeeting, gatherForMembership, gatherForNetwork } from './evidence.js';
import { meeting } from './meeting/meeting.js';
import { membershipApplication } from './membership-application/membership-application.js';
import { membership } from './membership/membership.js';
import { network } from './network/network.js';
import { applicationLapse, ballotClose, silenceDeadline, withdrawalNotice } from './reactions/schedules.js';
import { whenApplicantAdmitted } from './reactions/when-applicant-admitted.js';
import { whenDecisionOpened } from './reactions/when-decision-opened.js';
import { whenGroupDormant } from './reactions/when-group-dormant.js';
import { whenGroupReconstituted } from './reactions/when-group-reconstituted.js';
import { whenVoteCast } from './reactions/when-vote-cast.js';
import { applications } from './views/applications.view.js';
import { attendance } from './views/attendance.view.js';
import { decisions } from './views/decisions.view.js';
import { meetings } from './views/meetings.view.js';
import { memberships } from './views/memberships.view.js';
import { minutes } from './views/minutes.view.js';
import { networks } from './views/networks.view.js';
import { votes } from './views/votes.view.js';

/** The network itself: how groups join it, stand in it and decide. */
export const governance: BoundedContext = {
  name: 'governance',
  aggregates: [network, membershipApplication, membership, meeting, decisionProcedure],
  views: [networks, applications, memberships, meetings, minutes, attendance, decisions, votes],
  evidence: {
    Network: gatherForNetwork, MembershipApplication: gatherForApplication, Membership: gatherForMembership, Meeting: gatherForMeeting,
    DecisionProcedure: gatherForDecision,
  },
  reactions: [whenApplicantAdmitted, whenGroupDormant, whenGroupReconstituted, whenDecisionOpened, whenVoteCast],
  schedules: [silenceDeadline, ballotClose, withdrawalNotice, applicationLapse],
};
