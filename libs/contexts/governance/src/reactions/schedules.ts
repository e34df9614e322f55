import type { RecordedEvent, Schedule, Timer } from '#kernel';
import { dayIn, dayOver, monthsAfter } from '../calendar.js';
import { CHARTER_DEFAULTS } from '../data/charter-defaults.js';

type On = Schedule['on'][string];
const timer = ({ streamId }: RecordedEvent, at: string, aggregate: string, command: string, input: unknown = {}): Timer => ({
  key: streamId, at, due: { aggregate, id: streamId, command, input },
});
const cancel = ({ streamId }: RecordedEvent): Timer => ({ key: streamId, at: null });
const none: On = (event) => [cancel(event)];
/** Of the past a source tells what became of it: an import sets no timer (G3). */
const notImported =
  (set: On): On =>
  (event) =>
    event.meta.mode === 'import' ? [] : set(event);
const procedure = (event: RecordedEvent, at: string, command: string, input: unknown = {}): Timer => ({
  ...timer(event, at, 'DecisionProcedure', command, input), key: `${event.streamId}/${command}`,
});

/**
 * When a silence ends it is observed, or, for want of a notice, prolonged: of the two commands exactly one is right, and the
 * other is refused (DEC-3, DEC-4), whichever comes first.
 */
const ofSilence = (event: RecordedEvent, at: string): Timer[] => [
  procedure(event, at, 'ObserveSilence'),
  procedure(event, at, 'ExtendSilence', { reason: 'not-all-notified' }),
];
const silenceOver: On = ({ streamId }) => ['ObserveSilence', 'ExtendSilence'].map((command) => ({ key: `${streamId}/${command}`, at: null }));
export const silenceDeadline: Schedule = {
  name: 'silence-deadline',
  on: {
    SilenceProcedureOpened: notImported((e) => ofSilence(e, (e.data as { deadline: { instant: string } }).deadline.instant)),
    SilencePeriodExtended: notImported((e) => ofSilence(e, (e.data as { newDeadline: { instant: string } }).newDeadline.instant)),
    SilenceObserved: silenceOver,
    SilenceBroken: silenceOver,
    DecisionProcedureCancelled: silenceOver,
  },
};

/** One timer for each outcome: by DEC-6 two of the three commands are refused and the right one closes the ballot. */
const CLOSINGS = ['CloseBallotAdopted', 'CloseBallotRejected', 'CloseBallotInquorate'];
const ballotOver: On = ({ streamId }) => CLOSINGS.map((command) => ({ key: `${streamId}/${command}`, at: null }));
export const ballotClose: Schedule = {
  name: 'ballot-close',
  on: {
    BallotOpened: notImported((e) => CLOSINGS.map((command) => procedure(e, (e.data as { closesAt: string }).closesAt, command))),
    BallotClosed: ballotOver,
    DecisionProcedureCancelled: ballotOver,
  },
};

export const withdrawalNotice: Schedule = {
  name: 'withdrawal-notice',
  on: {
    WithdrawalNotified: notImported((e) => {
      const { effectiveOn } = e.data as { effectiveOn: string };
      return [timer(e, `${effectiveOn}T00:00:00Z`, 'Membership', 'CompleteWithdrawal', { effectiveOn })];
    }),
    WithdrawalRevoked: none,
  },
};

/** With which nothing happens, lapses. That a period of objection ends admits nobody: it is the duty of the chair to decide. */
const lapse = (event: RecordedEvent, day: string, reason: string): Timer[] => [
  timer(event, dayOver(day), 'MembershipApplication', 'LapseApplication', { reason }),
];
const { lapseMonths } = CHARTER_DEFAULTS.periods;
export const applicationLapse: Schedule = {
  name: 'application-lapse',
  on: {
    InterestExpressed: notImported((e) => lapse(e, monthsAfter((e.data as { on: string }).on, lapseMonths), 'enquiry-without-application')),
    InvitationIssued: notImported((e) => lapse(e, (e.data as { expiresOn: string }).expiresOn, 'invitation-expired')),
    FurtherInformationRequested: notImported((e) => lapse(e, (e.data as { dueOn: string }).dueOn, 'information-not-supplied')),
    ApplicationDeferred: notImported((e) => {
      const { until } = e.data as { until?: string };
      return lapse(e, monthsAfter(until ?? dayIn(e.meta.recordedAt), lapseMonths), 'deferred-without-decision');
    }),
    ApplicationSubmitted: none,
    FurtherInformationSupplied: none,
    ApplicationResumed: none,
    ApplicationWithdrawn: none,
  },
};
