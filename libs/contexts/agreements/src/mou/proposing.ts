import { Multilingual, refuse } from '#kernel';
import { z } from 'zod';
import { MouEvents } from './events.js';
import { actingGroup, asParticipant, bodyOf, event, onBehalf, part, participantsProblem } from './rules.js';
import { ClauseKind } from './schemas.js';
import { tellOthers } from './state.js';
import { digestsOf } from './text.js';

const twice = (list: readonly string[]) => new Set(list).size !== list.length;

export const ProposeMou = part({
  input: MouEvents.schema('MouProposed').omit({ by: true }).extend(onBehalf),
  guard: ({ participants }, _, ctx) =>
    participants.map((id) => {
      const body = bodyOf(id, ctx);
      return !body.mayParticipate && refuse('mou.not-a-group', { participant: id, kind: body.kind }, 'MOU-1');
    }),
  decide: ({ groupId, ...input }, state, ctx) => {
    const { participants, effect, renewal, renewalMonths, duration, authenticLanguages } = input;
    const problem = participantsProblem(participants);
    if (problem) return problem;
    if (twice(authenticLanguages)) return refuse('mou.language-twice', {}, 'MOU-2');
    const incomplete =
      (effect.rule === 'fixed-date' && effect.date === undefined) ||
      (effect.rule === 'n-signatures' && (effect.n === undefined || effect.n > participants.length));
    if (incomplete) return refuse('mou.effect-incomplete', { rule: effect.rule }, 'MOU-6');
    const limited = duration?.months !== undefined || duration?.until !== undefined;
    if (renewal === 'tacit' && (renewalMonths === undefined || !limited)) return refuse('mou.renewal-incomplete', {}, 'MOU-6');
    return asParticipant({ groupId }, { ...state, participants }, ctx, (by) => [event('MouProposed', { ...input, by })]);
  },
});

export const ImportHistoricalMou = part({
  input: MouEvents.schema('MouRecordedFromSource')
    .omit({ digests: true, clauses: true })
    .extend({ clauses: z.array(z.object({ kind: ClauseKind, text: Multilingual })).max(300).optional() }),
  // An exercise sets up its invented past the same way.
  guard: (_, __, ctx) => (ctx.mode === 'live' ? refuse('mou.import-only', {}, 'G3') : undefined),
  decide: (input, _, ctx) => {
    const problem = participantsProblem(input.participants);
    if (problem) return problem;
    if (!input.textAvailable && input.clauses !== undefined) return refuse('mou.text-not-available', {}, 'MOU-11');
    const stranger = input.signatories.find((s) => s.groupId !== undefined && !input.participants.includes(s.groupId));
    if (stranger?.groupId !== undefined) return refuse('mou.not-a-participant', { group: stranger.groupId }, 'MOU-11');
    const clauses = input.clauses?.map((c, i) => ({ clauseId: ctx.newId(i), ...c }));
    const found = clauses && digestsOf(clauses.map((c) => ({ id: c.clauseId, ...c })), input.authenticLanguages ?? [], ctx.sha256);
    const digests = found && Object.keys(found).length > 0 ? found : undefined;
    return [event('MouRecordedFromSource', { ...input, clauses, digests })];
  },
});

/** By a participant other than the one that proposed: it is the acceptance of the proposal. */
export const OpenNegotiation = part({
  input: MouEvents.schema('MouNegotiationOpened').omit({ by: true }).extend(onBehalf),
  guard: (input, state, ctx) =>
    actingGroup(input, ctx) === state.proposer ? refuse('mou.proposer-cannot-accept', {}, 'MOU-1') : undefined,
  decide: ({ groupId, leads, timetable }, state, ctx) => {
    const stranger = Object.keys(leads).find((g) => !state.participants.includes(g));
    if (stranger !== undefined) return refuse('mou.not-a-participant', { group: stranger }, 'MOU-1');
    return asParticipant({ groupId }, state, ctx, (by) => [event('MouNegotiationOpened', { leads, timetable, by })]);
  },
});

export const AbandonMou = part({
  input: MouEvents.schema('MouAbandoned').pick({ reason: true }).extend(onBehalf),
  // Who has signed does not reject what it signed: only where the others can no longer, or will not, sign.
  guard: (input, { signatures, opened, declined }, ctx) => {
    const group = actingGroup(input, ctx);
    const bound = signatures.some((s) => s.groupId === group) && opened?.closed !== true && declined.length === 0;
    return bound ? refuse('mou.signed-cannot-reject', {}, 'MOU-5') : undefined;
  },
  decide: ({ groupId, reason }, state, ctx) =>
    asParticipant({ groupId }, state, ctx, (by) => [event('MouAbandoned', { reason, by, ...tellOthers(state, ctx.actor.personId) })]),
});
