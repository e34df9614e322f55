import { refuse } from '#kernel';
import { z } from 'zod';
import { StatementEvents } from './events.js';
import { actingGroup, type Ctx, event, forPerson, inStanding, isBefore, part, when } from './rules.js';
import { imported } from './schemas.js';
import { isAsked } from './signing-policy.js';
import { isSecret, type Statement, standing } from './state.js';

const schema = StatementEvents.schema.bind(StatementEvents) as typeof StatementEvents.schema;

/**
 * Everyone whose signature stands, except the one whom it is about: being told stands in the record. While the names are private nobody
 * but the secretariat is told, since to be told would be to be known.
 */
export const tellOthers = (state: Statement, about?: string): { told?: string[]; title?: Statement['subject'] } =>
  isSecret(state) ? {} : { told: standing(state.signatures).flatMap(({ personId }) => (personId === about ? [] : [personId])), title: state.subject };
const others = (state: Statement, about: string) => ({ ...tellOthers(state, about), private: isSecret(state) || undefined });

const beforePublication = ({ status }: Statement): boolean => status !== 'published';

/** A signature that a person takes back, or that a rule of a chamber takes back for him by what he did. */
export function withdrawn(state: Statement, personId: string, at: string, reason: string | undefined) {
  const own = standing(state.signatures).find((s) => s.personId === personId);
  return own === undefined
    ? []
    : [event('SignatureWithdrawn', { personId, at, beforePublication: beforePublication(state), reason, signedAt: own.at, ...others(state, personId) })];
}

export const WithdrawSignature = part({
  input: z.object({ reason: schema('SignatureWithdrawn').shape.reason, personId: imported.personId, at: imported.at }),
  guard: (_, { status, opening }, { now }) => {
    const { withdrawUntil, afterPublication } = opening?.policy ?? {};
    return [
      withdrawUntil !== undefined && !isBefore(now, withdrawUntil.instant) && refuse('statement.withdrawal-closed', { closedAt: withdrawUntil.instant }, 'STM-9'),
      status === 'published' && afterPublication === 'refused' && refuse('statement.no-withdrawal-after-publication', {}, 'STM-9'),
    ];
  },
  decide: (input, state, ctx) =>
    forPerson(input, ctx, (personId) =>
      state.signatures.some((s) => s.personId === personId) ? withdrawn(state, personId, when(input, ctx), input.reason) : refuse('statement.not-signed', {}, 'STM-9'),
    ),
});

/** A refusal is for who was asked and has not signed: a signed party withdraws, and never rejects. */
export const DeclineToSign = part({
  input: z.object({ reason: schema('SignatureDeclined').shape.reason, ...imported }),
  guard: (_, { opening, sponsors }, ctx) => [
    inStanding(ctx),
    !isAsked(opening?.policy ?? null, sponsors, { personId: ctx.actor.personId, groupId: ctx.actor.onBehalfOf }) && refuse('statement.not-asked', {}, 'STM-6'),
  ],
  decide: (input, state, ctx) =>
    forPerson(input, ctx, (personId) => {
      if (standing(state.signatures).some((s) => s.personId === personId)) return refuse('statement.signed-cannot-decline', {}, 'STM-9');
      if (state.declined.includes(personId)) return [];
      return [event('SignatureDeclined', { personId, groupId: actingGroup(input, ctx), at: when(input, ctx), reason: input.reason, ...others(state, personId) })];
    }),
});

/** Rules of the chamber take a name away; where they say nothing the signature stays as it was on its day (STM-6, PER-6). */
export const RemoveSignature = part({
  input: schema('SignatureRemoved').pick({ personId: true, because: true, office: true }),
  guard: (_, __, { evidence }: Ctx) =>
    evidence?.candidate?.profile && evidence.candidate.removedOnOffice && evidence.candidate.office !== null ? undefined : refuse('statement.profile-keeps-the-name', {}, 'PER-6'),
  decide: ({ personId, because, office }, state, { now, evidence }) => {
    const own = standing(state.signatures).find((s) => s.personId === personId);
    const profile = evidence?.candidate?.profile ?? undefined;
    if (own === undefined) return [];
    return [event('SignatureRemoved', { personId, at: now, beforePublication: beforePublication(state), because, office, profile, signedAt: own.at, ...others(state, personId) })];
  },
});
