import type { Kind, Thresholds } from '../statement/schemas.js';

const none: Thresholds = { signatories: 0, parliaments: 0, endorsements: 0, signatoriesPerGroup: 0, crossParty: false };

/**
 * What holds where the opening for signature says nothing else: the proposals of the domain brief (8.5), to be set by the network.
 * The brief gives figures for the network statement and the open letter; the others follow from what the kind claims.
 */
export const DEFAULT_THRESHOLDS: Readonly<Record<Kind, Thresholds>> = {
  // Adopted by decision; at least one signatory of each endorsing group.
  'network-statement': { ...none, signatoriesPerGroup: 1 },
  // "The co-chairs": more than one, and not of one parliament.
  'chairs-statement': { ...none, signatories: 2, parliaments: 2 },
  // "The groups of P and Q".
  'joint-statement': { ...none, endorsements: 2 },
  'open-letter': { ...none, signatories: 20, parliaments: 3 },
  // One text in the chambers of more than one parliament.
  'harmonised-motion': { ...none, signatories: 2, parliaments: 2 },
};
