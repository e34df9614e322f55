import { specify } from '#kernel/testing';
import { derive, resultText } from '#text';
import { createHash } from 'node:crypto';
import { actors, agreed, happened, negotiating, one, serving, two } from './fixtures.contract.js';
import type { DataOf, StatementEvent } from './events.js';
import type { LiveText } from './rules.js';
import type { Statement } from './state.js';
import { statement } from './statement.js';

const { chair, chairQ, memberQ, pen, secretariat, system } = actors;
const given = specify(statement, { actor: memberQ, evidence: serving });
const why = { en: 'Clearer' };
const change = (clauseId: string, lang: 'en' | 'fr', text: string) => ({ clauseId, lang, text });
const propose = (amendmentId: string, ...changes: { clauseId: string; lang: string; text: string; before?: string }[]) => ({ amendmentId, lang: 'en', changes, rationale: why, baseRevision: 2 });
const text = { c1: one, c2: two };
/** An amendment on the table, derived as the command derives it. */
const tabled = (id: string, number: number, by: string, clauseId: 'c1' | 'c2', after: string, lang: 'en' | 'fr' = 'en', over: Partial<DataOf<'AmendmentProposed'>> = {}) =>
  happened('AmendmentProposed', { amendmentId: id, number, lang, operations: derive(clauseId, lang, text[clauseId][lang], after), by, personId: `p-${by}`, rationale: why, baseRevision: 2, ...over });
const duty = 'Recalling the solemn duty to prevent,';
const prevent = 'Recalling the duty to protect,';
const A = tabled('a1', 1, 'g-q', 'c1', duty);
const B = tabled('a2', 2, 'g-p', 'c1', prevent);
const on = (...events: StatementEvent[]) => given(...negotiating(), ...events);
const clause = (state: Statement, id: string) => state.clauses.find((c) => c.id === id)!;
const of = (state: Statement, id: string) => state.amendments.find((a) => a.id === id)!;

describe('an amendment', () => {
  it('STM-3 is a list of operations that quote what they replace, under the group’s and the person’s name', () => {
    const after = on().when('ProposeAmendment', propose('a1', change('c1', 'en', duty)));
    after.yields(happened('AmendmentProposed', {
      amendmentId: 'a1', number: 1, lang: 'en', operations: [{ op: 'insert', clauseId: 'c1', lang: 'en', at: 14, left: 'Recalling the ', right: 'duty to prevent,', text: 'solemn ' }],
      by: 'g-q', personId: 'p-member-q', authors: ['p-member-q'], rationale: why, baseRevision: 2,
    }));
    on().when('ProposeAmendment', propose('a1', change('c1', 'en', one.en))).refuses('statement.amendment-changes-nothing', 'STM-3');
    on().when('ProposeAmendment', propose('a1', change('c9', 'en', 'x'))).refuses('statement.unknown-clause');
    on(agreed('c1')).when('ProposeAmendment', propose('a1', change('c1', 'en', duty))).refuses('statement.clause-agreed', 'STM-3');
    on(A).when('ProposeAmendment', propose('a1', change('c1', 'en', duty))).refuses('statement.amendment-exists');
    on().when('ProposeAmendment', propose('a1', change('c1', 'en', duty)), { actor: secretariat }).refuses('not-permitted');
  });
  it('STM-3 takes whole clauses, and words of the group’s own copies with all who wrote them', () => {
    const structure = [{ op: 'insert-clause', section: 'operative', after: 'c2', text: { en: 'Decides to meet;' } }, { op: 'move-clause', clauseId: 'c2', after: null }, { op: 'delete-clause', clauseId: 'c1' }];
    on().when('ProposeAmendment', { ...propose('a1'), structure }).yieldsTypes('AmendmentProposed');
    const drafts = [{ clauseId: 'c1', lang: 'en', before: one.en, text: duty, authors: ['p-b', 'p-member-q'] }];
    const live = on().when('ProposeAmendment', { ...propose('a1'), draftId: 'd1' }, { evidence: { ...serving, drafts } });
    live.yieldsTypes('AmendmentProposed');
    expect(live.outcome).toMatchObject([{ data: { authors: ['p-member-q', 'p-b'], draftId: 'd1' } }]);
  });
  it('STM-3 written on an earlier text is brought over what was accepted since, or refused with the reason', () => {
    const accepted = happened('AmendmentAccepted', { amendmentId: 'a2', revision: 3, by: 'p-pen', operations: [...B.data['operations' as never] as never] });
    const late = on(B, accepted).when('ProposeAmendment', propose('a3', { ...change('c1', 'en', duty), before: one.en }));
    late.yieldsTypes('AmendmentProposed');
    on(B, accepted).when('ProposeAmendment', propose('a3', { ...change('c1', 'en', 'Recalling the duty to warn,'), before: one.en })).refuses('statement.amendment-overtaken', 'STM-3');
  });
  it('is seconded, withdrawn and joined by who stands behind it', () => {
    on(A).when('SecondAmendment', { amendmentId: 'a1' }, { actor: chair }).yields(happened('AmendmentSeconded', { amendmentId: 'a1', by: 'g-p', personId: 'p-chair' }));
    on(A).when('SecondAmendment', { amendmentId: 'a1' }).changesNothing();
    on(A).when('WithdrawAmendment', { amendmentId: 'a1' }).yields(happened('AmendmentWithdrawn', { amendmentId: 'a1', by: 'g-q' }));
    on(A).when('WithdrawAmendment', { amendmentId: 'a1' }, { actor: chair }).refuses('statement.not-your-amendment', 'STM-3');
    const same = tabled('a3', 2, 'g-p', 'c1', duty);
    on(A, same).when('JoinAmendment', { amendmentId: 'a1', into: 'a3' }).yields(happened('AmendmentJoined', { amendmentId: 'a1', into: 'a3', by: 'g-q' }));
    on(A).when('JoinAmendment', { amendmentId: 'a1', into: 'a9' }).refuses('statement.unknown-amendment');
    on(A).when('MarkAmendmentFallen', { amendmentId: 'a1', because: 'unresolved' }, { actor: system }).changesNothing();
  });
  it('to an amendment is accepted by the group whose words it changes, and goes no deeper', () => {
    const sub = happened('AmendmentProposed', { amendmentId: 's1', number: 2, lang: 'en', operations: derive('c1', 'en', duty, 'Recalling the solemn and shared duty to prevent,'), by: 'g-p', rationale: why, baseRevision: 2, to: 'a1' });
    on(A).when('ProposeAmendment', { ...propose('s1', change('c1', 'en', 'Recalling the solemn and shared duty to prevent,')), to: 'a1' }, { actor: chair }).yieldsTypes('AmendmentProposed');
    on(A, sub).when('ProposeAmendment', { ...propose('s2', change('c1', 'en', 'x')), to: 's1' }).refuses('statement.amendment-too-deep');
    on(A, sub).when('AcceptAmendment', { amendmentId: 's1' }, { actor: pen }).yieldsTypes('AmendmentAccepted', 'AmendmentReanchored');
    const into = on(A, sub).when('AcceptAmendment', { amendmentId: 's1' }, { actor: memberQ });
    into.yieldsTypes('AmendmentAccepted', 'AmendmentReanchored');
    expect(clause(into.state, 'c1').text.en).toBe(one.en);
    const both = on(A, sub, ...(into.outcome as StatementEvent[])).when('AcceptAmendment', { amendmentId: 'a1' }, { actor: pen });
    expect(clause(both.state, 'c1').text.en).toBe('Recalling the solemn and shared duty to prevent,');
    on(A, sub).when('AcceptAmendment', { amendmentId: 's1' }, { actor: chair }).refuses('statement.not-your-amendment');
    on(A, sub).when('WithdrawAmendment', { amendmentId: 'a1' }).yieldsTypes('AmendmentWithdrawn', 'AmendmentFell');
  });
});

describe('an acceptance', () => {
  it('STM-3 puts the words into the text, under a new revision, and brings the others over them', () => {
    const after = on(A, B).when('AcceptAmendment', { amendmentId: 'a1' }, { actor: pen });
    after.yieldsTypes('AmendmentAccepted', 'AmendmentRebased');
    expect(clause(after.state, 'c1')).toMatchObject({ text: { en: duty }, revision: 3, stale: ['fr'], agreement: 'open' });
    expect(of(after.state, 'a2').rebased).toMatchObject({ undoUntil: serving.undoUntil });
    const both = on(A, B, ...(after.outcome as StatementEvent[])).when('AcceptAmendment', { amendmentId: 'a2' }, { actor: chair });
    expect(clause(both.state, 'c1').text.en).toBe('Recalling the solemn duty to protect,');
    on(A).when('AcceptAmendment', { amendmentId: 'a1' }).refuses('not-permitted');
  });
  it('STM-3 is of the words that were seen', () => {
    const state = on(A).when('StartDrafting').state;
    const seen = createHash('sha256').update(resultText(state.clauses, of(state, 'a1').operations)!, 'utf8').digest('hex');
    on(A).when('AcceptAmendment', { amendmentId: 'a1', resultHash: seen }, { actor: pen }).yieldsTypes('AmendmentAccepted');
    on(A).when('AcceptAmendment', { amendmentId: 'a1', resultHash: 'b'.repeat(64) }, { actor: pen }).refuses('statement.other-result', 'STM-3');
  });
  it('displaces what wants the same words, and joins what says the same', () => {
    const rival = tabled('a3', 3, 'g-p', 'c1', 'Recalling the moral duty to prevent,');
    const same = tabled('a4', 4, 'g-p', 'c1', duty);
    const after = on(A, rival, same).when('AcceptAmendment', { amendmentId: 'a1' }, { actor: pen });
    after.yieldsTypes('AmendmentAccepted', 'AmendmentDisplaced', 'AmendmentJoined');
    expect([of(after.state, 'a3').status, of(after.state, 'a4').status, of(after.state, 'a4').joinedInto]).toEqual(['displaced', 'joined', 'a1']);
    const past = [A, rival, ...(after.outcome as StatementEvent[])];
    on(...past).when('ReanchorAmendment', { ...propose('a3', change('c1', 'en', 'Recalling the solemn and moral duty to prevent,')), rationale: undefined }, { actor: chair }).yieldsTypes('AmendmentReanchored');
    on(...past).when('ReanchorAmendment', { ...propose('a3', change('c1', 'en', duty)), rationale: undefined }, { actor: chair }).refuses('statement.amendment-changes-nothing');
    on(...past).when('MarkAmendmentFallen', { amendmentId: 'a3', because: 'unresolved' }, { actor: system }).yieldsTypes('AmendmentFell');
  });
  it('lets both insertions at one place in, once both authors accept which stands first', () => {
    const second = tabled('a5', 2, 'g-p', 'c1', 'Recalling the moral duty to prevent,');
    const order = (by: string, id: string) => happened('InsertionOrderAccepted', { first: 'a1', second: 'a5', by, for: [id] });
    on(A, second).when('AcceptInsertionOrder', { first: 'a1', second: 'a5' }).yields(order('g-q', 'a1'));
    on(A, second).when('AcceptInsertionOrder', { first: 'a1', second: 'a5' }, { actor: { ...memberQ, onBehalfOf: 'g-z' } }).refuses('statement.not-your-amendment');
    const agreedOn = [A, second, order('g-q', 'a1'), order('g-p', 'a5')];
    const first = on(...agreedOn).when('AcceptAmendment', { amendmentId: 'a1' }, { actor: pen });
    first.yieldsTypes('AmendmentAccepted', 'AmendmentRebased');
    const both = on(...agreedOn, ...(first.outcome as StatementEvent[])).when('AcceptAmendment', { amendmentId: 'a5' }, { actor: pen });
    expect(clause(both.state, 'c1').text.en).toBe('Recalling the solemn moral duty to prevent,');
  });
  it('may be of some parts; the rest stays open on the new text', () => {
    const two = tabled('a6', 1, 'g-q', 'c1', 'Recalling the solemn duty to protect,');
    const part = on(two).when('AcceptAmendment', { amendmentId: 'a6', parts: [0] }, { actor: pen });
    part.yieldsTypes('AmendmentAccepted');
    expect(clause(part.state, 'c1').text.en).toBe(duty);
    const rest = on(two, ...(part.outcome as StatementEvent[])).when('AcceptAmendment', { amendmentId: 'a6' }, { actor: pen });
    expect(clause(rest.state, 'c1').text.en).toBe('Recalling the solemn duty to protect,');
  });
  it('is taken back from an automatic rebase by the author, for three days', () => {
    const after = on(A, B).when('AcceptAmendment', { amendmentId: 'a1' }, { actor: pen }).outcome as StatementEvent[];
    const undone = on(A, B, ...after).when('UndoRebase', { amendmentId: 'a2' }, { actor: chair });
    undone.yields(happened('AmendmentRebaseUndone', { amendmentId: 'a2', by: 'p-chair' }));
    expect(of(undone.state, 'a2').status).toBe('displaced');
    on(A, B, ...after).when('UndoRebase', { amendmentId: 'a2' }, { actor: chair, now: '2026-11-27T10:00:00Z' }).refuses('statement.undo-too-late');
    on(A, B).when('UndoRebase', { amendmentId: 'a2' }, { actor: chair }).refuses('statement.nothing-to-undo');
  });
  it('STM-12 in another language makes the others wait, the lead among them, and the pen writes what waits and nothing else', () => {
    const french = tabled('a7', 1, 'g-q', 'c1', 'Rappelant le devoir solennel de prévention,', 'fr');
    const after = on(french).when('AcceptAmendment', { amendmentId: 'a7' }, { actor: pen });
    expect(clause(after.state, 'c1').stale).toEqual(['en']);
    const past = [french, ...(after.outcome as StatementEvent[])];
    const edit = { clauseId: 'c1', baseRevision: 3, note: 'follows' };
    const followed = on(...past).when('EditClause', { ...edit, text: { en: duty } }, { actor: pen });
    expect(clause(followed.state, 'c1').stale).toEqual([]);
    on(...past).when('EditClause', { ...edit, text: { fr: 'Autre chose,' } }, { actor: pen }).refuses('statement.by-amendment-only', 'STM-3');
  });
  it('is refused by the chair with a reason', () => {
    on(A).when('RejectAmendment', { amendmentId: 'a1', reason: 'Too much.' }, { actor: chair }).yields(happened('AmendmentRejected', { amendmentId: 'a1', reason: 'Too much.', by: 'p-chair' }));
    on(A).when('RejectAmendment', { amendmentId: 'a1', reason: 'Too much.' }, { actor: pen }).refuses('not-permitted');
  });
});

describe('a compromise', () => {
  const rival = tabled('a3', 2, 'g-p', 'c1', 'Recalling the moral duty to prevent,');
  const offer = { compromiseId: 'k1', amendments: ['a1', 'a3'], changes: [change('c1', 'en', 'Recalling the grave duty to prevent,')], rationale: why };
  const consents = (by: string) => happened('CompromiseConsented', { compromiseId: 'k1', by, personId: 'p' });
  it('STM-3 displaces nobody without consent, unless a decision stands behind it', () => {
    on(A, rival).when('ProposeCompromise', offer).yieldsTypes('CompromiseProposed', 'CompromiseConsented');
    on(A, rival).when('ProposeCompromise', offer, { actor: { personId: 'p-z', capacity: 'chair', onBehalfOf: 'g-z' } }).yieldsTypes('CompromiseProposed');
    const third = on(A, rival).when('ProposeCompromise', offer, { actor: { personId: 'p-z', capacity: 'chair', onBehalfOf: 'g-z' } }).outcome as StatementEvent[];
    on(A, rival, ...third).when('ConsentToCompromise', { compromiseId: 'k1' }).yieldsTypes('CompromiseConsented');
    on(A, rival, ...third).when('ConsentToCompromise', { compromiseId: 'k1' }, { actor: { ...memberQ, onBehalfOf: 'g-z' } }).refuses('statement.not-your-amendment');
    on(A, rival, ...third, consents('g-q')).when('AcceptAmendmentModified', { compromiseId: 'k1' }, { actor: pen }).refuses('statement.consent-missing', 'STM-3');
    const agreedOn = on(A, rival, ...third, consents('g-q'), consents('g-p')).when('AcceptAmendmentModified', { compromiseId: 'k1' }, { actor: pen });
    agreedOn.yieldsTypes('AmendmentAcceptedAsModified', 'AmendmentJoined');
    expect(clause(agreedOn.state, 'c1').text.en).toBe('Recalling the grave duty to prevent,');
    on(A, rival, ...third).when('AcceptAmendmentModified', { compromiseId: 'k1', decisionRef: 'd1' }, { actor: pen }).yieldsTypes('AmendmentAcceptedAsModified', 'AmendmentJoined');
  });
  it('ends with one author’s refusal', () => {
    const made = [A, rival, ...(on(A, rival).when('ProposeCompromise', offer, { actor: chair }).outcome as StatementEvent[])];
    const refused = on(...made).when('RefuseCompromise', { compromiseId: 'k1', reason: 'Too weak.' }, { actor: chairQ });
    refused.yieldsTypes('CompromiseRefused');
    on(...made, ...(refused.outcome as StatementEvent[])).when('AcceptAmendmentModified', { compromiseId: 'k1' }, { actor: pen }).refuses('statement.compromise-settled');
    on(A).when('RefuseCompromise', { compromiseId: 'k9', reason: 'x' }).refuses('statement.unknown-compromise');
  });
});

describe('brackets, versions and sources', () => {
  const bracketed = (state = on().when('Bracket', { clauseId: 'c1', lang: 'en', range: { from: 14, to: 18 }, alternatives: [{ text: 'obligation' }] })) => state;
  it('STM-4 words in brackets are not agreed, follow what is accepted, and block the freezing', () => {
    const put = bracketed();
    put.yieldsTypes('TextBracketed');
    const past = put.outcome as StatementEvent[];
    const id = put.state.brackets[0]!.id;
    on(...past).when('MarkClauseAgreed', { clauseId: 'c1', mode: 'agreed' }, { actor: chair }).refuses('statement.brackets-open', 'STM-4');
    const moved = on(...past, A).when('AcceptAmendment', { amendmentId: 'a1' }, { actor: pen });
    const [b] = moved.state.brackets;
    expect(clause(moved.state, 'c1').text.en!.slice(b!.from, b!.to)).toBe('duty');
    on().when('Bracket', { clauseId: 'c1', lang: 'en', range: { from: 14, to: 999 } }).refuses('statement.range-outside-text', 'STM-4');
    const resolve = (resolution: string, words?: string) => on(...past).when('ResolveBracket', { bracketId: id, resolution, ...(words === undefined ? {} : { text: words }) }, { actor: chair });
    expect(clause(resolve('alternative', 'obligation').state, 'c1').text.en).toBe('Recalling the obligation to prevent,');
    expect(clause(resolve('dropped').state, 'c1').text.en).toBe('Recalling the to prevent,');
    expect(clause(resolve('kept').state, 'c1').text.en).toBe(one.en);
    resolve('alternative', 'nothing of the kind').refuses('statement.unknown-alternative');
    resolve('compromise').refuses('statement.resolution-needs-text');
  });
  it('STM-4 freezing tells at once everything that stands in its way', () => {
    const refused = on(A, ...(bracketed().outcome as StatementEvent[])).when('FreezeText', {}, { actor: chair }).outcome as unknown as { unmet: { refused: string }[] };
    expect(refused.unmet.map((u) => u.refused)).toEqual(['statement.amendments-pending', 'statement.clause-open', 'statement.brackets-open', 'statement.clause-open']);
  });
  const live = (over: Partial<LiveText> = {}): LiveText => ({ clauseId: 'c1', lang: 'en', status: 'open', version: 5, text: duty, draft: null, authors: [{ personId: 'p-pen', version: 5 }], ...over });
  const typing = { ...serving, live: [live()] };
  it('STM-3 what people typed becomes a version under their names, and circulation takes it with it', () => {
    const drafting = given(...negotiating().slice(0, -1));
    drafting.when('MarkClauseVersion', { clauseId: 'c1', lang: 'en', why: 'idle' }, { actor: system, evidence: typing }).yieldsTypes('ClauseVersionMarked');
    drafting.when('MarkClauseVersion', { clauseId: 'c1', lang: 'en', why: 'idle' }, { actor: system }).changesNothing();
    const sent = drafting.when('CirculateDraft', { commentsDue: { instant: '2026-12-01T12:00:00Z', wallTime: '2026-12-01T12:00', timezone: 'Europe/London' } }, { actor: pen, evidence: typing });
    sent.yieldsTypes('ClauseVersionMarked', 'DraftCirculated');
    expect(sent.state).toMatchObject({ revision: 3, clauses: [{ text: { en: duty }, versions: { en: 5 } }, {}] });
    drafting.when('EditClause', { clauseId: 'c1', baseRevision: 1, text: { en: 'Other words,' }, note: 'x' }, { actor: pen, evidence: typing }).refuses('statement.clause-being-written', 'STM-3');
    drafting.when('MarkClauseVersion', { clauseId: 'c9', lang: 'en', why: 'idle' }, { actor: system }).refuses('statement.unknown-clause');
  });
  it('STM-10 a crime stated as a fact needs a finding, cautious words, or a name behind it', () => {
    const crime = happened('ClauseEdited', { clauseId: 'c2', baseRevision: 2, text: { en: 'Condemns the genocide in Exland;' }, note: 'x' });
    const codes = (...events: StatementEvent[]) => ((on(crime, ...events).when('FreezeText', {}, { actor: chair }).outcome as unknown as { unmet?: { refused: string }[] }).unmet ?? []).map((u) => u.refused);
    expect(codes()).toContain('statement.characterisation-without-finding');
    const source = { title: 'Judgment of 2025', determinationBy: 'International Court of Justice' };
    on().when('AttachSource', { clauseId: 'c2', sourceRef: source, tlp: 'CLEAR' }, { actor: pen }).yieldsTypes('ClauseSourceAttached');
    expect(codes(happened('ClauseSourceAttached', { clauseId: 'c2', sourceRef: source, tlp: 'CLEAR' }))).not.toContain('statement.characterisation-without-finding');
    on().when('OverrideCharacterisation', { clauseId: 'c2', reason: 'The Court has said so.' }, { actor: chair }).yieldsTypes('LegalCharacterisationOverridden');
    expect(codes(happened('LegalCharacterisationOverridden', { clauseId: 'c2', by: 'p-chair', reason: 'x' }))).not.toContain('statement.characterisation-without-finding');
    on().when('OverrideCharacterisation', { clauseId: 'c9', reason: 'x' }, { actor: chair }).refuses('statement.unknown-clause');
  });
  it('STM-11 a source above CLEAR is cleared by who answers for it, before publication', () => {
    const held = happened('ClauseSourceAttached', { clauseId: 'c1', sourceRef: { title: 'Mission' }, tlp: 'AMBER' });
    on(held).when('ClearSource', { clauseId: 'c1', sourceRef: { title: 'Mission' } }, { actor: secretariat }).yieldsTypes('ClauseSourceCleared');
    on(held).when('ClearSource', { clauseId: 'c1', sourceRef: { title: 'Other' } }, { actor: secretariat }).refuses('statement.unknown-source');
    on().when('AttachSource', { clauseId: 'c1', sourceRef: {}, tlp: 'CLEAR' }, { actor: pen }).refuses('statement.source-without-name', 'STM-11');
    const adopted = [held, agreed('c1'), agreed('c2')];
    const refused = given(...negotiating(), ...adopted, happened('TextFrozen', { revision: 2, digests: {}, digest: 'a'.repeat(64) }), happened('StatementOpenedForSignature', { from: '2026-11-20T09:00:00Z', thresholds: { signatories: 0, parliaments: 0, endorsements: 0, signatoriesPerGroup: 0, crossParty: false }, eligibility: 'network' })).when('Publish', {}, { actor: secretariat });
    refused.refuses('statement.source-not-cleared', 'STM-11');
  });
});
