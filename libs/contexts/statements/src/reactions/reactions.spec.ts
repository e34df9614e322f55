import type { RecordedEvent, World } from '#kernel';
import { sha256 } from '#kernel/testing';
import { evolve } from '#kernel';
import { opened } from '../statement/fixtures.contract.js';
import { initialStatement, type Statement } from '../statement/state.js';
import { statement } from '../statement/statement.js';
import { closingDates, whenPublishedLate } from './closing.js';
import { whenDecisionTaken } from './when-decision-taken.js';

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
