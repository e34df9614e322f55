import { type Actor, type Aggregate, evolve, type Occasion, type Row, type World } from '#kernel';
import { NOW } from '#kernel/testing';
import { decisionProcedure } from '../decision-procedure/decision-procedure.js';
import { actors, adopted, ballot, digest, silence, subject } from '../decision-procedure/fixtures.contract.js';
import {
  actors as applying, application, circulated, expressed, happened as applied, interest, names, recommended,
} from '../membership-application/fixtures.contract.js';
import { membershipApplication } from '../membership-application/membership-application.js';
import { activated, happened as joined, suspension } from '../membership/fixtures.contract.js';
import { membership } from '../membership/membership.js';
import { constituted, happened as decreed, launched, procedure } from '../network/fixtures.contract.js';
import { network } from '../network/network.js';
import { belongsTo, entitledIn, namesOf } from './entitled.js';
import { gatherForApplication, gatherForDecision, gatherForMembership, gatherForNetwork } from '../evidence.js';
import { anotherOpen, propositionOf } from './subject.js';

type Past = readonly { readonly type: string; readonly data: unknown }[];
interface State {
  readonly status: string;
}
const after = (aggregate: Aggregate, past: Past): unknown => past.reduce((s, e) => evolve(aggregate, s as State, e), aggregate.initial as State);
const row = (id: string, doc: object, revision = 1): Row => ({ id, doc, revision, position: '1', label: { tlp: 'CLEAR' }, mode: 'live', recordedAt: NOW });
interface Known {
  /** By `<aggregate>/<id>`. */
  readonly states?: Readonly<Record<string, unknown>>;
  readonly rows?: Readonly<Record<string, readonly Row[]>>;
}
const worldOf = ({ states = {}, rows = {} }: Known): World => ({
  state: ((aggregate: Aggregate, id: string) => Promise.resolve(states[`${aggregate.name}/${id}`] ?? aggregate.initial)) as World['state'],
  row: ((view: string, id: string) => Promise.resolve(rows[view]?.find((r) => r.id === id) ?? null)) as World['row'],
  rows: ((view: string, where: Readonly<Record<string, unknown>> = {}) =>
    Promise.resolve((rows[view] ?? []).filter(({ doc }) => Object.entries(where).every(([c, value]) => [value].flat().includes((doc as never)[c]))))) as World['rows'],
});

const member = (letter: string, over: object = {}) => ({ ...(after(membership, [activated()]) as object), groupId: `g-${letter}`, ...over });
const listed = (letter: string, over: object = {}) => row(`m-${letter}`, { groupId: `g-${letter}`, networkId: 'net', status: 'active', ...over });
const group = (parliamentId: string, over: object = {}) => ({ status: 'active', names, parliamentId, authorisations: [], officers: [], ...over });
const letters = ['p', 'q', 'r'] as const;
const settled: Required<Known> = {
  states: {
    'Network/net': after(network, constituted),
    'Group/g-s': group('XA'), 'Group/g-p': group('XA'), 'Group/g-q': group('XB'), 'Group/g-r': group('XC'),
    ...Object.fromEntries(letters.map((l) => [`Membership/m-${l}`, member(l)])),
  },
  rows: { memberships: letters.map((l) => listed(l)) },
};
const settledWith = ({ states = {}, rows = {} }: Known) => worldOf({ states: { ...settled.states, ...states }, rows: { ...settled.rows, ...rows } });
const ruledBy = (rules: object) => {
  const adopted_ = decreed('RulesOfProcedureAdopted', { ...procedure, rules: { ...procedure.rules, ...rules } });
  return { 'Network/net': after(network, [...constituted, adopted_]) };
};
const occasion = <S>(command: string, input: unknown, state: S, actor: Actor = actors.secretariat, over: Partial<Occasion<S>> = {}): Occasion<S> => (
  { command, id: 'x1', input, state, actor, mode: 'live', now: NOW, ...over }
);

describe('who is entitled', () => {
  it('DEC-5 full members in standing, by the record itself and not by a list that lags behind', async () => {
    expect(await entitledIn(settledWith({}), 'net', NOW)).toEqual(['g-p', 'g-q', 'g-r']);
    const states = {
      'Membership/m-p': member('p', { status: 'ended' }), 'Membership/m-q': member('q', { category: 'observer' }), 'Membership/m-r': member('r', { status: 'alert' }),
    };
    expect(await entitledIn(settledWith({ states }), 'net', NOW)).toEqual(['g-r']);
    expect(await entitledIn(settledWith({}), '', NOW)).toEqual([]);
    expect(await entitledIn(settledWith({}), 'other', NOW)).toEqual([]);
  });
  it('MEM-3 a suspension takes the vote from its effective time', async () => {
    const rows = { memberships: [listed('p', { status: 'suspended' }), listed('q')] };
    const states = { 'Membership/m-p': after(membership, [activated(), joined('MembershipSuspended', { ...suspension, effectiveAt: '2026-11-23T12:00:00Z' })]) };
    const world = settledWith({ states, rows });
    expect(await entitledIn(world, 'net', '2026-11-23T11:59:59Z')).toEqual(['g-p', 'g-q']);
    expect(await entitledIn(world, 'net', '2026-11-23T12:00:00Z')).toEqual(['g-q']);
  });
  it('APP-5 those of the applicant’s parliament stand aside', async () => {
    expect(await entitledIn(settledWith({}), 'net', NOW, 'XA')).toEqual(['g-q', 'g-r']);
    expect(await entitledIn(settledWith({}), 'net', NOW, '')).toEqual(['g-p', 'g-q', 'g-r']);
  });
  it('knows who belongs to a network, and what a group is called', async () => {
    const belongs = (groupId: string, except?: string) => belongsTo(settledWith({}), groupId, 'net', except);
    expect([await belongs('g-p'), await belongs('g-p', 'm-p'), await belongs('g-s')]).toEqual([true, false, false]);
    expect(await belongsTo(settledWith({ states: { 'Membership/m-p': member('p', { status: 'expelled' }) } }), 'g-p', 'net')).toBe(false);
    expect([await namesOf(settledWith({}), 'g-s'), await namesOf(settledWith({}), 'g-z'), await namesOf(settledWith({}), '')]).toEqual([names, null, null]);
  });
});

describe('the evidence on an application', () => {
  const gather = (command: string, input: object, known: Known = {}, past: Past = [], actor: Actor = applying.applicant) =>
    gatherForApplication(settledWith(known), occasion(command, input, after(membershipApplication, past) as typeof membershipApplication.initial, actor, { id: 'a1' }));
  it('is the network, its charter of that day, the group and what it is called', async () => {
    expect(await gather('ExpressInterest', interest)).toEqual({
      id: 'a1', networkStatus: 'constituted', charterVersion: '1', categories: ['full', 'associate', 'observer'], groupStatus: 'active', groupNames: names,
      authorisation: undefined, otherOpenApplications: 0, alreadyMember: false, reapplyAfter: null, entitled: [],
      periods: expect.objectContaining({ objectionDays: 30, coolingOffMonths: 12 }) as object, decision: undefined,
    });
    expect(await gather('IssueInvitation', { to: 'g-p', networkId: 'net' })).toMatchObject({ alreadyMember: true });
    const states = { 'Network/net': after(network, [launched]), 'Group/g-s': undefined };
    expect(await gather('ExpressInterest', interest, { states }))
      .toMatchObject({ networkStatus: 'initiative', charterVersion: null, categories: null, groupStatus: 'none', groupNames: null });
  });
  it('APP-6 counts other applications of the group to that network that are open, and remembers a refusal', async () => {
    const doc = { groupId: 'g-s', networkId: 'net' };
    const rows = {
      applications: [
        row('a1', doc), row('a2', doc), row('a3', { ...doc, outcome: { reapplyAfter: '2027-05-01' } }), row('a4', { ...doc, outcome: { reapplyAfter: null } }),
        row('a5', { ...doc, networkId: 'other' }), row('a6', { ...doc, groupId: 'g-z' }),
      ],
    };
    const open = after(membershipApplication, [expressed]);
    const states = Object.fromEntries(['a1', 'a2', 'a5', 'a6'].map((id) => [`MembershipApplication/${id}`, open]));
    expect(await gather('SubmitApplication', application, { rows, states }, [expressed])).toMatchObject({ otherOpenApplications: 1, reapplyAfter: '2027-05-01' });
    const lapsed = { ...states, 'MembershipApplication/a2': after(membershipApplication, [expressed, applied('ApplicationLapsed', { reason: 'x' })]) };
    expect(await gather('SubmitApplication', application, { rows, states: lapsed }, [expressed])).toMatchObject({ otherOpenApplications: 0 });
  });
  it('APP-3 judges an authorisation that the directory knows: its act, its subject, its holder, its end', async () => {
    const authorised = { id: 'auth-1', act: 'apply', subject: { type: 'application', id: 'a1' }, holder: 'p-chair-s', expiresAt: '2027-01-01T00:00:00Z' };
    const valid = async (over: object, ref = 'auth-1') => {
      const states = { 'Group/g-s': group('XA', { authorisations: [{ ...authorised, ...over }] }) };
      return (await gather('SubmitApplication', { ...application, authorisationRef: ref }, { states }, [expressed])).authorisation?.valid;
    };
    expect(await valid({})).toBe(true);
    for (const over of [{ act: 'endorse' }, { subject: { type: 'application', id: 'a2' } }, { holder: 'p-other' }, { expiresAt: NOW }])
      expect(await valid(over)).toBe(false);
    expect(await valid({}, 'Minutes of 3 November')).toBeUndefined();
  });
  it('APP-4 APP-5 lists who may object, when it is circulated, without those of the same parliament unless the rules say otherwise', async () => {
    expect((await gather('CirculateApplication', {}, {}, circulated().slice(0, 3))).entitled).toEqual(['g-q', 'g-r']);
    const all = await gather('CirculateApplication', {}, { states: ruledBy({ recuseSameParliament: false }) }, circulated().slice(0, 3));
    expect(all.entitled).toEqual(['g-p', 'g-q', 'g-r']);
    expect((await gather('CirculateApplication', {}, { states: ruledBy({ periods: { objectionDays: 14 } }) }, circulated())).periods)
      .toMatchObject({ objectionDays: 14 });
  });
  it('APP-5 tells of the decision that is cited how it stands, and what it is about', async () => {
    const about = (id: string, type: 'application' | 'statement' = 'application') =>
      after(decisionProcedure, [...ballot({ subject: { ...subject, type, id, revision: 4 } }), adopted('simple', NOW)]);
    const decision = async (state: unknown) =>
      (await gather('AdmitApplicant', { decisionRef: 'd1' }, { states: { 'DecisionProcedure/d1': state } }, recommended())).decision;
    expect(await decision(about('a1'))).toEqual({ status: 'adopted', aboutThis: true, revision: 4 });
    expect(await decision(about('a2'))).toMatchObject({ aboutThis: false });
    expect(await decision(about('a1', 'statement'))).toMatchObject({ aboutThis: false });
    expect(await decision(undefined)).toEqual({ status: 'none', aboutThis: false, revision: 0 });
  });
});

describe('what is decided on', () => {
  it('DEC-1 an application that is before the members, by its revision and content', async () => {
    const asked = async (past: Past) => propositionOf(
      settledWith({ states: { 'MembershipApplication/a1': after(membershipApplication, past) }, rows: { applications: [row('a1', application)] } }),
      { type: 'application', id: 'a1' }, actors.secretariat,
    );
    const { subject: known, ...rest } = await asked(circulated());
    expect(rest).toEqual({ networkId: 'net', conflicted: 'XA' });
    expect(known).toMatchObject({ ready: true, revision: 4, digests: [], title: names });
    expect(JSON.parse(known!.content!)).toMatchObject({ groupId: 'g-s', category: 'full', documents: ['Statutes'], membersBySide: application.membersBySide });
    expect((await asked([expressed])).subject).toMatchObject({ ready: false });
    expect((await asked(recommended({ conditions: ['c'] }))).subject!.content).not.toBe(known!.content);
    expect(await asked([])).toEqual({ networkId: '', subject: null });
  });
  it('DEC-1 a membership that has not ended', async () => {
    const asked = async (status: string) => (await propositionOf(
      settledWith({ states: { 'Membership/m-p': member('p', { status }) }, rows: { memberships: [{ ...listed('p'), revision: 3 }] } }),
      { type: 'membership', id: 'm-p' }, actors.secretariat,
    )).subject;
    expect(await asked('alert')).toMatchObject({ ready: true, revision: 3, title: names });
    for (const status of ['withdrawn', 'expelled', 'ended']) expect(await asked(status)).toMatchObject({ ready: false });
    expect(await asked('none')).toBeNull();
  });
  it('DEC-1 an amendment that stands, in the network that it would change', async () => {
    const text = { en: 'Read “four years”.' };
    const rows = { networks: [row('other', { amendments: [] }), row('net', { amendments: [{ amendmentId: 'am1', text }] })] };
    const asked = (id: string, open: object) =>
      propositionOf(
        settledWith({ rows, states: { 'Network/net': { ...(settled.states['Network/net'] as object), amendments: open } } }),
        { type: 'charter-amendment', id }, actors.secretariat,
      );
    expect(await asked('am1', { am1: {} }))
      .toEqual({ networkId: 'net', subject: { ready: true, revision: 0, digests: [], content: JSON.stringify(text), title: text } });
    expect((await asked('am1', {})).subject).toMatchObject({ ready: false });
    expect(await asked('am2', {})).toEqual({ networkId: '', subject: null });
  });
  it('DEC-1 a statement that was submitted, by the digests of its frozen text', async () => {
    const frozen = { revision: 7, digest, digests: { en: 'b'.repeat(64), fr: 'c'.repeat(64) } };
    const asked = (doc: object, actor: Actor = actors.secretariat) =>
      propositionOf(
        settledWith({ rows: { statements: [row('s1', { status: 'underDecision', subject: subject.title, sponsors: ['g-p', 'g-q'], frozen, ...doc })] } }), subject, actor,
      );
    expect(await asked({})).toEqual({
      networkId: 'net', subject: { ready: true, revision: 7, digests: [digest, 'b'.repeat(64), 'c'.repeat(64)], content: null, title: subject.title },
    });
    for (const status of ['negotiating', 'frozen', 'adopted', 'published', 'abandoned']) expect((await asked({ status })).subject).toMatchObject({ ready: false });
    expect((await asked({ frozen: null })).subject).toMatchObject({ ready: false, revision: null, digests: [] });
    expect((await asked({ sponsors: ['g-z'] })).networkId).toBe('');
    expect(await propositionOf(settledWith({}), subject, actors.secretariat)).toEqual({ networkId: '', subject: null });
  });
  it('a statement of sponsors of two networks is decided on in that of the opener', async () => {
    const rows = {
      memberships: [listed('p', { networkId: 'other' }), listed('q')],
      statements: [row('s1', { status: 'underDecision', sponsors: ['g-p', 'g-q'], frozen: null })],
    };
    const networkFor = async (onBehalfOf: string) => (await propositionOf(settledWith({ rows }), subject, { ...actors.secretariat, onBehalfOf })).networkId;
    expect([await networkFor('net'), await networkFor('other'), await networkFor('third')]).toEqual(['net', 'other', 'other']);
  });
  it('any other question is asked in the network of the opener, or in the one that it names', async () => {
    const networkFor = async (id: string, actor: Actor) => propositionOf(settledWith({}), { type: 'other', id }, actor);
    expect(await networkFor('place', actors.secretariat)).toEqual({ networkId: 'net', subject: null });
    expect(await networkFor('net', actors.system)).toEqual({ networkId: 'net', subject: null });
    expect(await networkFor('place', actors.system)).toEqual({ networkId: '', subject: null });
  });
  it('DEC-1 is before one procedure at a time', async () => {
    const decision = (id: string, over: object = {}) => row(id, { subject: 's1', subjectType: 'statement', status: 'ballot', ...over });
    const asked = (...decisions: Row[]) => anotherOpen(settledWith({ rows: { decisions } }), subject, 'd1');
    expect(await asked(decision('d2'))).toBe(true);
    expect(await asked(decision('d1'), decision('d2', { status: 'adopted' }), decision('d3', { subject: 's2' }), decision('d4', { subjectType: 'other' })))
      .toBe(false);
  });
});

describe('the evidence on a decision', () => {
  const openingOf = (id: string) => ({ subject: { type: 'application', id }, deadline: { instant: '2026-11-26T09:00:00Z', wallTime: 'x', timezone: 'Africa/Kigali' } });
  const atA1 = { states: { 'MembershipApplication/a1': after(membershipApplication, circulated()) } };
  const gather = (known: Known, input: object, past: Past = [], over: Partial<Occasion> = {}) =>
    gatherForDecision(
      settledWith(known),
      occasion('OpenSilenceProcedure', input, after(decisionProcedure, past) as typeof decisionProcedure.initial, actors.secretariat, over as object),
    );
  it('is, at opening, the proposition, the charter and who decides', async () => {
    expect(await gather(atA1, openingOf('a1'))).toMatchObject({
      id: 'x1', networkId: 'net', networkStatus: 'constituted', charterVersion: '1', entitled: ['g-q', 'g-r'], charterRule: 'simple', quorumPercent: null,
      subject: { ready: true, revision: 4, before: false }, silence: { minHours: 48, crisisHours: 6 }, quietWindows: [], wallTime: '2026-11-26T11:00',
      extension: undefined,
    });
    const states = { ...atA1.states, ...ruledBy({ recuseSameParliament: false, quorumPercent: 60, quietWindows: [{ from: '2026-12-20', to: '2027-01-05' }] }) };
    expect(await gather({ states }, openingOf('a1')))
      .toMatchObject({ entitled: ['g-p', 'g-q', 'g-r'], quorumPercent: 60, quietWindows: [{ from: '2026-12-20', to: '2027-01-05' }] });
    expect(await gather({}, openingOf('a9'))).toMatchObject({ networkStatus: 'none', subject: null, entitled: [] });
    expect(await gather(atA1, { ...openingOf('a1'), deadline: { instant: NOW, wallTime: 'x', timezone: 'Nowhere/Land' } })).toMatchObject({ wallTime: null });
  });
  it('DEC-1 DEC-5 is afterwards nothing that the procedure has fixed itself', async () =>
    expect(await gather(atA1, openingOf('a1'), silence())).toMatchObject({ networkId: 'net', entitled: [], subject: null }));
  it('DEC-2 DEC-4 has an extension of the shortest silence from now, in the zone of the first, on no quiet day', async () => {
    const extension = async (past: Past, rules: object = {}, over: Partial<Occasion> = {}) =>
      (await gather({ states: ruledBy(rules) }, { reason: 'x' }, past, over)).extension;
    expect(await extension(silence())).toEqual({ instant: '2026-11-25T09:00:00Z', wallTime: '2026-11-25T11:00', timezone: 'Africa/Kigali' });
    expect(await extension(silence(), {}, { now: '2026-11-27T09:00:30Z' })).toMatchObject({ instant: '2026-11-29T09:00:30Z' });
    expect(await extension(silence({ urgency: 'crisis' }))).toMatchObject({ instant: '2026-11-23T15:00:00Z' });
    const quietWindows = [{ from: '2026-11-29', to: '2026-12-02' }, { from: '2026-11-24', to: '2026-11-28' }];
    expect(await extension(silence(), { quietWindows })).toEqual({ instant: '2026-12-03T09:00:00Z', wallTime: '2026-12-03T11:00', timezone: 'Africa/Kigali' });
    expect(await extension(silence({ urgency: 'crisis' }), { quietWindows })).toMatchObject({ instant: '2026-11-23T15:00:00Z' });
    expect(await extension(silence(), {}, { mode: 'import' })).toBeUndefined();
    expect(await extension(ballot())).toBeUndefined();
  });
});

describe('the evidence on a membership and on a network', () => {
  const cited = { 'DecisionProcedure/d1': after(decisionProcedure, [...ballot({ subject: { ...subject, type: 'membership', id: 'x1' } }), adopted('simple', NOW)]) };
  it('MEM-2 is the decision that is cited; an initiative has none to cite', async () => {
    const gather = (known: Known, input: object, past: Past = [activated()]) =>
      gatherForMembership(settledWith(known), occasion('DeclareAlert', input, after(membership, past) as ReturnType<typeof member> as never));
    expect(await gather({ states: cited }, { decisionRef: 'd1' }))
      .toMatchObject({ id: 'x1', decision: { status: 'adopted', aboutThis: true }, charterVersion: '1', alreadyMember: false });
    expect(await gather({}, { decisionRef: 'd1' })).toMatchObject({ decision: { status: 'none', aboutThis: false } });
    expect((await gather({ states: { ...cited, 'Network/net': after(network, [launched]) } }, { decisionRef: 'd1' })).decision).toBeNull();
    const activates = occasion('ActivateMembership', { groupId: 'g-p', networkId: 'net' }, membership.initial);
    expect(await gatherForMembership(settledWith({}), activates)).toMatchObject({ alreadyMember: true, groupNames: names });
  });
  it('NET-3 is whether the group votes, the decision, the parliaments of those named and the partner', async () => {
    const gather = (command: string, input: object, actor: Actor = actors.chair, known: Known = {}) =>
      gatherForNetwork(settledWith(known), occasion(command, input, after(network, constituted) as typeof network.initial, actor, { id: 'net' }));
    expect(await gather('ProposeCharterAmendment', {})).toEqual({ id: 'net', decision: undefined, mayVote: true, parliaments: {}, partnerListed: undefined });
    expect(await gather('ProposeCharterAmendment', {}, actors.stranger)).toMatchObject({ mayVote: false });
    expect(await gather('ElectSteeringCommittee', { seats: [{ groupId: 'g-q' }, { groupId: 'g-z' }], partnerId: 'p1' }))
      .toMatchObject({ parliaments: { 'g-q': 'XB', 'g-z': null }, partnerListed: false });
    expect(await gather('AdoptCharterAmendment', { decisionRef: 'd1' }, actors.chair, { states: cited }))
      .toMatchObject({ decision: { status: 'adopted', rule: 'simple', subject: { id: 'x1' } } });
  });
});
