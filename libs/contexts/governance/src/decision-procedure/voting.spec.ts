import { evolve } from '#kernel';
import { NOW, specify } from '#kernel/testing';
import { attributedTo, decisionProcedure, everyoneVoted } from './decision-procedure.js';
import { actors, adopted, allTold, ballot, call, closesAt, entitled, happened, known, rejected, silence, subject, voted, votes } from './fixtures.contract.js';
import { count, outcome, present } from './outcome.js';

const { chair, member, networkChair, officer, secretariat, stranger, system } = actors;
const given = specify(decisionProcedure, { actor: chair, evidence: known() });
const imported = { actor: secretariat, mode: 'import' } as const;
type Past = Parameters<typeof given>;
const stateOf = (past: Past) => past.reduce((s, e) => evolve(decisionProcedure, s, e), decisionProcedure.initial);
const BEFORE = '2026-12-07T16:59:59Z';
type Rule = 'simple' | 'two-thirds' | 'absolute' | 'unanimity';
const CLOSING = { adopted: 'CloseBallotAdopted', rejected: 'CloseBallotRejected', inquorate: 'CloseBallotInquorate' } as const;

describe('a vote', () => {
  const cast = (past: Past, option: string, over: object = {}) => given(...past).when('CastVote', { option }, over);
  const at = (option: 'yes' | 'no' | 'abstain', castAt = NOW) => happened('VoteCast', { by: 'g-p', option, castAt });
  it('DEC-5 is one for each member; the latest before the close counts', () => {
    cast(ballot(), 'yes').yields(at('yes'));
    const changed = cast([...ballot(), at('yes')], 'no', { actor: officer });
    changed.yields(at('no'));
    expect(count(changed.state.votes, entitled)).toEqual({ yes: 0, no: 1, abstain: 0, notVoting: 4 });
    cast([...ballot(), at('yes')], 'yes').changesNothing();
    cast([...ballot(), at('yes')], 'yes', { ...imported, actor: { ...secretariat, onBehalfOf: 'g-p' } }).changesNothing();
  });
  it('DEC-5 is cast before the close, to the second', () => {
    cast(ballot(), 'yes', { now: BEFORE }).yields(at('yes', BEFORE));
    cast(ballot(), 'yes', { now: closesAt }).refuses('decision.ballot-over', 'DEC-5');
    cast(ballot(), 'yes', { ...imported, now: closesAt, actor: { ...secretariat, onBehalfOf: 'g-p' } }).yieldsTypes('VoteCast');
  });
  it('DEC-5 is cast by the chair or an officer of a group in the list of the opening', () => {
    cast(ballot(), 'yes', { actor: member }).refuses('decision.chair-or-officer-speaks', 'DEC-5');
    cast(ballot(), 'yes', { actor: stranger }).refuses('decision.not-entitled', 'DEC-5');
    cast(ballot(), 'yes', imported).refuses('decision.not-entitled', 'DEC-5');
    // Whoever has become a member since, or is none any more: the list stands.
    cast(ballot({ entitled: ['g-q'] }), 'yes', { evidence: known({ entitled: ['g-p', 'g-q'] }) }).refuses('decision.not-entitled', 'DEC-5');
    cast(ballot(), 'yes', { evidence: known({ entitled: ['g-q'] }) }).yields(at('yes'));
    cast(silence(), 'yes').refuses('illegal-transition');
    cast(ballot(), 'yes', { actor: networkChair }).refuses('not-permitted');
  });
  it('DEC-5 is read by its group alone before the close, and a secret one for ever', () => {
    const label = (past: Past) => decisionProcedure.label(stateOf(past), past.at(-1)!);
    for (const secret of [false, true]) expect(label([...ballot({ secret }), at('no')])).toEqual({ tlp: 'AMBER+STRICT', groups: ['g-p'] });
    for (const past of [ballot(), silence(), call(), allTold(), [...ballot(), ...votes('yyyyy'), rejected(closesAt)]])
      expect(label(past)).toEqual({ tlp: 'GREEN', groups: entitled });
  });
});

/** Every way in which five members can vote: 4^5. */
const ways = ['y', 'n', 'a', '-'].flatMap((a) => ['y', 'n', 'a', '-'].flatMap((b) => ['y', 'n', 'a', '-'].flatMap((c) => ['y', 'n', 'a', '-'].flatMap((d) =>
  ['y', 'n', 'a', '-'].map((e) => a + b + c + d + e)))));
const countsOf = (way: string) => count(stateOf([...ballot(), ...votes(way)]).votes, entitled);
const of = (way: string, letter: string) => [...way].filter((l) => l === letter).length;

describe('the count', () => {
  it('DEC-6 counts everybody once: for, against, abstaining, absent', () => {
    for (const way of ways) {
      const counts = countsOf(way);
      expect(counts).toEqual({ yes: of(way, 'y'), no: of(way, 'n'), abstain: of(way, 'a'), notVoting: of(way, '-') });
      expect(present(counts)).toBe(5 - counts.notVoting);
    }
  });
  it.each<[Rule, (yes: number, no: number) => boolean]>([
    ['simple', (yes, no) => yes > no],
    ['two-thirds', (yes, no) => yes > 0 && yes / (yes + no) >= 2 / 3],
    ['absolute', (yes) => yes >= 3],
    ['unanimity', (yes, no) => yes > 0 && no === 0],
  ])('DEC-6 follows from the rule, whoever votes and in whatever order: %s', (rule, carried) => {
    for (const way of ways) {
      const [yes, no] = [of(way, 'y'), of(way, 'n')];
      const is = (quorum: number) => outcome(rule, countsOf(way), quorum);
      expect([way, is(0)]).toEqual([way, carried(yes, no) ? 'adopted' : 'rejected']);
      // Abstaining counts for the quorum, being absent does not.
      for (const quorum of [1, 3, 5]) expect([way, quorum, is(quorum)]).toEqual([way, quorum, 5 - of(way, '-') < quorum ? 'inquorate' : is(0)]);
      expect(is(0)).toBe(outcome(rule, countsOf([...way].toReversed().join('')), 0));
    }
  });
  it.each<[Rule]>([['simple'], ['two-thirds'], ['absolute'], ['unanimity']])('DEC-6 a vote for it never defeats it, and one against never carries it: %s', (rule) => {
    for (const way of ways) {
      const is = (w: string) => outcome(rule, countsOf(w), 0);
      for (let i = 0; i < way.length; i++) {
        const turned = (letter: string) => way.slice(0, i) + letter + way.slice(i + 1);
        if (is(way) === 'adopted') expect([way, i, is(turned('y'))]).toEqual([way, i, 'adopted']);
        if (is(way) === 'rejected') expect([way, i, is(turned('n'))]).toEqual([way, i, 'rejected']);
      }
    }
  });
});

describe('the close', () => {
  const close = (wanted: keyof typeof CLOSING, past: Past, over: object = {}, input: object = {}) =>
    given(...past).when(CLOSING[wanted], input, { actor: system, now: closesAt, ...over });
  const roll = (way: string) => votes(way).map((e) => ({ by: (e.data as { by: string }).by, option: (e.data as { option: 'yes' }).option }));
  it.each<[Rule, string, keyof typeof CLOSING]>([
    ['simple', 'yyn--', 'adopted'], ['simple', 'yynn-', 'rejected'], ['simple', 'aaa--', 'rejected'], ['simple', 'yy---', 'inquorate'], ['simple', 'yna--', 'rejected'],
    ['two-thirds', 'yyn--', 'adopted'], ['two-thirds', 'yyynn', 'rejected'], ['two-thirds', 'yyaaa', 'adopted'], ['two-thirds', 'aaaaa', 'rejected'],
    ['absolute', 'yyy--', 'adopted'], ['absolute', 'yyaa-', 'rejected'], ['absolute', 'y----', 'inquorate'],
    ['unanimity', 'yaa--', 'adopted'], ['unanimity', 'yyyyn', 'rejected'], ['unanimity', 'aaaa-', 'rejected'], ['unanimity', '-----', 'inquorate'],
  ])('DEC-6 by %s, %s is %s and nothing else', (rule, way, wanted) => {
    const past = [...ballot({ rule }), ...votes(way)];
    const closed = happened('BallotClosed', {
      counts: countsOf(way), quorum: { required: 3, present: 5 - of(way, '-') }, ...(roll(way).length > 0 ? { roll: roll(way) } : {}),
    });
    const last = {
      adopted: adopted(rule, closesAt), rejected: rejected(closesAt),
      inquorate: happened('DecisionFellInquorate', { decisionId: 'd1', present: 5 - of(way, '-'), required: 3 }),
    }[wanted];
    close(wanted, past).yields(closed, last);
    for (const other of ['adopted', 'rejected', 'inquorate'] as const) if (other !== wanted) close(other, past).refuses('decision.other-outcome', 'DEC-6');
  });
  it.each(['adopted', 'rejected', 'inquorate'] as const)('DEC-6 waits for its end, and before it says nothing of the outcome: %s', (wanted) => {
    for (const way of ['yyyy-', 'nnnn-', '-----']) {
      const { outcome: refused } = close(wanted, [...ballot(), ...votes(way)], { now: BEFORE });
      expect(refused).toEqual({ refused: 'decision.ballot-runs', params: { until: closesAt }, rule: 'DEC-6' });
      close(wanted, [...ballot(), ...votes(way)], { now: BEFORE, actor: secretariat }).refuses('decision.ballot-runs');
    }
    close(wanted, silence()).refuses('illegal-transition');
    close(wanted, ballot(), { actor: chair }).refuses('not-permitted');
  });
  it('DEC-6 comes before its end when everybody has voted, by the rule and by nobody’s choice', () => {
    const all = [...ballot(), ...votes('yyyna')];
    expect(everyoneVoted(stateOf(all))).toBe(true);
    close('adopted', all, { now: BEFORE }).yieldsTypes('BallotClosed', 'DecisionAdopted');
    close('adopted', all, { now: BEFORE, actor: secretariat }).refuses('decision.ballot-runs', 'DEC-6');
    close('adopted', all, { actor: secretariat }).yieldsTypes('BallotClosed', 'DecisionAdopted');
  });
  it('DEC-5 publishes who voted how, latest vote of each; of a secret ballot only the count', () => {
    const past = [...votes('ynyn-'), voted('g-q', 'yes')];
    const data = (secret: boolean) => (close('adopted', [...ballot({ secret }), ...past]).outcome as unknown as [{ data: { roll?: object; counts: object } }])[0].data;
    expect(data(false).roll).toEqual(roll('yyyn-'));
    expect(data(true)).not.toHaveProperty('roll');
    expect(data(true).counts).toEqual({ yes: 3, no: 1, abstain: 0, notVoting: 1 });
  });
  it('DEC-6 is counted here; of the past the totals are told by the source', () => {
    const counts = { yes: 20, no: 3, abstain: 1, notVoting: 4 };
    close('adopted', [...ballot(), ...votes('yyy--')], {}, { counts }).refuses('decision.counts-by-record', 'DEC-6');
    close('adopted', ballot(), { ...imported, now: NOW }, { counts })
      .yields(happened('BallotClosed', { counts, quorum: { required: 3, present: 24 } }), adopted('simple', NOW));
    close('rejected', [...ballot(), ...votes('yyy--')], imported).yieldsTypes('BallotClosed', 'DecisionRejected');
  });
});

describe('a call for consensus', () => {
  const blocked = { by: ['g-q'], reasons: ['The parliament is in recess.'] };
  it('DEC-6 is declared by the chair, or blocked by members that decide', () => {
    given(...call()).when('DeclareConsensus', {}, { actor: networkChair }).yields(happened('ConsensusDeclared', { by: 'p-net', at: NOW }), adopted('consensus', NOW));
    given(...call()).when('RecordConsensusBlocked', blocked, { actor: networkChair }).yields(happened('ConsensusBlocked', blocked), rejected(NOW));
    given(...call()).when('RecordConsensusBlocked', { ...blocked, by: ['g-q', 'g-z'] }, { actor: networkChair }).refuses('decision.blocker-not-entitled', 'DEC-5');
    given(...call()).when('RecordConsensusBlocked', { ...blocked, by: ['g-z'] }, imported).refuses('decision.blocker-not-entitled', 'DEC-5');
  });
  it('is nobody else’s, and of no other procedure', () => {
    for (const [command, input] of [['DeclareConsensus', {}], ['RecordConsensusBlocked', blocked]] as const) {
      given(...call()).when(command, input, { actor: secretariat }).refuses('not-permitted');
      given(...ballot()).when(command, input, { actor: networkChair }).refuses('illegal-transition');
    }
  });
});

describe('beside the decision', () => {
  const text = { en: 'In our own words.', fr: 'Dans nos propres mots.' };
  const positions = [
    ['EnterReservation', 'ReservationEntered', { clauses: ['c4'], text }],
    ['ExplainPosition', 'ExplanationOfPositionEntered', { text }],
    ['DeclareDisassociation', 'DisassociationDeclared', { scope: ['c4'], text }],
  ] as const;
  const over = [adopted('simple', closesAt)];
  it.each(positions)('DEC-7 blocks nothing and changes no count: %s', (command, type, input) => {
    for (const past of [ballot(), call(), [...ballot(), ...over]]) {
      const said = given(...past).when(command, input);
      said.yields({ type, data: { by: 'g-p', ...input } } as never);
      const { said: _, disassociated: __, ...rest } = said.state;
      expect(stateOf(past)).toMatchObject(rest);
    }
    const past = [...ballot(), { type, data: { by: 'g-p', ...input } } as never, ...votes('yyn--')];
    given(...past).when('CloseBallotAdopted', {}, { actor: system, now: closesAt }).yieldsTypes('BallotClosed', 'DecisionAdopted');
  });
  it.each(positions)('DEC-7 is said for a group that decides, and the same thing once: %s', (command, type, input) => {
    const said = { type, data: { by: 'g-p', ...input } } as never;
    given(...ballot(), said).when(command, input).changesNothing();
    given(...ballot(), said).when(command, input, { ...imported, actor: { ...secretariat, onBehalfOf: 'g-p' } }).changesNothing();
    given(...ballot(), said).when(command, { ...input, text: { en: 'Further words.' } }).yieldsTypes(type);
    given(...ballot()).when(command, input, { actor: member }).refuses('decision.chair-or-officer-speaks', 'DEC-5');
    given(...ballot()).when(command, input, { actor: stranger }).refuses('decision.not-entitled', 'DEC-5');
    given(...ballot(), happened('DecisionProcedureCancelled', { by: 'p-net', reason: 'x' })).when(command, input).refuses('illegal-transition');
  });
  it('DEC-7 does not break a silence, and nobody leaves a text while it runs', () => {
    given(...allTold(), happened('ReservationEntered', { by: 'g-p', clauses: [], text })).when('ObserveSilence', {}, { actor: system, now: '2026-11-26T09:00:00Z' })
      .yieldsTypes('SilenceObserved', 'DecisionAdopted');
    given(...silence()).when('DeclareDisassociation', { scope: 'whole', text }).refuses('illegal-transition');
    given(...call(), rejected(NOW)).when('ExplainPosition', { text }).yieldsTypes('ExplanationOfPositionEntered');
    given(...call(), rejected(NOW)).when('EnterReservation', { clauses: [], text }).refuses('illegal-transition');
  });
  it('DEC-7 who disassociates itself from the whole is not among those to whom the outcome is attributed', () => {
    const whole = given(...ballot(), ...over).when('DeclareDisassociation', { scope: 'whole', text });
    whole.yields(happened('DisassociationDeclared', { by: 'g-p', scope: 'whole', text }));
    expect(attributedTo(whole.state)).toEqual(entitled.slice(1));
    const part = given(...ballot(), ...over).when('DeclareDisassociation', { scope: ['c4'], text });
    expect(attributedTo(part.state)).toEqual(entitled);
    given(...ballot(), happened('DisassociationDeclared', { by: 'g-p', scope: 'whole', text })).when('DeclareDisassociation', { scope: ['c4'], text })
      .refuses('decision.disassociated-already', 'DEC-7');
    expect(whole.state.subject).toEqual(subject);
  });
});
