/**
 * How long those who signed may object to a correction: proposals of the domain brief (8.5), to be set by the network.
 * United Nations treaty practice is 90 days.
 */
export const OBJECTION_PERIODS = { ordinaryHours: 30 * 24, crisisHours: 6 } as const;

/** Acts that put a name to a text: the type of the event and the field of its data that says whose. */
export const SIGNING_EVENTS: Readonly<Record<string, 'personId' | 'groupId'>> = {
  StatementSigned: 'personId',
  GroupEndorsed: 'groupId',
  MouSigned: 'personId',
};
/** Acts that give a text to the public. */
export const PUBLISHING_EVENTS: readonly string[] = ['StatementPublished', 'MouEnteredIntoEffect', 'MouRecordedFromSource'];
