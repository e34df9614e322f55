import { type Actor, type Aggregate, evolve, type Occasion, type Row, type World } from '#kernel';
import { NOW } from '#kernel/testing';
import { actors, agenda, asked, at, attended, closed, convened, happened as met, inquorate, ofGroup, open } from '../meeting/fixtures.contract.js';
import { type Meeting, meeting } from '../meeting/meeting.js';
import { activated } from '../membership/fixtures.contract.js';
import { membership } from '../membership/membership.js';
import { constituted, happened as decreed, launched, procedure } from '../network/fixtures.contract.js';
import { network } from '../network/network.js';
import { gatherForDecision, gatherForMeeting } from '../evidence.js';

type Past = readonly { readonly type: string; readonly data: unknown }[];
const after = <S>(aggregate: Aggregate, past: Past): S => past.reduce((s, e) => evolve(aggregate, s as { status: string }, e), aggregate.initial as { status: string }) as S;
const row = (id: string, doc: object): Row => ({ id, doc, revision: 1, position: '1', label: { tlp: 'CLEAR' }, mode: 'live', recordedAt: NOW });
type Held = Readonly<Record<string, unknown>>;
const worldOf = (states: Held, rows: Readonly<Record<string, readonly Row[]>> = {}): World => ({
  state: ((aggregate: Aggregate, id: string) => Promise.resolve(states[`${aggregate.name}/${id}`] ?? aggregate.initial)) as World['state'],
  row: ((view: string, id: string) => Promise.resolve(rows[view]?.find((r) => r.id === id) ?? null)) as World['row'],
  rows: ((view: string, where: Held = {}) =>
    Promise.resolve((rows[view] ?? []).filter(({ doc }) => Object.entries(where).every(([c, value]) => [value].flat().includes((doc as never)[c]))))) as World['rows'],
});

const letters = ['p', 'q', 'r'];
const names = { en: 'Network for Prevention' };
const members = Object.fromEntries(letters.map((l) => [`Membership/m-${l}`, { ...after<object>(membership, [activated()]), groupId: `g-${l}` }]));
const rows = {
  memberships: letters.map((l) => row(`m-${l}`, { groupId: `g-${l}`, networkId: 'net', status: 'active' })),
  networks: [row('net', { names, steering: [{}, {}, {}, {}, {}] })],
};
const ruledBy = (rules: object) => ({
  'Network/net': after(network, [...constituted, decreed('RulesOfProcedureAdopted', { ...procedure, rules: { ...procedure.rules, ...rules } })]),
});
const charter = { 'Network/net': after(network, constituted) };
const group = (over: object = {}) => ({ status: 'active', names, parliamentId: 'XA', members: [{ personId: 'p1' }], authorisations: [], officers: [], ...over });
const gather = (input: object, states: Held = charter, past: Past = [], command = 'ConveneMeeting', actor: Actor = actors.secretariat) => {
  const occasion: Occasion<Meeting> = { command, id: 'mt1', input, state: after<Meeting>(meeting, past), actor, mode: 'live', now: NOW };
  return gatherForMeeting(worldOf({ ...members, ...states }, { ...rows, minutes: [row('mt0', { status: 'approved' })] }), occasion);
};

describe('the evidence on a meeting', () => {
  it('MTG-1 is the notice of the rules of procedure, or of the default, for the kind', async () => {
    expect((await gather(asked)).noticeDays).toBe(30);
    expect((await gather({ ...asked, kind: 'crisis-call' })).noticeDays).toBe(0);
    const ruled = ruledBy({ noticeDays: { plenary: 60 } });
    expect((await gather(asked, ruled)).noticeDays).toBe(60);
    expect((await gather({ ...asked, kind: 'steering' }, ruled)).noticeDays).toBe(7);
  });
  it('MTG-1 MTG-2 is of a group what the rules profile of its parliament says on the day of the meeting', async () => {
    const profile = { profileId: 'xa', version: '1', validFrom: '2026-12', quorumByMeetingKind: { agm: 8 }, noticeDays: { agm: 14 } };
    const states = { 'Group/g-p': group(), 'Parliament/XA': { status: 'sitting', profiles: [profile] } };
    const of = (kind: string, over: object = {}) => gather({ ...ofGroup, kind, ...over }, states);
    const ruled = { noticeDays: 14, quorum: { required: 8, ruled: true }, basis: { rulesProfile: 'xa' } };
    expect(await of('agm')).toMatchObject({ ...ruled, counted: 1, body: { meets: true, names, entitled: [] } });
    expect(await of('egm')).toMatchObject(ruled);
    expect(await of('ordinary')).toMatchObject({ noticeDays: 7, quorum: { required: 3, ruled: false } });
    expect(await of('agm', { at: { ...at, instant: '2026-11-30T09:00:00Z' } })).toMatchObject({ noticeDays: 7, basis: { rulesProfile: null } });
    expect(await gather(ofGroup, { 'Group/g-p': group({ status: 'lapsed', names: {}, members: [] }) }))
      .toMatchObject({ counted: null, body: { meets: false, names: null } });
  });
  it('MTG-2 is the quorum of a network: a share of the groups that vote, or of the seats', async () => {
    expect(await gather(asked)).toMatchObject({
      id: 'mt1', zoneKnown: true, counted: 3, quorum: { required: 2, ruled: false }, body: { meets: true, names, entitled: ['g-p', 'g-q', 'g-r'] },
      basis: { charterVersion: '1', rulesVersion: null },
    });
    expect(await gather(asked, ruledBy({ quorumPercent: 100 }))).toMatchObject({ quorum: { required: 3, ruled: true } });
    expect(await gather({ ...asked, kind: 'steering' }, ruledBy({ quorumPercent: 60 }))).toMatchObject({ counted: 5, quorum: { required: 3, ruled: true } });
    expect(await gather({ ...asked, body: { type: 'network', id: 'new' } }, { 'Network/new': after(network, [launched]) }))
      .toMatchObject({ counted: null, quorum: { required: 1, ruled: false }, body: { meets: true, names: null, entitled: [] }, basis: { charterVersion: null } });
    expect(await gather({ ...asked, body: { type: 'network', id: 'none' } })).toMatchObject({ body: { meets: false } });
    expect(await gather({ ...asked, at: { ...at, timezone: 'Nowhere/Land' } })).toMatchObject({ zoneKnown: false });
  });
  it('MTG-3 is what those are called who attend, where nobody may be named', async () => {
    const states = { ...charter, 'Person/p-member': { status: 'serving', names: [{ full: 'Zoë Example' }, { full: 'زوي' }] } };
    const text = { item: 1, text: agenda[0] };
    const named = async (rule: 'on-record' | 'chatham-house') =>
      (await gather(text, states, [...open({ rule }), met('AttendanceRecorded', attended)], 'RecordDecision')).attendants;
    expect([await named('chatham-house'), await named('on-record')]).toEqual([['Zoë Example', 'زوي'], []]);
    const recorded = async (personId: string) => (await gather({ ...attended, personId }, states, open(), 'RecordAttendance')).personRecorded;
    expect([await recorded('p-member'), await recorded('p-nobody')]).toEqual([true, false]);
  });
  it('MTG-4 is how the other meeting stands, of whom it was, and whether its minutes are approved', async () => {
    const minutesOf = async (ofMeetingId: string, other: Past) =>
      (await gather({ ofMeetingId }, { ...charter, [`Meeting/${ofMeetingId}`]: after(meeting, other) }, open(), 'ApproveMinutes')).minutesOf;
    expect(await minutesOf('mt2', closed())).toEqual({ status: 'closed', ofThisBody: true, closedAt: '2026-12-24T10:00:00Z', approved: false });
    expect(await minutesOf('mt0', closed())).toMatchObject({ approved: true });
    expect(await minutesOf('mt2', convened({ body: ofGroup.body }))).toEqual({ status: 'convened', ofThisBody: false, closedAt: null, approved: false });
    expect((await gather({ decisionRef: 'd1' }, charter, open(), 'RecordDecision')).decision).toBe('none');
  });
  it('MTG-2 tells a call for consensus how the meeting stands that it names; of one that is not on record nothing', async () => {
    const meetingOf = async (input: object) => {
      const states = { ...charter, 'Meeting/open': after(meeting, open()), 'Meeting/few': after(meeting, inquorate()) };
      const occasion = { command: 'CallConsensus', id: 'd1', input, state: { status: 'none', networkId: '' }, actor: actors.steering, mode: 'live', now: NOW };
      return (await gatherForDecision(worldOf(states, rows), occasion as never)).meeting;
    };
    expect([await meetingOf({ meetingId: 'open' }), await meetingOf({ meetingId: 'few' })]).toEqual(['open', 'inquorate']);
    expect([await meetingOf({ meetingId: 'other' }), await meetingOf({})]).toEqual([null, undefined]);
  });
});
