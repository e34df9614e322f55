import { NOW, specify } from '#kernel/testing';
import {
  actors, amended, charter, constituted, decided, designated, happened, known, launch, launched, procedure, proposed, rotated, seatOf,
} from './fixtures.contract.js';
import { network, settingsOf } from './network.js';

const given = specify(network, { actor: actors.chair, evidence: known });
const { chair, groupChair, secretariat } = actors;
const imported = { actor: secretariat, mode: 'import' } as const;
const mandate = { partnerId: 'x-office', from: '2026-01', mandate: 'Registrar and depositary.' };
const secretariatNamed = happened('NetworkSecretariatDesignated', mandate);
const rules = (over: object) => ({ ...procedure, rules: { ...procedure.rules, ...over } });

describe('an initiative', () => {
  it('NET-1 is launched by the secretariat, under its own id, once', () => {
    given().when('LaunchInitiative', launch, { actor: secretariat }).yields(launched);
    given().when('LaunchInitiative', launch).refuses('not-permitted');
    given().when('LaunchInitiative', { ...launch, networkId: 'other' }, { actor: secretariat }).refuses('network.other-id');
    given().when('LaunchInitiative', { ...launch, networkId: 'other' }, imported).refuses('network.other-id');
    given(launched).when('LaunchInitiative', launch, { actor: secretariat }).refuses('illegal-transition');
  });
  it('NET-1 has a secretariat, which is one of the partners of the directory', () => {
    given(launched).when('DesignateSecretariat', mandate, { actor: secretariat }).yields(secretariatNamed);
    given(...constituted).when('DesignateSecretariat', mandate).yields(secretariatNamed);
    given(launched).when('DesignateSecretariat', mandate, { evidence: { ...known, partnerListed: false } }).refuses('network.unknown-partner', 'NET-1');
    given(launched).when('DesignateSecretariat', mandate, { ...imported, evidence: { ...known, partnerListed: false } }).yields(secretariatNamed);
    given(launched, secretariatNamed).when('DesignateSecretariat', mandate).changesNothing();
    for (const other of [{ partnerId: 'x-other' }, { mandate: 'Depositary alone.' }])
      given(launched, secretariatNamed).when('DesignateSecretariat', { ...mandate, ...other }).yieldsTypes('NetworkSecretariatDesignated');
    given(launched).when('DesignateSecretariat', mandate, { actor: groupChair }).refuses('not-permitted');
  });
  it('NET-1 has no bodies, no rules and no chapters before its charter', () => {
    const later = {
      AdoptRulesOfProcedure: procedure, RotateChair: { to: [seatOf('p')], on: '2026-11-23' }, ElectSteeringCommittee: { seats: [seatOf('p')], term: '2026' },
      EstablishRegionalChapter: { m49: '202', members: ['g-r'], seat: 'Kigali' },
    };
    for (const [command, input] of Object.entries(later)) {
      given(launched).when(command, input).refuses('illegal-transition');
      given(launched).when(command, input, imported).refuses('illegal-transition');
    }
    given(launched).when('ProposeCharterAmendment', { text: { en: 'x' } }, { actor: groupChair }).refuses('illegal-transition');
  });
});

describe('the charter', () => {
  it('NET-2 says by which majority each question is decided, and who is a full member', () => {
    given(launched).when('AdoptCharter', charter).yields(happened('CharterAdopted', charter));
    const silent = given(launched).when('AdoptCharter', { ...charter, decisionRules: { admission: 'simple' } });
    silent.refuses('network.decision-rules-missing', 'NET-2');
    expect(silent.outcome).toMatchObject({ params: { questions: 'charter, statement' } });
    given(launched).when('AdoptCharter', { ...charter, categories: ['observer'] }).refuses('network.nobody-could-vote', 'NET-2');
    given(launched).when('AdoptCharter', charter, { actor: groupChair }).refuses('not-permitted');
    given(...constituted).when('AdoptCharter', charter).refuses('illegal-transition');
  });
  it('NET-2 is recorded as a source has it where it is of the past', () =>
    given(launched).when('AdoptCharter', { ...charter, decisionRules: {}, effectiveOn: '2015-01-01' }, imported).yieldsTypes('CharterAdopted'));
  it('NET-4 names each language once in each list', () =>
    given(launched).when('AdoptCharter', { ...charter, languages: { official: ['en', 'en'], working: ['fr'] } }).refuses('network.language-twice', 'NET-4'));
});

describe('the rules of procedure', () => {
  it('NET-2 are adopted by version, each once', () => {
    const adopted = happened('RulesOfProcedureAdopted', procedure);
    given(...constituted).when('AdoptRulesOfProcedure', procedure).yields(adopted);
    given(...constituted, adopted).when('AdoptRulesOfProcedure', procedure).refuses('network.version-exists', 'NET-2');
    given(...constituted, adopted).when('AdoptRulesOfProcedure', { ...procedure, version: '2' }).yieldsTypes('RulesOfProcedureAdopted');
    given(...constituted).when('AdoptRulesOfProcedure', procedure, { actor: groupChair }).refuses('not-permitted');
  });
  it('NET-2 let periods fit each other', () => {
    const when = (over: object, occasion = {}) => given(...constituted).when('AdoptRulesOfProcedure', rules(over), occasion);
    when({ silence: { defaultHours: 24, minHours: 48, crisisHours: 6 } }).refuses('network.silence-periods', 'NET-2');
    when({ silence: { defaultHours: 72, minHours: 48, crisisHours: 60 } }).refuses('network.silence-periods', 'NET-2');
    when({ silence: { defaultHours: 6, minHours: 6, crisisHours: 6 } }).yieldsTypes('RulesOfProcedureAdopted');
    when({ quietWindows: [{ from: '2027-01-02', to: '2026-12-24' }] }).refuses('network.quiet-window-reversed', 'NET-2');
    when({ quietWindows: [{ from: '2026-12-25', to: '2026-12-25' }] }).yieldsTypes('RulesOfProcedureAdopted');
    when({ silence: { defaultHours: 24, minHours: 48, crisisHours: 6 } }, imported).yieldsTypes('RulesOfProcedureAdopted');
  });
  it.each([
    ['amendmentNoticeDays', 3650], ['objectionDays', 3650], ['reviewDays', 3650], ['graceMonths', 120], ['withdrawalNoticeMonths', 120], ['coolingOffMonths', 120],
    ['lapseMonths', 120],
  ])('bound %s, so that days computed with it are days', (name, most) => {
    const { input } = network.commands['AdoptRulesOfProcedure']!;
    const fits = (value: number) => input.safeParse(rules({ periods: { [name]: value } })).success;
    expect([0, 1, most, most + 1, 3_000_000].map(fits)).toEqual([false, true, true, false, false]);
  });
  it('bound the hours of a silence', () => {
    const { input } = network.commands['AdoptRulesOfProcedure']!;
    expect(input.safeParse(rules({ silence: { defaultHours: 9_000_000, minHours: 48, crisisHours: 6 } })).success).toBe(false);
  });
  it('leave to the defaults what they do not say', () => {
    const { state } = given(...constituted).when('AdoptRulesOfProcedure', rules({ periods: { graceMonths: 6, reviewDays: undefined }, quorumPercent: 40 }));
    expect(settingsOf(state)).toMatchObject({ periods: { graceMonths: 6, reviewDays: 90, amendmentNoticeDays: 60 }, quorumPercent: 40, recuseSameParliament: true });
    expect(settingsOf({ rules: null })).toMatchObject({ silence: { defaultHours: 72, minHours: 48, crisisHours: 6 }, quorumPercent: null, quietWindows: [] });
  });
});

describe('the languages of a network', () => {
  it('NET-4 are two separate lists, and dropping an official one leaves the working ones', () => {
    const fewer = { official: ['fr'], working: ['en', 'es'], effectiveOn: '2027-01-01' };
    given(...constituted).when('DesignateLanguages', fewer).yields(happened('OfficialLanguagesDesignated', fewer));
    given(launched).when('DesignateLanguages', designated).yieldsTypes('OfficialLanguagesDesignated');
    given(launched).when('DesignateLanguages', designated, { actor: secretariat }).refuses('not-permitted');
  });
  it('NET-4 touch nothing that was adopted before', () => {
    const unchanged = given(...constituted).when('DesignateLanguages', { ...designated, effectiveOn: charter.effectiveOn });
    const fewer = given(...constituted).when('DesignateLanguages', { ...designated, official: ['fr'] });
    expect({ ...fewer.state, languages: null }).toEqual({ ...unchanged.state, languages: null });
  });
  it('NET-4 stand once in each list, however their tags are written', () => {
    given(...constituted).when('DesignateLanguages', { ...designated, official: ['en', 'fr', 'en'] }).refuses('network.language-twice', 'NET-4');
    given(...constituted).when('DesignateLanguages', { ...designated, working: ['pt-BR', 'pt-br'] }).refuses('network.language-twice', 'NET-4');
    given(...constituted).when('DesignateLanguages', { ...designated, working: ['en', 'en'] }, imported).yieldsTypes('OfficialLanguagesDesignated');
  });
  it('NET-4 change nothing when they are said again, those of the charter included', () => {
    given(...constituted, happened('OfficialLanguagesDesignated', designated)).when('DesignateLanguages', designated).changesNothing();
    given(...constituted).when('DesignateLanguages', { ...designated, effectiveOn: charter.effectiveOn }).changesNothing();
    given(...constituted, happened('OfficialLanguagesDesignated', designated))
      .when('DesignateLanguages', { ...designated, effectiveOn: '2027-01-01' })
      .yieldsTypes('OfficialLanguagesDesignated');
  });
});

describe('the bodies of a network', () => {
  const seats = [{ ...seatOf('p'), region: 'Europe' }, seatOf('q')];
  const elected = happened('SteeringCommitteeElected', { seats, term: '2026 to 2028' });
  it('NET-5 the steering committee has one seat for each who sits on it, in the parliament of the own group', () => {
    given(...constituted).when('ElectSteeringCommittee', { seats, term: '2026 to 2028' }).yields(elected);
    given(...constituted).when('ElectSteeringCommittee', { seats: [seatOf('p'), { ...seatOf('q'), personId: 'p-p' }], term: '2026' })
      .refuses('network.seat-held-twice', 'NET-5');
    given(...constituted).when('ElectSteeringCommittee', { seats: [{ ...seatOf('p'), parliamentId: 'XB' }], term: '2026' })
      .refuses('network.other-parliament', 'NET-5');
    given(...constituted).when('ElectSteeringCommittee', { seats: [{ ...seatOf('p'), parliamentId: 'XB' }], term: '2014' }, imported)
      .yieldsTypes('SteeringCommitteeElected');
    given(...constituted).when('ElectSteeringCommittee', { seats, term: '2026' }, { actor: secretariat }).refuses('not-permitted');
  });
  it('the same election twice is one', () => {
    given(...constituted, elected).when('ElectSteeringCommittee', { seats, term: '2026 to 2028' }).changesNothing();
    given(...constituted, elected).when('ElectSteeringCommittee', { seats, term: '2028 to 2030' }).yieldsTypes('SteeringCommitteeElected');
  });
  it('NET-5 the chair passes on from whoever holds it', () => {
    const to = [seatOf('q'), seatOf('r')];
    given(...constituted).when('RotateChair', { to: [seatOf('p')], on: '2026-03-01' }).yields(rotated);
    given(...constituted, rotated).when('RotateChair', { to, on: '2026-11-23' })
      .yields(happened('NetworkChairRotated', { from: [seatOf('p')], to, on: '2026-11-23' }));
    given(...constituted, rotated).when('RotateChair', { to: [seatOf('p')], on: '2026-11-23' }).changesNothing();
    given(...constituted, happened('NetworkChairRotated', { from: [], to, on: '2026-03-01' })).when('RotateChair', { to: to.toReversed(), on: '2026-11-23' })
      .changesNothing();
    given(...constituted).when('RotateChair', { to, on: '2026-11-23' }, { actor: secretariat }).refuses('not-permitted');
  });
  it('NET-5 no parliament and no person holds two seats of the chair', () => {
    const when = (...to: object[]) => given(...constituted).when('RotateChair', { to, on: '2026-11-23' });
    when(seatOf('p'), { ...seatOf('p'), personId: 'p-other' }).refuses('network.parliament-chairs-twice', 'NET-5');
    when(seatOf('p'), { ...seatOf('q'), personId: 'p-p' }).refuses('network.seat-held-twice', 'NET-5');
  });
  it('NET-5 the parliament of a seat is that of its group, and a group that is not known has none', () => {
    const when = (seat: object, occasion = {}) => given(...constituted).when('RotateChair', { to: [{ ...seatOf('q'), ...seat }], on: '2026-11-23' }, occasion);
    when({ parliamentId: 'XA' }).refuses('network.other-parliament', 'NET-5');
    when({ groupId: 'g-none' }).refuses('network.other-parliament', 'NET-5');
    when({ groupId: 'g-none' }, { evidence: { ...known, parliaments: { 'g-none': null } } }).refuses('network.other-parliament', 'NET-5');
    when({ groupId: 'g-none' }, imported).yieldsTypes('NetworkChairRotated');
  });
  it('a region has one chapter', () => {
    const chapter = { m49: '202', members: ['g-r'], seat: 'Kigali' };
    given(...constituted).when('EstablishRegionalChapter', chapter).yields(happened('RegionalChapterEstablished', chapter));
    given(...constituted, happened('RegionalChapterEstablished', chapter)).when('EstablishRegionalChapter', { ...chapter, seat: 'Nairobi' })
      .refuses('network.chapter-exists');
    given(...constituted).when('EstablishRegionalChapter', chapter, { actor: groupChair }).refuses('not-permitted');
    expect(network.commands['EstablishRegionalChapter']!.input.safeParse({ ...chapter, m49: 'Africa' }).success).toBe(false);
  });
});

describe('the end of a network', () => {
  const end = { on: '2026-11-23', archiveCustodian: 'National archives' };
  it('is decided by the plenary and is the last thing that happens', () => {
    given(launched).when('DissolveNetwork', end).yields(happened('NetworkDissolved', end));
    given(...proposed).when('DissolveNetwork', end).yields(happened('NetworkDissolved', end));
    given(launched).when('DissolveNetwork', end, { actor: secretariat }).refuses('not-permitted');
    const over = [...proposed, happened('NetworkDissolved', end)];
    given(...over).when('DissolveNetwork', end).refuses('illegal-transition');
    given(...over).when('AdoptCharterAmendment', amended, { evidence: decided('adopted') }).refuses('illegal-transition');
    given(...over).when('DesignateSecretariat', mandate).refuses('illegal-transition');
  });
});

it('what a network is and decides is for everyone to read', () => {
  const { state } = given(...constituted).when('RotateChair', { to: [seatOf('p')], on: NOW.slice(0, 10) }, { actor: chair });
  expect(network.label(state, rotated)).toEqual({ tlp: 'CLEAR' });
  expect(network.groups(state, {})).toEqual([]);
});
