import { isRefusal, refuse, type Refusal } from '#kernel';
import type { z } from 'zod';
import { hoursBetween, reached } from '../calendar.js';
import { Subject } from './events.js';
import { type BallotRule, ballotRule, defaultRule, quorumOf } from './outcome.js';
import { CHARTER_DEFAULTS } from '../data/charter-defaults.js';
import { type Ctx, event, part, type Rules, schema } from './rules.js';

/** Type and id say what is decided on; the rest is read from the record, and refused where it differs from what the opener saw. */
const Proposition = Subject.partial({ revision: true, title: true });
type Proposition = z.output<typeof Proposition>;
/** In an import the source says who was entitled; now and here the record does. */
const Entitled = schema('BallotOpened').shape.entitled.optional().meta({ import: true });

/** DEC-1: the proposition is there, may be decided on, and is the one that the opener saw. */
function propositionRules({ type, revision, digest }: Proposition, { evidence: { subject } }: Ctx): Rules {
  if (subject === null) return [type !== 'other' && refuse('decision.unknown-subject', {}, 'DEC-1')];
  return [
    !subject.ready && refuse('decision.subject-not-ready', {}, 'DEC-1'),
    subject.before && refuse('decision.subject-before-another', {}, 'DEC-1'),
    revision !== undefined && subject.revision !== null && revision !== subject.revision &&
      refuse('decision.subject-changed', { revision: subject.revision }, 'DEC-1'),
    digest !== undefined && subject.digests.length > 0 && !subject.digests.includes(digest) && refuse('decision.other-text', {}, 'DEC-1'),
  ];
}
const entitledRules = ({ entitled }: { readonly entitled?: readonly string[] | undefined }, { evidence }: Ctx): Rules => [
  entitled !== undefined && refuse('decision.entitled-by-record', {}, 'DEC-5'),
  !['initiative', 'constituted'].includes(evidence.networkStatus) && refuse('decision.no-such-network', {}, 'NET-2'),
];

interface Opened {
  readonly decisionId: string;
  readonly subject: Subject;
  readonly entitled: string[];
  readonly charterVersion: string;
  readonly networkId?: string;
}
/** What every opening fixes: the proposition and the list of those who decide (DEC-1, DEC-5). */
function open(asked: Proposition, told: readonly string[] | undefined, { evidence, mode, sha256 }: Ctx): Opened | Refusal {
  const { subject: known, id, charterVersion, networkId } = evidence;
  const { type, id: subjectId } = asked;
  const title = asked.title ?? known?.title ?? undefined;
  if (title === undefined) return refuse('decision.title-missing', {}, 'DEC-1');
  const content = known?.content ?? null;
  const digest = asked.digest ?? known?.digests[0] ?? (content === null ? undefined : sha256(content));
  // A text is decided on by its digest or not at all.
  if (type === 'statement' && digest === undefined) return refuse('decision.digest-missing', {}, 'DEC-1');
  const entitled = mode === 'import' && told ? told : evidence.entitled;
  if (entitled.length === 0) return refuse('decision.nobody-entitled', {}, 'DEC-5');
  const subject = { type, id: subjectId, revision: asked.revision ?? known?.revision ?? 0, ...(digest === undefined ? {} : { digest }), title };
  return { decisionId: id, subject, entitled: [...entitled], charterVersion, ...(networkId === '' ? {} : { networkId }) };
}

/** DEC-2: long enough, said in the time of a real clock, and not on days that the network has declared quiet, unless urgent. */
export function deadlineRules(deadline: { readonly wallTime: string; readonly timezone: string }, urgency: 'ordinary' | 'crisis', { evidence }: Ctx): Rules {
  const { wallTime, quietWindows } = evidence;
  if (wallTime === null) return [refuse('decision.unknown-time-zone', { timezone: deadline.timezone }, 'DEC-2')];
  if (wallTime === undefined) return [];
  const said = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.exec(deadline.wallTime)?.[0].replace(' ', 'T');
  const quiet = urgency === 'ordinary' ? quietWindows.find((w) => w.from <= wallTime.slice(0, 10) && wallTime.slice(0, 10) <= w.to) : undefined;
  return [
    said !== undefined && said !== wallTime && refuse('decision.other-wall-time', { wallTime: wallTime.replace('T', ' '), timezone: deadline.timezone }, 'DEC-2'),
    quiet !== undefined && refuse('decision.quiet-window', { from: quiet.from, to: quiet.to }, 'DEC-2'),
  ];
}

export const OpenSilenceProcedure = part({
  input: schema('SilenceProcedureOpened').pick({ deadline: true, urgency: true }).extend({ subject: Proposition, entitled: Entitled }),
  guard: ({ subject, entitled, deadline, urgency }, _, ctx) => {
    const { silence } = ctx.evidence;
    const least = urgency === 'crisis' ? silence.crisisHours : silence.minHours;
    return [
      ...propositionRules(subject, ctx),
      ...entitledRules({ entitled }, ctx),
      hoursBetween(ctx.now, deadline.instant) < least && refuse('decision.silence-too-short', { hours: least }, 'DEC-2'),
      ...deadlineRules(deadline, urgency, ctx),
    ];
  },
  decide: ({ subject, entitled, ...input }, _, ctx) => {
    const opened = open(subject, entitled, ctx);
    return isRefusal(opened) ? opened : [event('SilenceProcedureOpened', { ...opened, ...input })];
  },
});

/** DEC-6: by the rule of the charter; where it has none for this question, by the one that is stated or the default. */
const ruleFor = (asked: BallotRule | undefined, type: Subject['type'], { evidence }: Ctx): BallotRule =>
  asked ?? ballotRule(evidence.charterRule) ?? defaultRule(type);
/** The quorum of the rules of procedure; where they have none, the one that is stated or the default. */
const quorumFor = (asked: number | undefined, entitled: number, { evidence: { quorumPercent } }: Ctx): number =>
  asked ?? quorumOf(entitled, quorumPercent ?? CHARTER_DEFAULTS.quorumPercent);

export const OpenBallot = part({
  input: schema('BallotOpened')
    .pick({ rule: true, secret: true, closesAt: true, quorum: true })
    .partial({ rule: true, quorum: true })
    .extend({ subject: Proposition, entitled: Entitled }),
  guard: ({ subject, entitled, rule, closesAt, quorum }, _, ctx) => {
    const { charterRule, quorumPercent, entitled: voting } = ctx.evidence;
    const [wanted, least] = [ballotRule(charterRule), quorumPercent === null ? undefined : quorumOf(voting.length, quorumPercent)];
    return [
      ...propositionRules(subject, ctx),
      ...entitledRules({ entitled }, ctx),
      reached(closesAt, ctx.now) && refuse('decision.closes-in-past', { at: closesAt }, 'DEC-1'),
      rule !== undefined && wanted !== null && rule !== wanted && refuse('decision.rule-of-charter', { rule: wanted }, 'DEC-6'),
      quorum !== undefined && least !== undefined && quorum !== least && refuse('decision.quorum-of-rules', { quorum: least }, 'DEC-6'),
      quorum !== undefined && quorum > voting.length && refuse('decision.quorum-out-of-reach', { quorum, entitled: voting.length }, 'DEC-6'),
    ];
  },
  decide: ({ subject, entitled, rule, quorum, ...input }, _, ctx) => {
    const opened = open(subject, entitled, ctx);
    if (isRefusal(opened)) return opened;
    const fixed = { rule: ruleFor(rule, subject.type, ctx), quorum: quorumFor(quorum, opened.entitled.length, ctx) };
    return [event('BallotOpened', { ...opened, ...input, ...fixed })];
  },
});

export const CallConsensus = part({
  input: schema('ConsensusCalled').pick({ meetingId: true }).extend({ subject: Proposition, entitled: Entitled }),
  guard: ({ subject, entitled }, _, ctx) => [
    ...propositionRules(subject, ctx),
    ...entitledRules({ entitled }, ctx),
    // Of a meeting that is on record: what is decided while it is inquorate is void.
    (ctx.evidence.meeting ?? 'open') !== 'open' && refuse('decision.meeting-not-open', {}, 'MTG-2'),
  ],
  decide: ({ subject, entitled, ...input }, _, ctx) => {
    const opened = open(subject, entitled, ctx);
    return isRefusal(opened) ? opened : [event('ConsensusCalled', { ...opened, ...input })];
  },
});
