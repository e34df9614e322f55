import { Day, Edtf, GroupId, isRefusal, NonEmpty, Prose, refuse, refuseAll } from '#kernel';
import { z } from 'zod';
import { addMonths, dayOf } from './days.js';
import { MouEvents } from './events.js';
import { asParticipant, type Ctx, event, onBehalf, type Part, part } from './rules.js';
import { tellOthers } from './state.js';

const today = (ctx: Ctx) => dayOf(ctx.now);
const bySystem = (ctx: Ctx) => ctx.actor.capacity === 'system';
const sourced = { on: Edtf.optional().meta({ import: true }) };
const dayGiven = (on: string | undefined, ctx: Ctx) => (ctx.mode === 'import' ? (on ?? 'XXXX') : today(ctx));
const typed = (input: { on?: string | undefined }, ctx: Ctx) =>
  ctx.mode !== 'import' && input.on !== undefined ? refuse('mou.computed-not-typed', {}, 'MOU-6') : undefined;

/** In an import evidence replaces guards (G3); a rule that fires there has none, and is judged by them all the same. */
const rulesToo = <I>(row: Part<I>): Part<I> => ({
  ...row,
  decide: (input, state, ctx) => {
    const guarded = ctx.mode === 'import' && bySystem(ctx) ? row.guard?.(input, state, ctx) : undefined;
    const refusal = isRefusal(guarded) || guarded === undefined ? guarded : refuseAll(guarded);
    return refusal ?? row.decide(input, state, ctx);
  },
});

/** A rule suspends by the clause of the instrument; a chair only where the clause lets every participant ask for it. */
export const SuspendMou = rulesToo(part({
  input: z.object({
    scope: z.enum(['instrument', 'participant']).default('instrument'),
    /** With scope `participant`: for whose sake. In an import, for whom it was asked. */
    participantId: GroupId.optional(),
    reason: Prose,
    from: Edtf.optional().meta({ import: true }),
    ...onBehalf,
  }),
  guard: (input, { terms }, ctx) => {
    const { suspension = 'none' } = terms;
    const permitted = bySystem(ctx) ? suspension !== 'none' : suspension === 'any-participant';
    return [
      !permitted && refuse('mou.no-suspension-clause', {}),
      input.from !== undefined && refuse('mou.computed-not-typed', {}, 'G2'),
    ];
  },
  decide: (input, state, ctx) => {
    const { scope, reason, participantId } = input;
    if (participantId !== undefined && !state.participants.includes(participantId)) return refuse('mou.not-a-participant', { group: participantId }, 'MOU-1');
    if ((scope === 'participant') !== (participantId !== undefined)) return refuse('mou.scope-incomplete', {});
    const from = dayGiven(input.from, ctx);
    const suspended = (by: string) => [event('MouSuspended', { by, scope, groupId: participantId, reason, from })];
    return bySystem(ctx) ? suspended(ctx.actor.rule ?? 'system') : asParticipant(input, state, ctx, suspended);
  },
}));

/** By the participant that asked for it; where a rule suspended, by any but the one for whose sake it did. */
export const ResumeMou = part({
  input: z.object({ ...sourced, ...onBehalf }),
  guard: (input, _, ctx) => typed(input, ctx),
  decide: (input, state, ctx) =>
    asParticipant(input, state, ctx, (group) => {
      const { suspension } = state;
      const asked = suspension !== null && state.participants.includes(suspension.by);
      if (asked && suspension.by !== group) return refuse('mou.others-suspended-it', {});
      if (!asked && suspension?.groupId === group) return refuse('mou.suspended-for-its-sake', {});
      return [event('MouResumed', { on: dayGiven(input.on, ctx) })];
    }),
});

/** Effective when the months of the clause have run, or on a later day that the notice names. */
export const GiveMouNotice = part({
  input: z.object({ effectiveOn: Day.optional(), ...onBehalf }),
  decide: (input, state, ctx) =>
    asParticipant(input, state, ctx, (groupId) => {
      if (state.notices.some((n) => n.groupId === groupId)) return refuse('mou.notice-already-given', {}, 'MOU-9');
      const months = state.terms.withdrawalNoticeMonths;
      const earliest = months === undefined ? undefined : addMonths(today(ctx), months);
      const effectiveOn = input.effectiveOn ?? (ctx.mode === 'import' ? undefined : earliest);
      if (effectiveOn === undefined) return refuse('mou.notice-period-unknown', {}, 'MOU-9');
      const soonest = earliest ?? today(ctx);
      if (ctx.mode !== 'import' && effectiveOn < soonest) return refuse('mou.notice-too-short', { earliest: soonest }, 'MOU-9');
      return [event('MouWithdrawalNotified', { groupId, effectiveOn, ...tellOthers(state, ctx.actor.personId) })];
    }),
});

export const CompleteMouWithdrawal = rulesToo(part({
  input: z.object({ groupId: GroupId, ...sourced }),
  guard: (input, state, ctx) => {
    const notice = state.notices.find((n) => n.groupId === input.groupId);
    return [
      typed(input, ctx),
      notice !== undefined && notice.effectiveOn > today(ctx) && refuse('mou.notice-still-runs', { on: notice.effectiveOn }, 'MOU-9')];
  },
  decide: ({ groupId, on }, state) => {
    if (!state.participants.includes(groupId)) return refuse('mou.not-a-participant', { group: groupId }, 'MOU-9');
    const notice = state.notices.find((n) => n.groupId === groupId);
    if (notice === undefined) return refuse('mou.no-notice', {}, 'MOU-9');
    return [event('MouParticipantWithdrew', { groupId, on: on ?? notice.effectiveOn })];
  },
}));

/** When fewer than two are left, or by a decision of all participants, which a chair names. */
export const TerminateMou = rulesToo(part({
  input: z.object({ decisionRef: NonEmpty.optional(), ...sourced, ...onBehalf }),
  guard: (input, { participants }, ctx) => [
    typed(input, ctx),
    participants.length >= 2 && (bySystem(ctx) || input.decisionRef === undefined) && refuse('mou.termination-needs-consent', {}, 'MOU-9'),
  ],
  decide: (input, state, ctx) => {
    const { decisionRef } = input;
    const reason = state.participants.length < 2 ? 'fewer-than-two' : decisionRef === undefined ? 'unknown' : 'mutual-consent';
    const terminated = [event('MouTerminated', { on: dayGiven(input.on, ctx), reason, decisionRef })];
    return bySystem(ctx) || ctx.mode === 'import' ? terminated : asParticipant(input, state, ctx, () => terminated);
  },
}));

/** After its last day, unless the clause says that it runs on by itself. */
export const ExpireMou = rulesToo(part({
  input: z.object(sourced),
  guard: (input, state, ctx) => {
    const { expiresOn, terms } = state;
    return [
      typed(input, ctx),
      terms.renewal === 'tacit' && state.notices.length === 0 && refuse('mou.renews-tacitly', {}, 'MOU-6'),
      expiresOn !== null && expiresOn >= today(ctx) && refuse('mou.not-expired-yet', { on: expiresOn }, 'MOU-6'),
    ];
  },
  decide: ({ on }, state) => {
    const day = on ?? state.expiresOn;
    return day === null ? refuse('mou.without-term', {}, 'MOU-6') : [event('MouExpired', { on: day })];
  },
}));

/** By an instrument in effect that says so and binds the same participants. */
export const SupersedeMou = rulesToo(part({
  input: MouEvents.schema('MouSuperseded'),
  guard: (_, state, ctx) => {
    const by = ctx.evidence?.successor;
    const covers = by !== undefined && state.participants.every((g) => by.participants.includes(g));
    const names = by?.supersedes.includes(ctx.evidence?.id ?? '') ?? false;
    return by?.status === 'inEffect' && covers && names ? undefined : refuse('mou.successor-not-in-effect', {});
  },
  decide: (input) => [event('MouSuperseded', input)],
}));
