import type { Row, World } from '#kernel';
import { actors, proposal } from './statement/fixtures.contract.js';
import { initialStatement } from './statement/state.js';
import { affiliationOn, candidateOn, gatherForStatement } from './evidence.js';

const row = <D extends object>(id: string, doc: D): Row<D> => ({
  id, doc, revision: 1, position: '1', label: { tlp: 'CLEAR' }, mode: 'live', recordedAt: '2026-11-23T09:00:00Z',
});
const party = (name: string) => ({ ref: name, name });
const person = {
  status: 'serving', names: [{ full: 'A. Member', script: 'Latn', lang: 'en' }],
  mandates: [
    { id: 'm1', chamberCode: 'XA-LC01', term: null, seat: 'list', title: 'MP', startedOn: '2015', endedOn: '2020-03-01', reason: 'defeat' },
    { id: 'm2', chamberCode: 'XA-UC01', term: null, seat: 'appointed', title: 'Senator', startedOn: '2021-05', endedOn: null, reason: null },
  ],
  affiliations: [
    { chamberCode: 'XA-UC01', party: party('Blue'), side: 'government', from: '2024-07' },
    { chamberCode: 'XA-UC01', party: party('Red'), side: 'opposition', from: '2021-05' },
    { chamberCode: 'XA-UC01', party: party('Green'), side: 'opposition', from: '2027' },
  ],
  offices: [{ office: 'Minister of State', from: '2025', until: '2026-06-30' }],
};
const rows: Record<string, Row[]> = { persons: [row('p-member', person)], parliaments: [row('parl-a', {})], memberships: [row('m', { status: 'suspended' })] };
const group = {
  status: 'active', authorisations: [{ id: 'a1', subject: { type: 'statement', id: 's1' }, act: 'endorse', holder: 'p', digests: null, latitude: 'none', expiresAt: 'x' }],
};
const world = {
  row: (view: string, id: string) => Promise.resolve(rows[view]?.find((r) => r.id === id) ?? null),
  rows: (view: string) => Promise.resolve(rows[view] ?? []),
  state: (aggregate: { name: string }) => Promise.resolve(aggregate.name === 'Group' ? group : { ...initialStatement, status: 'published' }),
} as unknown as World;

describe('the evidence on a signatory', () => {
  it('STM-6 is the mandate, party and side of the day', async () => {
    const today = await candidateOn(world, 'p-member', 'open-letter', '2026-11-23');
    expect(today).toEqual({
      serving: true, office: null, ministersMaySign: true, removedOnOffice: false, profile: null,
      snapshot: { name: 'A. Member', title: 'Senator', party: 'Blue', side: 'government', chamber: 'XA-UC01', parliament: 'parl-a' },
    });
    expect((await candidateOn(world, 'p-member', 'open-letter', '2022-01-01'))?.snapshot).toMatchObject({ party: 'Red', side: 'opposition' });
  });
  it('STM-6 knows who no longer serves, who is not recorded, and who holds office', async () => {
    expect(await candidateOn(world, 'p-member', 'open-letter', '2020-12-01')).toMatchObject({ serving: false, snapshot: null });
    expect(await candidateOn(world, 'p-nobody', 'open-letter', '2026-11-23')).toBeNull();
    expect(await candidateOn(world, 'p-member', 'open-letter', '2026-01-01')).toMatchObject({ office: 'Minister of State' });
    expect(affiliationOn([], 'XA-UC01', '2026-01-01')).toBeUndefined();
  });
  it('PER-6 says what the chamber’s rules are: of his mandate, or of the chamber in which he has signed', async () => {
    expect(await candidateOn(world, 'p-member', 'harmonised-motion', '2026-11-23')).toMatchObject({ ministersMaySign: true, profile: null });
    const signedIn = await candidateOn(world, 'p-member', 'harmonised-motion', '2026-11-23', 'GB-LC01');
    expect(signedIn).toMatchObject({ ministersMaySign: false, removedOnOffice: true, profile: { profileId: 'gb-commons-edm' } });
    expect(await candidateOn(world, 'p-member', 'open-letter', '2026-11-23', 'GB-LC01')).toMatchObject({ ministersMaySign: true, profile: null });
  });
  it('gathers the group with its standing and the authorisations for this statement', async () => {
    const occasion = { command: 'SignStatement', id: 's1', input: {}, state: initialStatement, actor: actors.member, mode: 'live' as const, now: '2026-11-23T09:00:00Z' };
    const gathered = await gatherForStatement(world, occasion);
    expect(gathered.group).toMatchObject({ status: 'active', membership: 'suspended', authorisations: [{ id: 'a1', forThis: true }] });
    expect(gathered.candidate?.serving).toBe(true);
    const successor = await gatherForStatement(world, { ...occasion, command: 'Supersede', input: { byStatementId: 's2' } });
    expect(successor).toMatchObject({ candidate: null, successor: 'published' });
    const told = await gatherForStatement(world, { ...occasion, mode: 'import', input: { ...proposal, personId: 'p-member', at: '2022' } });
    expect(told).toMatchObject({ group: null, candidate: { snapshot: { party: 'Red' } } });
  });
});
