import type { AggregateDefinition } from '#kernel';
import { isTextOperation, movedRange, type Operation } from '#text';
import { amended } from './amendments.js';
import type { StatementSchemas } from './events.js';
import type { Amendment, Clause, Statement } from './state.js';

type Evolve = AggregateDefinition<Statement, StatementSchemas>['evolve'];

/** What a change of the text touches, in the state of the aggregate and on its page. */
type Changing = Pick<Statement, 'status' | 'revision' | 'clauses' | 'brackets'> & Partial<Pick<Statement, 'changes'>>;

/** A new revision: brackets follow their words, and in the negotiation the change is kept for what is written on earlier revisions. */
export function textChanged<S extends Changing>(state: S, operations: readonly Operation[], clauses: S['clauses']): S {
  const revision = state.revision + 1;
  const brackets = state.brackets.flatMap((b) => {
    if (operations.some((o) => o.op === 'delete-clause' && o.clauseId === b.clauseId)) return [];
    const moved = movedRange(b, operations, b.clauseId, b.lang);
    return moved === null ? [] : [{ ...b, ...moved }];
  });
  const changes = state.changes && state.status === 'negotiating' ? { changes: [...state.changes, { revision, operations }] } : {};
  return { ...state, revision, clauses, brackets, ...changes };
}

/** The operations of what was accepted or resolved enter the text; languages of a clause that did not change with it are stale. */
export function entered<S extends Changing>(state: S, operations: readonly Operation[]): S {
  const after = amended(state.clauses, operations);
  if (after === null || operations.length === 0) return state;
  const revision = state.revision + 1;
  const clauses = after.map((c): Clause => {
    if (!state.clauses.some((old) => old.id === c.id)) return { ...c, revision };
    const langs = operations.filter(isTextOperation).filter((o) => o.clauseId === c.id).map((o) => o.lang);
    if (langs.length === 0) return c;
    const stale = [...new Set([...c.stale, ...Object.keys(c.text)])].filter((l) => !langs.includes(l));
    return { ...c, revision, agreement: 'open', stale };
  });
  return textChanged(state, operations, clauses);
}

const set = (state: Statement, id: string, by: Partial<Amendment>): Statement => ({
  ...state, amendments: state.amendments.map((a) => (a.id === id ? { ...a, ...by } : a)),
});

export const evolveAmendments = {
  AmendmentProposed: (state, d) => ({
    ...state,
    amendments: [...state.amendments, {
      id: d.amendmentId, number: d.number, by: d.by, personId: d.personId ?? null, lang: d.lang, to: d.to ?? null, operations: d.operations, status: 'open' as const, supporters: [],
      joinedInto: null, rebased: null, displaced: null,
    }],
  }),
  AmendmentSeconded: (state, d) => {
    const amendment = state.amendments.find((a) => a.id === d.amendmentId);
    return amendment ? set(state, d.amendmentId, { supporters: [...amendment.supporters, `${d.by} ${d.personId ?? ''}`] }) : state;
  },
  AmendmentAccepted: (state, d) => {
    const after = d.into === undefined ? entered(state, d.operations) : state;
    return set(after, d.amendmentId, d.rest ? { operations: d.rest, rebased: null } : { status: 'accepted' });
  },
  AmendmentAcceptedAsModified: (state, d) => {
    const after = entered(state, d.operations);
    return {
      ...after,
      amendments: after.amendments.map((a) => (d.amendments.includes(a.id) && (a.status === 'open' || a.status === 'displaced') ? { ...a, status: 'accepted' as const } : a)),
      compromises: after.compromises.map((c) => (c.id === d.compromiseId ? { ...c, status: 'accepted' as const } : c)),
    };
  },
  AmendmentRejected: (state, d) => set(state, d.amendmentId, { status: 'rejected' }),
  AmendmentWithdrawn: (state, d) => set(state, d.amendmentId, { status: 'withdrawn' }),
  AmendmentFell: (state, d) => set(state, d.amendmentId, { status: 'fallen' }),
  AmendmentJoined: (state, d) => set(state, d.amendmentId, { status: 'joined', joinedInto: d.into }),
  AmendmentRebased: (state, d) => set(state, d.amendmentId, { operations: d.operations, rebased: { before: d.before, undoUntil: d.undoUntil } }),
  AmendmentRebaseUndone: (state, d) => {
    const before = state.amendments.find((a) => a.id === d.amendmentId)?.rebased?.before;
    return before ? set(state, d.amendmentId, { status: 'displaced', operations: before, rebased: null, displaced: { relation: 'adjacent', by: null } }) : state;
  },
  AmendmentDisplaced: (state, d) => set(state, d.amendmentId, { status: 'displaced', rebased: null, displaced: { relation: d.relation, by: d.by ?? null } }),
  AmendmentReanchored: (state, d) => set(state, d.amendmentId, { status: 'open', operations: d.operations, rebased: null, displaced: null }),
  InsertionOrderAccepted: (state, d) => {
    const others = state.orders.filter((o) => [o.first, o.second].toSorted().join() !== [d.first, d.second].toSorted().join());
    const said = state.orders.find((o) => o.first === d.first && o.second === d.second);
    return { ...state, orders: [...others, { first: d.first, second: d.second, by: [...new Set([...(said?.by ?? []), ...d.for])] }] };
  },
  CompromiseProposed: (state, d) => ({
    ...state, compromises: [...state.compromises, { id: d.compromiseId, amendments: d.amendments, operations: d.operations, consents: [], status: 'open' as const }],
  }),
  CompromiseConsented: (state, d) => ({ ...state, compromises: state.compromises.map((c) => (c.id === d.compromiseId ? { ...c, consents: [...new Set([...c.consents, d.by])] } : c)) }),
  CompromiseRefused: (state, d) => ({ ...state, compromises: state.compromises.map((c) => (c.id === d.compromiseId ? { ...c, status: 'refused' as const } : c)) }),
  TextBracketed: (state, d) => ({
    ...state, brackets: [...state.brackets, { id: d.bracketId, clauseId: d.clauseId, lang: d.lang, from: d.range.from, to: d.range.to, by: d.by, alternatives: d.alternatives }],
  }),
  BracketResolved: (state, d) => entered({ ...state, brackets: state.brackets.filter((b) => b.id !== d.bracketId) }, d.operations),
  ClauseSourceAttached: (state, { clauseId, sourceRef: s, tlp }) => ({
    ...state, sources: [...state.sources, { clauseId, key: s.id ?? s.url ?? s.title ?? '', tlp, cleared: tlp === 'CLEAR', determinationBy: s.determinationBy ?? null }],
  }),
  ClauseSourceCleared: (state, { clauseId, sourceRef: s }) => ({
    ...state, sources: state.sources.map((x) => (x.clauseId === clauseId && x.key === (s.id ?? s.url ?? s.title) ? { ...x, cleared: true } : x)),
  }),
  LegalCharacterisationOverridden: (state, d) => ({ ...state, clauses: state.clauses.map((c) => (c.id === d.clauseId ? { ...c, characterisationBy: d.by } : c)) }),
} satisfies Partial<Evolve>;
