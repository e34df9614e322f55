import { NOW, sha256, specify } from '#kernel/testing';
import { actors, agreed, drafting, frozen, frozenText, happened, later, none, one, opened, proposal, proposed, seal, serving, signed, two } from './fixtures.contract.js';
import { statement } from './statement.js';

const given = specify(statement, { actor: actors.secretariat, evidence: serving });
const { chair, chairQ, member, networkChair, system } = actors;
const text = frozenText(sha256);
const published = happened('StatementPublished', {
  at: NOW, revision: 2, digests: text.digests, languages: [{ tag: 'en', status: 'authentic' }, { tag: 'fr', status: 'authentic' }],
  signatoryCount: 2, parliamentCount: 1, crossParty: [{ parliament: 'XA', government: 1, opposition: 1, other: 0, mark: true }], digest: text.digest, kind: 'open-letter', leadLanguage: 'en',
  title: proposal.subject, clauses: [{ clauseId: 'c1', section: 'preambular', text: one }, { clauseId: 'c2', section: 'operative', text: two }],
});
const both = [signed(sha256, 'p1'), signed(sha256, 'p2', { side: 'opposition' })];
const out = [...opened(sha256), ...both, published];

describe('publishing', () => {
  it('STM-7 computes counts and the cross-party mark from the signatures that stand', () =>
    given(...opened(sha256, 'open-letter', { signatories: 2, crossParty: true }), ...both).when('Publish').yields(published));
  it('STM-7 tells all that is missing at once', () => {
    const few = given(...opened(sha256, 'joint-statement', { signatories: 3, parliaments: 2, endorsements: 2, crossParty: true }), signed(sha256, 'p1')).when('Publish');
    for (const code of ['too-few-signatories', 'too-few-parliaments', 'too-few-endorsements', 'not-cross-party']) few.refuses(`statement.${code}`, 'STM-7');
    given(...opened(sha256, 'open-letter', { crossParty: true })).when('Publish').refuses('statement.no-signatory', 'STM-7');
  });
  it('STM-7 asks for a signatory of each endorsing group where the charter does', () => {
    const endorsed = [...opened(sha256, 'network-statement', { signatoriesPerGroup: 1 }), happened('GroupEndorsed', { groupId: 'g-q', digest: text.digest }), ...both];
    given(...endorsed).when('Publish').refuses('statement.group-without-signatory', 'STM-7');
    given(...endorsed, signed(sha256, 'p3', {}, 'g-q')).when('Publish').yieldsTypes('StatementPublished');
  });
  it('STM-7 holds the usual thresholds of the kind where none were stated', () => {
    const adopted = (kind: 'open-letter' | 'network-statement') => [
      ...frozen(sha256, kind), happened('StatementSubmittedForDecision', { decisionId: 'd1', procedure: 'ballot' }),
      happened('StatementAdopted', { decisionId: 'd1', revision: 2, digest: text.digest }), seal(sha256),
    ];
    given(...adopted('open-letter')).when('Publish').refuses('statement.too-few-signatories', 'STM-7');
    given(...adopted('network-statement')).when('Publish', {}, { actor: system }).yieldsTypes('StatementPublished');
  });
  it('STM-12 marks what is there as provisional while an authentic text is missing', () => {
    const lead = { revision: 2, digests: { en: text.digests['en']! }, digest: sha256('en') };
    const crisis = [
      ...drafting('open-letter', 'crisis'), happened('DraftCirculated', { revision: 2, to: [], commentsDue: later }), agreed('c1'), agreed('c2'),
      happened('TextFrozen', lead), happened('StatementOpenedForSignature', { from: NOW, thresholds: none, eligibility: 'network' }),
    ];
    expect(given(...crisis).when('Publish').outcome).toMatchObject([{ data: { languages: [{ tag: 'en', status: 'provisional' }] } }]);
  });
  it('is open to the secretariat only, and dated by the clock', () => {
    given(...opened(sha256)).when('Publish', {}, { actor: chair }).refuses('not-permitted');
    given(...opened(sha256)).when('Publish', { at: '2014' }).refuses('statement.import-only', 'G3');
    expect(given(...opened(sha256)).when('Publish', {}, { mode: 'import' }).outcome).toMatchObject([{ data: { at: 'XXXX' } }]);
  });
  it('is open to anyone', () => expect(statement.label(given(...out).when('Publish').state, published)).toEqual({ tlp: 'CLEAR' }));
});

describe('after publication', () => {
  it('STM-9 closes the list with the number of those who stand', () => {
    const gone = happened('SignatureWithdrawn', { personId: 'p1', at: NOW, beforePublication: false });
    given(...out, gone).when('CloseForSignature', {}, { actor: system }).yields(happened('StatementClosedForSignature', { at: NOW, finalCount: 1 }));
    given(...opened(sha256)).when('CloseForSignature').refuses('illegal-transition');
    given(...out).when('CloseForSignature', { at: '2014' }).refuses('statement.import-only');
  });
  it('links what followed from it, once', () => {
    const link = { ref: { type: 'commitment' as const, id: 'k1' } };
    given(...out).when('LinkFollowUp', link, { actor: member }).yields(happened('FollowUpLinked', link));
    given(...out, happened('FollowUpLinked', link)).when('LinkFollowUp', link).changesNothing();
    given(...out).when('LinkFollowUp', { ref: { type: 'statement', id: 's1' } }).refuses('statement.follows-itself');
  });
  it('STM-14 is superseded by a published statement and stays', () => {
    const evidence = { ...serving, successor: 'published' };
    const superseded = happened('StatementSuperseded', { byStatementId: 's2' });
    const after = given(...out).when('Supersede', { byStatementId: 's2' }, { evidence });
    after.yields(superseded);
    expect(after.state.status).toBe('published');
    given(...out, superseded).when('Supersede', { byStatementId: 's2' }, { evidence }).changesNothing();
    given(...out).when('Supersede', { byStatementId: 's2' }, { evidence: { ...serving, successor: 'drafting' } }).refuses('statement.successor-not-published', 'STM-14');
    given(...out).when('Supersede', { byStatementId: 's1' }, { evidence }).refuses('statement.supersedes-itself', 'STM-14');
  });
  it('STM-14 is retracted with a reason and stays open to anyone', () => {
    const retraction = { decisionRef: 'd2', reason: { en: 'It rested on a false report.' } };
    const after = given(...out).when('Retract', retraction, { actor: networkChair });
    after.yieldsTypes('StatementRetracted');
    expect(after.outcome).toMatchObject([{ data: retraction }]);
    expect(statement.label(after.state, published)).toEqual({ tlp: 'CLEAR' });
    given(...out).when('Retract', { ...retraction, reason: { fr: 'Faux.' } }, { actor: networkChair }).refuses('statement.lead-language-missing', 'STM-14');
    given(...out).when('Retract', retraction).refuses('not-permitted');
  });
  it('is abandoned by a sponsor before publication only', () => {
    given(proposed()).when('AbandonStatement', { reason: 'overtaken' }, { actor: chair }).yields(happened('StatementAbandoned', { reason: 'overtaken' }));
    given(proposed()).when('AbandonStatement', { reason: 'overtaken' }, { actor: chairQ }).refuses('not-permitted');
    given(...out).when('AbandonStatement', { reason: 'overtaken' }, { actor: chair }).refuses('illegal-transition');
  });
});
