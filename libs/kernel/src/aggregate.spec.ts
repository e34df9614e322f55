import { z } from 'zod';
import type { Actor } from './actor.js';
import { decide, defineAggregate, mayCommand, rowsFor } from './aggregate.js';
import { EventCatalogue } from './event.js';
import { audienceOf, CLEAR, mayRead, type Tlp } from './label.js';
import { isRefusal, refuse } from './refusal.js';

interface Door {
  readonly status: 'none' | 'closed' | 'open';
  readonly groupId: string;
}
const events = new EventCatalogue('test', { Built: z.object({ groupId: z.string() }), Opened: z.object({ by: z.string() }) });
const { command, records } = rowsFor<Door, (typeof events)['schemas'], { readonly locked: boolean; readonly alarmed: boolean }>(events);
const door = defineAggregate<Door, (typeof events)['schemas'], { readonly locked: boolean; readonly alarmed: boolean }>({
  name: 'Door', category: 'door', events, states: ['none', 'closed', 'open'], terminal: [], initial: { status: 'none', groupId: '' }, invariants: { 'DOR-1': 'Locked doors stay shut.' },
  commands: {
    Build: records('Built', { by: ['GroupOfficer'], from: ['none'], to: 'closed' }),
    Open: command({
      by: ['GroupChair', 'Witness'], from: ['closed'], to: 'open', emits: ['Opened'], input: z.object({}),
      guard: (_, __, { evidence }) => [evidence.locked && refuse('door.locked', {}, 'DOR-1'), evidence.alarmed && refuse('door.alarmed', {}, 'DOR-1')],
      decide: (_, __, { actor }) => (actor.personId === 'nobody' ? refuse('door.nobody') : [{ type: 'Opened', data: { by: actor.personId } }]),
    }),
  },
  evolve: { Built: (_, d) => ({ status: 'closed', groupId: d.groupId }), Opened: (state) => ({ ...state, status: 'open' }) },
  groups: (state, input) => [state.groupId || ((input as { groupId?: string }).groupId ?? '')],
  roles: (actor) => (actor.personId === 'witness' ? ['Witness'] : []),
  label: () => CLEAR,
});
const closed: Door = { status: 'closed', groupId: 'g1' };
const actor = (capacity: Actor['capacity'], onBehalfOf?: string, personId = 'p'): Actor => ({ personId, capacity, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) });
const ctx = (evidence: { locked: boolean; alarmed: boolean }, mode: 'live' | 'import' = 'live', who = actor('chair', 'g1')) => ({
  now: '2026-11-23T09:00:00Z', actor: who, mode, evidence, newId: String, sha256: String,
});
const open = (state: Door, ...args: Parameters<typeof ctx>) => decide(door, 'Open', {}, state, ctx(...args));
const free = { locked: false, alarmed: false };

describe('a decision', () => {
  it('records what the row decides', () => expect(open(closed, free)).toEqual([{ type: 'Opened', data: { by: 'p' } }]));
  it('is refused in another state before anything else is looked at', () =>
    expect(open({ ...closed, status: 'open' }, { locked: true, alarmed: true })).toMatchObject({ refused: 'illegal-transition', params: { state: 'open', from: 'closed' } }));
  it('tells all unmet conditions at once, and one alone by itself', () => {
    const both = open(closed, { locked: true, alarmed: true });
    expect(isRefusal(both) && both.unmet?.map((r) => r.refused)).toEqual(['door.locked', 'door.alarmed']);
    expect(open(closed, { locked: true, alarmed: false })).toMatchObject({ refused: 'door.locked', rule: 'DOR-1' });
  });
  it('of an import is not guarded, but still decided', () => {
    expect(open(closed, { locked: true, alarmed: true }, 'import')).toEqual([{ type: 'Opened', data: { by: 'p' } }]);
    expect(open(closed, free, 'import', actor('network-secretariat', undefined, 'nobody'))).toMatchObject({ refused: 'door.nobody' });
  });
  it('on a command that is none is refused', () => expect(decide(door, 'Paint', {}, closed, ctx(free))).toMatchObject({ refused: 'unknown-command' }));
});

describe('who may', () => {
  const may = (who: Actor, name = 'Open', mode: 'live' | 'import' | 'exercise' = 'live', state: Door = closed, input: object = {}) => mayCommand(door, name, state, input, who, mode);
  it('follows from the capacity in the group of the thing', () => {
    expect([may(actor('chair', 'g1')), may(actor('chair', 'g2')), may(actor('officer', 'g1')), may(actor('member', 'g1')), may(actor('network-chair'))]).toEqual([true, false, false, false, false]);
  });
  it('follows from what the thing says of the person', () => expect(may(actor('observer', undefined, 'witness'))).toBe(true));
  it('before it exists, from the group that the input names', () => {
    const none: Door = { status: 'none', groupId: '' };
    expect([may(actor('officer', 'g1'), 'Build', 'live', none, { groupId: 'g1' }), may(actor('officer', 'g2'), 'Build', 'live', none, { groupId: 'g1' })]).toEqual([true, false]);
  });
  it('in an import is the network secretariat, whatever the row says', () => {
    expect([may(actor('network-secretariat'), 'Open', 'import'), may(actor('chair', 'g1'), 'Open', 'import'), may(actor('network-secretariat'), 'Open')]).toEqual([true, false, false]);
  });
  it('is nobody where the command is none', () => expect(may(actor('chair', 'g1'), 'Paint')).toBe(false));
});

describe('who may read', () => {
  const READERS: Readonly<Record<string, ReadonlySet<string>>> = {
    anyone: new Set(['public']), member: new Set(['public', 'network', 'group:g2']), own: new Set(['public', 'network', 'group:g1']),
    secretariat: new Set(['public', 'network', 'secretariat']), auditor: new Set(['public', 'network', 'auditor']), named: new Set(['public', 'person:p1']),
  };
  it.each<[Tlp, string]>([
    ['CLEAR', 'anyone member own secretariat auditor named'],
    ['GREEN', 'member own secretariat auditor'],
    ['AMBER', 'own secretariat auditor named'],
    ['AMBER+STRICT', 'own auditor named'],
    ['RED', 'named'],
  ])('%s: %s', (tlp, who) => {
    const label = { tlp, groups: ['g1'], persons: ['p1'] };
    expect(Object.keys(READERS).filter((reader) => mayRead(READERS[reader]!, label)).join(' ')).toBe(who);
  });
  it('of a label that names nobody is nobody but those of the label itself', () => {
    expect([audienceOf({ tlp: 'RED' }), audienceOf({ tlp: 'AMBER+STRICT' })]).toEqual([[], ['auditor']]);
  });
});
