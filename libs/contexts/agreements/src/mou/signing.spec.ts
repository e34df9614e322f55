import { type EventOf } from '#kernel';
import { NOW, specify } from '#kernel/testing';
import type { MouSchemas } from './events.js';
import {
  allSigned, authorised, CA, chairCA, chairRW, chairUK, completed, DIGESTS, event, evidence, frozen, granted, officerUK, open, opened, person, recorded,
  RW, secretariat, signed, UK,
} from '../history.contract.js';
import { mou } from './mou.js';

const given = specify(mou, { actor: chairUK, evidence: evidence() });
const three = { participants: [UK, CA, RW] };
const imported = { actor: secretariat, mode: 'import' as const };
const label = (past: EventOf<MouSchemas>[], last: EventOf<MouSchemas>) =>
  mou.label(past.concat(last).reduce((s, e) => mou.evolve[e.type](s, e.data as never), mou.initial), last);

describe('a memorandum: authorisation', () => {
  const lodge = { authorisationId: `auth-${UK}`, digests: DIGESTS };
  it('MOU-4 is lodged by the chair, for exactly this text', () => {
    given(...frozen()).when('RecordPartyAuthorisation', lodge).yields(authorised(UK));
    given(...frozen(), authorised(UK)).when('RecordPartyAuthorisation', lodge).changesNothing();
    given(...frozen()).when('RecordPartyAuthorisation', { ...lodge, digests: { en: DIGESTS['en'] } }).refuses('mou.other-text', 'MOU-4');
    given(...frozen()).when('RecordPartyAuthorisation', lodge, { actor: officerUK }).refuses('not-permitted');
  });
  it('MOU-4 must be live: granted by this group, for this act on this instrument, not expired, for this text', () => {
    const refuses = (over: Parameters<typeof granted>[2], code: string) =>
      given(...frozen()).when('RecordPartyAuthorisation', lodge, { evidence: evidence({}, [granted(UK, 'twigg', over)]) }).refuses(code, 'MOU-4');
    refuses({ id: 'another' }, 'mou.authorisation-unknown');
    refuses({ groupId: CA }, 'mou.authorisation-unknown');
    refuses({ forThis: false }, 'mou.authorisation-for-other');
    refuses({ act: 'endorse' }, 'mou.authorisation-for-other');
    refuses({ expiresAt: NOW }, 'mou.authorisation-expired');
    refuses({ digests: { en: DIGESTS['en'] ?? '' } }, 'mou.authorisation-other-text');
    refuses({ digests: null, latitude: 'none' }, 'mou.authorisation-other-text');
  });
  it('MOU-4 may leave latitude instead of naming a text', () => {
    const wide = evidence({}, [granted(UK, 'twigg', { digests: null, latitude: 'editorial' })]);
    given(...frozen()).when('RecordPartyAuthorisation', lodge, { evidence: wide }).yieldsTypes('MouPartyAuthorised');
  });
});

describe('a memorandum: opening for signature', () => {
  it('MOU-2 is the depositary’s, once the text is frozen and somebody is authorised', () => {
    const { from: _, ...input } = opened.data;
    given(...frozen(), authorised(UK)).when('OpenForSignature', input, { actor: secretariat }).yields(opened);
    given(...frozen()).when('OpenForSignature', input, { actor: secretariat }).refuses('mou.nobody-authorised', 'MOU-4');
    given(...frozen(), authorised(UK)).when('OpenForSignature', input).refuses('not-permitted');
    given(...frozen(), authorised(UK)).when('OpenForSignature', { ...input, until: NOW }, { actor: secretariat }).refuses('mou.until-too-early');
  });
  it('may be read by the participants while it is negotiated, by the network from here, by anyone in effect', () => {
    expect(label(frozen().slice(0, -1), frozen().at(-1)!)).toEqual({ tlp: 'AMBER', groups: [UK, CA] });
    expect(label([...frozen(), authorised(UK)], opened).tlp).toBe('GREEN');
    expect(label(open(), event('MouAbandoned', { reason: 'x' })).tlp).toBe('GREEN');
    expect(label(frozen(), event('MouAbandoned', { reason: 'x' })).tlp).toBe('AMBER');
    expect(label(allSigned(), event('MouEnteredIntoEffect', { on: '2026-11-23', byRule: 'last-signature' })).tlp).toBe('CLEAR');
  });
});

describe('a memorandum: signature', () => {
  it('MOU-5 is signed by each participant in turn, by whichever command is right by count', () => {
    given(...open(three)).when('SignFirst', { digests: DIGESTS }).yields(signed(UK, 'twigg'));
    given(...open(three), signed(UK, 'twigg')).when('SignFurther', {}, { actor: chairCA }).yields(signed(CA, 'dallaire'));
    given(...open(three), signed(UK, 'twigg')).when('SignLast', {}, { actor: chairCA }).refuses('mou.others-have-yet-to-sign');
    const two = [...open(three), signed(UK, 'twigg'), signed(CA, 'dallaire')];
    given(...two).when('SignFurther', {}, { actor: chairRW }).refuses('mou.is-the-last-signature');
    given(...two).when('SignLast', {}, { actor: chairRW }).yields(signed(RW, 'uwera'), completed);
  });
  it('MOU-5 is complete with the last signature', () => {
    given(...open(), signed(UK, 'twigg')).when('SignLast', {}, { actor: chairCA }).yields(signed(CA, 'dallaire'), completed);
    given(...open(), signed(UK, 'twigg')).when('SignFurther', {}, { actor: chairCA }).refuses('mou.is-the-last-signature');
    given(...open(), signed(UK, 'twigg')).when('SignLast').refuses('mou.already-signed', 'MOU-5');
  });
  it('MOU-5 covers the frozen text in all authentic languages and no other', () => {
    given(...open()).when('SignFirst', { digests: { en: DIGESTS['en'] } }).refuses('mou.other-text', 'MOU-5');
    given(...open()).when('SignFirst', { digests: { ...DIGESTS, fr: '0'.repeat(64) } }).refuses('mou.other-text', 'MOU-5');
  });
  it('MOU-4 needs the authorisation of the group, for the person who signs', () => {
    given(...frozen(), authorised(CA), opened).when('SignFirst').refuses('mou.not-authorised', 'MOU-4');
    given(...open()).when('SignFirst', {}, { actor: officerUK }).refuses('mou.not-the-authorised', 'MOU-4');
    const expired = evidence({}, [granted(UK, 'twigg', { expiresAt: NOW })]);
    given(...open()).when('SignFirst', {}, { evidence: expired }).refuses('mou.authorisation-expired', 'MOU-4');
    given(...open()).when('SignFirst', {}, { evidence: evidence({}, []) }).refuses('mou.authorisation-unknown', 'MOU-4');
  });
  it('MOU-4 is ad referendum without an authorisation, and counts when it is confirmed', () => {
    const reserved = signed(UK, 'twigg', { capacity: 'ad-referendum', evidenceRef: undefined });
    given(...frozen(), authorised(CA), opened).when('SignFirst', { capacity: 'ad-referendum' }).yields(reserved);
    const all = [...frozen(), authorised(CA), opened, reserved, signed(CA, 'dallaire'), completed];
    given(...all).when('RecordEntryIntoEffect', {}, { actor: secretariat }).refuses('mou.signatures-unconfirmed', 'MOU-4');
    const confirmed = event('MouSignatureConfirmed', { groupId: UK, authorisationId: `auth-${UK}`, at: NOW });
    given(...all).when('ConfirmAdReferendum', { authorisationId: `auth-${UK}` }).yields(confirmed);
    given(...all).when('ConfirmAdReferendum', { authorisationId: 'none' }).refuses('mou.authorisation-unknown', 'MOU-4');
    given(...all, confirmed).when('ConfirmAdReferendum', { authorisationId: `auth-${UK}` }).refuses('mou.nothing-to-confirm', 'MOU-4');
    given(...all).when('ConfirmAdReferendum', { authorisationId: `auth-${CA}` }, { actor: chairCA }).refuses('mou.nothing-to-confirm', 'MOU-4');
    given(...all, confirmed).when('RecordEntryIntoEffect', {}, { actor: secretariat }).yieldsTypes('MouEnteredIntoEffect');
  });
  it('GRP-8 is not signed for a group that sleeps', () =>
    given(...open()).when('SignFirst', {}, { evidence: evidence({ [UK]: { status: 'dormant', active: false } }) }).refuses('mou.group-may-not-act', 'GRP-8'));
  it('is signed while it is open', () => {
    given(...open()).when('SignFirst', {}, { now: '2026-12-31T23:00:00Z' }).refuses('mou.signature-closed');
    given(...open()).when('SignFirst', {}, { now: '2026-11-01T00:00:00Z' }).refuses('mou.not-open-yet');
    given(...frozen()).when('SignFirst').refuses('illegal-transition');
  });
  it('is signed by nobody for another, and only with an account so far', () => {
    given(...open()).when('SignFirst', { personId: 'carlile' }).refuses('mou.not-for-others', 'G2');
    given(...open()).when('SignFirst', { method: 'passkey' }).refuses('mou.method-not-available');
    given(...open()).when('SignFirst', {}, { actor: person('chair', 'x', 'other') }).refuses('not-permitted');
  });
  it('G3 is never signed by passkey in an import, and says that the method is unknown where it is', () => {
    const sign = { groupId: UK, personId: 'twigg', at: '2014-03-31' };
    given(...open()).when('SignFirst', { ...sign, method: 'passkey' }, imported).refuses('mou.method-not-in-import', 'G3');
    given(...open()).when('SignFirst', { ...sign, method: 'account' }, imported).refuses('mou.method-not-in-import', 'G3');
    given(...open()).when('SignFirst', { ...sign, personId: undefined }, imported).refuses('mou.signatory-unnamed', 'MOU-11');
    given(...open()).when('SignFirst', sign, imported).yields(signed(UK, 'twigg', { at: '2014-03-31', method: 'unknown', evidenceRef: undefined, place: undefined }));
  });
});

describe('a memorandum: witnesses', () => {
  const witness = person('member', 'kapila');
  const attested = event('MouSignatureWitnessed', { personId: 'kapila', ofSignatureBy: 'twigg' });
  const one = [...open(), signed(UK, 'twigg')];
  it('MOU-10 attest what they saw, and become no participants by it', () => {
    given(...one).when('AttestSignature', { ofSignatureBy: 'twigg' }, { actor: witness }).yields(attested);
    given(...one, attested).when('AttestSignature', { ofSignatureBy: 'twigg' }, { actor: witness }).changesNothing();
    expect(given(...one).when('AttestSignature', { ofSignatureBy: 'twigg' }, { actor: witness }).state.participants).toEqual([UK, CA]);
  });
  it('MOU-10 cannot be signatories, nor signatories witnesses', () => {
    given(...one).when('AttestSignature', { ofSignatureBy: 'twigg' }).refuses('not-permitted');
    const dallaire = event('MouSignatureWitnessed', { personId: 'dallaire', ofSignatureBy: 'twigg' });
    given(...one, dallaire).when('SignLast', {}, { actor: chairCA }).refuses('mou.witness-cannot-sign', 'MOU-10');
    given(recorded()).when('AttestSignature', { personId: 'twigg' }, imported).refuses('mou.signatory-cannot-witness', 'MOU-10');
    given(recorded()).when('AttestSignature', { asPrinted: 'Stephen Twigg MP' }, imported).refuses('mou.signatory-cannot-witness', 'MOU-10');
  });
  it('MOU-10 attest a signature that is there', () => {
    given(...one).when('AttestSignature', { ofSignatureBy: 'dallaire' }, { actor: witness }).refuses('mou.no-such-signature', 'MOU-10');
    given(...one).when('AttestSignature', {}, { actor: witness }).refuses('mou.whose-signature', 'MOU-10');
  });
  it('MOU-11 are recorded as the source prints them', () => {
    const printed = event('MouSignatureWitnessed', { personId: 'carlile', asPrinted: 'Lord Carlisle' });
    given(recorded()).when('AttestSignature', printed.data, imported).yields(printed);
    given(recorded()).when('AttestSignature', { asPrinted: 'Dr Mukesh Kapila' }, imported).yields(event('MouSignatureWitnessed', { asPrinted: 'Dr Mukesh Kapila' }));
    given(recorded()).when('AttestSignature', {}, imported).refuses('mou.witness-unnamed', 'MOU-11');
  });
});
