import type { Schedule, Timer } from '#kernel';
import { nextDay, startOf } from '../mou/days.js';
import type { DataOf } from '../mou/events.js';

const cancel = (event: { streamId: string }): Timer[] => [{ key: event.streamId, at: null }];

/** A fixed day of effect: falls due when the day begins; refused while not all have signed, and then the last signature does it. */
export const mouFixedDate: Schedule = {
  name: 'mou-fixed-date',
  on: {
    MouProposed: (event) => {
      const { effect } = event.data as DataOf<'MouProposed'>;
      if (effect.rule !== 'fixed-date' || effect.date === undefined) return [];
      const due = { aggregate: 'Mou', id: event.streamId, command: 'RecordEntryIntoEffect', input: {}, validTime: effect.date };
      return [{ key: event.streamId, at: startOf(effect.date), due }];
    },
    MouEnteredIntoEffect: cancel,
    MouAbandoned: cancel,
    MouTerminated: cancel,
  },
};

/** The end of a participant's notice. */
export const mouNoticeEnd: Schedule = {
  name: 'mou-notice-end',
  on: {
    MouWithdrawalNotified: (event) => {
      const { groupId, effectiveOn } = event.data as DataOf<'MouWithdrawalNotified'>;
      const due = { aggregate: 'Mou', id: event.streamId, command: 'CompleteMouWithdrawal', input: { groupId }, validTime: effectiveOn };
      return [{ key: `${event.streamId}:${groupId}`, at: startOf(effectiveOn), due }];
    },
  },
};

/** The end of the time for signature. */
export const mouSignatureEnd: Schedule = {
  name: 'mou-signature-end',
  on: {
    MouOpenedForSignature: (event) => signatureEnd(event.streamId, (event.data as DataOf<'MouOpenedForSignature'>).until),
    MouSignatureExtended: (event) => signatureEnd(event.streamId, (event.data as DataOf<'MouSignatureExtended'>).until),
    MouSignaturesCompleted: cancel,
    MouAbandoned: cancel,
  },
};
function signatureEnd(id: string, until: string | undefined): Timer[] {
  return until === undefined ? [] : [{ key: id, at: until, due: { aggregate: 'Mou', id, command: 'CloseMouSignature', input: {} } }];
}

/** An amendment that names its day takes effect when it begins, if by then the consents are there; else the depositary records it with the last one. */
export const mouAmendmentEffect: Schedule = {
  name: 'mou-amendment-effect',
  on: {
    MouAmendmentProposed: (event) => {
      const { amendmentId, kind, effectiveOn } = event.data as DataOf<'MouAmendmentProposed'>;
      if (effectiveOn === undefined || kind === 'addendum') return [];
      const due = { aggregate: 'Mou', id: event.streamId, command: 'BringAmendmentIntoEffect', input: { amendmentId }, validTime: effectiveOn };
      return [{ key: `${event.streamId}:${amendmentId}`, at: startOf(effectiveOn), due }];
    },
    MouAmended: (event) => [{ key: `${event.streamId}:${(event.data as DataOf<'MouAmended'>).amendmentId}`, at: null }],
  },
};

const expiry = (id: string, lastDay: string): Timer[] => [
  { key: id, at: startOf(nextDay(lastDay)), due: { aggregate: 'Mou', id, command: 'ExpireMou', input: {}, validTime: lastDay } },
];
/** After the last day of its term. Where it runs on by itself the aggregate refuses, and a chair records the renewal. */
export const mouExpiry: Schedule = {
  name: 'mou-expiry',
  on: {
    MouEnteredIntoEffect: (event) => {
      const { expiresOn } = event.data as DataOf<'MouEnteredIntoEffect'>;
      return expiresOn === undefined ? [] : expiry(event.streamId, expiresOn);
    },
    MouRenewed: (event) => expiry(event.streamId, (event.data as DataOf<'MouRenewed'>).until),
    MouTerminated: cancel,
    MouExpired: cancel,
    MouSuperseded: cancel,
  },
};
