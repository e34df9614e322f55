import { CHAMBER_PROFILES, chamberProfile, nameOf } from './chamber-profiles.js';
import { checkMotion, sentencesIn, wordsIn } from './motion-form.js';

const gb = chamberProfile('GB-LC01', 'harmonised-motion', '2026-11-23')!;
const ca = chamberProfile('CA-LC01', 'harmonised-motion', '2026-11-23')!;
const words = (n: number) => `That this House ${Array.from({ length: n - 3 }, (_, i) => `word${i}`).join(' ')}.`;
const broken = (text: string, over: { title?: string; lang?: string } = {}) =>
  checkMotion(gb, { lang: 'en', title: 'Early warning', text, ...over }).filter((c) => !c.ok).map(({ rule, have, need }) => [rule, have, need]);

describe('the rules of chambers', () => {
  it('are found by chamber, kind and day, the newest that is in force', () => {
    expect(nameOf(gb)).toBe('gb-commons-edm 2');
    expect(chamberProfile('GB-LC01', 'open-letter', '2026-11-23')).toBeUndefined();
    expect(chamberProfile('XA-LC01', 'harmonised-motion', '2026-11-23')).toBeUndefined();
    const versions = [{ ...gb, version: '1', validFrom: '2010', validUntil: '2019' }, { ...gb, version: '2', validFrom: '2020' }];
    expect(['2009-12-31', '2015-06-01', '2026-11-23'].map((day) => chamberProfile('GB-LC01', 'harmonised-motion', day, versions)?.version)).toEqual([undefined, '1', '2']);
    expect(chamberProfile('CA-LC01', 'harmonised-motion', '2004-12-31')).toBeUndefined();
  });
  it('each say their source and how sure it is, and stand once', () => {
    for (const { sources } of CHAMBER_PROFILES) for (const { title, note, confidence } of sources) expect([title, note, confidence].every((s) => s.length > 2)).toBe(true);
    expect(new Set(CHAMBER_PROFILES.map(nameOf)).size).toBe(CHAMBER_PROFILES.length);
    // What a rule says of ministers stands on what was found, and not on silence.
    expect(CHAMBER_PROFILES.map((p) => [p.chamber, p.executiveOffice.maySign, p.executiveOffice.removed])).toEqual([
      ['GB-LC01', false, true], ['GB-UC01', true, false], ['CA-LC01', false, false], ['CA-UC01', true, false],
    ]);
  });
});

describe('the form of a motion', () => {
  it('is told rule by rule with what is there and what is asked', () => {
    expect(broken(words(250))).toEqual([]);
    expect(broken(words(263))).toEqual([['words', 263, 250]]);
    expect(broken('The House notes the warning signs.')).toEqual([['opening', 'The House notes', 'That this House']]);
    expect(broken('That this House notes. It calls on all.')).toEqual([['sentences', 2, 1]]);
    expect(broken('That this House notes the signs', { title: ' ' })).toEqual([['title', 0, 1]]);
    expect(broken('')).toEqual([['opening', '', 'That this House'], ['sentences', 0, 1], ['words', 0, 250]]);
  });
  it('compares with the opening words whatever the spaces, and whole words only', () => {
    expect(broken('That  this\nHouse notes the signs.')).toEqual([]);
    expect(broken('That this Householder notes.').map(([rule]) => rule)).toEqual(['opening']);
  });
  it('asks of another chamber what that one asks, in the language of the text', () => {
    const check = (lang: string, text: string) => checkMotion(ca, { lang, title: 'Early warning', text }).filter((c) => !c.ok).map((c) => c.rule);
    expect(check('fr', 'Que, de l’avis de la Chambre, le gouvernement devrait agir.')).toEqual([]);
    expect(check('en', `That, in the opinion of this House, the government should act. ${words(400)}`)).toEqual([]);
    expect(check('fr', 'La Chambre constate.')).toEqual(['opening']);
    expect(checkMotion(ca, { lang: 'ar', title: 'عنوان', text: 'نص' }).map((c) => c.rule)).toEqual(['title', 'words']);
  });
  it('counts words and sentences as a clerk does', () => {
    expect([wordsIn('a 15-year plan – of £5,000'), wordsIn('  '), wordsIn('المجلس يلاحظ')]).toEqual([5, 0, 2]);
    expect(['One.', 'One. Two.', 'Mr. Smith and Dr. Jones agree.', 'The U.N. Security Council acts!', 'So it said “Stop.” Then it left', 'by 3.5 per cent; and more'].map(sentencesIn)).toEqual([1, 2, 1, 1, 2, 1]);
  });
});
