import { fold, type EventMeta, type Row, type World } from '#kernel';
import type { CorrectionEvent } from './correction/events.js';
import { recordCorrection } from './correction/correction.js';
import { gatherForCorrection, signatoriesOf, stricter, tokensOf, valueAt } from './evidence.js';
import { type CorrectionDoc, corrections } from './views/corrections.view.js';

const label = { tlp: 'CLEAR' as const };
const target = { stream: 'statement-s1', revision: 2, field: 'snapshot.name' };
const meta: EventMeta = { recordedAt: '2026-11-23T09:00:00Z', actor: { personId: 'p', capacity: 'auditor' }, mode: 'live', label, commandId: 'c', correlationId: 'c' };
const read = (...events: CorrectionEvent[]): CorrectionDoc =>
  events.reduce<Row<CorrectionDoc> | null>(
    (row, event, i) => fold(corrections, row, { ...event, id: 'e', stream: 'correction-c1', category: 'correction', streamId: 'c1', revision: i + 1, position: String(i), meta }),
    null,
  )!.doc;

const queried: CorrectionEvent = { type: 'RecordQueried', data: { correctionId: 'c1', target, reading: 'A. Membr', note: 'Spelling?', by: 'p-aud', label, bound: true } };
const proposed: CorrectionEvent = {
  type: 'CorrectionProposed',
  data: { correctionId: 'c1', target, wrong: 'A. Membr', right: 'A. Member', evidence: [{ title: 'Register' }], class: 'identity', by: 'p-sec', label, bound: true },
};
const notified: CorrectionEvent = { type: 'CorrectionNotified', data: { to: ['p-1'], objectionsUntil: { instant: '2026-12-31T12:00:00Z', wallTime: '2026-12-31T12:00', timezone: 'UTC' } } };
const rectified: CorrectionEvent = { type: 'RecordRectified', data: { target, wrong: 'A. Membr', right: 'A. Member', procesVerbalRef: 'PV 1', effective: 'ab-initio' } };

describe('the corrections that pages show', () => {
  it('COR-3 marks the reading as queried, as printed', () =>
    expect(read(queried)).toMatchObject({ status: 'queried', mark: 'queried', reading: 'A. Membr', right: null, target: { category: 'statement', id: 's1' } }));
  it('COR-2 keeps both readings when it is corrected', () =>
    expect(read(queried, proposed, notified, rectified)).toMatchObject({ mark: 'corrected', reading: 'A. Membr', right: 'A. Member', note: 'Spelling?' }));
  it('takes the mark away when it is rejected or withdrawn', () => {
    expect(read(queried, { type: 'CorrectionRejected', data: { reason: 'Printed so.' } })).toMatchObject({ mark: null, rejected: 'Printed so.' });
    expect(read(queried, { type: 'CorrectionWithdrawn', data: {} }).mark).toBeNull();
  });
  it('waits for the depositary and those who signed', () => {
    const duties = (...events: CorrectionEvent[]) => corrections.duties!(read(...events)).map((d) => `${d.kind} ${d.holder}`);
    expect(duties(queried)).toEqual(['correction-answer network-secretariat']);
    expect(duties(proposed)).toEqual(['correction-notify network-secretariat']);
    expect(duties(proposed, notified)).toEqual(['correction-execute network-secretariat', 'correction-consider person:p-1', 'correction-consider chair:p-1']);
    expect(duties(proposed, notified, { type: 'CorrectionObjected', data: { by: 'p', reason: 'no' } })).toEqual(['correction-resolve network-secretariat']);
    expect(duties(proposed, rectified)).toEqual([]);
  });
  it('is listed by stream and status', () =>
    expect(Object.values(corrections.columns!).map((column) => column(read(queried)))).toEqual(['statement-s1', 'statement', 'queried', 'queried']));
});

describe('the evidence on a target', () => {
  it('G6 names nobody whose signature is private yet, and everybody once the threshold is reached', () => {
    const entry = (type: string, data: object) => ({ doc: { type, data, stream: 'statement-s1', streamId: 's1', revision: 1, actor: meta.actor } });
    const secret = ['p1', 'p2'].map((personId) => entry('StatementSigned', { personId, private: true }));
    expect(signatoriesOf([...secret, entry('GroupEndorsed', { groupId: 'g1' })])).toEqual(['g1']);
    expect(signatoriesOf([...secret, entry('SignaturesRevealed', { signatories: [{ personId: 'p1' }, { personId: 'p2' }] }), entry('StatementSigned', { personId: 'p3' })])).toEqual(['p1', 'p2', 'p3']);
  });
  const entry = (revision: number, type: string, data: unknown, tlp: 'CLEAR' | 'GREEN' = 'CLEAR'): Row => ({
    id: String(revision).padStart(20, '0'), revision, position: String(revision), label: { tlp }, mode: 'live', recordedAt: '',
    doc: { type, stream: 'statement-s1', streamId: 's1', revision, data, actor: meta.actor, sources: [{ quote: 'as printed' }] },
  });
  const entries = [entry(1, 'StatementProposed', { urgency: 'crisis' }, 'GREEN'), entry(2, 'StatementSigned', { personId: 'p-1', snapshot: { name: 'A. Membr', seats: 3 } })];
  const world = {
    rows: () => Promise.resolve(entries),
    row: (_view: string, id: string) => Promise.resolve(entries.find((e) => e.id === id) ?? null),
  } as unknown as World;
  const gather = (at: object, capacity: 'auditor' | 'observer' = 'auditor') =>
    gatherForCorrection(world, {
      command: 'QueryRecord', id: 'c1', input: { target: at }, state: recordCorrection.initial, actor: { personId: 'p', capacity }, mode: 'live', now: '2026-11-23T09:00:00Z',
    });

  it('finds the field by revision or by position, with who signed and the period of a crisis', async () => {
    const expected = { target: { label, value: 'A. Membr', bound: true, signatories: ['p-1'] }, objectionsNotBefore: '2026-11-23T15:00:00.000Z' };
    expect(await gather(target)).toEqual(expected);
    expect(await gather({ stream: 'statement-s1', position: '2', field: 'snapshot.name' })).toEqual(expected);
    expect((await gather({ ...target, field: 'snapshot.nothing' })).target?.value).toBeNull();
  });
  it('answers what is not there like what may not be read', async () => {
    expect((await gather({ ...target, revision: 9 })).target).toBeNull();
    expect((await gather({ ...target, stream: 'statement-s2', position: '2' })).target).toBeNull();
    expect((await gather({ ...target, revision: 1, field: 'urgency' })).target?.value).toBe('crisis');
    expect((await gather({ ...target, revision: 1, field: 'urgency' }, 'observer')).target).toBeNull();
  });
  it('reads paths into data and sources and nothing inherited', () => {
    const it = { data: { a: [{ b: 'x' }], n: 3, t: true }, sources: [{ quote: 'q' }] };
    expect(['a.0.b', 'n', 't', 'sources.0.quote', 'a', 'a.length', 'constructor.name', 'zz'].map((f) => valueAt(it, f))).toEqual(['x', '3', 'true', 'q', null, '1', null, null]);
  });
  it('knows the readers of every capacity, and the stricter of two labels', () => {
    const all = ['network-secretariat', 'network-chair', 'chair', 'officer', 'member', 'group-secretariat', 'partner', 'observer', 'auditor', 'administrator', 'system'] as const;
    const network = all.filter((capacity) => tokensOf({ personId: 'p', capacity, onBehalfOf: 'g' }).has('network'));
    expect(network).toEqual(['network-secretariat', 'network-chair', 'chair', 'officer', 'member', 'group-secretariat', 'auditor']);
    expect(stricter({ tlp: 'CLEAR' }, { tlp: 'AMBER', groups: ['g'] }).tlp).toBe('AMBER');
    expect(stricter({ tlp: 'RED', persons: ['p'] }, { tlp: 'GREEN' }).tlp).toBe('RED');
  });
});
