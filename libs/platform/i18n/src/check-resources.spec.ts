import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkMessage, checkNamespace, checkResources } from './check-resources.js';
import { pluralCategories } from './format-icu.js';
import { LANGUAGE_TAGS } from './languages.js';
import { COMMON } from './resources.js';

describe('the words of the platform', () => {
  it('are complete and right in every language', () => expect(checkResources([COMMON])).toEqual([]));
});

describe('the check of words', () => {
  const there = (lang: string, one: object, rest: object = { a: 'x' }) =>
    checkNamespace('test', (tag) => (tag === lang ? one : rest) as never);
  it('finds a key that is missing, and one that is too many', () => {
    expect(there('fr', { b: 'y' })).toEqual([
      { namespace: 'test', lang: 'fr', key: 'a', problem: 'missing' },
      { namespace: 'test', lang: 'fr', key: 'b', problem: 'not in English' },
    ]);
    expect(there('ar', { a: ' ' })).toEqual([{ namespace: 'test', lang: 'ar', key: 'a', problem: 'empty' }]);
  });
  it('finds a message that does not parse', () => {
    expect(checkMessage('{n', 'fr', '{n}')).toEqual([expect.stringContaining('does not parse')]);
    expect(checkMessage('{n, select, a {x}}', 'en')).toEqual([expect.stringContaining('does not parse')]);
  });
  it('finds a value that is left out, or that nobody gives', () => {
    expect(checkMessage('de {b}', 'fr', 'from {a}')).toEqual(['does not print {a}', 'names {b}, which English does not']);
    expect(checkMessage('{a, select, none {x} other {y}}', 'fr', 'from {a}')).toEqual(['does not print {a}']);
    // An ASCII apostrophe before a brace quotes it.
    expect(checkMessage("l'{a}", 'fr', 'the {a}')).toEqual(['does not print {a}']);
  });
  it('lets a language choose its words by the kind of a date, the length of a list, the stored value', () => {
    expect(checkMessage('{onKind, select, day {le {on}} other {en {on}}}', 'fr', 'on {on}')).toEqual([]);
    expect(checkMessage('{withCount, plural, one {u} many {m} other {o}} {with}', 'fr', 'with {with}')).toEqual([]);
    expect(checkMessage('{atKind, select, day {le {on}} other {en {on}}}', 'fr', 'on {on}')).toEqual([
      'names {atKind}, which English does not',
    ]);
  });
  it('finds a plural category that the language has and the message has not', () => {
    const english = '{n, plural, one {# day} other {# days}}';
    expect(checkMessage(english, 'en')).toEqual([]);
    expect(checkMessage(english, 'rw', english)).toEqual([]);
    expect(checkMessage(english, 'fr', english)).toEqual(['{n} has no plural “many”']);
    expect(checkMessage(english, 'ar', english)).toHaveLength(4);
    expect(checkMessage('{n, selectordinal, one {#st} two {#nd} other {#th}}', 'en')).toEqual(['{n} has no plural “few”']);
  });
  it('finds what formats a date itself, a number that would be lost, and a name that i18next takes', () => {
    expect(checkMessage('{on, date, long}', 'en')).toEqual(['{on} is formatted here; dates come formatted']);
    expect(checkMessage('{n, plural, one {{s, select, other {#}}} other {#}}', 'en')).toEqual([
      expect.stringContaining('is no number'),
    ]);
    expect(checkMessage('{s, select, other {{n, plural, one {#} other {#}}}}', 'en')).toEqual([]);
    expect(checkMessage('{lng}', 'en')).toEqual(['{lng} is an option of i18next']);
  });
  it('finds a file that is not there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'comity-words-'));
    for (const lang of LANGUAGE_TAGS.slice(1)) writeFileSync(join(folder, `${lang}.json`), '{}');
    expect(checkResources([{ namespace: 'test', folder }])).toEqual([
      { namespace: 'test', lang: '*', key: '*', problem: expect.stringContaining('en.json') },
    ]);
    rmSync(folder, { recursive: true });
  });
  it('knows the plurals of all six languages', () => {
    expect(Object.fromEntries(LANGUAGE_TAGS.map((lang) => [lang, [...pluralCategories(lang)].sort().join()]))).toEqual({
      en: 'one,other',
      fr: 'many,one,other',
      es: 'many,one,other',
      pt: 'many,one,other',
      rw: 'one,other',
      ar: 'few,many,one,other,two,zero',
    });
  });
});
