import type { RecordedEvent, Schedule, Timer } from '#kernel';

const due = (event: RecordedEvent, at: string, aggregate: string, command: string, input: unknown = {}): Timer => ({
  key: event.streamId, at, due: { aggregate, id: event.streamId, command, input },
});
const none = (event: RecordedEvent): Timer[] => [{ key: event.streamId, at: null }];

export const silenceDeadline: Schedule = {
  name: 'silence-deadline',
  on: {
    SilenceProcedureOpened: (e) => [due(e, (e.data as { deadline: { instant: string } }).deadline.instant, 'DecisionProcedure', 'ObserveSilence')],
    SilencePeriodExtended: (e) => [due(e, (e.data as { newDeadline: { instant: string } }).newDeadline.instant, 'DecisionProcedure', 'ObserveSilence')],
    SilenceBroken: none,
    DecisionProcedureCancelled: none,
  },
};

/** One timer for each outcome: by DEC-6 two of the three commands are refused and the right one closes the ballot. */
const CLOSINGS = ['CloseBallotAdopted', 'CloseBallotRejected', 'CloseBallotInquorate'];
export const ballotClose: Schedule = {
  name: 'ballot-close',
  on: {
    BallotOpened: (e) => CLOSINGS.map((command) => ({ ...due(e, (e.data as { closesAt: string }).closesAt, 'DecisionProcedure', command), key: `${e.streamId}/${command}` })),
    BallotClosed: (e) => CLOSINGS.map((command) => ({ key: `${e.streamId}/${command}`, at: null })),
    DecisionProcedureCancelled: (e) => CLOSINGS.map((command) => ({ key: `${e.streamId}/${command}`, at: null })),
  },
};

export const withdrawalNotice: Schedule = {
  name: 'withdrawal-notice',
  on: {
    WithdrawalNotified: (e) => {
      const { effectiveOn } = e.data as { effectiveOn: string };
      return [due(e, `${effectiveOn}T00:00:00Z`, 'Membership', 'CompleteWithdrawal', { effectiveOn })];
    },
    WithdrawalRevoked: none,
  },
};

export const invitationExpiry: Schedule = {
  name: 'invitation-expiry',
  on: {
    InvitationIssued: (e) => [due(e, `${(e.data as { expiresOn: string }).expiresOn}T23:59:59Z`, 'MembershipApplication', 'LapseApplication', { reason: 'invitation-expired' })],
    FurtherInformationRequested: (e) => [due(e, `${(e.data as { dueOn: string }).dueOn}T23:59:59Z`, 'MembershipApplication', 'LapseApplication', { reason: 'information-not-supplied' })],
    ApplicationSubmitted: none,
    FurtherInformationSupplied: none,
    ApplicationWithdrawn: none,
  },
};
