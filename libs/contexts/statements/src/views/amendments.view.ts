import { type Duty, HOUR, instantAfter, type Multilingual, type RecordedEvent, type View } from '#kernel';
import type { Operation, Relation } from '#text';
import type { DataOf, StatementEvent } from '../statement/events.js';

export interface Supporter {
  groupId: string;
  personId: string | null;
}
/** An amendment on its board: what it would do, who stands behind it, what became of it. */
export interface AmendmentDoc {
  statementId: string;
  number: number;
  lang: string;
  to: string | null;
  by: string;
  personId: string | null;
  authors: readonly string[];
  rationale: Multilingual;
  operations: readonly Operation[];
  baseRevision: number;
  at: string;
  status: 'open' | 'displaced' | 'accepted' | 'rejected' | 'withdrawn' | 'fallen' | 'joined';
  supporters: readonly Supporter[];
  joinedInto: string | null;
  rebased: { before: readonly Operation[]; revision: number; undoUntil: string } | null;
  displaced: { relation: Relation; by: string | null; since: string } | null;
  /** Who decided, when, and the reason where it was refused. */
  decided: { by: string; at: string; reason: string | null; revision: number | null; as: 'whole' | 'part' | 'modified' | null } | null;
  /** Some of its operations are in the text. */
  partly: boolean;
}

type On<K extends StatementEvent['type']> = (doc: AmendmentDoc, data: DataOf<K>, event: RecordedEvent) => AmendmentDoc;
const decided = ({ meta }: RecordedEvent, as: 'whole' | 'part' | 'modified' | null, revision: number | null, reason: string | null = null) => ({
  by: meta.actor.personId, at: meta.recordedAt, reason, revision, as,
});

const folds: Partial<{ [K in StatementEvent['type']]: On<K> }> = {
  AmendmentSeconded: (doc, d) => ({ ...doc, supporters: [...doc.supporters, { groupId: d.by, personId: d.personId ?? null }] }),
  AmendmentAccepted: (doc, d, event) =>
    d.rest
      ? { ...doc, operations: d.rest, rebased: null, partly: true }
      : { ...doc, status: 'accepted', operations: d.operations, decided: decided(event, doc.partly ? 'part' : 'whole', d.revision) },
  AmendmentRejected: (doc, d, event) => ({ ...doc, status: 'rejected', decided: decided(event, null, null, d.reason) }),
  AmendmentWithdrawn: (doc, _, event) => ({ ...doc, status: 'withdrawn', decided: decided(event, null, null) }),
  AmendmentFell: (doc, _, event) => ({ ...doc, status: 'fallen', decided: decided(event, null, null) }),
  AmendmentJoined: (doc, d) => ({ ...doc, status: 'joined', joinedInto: d.into }),
  AmendmentRebased: (doc, d) => ({ ...doc, operations: d.operations, rebased: { before: d.before, revision: d.revision, undoUntil: d.undoUntil } }),
  AmendmentRebaseUndone: (doc, _, { meta }) =>
    doc.rebased === null ? doc : { ...doc, status: 'displaced', operations: doc.rebased.before, rebased: null, displaced: { relation: 'adjacent', by: null, since: meta.recordedAt } },
  AmendmentDisplaced: (doc, d, { meta }) => ({ ...doc, status: 'displaced', rebased: null, displaced: { relation: d.relation, by: d.by ?? null, since: meta.recordedAt } }),
  AmendmentReanchored: (doc, d) => ({ ...doc, status: 'open', operations: d.operations, baseRevision: d.baseRevision, rebased: null, displaced: null }),
};

function dutiesOf(doc: AmendmentDoc): Duty[] {
  if (doc.status !== 'displaced' || doc.displaced === null) return [];
  return [{ kind: 'amendment-resolve', holder: `chair:${doc.by}`, deadline: instantAfter(doc.displaced.since, 72 * HOUR), command: 'ReanchorAmendment' }];
}

/** One document for each amendment. */
export const amendments: View<AmendmentDoc, StatementEvent> = {
  name: 'amendments',
  version: 1,
  key: ({ type, data }) => (type.startsWith('Amendment') ? (data as { amendmentId?: string }).amendmentId : undefined),
  on: {
    ...(Object.fromEntries(
      Object.entries(folds).map(([type, on]) => [type, (doc: AmendmentDoc | null, data: never, event: RecordedEvent) => doc && (on as On<StatementEvent['type']>)(doc, data, event)]),
    ) as View<AmendmentDoc, StatementEvent>['on']),
    AmendmentProposed: (_, d, event) => ({
      statementId: event.streamId, number: d.number, lang: d.lang, to: d.to ?? null, by: d.by, personId: d.personId ?? null, authors: d.authors ?? [], rationale: d.rationale,
      operations: d.operations, baseRevision: d.baseRevision, at: event.meta.recordedAt, status: 'open', supporters: [], joinedInto: null, rebased: null, displaced: null, decided: null, partly: false,
    }),
    AmendmentAcceptedAsModified: (doc, d, event) => doc && { ...doc, status: 'accepted', decided: decided(event, 'modified', d.revision) },
  },
  belongs: { column: 'statement', category: 'statement' },
  columns: { statement: (doc) => doc.statementId, status: (doc) => doc.status, group: (doc) => doc.by, to: (doc) => doc.to, number: (doc) => doc.number },
  words: (doc) => Object.values(doc.rationale).join(' '),
  duties: dutiesOf,
};

export interface CompromiseDoc {
  statementId: string;
  amendments: readonly string[];
  operations: readonly Operation[];
  by: string;
  personId: string;
  rationale: Multilingual;
  at: string;
  status: 'open' | 'refused' | 'accepted';
  consents: readonly Supporter[];
  refused: { by: string; personId: string; reason: string; at: string } | null;
  accepted: { by: string; at: string; revision: number; decisionRef: string | null } | null;
}

/** One document for each compromise. */
export const compromises: View<CompromiseDoc, StatementEvent> = {
  name: 'compromises',
  version: 1,
  key: ({ data }) => (data as { compromiseId?: string }).compromiseId,
  on: {
    CompromiseProposed: (_, d, event) => ({
      statementId: event.streamId, amendments: d.amendments, operations: d.operations, by: d.by, personId: d.personId, rationale: d.rationale, at: event.meta.recordedAt, status: 'open',
      consents: [], refused: null, accepted: null,
    }),
    CompromiseConsented: (doc, d) => doc && { ...doc, consents: [...doc.consents, { groupId: d.by, personId: d.personId }] },
    CompromiseRefused: (doc, d, { meta }) => doc && { ...doc, status: 'refused', refused: { by: d.by, personId: d.personId, reason: d.reason, at: meta.recordedAt } },
    AmendmentAcceptedAsModified: (doc, d, { meta }) =>
      doc && { ...doc, status: 'accepted', operations: d.operations, accepted: { by: meta.actor.personId, at: meta.recordedAt, revision: d.revision, decisionRef: d.decisionRef ?? null } },
  },
  belongs: { column: 'statement', category: 'statement' },
  columns: { statement: (doc) => doc.statementId, status: (doc) => doc.status, group: (doc) => doc.by },
};
