import { formatEdtf } from './edtf.js';
import { relativeTime } from './format-relative.js';
import { I18n } from './i18n.js';
import { LANGUAGE_TAGS } from './languages.js';

const problems: string[] = [];
const i18n = new I18n({ onProblem: (error, key) => problems.push(`${key}: ${error.message}`) });
const dates = (edtf: string) => LANGUAGE_TAGS.map((lang) => formatEdtf(edtf, i18n.formatters(lang)));

describe('a partial date', () => {
  it.each<[string, string[]]>([
    ['2014', ['2014', '2014', '2014', '2014', '2014', '2014']],
    ['2014-06', ['June 2014', 'juin 2014', 'junio de 2014', 'يونيو 2014', 'junho de 2014', 'Kamena 2014']],
    ['2014-06-01', ['1 June 2014', '1er juin 2014', '1 de junio de 2014', '1 يونيو 2014', '1 de junho de 2014', '1 Kamena 2014']],
    [
      '2014?',
      ['2014 (uncertain)', '2014 (incertain)', '2014 (incierto)', '2014 (غير مؤكد)', '2014 (incerto)', '2014 (ntibyemejwe)'],
    ],
    [
      '2014-06~',
      [
        'about June 2014',
        'vers juin 2014',
        'hacia junio de 2014',
        'نحو يونيو 2014',
        'por volta de junho de 2014',
        'ahagana Kamena 2014',
      ],
    ],
    [
      '[2013-12..2014-06-17]',
      [
        'date unknown, between December 2013 and 17 June 2014',
        'date inconnue, entre décembre 2013 et le 17 juin 2014',
        'fecha desconocida, entre diciembre de 2013 y el 17 de junio de 2014',
        'التاريخ غير معروف، بين ديسمبر 2013 و17 يونيو 2014',
        'data desconhecida, entre dezembro de 2013 e 17 de junho de 2014',
        'itariki ntizwi, hagati ya Ukuboza 2013 na 17 Kamena 2014',
      ],
    ],
    ['XXXX', ['date unknown', 'date inconnue', 'fecha desconocida', 'التاريخ غير معروف', 'data desconhecida', 'itariki ntizwi']],
  ])('%s', (edtf, expected) => expect(dates(edtf)).toEqual(expected));

  it.each([
    ['[2015-05-18..]', 'on or after 18 May 2015', 'le 18 mai 2015 ou après'],
    ['[2015..]', 'in or after 2015', 'en 2015 ou après'],
    ['[..2014]', 'in or before 2014', 'en 2014 ou avant'],
    ['2010/2014-06', 'from 2010 to June 2014', 'de 2010 à juin 2014'],
    ['2010-01-05/2014-06-01', 'from 5 January 2010 to 1 June 2014', 'du 5 janvier 2010 au 1er juin 2014'],
    ['2014/..', 'since 2014', 'depuis 2014'],
    ['../2014-06-17', 'until 17 June 2014', 'jusqu’au 17 juin 2014'],
    ['2014%', 'about 2014 (uncertain)', 'vers 2014 (incertain)'],
    ['[2013?..2014]', 'date unknown, between 2013 (uncertain) and 2014', 'date inconnue, entre 2013 (incertain) et 2014'],
    ['not a date', 'not a date', 'not a date'],
  ])('%s in English and French', (edtf, en, fr) => expect(dates(edtf).slice(0, 2)).toEqual([en, fr]));
});

describe('an instant', () => {
  it('is told in its zone, with the zone, by 24 hours', () => {
    const at = (lang: string, zone?: string) => i18n.formatters(lang).instant('2014-06-17T22:03:00Z', zone);
    expect(at('en')).toBe('17 June 2014 at 22:03 UTC');
    expect(at('fr', 'Africa/Kigali')).toBe('18 juin 2014 à 00:03 Africa/Kigali');
    expect(at('rw', 'Africa/Kigali')).toBe('18 Kamena 2014, 00:03 Africa/Kigali');
    expect(at('en', 'Nowhere/Else')).toBe('17 June 2014 at 22:03 UTC');
    expect(i18n.formatters('en').instant('soon')).toBe('soon');
  });
  it('is told as long ago as it is', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    const of = (lang: string, iso: string) => relativeTime(iso, now, i18n.formatters(lang));
    expect(of('en', '2026-11-23T11:59:40Z')).toBe('just now');
    expect(of('en', '2026-11-22T11:00:00Z')).toBe('yesterday');
    expect(of('fr', '2026-11-23T14:30:00Z')).toBe('dans 2 heures');
    expect(['10:00', '09:00', '01:00'].map((t) => of('ar', `2026-11-23T${t}:00Z`))).toEqual([
      'قبل ساعتين',
      'قبل 3 ساعات',
      'قبل 11 ساعة',
    ]);
    expect(of('rw', '2026-11-23T11:59:00Z')).toBe('hashize umunota 1');
    expect(of('rw', '2026-11-20T11:59:00Z')).toBe('hashize iminsi 3');
    expect(of('es', '2029-11-23T12:00:00Z')).toBe('dentro de 3 años');
    expect(of('en', 'soon')).toBe('soon');
  });
});

describe('lists and numbers', () => {
  const list = (lang: string, ...items: string[]) => i18n.formatters(lang).list(items);
  it('are joined as the language does', () => {
    expect(list('en')).toBe('');
    expect(list('en', 'a')).toBe('a');
    expect(list('en', 'a', 'b', 'c')).toBe('a, b and c');
    expect(list('rw', 'a', 'b', 'c')).toBe('a, b na c');
    expect(list('ar', 'أ', 'ب', 'ج')).toBe('أ وب وج');
    expect(list('es', 'Francia', 'Italia')).toBe('Francia e Italia');
    expect(list('es', 'agua', 'hierro')).toBe('agua y hierro');
    expect(i18n.formatters('es').list(['siete', 'ocho'], 'or')).toBe('siete u ocho');
  });
  it('are grouped as the language does', () => {
    const number = (n: number) => LANGUAGE_TAGS.map((lang) => i18n.formatters(lang).number(n));
    expect(number(1234.5)).toEqual(['1,234.5', '1\u202f234,5', '1234,5', '1,234.5', '1.234,5', '1.234,5']);
    expect(number(-1234567)[1]).toBe('-1\u202f234\u202f567');
  });
});

afterAll(() => expect(problems).toEqual([]));
