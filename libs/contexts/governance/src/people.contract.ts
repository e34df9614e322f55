import type { Actor } from '#kernel';

/** Who acts in the tests of this context: `g-p` and `g-q` are groups of the network `net`, `g-z` is not. */
export const people = {
  chair: { personId: 'p-chair', capacity: 'chair', onBehalfOf: 'g-p' },
  officer: { personId: 'p-officer', capacity: 'officer', onBehalfOf: 'g-p' },
  member: { personId: 'p-member', capacity: 'member', onBehalfOf: 'g-p' },
  clerk: { personId: 'p-clerk', capacity: 'group-secretariat', onBehalfOf: 'g-p' },
  chairQ: { personId: 'p-chair-q', capacity: 'chair', onBehalfOf: 'g-q' },
  stranger: { personId: 'p-chair-z', capacity: 'chair', onBehalfOf: 'g-z' },
  applicant: { personId: 'p-chair-s', capacity: 'chair', onBehalfOf: 'g-s' },
  secretariat: { personId: 'p-sec', capacity: 'network-secretariat', onBehalfOf: 'net' },
  steering: { personId: 'p-net', capacity: 'network-chair', onBehalfOf: 'net' },
} as const satisfies Record<string, Actor>;
export const system = (rule: string) => ({ personId: 'system', capacity: 'system', rule }) as const satisfies Actor;
