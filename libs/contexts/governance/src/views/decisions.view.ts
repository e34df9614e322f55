import type { Duty, Multilingual, View } from '#kernel';
import type { DecisionEvent, Subject } from '../decision-procedure/events.js';
import type { DecisionProcedure } from '../decision-procedure/decision-procedure.js';

export interface DecisionDoc {
  status: DecisionProcedure['status'];
  kind: 'silence' | 'ballot' | 'consensus';
  subject: Subject;
  entitled: readonly string[];
  notified: readonly { member: string; channel: string; deliveredAt: string }[];
  deadline: { instant: string; wallTime: string; timezone: string } | null;
  urgency: 'ordinary' | 'crisis' | null;
  rule: string;
  secret: boolean;
  quorum: number;
  charterVersion: string | null;
  supporters: readonly string[];
  /** Only after close: what was voted is nobody's before. */
  counts: { yes: number; no: number; abstain: number; notVoting: number } | null;
  broken: { by: string; reason: string; receivedAt: string } | null;
  blocked: { by: readonly string[]; reasons: readonly string[] } | null;
  statements: readonly { kind: 'reservation' | 'explanation' | 'disassociation'; by: string; clauses: readonly string[] | null; text: Multilingual }[];
  decidedAt: string | null;
  cancelled: string | null;
}

const base = (subject: Subject, entitled: readonly string[]) => ({
  subject, entitled, notified: [], deadline: null, urgency: null, secret: false, quorum: 0, charterVersion: null, supporters: [], counts: null, broken: null,
  blocked: null, statements: [], decidedAt: null, cancelled: null,
});
const utc = (instant: string) => ({ instant, wallTime: instant, timezone: 'UTC' });
type Said = DecisionDoc['statements'][number];
const say = (doc: DecisionDoc | null, said: Said) => doc && { ...doc, statements: [...doc.statements, said] };

function dutiesOf(doc: DecisionDoc): Duty[] {
  const deadline = doc.deadline === null ? {} : { deadline: doc.deadline.instant };
  if (doc.status === 'ballot')
    return [
      ...doc.entitled.map((g) => ({ kind: 'decision-vote', holder: `chair:${g}`, ...deadline, command: 'CastVote' })),
      { kind: 'decision-close', holder: 'network-secretariat', ...deadline },
    ];
  if (doc.status === 'silence') return doc.entitled.map((g) => ({ kind: 'decision-silence', holder: `chair:${g}`, ...deadline, command: 'BreakSilence' }));
  if (doc.status === 'consensusCall') return [{ kind: 'decision-consensus', holder: 'network-chair', command: 'DeclareConsensus' }];
  return [];
}

export const decisions: View<DecisionDoc, DecisionEvent> = {
  name: 'decisions',
  version: 1,
  category: 'decision',
  on: {
    SilenceProcedureOpened: (_, d) => ({
      ...base(d.subject, d.entitled), status: 'silence', kind: 'silence', rule: 'silence', deadline: d.deadline, urgency: d.urgency, charterVersion: d.charterVersion,
    }),
    BallotOpened: (_, d) => ({
      ...base(d.subject, d.entitled), status: 'ballot', kind: 'ballot', rule: d.rule, secret: d.secret, quorum: d.quorum, deadline: utc(d.closesAt), charterVersion: d.charterVersion,
    }),
    ConsensusCalled: (_, d) => ({ ...base(d.subject, d.entitled), status: 'consensusCall', kind: 'consensus', rule: 'consensus' }),
    NotificationDelivered: (doc, d) => doc && { ...doc, notified: [...doc.notified, d] },
    SilenceBroken: (doc, d) => doc && { ...doc, status: 'broken', broken: d, decidedAt: d.receivedAt },
    SilencePeriodExtended: (doc, d) => doc && { ...doc, deadline: d.newDeadline },
    SupportExpressed: (doc, d) => doc && { ...doc, supporters: [...doc.supporters, d.by] },
    BallotClosed: (doc, d) => doc && { ...doc, counts: d.counts },
    ConsensusBlocked: (doc, d) => doc && { ...doc, blocked: d },
    DecisionAdopted: (doc, d) => doc && { ...doc, status: 'adopted', decidedAt: d.at },
    DecisionRejected: (doc, d) => doc && { ...doc, status: 'rejected', decidedAt: d.at },
    DecisionFellInquorate: (doc) => doc && { ...doc, status: 'inquorate' },
    ReservationEntered: (doc, d) => say(doc, { kind: 'reservation', by: d.by, clauses: d.clauses, text: d.text }),
    ExplanationOfPositionEntered: (doc, d) => say(doc, { kind: 'explanation', by: d.by, clauses: null, text: d.text }),
    DisassociationDeclared: (doc, d) => say(doc, { kind: 'disassociation', by: d.by, clauses: d.scope === 'whole' ? null : d.scope, text: d.text }),
    DecisionProcedureCancelled: (doc, d) => doc && { ...doc, status: 'cancelled', cancelled: d.reason },
  },
  columns: { status: (doc) => doc.status, kind: (doc) => doc.kind, subject: (doc) => doc.subject.id, subjectType: (doc) => doc.subject.type },
  title: (doc) => doc.subject.title,
  duties: dutiesOf,
};
