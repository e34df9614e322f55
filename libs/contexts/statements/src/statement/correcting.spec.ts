import { evolve } from '#kernel';
import { sha256, specify } from '#kernel/testing';
import { actors, frozen, frozenText, happened, one, opened, proposal, sealed, serving, signed, two } from './fixtures.contract.js';
import type { StatementEvent } from './events.js';
import { isSealed } from './sealing.js';
import { initialStatement } from './state.js';
import { statement } from './statement.js';
import { canonicalText, digestOf } from './text.js';

const given = specify(statement, { actor: actors.system, evidence: serving });
const text = frozenText(sha256);
const correction = { correctionId: 'k1', clauseId: 'c2', lang: 'fr', wrong: 'gouvernements', corrected: 'Gouvernements', procesVerbalRef: 'PV 1/2026' };
const right = { ...two, fr: two.fr.replace('gouvernements', 'Gouvernements') };
const after = {
  subject: proposal.subject, leadLanguage: 'en', languages: ['en', 'fr'],
  clauses: [{ id: 'c1', section: 'preambular' as const, text: one, stale: [] }, { id: 'c2', section: 'operative' as const, text: right, stale: [] }],
};
const digests = { en: text.digests['en']!, fr: sha256(canonicalText(after, 'fr')) };
const signedUp = [...opened(sha256), signed(sha256, 'p1')];
const published = [...signedUp, ...(given(...signedUp).when('Publish', {}, { actor: actors.secretariat }).outcome as [])];

describe('a correction by procès-verbal', () => {
  it('STM-5 puts the right words in the place of the wrong ones, with the digests before and after', () => {
    const corrected = given(...published).when('EnterCorrection', correction);
    corrected.yields(happened('StatementCorrected', {
      ...correction, revision: 2, corrections: 1, before: text.digests, digests, frozenDigest: digestOf(digests, sha256), kind: 'open-letter', leadLanguage: 'en', title: proposal.subject,
      clauses: [{ clauseId: 'c1', section: 'preambular', text: one }, { clauseId: 'c2', section: 'operative', text: right }],
      languages: [{ tag: 'en', status: 'authentic' }, { tag: 'fr', status: 'authentic' }], told: ['p1'],
    }));
    expect(corrected.state).toMatchObject({ status: 'published', clauses: [{ text: one }, { text: right }], frozen: { digest: digestOf(digests, sha256), revision: 2 }, earlier: [text.digest] });
    given(...published, ...(corrected.outcome as [])).when('EnterCorrection', correction).changesNothing();
  });
  it('STM-5 keeps seal, signatures and revision: the text is not opened again', () => {
    const { state } = given(...published).when('EnterCorrection', correction);
    expect(isSealed(state)).toBe(true);
    expect(state.signatures).toHaveLength(1);
    const again = given(...published, ...(given(...published).when('EnterCorrection', correction).outcome as [])).when('EnterCorrection', { ...correction, correctionId: 'k2', clauseId: undefined, wrong: 'alerte', corrected: 'Alerte' });
    expect(again.outcome).toMatchObject([{ data: { corrections: 2, title: { fr: 'Sur l’Alerte rapide' } } }]);
  });
  it('STM-5 before publication is in the words that are then published', () => {
    const entered = given(...opened(sha256), signed(sha256, 'p1')).when('EnterCorrection', correction).outcome as StatementEvent[];
    expect(entered[0]).not.toHaveProperty('data.languages');
    const out = given(...opened(sha256), signed(sha256, 'p1'), ...entered).when('Publish', {}, { actor: actors.secretariat }).outcome;
    expect(out).toMatchObject([{ data: { corrections: 1, digests, clauses: [{ text: one }, { text: right }] } }]);
  });
  it('STM-5 is of a reading that stands in the text, given by the rule, of a text that is bound', () => {
    given(...published).when('EnterCorrection', { ...correction, wrong: 'nobody wrote this' }).refuses('statement.reading-not-in-text', 'STM-5');
    given(...published).when('EnterCorrection', { ...correction, clauseId: 'c9' }).refuses('statement.unknown-clause');
    given(...published).when('EnterCorrection', correction, { actor: actors.secretariat }).refuses('not-permitted');
    given(...frozen(sha256)).when('EnterCorrection', correction).refuses('illegal-transition');
  });
  it('leaves what cannot be a text of the statement as it is, and never fails', () => {
    const strange = { ...correction, revision: 2, corrections: 1, before: {}, digests: {}, frozenDigest: sha256('x'), kind: 'open-letter' as const, leadLanguage: 'en', title: { en: 'x' }, clauses: [] };
    const state = [...sealed(sha256), happened('StatementCorrected', { ...strange, wrong: 'not there' })].reduce((s, e) => evolve(statement, s, e), initialStatement);
    expect(state.clauses[1]?.text).toEqual(two);
  });
});
