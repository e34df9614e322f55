/**
 * What holds where a network's charter and rules of procedure say nothing, and in an initiative, which has neither.
 * From the domain brief, 8.5; what stands under "not in 8.5" is a proposal of ours. All of it is for the network to set.
 */
export const CHARTER_DEFAULTS = {
  silence: { defaultHours: 72, minHours: 48, crisisHours: 6 },
  periods: {
    objectionDays: 30,
    amendmentNoticeDays: 60,
    graceMonths: 12,
    reviewDays: 90,
    withdrawalNoticeMonths: 3,
    // Not in 8.5:
    coolingOffMonths: 12,
    /** An enquiry or a deferral with which nothing happens. */
    lapseMonths: 12,
  },
  // Not in 8.5:
  /** By which majority a ballot decides, by the kind of its subject. */
  decisionRules: { admission: 'simple', charter: 'two-thirds', statement: 'unanimity', membership: 'two-thirds', other: 'simple' },
  /** How many of a hundred entitled members have to take part in a ballot. */
  quorumPercent: 50,
  /** Members of the applicant's parliament neither object to its application nor decide on it (APP-5). */
  recuseSameParliament: true,
} as const;
