import { idOf, specify } from '#kernel/testing';
import { actors, amended, amendment, charter, constituted, decided, happened, known, procedure, proposed, text } from './fixtures.contract.js';
import { charterOn, network } from './network.js';

const given = specify(network, { actor: actors.chair, evidence: known });
const { groupChair, member, officer, secretariat } = actors;
const imported = { actor: secretariat, mode: 'import' } as const;
const adoption = { evidence: decided('adopted') };
const adopted = happened('CharterAmended', amended);

describe('proposing an amendment of the charter', () => {
  const propose = (input: object = {}, occasion: object = {}) =>
    given(...constituted).when('ProposeCharterAmendment', { text, ...input }, { actor: groupChair, ...occasion });
  const noticed = (noticeUntil: string, proposers = ['g-p']) => happened('CharterAmendmentProposed', { amendmentId: idOf(0), text, proposers, noticeUntil });

  it('NET-3 gives sixty days of notice where the rules say nothing, and a longer one where it is asked for', () => {
    propose().yields(noticed('2027-01-22'));
    propose({ noticeUntil: '2027-01-22' }).yields(noticed('2027-01-22'));
    propose({ noticeUntil: '2027-03-31' }).yields(noticed('2027-03-31'));
    const short = propose({ noticeUntil: '2027-01-21' });
    short.refuses('network.notice-too-short', 'NET-3');
    expect(short.outcome).toMatchObject({ params: { days: 60, first: '2027-01-22' } });
  });
  it('NET-3 gives the notice of the rules of procedure, up to the longest that they can have', () => {
    const after = (amendmentNoticeDays: number) =>
      given(...constituted, happened('RulesOfProcedureAdopted', { ...procedure, rules: { ...procedure.rules, periods: { amendmentNoticeDays } } }))
        .when('ProposeCharterAmendment', { text }, { actor: officer });
    after(14).yields(noticed('2026-12-07'));
    after(3650).yields(noticed('2036-11-20'));
    for (const days of [1, 3650]) {
      const { outcome } = after(days);
      expect(Array.isArray(outcome) && network.events.schema('CharterAmendmentProposed').safeParse(outcome[0].data).success).toBe(true);
    }
  });
  it('NET-3 is for the chair or an officer of a group that votes', () => {
    propose({}, { actor: officer }).yieldsTypes('CharterAmendmentProposed');
    propose({}, { actor: member }).refuses('network.not-a-voting-member', 'NET-3');
    propose({}, { evidence: { ...known, mayVote: false } }).refuses('network.not-a-voting-member', 'NET-3');
    propose({}, { actor: { personId: 'p', capacity: 'chair' } }).refuses('network.not-a-voting-member');
    propose({}, { actor: secretariat }).refuses('not-permitted');
  });
  it('is one proposal, however often it is made, until it is settled', () => {
    const again = { text: { fr: text.fr, en: text.en }, noticeUntil: '2027-03-31' };
    given(...proposed).when('ProposeCharterAmendment', again, { actor: officer }).changesNothing();
    given(...proposed).when('ProposeCharterAmendment', { ...again, proposers: ['g-p'] }, imported).changesNothing();
    given(...proposed).when('ProposeCharterAmendment', { text: { en: 'Delete article 9.' } }, { actor: officer }).yieldsTypes('CharterAmendmentProposed');
    given(...proposed).when('ProposeCharterAmendment', again, { actor: { ...officer, onBehalfOf: 'g-q' } }).yieldsTypes('CharterAmendmentProposed');
    given(...proposed, happened('CharterAmendmentRejected', { amendmentId: 'a1', decisionRef: 'd1' })).when('ProposeCharterAmendment', again, { actor: officer })
      .yieldsTypes('CharterAmendmentProposed');
  });
  it('is done for nobody but the own group', () => propose({ proposers: ['g-q'] }).yields(noticed('2027-01-22')));
  it('of the past names proposers and notice as a source has them, and invents neither', () => {
    propose({ noticeUntil: '2015-03-01', proposers: ['g-q', 'g-r'] }, imported).yields(noticed('2015-03-01', ['g-q', 'g-r']));
    propose({ noticeUntil: '2015-03-01' }, imported).refuses('network.amendment-not-told', 'G3');
    propose({ proposers: ['g-q'] }, imported).refuses('network.amendment-not-told', 'G3');
  });
});

describe('adopting an amendment of the charter', () => {
  const adopt = (input: object = {}, occasion: object = {}) =>
    given(...proposed).when('AdoptCharterAmendment', { ...amended, ...input }, { ...adoption, ...occasion });

  it('NET-3 rests on a decision on this very amendment', () => {
    adopt().yields(adopted);
    adopt({}, { evidence: known }).refuses('network.decision-missing', 'NET-2');
    adopt({}, { evidence: decided('ballot') }).refuses('network.decision-missing', 'NET-2');
    adopt({}, { evidence: decided('rejected') }).refuses('network.decision-missing', 'NET-2');
    adopt({}, { evidence: decided('adopted', 'two-thirds', 'a2') }).refuses('network.decision-of-another-subject', 'NET-2');
    adopt({}, { evidence: decided('adopted', 'two-thirds', 'a1', 'statement') }).refuses('network.decision-of-another-subject', 'NET-2');
    adopt({}, { actor: groupChair }).refuses('not-permitted');
  });
  it('NET-3 needs the majority of the charter in force, or everybody', () => {
    for (const rule of ['two-thirds', 'unanimity', 'consensus']) adopt({}, { evidence: decided('adopted', rule) }).yields(adopted);
    for (const rule of ['simple', 'absolute', 'silence']) adopt({}, { evidence: decided('adopted', rule) }).refuses('network.qualified-majority-needed', 'NET-3');
    const strict = constituted.map((e) =>
      e.type === 'CharterAdopted' ? happened('CharterAdopted', { ...charter, decisionRules: { ...charter.decisionRules, charter: 'unanimity' } }) : e,
    );
    given(...strict, happened('CharterAmendmentProposed', amendment)).when('AdoptCharterAmendment', amended, adoption)
      .refuses('network.qualified-majority-needed', 'NET-3');
  });
  it('NET-3 waits until notice ends', () => {
    const until = (noticeUntil: string) =>
      given(...constituted, happened('CharterAmendmentProposed', { ...amendment, noticeUntil })).when('AdoptCharterAmendment', amended, adoption);
    until('2026-11-24').refuses('network.notice-runs', 'NET-3');
    until('2026-11-23').yields(adopted);
  });
  it('NET-3 takes effect on a stated day, today or later', () => {
    adopt({ effectiveOn: '2026-11-22' }).refuses('network.effect-in-past', 'NET-3');
    adopt({ effectiveOn: '2026-11-23' }).yieldsTypes('CharterAmended');
    const { state } = adopt({ decisionRules: { ...charter.decisionRules, admission: 'absolute' } });
    const admissionOn = (day: string) => charterOn(state, day)?.decisionRules['admission'] ?? null;
    expect(['2026-01-14', '2026-12-31', '2027-01-01'].map(admissionOn)).toEqual([null, 'simple', 'absolute']);
  });
  it('NET-3 leaves the charter of earlier days as it was, and keeps what it does not change', () => {
    const { state } = adopt();
    expect(state.charters).toEqual([
      { version: '1', effectiveOn: '2026-01-15', decisionRules: charter.decisionRules, categories: charter.categories },
      { version: '2', effectiveOn: '2027-01-01', decisionRules: charter.decisionRules, categories: charter.categories },
    ]);
  });
  it('of two versions of one day the later one holds', () => {
    const second = happened('CharterAmendmentProposed', { ...amendment, amendmentId: 'a2' });
    const { state } = given(...proposed, second, adopted)
      .when('AdoptCharterAmendment', { ...amended, amendmentId: 'a2', newVersion: '3' }, { evidence: decided('adopted', 'two-thirds', 'a2') });
    expect(charterOn(state, '2027-01-01')?.version).toBe('3');
  });
  it('NET-2 leaves no question without its majority and nobody without a vote', () => {
    adopt({ decisionRules: { admission: 'simple' } }).refuses('network.decision-rules-missing', 'NET-2');
    adopt({ categories: ['observer'] }).refuses('network.nobody-could-vote', 'NET-2');
    adopt({ categories: ['full'] }).yieldsTypes('CharterAmended');
  });
  it('tells everything that is missing at once', () => {
    const { outcome } = adopt({ effectiveOn: '2020-01-01', categories: ['observer'] }, { evidence: decided('rejected', 'simple') });
    expect(outcome).toMatchObject({ refused: 'several-conditions', params: { count: 4 } });
  });
  it('happens once for each amendment and each version', () => {
    given(...proposed, adopted).when('AdoptCharterAmendment', { ...amended, newVersion: '3' }, adoption).refuses('network.no-such-amendment', 'NET-3');
    adopt({ newVersion: '1' }).refuses('network.version-exists', 'NET-2');
    adopt({ newVersion: '1' }, imported).refuses('network.version-exists', 'NET-2');
    adopt({ amendmentId: 'a9' }, { evidence: decided('adopted', 'two-thirds', 'a9') }).refuses('network.no-such-amendment', 'NET-3');
    // An id that every object answers to.
    adopt({ amendmentId: 'constructor' }, imported).refuses('network.no-such-amendment', 'NET-3');
  });
  it('of the past is recorded without the decision that the network did not take here', () =>
    adopt({ effectiveOn: '2015-06-01' }, { ...imported, evidence: known }).yieldsTypes('CharterAmended'));
});

describe('rejecting an amendment of the charter', () => {
  const rejected = { amendmentId: 'a1', decisionRef: 'd1' };
  it('NET-3 rests on a decision as well', () => {
    given(...proposed).when('RejectCharterAmendment', rejected, { evidence: decided('rejected') }).yields(happened('CharterAmendmentRejected', rejected));
    given(...proposed).when('RejectCharterAmendment', rejected, adoption).refuses('network.decision-missing', 'NET-2');
    given(...proposed).when('RejectCharterAmendment', rejected, { evidence: decided('rejected', 'simple', 'a2') }).refuses('network.decision-of-another-subject');
    given(...proposed).when('RejectCharterAmendment', rejected, imported).yieldsTypes('CharterAmendmentRejected');
    given(...proposed).when('RejectCharterAmendment', rejected, { actor: member }).refuses('not-permitted');
  });
  it('happens once, and closes the way to its adoption', () => {
    const past = [...proposed, happened('CharterAmendmentRejected', rejected)];
    given(...past).when('RejectCharterAmendment', rejected, { evidence: decided('rejected') }).refuses('network.no-such-amendment', 'NET-3');
    given(...past).when('AdoptCharterAmendment', amended, adoption).refuses('network.no-such-amendment', 'NET-3');
    given(...proposed).when('RejectCharterAmendment', { ...rejected, amendmentId: 'toString' }, imported).refuses('network.no-such-amendment', 'NET-3');
  });
});
