import type { Multilingual, RecordedEvent, View } from '#kernel';
import { isTextOperation, type Operation } from '#text';
import type { DataOf, StatementEvent } from '../statement/events.js';
import { entered, textChanged } from '../statement/evolve-amendments.js';
import { staleAfter } from '../statement/evolve.js';
import { onThePage } from '../statement/signing-label.js';
import { placed } from '../statement/text.js';
import { languageFolds } from './language-folds.js';
import { signingFolds } from './signing-folds.js';
import { dutiesOf } from './statement-duties.js';
import { type ClauseDoc, computed, type Core, type Notice, type StatementDoc } from './statement-doc.js';

type Fold<K extends StatementEvent['type']> = (doc: Core, data: DataOf<K>, event: RecordedEvent) => Core;

const change = (doc: Core, id: string, by: (clause: ClauseDoc) => ClauseDoc): Core => ({ ...doc, clauses: doc.clauses.map((c) => (c.id === id ? by(c) : c)) });
const at = ({ meta }: RecordedEvent): string => (meta.mode === 'import' ? (meta.validTime ?? 'XXXX') : meta.recordedAt);
const edited = (note: string | null, { meta }: RecordedEvent) => ({ by: meta.actor.personId, at: meta.recordedAt, note });
const noticed = (doc: Core, notice: Notice): Core => ({ ...doc, notices: [notice, ...doc.notices] });

/** Back to negotiation: what had been bound to the text is void and leaves the page; the record keeps it (STM-5). */
const reopened = (doc: Core): Core => ({
  ...doc, status: 'negotiating', frozen: null, sealed: null, embargo: null, opening: null, signatories: [], endorsements: [], reservations: [],
});

const begin = (d: DataOf<'StatementProposed'>): Core => ({
  notices: [], status: 'proposed', kind: d.kind, subject: d.subject, situation: d.situationRef ?? null, leadLanguage: d.leadLanguage,
  languages: [...new Set([d.leadLanguage, ...d.authenticLanguages])], urgency: d.urgency, sponsors: [d.by], proposer: d.personId ?? null, penholders: [],
  revision: 0, clauses: [], brackets: [], pendingAmendments: [], sources: [], commentsDue: null, frozen: null, sealed: null, versions: [], embargo: null, decision: null, opening: null, signatories: [], endorsements: [], reservations: [],
  variants: [], motionAmendments: [], published: null, corrections: [], closed: null, followUps: [], abandoned: null,
});

/** Where words stand in the record: in this event, under each language. */
const standsAt = (text: Multilingual, { revision }: RecordedEvent, field: string): ClauseDoc['stands'] =>
  Object.fromEntries(Object.keys(text).map((lang) => [lang, { revision, field: `${field}.${lang}` }]));
/** Of an amendment the record has the words that it brings, by operation. */
function operated(clauseId: string, operations: readonly Operation[], event: RecordedEvent): ClauseDoc['stands'] {
  return Object.fromEntries(
    operations.flatMap((o, i): [string, { revision: number; field: string }][] => {
      if (o.clauseId !== clauseId) return [];
      if (o.op === 'insert-clause') return Object.entries(standsAt(o.text, event, `operations.${i}.text`));
      return isTextOperation(o) ? [[o.lang, { revision: event.revision, field: `operations.${i}.text` }]] : [];
    }),
  );
}

/** An accepted change on the page: new clauses get what a page shows beside the words. */
function changedBy(doc: Core, operations: readonly Operation[], event: RecordedEvent): Core {
  const after = entered(doc, operations);
  const clauses = after.clauses.map((c): ClauseDoc => {
    const old = doc.clauses.find((x) => x.id === c.id);
    return old && old.revision === c.revision ? old : { ...c, label: '', pendingGroups: [], edited: edited(null, event), stands: { ...old?.stands, ...operated(c.id, operations, event) } };
  });
  return { ...after, clauses };
}
const settled = (doc: Core, ...ids: readonly string[]): Core => ({ ...doc, pendingAmendments: doc.pendingAmendments.filter((id) => !ids.includes(id)) });
const same = (doc: Core): Core => doc;

const folds: { [K in Exclude<StatementEvent['type'], 'StatementProposed' | 'SignatureDeclined'>]: Fold<K> } = {
  SponsorJoined: (doc, { by }) => ({ ...doc, sponsors: [...new Set([...doc.sponsors, by])] }),
  SponsorLeft: (doc, { by }) => ({ ...doc, sponsors: doc.sponsors.filter((s) => s !== by) }),
  PenholderAppointed: (doc, { personId }) => ({ ...doc, penholders: [...new Set([...doc.penholders, personId])] }),
  DraftingStarted: (doc) => ({ ...doc, status: 'drafting' }),
  ClauseAdded: (doc, d, event) => {
    const revision = doc.revision + 1;
    const clause: ClauseDoc = {
      id: d.clauseId, label: '', section: d.section, verb: d.verb ?? null, text: d.text, revision, stale: [], agreement: 'open', pendingGroups: [],
      edited: edited(null, event), versions: {}, characterisationBy: null, stands: standsAt(d.text, event, 'text'),
    };
    return { ...doc, revision, clauses: placed(doc.clauses, clause, d.after) };
  },
  ClauseEdited: (doc, d, event) => {
    const after = textChanged(doc, d.operations ?? [], doc.clauses);
    return change(after, d.clauseId, (c) => ({
      ...c, text: { ...c.text, ...d.text }, stale: staleAfter(c, d.text, doc.leadLanguage), verb: d.verb ?? c.verb, revision: after.revision,
      agreement: 'open', pendingGroups: [], edited: edited(d.note, event), stands: { ...c.stands, ...standsAt(d.text, event, 'text') },
    }));
  },
  ClauseVersionMarked: (doc, d, event) => {
    const after = textChanged(doc, d.operations, doc.clauses);
    const said = { [d.lang]: d.text };
    return change(after, d.clauseId, (c) => ({
      ...c, text: { ...c.text, ...said }, stale: staleAfter(c, said, doc.leadLanguage), revision: after.revision, agreement: 'open', pendingGroups: [],
      edited: { ...edited(null, event), by: d.authors.at(-1) ?? event.meta.actor.personId }, versions: { ...c.versions, [d.lang]: d.toVersion },
      stands: { ...c.stands, [d.lang]: { revision: event.revision, field: 'text' } },
    }));
  },
  ...languageFolds,
  AmendmentProposed: (doc, d) => ({ ...doc, pendingAmendments: [...doc.pendingAmendments, d.amendmentId] }),
  AmendmentSeconded: same,
  AmendmentAccepted: (doc, d, event) => {
    const after = d.into === undefined ? changedBy(doc, d.operations, event) : doc;
    return d.rest ? after : settled(after, d.amendmentId);
  },
  AmendmentAcceptedAsModified: (doc, d, event) => settled(changedBy(doc, d.operations, event), ...d.amendments),
  AmendmentRejected: (doc, d) => settled(doc, d.amendmentId),
  AmendmentWithdrawn: (doc, d) => settled(doc, d.amendmentId),
  AmendmentFell: (doc, d) => settled(doc, d.amendmentId),
  AmendmentJoined: (doc, d) => settled(doc, d.amendmentId),
  AmendmentRebased: same,
  AmendmentRebaseUndone: same,
  AmendmentDisplaced: same,
  AmendmentReanchored: same,
  InsertionOrderAccepted: same,
  CompromiseProposed: same,
  CompromiseConsented: same,
  CompromiseRefused: same,
  TextBracketed: (doc, d) => ({
    ...doc, brackets: [...doc.brackets, { id: d.bracketId, clauseId: d.clauseId, lang: d.lang, from: d.range.from, to: d.range.to, by: d.by, alternatives: d.alternatives }],
  }),
  BracketResolved: (doc, d, event) => changedBy({ ...doc, brackets: doc.brackets.filter((b) => b.id !== d.bracketId) }, d.operations, event),
  ClauseSourceAttached: (doc, { clauseId, sourceRef: s, tlp }) => ({
    ...doc, sources: [...doc.sources, {
      clauseId, key: s.id ?? s.url ?? s.title ?? '', title: s.title ?? s.url ?? null, tlp, cleared: tlp === 'CLEAR', determinationBy: s.determinationBy ?? null,
    }],
  }),
  ClauseSourceCleared: (doc, { clauseId, sourceRef: s }) => ({
    ...doc, sources: doc.sources.map((x) => (x.clauseId === clauseId && x.key === (s.id ?? s.url ?? s.title) ? { ...x, cleared: true } : x)),
  }),
  LegalCharacterisationOverridden: (doc, d) => change(doc, d.clauseId, (c) => ({ ...c, characterisationBy: d.by })),
  ClauseMoved: (doc, d) => {
    const clause = doc.clauses.find((c) => c.id === d.clauseId);
    return clause ? { ...doc, revision: doc.revision + 1, clauses: placed(doc.clauses, clause, d.after) } : doc;
  },
  ClauseRemoved: (doc, d) => textChanged(doc, [{ op: 'delete-clause', clauseId: d.clauseId }], doc.clauses.filter((c) => c.id !== d.clauseId)),
  DraftCirculated: (doc, d) => ({ ...doc, status: 'negotiating', commentsDue: d.commentsDue }),
  ClauseAgreed: (doc, d) => change(doc, d.clauseId, (c) => ({ ...c, agreement: d.mode, pendingGroups: d.pendingGroups })),
  ClauseReopened: (doc, d) => change(doc, d.clauseId, (c) => ({ ...c, agreement: 'open', pendingGroups: [] })),
  TextFrozen: (doc, d, event) => ({
    ...doc, status: 'frozen', frozen: { ...d, at: at(event) },
    // The lead text alone has nothing to agree with.
    sealed: doc.languages.length === 1 ? { at: at(event), digest: d.digest, digests: d.digests } : null,
  }),
  TextReopened: (doc) => ({ ...reopened(doc), decision: null }),
  StatementSubmittedForDecision: (doc, d) => ({ ...doc, status: 'underDecision', decision: { id: d.decisionId, procedure: d.procedure, outcome: 'pending' } }),
  StatementAdopted: (doc, d) => ({ ...doc, status: 'adopted', decision: doc.decision && { ...doc.decision, id: d.decisionId, outcome: 'adopted' } }),
  StatementNotAdopted: (doc, d) => ({ ...reopened(doc), decision: doc.decision && { ...doc.decision, id: d.decisionId, outcome: d.outcome } }),
  ...signingFolds,
  GroupEndorsed: (doc, d, event) => ({
    ...doc, endorsements: [...doc.endorsements, { groupId: d.groupId, authorisationId: d.authorisationId ?? null, at: at(event) }],
  }),
  StatementReservationEntered: (doc, d, event) => ({
    ...doc, reservations: [...doc.reservations, { groupId: d.groupId, clauses: d.clauses.map((id) => ({ id, label: '' })), text: d.text, at: at(event) }],
  }),
  StatementClosedForSignature: (doc, d) => ({ ...doc, status: 'closed', closed: d }),
  FollowUpLinked: (doc, { ref }) => ({ ...doc, followUps: [...doc.followUps, ref] }),
  StatementSuperseded: (doc, d, event) => noticed(doc, { kind: 'superseded', at: at(event), byStatementId: d.byStatementId }),
  StatementRetracted: (doc, d, event) => noticed({ ...doc, status: 'retracted' }, { kind: 'retracted', at: at(event), decisionRef: d.decisionRef, reason: d.reason }),
  StatementAbandoned: (doc, d) => ({ ...doc, status: 'abandoned', abandoned: d.reason }),
};

const handlers = Object.fromEntries(
  Object.entries(folds).map(([type, fold]) => [
    type,
    (doc: StatementDoc | null, data: unknown, event: RecordedEvent) => doc && computed((fold as Fold<StatementEvent['type']>)(doc, data as never, event)),
  ]),
) as View<StatementDoc, StatementEvent>['on'];

/** The register and the room of a statement in one document. */
export const statements: View<StatementDoc, StatementEvent> = {
  name: 'statements',
  version: 3,
  category: 'statement',
  // What nobody but the signatory may know yet moves nothing here, not even the revision (G6).
  key: (event) => (onThePage(event) ? event.streamId : undefined),
  on: { ...handlers, StatementProposed: (_, data) => computed(begin(data)) },
  narrows: { status: 'embargoed' },
  columns: {
    status: (doc) => doc.status,
    kind: (doc) => doc.kind,
    group: (doc) => doc.sponsors[0] ?? null,
    situation: (doc) => doc.situation,
    decision: (doc) => doc.decision?.id ?? null,
    publishedAt: (doc) => doc.published?.at ?? null,
  },
  title: (doc) => doc.subject,
  words: (doc) =>
    [...doc.clauses.flatMap((c) => Object.values(c.text)), ...doc.signatories.filter((s) => s.withdrawn === null).map((s) => s.snapshot.name)].join(' '),
  duties: dutiesOf,
};
