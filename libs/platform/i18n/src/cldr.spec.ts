import { assertLocale, cldrData, MissingLocale } from './cldr.js';
import { LANGUAGE_TAGS } from './languages.js';

describe('names and patterns', () => {
  it.each([...LANGUAGE_TAGS])('are complete in %s', (lang) => {
    const data = cldrData(lang);
    for (const months of [data.months.format, data.months.standalone]) {
      expect(new Set(months.long).size).toBe(12);
      expect(new Set(months.short).size).toBe(12);
    }
    expect(Object.keys(data.countries)).toHaveLength(249 + 4);
    expect(Object.keys(data.languages).sort()).toEqual(['ar', 'cy', 'de', 'en', 'es', 'fr', 'it', 'pt', 'ru', 'rw', 'sw', 'zh']);
    for (const field of ['{day}', '{month}', '{year}']) expect(data.dates.day).toContain(field);
    expect(data.numbers.system).toBe('latn');
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });
  it('are those of the language, not of the process', () => {
    expect(LANGUAGE_TAGS.map((lang) => cldrData(lang).months.format.long[0])).toEqual([
      'January',
      'janvier',
      'enero',
      'يناير',
      'janeiro',
      'Mutarama',
    ]);
    expect(LANGUAGE_TAGS.map((lang) => cldrData(lang).languages['rw'])).toEqual([
      'Kinyarwanda',
      'kinyarwanda',
      'kinyarwanda',
      'الكينيارواندا',
      'quiniaruanda',
      'Ikinyarwanda',
    ]);
    expect(LANGUAGE_TAGS.map((lang) => cldrData(lang).lists.and.two)).toEqual([' and ', ' et ', ' y ', ' و', ' e ', ' na ']);
    expect(LANGUAGE_TAGS.map((lang) => cldrData(lang).countries['DE'])).toEqual([
      'Germany',
      'Allemagne',
      'Alemania',
      'ألمانيا',
      'Alemanha',
      'Ubudage',
    ]);
  });
  it('have the countries of exercises instead of CLDR’s pseudo-locales', () => {
    expect(LANGUAGE_TAGS.map((lang) => cldrData(lang).countries['XB'])).toEqual([
      'Exercise country B',
      'Pays d’exercice B',
      'País de ejercicio B',
      'بلد التمرين ب',
      'País de exercício B',
      'Igihugu cy’umwitozo B',
    ]);
  });
  it('have the English name of a country where Kinyarwanda has none of ours', () => {
    expect(cldrData('rw').countries['RW']).toBe('u Rwanda');
    expect(cldrData('rw').countries['NR']).toBe('Nauru');
  });
  it('give way to what the secretariat has decided', () => {
    const overrides = { countries: { fr: { MM: 'Birmanie' } }, languages: { fr: { rw: 'ikinyarwanda' } } };
    expect(cldrData('fr', overrides).countries['MM']).toBe('Birmanie');
    expect(cldrData('fr', overrides).languages['rw']).toBe('ikinyarwanda');
    expect(cldrData('en', overrides).countries['MM']).not.toBe('Birmanie');
  });
  it('are refused where Intl would answer in another language', () => {
    expect(() => assertLocale(new Intl.ListFormat('rw'), 'rw')).toThrow(MissingLocale);
    expect(() => assertLocale(new Intl.ListFormat('qqq'), 'qqq')).toThrow('has no qqq');
    expect(() => cldrData('de')).toThrow(MissingLocale);
    expect(assertLocale(new Intl.NumberFormat('fr-CA'), 'fr')).toBeDefined();
  });
});
