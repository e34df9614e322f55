import type { RecordedEvent, View } from '#kernel';
import type { Operation } from '#text';
import type { DataOf, StatementEvent } from '../statement/events.js';

/** One change of the whole text, for comparisons and for who wrote each word. Their order by key is that of the record; the n-th makes revision n. */
export interface RevisionDoc {
  statementId: string;
  at: string;
  /** The kind of act: the name of its event. */
  act: string;
  by: { personId: string; onBehalfOf: string | null };
  /** Who wrote it together, where they are several. */
  authors: readonly string[];
  operations: readonly Operation[];
  /** Whose words these were proposed as. */
  amendments: readonly string[];
}

type Told = { readonly operations: readonly Operation[]; readonly authors?: readonly string[]; readonly amendments?: readonly string[] };
const told: Partial<{ [K in StatementEvent['type']]: (data: DataOf<K>) => Told | null }> = {
  // Behind a clause that is not there: at the end, as where no place is named.
  ClauseAdded: (d) => ({ operations: [{ op: 'insert-clause', clauseId: d.clauseId, section: d.section, after: d.after === undefined ? d.clauseId : d.after, text: d.text }] }),
  ClauseEdited: (d) => ({ operations: d.operations ?? [] }),
  ClauseVersionMarked: (d) => ({ operations: d.operations, authors: d.authors }),
  // Once the text is frozen the words of a further language join it without changing it.
  LanguageVersionEntered: (d) => (d.operations === undefined || d.operations.length === 0 ? null : { operations: d.operations, authors: d.certifiedBy }),
  ClauseMoved: (d) => ({ operations: [{ op: 'move-clause', clauseId: d.clauseId, after: d.after }] }),
  ClauseRemoved: (d) => ({ operations: [{ op: 'delete-clause', clauseId: d.clauseId }] }),
  AmendmentAccepted: (d) => (d.into === undefined ? { operations: d.operations, amendments: [d.amendmentId] } : null),
  AmendmentAcceptedAsModified: (d) => ({ operations: d.operations, amendments: d.amendments }),
  BracketResolved: (d) => (d.operations.length > 0 ? { operations: d.operations } : null),
};

export const revisions: View<RevisionDoc, StatementEvent> = {
  name: 'revisions',
  version: 1,
  key: ({ streamId, revision }) => `${streamId}_${String(revision).padStart(8, '0')}`,
  on: Object.fromEntries(
    Object.entries(told).map(([type, tell]) => [
      type,
      (_: RevisionDoc | null, data: never, { streamId, meta }: RecordedEvent): RevisionDoc | null => {
        const change = (tell as (data: never) => Told | null)(data);
        if (change === null) return null;
        const { personId, onBehalfOf = null } = meta.actor;
        return { statementId: streamId, at: meta.recordedAt, act: type, by: { personId, onBehalfOf }, authors: change.authors ?? [], operations: change.operations, amendments: change.amendments ?? [] };
      },
    ]),
  ) as View<RevisionDoc, StatementEvent>['on'],
  belongs: { column: 'statement', category: 'statement' },
  columns: { statement: (doc) => doc.statementId },
};
