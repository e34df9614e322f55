import { idOf, specify } from '#kernel/testing';
import { actors, added, drafting, happened, later, negotiating, one, past, proposal, proposed, serving, two } from './fixtures.contract.js';
import { statement } from './statement.js';

const given = specify(statement, { actor: actors.pen, evidence: serving });
const { chair, chairQ, member, memberQ, pen, secretariat } = actors;
const suspended = { ...serving, group: { ...serving.group!, membership: 'suspended' } };
const edit = { clauseId: 'c1', baseRevision: 1, text: { en: 'Recalling the solemn duty,', fr: 'Rappelant le devoir solennel,' }, note: 'clearer' };
const edited = happened('ClauseEdited', edit);

describe('a statement being proposed', () => {
  it('STM-1 takes its proposer from the actor and has no field for an attribution', () => {
    given().when('ProposeStatement', { ...proposal, by: 'g-x', attribution: 'The Parliament of Exland' }, { actor: chair }).yields(proposed());
    given().when('ProposeStatement', { ...proposal, groupId: 'g-x' }, { actor: chair }).refuses('statement.not-for-others', 'G2');
  });
  it('needs its subject in the lead language', () =>
    given().when('ProposeStatement', { ...proposal, subject: { fr: 'Sur' } }, { actor: chair }).refuses('statement.lead-language-missing'));
  it('is not proposed by a group whose membership is suspended', () =>
    given().when('ProposeStatement', proposal, { actor: chair, evidence: suspended }).refuses('statement.membership-resting', 'STM-6'));
  it('is proposed for the group that the source names, in an import', () => {
    given().when('ProposeStatement', { ...proposal, groupId: 'g-p', personId: 'p-chair' }, { actor: secretariat, mode: 'import' }).yields(proposed());
    given().when('ProposeStatement', proposal, { actor: secretariat, mode: 'import' }).refuses('statement.no-group');
    given().when('ProposeStatement', proposal, { actor: secretariat }).refuses('not-permitted');
  });
  it('is sponsored once by each group', () => {
    given(proposed()).when('SponsorStatement', {}, { actor: memberQ }).yields(happened('SponsorJoined', { by: 'g-q' }));
    given(proposed()).when('SponsorStatement', {}, { actor: member }).changesNothing();
    given(proposed()).when('SponsorStatement', {}, { actor: memberQ, evidence: suspended }).refuses('statement.membership-resting');
  });
  it('keeps at least one sponsor; the next one takes the lead', () => {
    given(proposed()).when('LeaveSponsorship', {}, { actor: chair }).refuses('statement.last-sponsor');
    given(proposed()).when('LeaveSponsorship', {}, { actor: memberQ }).refuses('statement.not-a-sponsor');
    const left = given(proposed(), happened('SponsorJoined', { by: 'g-q' })).when('LeaveSponsorship', {}, { actor: chair });
    left.yields(happened('SponsorLeft', { by: 'g-p' }));
    expect(left.state.sponsors).toEqual(['g-q']);
  });
  it('has its penholder appointed by the secretariat or a sponsor', () => {
    given(proposed()).when('AppointPenholder', { personId: 'p-pen' }, { actor: secretariat }).yields(happened('PenholderAppointed', { personId: 'p-pen' }));
    given(proposed()).when('AppointPenholder', { personId: 'p-pen' }, { actor: chairQ }).refuses('not-permitted');
    given(...drafting()).when('AppointPenholder', { personId: 'p-pen' }, { actor: chairQ }).changesNothing();
  });
  it('is drafted by the penholder, and by the proposer until there is one', () => {
    given(proposed()).when('StartDrafting', { template: 'early warning' }, { actor: chair }).yields(happened('DraftingStarted', { template: 'early warning' }));
    given(proposed(), happened('PenholderAppointed', { personId: 'p-pen' })).when('StartDrafting', {}, { actor: chair }).refuses('not-permitted');
  });
  it('is read by its sponsors alone until it is circulated', () => {
    const label = (state: Parameters<typeof statement.label>[0]) => statement.label(state, proposed());
    expect(label(given(...drafting()).when('StartDrafting').state)).toEqual({ tlp: 'AMBER', groups: ['g-p', 'g-q'] });
    expect(label(given(...negotiating()).when('StartDrafting').state)).toEqual({ tlp: 'GREEN' });
  });
});

describe('the clauses of a statement', () => {
  it('STM-2 get a stable id and stand where they are put', () => {
    const input = { section: 'operative', text: two, after: null, verb: 'urges' };
    const first = given(...drafting()).when('AddClause', input);
    first.yields(happened('ClauseAdded', { clauseId: idOf(0), section: 'operative', text: two, after: null, verb: 'urges' }));
    expect(first.state.clauses.map((c) => c.id)).toEqual([idOf(0), 'c1', 'c2']);
    expect(given(...drafting()).when('AddClause', { ...input, after: 'c2' }).state.clauses.map((c) => c.id)).toEqual(['c1', 'c2', idOf(0)]);
  });
  it('STM-2 stand behind a clause of their own section only, and open with a verb of it', () => {
    given(...drafting()).when('AddClause', { section: 'operative', text: two, after: 'c1' }).refuses('statement.other-section', 'STM-2');
    given(...drafting()).when('AddClause', { section: 'operative', text: two, after: 'c9' }).refuses('statement.unknown-clause', 'STM-2');
    given(...drafting()).when('AddClause', { section: 'operative', text: two, verb: 'recalling' }).refuses('statement.verb-of-other-section', 'STM-2');
  });
  it('are written in the lead language first, and in authentic languages only', () => {
    given(...drafting()).when('AddClause', { section: 'operative', text: { fr: two.fr } }).refuses('statement.lead-language-missing');
    given(...drafting()).when('AddClause', { section: 'operative', text: { ...two, ar: 'تحث' } }).refuses('statement.language-not-authentic', 'STM-5');
  });
  it('STM-3 are edited on the revision that was seen', () => {
    const after = given(...drafting()).when('EditClause', edit);
    after.yieldsTypes('ClauseEdited');
    expect(after.state.revision).toBe(3);
    given(...drafting(), edited).when('EditClause', { ...edit, text: { en: 'Recalling a duty,' } }).refuses('statement.clause-changed-since', 'STM-3');
    expect(given(...drafting(), edited).when('EditClause', edit).outcome).toMatchObject({ params: { base: 1, changed: 3, head: 3 } });
    given(...drafting()).when('EditClause', { ...edit, baseRevision: 9 }).refuses('statement.clause-changed-since', 'STM-3');
  });
  it('STM-3 do not stand in the way of edits to other clauses, nor change when nothing changed', () => {
    given(...drafting(), edited).when('EditClause', { ...edit, clauseId: 'c2', baseRevision: 2, text: { en: 'Demands;' } }).yieldsTypes('ClauseEdited');
    given(...drafting()).when('EditClause', { ...edit, text: { fr: `${one.fr.normalize('NFD')}  ` } }).changesNothing();
    given(...drafting()).when('EditClause', { ...edit, clauseId: 'c9' }).refuses('statement.unknown-clause');
  });
  it('STM-12 tell which language fell behind the lead text, until it is written or confirmed', () => {
    const behind = happened('ClauseEdited', { ...edit, text: { en: 'Recalling,' } });
    const stale = given(...drafting(), behind).when('EditClause', { ...edit, baseRevision: 3, text: { fr: one.fr } });
    stale.yieldsTypes('ClauseEdited');
    expect(stale.state.clauses[0]?.stale).toEqual([]);
    expect(given(...drafting(), behind).when('StartDrafting').state.clauses[0]?.stale).toEqual(['fr']);
  });
  it('STM-2 are moved within their section without a new id', () => {
    const third = added('c3', 'operative', two);
    const moved = given(...drafting(), third).when('MoveClause', { clauseId: 'c3', after: null });
    moved.yields(happened('ClauseMoved', { clauseId: 'c3', after: null }));
    given(...drafting(), third).when('MoveClause', { clauseId: 'c3', after: 'c2' }).changesNothing();
    given(...drafting(), third).when('MoveClause', { clauseId: 'c3', after: 'c3' }).refuses('statement.after-itself', 'STM-2');
    given(...drafting(), third).when('MoveClause', { clauseId: 'c3', after: 'c1' }).refuses('statement.other-section', 'STM-2');
  });
  it('STM-3 are removed only while they are open', () => {
    given(...drafting()).when('RemoveClause', { clauseId: 'c1' }).yields(happened('ClauseRemoved', { clauseId: 'c1' }));
    given(...negotiating(), happened('ClauseAgreed', { clauseId: 'c1', mode: 'agreed', pendingGroups: [] }))
      .when('RemoveClause', { clauseId: 'c1' })
      .refuses('statement.clause-agreed', 'STM-3');
  });
  it('are written by nobody but the penholder, and not for a suspended group', () => {
    given(...drafting()).when('AddClause', { section: 'operative', text: two }, { actor: chair }).refuses('not-permitted');
    given(...drafting()).when('AddClause', { section: 'operative', text: two }, { evidence: suspended }).refuses('statement.membership-resting', 'STM-6');
  });
  it('are circulated to the network with a day for comments', () => {
    given(...drafting()).when('CirculateDraft', { commentsDue: later }, { actor: pen }).yields(happened('DraftCirculated', { revision: 2, to: [], commentsDue: later }));
    given(...drafting()).when('CirculateDraft', { commentsDue: past }).refuses('statement.deadline-past', 'G7');
    given(proposed(), happened('PenholderAppointed', { personId: 'p-pen' }), happened('DraftingStarted', {}))
      .when('CirculateDraft', { commentsDue: later })
      .refuses('statement.no-clauses');
  });
});
