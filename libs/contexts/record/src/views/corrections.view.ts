import type { Duty, Source, View } from '#kernel';
import type { RecordCorrection } from '../correction/correction.js';
import type { CorrectionEvent, Target } from '../correction/events.js';

export interface CorrectionDoc {
  status: RecordCorrection['status'];
  target: Target & { category: string; id: string };
  /** As it stands in the record, letter for letter; it stays readable for ever (COR-2). */
  reading: string;
  /** What a page shows beside the reading: queried (COR-3), to be corrected, or corrected to `right`; null: nothing. */
  mark: 'queried' | 'correction-proposed' | 'corrected' | null;
  note: string | null;
  right: string | null;
  class: string | null;
  evidence: readonly Source[];
  bound: boolean;
  queriedBy: string | null;
  proposedBy: string | null;
  notified: { to: readonly string[]; until: { instant: string; wallTime: string; timezone: string }; at: string } | null;
  objections: readonly { by: string; reason: string; at: string; resolved: string | null }[];
  rectified: { procesVerbalRef: string; effective: 'ab-initio' | 'from'; from: string | null; at: string } | null;
  rejected: string | null;
}

const split = (target: Target): CorrectionDoc['target'] => {
  const dash = target.stream.indexOf('-');
  return { ...target, category: target.stream.slice(0, dash), id: target.stream.slice(dash + 1) };
};
const empty = {
  note: null, right: null, class: null, evidence: [], queriedBy: null, proposedBy: null, notified: null, objections: [], rectified: null, rejected: null,
};

export function dutiesOf(doc: CorrectionDoc): Duty[] {
  const until = doc.notified?.until.instant;
  switch (doc.status) {
    case 'queried':
      return [{ kind: 'correction-answer', holder: 'network-secretariat', command: 'ProposeCorrection' }];
    case 'proposed':
      if (doc.notified === null)
        return [{ kind: doc.bound ? 'correction-notify' : 'correction-execute', holder: 'network-secretariat', command: doc.bound ? 'NotifyCorrection' : 'ExecuteProcesVerbal' }];
      return [
        { kind: 'correction-execute', holder: 'network-secretariat', command: 'ExecuteProcesVerbal' },
        ...doc.notified.to.flatMap((id) =>
          [`person:${id}`, `chair:${id}`].map((holder) => ({ kind: 'correction-consider', holder, command: 'ObjectToCorrection', ...(until === undefined ? {} : { deadline: until }) })),
        ),
      ];
    case 'objected':
      return [{ kind: 'correction-resolve', holder: 'network-secretariat', command: 'ResolveCorrectionObjection' }];
    case 'none':
    case 'executed':
    case 'rejected':
    case 'withdrawn':
      return [];
  }
}

/** Queries and corrections, so that a page can show the mark beside the reading it prints. */
export const corrections: View<CorrectionDoc, CorrectionEvent> = {
  name: 'corrections',
  version: 1,
  category: 'correction',
  on: {
    RecordQueried: (_, d) => ({
      ...empty, status: 'queried', target: split(d.target), reading: d.reading, mark: 'queried', note: d.note, bound: d.bound, queriedBy: d.by,
    }),
    CorrectionProposed: (doc, d) => ({
      ...(doc ?? empty), status: 'proposed', target: split(d.target), reading: d.wrong, mark: 'correction-proposed', right: d.right, class: d.class,
      evidence: d.evidence, bound: d.bound, proposedBy: d.by, notified: null,
    }),
    CorrectionNotified: (doc, d, { meta }) => doc && { ...doc, notified: { to: d.to, until: d.objectionsUntil, at: meta.recordedAt } },
    CorrectionObjected: (doc, d, { meta }) => doc && {
      ...doc, status: 'objected', objections: [...doc.objections, { by: d.by, reason: d.reason, at: meta.recordedAt, resolved: null }],
    },
    CorrectionObjectionResolved: (doc, d) => doc && {
      ...doc, status: 'proposed', objections: doc.objections.map((o) => (o.resolved === null ? { ...o, resolved: d.how } : o)),
    },
    RecordRectified: (doc, d, { meta }) => doc && {
      ...doc, status: 'executed', mark: 'corrected',
      rectified: { procesVerbalRef: d.procesVerbalRef, effective: d.effective, from: d.from ?? null, at: meta.recordedAt },
    },
    CorrectionRejected: (doc, d) => doc && { ...doc, status: 'rejected', mark: null, rejected: d.reason },
    CorrectionWithdrawn: (doc) => doc && { ...doc, status: 'withdrawn', mark: null },
  },
  columns: {
    stream: (doc) => doc.target.stream,
    category: (doc) => doc.target.category,
    status: (doc) => doc.status,
    mark: (doc) => doc.mark,
  },
  // A reading has no language of its own: it is quoted as it stands.
  title: (doc) => ({ und: doc.reading.slice(0, 200) }),
  words: (doc) => [doc.note, doc.right].filter((w) => w !== null).join(' '),
  duties: dutiesOf,
};
