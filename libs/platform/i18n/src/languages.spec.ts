import { directionOf, directionOfText, isolate } from './format-direction.js';
import { inLanguage, languageIn } from './format.js';
import { LANGUAGES, negotiate } from './languages.js';

describe('the language of an answer', () => {
  it.each<[string, Parameters<typeof negotiate>[0]]>([
    ['en', {}],
    ['rw', { setting: 'rw', query: 'fr', cookie: 'comity-lang=es', acceptLanguage: 'ar' }],
    ['fr', { query: 'fr', cookie: 'comity-lang=es', acceptLanguage: 'ar' }],
    ['es', { cookie: 'a=1; comity-lang=es; b=2', acceptLanguage: 'ar' }],
    ['ar', { acceptLanguage: 'ar-EG,en;q=0.5' }],
    ['pt', { acceptLanguage: 'en;q=0.1, pt-MZ;q=0.9, fr;q=0' }],
    ['fr', { acceptLanguage: 'de, fr-CA;q=0.8, en;q=0.7' }],
    ['en', { acceptLanguage: 'de, ja;q=0.8, *;q=0.1' }],
    ['es', { query: ['fr', 'es'], acceptLanguage: 'es-419' }],
    ['fr', { setting: 'tlh', query: 'not a tag!', acceptLanguage: 'fr' }],
    ['en', { cookie: 'comity-lang=', query: '', acceptLanguage: ';;q=x,,' }],
    ['rw', { acceptLanguage: 'rw-RW, en;q=0.9' }],
  ])('is %s for %j', (expected, asked) => expect(negotiate(asked)).toBe(expected));
});

describe('a direction', () => {
  it.each(['ar', 'he', 'fa', 'dv', 'ku-Arab', 'syr', 'ff-Adlm', 'nqo', 'rhg-Rohg', 'ur', 'ug'])(
    'is right to left for %s',
    (tag) => expect(directionOf(tag)).toBe('rtl'),
  );
  it.each(['en', 'rw', 'ku', 'ff', 'zh', 'ar-Latn', '!'])('is left to right for %s', (tag) =>
    expect(directionOf(tag)).toBe('ltr'),
  );
  it('is that of the languages of the interface', () =>
    expect(LANGUAGES.map(({ tag, direction }) => `${tag} ${direction}`)).toEqual([
      'en ltr',
      'fr ltr',
      'es ltr',
      'ar rtl',
      'pt ltr',
      'rw ltr',
    ]));
  it('of a text is that of its first letter, and what runs the other way is kept together', () => {
    expect(directionOfText('«2014» مذكرة')).toBe('rtl');
    expect(directionOfText('2014')).toBeNull();
    expect(isolate('MoU 2014', 'rtl')).toBe('\u2068MoU 2014\u2069');
    expect(isolate('2014-06', 'rtl')).toBe('\u20682014-06\u2069');
    expect(isolate('MoU 2014', 'ltr')).toBe('MoU 2014');
    expect(isolate('مذكرة', 'ltr')).toBe('\u2068مذكرة\u2069');
  });
});

describe('a text in several languages', () => {
  it('is read in the own language, another form of it, English, whichever there is', () => {
    expect(inLanguage({ en: 'a', 'fr-CA': 'b', fr: 'c' }, 'fr')).toBe('c');
    expect(inLanguage({ en: 'a', 'fr-CA': 'b' }, 'fr')).toBe('b');
    expect(inLanguage({ de: 'd', en: 'a' }, 'fr')).toBe('a');
    expect(inLanguage({ sw: 's', de: 'd' }, 'fr')).toBe('d');
    expect(languageIn({ sw: 's', de: 'd' }, 'fr')).toBe('de');
    expect(inLanguage({}, 'fr')).toBeUndefined();
    expect(inLanguage(undefined, 'fr')).toBeUndefined();
  });
});
