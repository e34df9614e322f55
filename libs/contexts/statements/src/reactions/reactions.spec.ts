import type { RecordedEvent, World } from '#kernel';
import { sha256 } from '#kernel/testing';
import { evolve } from '#kernel';
import { opened } from '../statement/fixtures.contract.js';
import { initialStatement, type Statement } from '../statement/state.js';
import { statement } from '../statement/statement.js';
import { closingDates, whenPublishedLate } from './closing.js';
import { embargoReleases } from './embargo.js';
import { whenDecisionTaken } from './when-decision-taken.js';
import { placeOf, whenRecordRectified } from './when-record-rectified.js';

const recorded = (type: string, data: unknown, streamId = 's1', recordedAt = '2026-11-23T09:00:00Z'): RecordedEvent => ({
  id: 'e1', type, data, stream: `x-${streamId}`, category: 'x', streamId, revision: 1, position: '1',
  meta: { recordedAt, actor: { personId: 'p', capacity: 'system' }, mode: 'live', label: { tlp: 'GREEN' }, commandId: 'c', correlationId: 'c' },
});
const subject = { type: 'statement', id: 's1', revision: 2, digest: sha256('text'), title: { en: 'On early warning' } };
const world = (state: Statement = initialStatement, decision?: object): World => ({
  state: () => Promise.resolve(state as never),
  rows: () => Promise.resolve([]),
  row: (view) => Promise.resolve(view === 'decisions' && decision ? ({ id: 'd1', doc: decision } as never) : null),
});

describe('when a decision is taken on a statement', () => {
  const { on } = whenDecisionTaken;
  it('records its adoption for the text that was decided on, under the id of the procedure', async () =>
    expect(await on['DecisionAdopted']!(recorded('DecisionAdopted', { decisionId: 'other', subject, rule: 'simple', at: 'now' }, 'd1'), world())).toEqual([
      { aggregate: 'Statement', id: 's1', command: 'RecordAdoption', input: { decisionId: 'd1', revision: 2, digest: subject.digest } },
    ]));
  it('sends it back when silence is broken, although that event names no subject', async () =>
    expect(await on['SilenceBroken']!(recorded('SilenceBroken', { by: 'g-q', reason: 'no' }, 'd1'), world(initialStatement, { subject }))).toEqual([
      { aggregate: 'Statement', id: 's1', command: 'RecordNonAdoption', input: { decisionId: 'd1', revision: 2, digest: subject.digest, outcome: 'silence-broken' } },
    ]));
  it('sends it back when it is rejected', async () =>
    expect(await on['DecisionRejected']!(recorded('DecisionRejected', { decisionId: 'd1', subject }, 'd1'), world())).toMatchObject([
      { command: 'RecordNonAdoption', input: { outcome: 'rejected' } },
    ]));
  it('leaves other subjects alone, and decisions that bind no text', async () => {
    expect(await on['DecisionAdopted']!(recorded('DecisionAdopted', { subject: { ...subject, type: 'application' } }), world())).toEqual([]);
    expect(await on['DecisionAdopted']!(recorded('DecisionAdopted', { subject: { type: 'statement', id: 's1', revision: 2 } }), world())).toEqual([]);
    expect(await on['SilenceBroken']!(recorded('SilenceBroken', {}), world())).toEqual([]);
  });
});

describe('the closing date', () => {
  const close = { aggregate: 'Statement', id: 's1', command: 'CloseForSignature', input: {} };
  it('closes the list when it comes, and is called off with the list', () => {
    const closesAt = { instant: '2026-12-01T12:00:00Z' };
    expect(closingDates.on['StatementOpenedForSignature']!(recorded('StatementOpenedForSignature', { closesAt }))).toEqual([{ key: 's1', at: closesAt.instant, due: close }]);
    expect(closingDates.on['StatementOpenedForSignature']!(recorded('StatementOpenedForSignature', {}))).toMatchObject([{ at: null }]);
    expect(closingDates.on['StatementAbandoned']!(recorded('StatementAbandoned', {}))).toEqual([{ key: 's1', at: null }]);
  });
  it('closes at once what is published after it', async () => {
    const state = opened(sha256).reduce((s, e) => evolve(statement, s, e), initialStatement);
    const published = (at: string) => whenPublishedLate.on['StatementPublished']!(recorded('StatementPublished', {}, 's1', at), world(state));
    expect(await published('2026-11-30T00:00:00.500Z')).toEqual([]);
    expect(await published('2026-12-01T12:00:00.000Z')).toEqual([close]);
  });
});

describe('the end of an embargo', () => {
  const publish = { aggregate: 'Statement', id: 's1', command: 'Publish', input: {} };
  it('STM-8 releases the text at its instant, moves with it, and is called off by the publication', () => {
    const until = { instant: '2026-12-01T12:00:00Z' };
    for (const type of ['EmbargoSet', 'EmbargoChanged']) expect(embargoReleases.on[type]!(recorded(type, { until }))).toEqual([{ key: 's1', at: until.instant, due: publish }]);
    expect(embargoReleases.on['StatementPublished']!(recorded('StatementPublished', {}))).toEqual([{ key: 's1', at: null }]);
  });
});

describe('a procès-verbal on the words of a statement', () => {
  const state = opened(sha256).reduce((s, e) => evolve(statement, s, e), initialStatement);
  const rectified = (field: string, wrong: string, more: object = { revision: 3 }) =>
    recorded('RecordRectified', { target: { stream: 'statement-s1', field, ...more }, wrong, right: 'X', procesVerbalRef: 'PV 1', effective: 'ab-initio' }, 'k1');
  const of = (data: unknown, event: RecordedEvent) =>
    whenRecordRectified.on['RecordRectified']!(event, {
      ...world(state), rows: () => Promise.resolve([{ doc: { stream: 'statement-s1', revision: 3, data } } as never]), row: () => Promise.resolve({ doc: { stream: 'statement-s1', revision: 3, data } } as never),
    });
  const enters = (place: object, wrong: string) => [{ aggregate: 'Statement', id: 's1', command: 'EnterCorrection', input: { correctionId: 'k1', ...place, wrong, corrected: 'X', procesVerbalRef: 'PV 1' } }];

  it('COR-2 enters the text where the event says, however it brought the words', async () => {
    const added = { clauseId: 'c1', section: 'preambular', text: { en: 'Recalling the duty to prevent,', fr: '' } };
    expect(await of(added, rectified('text.en', 'duty'))).toEqual(enters({ clauseId: 'c1', lang: 'en' }, 'duty'));
    expect(await of({ lang: 'fr', texts: { c2: 'Prie' } }, rectified('texts.c2', 'Prie'))).toEqual(enters({ clauseId: 'c2', lang: 'fr' }, 'Prie'));
    expect(await of({ operations: [{ op: 'insert', clauseId: 'c2', lang: 'en', text: 'act' }] }, rectified('operations.0.text', 'act'))).toEqual(enters({ clauseId: 'c2', lang: 'en' }, 'act'));
    expect(await of({ clauses: [{ clauseId: 'c1' }, { clauseId: 'c2', text: { fr: 'Prie' } }] }, rectified('clauses.1.text.fr', 'Prie', { position: '7' }))).toEqual(enters({ clauseId: 'c2', lang: 'fr' }, 'Prie'));
    expect(await of({ subject: { fr: 'Sur' } }, rectified('subject.fr', 'alerte'))).toEqual(enters({ lang: 'fr' }, 'alerte'));
  });
  it('COR-2 leaves alone what is not a statement, what the text no longer says, and what is not there', async () => {
    expect(await of({}, recorded('RecordRectified', { target: { stream: 'person-p', revision: 1, field: 'x' }, wrong: 'a', right: 'b' }))).toEqual([]);
    expect(await of({ clauseId: 'c1', text: { en: 'gone' } }, rectified('text.en', 'gone'))).toEqual([]);
    expect(await of({}, rectified('text.en', 'duty', { revision: 9 }))).toEqual([]);
    expect(placeOf({ lang: 'fr' }, 'title', state)).toEqual({ clauseId: null, lang: 'fr', title: true });
  });
});
