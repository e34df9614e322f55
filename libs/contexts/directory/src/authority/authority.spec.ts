import type { Actor, World } from '#kernel';
import { NOW, specify } from '#kernel/testing';
import type { AuthorityDoc } from '../views/authorities.view.js';
import { actingAuthority, type AuthorityEvidence } from './authority.js';
import { delegations } from './in-force.js';
import type { AuthorityEvent } from './events.js';

const chair: Actor = { personId: 'p1', capacity: 'chair', onBehalfOf: 'g1' };
const staff: Actor = { personId: 's1', capacity: 'group-secretariat', onBehalfOf: 'g1' };
const system: Actor = { personId: 'system', capacity: 'system', rule: 'authority-expiry' };
const imported = { actor: { personId: 'sec', capacity: 'network-secretariat' } as const, mode: 'import' as const };
const until = '2027-01-31T22:00:00Z';
const known: AuthorityEvidence = {
  acts: { 'Mou.ProposeClause': {}, 'Mou.SignFirst': { personal: 'sign', proxy: true }, 'Group.GrantAuthorisation': { personal: 'authorise' } },
  serving: true, held: 'chair', proxies: [],
};
const given = specify(actingAuthority, { actor: chair, evidence: known });
const input = { to: 's1', acts: ['Mou.ProposeClause'], until };
const granted: AuthorityEvent = { type: 'AuthorityGranted', data: { ...input, from: 'p1', groupId: 'g1', capacity: 'chair' } };
const use = { act: 'Mou.ProposeClause', ref: 'mou-m1', commandId: 'c1' };
const used: AuthorityEvent = { type: 'AuthorityExercised', data: use };
const ended = (reason: string): AuthorityEvent => ({ type: 'AuthorityEnded', data: { reason } });

describe('an authority to act in another’s name', () => {
  it('AUT-2 is granted by a serving member for named acts until an instant, and says for which group', () => {
    given().when('GrantAuthority', input).yields(granted);
    given().when('GrantAuthority', { ...input, acts: ['Mou.ProposeClause', 'Mou.ProposeClause'] }).yields(granted);
    given().when('GrantAuthority', input, { actor: staff }).refuses('not-permitted');
    given().when('GrantAuthority', { ...input, acts: ['Mou.DoAnything'] }).refuses('authority.unknown-act', 'AUT-2');
    given().when('GrantAuthority', { ...input, until: NOW }).refuses('authority.until-past', 'AUT-2');
    given().when('GrantAuthority', input, { evidence: { ...known, serving: false } }).refuses('authority.grantor-not-serving', 'AUT-2');
    given().when('GrantAuthority', input, { evidence: { ...known, held: null } }).refuses('authority.grantor-not-of-group', 'AUT-2');
    expect(actingAuthority.commands['GrantAuthority']?.input.safeParse({ ...input, acts: [] }).success).toBe(false);
  });
  it('AUT-2 carries no more than what the grantor is by the record of the group', () => {
    const officer = { ...granted.data, capacity: 'officer' };
    given().when('GrantAuthority', input, { evidence: { ...known, held: 'officer' } }).yields({ type: 'AuthorityGranted', data: officer } as AuthorityEvent);
  });
  it('AUT-1 holds no personal act', () => {
    given().when('GrantAuthority', { ...input, acts: ['Group.GrantAuthorisation'] }).refuses('authority.personal-act', 'AUT-1');
    given().when('GrantAuthority', { ...input, acts: ['Mou.SignFirst'] }).refuses('authority.personal-act', 'AUT-1');
    given().when('GrantAuthority', { ...input, to: 'p1' }).refuses('authority.to-oneself', 'AUT-1');
    given().when('GrantAuthority', { ...input, from: 'p2' }).refuses('authority.not-for-others', 'G2');
  });
  it('AUT-1 holds one where the rules of the chamber allow a proxy and the act shows it', () => {
    const allows = { ...known, proxies: ['sign', 'authorise'] as const };
    given().when('GrantAuthority', { ...input, acts: ['Mou.SignFirst'] }, { evidence: allows }).yieldsTypes('AuthorityGranted');
    given().when('GrantAuthority', { ...input, acts: ['Group.GrantAuthorisation'] }, { evidence: allows }).refuses('authority.personal-act', 'AUT-1');
  });
  it('AUT-1 is used by its holder, for its acts; each command is told once', () => {
    given(granted).when('UseAuthority', use, { actor: staff }).yields(used);
    given(granted).when('UseAuthority', use, { actor: system }).yields(used);
    given(granted, used).when('UseAuthority', { ...use, ref: 'mou-m2' }, { actor: system }).changesNothing();
    given(granted).when('UseAuthority', use, { actor: { ...staff, personId: 's2' } }).refuses('authority.not-the-holder', 'AUT-1');
    given(granted).when('UseAuthority', { ...use, act: 'Mou.ReviseClause' }, { actor: staff }).refuses('authority.other-act', 'AUT-2');
    given(granted).when('UseAuthority', use, { actor: staff, now: until }).refuses('authority.expired', 'AUT-2');
    given(granted).when('UseAuthority', use).refuses('not-permitted');
  });
  it('AUT-2 is ended by who granted it, or by a rule: at its instant, with the mandate', () => {
    given(granted).when('EndAuthority', { reason: 'Left the office' }).yields(ended('Left the office'));
    given(granted).when('EndAuthority', { reason: 'expired' }, { actor: system }).yields(ended('expired'));
    given(granted).when('EndAuthority', { reason: 'x' }, { actor: { ...chair, personId: 'p2' } }).refuses('authority.not-the-grantor', 'AUT-2');
    given(granted, ended('expired')).when('UseAuthority', use, { actor: staff }).refuses('illegal-transition');
    given(granted, ended('expired')).when('EndAuthority', { reason: 'x' }).refuses('illegal-transition');
  });
  it('AUT-2 comes from a source with who granted it to whom, and without what the source does not say', () => {
    given().when('GrantAuthority', { ...input, from: 'p9' }, imported).yields({ type: 'AuthorityGranted', data: { ...input, from: 'p9' } });
  });
  it('is read by the two, by their group and by the secretariat', () => {
    const { state } = given().when('GrantAuthority', input);
    expect(actingAuthority.label(state, granted)).toEqual({ tlp: 'AMBER', groups: ['g1'], persons: ['p1', 's1'] });
  });
});

describe('what staff may do at this moment', () => {
  const authority = [granted].reduce((s, e) => actingAuthority.evolve[e.type](s, e.data as never), actingAuthority.initial);
  const mandate = { id: 'm1', chamberCode: 'XA-LC01', startedOn: '2025-06-01', endedOn: null as string | null };
  const group = { status: 'active', parliamentId: 'XA', officers: [{ personId: 'p1', role: 'chair' }], members: [{ personId: 'p1', status: 'full' }] };
  const worldOf = (over: { authority?: object; mandate?: object; group?: object; mode?: string; profile?: object } = {}): World => ({
    row: () => Promise.resolve(null),
    rows: (() => Promise.resolve([{ id: 'a1', mode: over.mode ?? 'exercise', doc: {} as AuthorityDoc }])) as unknown as World['rows'],
    state: ((aggregate: { name: string }) =>
      Promise.resolve(
        {
          ActingAuthority: { ...authority, ...over.authority }, Person: { mandates: [{ ...mandate, ...over.mandate }] }, Group: { ...group, ...over.group },
          Parliament: { profiles: [{ validFrom: '2026', ...over.profile }] },
        }[aggregate.name],
      )) as World['state'],
  });
  const at = { now: NOW, mode: 'exercise' as const };
  const ask = (over?: Parameters<typeof worldOf>[0], actor: Actor = staff) => delegations(worldOf(over), actor, at);

  it('AUT-2 is what an authority in force says, in the grantor’s capacity and with both named', async () => {
    const actor = { personId: 's1', capacity: 'chair', onBehalfOf: 'g1', authorityId: 'a1', grantedBy: 'p1' };
    expect(await ask()).toEqual([{ authorityId: 'a1', actor, acts: ['Mou.ProposeClause'], proxies: [], until }]);
  });
  it('AUT-2 is nothing from the moment at which the authority, the mandate or the place in the group is over, whatever the view still says', async () => {
    expect(await ask({ authority: { status: 'ended' } })).toEqual([]);
    expect(await ask({ authority: { until: NOW } })).toEqual([]);
    expect(await ask({ mandate: { endedOn: '2026-11-23' } })).toEqual([]);
    expect(await ask({ mandate: { endedOn: '2026-11-24' } })).toHaveLength(1);
    expect(await ask({ group: { officers: [], members: [] } })).toEqual([]);
    expect(await ask({ group: { status: 'dormant' } })).toEqual([]);
  });
  it('AUT-2 shrinks with the grantor’s office', async () =>
    expect(await ask({ group: { officers: [] } })).toMatchObject([{ actor: { capacity: 'member' } }]));
  it('AUT-1 is the holder’s alone, in the secretariat of that group, and never mixes exercise and record', async () => {
    expect(await ask({}, { ...staff, personId: 's2' })).toEqual([]);
    expect(await ask({}, { ...staff, onBehalfOf: 'g2' })).toEqual([]);
    expect(await ask({ mode: 'live' })).toEqual([]);
  });
  it('AUT-1 includes a proxy only where the rules of the chamber name it', async () =>
    expect(await ask({ profile: { proxyFor: ['sign'] } })).toMatchObject([{ proxies: ['sign'] }]));
});
