import { type Actor, Capacity, Id, LanguageTag, PersonId } from '#kernel';
import type { CommandRefusal, FieldIssue } from '#platform/event-store';
import { z } from 'zod';

const OF_A_GROUP: readonly string[] = ['chair', 'officer', 'member', 'group-secretariat', 'partner'];

/** What an account's person is, and for whom: one of the capacities in which he may act. `system` is nobody's. */
export const Grant = z
  .object({ capacity: Capacity.exclude(['system']), onBehalfOf: Id.optional() })
  .refine((grant) => !OF_A_GROUP.includes(grant.capacity) || grant.onBehalfOf !== undefined, {
    path: ['onBehalfOf'],
    error: 'group-needed',
  });
export type Grant = z.output<typeof Grant>;

export const NewAccount = z.object({
  email: z
    .string()
    .trim()
    .max(254)
    .pipe(z.email({ error: 'email' })),
  personId: PersonId,
  displayName: z.string().trim().min(1).max(200),
  /** The language of the interface and of notices. */
  language: LanguageTag,
  /** An exercise account acts in exercises only. */
  exercise: z.boolean().default(false),
  grants: z.array(Grant).max(50),
});
export type NewAccount = z.input<typeof NewAccount>;

export interface Account {
  readonly accountId: string;
  readonly email: string;
  readonly personId: string;
  readonly displayName: string;
  readonly language: string;
  readonly exercise: boolean;
  readonly grants: readonly Grant[];
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** ISO 8601 UTC; absent while it is in use. */
  readonly disabledAt?: string;
}

/** Two spellings of one address are one account. */
export const foldEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();

export const refuseFields = (command: string, fields: readonly FieldIssue[]): CommandRefusal => ({
  refused: 'invalid-input',
  params: { command },
  fields,
});

export const issue = (path: string, code: string, params: FieldIssue['params'] = {}): FieldIssue => ({ path, code, params });

export type ActingCapacity = Exclude<Actor['capacity'], 'system'>;
