import { evolve, type RecordedEvent, type World } from '#kernel';
import { NOW, sha256 } from '#kernel/testing';
import { opened, signed } from '../statement/fixtures.contract.js';
import { statement } from '../statement/statement.js';
import { whenOfficeTaken } from './when-office-taken.js';

const assumed = (from: string): RecordedEvent => ({
  id: 'e1', type: 'ExecutiveOfficeAssumed', data: { office: 'Minister of State', from }, stream: 'person-p1', category: 'person', streamId: 'p1', revision: 1, position: '1',
  meta: { recordedAt: NOW, actor: { personId: 'p-sec', capacity: 'network-secretariat' }, mode: 'live', label: { tlp: 'GREEN' }, commandId: 'c', correlationId: 'c' },
});
const world = (kind: 'harmonised-motion' | 'open-letter', chamber: string): World => ({
  state: () => Promise.resolve([...opened(sha256, kind), signed(sha256, 'p1', { chamber })].reduce((s, e) => evolve(statement, s, e), statement.initial) as never),
  rows: (view, where) => Promise.resolve(view === 'pledges' && where?.['person'] === 'p1' ? ([{ doc: { statementId: 's1', personId: 'p1', status: 'signed' } }] as never) : []),
  row: () => Promise.resolve(null),
});
const follow = (from: string, ...where: Parameters<typeof world>) => whenOfficeTaken.on['ExecutiveOfficeAssumed']!(assumed(from), world(...where));

describe('when a signatory takes executive office', () => {
  it('PER-6 a minister’s name is removed where the profile of the chamber says so', async () =>
    expect(await follow('2026-11-20', 'harmonised-motion', 'GB-LC01')).toEqual([
      { aggregate: 'Statement', id: 's1', command: 'RemoveSignature', input: { personId: 'p1', because: 'executive-office', office: 'Minister of State' } },
    ]));
  it('PER-6 stays where the chamber says nothing, or nothing of such a text', async () => {
    expect(await follow('2026-11-20', 'harmonised-motion', 'CA-LC01')).toEqual([]);
    expect(await follow('2026-11-20', 'harmonised-motion', 'XA-LC01')).toEqual([]);
    expect(await follow('2026-11-20', 'open-letter', 'GB-LC01')).toEqual([]);
  });
  it('PER-6 stays until the office begins', async () => expect(await follow('2027-01-01', 'harmonised-motion', 'GB-LC01')).toEqual([]));
});
