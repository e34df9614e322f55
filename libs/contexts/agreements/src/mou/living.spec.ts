import { idOf, sha256, specify } from '#kernel/testing';
import {
  allSigned, CA, chairCA, chairFR, chairRW, chairUK, DIGESTS, entered, event, evidence, FR, inEffect, officerUK, recorded, RW, secretariat, signed, staffUK,
  system, TEXT, UK,
} from '../history.contract.js';
import { mou } from './mou.js';

const given = specify(mou, { actor: chairUK, evidence: evidence() });
const depositary = { actor: secretariat };
const bySystem = { actor: system };
const imported = { actor: secretariat, mode: 'import' as const };
const three = { participants: [UK, CA, RW] };
const today = '2026-11-23';

describe('a memorandum: entry into effect', () => {
  it('MOU-6 is computed from the last signature, with its term', () => {
    given(...allSigned()).when('RecordEntryIntoEffect', {}, bySystem).yields(entered());
    given(...allSigned({ duration: { months: 24 } })).when('RecordEntryIntoEffect', {}, depositary).yields(entered({ expiresOn: '2028-11-23' }));
    given(...allSigned({ duration: { until: '2027-06-30' } })).when('RecordEntryIntoEffect', {}, depositary).yields(entered({ expiresOn: '2027-06-30' }));
    given(...allSigned()).when('RecordEntryIntoEffect').refuses('not-permitted');
  });
  it('MOU-6 is never typed', () =>
    given(...allSigned()).when('RecordEntryIntoEffect', { on: today }, depositary).refuses('mou.computed-not-typed', 'MOU-6'));
  it('MOU-6 awaits a fixed day, and is not before the last signature', () => {
    const fixed = (date: string) => allSigned({ effect: { rule: 'fixed-date', date } });
    given(...fixed('2027-01-01')).when('RecordEntryIntoEffect', {}, bySystem).refuses('mou.effect-not-due', 'MOU-6');
    given(...fixed('2027-01-01')).when('RecordEntryIntoEffect', {}, { ...bySystem, now: '2027-01-01T00:00:00Z' })
      .yields(entered({ on: '2027-01-01', byRule: 'fixed-date' }));
    given(...fixed('2026-01-01')).when('RecordEntryIntoEffect', {}, bySystem).yields(entered({ byRule: 'fixed-date' }));
  });
  it('MOU-6 is the day of the n-th signature', () => {
    const past = allSigned({ ...three, effect: { rule: 'n-signatures', n: 2 } }).map((e) =>
      e.type === 'MouSigned' && e.data.groupId === RW ? signed(RW, 'uwera', { at: '2026-12-05T10:00:00Z' }) : e,
    );
    given(...past).when('RecordEntryIntoEffect', {}, bySystem).yields(entered({ byRule: 'n-signatures' }));
  });
  it('MOU-6 is the day of the last notification, when all have notified', () => {
    const past = allSigned({ effect: { rule: 'notifications' } });
    const notified = (groupId: string, receivedOn: string) => ({ groupId, receivedOn, ref: 'Letter' });
    const both = [notified(UK, '2026-11-20'), notified(CA, '2026-11-21')];
    given(...past).when('RecordEntryIntoEffect', { notifications: both.slice(1) }, depositary).refuses('mou.notifications-missing', 'MOU-6');
    given(...past).when('RecordEntryIntoEffect', { notifications: both }, depositary)
      .yields(entered({ on: '2026-11-21', byRule: 'notifications', notifications: both }));
    given(...past).when('RecordEntryIntoEffect', { notifications: [both[0], notified(CA, '2027-01-01')] }, depositary).refuses('mou.effect-not-due');
  });
  it('MOU-11 is assumed in an import that does not tell, and says so', () => {
    given(recorded()).when('RecordEntryIntoEffect', {}, imported).yields(entered({ on: '2014', byRule: 'assumed-on-signature' }));
    given(recorded()).when('RecordEntryIntoEffect', { on: '2014-07' }, imported).yields(entered({ on: '2014-07', byRule: 'unknown' }));
    given(recorded()).when('RecordEntryIntoEffect', {}, depositary).refuses('mou.effect-rule-unknown', 'MOU-6');
  });
});

describe('a memorandum in effect', () => {
  it('is certified in an authentic language, by the depositary', () => {
    const copy = event('MouCertifiedCopyIssued', { to: 'Clerk of the House', digest: DIGESTS['fr']!, lang: 'fr' });
    given(...inEffect()).when('IssueCertifiedCopy', { to: 'Clerk of the House', lang: 'fr' }, depositary).yields(copy);
    given(...inEffect(), copy).when('IssueCertifiedCopy', { to: 'Clerk of the House', lang: 'fr' }, depositary).changesNothing();
    given(...inEffect()).when('IssueCertifiedCopy', { to: 'Clerk', lang: 'es' }, depositary).refuses('mou.language-not-authentic', 'MOU-2');
    given(recorded()).when('IssueCertifiedCopy', { to: 'Clerk', lang: 'en' }, imported).refuses('mou.text-unknown', 'MOU-11');
  });
  it('keeps its joint activities, once each', () => {
    const visit = event('MouActivityRecorded', { kind: 'visit', ref: 'Ottawa', on: '2027-03' });
    given(...inEffect()).when('RecordJointActivity', visit.data, { actor: staffUK }).yields(visit);
    given(...inEffect(), visit).when('RecordJointActivity', visit.data, { actor: staffUK }).changesNothing();
    given(...inEffect()).when('RecordJointActivity', visit.data).refuses('not-permitted');
  });
  it('is reviewed', () => {
    const review = event('MouReviewHeld', { on: today, findings: 'It works.' });
    given(...inEffect()).when('ReviewMou', review.data).yields(review);
    given(...inEffect(), review).when('ReviewMou', review.data).changesNothing();
    given(...inEffect()).when('ReviewMou', review.data, { actor: officerUK }).refuses('not-permitted');
  });
  it('MOU-6 is renewed tacitly when its term has run out, expressly by an instrument', () => {
    const term = { duration: { months: 12 } };
    const tacit = inEffect({ ...term, renewal: 'tacit', renewalMonths: 12 }, { expiresOn: '2027-11-23' });
    given(...tacit).when('RenewMou').refuses('mou.renewal-not-due', 'MOU-6');
    given(...tacit).when('RenewMou', {}, { now: '2027-11-24T08:00:00Z' }).yields(event('MouRenewed', { until: '2028-11-23', basis: 'tacit' }));
    const express = inEffect({ ...term, renewal: 'express' }, { expiresOn: '2027-11-23' });
    const by = { until: '2030-01-01', instrumentRef: 'Exchange of letters' };
    given(...express).when('RenewMou', by).yields(event('MouRenewed', { ...by, basis: 'express' }));
    given(...express).when('RenewMou', { until: '2030-01-01' }).refuses('mou.renewal-needs-instrument', 'MOU-6');
    given(...express).when('RenewMou', { ...by, until: '2027-01-01' }).refuses('mou.renewal-too-short', 'MOU-6');
    given(...inEffect({ renewal: 'express' })).when('RenewMou', by).refuses('mou.without-term', 'MOU-6');
    given(...tacit).when('RenewMou', { groupId: UK, until: '2028-11-23' }, imported).yields(event('MouRenewed', { until: '2028-11-23', basis: 'tacit' }));
    given(...tacit).when('RenewMou', { groupId: UK, until: '2027-11-23' }, imported).refuses('mou.renewal-too-short', 'MOU-6');
    given(...inEffect(term, { expiresOn: '2027-11-23' })).when('RenewMou', by).refuses('mou.no-renewal-clause', 'MOU-6');
  });
});

describe('a memorandum: amendment', () => {
  const changes = [{ op: 'replace' as const, clauseId: 'c1', text: { en: 'The Participants will meet.', fr: 'Les Participants se réuniront.' } }];
  const input = { text: { en: 'In paragraph 1, …', fr: 'Au paragraphe 1, …' }, changes };
  const amendment = event('MouAmendmentProposed', { ...input, amendmentId: idOf(0), kind: 'amendment', by: UK, on: today });
  const consent = (groupId: string, on = today) => event('MouAmendmentConsented', { amendmentId: idOf(0), groupId, on });
  const effect = { amendmentId: idOf(0) };
  const consolidated = { en: sha256('The Participants will meet.'), fr: sha256('Les Participants se réuniront.') };

  it('MOU-7 is proposed with what it changes', () => {
    given(...inEffect()).when('ProposeMouAmendment', input).yields(amendment);
    given(...inEffect(), amendment).when('ProposeMouAmendment', input).refuses('mou.amendment-exists', 'MOU-7');
    given(...inEffect()).when('ProposeMouAmendment', { ...input, changes: [] }).refuses('mou.nothing-changed', 'MOU-7');
    given(...inEffect()).when('ProposeMouAmendment', { ...input, changes: [{ op: 'delete', clauseId: 'c9' }] }).refuses('mou.unknown-clause', 'MOU-7');
    given(...inEffect()).when('ProposeMouAmendment', { ...input, changes: [{ op: 'insert' }] }).refuses('mou.change-incomplete', 'MOU-7');
    const oneTongue = [{ op: 'insert', kind: 'crisis', text: { en: 'Within 12 hours.' } }];
    given(...inEffect()).when('ProposeMouAmendment', { ...input, changes: oneTongue }).refuses('mou.language-incomplete', 'MOU-7');
    given(...inEffect()).when('ProposeMouAmendment', { ...input, text: { en: 'In paragraph 1, …' } }).refuses('mou.language-incomplete', 'MOU-7');
    given(recorded(), entered()).when('ProposeMouAmendment', input).refuses('mou.text-unknown', 'MOU-7');
  });
  it('MOU-7 has the consent of all where the instrument does not say otherwise', () => {
    given(...inEffect(), amendment).when('ConsentToMouAmendment', effect, { actor: chairCA }).yields(consent(CA));
    given(...inEffect(), amendment).when('ConsentToMouAmendment', effect).changesNothing();
    given(...inEffect()).when('ConsentToMouAmendment', effect).refuses('mou.unknown-amendment', 'MOU-7');
    given(...inEffect(), amendment).when('BringAmendmentIntoEffect', effect, depositary).refuses('mou.consents-missing', 'MOU-7');
  });
  it('MOU-7 follows the majority that the instrument sets', () => {
    const by = (amendmentConsent: 'majority' | 'two-thirds', participants: string[]) =>
      given(...inEffect({ participants, amendmentConsent }), amendment, consent(CA)).when('BringAmendmentIntoEffect', effect, bySystem);
    by('majority', [UK, CA, RW]).yieldsTypes('MouAmended');
    by('two-thirds', [UK, CA, RW]).yieldsTypes('MouAmended');
    by('majority', [UK, CA, RW, FR]).refuses('mou.consents-missing', 'MOU-7');
  });
  it('MOU-7 makes a consolidated text, in effect from the last consent or the day it names', () => {
    const past = [...inEffect(), amendment, consent(CA, '2026-11-25')];
    const later = { ...depositary, now: '2026-12-01T09:00:00Z' };
    given(...past).when('BringAmendmentIntoEffect', effect, later)
      .yields(event('MouAmended', { amendmentId: idOf(0), effectiveOn: '2026-11-25', consolidatedDigest: consolidated }));
    expect(given(...past).when('BringAmendmentIntoEffect', effect, later).state).toMatchObject({ digests: consolidated, amendments: [] });
    const dated = event('MouAmendmentProposed', { ...amendment.data, effectiveOn: '2027-01-01' });
    given(...inEffect(), dated, consent(CA)).when('BringAmendmentIntoEffect', effect, later).refuses('mou.effect-not-due', 'MOU-7');
    given(...past).when('BringAmendmentIntoEffect', { ...effect, on: today }, later).refuses('mou.computed-not-typed', 'MOU-7');
    given(...past).when('AddAddendum', { ...effect, documentRef: 'doc' }).refuses('mou.other-kind-of-change', 'MOU-7');
  });
  it('MOU-7 inserts and deletes clauses by their place', () => {
    const moves = [{ op: 'insert' as const, kind: 'title' as const, position: 1, text: TEXT }, { op: 'delete' as const, clauseId: 'c1' }];
    const { outcome } = given(...inEffect()).when('ProposeMouAmendment', { ...input, changes: moves });
    const event0 = (outcome as (typeof amendment)[])[0]!;
    const { state } = given(...inEffect(), event0, consent(CA)).when('BringAmendmentIntoEffect', effect, depositary);
    expect(state.clauses.map((c) => [c.id, c.kind])).toEqual([[idOf(1), 'title']]);
  });
  it('MOU-7 adds an addendum to which all have consented', () => {
    const addendum = event('MouAmendmentProposed', { ...amendment.data, kind: 'addendum', changes: [] });
    const add = { ...effect, documentRef: 'Annex A' };
    given(...inEffect(), addendum).when('AddAddendum', add).refuses('mou.consents-missing', 'MOU-7');
    given(...inEffect(), addendum, consent(CA)).when('AddAddendum', add)
      .yields(event('MouAddendumAdded', { addendumId: idOf(0), documentRef: 'Annex A', on: today }));
  });
});

describe('a memorandum: accession', () => {
  const asked = event('MouAccessionRequested', { groupId: RW, letterRef: 'Letter' });
  const consented = (byGroupId: string) => event('MouAccessionConsented', { applicantId: RW, byGroupId });
  const acceded = event('MouAcceded', { groupId: RW, instrumentRef: 'Instrument', effectiveOn: today, digests: DIGESTS });
  const ask = { letterRef: 'Letter' };
  const deposit = { groupId: RW, instrumentRef: 'Instrument' };

  it('MOU-8 is asked for by the chair of another group, where a clause provides for it', () => {
    given(...inEffect()).when('RequestAccession', ask, { actor: chairRW }).yields(asked);
    given(...inEffect(), asked).when('RequestAccession', ask, { actor: chairRW }).refuses('mou.accession-already-requested', 'MOU-8');
    given(...inEffect({ accession: 'closed' })).when('RequestAccession', ask, { actor: chairRW }).refuses('mou.closed-to-accession', 'MOU-8');
    given(recorded(), entered()).when('RequestAccession', ask, { actor: chairRW }).refuses('mou.closed-to-accession', 'MOU-8');
    given(...inEffect()).when('RequestAccession', ask).refuses('mou.already-a-participant', 'MOU-8');
    const state = evidence({ [RW]: { kind: 'parliament', mayParticipate: false } });
    given(...inEffect()).when('RequestAccession', ask, { actor: chairRW, evidence: state }).refuses('mou.not-a-group', 'MOU-1');
  });
  it('MOU-8 has the consent of all where the clause says so, and the newcomer takes on the same text', () => {
    given(...inEffect(), asked).when('ConsentToAccession', { applicantId: RW }).yields(consented(UK));
    given(...inEffect(), asked, consented(UK)).when('ConsentToAccession', { applicantId: RW }).changesNothing();
    given(...inEffect()).when('ConsentToAccession', { applicantId: RW }).refuses('mou.accession-not-requested', 'MOU-8');
    given(...inEffect(), asked, consented(UK)).when('DepositAccession', deposit, depositary).refuses('mou.consents-missing', 'MOU-8');
    given(...inEffect(), asked, consented(UK), consented(CA)).when('DepositAccession', deposit, depositary).yields(acceded);
    given(...inEffect()).when('DepositAccession', deposit, depositary).refuses('mou.accession-not-requested', 'MOU-8');
  });
  it('MOU-8 is by invitation: a consent before it is asked for', () => {
    const invited = inEffect({ accession: 'by-invitation' });
    given(...invited).when('RequestAccession', ask, { actor: chairRW }).refuses('mou.not-invited', 'MOU-8');
    given(...invited).when('ConsentToAccession', { applicantId: RW }).yields(consented(UK));
    given(...invited, consented(UK)).when('RequestAccession', ask, { actor: chairRW }).yields(asked);
    given(...invited, consented(UK), asked).when('DepositAccession', deposit, depositary).yields(acceded);
  });
  it('MOU-8 is open: nobody’s consent, and a participant like the others', () => {
    const joined = [...inEffect({ accession: 'open' }), asked, acceded];
    given(...inEffect({ accession: 'open' }), asked).when('DepositAccession', deposit, depositary).yields(acceded);
    given(...joined).when('ReviewMou', { on: today, findings: 'Good.' }, { actor: chairRW }).yieldsTypes('MouReviewHeld');
    given(...joined).when('ReviewMou', { on: today, findings: 'Good.' }, { actor: chairFR }).refuses('not-permitted');
  });
});
