import type { DataOf, DecisionEvent } from './events.js';
import type { DecisionEvidence } from './decision-procedure.js';
import { people, system } from '../people.contract.js';

/** Facts of an invented decision, for the tests of this context: five groups decide in the network `net`. */
export const actors = { ...people, networkChair: people.steering, system: system('silence-deadline') };

export const happened = <K extends DecisionEvent['type']>(type: K, data: DataOf<K>): DecisionEvent => ({ type, data }) as DecisionEvent;

export const digest = 'a'.repeat(64);
export const title = { en: 'On early warning', fr: 'Sur l’alerte rapide' };
export const subject: DataOf<'BallotOpened'>['subject'] = { type: 'statement', id: 's1', revision: 2, digest, title };
export const entitled = ['g-p', 'g-q', 'g-r', 'g-s', 'g-t'];
/** The end of a silence, 72 hours from the moment of the tests, in the words of a clock in Kigali. */
export const deadline = { instant: '2026-11-26T09:00:00Z', wallTime: '2026-11-26 11:00', timezone: 'Africa/Kigali' };
export const later = { instant: '2026-11-28T09:00:00Z', wallTime: '2026-11-28 11:00', timezone: 'Africa/Kigali' };
export const closesAt = '2026-12-07T17:00:00Z';

const settled: DecisionEvidence = {
  id: 'd1', networkId: 'net', networkStatus: 'constituted', charterVersion: '1', rulesVersion: null, entitled,
  subject: { ready: true, revision: 2, digests: [digest, 'b'.repeat(64)], content: null, title, before: false },
  charterRule: null, quorumPercent: null, silence: { defaultHours: 72, minHours: 48, crisisHours: 6 }, quietWindows: [], wallTime: '2026-11-26T11:00',
};
export const known = (over: Partial<DecisionEvidence> = {}): DecisionEvidence => ({ ...settled, ...over });
export const about = (over: Partial<NonNullable<DecisionEvidence['subject']>>): DecisionEvidence => known({ subject: { ...settled.subject!, ...over } });

const opened = { decisionId: 'd1', subject, entitled, charterVersion: '1', networkId: 'net' };
export const silence = (over: Partial<DataOf<'SilenceProcedureOpened'>> = {}) => [
  happened('SilenceProcedureOpened', { ...opened, deadline, urgency: 'ordinary', ...over }),
];
export const ballot = (over: Partial<DataOf<'BallotOpened'>> = {}) => [
  happened('BallotOpened', { ...opened, rule: 'simple', secret: false, closesAt, quorum: 3, ...over }),
];
export const call = () => [happened('ConsensusCalled', opened)];

export const told = (...groups: string[]) =>
  groups.map((member) => happened('NotificationDelivered', { member, channel: 'application', deliveredAt: '2026-11-23T09:00:01Z' }));
export const allTold = () => [...silence(), ...told(...entitled)];
export const extended = happened('SilencePeriodExtended', { newDeadline: later, reason: 'not-all-notified' });
type Option = DataOf<'VoteCast'>['option'];
export const voted = (by: string, option: Option) => happened('VoteCast', { by, option, castAt: '2026-12-01T09:00:00Z' });
/** Votes of the entitled in their order: `y`, `n`, `a`; `-` casts none. */
export const votes = (cast: string) =>
  [...cast].flatMap((letter, i) => {
    const option = ({ y: 'yes', n: 'no', a: 'abstain' } as const)[letter];
    return option === undefined ? [] : [voted(entitled[i]!, option)];
  });
export const adopted = (rule: string, at: string) => happened('DecisionAdopted', { decisionId: 'd1', subject, rule, at });
export const rejected = (at: string) => happened('DecisionRejected', { decisionId: 'd1', subject, at });
