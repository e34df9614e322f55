import { evolve } from '#kernel';
import { idOf, sha256, specify } from '#kernel/testing';
import { actors, agreed, drafting, frozen, frozenText, happened, later, negotiating, opened, serving, signed } from './fixtures.contract.js';
import { initialStatement } from './state.js';
import { statement } from './statement.js';

const given = specify(statement, { actor: actors.chair, evidence: serving });
const { chairQ, networkChair, system } = actors;
const submitted = happened('StatementSubmittedForDecision', { decisionId: 'd1', procedure: 'silence' });
const text = frozenText(sha256);

describe('agreeing a text', () => {
  it('STM-4 marks a clause agreed, or ad referendum with the groups that are pending', () => {
    given(...negotiating()).when('MarkClauseAgreed', { clauseId: 'c1', mode: 'agreed' }).yields(agreed('c1'));
    given(...negotiating(), agreed('c1')).when('MarkClauseAgreed', { clauseId: 'c1', mode: 'agreed' }).changesNothing();
    given(...negotiating()).when('MarkClauseAgreed', { clauseId: 'c1', mode: 'ad-referendum' }).refuses('statement.pending-groups-missing', 'STM-4');
    given(...negotiating()).when('MarkClauseAgreed', { clauseId: 'c1', mode: 'agreed', pendingGroups: ['g-q'] }).refuses('statement.pending-groups-left', 'STM-4');
    given(...negotiating()).when('MarkClauseAgreed', { clauseId: 'c1', mode: 'ad-referendum', pendingGroups: ['g-q'] }).yieldsTypes('ClauseAgreed');
    given(...negotiating()).when('MarkClauseAgreed', { clauseId: 'c9', mode: 'agreed' }).refuses('statement.unknown-clause');
  });
  it('is for the chair of the proposing group and the network chair', () => {
    given(...negotiating()).when('MarkClauseAgreed', { clauseId: 'c1', mode: 'agreed' }, { actor: chairQ }).refuses('not-permitted');
    given(...negotiating()).when('MarkClauseAgreed', { clauseId: 'c1', mode: 'agreed' }, { actor: networkChair }).yieldsTypes('ClauseAgreed');
  });
  it('reopens what was agreed', () => {
    const reopened = happened('ClauseReopened', { clauseId: 'c1', by: 'p-chair', reason: 'new facts' });
    given(...negotiating(), agreed('c1')).when('ReopenClause', { clauseId: 'c1', reason: 'new facts' }).yields(reopened);
    given(...negotiating()).when('ReopenClause', { clauseId: 'c1', reason: 'new facts' }).changesNothing();
    given(...negotiating()).when('ReopenClause', { clauseId: 'c9', reason: 'new facts' }).refuses('statement.unknown-clause');
  });

  it('STM-4 freezes only when every clause is agreed, and names each that is not', () => {
    const refused = given(...negotiating(), agreed('c1')).when('FreezeText');
    refused.refuses('statement.clause-open', 'STM-4');
    expect(refused.outcome).toMatchObject({ params: { clause: 'OP1' } });
    given(...negotiating()).when('FreezeText').refuses('several-conditions');
  });
  it('STM-5 freezes with one digest for each authentic language and one over all', () => {
    const done = given(...negotiating(), agreed('c1'), agreed('c2')).when('FreezeText');
    done.yields(happened('TextFrozen', text));
    expect(Object.keys(text.digests)).toEqual(['en', 'fr']);
  });
  it('STM-5 freezes the lead text with the languages that are whole, and nothing without the lead, in any mode', () => {
    const english = [...drafting(), happened('ClauseAdded', { clauseId: 'c3', section: 'operative', text: { en: 'Decides;' } })];
    const open = [...english, happened('DraftCirculated', { revision: 3, to: [], commentsDue: later }), agreed('c1'), agreed('c2'), agreed('c3')];
    const lead = given(...open).when('FreezeText');
    expect(Object.keys(lead.state.frozen?.digests ?? {})).toEqual(['en']);
    const behind = [...negotiating(), happened('ClauseEdited', { clauseId: 'c1', baseRevision: 2, text: { fr: 'Alarmés,' }, note: 'n' }), agreed('c1'), agreed('c2')];
    given(...behind).when('FreezeText').yieldsTypes('TextFrozen');
    const empty = [...negotiating(), happened('ClauseRemoved', { clauseId: 'c1' }), happened('ClauseRemoved', { clauseId: 'c2' })];
    given(...empty).when('FreezeText', {}, { mode: 'import', actor: actors.secretariat }).refuses('statement.no-whole-text', 'STM-5');
    given(...empty).when('FreezeText').refuses('statement.no-clauses');
  });
  it('STM-12 freezes without a language that is behind the lead text: it follows, certified', () => {
    const edited = happened('ClauseEdited', { clauseId: 'c1', baseRevision: 1, text: { en: 'Alarmed,' }, note: 'shorter' });
    const behind = (urgency: 'ordinary' | 'crisis') => [
      ...drafting('open-letter', urgency), edited, happened('DraftCirculated', { revision: 3, to: [], commentsDue: later }), agreed('c1'), agreed('c2'),
    ];
    for (const urgency of ['ordinary', 'crisis'] as const) {
      const frozenLead = given(...behind(urgency)).when('FreezeText');
      frozenLead.yieldsTypes('TextFrozen');
      expect(Object.keys(frozenLead.state.frozen?.digests ?? {})).toEqual(['en']);
    }
  });
});

describe('deciding on a text', () => {
  it('STM-5 reopening says what it voids', () => {
    given(...frozen(sha256)).when('ReopenText', { reason: 'an error' }).yields(happened('TextReopened', { by: 'p-chair', reason: 'an error', voids: [] }));
    const reopened = given(...frozen(sha256), submitted).when('ReopenText', { reason: 'an error' });
    reopened.yields(happened('TextReopened', { by: 'p-chair', reason: 'an error', voids: ['decision'] }));
    expect(reopened.state).toMatchObject({ status: 'negotiating', frozen: null, decisionId: null });
    given(...opened(sha256)).when('ReopenText', { reason: 'late' }).refuses('illegal-transition');
  });
  it('STM-5 no signature and no endorsement outlives a reopened text', () => {
    const events = [
      ...opened(sha256), signed(sha256, 'p1'), happened('GroupEndorsed', { groupId: 'g-p', digest: text.digest }),
      happened('TextReopened', { by: 'p-chair', reason: 'an error', voids: ['signatures'] }),
    ];
    const state = events.reduce((s, e) => evolve(statement, s, e), initialStatement);
    expect(state).toMatchObject({ status: 'negotiating', signatures: [], endorsements: [], opening: null });
  });
  it('is asked of a new procedure, or of one that is prepared', () => {
    given(...frozen(sha256)).when('SubmitForDecision', { procedure: 'silence' }).yields(happened('StatementSubmittedForDecision', { decisionId: idOf(0), procedure: 'silence' }));
    given(...frozen(sha256)).when('SubmitForDecision', { procedure: 'silence', decisionId: 'd1' }).yields(submitted);
    given(...negotiating()).when('SubmitForDecision', { procedure: 'silence' }).refuses('illegal-transition');
  });
  it('STM-5 is adopted by a decision on exactly this text, whichever procedure took it', () => {
    const adoption = { decisionId: 'd1', revision: 2, digest: text.digest };
    given(...frozen(sha256), submitted).when('RecordAdoption', adoption, { actor: system }).yields(happened('StatementAdopted', adoption));
    given(...frozen(sha256), submitted).when('RecordAdoption', { ...adoption, digest: text.digests['en'] }, { actor: system }).yields(happened('StatementAdopted', adoption));
    given(...frozen(sha256), submitted).when('RecordAdoption', { ...adoption, decisionId: 'd2' }, { actor: system }).yieldsTypes('StatementAdopted');
    given(...frozen(sha256), submitted).when('RecordAdoption', { ...adoption, digest: sha256('x') }, { actor: system }).refuses('statement.other-text', 'STM-5');
    given(...frozen(sha256), submitted).when('RecordAdoption', { ...adoption, revision: 3 }, { actor: system }).refuses('statement.other-text', 'STM-5');
  });
  it('goes back to negotiation when it is not adopted', () => {
    const fell = { decisionId: 'd1', outcome: 'silence-broken' as const };
    const about = { ...fell, revision: 2, digest: text.digest };
    const back = given(...frozen(sha256), submitted).when('RecordNonAdoption', about, { actor: system });
    back.yields(happened('StatementNotAdopted', fell));
    expect(back.state.frozen).toBeNull();
    given(...frozen(sha256), submitted).when('RecordNonAdoption', { ...about, digest: sha256('x') }, { actor: system }).refuses('statement.other-text', 'STM-5');
    given(...frozen(sha256), submitted).when('RecordNonAdoption', about).refuses('not-permitted');
  });
});
