/**
 * Notice and quorum of meetings where neither the network's rules of procedure nor the rules profile of a group's parliament
 * say anything. The domain brief has no default for them (8.5): these are proposals of ours, each with what it leans on.
 */
export const MEETING_DEFAULTS = {
  noticeDays: {
    /** One week, as the British rules give for inaugural and annual meetings of groups: brief 1.1, [W 3], [W 20]. */
    inaugural: 7,
    agm: 7,
    egm: 7,
    /** As Parliamentarians for Global Action invite existing members to the founding of a National Group: brief, [W 41]. */
    plenary: 30,
    steering: 7,
    ordinary: 7,
    /** A crisis does not wait; a silence then lasts six hours at least: brief, 8.5. */
    'crisis-call': 0,
  },
  /** How many of a group's members have to be there. Of a network it is the share of charter-defaults.ts. */
  groupQuorum: 3,
} as const;
