import type { Schedule } from '#kernel';
import type { AuthorityEvent } from '../authority/events.js';

type Granted = Extract<AuthorityEvent, { type: 'AuthorityGranted' }>['data'];

/** An authority is limited in time: at its instant it is over (AUT-2), and the record says so. */
export const authorityExpiry: Schedule = {
  name: 'authority-expiry',
  on: {
    AuthorityGranted: ({ streamId, data }) => [
      { key: streamId, at: (data as Granted).until, due: { aggregate: 'ActingAuthority', id: streamId, command: 'EndAuthority', input: { reason: 'expired' } } },
    ],
    AuthorityEnded: ({ streamId }) => [{ key: streamId, at: null }],
  },
};
