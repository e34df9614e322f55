import { type Actor, isRefusal } from '#kernel';
import { NOW, sha256, specify } from '#kernel/testing';
import {
  allSigned, authorised, bracket, CA, chairCA, chairRW, chairUK, clause, completed, DIGESTS, drafting, event, evidence, frozen, granted, inEffect, negotiated,
  open, opened, person, proposed, recorded, RW, secretariat, signed, system, TEXT, UK,
} from '../history.contract.js';
import { mou } from './mou.js';

const given = specify(mou, { actor: chairUK, evidence: evidence() });
const depositary = { actor: secretariat };
const bySystem = { actor: system };
const imported = { actor: secretariat, mode: 'import' as const };
const three = { participants: [UK, CA, RW] };
const title = { en: 'Memorandum of Understanding', fr: 'Mémorandum d’accord' };
const UNTIL = '2026-12-31T23:00:00Z';
const openedAs = (mode: 'ceremony' | 'counterparts' | 'sequential', over: object = {}) => event('MouOpenedForSignature', { from: NOW, until: UNTIL, mode, ...over });

describe('a memorandum: signing one after the other', () => {
  const order = [CA, RW, UK];
  const ready = [...frozen(three), ...three.participants.map(authorised)];
  const past = [...ready, openedAs('sequential', { order })];
  const away = { place: undefined };
  it('MOU-5 names the order at the opening: every participant once', () => {
    const from = NOW;
    given(...ready).when('OpenForSignature', { mode: 'sequential', from, until: UNTIL, order }, depositary).yields(openedAs('sequential', { order }));
    given(...ready).when('OpenForSignature', { mode: 'sequential', from, until: UNTIL }, depositary).yields(openedAs('sequential', { order: three.participants }));
    given(...ready).when('OpenForSignature', { mode: 'sequential', order: [CA, UK] }, depositary).refuses('mou.order-incomplete', 'MOU-5');
    given(...ready).when('OpenForSignature', { mode: 'sequential', order: [CA, UK, UK] }, depositary).refuses('mou.order-incomplete', 'MOU-5');
    given(...ready).when('OpenForSignature', { mode: 'counterparts', order }, depositary).refuses('mou.order-only-sequential', 'MOU-5');
  });
  it('MOU-5 cannot be skipped by a copied link: nobody signs before his turn', () => {
    given(...past).when('SignFirst').refuses('mou.not-your-turn', 'MOU-5');
    given(...past).when('SignFirst', {}, { actor: chairRW }).refuses('mou.not-your-turn', 'MOU-5');
    given(...past).when('SignFirst', {}, { actor: chairCA }).yields(signed(CA, 'dallaire', away));
    given(...past, signed(CA, 'dallaire')).when('SignFurther').refuses('mou.not-your-turn', 'MOU-5');
    given(...past, signed(CA, 'dallaire'), signed(RW, 'uwera')).when('SignLast').yields(signed(UK, 'twigg', away), completed);
    given(...past, signed(CA, 'dallaire')).when('SignFurther', {}, { actor: chairCA }).refuses('mou.already-signed', 'MOU-5');
  });
});

describe('a memorandum: a ceremony, and counterparts', () => {
  it('MOU-5 has one place, and every signature is given there', () => {
    const ready = [...frozen(), authorised(UK), authorised(CA)];
    given(...ready).when('OpenForSignature', { mode: 'ceremony' }, depositary).refuses('mou.ceremony-without-place');
    given(...open()).when('SignFirst').yields(signed(UK, 'twigg', { place: 'Ottawa' }));
    given(...open()).when('SignFirst', { place: 'London' }).refuses('mou.elsewhere', 'MOU-5');
    given(...ready, openedAs('counterparts')).when('SignFirst', { place: 'London' }).yields(signed(UK, 'twigg', { place: 'London' }));
  });
  const apart = allSigned().filter((e) => e !== opened).toSpliced(-3, 0, openedAs('counterparts'));
  const copy = (groupId: string, digests: Readonly<Record<string, string>> = DIGESTS) => ({ groupId, digests, ref: `Copy of ${groupId}` });
  const exchanged = event('MouCounterpartsExchanged', { counterparts: [copy(UK), copy(CA)], on: '2026-11-23' });
  it('MOU-5 counterparts are exchanged when each is there, of exactly the text that was signed', () => {
    const exchange = (...counterparts: object[]) => given(...apart).when('ExchangeCounterparts', { counterparts }, depositary);
    exchange(copy(UK), copy(CA)).yields(exchanged);
    exchange(copy(UK), copy(RW)).refuses('mou.counterparts-missing', 'MOU-5');
    exchange(copy(UK), copy(CA), copy(RW)).refuses('mou.not-a-participant', 'MOU-5');
    exchange(copy(UK), copy(CA, { ...DIGESTS, fr: '0'.repeat(64) })).refuses('mou.other-text', 'MOU-5');
    exchange(copy(UK), copy(CA, { en: DIGESTS['en']! })).refuses('mou.other-text', 'MOU-5');
    given(...apart, exchanged).when('ExchangeCounterparts', exchanged.data, depositary).changesNothing();
    given(...allSigned()).when('ExchangeCounterparts', { counterparts: exchanged.data.counterparts }, depositary).refuses('mou.not-in-counterparts', 'MOU-5');
  });
});

describe('a memorandum: authority at the moment of signing', () => {
  const lodgedAndThen = (...own: ReturnType<typeof granted>[]) => given(...open()).when('SignFirst', {}, { evidence: evidence({}, own) });
  it('MOU-4 is asked again at the moment of signing: revoked, expired, for another text, for another person', () => {
    lodgedAndThen(granted(UK, 'twigg')).yields(signed(UK, 'twigg'));
    lodgedAndThen().refuses('mou.authorisation-unknown', 'MOU-4');
    lodgedAndThen(granted(UK, 'twigg', { expiresAt: NOW })).refuses('mou.authorisation-expired', 'MOU-4');
    lodgedAndThen(granted(UK, 'twigg', { digests: { ...DIGESTS, en: '0'.repeat(64) } })).refuses('mou.authorisation-other-text', 'MOU-4');
    lodgedAndThen(granted(UK, 'carlile')).refuses('mou.not-the-authorised', 'MOU-4');
    lodgedAndThen(granted(UK, 'twigg', { forThis: false })).refuses('mou.authorisation-for-other', 'MOU-4');
  });
  const proxy: Actor = { personId: 'clerk', capacity: 'chair', onBehalfOf: UK, authorityId: 'a1', grantedBy: 'twigg' };
  it('AUT-1 a proxy is shown as such: whose signature it is, and who really gave it', () => {
    given(...open()).when('SignFirst', {}, { actor: proxy }).yields(signed(UK, 'twigg', { method: 'proxy', proxyBy: 'clerk' }));
    given(...open()).when('SignFirst', {}, { actor: { ...proxy, grantedBy: 'carlile' } }).refuses('mou.not-the-authorised', 'MOU-4');
    const stoodIn = [...open(), signed(UK, 'twigg', { method: 'proxy', proxyBy: 'clerk' })];
    given(...stoodIn).when('AttestSignature', { ofSignatureBy: 'twigg' }, { actor: person('member', 'clerk') }).refuses('mou.signatory-cannot-witness', 'MOU-10');
  });
  it('AUT-1 which commands are personal is said in the table', () => {
    const personal = Object.entries(mou.commands).flatMap(([name, { personal: kind, proxy: shown }]) => (kind ? [`${name} ${kind}${shown ? ' proxy' : ''}`] : []));
    expect(personal).toEqual([
      'InitialText sign', 'SignFirst sign proxy', 'SignFurther sign proxy', 'SignLast sign proxy', 'ConfirmAdReferendum sign', 'AttestSignature sign',
      'DeclineMouSignature sign',
    ]);
  });
});

describe('a memorandum: who will not sign, and who has signed', () => {
  const reason = 'No mandate any more';
  const told = { told: ['twigg'], title };
  const one = [...open(), signed(UK, 'twigg')];
  const refused = event('MouSignatureDeclined', { groupId: CA, personId: 'dallaire', reason, at: NOW, ...told });
  it('MOU-5 a signed participant cannot reject: neither by a refusal nor by abandoning', () => {
    given(...one).when('DeclineMouSignature', { reason }).refuses('mou.signed-cannot-reject', 'MOU-5');
    given(...one).when('AbandonMou', { reason }).refuses('mou.signed-cannot-reject', 'MOU-5');
    given(...one).when('AbandonMou', { reason }, { actor: chairCA }).yields(event('MouAbandoned', { reason, by: CA, ...told }));
  });
  it('everyone who has signed is told of a refusal, and of what follows', () => {
    given(...one).when('DeclineMouSignature', { reason }, { actor: chairCA }).yields(refused);
    given(...one, refused).when('DeclineMouSignature', { reason }, { actor: chairCA }).changesNothing();
    given(...open()).when('DeclineMouSignature', { reason }).yields(event('MouSignatureDeclined', { groupId: UK, personId: 'twigg', reason, at: NOW }));
    given(...one, refused).when('AbandonMou', { reason: 'It cannot be completed' }).yields(event('MouAbandoned', { reason: 'It cannot be completed', by: UK }));
    given(...one, refused).when('SignLast', {}, { actor: chairCA }).yields(signed(CA, 'dallaire'), completed);
    given(...one).when('DeclineMouSignature', { reason }, { actor: person('member', 'x', CA) }).refuses('not-permitted');
  });
  const closed = event('MouSignatureClosed', { at: UNTIL, missing: [CA], ...told });
  it('the time for signature ends by its timer, and is extended by the depositary', () => {
    const after = { ...bySystem, now: UNTIL };
    given(...one).when('CloseMouSignature', {}, after).yields(closed);
    given(...one).when('CloseMouSignature', {}, bySystem).refuses('mou.signature-still-open');
    given(...one, closed).when('CloseMouSignature', {}, after).changesNothing();
    given(...frozen(), authorised(UK), event('MouOpenedForSignature', { from: NOW, mode: 'counterparts' })).when('CloseMouSignature', {}, after).refuses('mou.signature-open-ended');
    given(...one, closed).when('SignLast', {}, { actor: chairCA, now: UNTIL }).refuses('mou.signature-closed');
    given(...one, closed).when('AbandonMou', { reason }, { now: UNTIL }).yieldsTypes('MouAbandoned');
    const extended = event('MouSignatureExtended', { until: '2027-02-01T00:00:00Z' });
    given(...one, closed).when('ExtendMouSignature', extended.data, { ...depositary, now: UNTIL }).yields(extended);
    given(...one, closed).when('ExtendMouSignature', { until: UNTIL }, { ...depositary, now: UNTIL }).refuses('mou.until-not-later');
    given(...one, closed, extended).when('SignLast', {}, { actor: chairCA, now: UNTIL, evidence: evidence() }).yieldsTypes('MouSigned', 'MouSignaturesCompleted');
  });
  it('MOU-10 nobody is witness and signatory of one copy, in either order, by person or as printed', () => {
    const printed = event('MouSignatureWitnessed', { asPrinted: 'Lord Carlisle' });
    given(...open(), printed).when('SignFirst', { groupId: UK, asPrinted: 'Lord Carlisle', at: '2014' }, imported).refuses('mou.witness-cannot-sign', 'MOU-10');
    given(recorded(), printed).when('AttestSignature', { asPrinted: 'Stephen Twigg MP' }, imported).refuses('mou.signatory-cannot-witness', 'MOU-10');
    given(...one, event('MouSignatureWitnessed', { personId: 'dallaire', ofSignatureBy: 'twigg' })).when('SignLast', {}, { actor: chairCA }).refuses('mou.witness-cannot-sign', 'MOU-10');
  });
});

describe('a memorandum: the text in all its languages', () => {
  const revised = (revision: number, text: Record<string, string>) => event('MouClauseRevised', { clauseId: 'c1', revision, text, by: UK });
  const agreedAt = (revision: number) => [UK, CA].map((groupId) => event('MouClauseAgreed', { clauseId: 'c1', revision, mode: 'agreed' as const, groupId }));
  const english = revised(2, { en: 'The Participants will cooperate closely.' });
  it('MOU-2 is not initialled while a language is behind', () => {
    given(...drafting(), english, ...agreedAt(2)).when('InitialText').refuses('mou.language-behind', 'MOU-2');
    const french = revised(3, { fr: 'Les Participants coopéreront étroitement.' });
    given(...drafting(), english, french, ...agreedAt(3)).when('InitialText').yieldsTypes('MouTextInitialled');
    given(...drafting(), bracket).when('InitialText').refuses('mou.open-brackets', 'MOU-3');
  });
  it('MOU-2 a language that needs no change is said to need none', () => {
    given(...drafting()).when('ReviseClause', { clauseId: 'c1', text: { fr: TEXT.fr } }).changesNothing();
    given(...drafting(), english).when('ReviseClause', { clauseId: 'c1', text: { fr: TEXT.fr } }).yields(revised(3, { fr: TEXT.fr }));
    given(...drafting(), english, revised(3, { fr: TEXT.fr }), ...agreedAt(3)).when('InitialText').yieldsTypes('MouTextInitialled');
  });
  it('MOU-2 a language that comes last leaves the others as they are', () => {
    const alone = [proposed(), negotiated, { ...clause, data: { ...clause.data, text: { en: TEXT.en } } }, revised(2, { fr: TEXT.fr })];
    given(...alone, ...agreedAt(2)).when('InitialText').yieldsTypes('MouTextInitialled');
  });
});

describe('a memorandum: procès-verbal', () => {
  const right = 'The Participants will co-operate.';
  const input = { correctionId: 'k1', clauseId: 'c1', lang: 'en', wrong: 'cooperate', right: 'co-operate', ref: 'PV 1' };
  const digests = { ...DIGESTS, en: sha256(right) };
  const corrected = event('MouTextRectified', { ...input, before: DIGESTS, digests });
  it('MOU-2 corrects the frozen text from the beginning, word for word, once', () => {
    given(...open()).when('RectifyMouText', input, bySystem).yields(corrected);
    expect(given(...open(), corrected).when('RectifyMouText', input, bySystem).outcome).toEqual([]);
    given(...inEffect()).when('RectifyMouText', input, bySystem).yields(event('MouTextRectified', { ...corrected.data, told: ['twigg', 'dallaire'], title }));
    given(...open()).when('RectifyMouText', { ...input, wrong: 'collaborate' }, bySystem).refuses('mou.reading-not-in-text', 'MOU-2');
    given(...open()).when('RectifyMouText', { ...input, wrong: 'p' }, bySystem).refuses('mou.reading-ambiguous', 'MOU-2');
    given(...open()).when('RectifyMouText', { ...input, clauseId: 'c9' }, bySystem).refuses('mou.unknown-clause');
    given(...open()).when('RectifyMouText', input).refuses('not-permitted');
    given(...drafting()).when('RectifyMouText', input, bySystem).refuses('illegal-transition');
    // What stands in a dollar sign stands there, and means nothing.
    const { outcome } = given(...open()).when('RectifyMouText', { ...input, right: '$&' }, bySystem);
    expect(isRefusal(outcome) ? outcome : outcome[0]?.data).toMatchObject({ digests: { en: sha256('The Participants will $&.') } });
  });
  it('MOU-4 an authorisation over the text before it covers the corrected one, which is what is signed', () => {
    given(...open(), corrected).when('SignFirst', { digests }).yields(signed(UK, 'twigg', { digests }));
    given(...open(), corrected).when('SignFirst', { digests: DIGESTS }).refuses('mou.other-text', 'MOU-5');
    const copy = event('MouCertifiedCopyIssued', { to: 'Clerk', lang: 'en', digest: digests.en });
    given(...inEffect(), corrected).when('IssueCertifiedCopy', { to: 'Clerk', lang: 'en' }, depositary).yields(copy);
  });
});

describe('a memorandum: a refused accession', () => {
  const asked = event('MouAccessionRequested', { groupId: RW, letterRef: 'Letter' });
  const refusal = event('MouAccessionRefused', { applicantId: RW, byGroupId: UK, reason: 'Not before the election' });
  const { byGroupId: _, ...input } = refusal.data;
  const consent = (byGroupId: string) => event('MouAccessionConsented', { applicantId: RW, byGroupId });
  const deposit = { groupId: RW, instrumentRef: 'Instrument' };
  it('MOU-8 is recorded with its reason, holds up the deposit, and can be thought better of', () => {
    given(...inEffect(), asked).when('RefuseAccession', input).yields(refusal);
    given(...inEffect(), asked, refusal).when('RefuseAccession', input).changesNothing();
    given(...inEffect(), asked, refusal, consent(CA)).when('DepositAccession', deposit, depositary).refuses('mou.accession-refused', 'MOU-8');
    given(...inEffect(), asked, refusal, consent(CA)).when('ConsentToAccession', { applicantId: RW }).yields(consent(UK));
    given(...inEffect(), asked, refusal, consent(CA), consent(UK)).when('DepositAccession', deposit, depositary).yieldsTypes('MouAcceded');
    given(...inEffect()).when('RefuseAccession', input).refuses('mou.accession-not-requested', 'MOU-8');
    given(...inEffect({ accession: 'open' }), asked).when('RefuseAccession', input).refuses('mou.consent-not-asked', 'MOU-8');
    given(...inEffect(), asked).when('RefuseAccession', input, { actor: chairRW }).refuses('not-permitted');
  });
  it('MOU-8 the authorisation of the newcomer is asked for where one is cited', () => {
    const ready = [...inEffect(), asked, consent(CA), consent(UK)];
    const cites = (own: Parameters<typeof granted>[2]) =>
      given(...ready).when('DepositAccession', { ...deposit, authorisationId: `auth-${RW}` }, { ...depositary, evidence: evidence({}, [granted(RW, 'uwera', own)]) });
    cites({ act: 'accede' }).yieldsTypes('MouAcceded');
    cites({ act: 'sign' }).refuses('mou.authorisation-for-other', 'MOU-4');
    cites({ act: 'accede', digests: { en: '0'.repeat(64) } }).refuses('mou.authorisation-other-text', 'MOU-4');
  });
});
