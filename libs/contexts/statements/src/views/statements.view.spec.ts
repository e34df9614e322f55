import { audienceOf, fold, type EventMeta, type Row } from '#kernel';
import { sha256 } from '#kernel/testing';
import { agreed, drafting, frozen, frozenText, happened, negotiating, opened, sealed, signed } from '../statement/fixtures.contract.js';
import type { StatementEvent } from '../statement/events.js';
import { evolve } from '#kernel';
import { statement } from '../statement/statement.js';
import type { StatementDoc } from './statement-doc.js';
import { statements } from './statements.view.js';

const NOW = '2026-11-23T09:00:00Z';
function read(events: readonly StatementEvent[]): Row<StatementDoc> {
  let state = statement.initial;
  let row: Row<StatementDoc> | null = null;
  events.forEach((event, i) => {
    state = evolve(statement, state, event);
    const meta: EventMeta = { recordedAt: NOW, actor: { personId: 'p-pen', capacity: 'member' }, mode: 'live', label: statement.label(state, event), commandId: 'c', correlationId: 'c' };
    row = fold(statements, row, { ...event, id: `e${i}`, stream: 'statement-s1', category: 'statement', streamId: 's1', revision: i + 1, position: String(i + 1), meta });
  });
  return row!;
}
const doc = (...events: StatementEvent[]) => read(events).doc;
const duties = (...events: StatementEvent[]) => statements.duties!(doc(...events)).map((d) => `${d.kind} ${d.holder}`);
const text = frozenText(sha256);
const published = happened('StatementPublished', {
  at: NOW, revision: 2, digests: text.digests, languages: [{ tag: 'en', status: 'authentic' }], signatoryCount: 2, parliamentCount: 1, crossParty: [],
});
const both = [signed(sha256, 'p1'), signed(sha256, 'p2', { side: 'opposition' })];

describe('the page of a statement', () => {
  it('STM-2 shows its clauses in order with computed labels', () => {
    const third = happened('ClauseAdded', { clauseId: 'c3', section: 'operative', after: null, text: { en: 'First;' } });
    expect(doc(...drafting(), third).clauses.map((c) => [c.id, c.label])).toEqual([['c1', 'PP1'], ['c3', 'OP1'], ['c2', 'OP2']]);
  });
  it('keeps step with the aggregate', () => {
    const edit = happened('ClauseEdited', { clauseId: 'c1', baseRevision: 1, text: { en: 'Alarmed,' }, note: 'n' });
    const moved = happened('ClauseMoved', { clauseId: 'c2', after: null });
    const page = doc(...drafting(), edit, moved);
    expect(page).toMatchObject({ revision: 4, clauses: [{ id: 'c1', revision: 3, stale: ['fr'], edited: { by: 'p-pen', note: 'n' } }, { id: 'c2' }] });
  });
  it('says what is next and what is missing for it', () => {
    expect(doc(...negotiating(), agreed('c1')).next).toMatchObject({ kind: 'freeze', missing: [{ refused: 'statement.clause-open', params: { clause: 'OP1' } }] });
    expect(doc(...opened(sha256, 'open-letter', { signatories: 2 }), both[0]!).next).toMatchObject({ kind: 'publish', missing: [{ params: { have: 1, need: 2 } }] });
    expect(doc(...frozen(sha256, 'network-statement')).next?.kind).toBe('submit-for-decision');
    expect(doc(...opened(sha256), published, happened('StatementClosedForSignature', { at: NOW, finalCount: 0 })).next).toBeNull();
  });
  it('STM-1 STM-7 shows attribution, mark and progress as they follow from the signatures', () => {
    const page = doc(...opened(sha256, 'open-letter', { signatories: 3, crossParty: true }), ...both);
    expect(page.attribution.counts).toEqual({ parliamentarians: 2, parliaments: 1, groups: 0 });
    expect(page).toMatchObject({ mark: true, progress: { signatories: { have: 2, need: 3 }, crossParty: { asked: true, have: true } } });
  });
  it('STM-9 drops a name withdrawn before publication and keeps one withdrawn after it', () => {
    const before = happened('SignatureWithdrawn', { personId: 'p2', at: NOW, beforePublication: true });
    expect(doc(...opened(sha256), ...both, before).signatories.map((s) => s.personId)).toEqual(['p1']);
    const after = happened('SignatureWithdrawn', { personId: 'p2', at: NOW, beforePublication: false });
    const page = doc(...opened(sha256), ...both, published, after, signed(sha256, 'p3'));
    expect(page.signatories.map((s) => [s.personId, s.later, s.withdrawn?.at ?? null])).toEqual([['p1', false, null], ['p2', false, NOW], ['p3', true, null]]);
    expect(page).toMatchObject({ mark: false, progress: { signatories: { have: 2 } } });
  });
  it('STM-13 shows a reservation with the labels of its clauses, published or not', () => {
    const reservation = happened('StatementReservationEntered', { groupId: 'g-q', clauses: ['c2'], text: { en: 'We reserve.', fr: 'Réserve.' } });
    expect(doc(...opened(sha256), reservation, published).reservations).toEqual([
      { groupId: 'g-q', clauses: [{ id: 'c2', label: 'OP1' }], text: { en: 'We reserve.', fr: 'Réserve.' }, at: NOW },
    ]);
  });
  it('STM-14 keeps the text under the notice when it is superseded or retracted', () => {
    const page = doc(...opened(sha256), published, happened('StatementSuperseded', { byStatementId: 's2' }), happened('StatementRetracted', { decisionRef: 'd2', reason: { en: 'False.' } }));
    expect(page.notices.map((n) => n.kind)).toEqual(['retracted', 'superseded']);
    expect(page.clauses).toHaveLength(2);
  });
  it('STM-5 shows nothing that a reopened text has voided', () => {
    const page = doc(...frozen(sha256), happened('TextReopened', { by: 'p-chair', reason: 'error', voids: [] }));
    expect(page).toMatchObject({ status: 'negotiating', frozen: null, signatories: [], decision: null });
  });
  it('goes from its sponsors to the network to anyone, and leaves the traces of drafting behind', () => {
    expect(audienceOf(read(drafting()).label)).toEqual(['secretariat', 'auditor', 'group:g-p', 'group:g-q']);
    expect(read(negotiating()).label.tlp).toBe('GREEN');
    const open = read([...opened(sha256), ...both, published]);
    expect(open.label.tlp).toBe('CLEAR');
    expect(open.doc).toMatchObject({ penholders: [], proposer: null, clauses: [{ edited: null, pendingGroups: [] }, { edited: null }] });
  });
  it('waits for the pen, then the chair, then the sponsors and the secretariat', () => {
    expect(duties(...drafting())).toEqual(['statement-draft person:p-pen']);
    expect(duties(...negotiating())).toEqual(['statement-agree-clause chair:g-p']);
    expect(duties(...negotiating(), agreed('c1'), agreed('c2'))).toEqual(['statement-freeze chair:g-p']);
    expect(duties(...frozen(sha256))).toEqual(['statement-seal network-secretariat']);
    expect(duties(...sealed(sha256))).toEqual(['statement-open-signature network-secretariat']);
    expect(duties(...frozen(sha256, 'network-statement'))).toEqual(['statement-submit chair:g-p']);
    expect(duties(...opened(sha256, 'open-letter', { signatories: 2 }), happened('GroupEndorsed', { groupId: 'g-p', digest: text.digest }))).toEqual([
      'statement-endorse chair:g-q', 'statement-sign member:g-p', 'statement-sign member:g-q',
    ]);
    expect(duties(...opened(sha256), ...both)).toContain('statement-publish network-secretariat');
    expect(duties(...opened(sha256), published)).toEqual([]);
  });
  it('is found by its words and listed by its columns', () => {
    const page = doc(...opened(sha256), ...both);
    expect(statements.words!(page)).toContain('Rappelant');
    expect(Object.values(statements.columns!).map((column) => column(page))).toEqual(['openForSignature', 'open-letter', 'g-p', null, null, null]);
  });
});
