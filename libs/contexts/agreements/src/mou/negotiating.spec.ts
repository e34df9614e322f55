import { idOf, specify } from '#kernel/testing';
import {
  agreed, bracket, CA, chairCA, chairUK, clause, DIGESTS, drafting, event, evidence, frozen, initialled, initials, negotiated, officerCA, officerUK,
  person, proposal, proposed, RECORDED, recorded, RW, secretariat, TEXT, UK,
} from '../history.contract.js';
import { mou } from './mou.js';

const given = specify(mou, { actor: chairUK, evidence: evidence() });
const asOfficer = { actor: officerUK };

describe('a memorandum: proposal', () => {
  it('MOU-1 is proposed by the chair of a participant', () => {
    given().when('ProposeMou', proposal()).yields(proposed());
    given().when('ProposeMou', proposal(), { actor: officerUK }).refuses('not-permitted');
    given().when('ProposeMou', proposal({ participants: [CA, RW] })).refuses('not-permitted');
  });
  it('MOU-1 has at least two participants, each once', () => {
    given().when('ProposeMou', proposal({ participants: [UK] })).refuses('mou.too-few-participants', 'MOU-1');
    given().when('ProposeMou', proposal({ participants: [UK, CA, CA] })).refuses('mou.participant-twice', 'MOU-1');
  });
  it('MOU-1 takes groups and networks, and a parliament only where its profile permits', () => {
    const ofState = { [CA]: { kind: 'parliament', mayParticipate: false } } as const;
    given().when('ProposeMou', proposal(), { evidence: evidence(ofState) }).refuses('mou.not-a-group', 'MOU-1');
    given().when('ProposeMou', proposal(), { evidence: evidence({ [CA]: { kind: 'network' } }) }).yieldsTypes('MouProposed');
    given().when('ProposeMou', proposal(), { evidence: { id: 'mou-1', live: [], bodies: {}, authorisations: {} } }).refuses('mou.not-a-group');
  });
  it('MOU-12 does not exist without a status statement', () => {
    const { bindingness: _, ...without } = proposal();
    expect(mou.commands['ProposeMou']?.input.safeParse(without).success).toBe(false);
  });
  it('MOU-6 has terms that can be computed with', () => {
    given().when('ProposeMou', proposal({ effect: { rule: 'fixed-date' } })).refuses('mou.effect-incomplete', 'MOU-6');
    given().when('ProposeMou', proposal({ effect: { rule: 'n-signatures', n: 3 } })).refuses('mou.effect-incomplete', 'MOU-6');
    given().when('ProposeMou', proposal({ renewal: 'tacit', renewalMonths: 12 })).refuses('mou.renewal-incomplete', 'MOU-6');
    given().when('ProposeMou', proposal({ authenticLanguages: ['en', 'en'] })).refuses('mou.language-twice', 'MOU-2');
  });
  it('says for whom only for itself', () =>
    given().when('ProposeMou', { ...proposal(), groupId: CA }).refuses('mou.not-for-others', 'G2'));
  it('is negotiated when another participant takes it up', () => {
    const { by: _, ...input } = negotiated.data;
    given(proposed()).when('OpenNegotiation', input, { actor: chairCA }).yields(negotiated);
    given(proposed()).when('OpenNegotiation', input).refuses('mou.proposer-cannot-accept', 'MOU-1');
    given(proposed()).when('OpenNegotiation', { ...input, leads: { [RW]: 'uwera' } }, { actor: chairCA }).refuses('mou.not-a-participant');
  });
  it('may be abandoned until all have signed', () => {
    given(proposed()).when('AbandonMou', { reason: 'No mandate' }).yields(event('MouAbandoned', { reason: 'No mandate', by: UK }));
    given(recorded()).when('AbandonMou', { reason: 'No mandate' }).refuses('illegal-transition');
  });
});

describe('a memorandum: import', () => {
  const imported = { actor: secretariat, mode: 'import' as const };
  it('MOU-11 is recorded from a source with what it tells and no more', () =>
    given().when('ImportHistoricalMou', RECORDED, imported).yields(recorded()));
  it('MOU-11 needs a source', () =>
    expect(mou.commands['ImportHistoricalMou']?.input.safeParse({ ...RECORDED, sources: [] }).success).toBe(false));
  it('MOU-11 carries no text where none is available, and its digests where one is', () => {
    const clauses = [{ kind: 'purpose', text: TEXT }];
    given().when('ImportHistoricalMou', { ...RECORDED, clauses }, imported).refuses('mou.text-not-available', 'MOU-11');
    const withText = { ...RECORDED, textAvailable: true, authenticLanguages: ['en', 'fr'], clauses };
    const recordedClauses = [{ clauseId: idOf(0), kind: 'purpose' as const, text: TEXT }];
    given().when('ImportHistoricalMou', withText, imported)
      .yields(recorded({ textAvailable: true, authenticLanguages: ['en', 'fr'], clauses: recordedClauses, digests: DIGESTS }));
  });
  it('MOU-1 holds in an import too', () =>
    given().when('ImportHistoricalMou', { ...RECORDED, participants: [UK] }, imported).refuses('mou.too-few-participants', 'MOU-1'));
  it('G3 is no way round a negotiation', () =>
    given().when('ImportHistoricalMou', RECORDED, { actor: secretariat }).refuses('mou.import-only', 'G3'));
  it('is public at once where its source is', () => {
    const label = (e: ReturnType<typeof recorded>) => mou.label(given(e).when('AbandonMou', { reason: 'x' }).state, e).tlp;
    expect(label(recorded())).toBe('CLEAR');
    expect(label(recorded({ sources: [{ title: 'Private file' }] }))).toBe('AMBER');
    expect(label(recorded({ sources: [{ title: 'Printed book' }], sourcesPublic: true }))).toBe('CLEAR');
  });
});

describe('a memorandum: negotiation', () => {
  it('takes clauses at their place', () => {
    given(proposed(), negotiated).when('ProposeClause', { kind: 'purpose', text: TEXT }, asOfficer)
      .yields(event('MouClauseProposed', { clauseId: idOf(0), kind: 'purpose', position: 1, text: TEXT, by: UK }));
    const { state } = given(...drafting()).when('ProposeClause', { kind: 'title', position: 1, text: TEXT }, asOfficer);
    expect(state.clauses.map((c) => c.kind)).toEqual(['title', 'purpose']);
  });
  it('takes no clause twice, and none from others', () => {
    given(...drafting()).when('ProposeClause', { kind: 'purpose', text: TEXT }, asOfficer).refuses('mou.clause-exists');
    given(...drafting()).when('ProposeClause', { kind: 'title', text: TEXT }, { actor: person('officer', 'x', RW) }).refuses('not-permitted');
  });
  it('MOU-12 revises by language, whatever the words', () => {
    given(...drafting()).when('ReviseClause', { clauseId: 'c1', text: { en: 'They shall agree.' } }, asOfficer)
      .yields(event('MouClauseRevised', { clauseId: 'c1', revision: 2, text: { en: 'They shall agree.' }, by: UK }));
    given(...drafting()).when('ReviseClause', { clauseId: 'c1', text: { en: TEXT.en } }, asOfficer).changesNothing();
    given(...drafting()).when('ReviseClause', { clauseId: 'c9', text: TEXT }, asOfficer).refuses('mou.unknown-clause');
  });
  it('MOU-3 brackets a range, or the whole clause', () => {
    const input = { clauseId: 'c1', range: { lang: 'en', from: 0, to: 3 }, alternatives: bracket.data.alternatives };
    given(...drafting()).when('BracketText', input, { actor: officerCA }).yields(event('MouTextBracketed', { ...bracket.data, bracketId: idOf(0) }));
    given(...drafting(), bracket).when('BracketText', input, { actor: officerCA }).refuses('mou.already-bracketed', 'MOU-3');
    given(...drafting()).when('BracketText', { clauseId: 'c1', range: { lang: 'en', from: 0, to: 99 } }, asOfficer).refuses('mou.range-outside-text');
    given(...drafting()).when('BracketText', { clauseId: 'c1', by: [RW] }, asOfficer).refuses('mou.not-a-participant');
    given(...drafting()).when('BracketText', { clauseId: 'c1' }, asOfficer).yieldsTypes('MouTextBracketed');
  });
  it('MOU-3 lifts brackets by those who hold them', () => {
    const lift = { bracketId: 'b1', resolution: 'compromise', text: { en: 'These Participants will cooperate.' } };
    given(...drafting(), bracket).when('LiftBrackets', lift, { actor: officerCA })
      .yields(event('MouBracketsLifted', { ...lift, resolution: 'compromise', clauseId: 'c1', revision: 2, by: CA }));
    given(...drafting(), bracket).when('LiftBrackets', { ...lift, resolution: 'kept', text: undefined }, { actor: officerCA }).yieldsTypes('MouBracketsLifted');
    given(...drafting(), bracket).when('LiftBrackets', lift, asOfficer).refuses('mou.not-your-bracket', 'MOU-3');
    given(...drafting(), bracket).when('LiftBrackets', { bracketId: 'b1', resolution: 'dropped' }, { actor: officerCA }).refuses('mou.resolution-needs-text');
    given(...drafting()).when('LiftBrackets', lift, asOfficer).refuses('mou.unknown-bracket', 'MOU-3');
  });
  it('MOU-3 takes a whole clause out when its brackets are dropped, once all have agreed to that', () => {
    const whole = event('MouTextBracketed', { bracketId: 'b1', clauseId: 'c1', revision: 1, by: [UK], alternatives: [] });
    const { state } = given(...drafting(), whole).when('LiftBrackets', { bracketId: 'b1', resolution: 'dropped' }, asOfficer);
    expect(state.clauses).toMatchObject([{ id: 'c1', dropped: true, agreed: {}, revision: 2 }]);
    given(...drafting(), whole, bracket).when('LiftBrackets', { bracketId: 'b1', resolution: 'dropped' }, asOfficer).refuses('mou.open-brackets', 'MOU-3');
    const dropped = event('MouBracketsLifted', { bracketId: 'b1', clauseId: 'c1', resolution: 'dropped', revision: 2, by: UK });
    given(...drafting(), whole, dropped).when('BracketText', { clauseId: 'c1' }, asOfficer).refuses('mou.clause-dropped');
  });
  it('agrees a clause as it was read, and not within brackets', () => {
    const agree = { clauseId: 'c1', revision: 1, mode: 'agreed' };
    given(...drafting()).when('AgreeClause', agree, asOfficer).yields(agreed(UK));
    given(...drafting(), agreed(UK)).when('AgreeClause', agree, asOfficer).changesNothing();
    given(...drafting()).when('AgreeClause', { ...agree, revision: 2 }, asOfficer).refuses('mou.clause-changed');
    given(...drafting(), bracket).when('AgreeClause', agree, asOfficer).refuses('mou.open-brackets', 'MOU-3');
  });
});

describe('a memorandum: initialling', () => {
  const all = [...drafting(), agreed(UK), agreed(CA)];
  it('MOU-2 is initialled by the chair of every participant, the last of whom freezes it', () => {
    given(...all).when('InitialText').yields(initialled(UK));
    expect(given(...all).when('InitialText').state.status).toBe('negotiating');
    given(...all, initialled(UK)).when('InitialText', {}, { actor: chairCA }).yields(event('MouTextInitialled', { digests: DIGESTS, initials: initials(UK, CA) }));
    expect(given(...all, initialled(UK)).when('InitialText', {}, { actor: chairCA }).state).toMatchObject({ status: 'initialled', digests: DIGESTS });
    given(...all, initialled(UK)).when('InitialText').changesNothing();
    given(...all).when('InitialText', {}, asOfficer).refuses('not-permitted');
  });
  it('MOU-2 loses its initials with any change of the text', () => {
    const { state } = given(...all, initialled(UK)).when('ReviseClause', { clauseId: 'c1', text: { en: 'Other.' } }, asOfficer);
    expect(state).toMatchObject({ initials: [], digests: null });
  });
  it('MOU-3 is not initialled with open brackets', () => given(...all, bracket).when('InitialText').refuses('mou.open-brackets', 'MOU-3'));
  it('MOU-2 is not initialled before every clause is agreed by all, ad referendum not counted', () => {
    given(...drafting(), agreed(UK)).when('InitialText').refuses('mou.clauses-not-agreed', 'MOU-2');
    const reserved = event('MouClauseAgreed', { clauseId: 'c1', revision: 1, mode: 'ad-referendum', groupId: CA });
    given(...drafting(), agreed(UK), reserved).when('InitialText').refuses('mou.clauses-not-agreed', 'MOU-2');
  });
  it('MOU-2 is not initialled without text in every authentic language', () => {
    const english = event('MouClauseProposed', { ...clause.data, text: { en: TEXT.en } });
    given(proposed(), negotiated, english, agreed(UK), agreed(CA)).when('InitialText').refuses('mou.language-incomplete', 'MOU-2');
    given(proposed(), negotiated).when('InitialText').refuses('mou.no-clauses', 'MOU-2');
  });
  it('MOU-2 lets nobody change the frozen text', () => {
    for (const command of ['ProposeClause', 'ReviseClause', 'BracketText', 'LiftBrackets'] as const)
      given(...frozen()).when(command, { clauseId: 'c1', kind: 'title', text: TEXT, bracketId: 'b1', resolution: 'kept' }, asOfficer).refuses('illegal-transition');
  });
  it('MOU-2 reopens before signature, and initials and authorisations lapse', () => {
    const { state, ...outcome } = given(...frozen()).when('ReopenText', { reason: 'A slip' });
    outcome.yields(event('MouTextReopened', { reason: 'A slip', by: UK }));
    expect(state).toMatchObject({ initials: [], authorisations: [], digests: null });
    given(...drafting()).when('ReopenText', { reason: 'A slip' }).refuses('illegal-transition');
  });
  it('G3 takes the initials of a historical import from the source', () => {
    const imported = { actor: secretariat, mode: 'import' as const };
    given(...drafting()).when('InitialText', { initials: initials(UK, CA) }, imported).yields(initialled(UK, CA));
  });
});
