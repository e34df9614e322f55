import { refuse } from '#kernel';
import { reached } from '../calendar.js';
import { Counts, Option } from './events.js';
import { count, outcome, present } from './outcome.js';
import { adopted, type Ctx, event, everyoneNotified, forMember, over, part, rejected, schema, speaks } from './rules.js';
import { deadlineRules } from './opening.js';
import { type DecisionProcedure, everyoneVoted } from './state.js';

export const RecordNotification = part({
  // Left out, it is delivered by being recorded.
  input: schema('NotificationDelivered').partial({ deliveredAt: true }),
  // One proof is enough; a notice to somebody who does not decide proves nothing, nor does one that came when all was over.
  decide: ({ deliveredAt: told, ...input }, { entitled, notified, deadline }, { now }) => {
    const deliveredAt = told ?? now;
    const inTime = deadline === null || !reached(deadline, deliveredAt);
    return inTime && entitled.includes(input.member) && !notified.includes(input.member) ? [event('NotificationDelivered', { ...input, deliveredAt })] : [];
  },
});

export const BreakSilence = part({
  input: schema('SilenceBroken').pick({ reason: true, proposedText: true }),
  guard: (_, state, ctx) => [
    speaks(ctx.actor),
    over(state, ctx) && refuse('decision.objection-late', { deadline: state.deadline ?? '' }, 'DEC-3'),
  ],
  decide: (input, state, ctx) => forMember(state, ctx, (by) => [event('SilenceBroken', { by, receivedAt: ctx.now, ...input })]),
});

/** A silence that has ended with everybody notified is observed, not prolonged; the system extends only for want of a notice (DEC-4). */
export const ExtendSilence = part({
  // Left out, the new end is as far ahead of now as the shortest silence of its urgency, outside quiet windows.
  input: schema('SilencePeriodExtended').partial({ newDeadline: true }),
  guard: ({ newDeadline }, state, ctx) => {
    const wanted = newDeadline ?? ctx.evidence.extension;
    const complete = everyoneNotified(state);
    return [
      ctx.actor.capacity === 'system' && complete && refuse('decision.all-notified', {}, 'DEC-4'),
      over(state, ctx) && complete && refuse('decision.silence-over', { deadline: state.deadline ?? '' }, 'DEC-3'),
      wanted !== undefined && reached(wanted.instant, ctx.now) && refuse('decision.closes-in-past', { at: wanted.instant }, 'DEC-2'),
      ...(newDeadline === undefined ? [] : deadlineRules(newDeadline, state.urgency, ctx)),
    ];
  },
  decide: ({ newDeadline, reason }, { deadline }, { evidence }) => {
    const wanted = newDeadline ?? evidence.extension;
    const already = wanted !== undefined && deadline !== null && reached(wanted.instant, deadline);
    if (already && reached(deadline, wanted.instant)) return [];
    if (already || wanted === undefined) return refuse('decision.not-an-extension', { deadline: deadline ?? '' }, 'DEC-2');
    return [event('SilencePeriodExtended', { newDeadline: wanted, reason })];
  },
});

export const ExpressSupport = part({
  input: schema('SupportExpressed').omit({ by: true }),
  guard: (_, __, { actor }) => speaks(actor),
  decide: (_, state, ctx) => forMember(state, ctx, (by) => (state.supporters.includes(by) ? [] : [event('SupportExpressed', { by })])),
});

export const ObserveSilence = part({
  input: schema('SilenceObserved').pick({}),
  guard: (_, state, ctx) => [
    !over(state, ctx) && refuse('decision.silence-runs', { until: state.deadline ?? '' }, 'DEC-3'),
    !everyoneNotified(state) && refuse('decision.not-all-notified', { notified: state.notified.length, entitled: state.entitled.length }, 'DEC-4'),
  ],
  decide: (_, state, { now }) => [
    event('SilenceObserved', { at: now, objections: 0, notified: state.notified.length, entitled: state.entitled.length }),
    adopted(state, now),
  ],
});

export const CastVote = part({
  input: schema('VoteCast').pick({ option: true }),
  guard: (_, state, ctx) => [speaks(ctx.actor), over(state, ctx) && refuse('decision.ballot-over', { at: state.deadline ?? '' }, 'DEC-5')],
  decide: ({ option }, state, ctx) =>
    forMember(state, ctx, (by) => (state.votes[by] === option ? [] : [event('VoteCast', { by, option, castAt: ctx.now })])),
});

/** Totals that a source tells; now and here they are counted. */
const Closing = schema('BallotClosed').pick({}).extend({ counts: Counts.optional().meta({ import: true }) });
function closing(wanted: 'adopted' | 'rejected' | 'inquorate') {
  const closed = (state: DecisionProcedure, told: Counts | undefined, mode: string) => {
    const counts = mode === 'import' && told ? told : count(state.votes, state.entitled);
    const roll = state.entitled.flatMap((by) => (state.votes[by] === undefined ? [] : [{ by, option: Option.parse(state.votes[by]) }]));
    const quorum = { required: state.quorum, present: present(counts) };
    return event('BallotClosed', { counts, quorum, ...(state.secret || roll.length === 0 ? {} : { roll }) });
  };
  return part({
    input: Closing,
    // Before its end a ballot says nothing, also not by what it refuses: the outcome is looked at only afterwards (G6). Nobody
    // chooses an earlier moment: the rule alone closes it before its time, when the last has voted.
    guard: ({ counts: told }, state, ctx: Ctx) => {
      const complete = ctx.actor.capacity === 'system' && everyoneVoted(state);
      if (!complete && !over(state, ctx)) return refuse('decision.ballot-runs', { until: state.deadline ?? '' }, 'DEC-6');
      const is = outcome(state.rule ?? 'unanimity', count(state.votes, state.entitled), state.quorum);
      return [
        is !== wanted && refuse('decision.other-outcome', { outcome: is }, 'DEC-6'),
        told !== undefined && refuse('decision.counts-by-record', {}, 'DEC-6'),
      ];
    },
    decide: ({ counts: told }, state, { now, mode }) => {
      const end = closed(state, told, mode);
      if (wanted === 'adopted') return [end, adopted(state, now)];
      if (wanted === 'rejected') return [end, rejected(state, now)];
      const { present: took, required } = (end.data as { quorum: { present: number; required: number } }).quorum;
      return [end, event('DecisionFellInquorate', { decisionId: state.decisionId, present: took, required })];
    },
  });
}
type Counts = ReturnType<typeof count>;
export const CloseBallotAdopted = closing('adopted');
export const CloseBallotRejected = closing('rejected');
export const CloseBallotInquorate = closing('inquorate');

export const DeclareConsensus = part({
  input: schema('ConsensusDeclared').pick({}),
  decide: (_, state, { now, actor }) => [event('ConsensusDeclared', { by: actor.personId, at: now }), adopted(state, now)],
});

export const RecordConsensusBlocked = part({
  input: schema('ConsensusBlocked'),
  decide: (input, state, { now }) =>
    input.by.every((group) => state.entitled.includes(group))
      ? [event('ConsensusBlocked', input), rejected(state, now)]
      : refuse('decision.blocker-not-entitled', {}, 'DEC-5'),
});

/** What has run its time is decided by the rule, not by breaking it off (DEC-6). */
export const CancelProcedure = part({
  input: schema('DecisionProcedureCancelled').omit({ by: true }),
  guard: (_, state, ctx) => {
    const due = over(state, ctx) && (state.status === 'ballot' || (state.status === 'silence' && everyoneNotified(state)));
    return due ? refuse('decision.outcome-due', { at: state.deadline ?? '' }, 'DEC-6') : undefined;
  },
  decide: (input, _, { actor }) => [event('DecisionProcedureCancelled', { by: actor.personId, ...input })],
});
