import { idOf, NOW, specify } from '#kernel/testing';
import type { PersonEvent } from './events.js';
import { person, type PersonEvidence } from './person.js';
import { affiliationOn, initialPerson, maySign, servesOn } from './state.js';

const secretariat = { personId: 's1', capacity: 'network-secretariat' } as const;
const groupSec = { personId: 's2', capacity: 'group-secretariat', onBehalfOf: 'g1' } as const;
const chair = { personId: 'c1', capacity: 'chair', onBehalfOf: 'g1' } as const;
const self = { personId: 'p1', capacity: 'member', onBehalfOf: 'g1' } as const;
const system = { personId: 'system', capacity: 'system', rule: 'when-parliament-dissolved' } as const;
const known: PersonEvidence = { groups: [], chamber: { termNumber: 0 } };
const given = specify(person, { actor: secretariat, evidence: known });

const name = (full: string) => ({ full, script: 'Latn', lang: 'en', asPrinted: `${full} MP` });
const recorded: PersonEvent = {
  type: 'PersonRecorded', data: { personId: 'p1', names: [name('Ada Example')], kind: 'parliamentarian', sources: [] },
};
const mandate = (mandateId: string, startedOn: string, chamberCode = 'XA-LC01') => ({
  mandateId, chamberCode, seat: 'constituency' as const, title: 'Member', startedOn,
});
const began = (...of: Parameters<typeof mandate>): PersonEvent => ({ type: 'MandateBegan', data: mandate(...of) });
const end = (mandateId: string, endedOn: string) => ({ mandateId, endedOn, reason: 'dissolution' as const });
const ended = (mandateId: string, endedOn: string): PersonEvent => ({ type: 'MandateEnded', data: end(mandateId, endedOn) });
const party = (side: 'government' | 'opposition', from: string) => ({ chamberCode: 'XA-LC01', party: { ref: 'pa', name: 'Party A' }, side, from });

describe('the record of a person', () => {
  it('PER-4 keeps the name as printed, with script and language', () => {
    given().when('RecordPerson', recorded.data).yields(recorded);
    given().when('RecordPerson', recorded.data, { actor: groupSec }).yields(recorded);
    given().when('RecordPerson', recorded.data, { actor: self }).refuses('not-permitted');
    given(recorded).when('RecordPerson', recorded.data).refuses('illegal-transition');
  });
  it('PER-4 changes the name in its own language and script, by the person or the secretariat', () => {
    const change = { to: name('Baroness Example'), reason: 'peerage', effectiveOn: '2026-05' } as const;
    given(recorded).when('ChangeName', change, { actor: self }).yields({ type: 'PersonNameChanged', data: { from: name('Ada Example'), ...change } });
    given(recorded).when('ChangeName', { ...change, to: name('Ada Example') }).changesNothing();
    given(recorded).when('ChangeName', { ...change, to: { ...change.to, lang: 'ar', script: 'Arab' } }).refuses('person.no-name-in-language', 'PER-4');
    given(recorded).when('ChangeName', change, { actor: { ...self, personId: 'p2' } }).refuses('not-permitted');
  });
  it('says who verified the identity', () => {
    const input = { method: 'in-person', evidenceRef: 'file 7' } as const;
    given(recorded).when('VerifyIdentity', input).yields({ type: 'IdentityVerified', data: { ...input, by: 's1' } });
    given().when('VerifyIdentity', input).refuses('illegal-transition');
    expect(person.label({ ...initialPerson, kind: 'parliamentarian' }, { type: 'IdentityVerified', data: { ...input, by: 's1' } }).tlp).toBe('AMBER');
  });
  it('takes languages from the person alone', () => {
    const languages = { languages: [{ tag: 'fr', read: true, write: true, speak: false }], interfaceLanguage: 'fr' };
    given(recorded).when('DeclareLanguages', languages, { actor: self }).yieldsTypes('WorkingLanguagesDeclared');
    given(recorded).when('DeclareLanguages', languages).refuses('not-permitted');
  });
  it('hides staff and witnesses from the public', () => {
    expect(person.label({ ...initialPerson, kind: 'staff' }, recorded).tlp).toBe('GREEN');
    expect(person.label({ ...initialPerson, kind: 'parliamentarian' }, recorded).tlp).toBe('CLEAR');
  });
});

describe('mandates', () => {
  it('PER-1 belong to a chamber that there is, and to a term that it has had', () => {
    given(recorded).when('BeginMandate', mandate('m1', '2024-07-04')).yields(began('m1', '2024-07-04'));
    given(recorded).when('BeginMandate', mandate('m1', '2024'), { evidence: { groups: [], chamber: null } }).refuses('person.unknown-chamber', 'PER-1');
    const late = { evidence: { groups: [], chamber: { termNumber: 58 } } };
    given(recorded).when('BeginMandate', { ...mandate('m1', '2024'), term: 59 }, late).refuses('person.unknown-term', 'PER-1');
    given(recorded).when('BeginMandate', mandate('m1', '2024'), late).refuses('person.unknown-term', 'PER-1');
    given(recorded).when('BeginMandate', { ...mandate('m1', '2024'), term: 58 }, late).yieldsTypes('MandateBegan');
  });
  it('PER-1 do not overlap in one chamber', () => {
    given(recorded, began('m1', '2020')).when('BeginMandate', mandate('m2', '2024')).refuses('person.mandates-overlap', 'PER-1');
    given(recorded, began('m1', '2020')).when('BeginMandate', mandate('m2', '2024', 'XA-UC01')).yieldsTypes('MandateBegan');
    given(recorded, began('m1', '2020'), ended('m1', '2024-05-30')).when('BeginMandate', mandate('m2', '2022')).refuses('person.mandates-overlap', 'PER-1');
    given(recorded, began('m1', '2020'), ended('m1', '2024-05-30')).when('BeginMandate', mandate('m2', '2024-07-04')).yieldsTypes('MandateBegan');
    given(recorded, began('m1', '2020')).when('BeginMandate', mandate('m1', '2020')).refuses('person.mandate-exists', 'PER-1');
  });
  it('PER-1 are imported in any order, also with unknown dates', () => {
    const past = [recorded, began('m2', '2024-07-04'), began('m1', '2020')] as const;
    given(recorded, began('m2', '2024-07-04')).when('BeginMandate', mandate('m1', '2020'), { mode: 'import' }).yieldsTypes('MandateBegan');
    given(...past).when('EndOneOfSeveralMandates', end('m1', '2024-05-30'), { mode: 'import' }).yieldsTypes('MandateEnded');
    given(...past).when('EndOneOfSeveralMandates', end('m1', '2025'), { mode: 'import' }).refuses('person.mandates-overlap', 'PER-1');
    given(recorded).when('BeginMandate', mandate('m1', 'XXXX'), { mode: 'import' }).yieldsTypes('MandateBegan');
  });
  it('PER-1 end after they began', () => {
    given(recorded, began('m1', '2024-07-04')).when('EndMandate', end('m1', '2024-07-03')).refuses('person.mandate-ends-before-start', 'PER-1');
    given(recorded, began('m1', '2024')).when('EndMandate', end('m1', '2024-07-03')).yields(ended('m1', '2024-07-03'));
    given(recorded, began('m1', '2024')).when('EndMandate', end('m9', '2025')).refuses('person.no-open-mandate', 'PER-1');
  });
  it('PER-2 the last one that ends makes a former member, one of several does not', () => {
    const two = [recorded, began('m1', '2020'), began('m2', '2021', 'XA-UC01')] as const;
    given(...two).when('EndMandate', end('m1', '2024')).refuses('person.other-mandates-open', 'PER-2');
    given(...two).when('EndOneOfSeveralMandates', end('m1', '2024'), { actor: system }).yields(ended('m1', '2024'));
    given(...two, ended('m1', '2024')).when('EndOneOfSeveralMandates', end('m2', '2024')).refuses('person.last-mandate', 'PER-2');
    expect(given(...two, ended('m1', '2024')).when('EndMandate', end('m2', '2024')).state.status).toBe('former');
  });
  it('PER-2 nobody who does not serve on the day signs as a serving parliamentarian', () => {
    const { state } = given(recorded, began('m1', '2020-01-01')).when('EndMandate', end('m1', '2024-05-30'));
    expect([servesOn(state.mandates, '2024-05-30'), servesOn(state.mandates, '2024-05-31')]).toEqual([true, false]);
    expect(maySign(state, undefined, 'statement', '2022-01-01')).toBeUndefined();
    expect(maySign(state, undefined, 'statement', '2025-01-01')).toMatchObject({ refused: 'person.not-serving', rule: 'PER-2' });
  });
  it('are kept by the secretariat of the own group only', () => {
    const elsewhere = { actor: groupSec, evidence: { groups: ['g2'], chamber: { termNumber: 0 } } };
    given(recorded).when('BeginMandate', mandate('m1', '2024'), elsewhere).refuses('person.of-another-group');
    given(recorded).when('BeginMandate', mandate('m1', '2024'), { actor: groupSec }).yieldsTypes('MandateBegan');
  });
});

describe('party and office', () => {
  const serving = [recorded, began('m1', '2020')] as const;
  it('PER-3 affiliation is a dated fact of a chamber', () => {
    const joined: PersonEvent = { type: 'PartyAffiliationChanged', data: party('opposition', '2020') };
    given(...serving).when('ChangePartyAffiliation', joined.data).yields(joined);
    given(...serving, joined).when('ChangePartyAffiliation', joined.data).changesNothing();
    given(recorded).when('ChangePartyAffiliation', joined.data).refuses('person.no-mandate-there', 'PER-3');
    const { state } = given(...serving, joined).when('ChangePartyAffiliation', party('government', '2024-07-05'));
    expect(affiliationOn(state.affiliations, '2024-07-04')?.side).toBe('opposition');
    expect(affiliationOn(state.affiliations, '2024-07-05')?.side).toBe('government');
    expect(affiliationOn(state.affiliations, '2019-01-01')).toBeUndefined();
  });
  it('PER-6 while in executive office a person does not sign what the rules of the chamber close to ministers', () => {
    const assumed: PersonEvent = { type: 'ExecutiveOfficeAssumed', data: { office: 'Minister of State', from: '2024-07-08' } };
    given(...serving).when('AssumeExecutiveOffice', assumed.data).yields(assumed);
    given(...serving, assumed).when('AssumeExecutiveOffice', assumed.data).refuses('person.office-already-held', 'PER-6');
    const relinquished = { office: 'Minister of State', until: '2025-09-05' };
    given(...serving).when('RelinquishExecutiveOffice', relinquished).refuses('person.office-not-held', 'PER-6');
    const { state } = given(...serving, assumed).when('RelinquishExecutiveOffice', relinquished);
    const rules = { closedToExecutive: ['edm'] };
    expect(maySign(state, rules, 'edm', '2025-01-01')).toMatchObject({ refused: 'person.in-executive-office', rule: 'PER-6' });
    expect(maySign(state, rules, 'statement', '2025-01-01')).toBeUndefined();
    expect(maySign(state, rules, 'edm', '2025-09-06')).toBeUndefined();
  });
});

describe('protection', () => {
  const concern = { category: 'threat', tlp: 'AMBER', summaryRef: 'file 1' } as const;
  const raised: PersonEvent = { type: 'ProtectionConcernRaised', data: { ...concern, groups: ['g1', 'g2'] } };
  it('is raised by a group officer or the secretariat and read by the groups concerned, never by the public', () => {
    given(recorded).when('RaiseProtectionConcern', concern, { actor: chair, evidence: { groups: ['g2'] } }).yields(raised);
    given(recorded).when('RaiseProtectionConcern', concern, { actor: self }).refuses('not-permitted');
    given(recorded, raised).when('RaiseProtectionConcern', concern).changesNothing();
    const { state } = given(recorded, raised).when('CloseProtectionConcern', { outcome: 'Resolved' });
    expect(person.label(state, raised)).toEqual({ tlp: 'AMBER', groups: ['g1', 'g2'] });
    expect(person.commands['RaiseProtectionConcern']?.input.safeParse({ ...concern, tlp: 'CLEAR' }).success).toBe(false);
  });
  it('is closed once, by the secretariat', () => {
    const closed: PersonEvent = { type: 'ProtectionConcernClosed', data: { outcome: 'Resolved' } };
    given(recorded, raised).when('CloseProtectionConcern', closed.data).yields(closed);
    given(recorded, raised, closed).when('CloseProtectionConcern', closed.data).refuses('person.no-concern');
  });
});

describe('the end of a record', () => {
  it('a death ends the mandates', () => {
    const { state } = given(recorded, began('m1', '2020')).when('RecordDeath', { on: '2024-03' });
    expect([state.status, state.mandates[0]?.endedOn]).toEqual(['deceased', '2024-03']);
    given(recorded, { type: 'PersonDied', data: { on: '2024' } }).when('RecordDeath', { on: '2024' }).refuses('illegal-transition');
  });
  it('a double record is merged into another that is there', () => {
    const input = { survivorId: 'p2', reason: 'Recorded twice' };
    given(recorded).when('MergeRecords', input, { evidence: { groups: [], survivor: 'serving' } }).yields({ type: 'PersonRecordsMerged', data: input });
    given(recorded).when('MergeRecords', input, { evidence: { groups: [], survivor: 'none' } }).refuses('person.survivor-unknown');
    given(recorded).when('MergeRecords', { ...input, survivorId: 'p1' }).refuses('person.merge-with-itself');
  });
  it('PER-5 erasure forgets the name and is final; who serves is not erased', () => {
    const erased: PersonEvent = { type: 'PersonalDataErased', data: { scope: 'profile', legalBasis: 'Acts of public office', keyId: idOf(1) } };
    const done = given(recorded).when('EraseProfileData', erased.data);
    done.yields(erased);
    expect(done.state.names).toEqual([]);
    given(recorded, erased).when('ChangeName', { to: name('X'), reason: 'other', effectiveOn: NOW.slice(0, 10) }).refuses('illegal-transition');
    given(recorded, began('m1', '2020')).when('EraseProfileData', erased.data).refuses('illegal-transition');
  });
});
