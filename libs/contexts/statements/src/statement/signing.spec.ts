import { NOW, sha256, specify } from '#kernel/testing';
import { actors, agreed, frozen, frozenText, happened, later, negotiating, none, opened, past, sealed, serving, snapshot } from './fixtures.contract.js';
import type { StatementEvidence } from './rules.js';
import { statement } from './statement.js';

const given = specify(statement, { actor: actors.member, evidence: serving });
const { chair, chairQ, memberQ, secretariat } = actors;
const text = frozenText(sha256);
const sign = { digest: text.digest, languageSeen: 'en' };
const own = happened('StatementSigned', {
  personId: 'p-member', groupId: 'g-p', capacity: 'individual', snapshot, digest: text.digest, languageSeen: 'en', at: NOW, method: 'account',
});
const open = opened(sha256);
const published = happened('StatementPublished', {
  at: NOW, revision: 2, digests: text.digests, languages: [{ tag: 'en', status: 'authentic' }], signatoryCount: 1, parliamentCount: 1, crossParty: [],
});
const candidate = (over: Partial<StatementEvidence['candidate'] & object>): StatementEvidence => ({ ...serving, candidate: { ...serving.candidate!, ...over } });
const group = (over: Partial<StatementEvidence['group'] & object>): StatementEvidence => ({ ...serving, group: { ...serving.group!, ...over } });

describe('opening for signature', () => {
  it('STM-7 states the thresholds: those of the kind, or what is asked for', () => {
    const data = { from: NOW, closesAt: later, thresholds: { ...none, signatories: 20, parliaments: 3, crossParty: true }, eligibility: 'network' as const };
    given(...sealed(sha256)).when('OpenSignature', { closesAt: later, thresholds: { crossParty: true } }, { actor: secretariat })
      .yields(happened('StatementOpenedForSignature', data));
    given(...sealed(sha256)).when('OpenSignature', { closesAt: past }, { actor: secretariat }).refuses('statement.deadline-past', 'G7');
  });
  it('STM-1 the network does not speak before it has decided', () =>
    given(...frozen(sha256, 'network-statement')).when('OpenSignature', {}, { actor: secretariat }).refuses('statement.decision-needed', 'STM-1'));
});

describe('endorsing as a group', () => {
  const endorse = { authorisationId: 'a1', digest: text.digest };
  const authorisation = serving.group!.authorisations[0]!;
  it('STM-6 needs an authorisation of the group for this text, held by who endorses', () => {
    given(...open).when('EndorseAsGroup', endorse, { actor: chair }).yields(happened('GroupEndorsed', { groupId: 'g-p', ...endorse }));
    given(...open).when('EndorseAsGroup', { ...endorse, authorisationId: 'a2' }, { actor: chair }).refuses('statement.authorisation-unknown', 'STM-6');
    given(...open).when('EndorseAsGroup', endorse, { actor: chairQ }).refuses('statement.not-the-authorised', 'STM-6');
    const expired = group({ authorisations: [{ ...authorisation, expiresAt: '2026-01-01T00:00:00Z' }] });
    given(...open).when('EndorseAsGroup', endorse, { actor: chair, evidence: expired }).refuses('statement.authorisation-expired', 'STM-6');
    const exact = (digest: string) => group({ authorisations: [{ ...authorisation, latitude: 'none', digests: { en: digest } }] });
    given(...open).when('EndorseAsGroup', endorse, { actor: chair, evidence: exact(sha256('x')) }).refuses('statement.authorisation-other-text', 'STM-6');
    given(...open).when('EndorseAsGroup', endorse, { actor: chair, evidence: exact(text.digests['en']!) }).yieldsTypes('GroupEndorsed');
  });
  it('STM-6 is judged at the moment of signing, whatever held when the list was opened', () => {
    const now = { revoked: group({ authorisations: [] }), lasting: group({ authorisations: [{ ...authorisation, expiresAt: '2026-11-23T09:00:01Z' }] }), other: group({ authorisations: [{ ...authorisation, forThis: false }] }) };
    // Granted when it was opened, revoked since: what counts is the group as it stands now.
    given(...open).when('EndorseAsGroup', endorse, { actor: chair, evidence: now.revoked }).refuses('statement.authorisation-unknown', 'STM-6');
    given(...open).when('EndorseAsGroup', endorse, { actor: chair, evidence: now.lasting }).yieldsTypes('GroupEndorsed');
    given(...open).when('EndorseAsGroup', endorse, { actor: chair, evidence: now.lasting, now: '2026-11-23T09:00:01Z' }).refuses('statement.authorisation-expired', 'STM-6');
    given(...open).when('EndorseAsGroup', endorse, { actor: chair, evidence: now.other }).refuses('statement.authorisation-unknown', 'STM-6');
    given(...open).when('EndorseAsGroup', { digest: text.digest }, { actor: chair }).refuses('statement.authorisation-unknown', 'STM-6');
  });
  it('STM-6 a copied link carries no authorisation: the holder is who is signed in', () => {
    const successor = { ...chair, personId: 'p-chair-2' };
    given(...open).when('EndorseAsGroup', endorse, { actor: successor }).refuses('statement.not-the-authorised', 'STM-6');
    given(...open).when('EndorseAsGroup', { ...endorse, groupId: 'g-p' }, { actor: chairQ }).refuses('statement.not-the-authorised', 'STM-6');
    given(...open).when('EndorseAsGroup', endorse, { actor: actors.member }).refuses('not-permitted');
  });
  it('STM-6 is not done for a dormant or suspended group', () => {
    given(...open).when('EndorseAsGroup', endorse, { actor: chair, evidence: group({ status: 'dormant' }) }).refuses('statement.group-may-not-act', 'STM-6');
    given(...open).when('EndorseAsGroup', endorse, { actor: chair, evidence: group({ membership: 'suspended' }) }).refuses('statement.membership-resting', 'STM-6');
  });
  it('binds the frozen text, once', () => {
    given(...open).when('EndorseAsGroup', { ...endorse, digest: sha256('x') }, { actor: chair }).refuses('statement.not-the-frozen-text', 'STM-5');
    given(...open, happened('GroupEndorsed', { groupId: 'g-p', ...endorse })).when('EndorseAsGroup', endorse, { actor: chair }).changesNothing();
  });
});

describe('signing', () => {
  it('STM-6 keeps what the signatory was on that day', () => given(...open).when('SignStatement', sign).yields(own));
  it('STM-6 is for serving members in good standing only', () => {
    given(...open).when('SignStatement', sign, { evidence: candidate({ serving: false }) }).refuses('statement.not-serving', 'STM-6');
    given(...open).when('SignStatement', sign, { evidence: group({ membership: 'suspended' }) }).refuses('statement.membership-resting', 'STM-6');
    const minister = candidate({ office: 'Minister of State', ministersMaySign: false });
    given(...open).when('SignStatement', sign, { evidence: minister }).refuses('statement.minister-may-not-sign', 'STM-6');
    given(...open).when('SignStatement', sign, { evidence: candidate({ office: 'Minister of State' }) }).yieldsTypes('StatementSigned');
    given(...open).when('SignStatement', sign, { actor: secretariat }).refuses('not-permitted');
    given(...open).when('SignStatement', { ...sign, personId: 'p-other' }).refuses('statement.not-for-others', 'G2');
    given(...open).when('SignStatement', { ...sign, capacity: 'officer' }).refuses('statement.not-an-officer', 'STM-6');
    given(...open).when('SignStatement', sign, { evidence: candidate({ snapshot: null }) }).refuses('statement.no-snapshot', 'STM-6');
  });
  it('STM-6 keeps to those for whom the list was opened', () => {
    given(...opened(sha256, 'chairs-statement')).when('SignStatement', sign).refuses('statement.chairs-only', 'STM-6');
    given(...opened(sha256, 'chairs-statement')).when('SignStatement', sign, { actor: chair }).yieldsTypes('StatementSigned');
    const sponsorsOnly = [...frozen(sha256), happened('StatementOpenedForSignature', { from: NOW, thresholds: none, eligibility: 'sponsor-groups' })];
    given(...sponsorsOnly).when('SignStatement', sign, { actor: { ...memberQ, onBehalfOf: 'g-z' } }).refuses('statement.sponsors-only', 'STM-6');
  });
  it('STM-5 binds the frozen text, by its digest in the language seen or over all', () => {
    given(...open).when('SignStatement', { digest: text.digests['fr'], languageSeen: 'fr' }).yieldsTypes('StatementSigned');
    given(...open).when('SignStatement', { digest: text.digests['fr'], languageSeen: 'en' }).refuses('statement.not-the-frozen-text', 'STM-5');
    given(...open).when('SignStatement', { digest: text.digest, languageSeen: 'ar' }).refuses('statement.language-not-frozen', 'STM-5');
  });
  it('STM-9 twice changes nothing', () => given(...open, own).when('SignStatement', sign).changesNothing());
  it('STM-9 is open after publication until the closing date', () => {
    given(...open, published).when('SignStatement', sign).yields(own);
    given(...open, published).when('SignStatement', sign, { now: '2026-12-01T12:00:00Z' }).refuses('statement.signature-closed', 'STM-9');
  });
  it('G3 of an import is never by passkey and needs the source', () => {
    const told = { ...sign, personId: 'p9', at: '2014-06', snapshot };
    const outcome = given(...open).when('SignStatement', told, { actor: secretariat, mode: 'import' });
    expect(outcome.outcome).toMatchObject([{ data: { method: 'source', at: '2014-06', personId: 'p9' } }]);
    given(...open).when('SignStatement', { ...sign, snapshot }).refuses('statement.import-only', 'G3');
    given(...open).when('SignStatement', sign, { actor: secretariat, mode: 'import' }).refuses('statement.no-person', 'G2');
  });
});

describe('a reservation', () => {
  const reservation = { clauses: ['c2'], text: { en: 'Our group reserves.', fr: 'Notre groupe émet une réserve.' } };
  it('STM-13 is there in every language of the text', () => {
    given(...open).when('EnterStatementReservation', reservation, { actor: chairQ }).yields(happened('StatementReservationEntered', { groupId: 'g-q', ...reservation }));
    given(...open).when('EnterStatementReservation', { ...reservation, text: { en: 'Only in English' } }, { actor: chairQ }).refuses('statement.reservation-language-missing', 'STM-13');
  });
  it('names clauses that exist, and is entered once', () => {
    given(...open).when('EnterStatementReservation', { ...reservation, clauses: ['c9'] }, { actor: chair }).refuses('statement.unknown-clause');
    given(...open, happened('StatementReservationEntered', { groupId: 'g-q', ...reservation })).when('EnterStatementReservation', reservation, { actor: chairQ }).changesNothing();
    given(...negotiating(), agreed('c1')).when('EnterStatementReservation', reservation, { actor: chair }).refuses('illegal-transition');
  });
});
