import { type Duty, type EventMeta, GREEN, type Multilingual, type View } from '#kernel';
import type { DataOf, DecisionEvent, Subject } from '../decision-procedure/events.js';
import { attributedTo, type DecisionProcedure } from '../decision-procedure/state.js';

export interface DecisionDoc {
  status: DecisionProcedure['status'];
  kind: 'silence' | 'ballot' | 'consensus';
  networkId: string | null;
  subject: Subject;
  meetingId: string | null;
  entitled: readonly string[];
  notified: readonly { member: string; channel: string; deliveredAt: string }[];
  openedAt: string;
  /** For the countdown, with the wall time and zone in which it was stated. */
  deadline: { instant: string; wallTime: string; timezone: string } | null;
  extensions: readonly { instant: string; reason: string }[];
  urgency: 'ordinary' | 'crisis' | null;
  rule: string;
  secret: boolean;
  quorum: number;
  charterVersion: string | null;
  /** Of the rules of procedure from which quorum and periods were taken. */
  rulesVersion: string | null;
  supporters: readonly string[];
  /** Who has taken part; how is nobody's business before the close, and of a secret ballot never. */
  voted: readonly string[];
  /** Only after close. */
  counts: { yes: number; no: number; abstain: number; notVoting: number } | null;
  present: number | null;
  /** Who voted how, after the close of an open ballot. */
  roll: readonly { by: string; option: string }[] | null;
  broken: { by: string; reason: string; receivedAt: string; proposedText: string | null } | null;
  blocked: { by: readonly string[]; reasons: readonly string[] } | null;
  statements: readonly { kind: 'reservation' | 'explanation' | 'disassociation'; by: string; clauses: readonly string[] | null; text: Multilingual; at: string }[];
  /** To whom an adopted decision is attributed (DEC-7). */
  attributedTo: readonly string[] | null;
  decidedAt: string | null;
  cancelled: string | null;
}

interface Opened {
  readonly subject: Subject;
  readonly entitled: readonly string[];
  readonly networkId?: string | undefined;
  readonly charterVersion?: string | undefined;
}
const base = ({ subject, entitled, networkId, charterVersion }: Opened, { recordedAt: openedAt, basis }: EventMeta) => ({
  networkId: networkId ?? null, subject, meetingId: null, entitled, notified: [], openedAt, deadline: null, extensions: [], urgency: null, secret: false, quorum: 0,
  charterVersion: charterVersion ?? null, rulesVersion: basis?.['rulesVersion'] ?? null, supporters: [], voted: [], counts: null, present: null, roll: null, broken: null, blocked: null, statements: [],
  attributedTo: null, decidedAt: null, cancelled: null,
});
const utc = (instant: string) => ({ instant, wallTime: instant, timezone: 'UTC' });

type Said = DecisionDoc['statements'][number];
/** Attribution follows disassociation, whenever that is declared. */
function say(doc: DecisionDoc | null, said: Said): DecisionDoc | null {
  if (doc === null) return null;
  const statements = [...doc.statements, said];
  return { ...doc, statements, attributedTo: doc.status === 'adopted' ? attribution(doc.entitled, statements) : null };
}
const attribution = (entitled: readonly string[], statements: readonly Said[]) =>
  attributedTo({ entitled, disassociated: statements.filter((s) => s.kind === 'disassociation' && s.clauses === null).map((s) => s.by) });

function dutiesOf(doc: DecisionDoc): Duty[] {
  const end = doc.deadline === null ? {} : { deadline: doc.deadline.instant };
  switch (doc.status) {
    case 'ballot':
      return doc.entitled
        .filter((group) => !doc.voted.includes(group))
        .map((group) => ({ kind: 'decision-vote', holder: `chair:${group}`, ...end, command: 'CastVote' }));
    case 'silence': {
      const told = doc.notified.map((n) => n.member);
      const missing = doc.entitled.some((group) => !told.includes(group));
      return [
        ...doc.entitled
          .filter((group) => !doc.supporters.includes(group))
          .map((group) => ({ kind: 'decision-silence', holder: `chair:${group}`, ...end, command: 'BreakSilence' })),
        ...(missing ? [{ kind: 'decision-notify', holder: 'network-secretariat', ...end, command: 'ExtendSilence' }] : []),
      ];
    }
    case 'consensusCall':
      return [{ kind: 'decision-consensus', holder: 'network-chair', command: 'DeclareConsensus' }];
    default:
      return [];
  }
}

const saidIn = (d: DataOf<'DisassociationDeclared'>) => (d.scope === 'whole' ? null : d.scope);

export const decisions: View<DecisionDoc, DecisionEvent> = {
  name: 'decisions',
  version: 3,
  category: 'decision',
  on: {
    SilenceProcedureOpened: (_, d, { meta }) => ({
      ...base(d, meta), status: 'silence', kind: 'silence', rule: 'silence', deadline: d.deadline, urgency: d.urgency,
    }),
    BallotOpened: (_, d, { meta }) => ({
      ...base(d, meta), status: 'ballot', kind: 'ballot', rule: d.rule, deadline: utc(d.closesAt), secret: d.secret, quorum: d.quorum,
    }),
    ConsensusCalled: (_, d, { meta }) => ({
      ...base(d, meta), status: 'consensusCall', kind: 'consensus', rule: 'consensus', meetingId: d.meetingId ?? null,
    }),
    NotificationDelivered: (doc, d) => doc && { ...doc, notified: [...doc.notified, d] },
    SilenceBroken: (doc, d) =>
      doc && {
        ...doc, status: 'broken', decidedAt: d.receivedAt,
        broken: { by: d.by, reason: d.reason, receivedAt: d.receivedAt, proposedText: d.proposedText ?? null },
      },
    SilencePeriodExtended: (doc, d) =>
      doc && { ...doc, deadline: d.newDeadline, extensions: [...doc.extensions, { instant: d.newDeadline.instant, reason: d.reason }] },
    SupportExpressed: (doc, d) => doc && { ...doc, supporters: [...doc.supporters, d.by] },
    SilenceObserved: (doc) => doc,
    // That a group has voted is seen, never how: its option does not enter this document.
    VoteCast: (doc, { by }) => doc && { ...doc, voted: doc.voted.includes(by) ? doc.voted : [...doc.voted, by] },
    BallotClosed: (doc, d) => doc && { ...doc, counts: d.counts, present: d.quorum.present, roll: d.roll ?? null },
    ConsensusDeclared: (doc) => doc,
    ConsensusBlocked: (doc, d) => doc && { ...doc, blocked: d },
    DecisionAdopted: (doc, d) => doc && { ...doc, status: 'adopted', decidedAt: d.at, attributedTo: attribution(doc.entitled, doc.statements) },
    DecisionRejected: (doc, d) => doc && { ...doc, status: 'rejected', decidedAt: d.at },
    DecisionFellInquorate: (doc, _, { meta }) => doc && { ...doc, status: 'inquorate', decidedAt: meta.recordedAt },
    ReservationEntered: (doc, d, { meta }) => say(doc, { kind: 'reservation', by: d.by, clauses: d.clauses, text: d.text, at: meta.recordedAt }),
    ExplanationOfPositionEntered: (doc, d, { meta }) => say(doc, { kind: 'explanation', by: d.by, clauses: null, text: d.text, at: meta.recordedAt }),
    DisassociationDeclared: (doc, d, { meta }) => say(doc, { kind: 'disassociation', by: d.by, clauses: saidIn(d), text: d.text, at: meta.recordedAt }),
    DecisionProcedureCancelled: (doc, d) => doc && { ...doc, status: 'cancelled', cancelled: d.reason },
  },
  // The document's own label: that of a vote is its group's, and would hide the procedure from everybody else.
  label: (doc) => ({ ...GREEN, groups: [...doc.entitled] }),
  belongs: { column: 'subject', category: 'statement' },
  columns: {
    status: (doc) => doc.status, kind: (doc) => doc.kind, subject: (doc) => doc.subject.id, subjectType: (doc) => doc.subject.type,
    networkId: (doc) => doc.networkId, deadline: (doc) => doc.deadline?.instant ?? null,
  },
  title: (doc) => doc.subject.title,
  words: (doc) => doc.statements.flatMap((s) => Object.values(s.text)).join(' '),
  duties: dutiesOf,
};
