export { gatherForApplication } from './evidence/for-application.js';
export { gatherForDecision } from './evidence/for-decision.js';
export { gatherForMeeting } from './evidence/for-meeting.js';
export { gatherForMembership } from './evidence/for-membership.js';
export { gatherForNetwork } from './evidence/for-network.js';
