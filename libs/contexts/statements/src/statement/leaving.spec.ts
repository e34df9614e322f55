import { NOW, sha256, specify } from '#kernel/testing';
import { actors, frozenText, happened, later, none, opened, past, sealed, serving, signed, snapshot } from './fixtures.contract.js';
import type { StatementEvent } from './events.js';
import type { SigningPolicy } from './signing-schemas.js';
import { statement } from './statement.js';

const given = specify(statement, { actor: actors.member, evidence: serving });
const { chair, member, secretariat, system } = actors;
const text = frozenText(sha256);
const open = opened(sha256);
const sign = { digest: text.digest, languageSeen: 'en' };
const title = { en: 'On early warning', fr: 'Sur l’alerte rapide' };
const signedBy = (personId: string, over: object = {}): StatementEvent =>
  happened('StatementSigned', { personId, groupId: 'g-p', capacity: 'individual', snapshot, digest: text.digest, languageSeen: 'en', at: NOW, method: 'account', ...over });
const own = signedBy('p-member');
const published = happened('StatementPublished', {
  at: NOW, revision: 2, digests: text.digests, languages: [{ tag: 'en', status: 'authentic' }], signatoryCount: 1, parliamentCount: 1, crossParty: [],
});
const under = (policy: SigningPolicy) => [...sealed(sha256), happened('StatementOpenedForSignature', { from: NOW, closesAt: later, thresholds: none, eligibility: 'network', policy })];
const gone = (beforePublication: boolean, over: object = {}) => happened('SignatureWithdrawn', { personId: 'p-member', at: NOW, beforePublication, signedAt: NOW, told: [], title, ...over });

describe('withdrawing a signature', () => {
  it('STM-9 before publication takes the name away; it may be given again', () => {
    const withdrawn = given(...open, own).when('WithdrawSignature', { reason: 'second thoughts' });
    withdrawn.yields(gone(true, { reason: 'second thoughts' }));
    expect(withdrawn.state.signatures).toEqual([]);
    given(...open, own, gone(true)).when('SignStatement', sign).yields(own);
  });
  it('STM-9 after publication keeps the name as withdrawn, no longer counted', () => {
    const withdrawn = given(...open, own, published).when('WithdrawSignature', {});
    withdrawn.yields(gone(false));
    expect(withdrawn.state.signatures).toMatchObject([{ personId: 'p-member', withdrawn: true }]);
    given(...open, own, published, gone(false)).when('WithdrawSignature', {}).changesNothing();
  });
  it('STM-9 is for those who have signed', () => given(...open, signed(sha256, 'p2')).when('WithdrawSignature', {}, { actor: member }).refuses('statement.not-signed', 'STM-9'));
  it('STM-9 ends when the policy says so, and after publication where it says so', () => {
    given(...under({ order: 'all-at-once', withdrawUntil: past }), own).when('WithdrawSignature').refuses('statement.withdrawal-closed', 'STM-9');
    given(...under({ order: 'all-at-once', withdrawUntil: later }), own).when('WithdrawSignature').yieldsTypes('SignatureWithdrawn');
    const refused = under({ order: 'all-at-once', afterPublication: 'refused' });
    given(...refused, own).when('WithdrawSignature').yieldsTypes('SignatureWithdrawn');
    given(...refused, own, published).when('WithdrawSignature').refuses('statement.no-withdrawal-after-publication', 'STM-9');
  });
  it('keeps the time of the original signature, and names everyone whose signature stood', () => {
    const others = [signedBy('p2', { at: '2026-11-20T10:00:00Z' }), signedBy('p3'), happened('SignatureWithdrawn', { personId: 'p3', at: NOW, beforePublication: true })];
    given(...open, own, ...others).when('WithdrawSignature', {}, { now: '2026-11-25T09:00:00Z' }).yields(gone(true, { at: '2026-11-25T09:00:00Z', told: ['p2'] }));
  });
});

describe('declining to sign', () => {
  const decline = { reason: 'OP1 goes too far.' };
  const declined = happened('SignatureDeclined', { personId: 'p-member', groupId: 'g-p', at: NOW, ...decline, told: ['p2'], title });
  it('STM-9 tells everyone who signed, and changes nothing when said twice', () => {
    given(...open, signedBy('p2')).when('DeclineToSign', decline).yields(declined);
    given(...open, signedBy('p2'), declined).when('DeclineToSign', decline).changesNothing();
  });
  it('STM-9 a signed party cannot reject: it withdraws', () => given(...open, own).when('DeclineToSign', decline).refuses('statement.signed-cannot-decline', 'STM-9'));
  it('STM-9 leaves the way to a signature open, which the record shows', () => {
    const signing = given(...open, declined).when('SignStatement', sign);
    signing.yields(own);
    expect(signing.state.declined).toEqual([]);
  });
  it('STM-6 is for those who were asked: of the sponsors, of a stage, or by name', () => {
    given(...open).when('DeclineToSign', decline, { actor: { ...member, onBehalfOf: 'g-z' } }).refuses('statement.not-asked', 'STM-6');
    given(...under({ order: 'k-of-m', persons: ['p2'], need: 1 })).when('DeclineToSign', decline).refuses('statement.not-asked', 'STM-6');
    given(...under({ order: 'k-of-m', persons: ['p-member', 'p2'], need: 1 })).when('DeclineToSign', decline).yieldsTypes('SignatureDeclined');
    given(...under({ order: 'stages', stages: [{ groups: ['g-p'], persons: [] }] })).when('DeclineToSign', decline).yieldsTypes('SignatureDeclined');
    given(...open).when('DeclineToSign', decline, { actor: secretariat }).refuses('not-permitted');
  });
  it('is read by the sponsors and by those who signed, never by the public', () => {
    const { state } = given(...open, signedBy('p2'), published).when('DeclineToSign', decline);
    expect(statement.label(state, declined)).toEqual({ tlp: 'AMBER', groups: ['g-p', 'g-q'], persons: ['p-member', 'p2'] });
  });
});

describe('a name that the rules of the chamber take away', () => {
  const motion = [...sealed(sha256, 'harmonised-motion'), happened('StatementOpenedForSignature', { from: NOW, closesAt: later, thresholds: none, eligibility: 'network' })];
  const remove = { personId: 'p-member', because: 'executive-office', office: 'Minister of State' };
  const ruled = { ...serving, candidate: { ...serving.candidate!, office: 'Minister of State', ministersMaySign: false, removedOnOffice: true, profile: { profileId: 'gb-commons-edm', version: '2' } } };
  it('STM-6 is removed as the profile says, and everyone who signed is told', () => {
    given(...motion, own, signedBy('p2')).when('RemoveSignature', remove, { actor: system, evidence: ruled }).yields(
      happened('SignatureRemoved', {
        personId: 'p-member', at: NOW, beforePublication: true, because: 'executive-office', office: 'Minister of State', profile: { profileId: 'gb-commons-edm', version: '2' },
        signedAt: NOW, told: ['p2'], title,
      }),
    );
    given(...motion).when('RemoveSignature', remove, { actor: system, evidence: ruled }).changesNothing();
  });
  it('STM-6 stays where the profile says nothing', () => {
    given(...motion, own).when('RemoveSignature', remove, { actor: system }).refuses('statement.profile-keeps-the-name', 'PER-6');
    given(...motion, own).when('RemoveSignature', remove, { actor: chair, evidence: ruled }).refuses('not-permitted');
  });
  it('STM-6 names the profile in the refusal and in the basis of the act', () => {
    const refusal = given(...motion).when('SignStatement', sign, { evidence: ruled });
    refusal.refuses('statement.minister-may-not-sign', 'STM-6');
    expect(refusal.outcome).toMatchObject({ params: { office: 'Minister of State', profile: 'gb-commons-edm 2' } });
    const ctx = { now: NOW, actor: member, mode: 'live' as const, evidence: ruled, newId: String, sha256 };
    expect(statement.basis!(statement.initial, ctx)).toEqual({ rulesProfile: 'gb-commons-edm 2' });
  });
});

describe('annul and correct after completion', () => {
  const complete = [...open, own, signedBy('p2'), published];
  it('STM-14 a retraction tells everyone whose name stands under the text, and removes none', () => {
    const retracted = given(...complete, gone(false, { personId: 'p2' })).when('Retract', { decisionRef: 'd1', reason: { en: 'False.' } }, { actor: actors.networkChair });
    retracted.yields(happened('StatementRetracted', { decisionRef: 'd1', reason: { en: 'False.' }, told: ['p-member'], title }));
    expect(retracted.state.signatures.map((s) => [s.personId, s.withdrawn])).toEqual([['p-member', false], ['p2', true]]);
  });
  it('STM-5 a correction by procès-verbal keeps the signatures, and tells everyone who signed', () => {
    const correction = { correctionId: 'k1', clauseId: 'c2', lang: 'en', wrong: 'governments', corrected: 'Governments', procesVerbalRef: 'PV 1' };
    const corrected = given(...complete).when('EnterCorrection', correction, { actor: system });
    expect(corrected.outcome).toMatchObject([{ type: 'StatementCorrected', data: { told: ['p-member', 'p2'] } }]);
    expect(corrected.state).toMatchObject({ status: 'published', signatures: [{ personId: 'p-member', withdrawn: false }, { personId: 'p2', withdrawn: false }] });
  });
});
