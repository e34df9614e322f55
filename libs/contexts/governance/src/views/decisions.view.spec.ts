import { fold, type Row, type View } from '#kernel';
import { NOW } from '#kernel/testing';
import { decisionProcedure } from '../decision-procedure/decision-procedure.js';
import type { DecisionEvent } from '../decision-procedure/events.js';
import {
  actors, adopted, allTold, ballot, call, closesAt, deadline, entitled, extended, happened, later, rejected, silence, subject, title, told, voted, votes,
} from '../decision-procedure/fixtures.contract.js';
import { type DecisionDoc, decisions } from './decisions.view.js';
import { type VoteDoc, votes as votesView } from './votes.view.js';

const stateOf = (events: readonly DecisionEvent[]) => events.reduce((s, e) => decisionProcedure.evolve[e.type](s, e.data as never), decisionProcedure.initial);
const recorded = (events: readonly DecisionEvent[], basis?: Readonly<Record<string, string>>) =>
  events.map((e, i) => ({
    ...e, id: `e${i}`, stream: 'decision-d1', category: 'decision', streamId: 'd1', revision: i + 1, position: String(i + 1),
    meta: {
      recordedAt: NOW, actor: actors.secretariat, mode: 'live' as const, label: decisionProcedure.label(stateOf(events.slice(0, i + 1)), e), commandId: `c${i}`,
      correlationId: `c${i}`, ...(basis ? { basis } : {}),
    },
  }));
const folded = (events: readonly DecisionEvent[]): Row<DecisionDoc> =>
  recorded(events).reduce<Row<DecisionDoc> | null>((row, e) => fold(decisions as View<DecisionDoc>, row, e), null)!;
const doc = (...events: DecisionEvent[]) => folded(events).doc;
const duties = (...events: DecisionEvent[]) => decisions.duties!(doc(...events)).map((d) => `${d.kind} ${d.holder} ${d.command ?? '-'} ${d.deadline ?? '-'}`);

const text = { en: 'In our own words.' };
const reason = 'Operative clause 2 goes too far.';
const broken = happened('SilenceBroken', { by: 'g-q', receivedAt: '2026-11-24T10:00:00Z', reason });
const observed = [happened('SilenceObserved', { at: deadline.instant, objections: 0, notified: 5, entitled: 5 }), adopted('silence', deadline.instant)];
const counts = { yes: 2, no: 1, abstain: 0, notVoting: 2 };
const roll = [{ by: 'g-p', option: 'yes' as const }, { by: 'g-q', option: 'yes' as const }, { by: 'g-r', option: 'no' as const }];
const closed = (open = true) => happened('BallotClosed', { counts, quorum: { required: 3, present: 3 }, ...(open ? { roll } : {}) });
const supported = happened('SupportExpressed', { by: 'g-p' });
const blocked = happened('ConsensusBlocked', { by: ['g-q'], reasons: [reason] });
const away = happened('DisassociationDeclared', { by: 'g-q', scope: 'whole', text });
const cancelled = happened('DecisionProcedureCancelled', { by: 'p-net', reason: 'The text was reopened.' });
const lives: Record<string, DecisionEvent[]> = {
  'a silence that is observed': [...silence(), ...told('g-p', 'g-q'), supported, extended, ...told('g-r', 'g-s', 'g-t'), ...observed],
  'a silence that is broken': [...allTold(), happened('ReservationEntered', { by: 'g-p', clauses: ['c4'], text }), broken],
  'a ballot that is carried': [...ballot(), ...votes('yyn--'), voted('g-p', 'yes'), closed(), adopted('simple', closesAt), away],
  'a ballot that is lost': [
    ...ballot({ secret: true }), ...votes('ynn--'), closed(false), rejected(closesAt), happened('ExplanationOfPositionEntered', { by: 'g-p', text }),
  ],
  'a ballot that nobody takes part in': [
    ...ballot(), happened('BallotClosed', { counts: { yes: 0, no: 0, abstain: 0, notVoting: 5 }, quorum: { required: 3, present: 0 } }),
    happened('DecisionFellInquorate', { decisionId: 'd1', present: 0, required: 3 }),
  ],
  'consensus': [...call(), supported, happened('ConsensusDeclared', { by: 'p-net', at: NOW }), adopted('consensus', NOW)],
  'consensus that is blocked': [...call(), blocked, rejected(NOW)],
  'breaking it off': [...ballot(), cancelled],
};

describe('the page of a decision', () => {
  it('handles every event', () => expect(Object.keys(decisions.on).toSorted()).toEqual(decisionProcedure.events.names.toSorted()));
  it.each(Object.entries(lives))('stands in the state of the aggregate through %s', (_, life) => {
    for (let n = 1; n <= life.length; n++) {
      const state = stateOf(life.slice(0, n));
      const page = doc(...life.slice(0, n));
      const { status, networkId, rule, secret, quorum, supporters, notified } = state;
      expect(page).toMatchObject({ status, networkId, rule, secret, quorum, supporters, entitled, subject });
      expect(page.deadline?.instant ?? null).toBe(state.deadline);
      expect(page.notified.map((one) => one.member)).toEqual(notified);
      expect(page.voted.toSorted()).toEqual(Object.keys(state.votes).toSorted());
    }
  });
  it('DEC-2 shows the deadline as it was stated, and its extensions', () => {
    expect(doc(...silence())).toMatchObject({ deadline, urgency: 'ordinary', extensions: [], openedAt: NOW, charterVersion: '1' });
    expect(doc(...silence(), extended)).toMatchObject({ deadline: later, extensions: [{ instant: later.instant, reason: 'not-all-notified' }] });
    expect(doc(...ballot()).deadline).toEqual({ instant: closesAt, wallTime: closesAt, timezone: 'UTC' });
  });
  it('DEC-6 names the charter and the rules of procedure by which it runs', () => {
    const [opened] = recorded(ballot(), { charterVersion: '1', rulesVersion: '3' });
    expect(fold(decisions as View<DecisionDoc>, null, opened!)!.doc).toMatchObject({ charterVersion: '1', rulesVersion: '3' });
    expect(doc(...ballot())).toMatchObject({ charterVersion: '1', rulesVersion: null });
  });
  it('DEC-3 keeps who broke the silence, and why', () => {
    expect(doc(...silence(), broken))
      .toMatchObject({ decidedAt: '2026-11-24T10:00:00Z', broken: { by: 'g-q', reason, receivedAt: '2026-11-24T10:00:00Z', proposedText: null } });
    expect(doc(...lives['consensus that is blocked']!).blocked).toEqual({ by: ['g-q'], reasons: [reason] });
  });
  it('DEC-5 shows before the close who has voted, and nowhere how', () => {
    const running = folded([...ballot(), ...votes('yyn--')]);
    expect(running.doc).toMatchObject({ voted: ['g-p', 'g-q', 'g-r'], counts: null, present: null, roll: null });
    for (const option of ['"yes"', '"no"', '"abstain"']) expect(JSON.stringify(running.doc)).not.toContain(option);
    expect(running.label).toEqual({ tlp: 'GREEN', groups: entitled });
    expect(JSON.stringify(doc(...lives['a ballot that is lost']!))).not.toContain('"option"');
  });
  it('DEC-6 publishes the count, and of an open ballot the roll', () => {
    expect(doc(...lives['a ballot that is carried']!)).toMatchObject({ counts, present: 3, roll, decidedAt: closesAt });
    expect(doc(...lives['a ballot that is lost']!)).toMatchObject({ counts, roll: null });
  });
  it('DEC-7 attributes what was adopted to those who did not leave it, whenever they did', () => {
    const without = entitled.filter((group) => group !== 'g-q');
    const over = [closed(), adopted('simple', closesAt)];
    expect(doc(...ballot(), ...over).attributedTo).toEqual(entitled);
    expect(doc(...ballot(), ...over, away).attributedTo).toEqual(without);
    expect(doc(...ballot(), away, ...over).attributedTo).toEqual(without);
    expect(doc(...ballot(), away).attributedTo).toBeNull();
    expect(doc(...ballot(), ...over, happened('DisassociationDeclared', { by: 'g-q', scope: ['c4'], text })).attributedTo).toEqual(entitled);
    expect(doc(...ballot(), ...over, away).statements).toEqual([{ kind: 'disassociation', by: 'g-q', clauses: null, text, at: NOW }]);
  });
});

describe('what waits for whom', () => {
  it('DEC-5 with who has not voted', () => {
    const vote = (group: string) => `decision-vote chair:${group} CastVote ${closesAt}`;
    expect(duties(...ballot())).toEqual(entitled.map(vote));
    expect(duties(...ballot(), ...votes('y-n-a'))).toEqual(['g-q', 'g-s'].map(vote));
  });
  it('DEC-4 with who has not spoken, and with the secretariat for want of a notice', () => {
    const silent = (group: string) => `decision-silence chair:${group} BreakSilence ${deadline.instant}`;
    const notify = `decision-notify network-secretariat ExtendSilence ${deadline.instant}`;
    expect(duties(...silence(), supported)).toEqual([...entitled.slice(1).map(silent), notify]);
    expect(duties(...allTold())).toEqual(entitled.map(silent));
  });
  it('with the chair of the network, or nobody', () => {
    expect(duties(...call())).toEqual(['decision-consensus network-chair DeclareConsensus -']);
    for (const life of Object.values(lives)) expect(duties(...life)).toEqual([]);
  });
});

it('is listed by its columns, under the title of its subject', () => {
  const page = doc(...lives['a silence that is broken']!);
  expect(Object.fromEntries(Object.entries(decisions.columns!).map(([name, of]) => [name, of(page)]))).toEqual({
    status: 'broken', kind: 'silence', subject: 's1', subjectType: 'statement', networkId: 'net', deadline: deadline.instant,
  });
  expect(decisions.title!(page)).toEqual(title);
  expect(decisions.words!(page)).toBe('In our own words.');
  expect(doc(...lives['breaking it off']!).cancelled).toBe('The text was reopened.');
});

it('DEC-5 a vote is its group’s own, the latest of each, before the close and after it', () => {
  const events = recorded([...ballot(), voted('g-p', 'yes'), voted('g-q', 'no'), voted('g-p', 'abstain'), closed()]).filter(({ type }) => type in votesView.on);
  const rows = new Map<string, Row<VoteDoc>>();
  for (const e of events) {
    const key = String(votesView.key!(e));
    rows.set(key, fold(votesView as View<VoteDoc>, rows.get(key) ?? null, e)!);
  }
  expect([...rows].map(([key, { doc: vote, label }]) => [key, vote.groupId, vote.option, label])).toEqual([
    ['d1_g-p', 'g-p', 'abstain', { tlp: 'AMBER+STRICT', groups: ['g-p'] }], ['d1_g-q', 'g-q', 'no', { tlp: 'AMBER+STRICT', groups: ['g-q'] }],
  ]);
});
