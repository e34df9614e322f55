import fc from 'fast-check';
import { isRefusal } from '#kernel';
import { bytes, must } from '../xliff/sample.contract.js';
import { notXml } from '../xml/write.js';
import { termsFromCsv, termsToCsv } from './csv.js';
import type { ExchangedConcept } from './model.js';
import { isTbx, termsFromTbx, termsToTbx } from './tbx.js';

const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', ';', '\t', '\r', '\n', '\r\n', '&', '<', 'é', 'ل', '中', '👩‍👧', 'a', ' '), maxLength: 20 }))
  .filter((t) => t.isWellFormed());
const filled = text.filter((t) => t.trim() !== '');
const lang = fc.constantFrom('en', 'fr', 'ar', 'zh-Hant', 'rw');
const concepts: fc.Arbitrary<ExchangedConcept[]> = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/), domain: fc.option(fc.stringMatching(/^[a-z]{1,8}$/)), protected: fc.boolean(),
    definition: fc.dictionary(lang, filled, { maxKeys: 3, noNullPrototype: true }),
    designations: fc.uniqueArray(fc.record({ lang, term: filled, status: fc.constantFrom('preferred', 'admitted', 'avoid'), source: text }), { minLength: 1, maxLength: 5, selector: (d) => `${d.lang} ${d.term}` }),
  }) as fc.Arbitrary<ExchangedConcept>,
  { minLength: 1, maxLength: 4, selector: (c) => c.id },
);
/** Languages of one concept stand together in XML. */
const grouped = (list: readonly ExchangedConcept[]) => list.map((c) => ({ ...c, designations: c.designations.toSorted((a, b) => a.lang.localeCompare(b.lang)) }));
const code = (result: unknown) => (isRefusal(result) ? result.refused : 'read');

const GENOCIDE: ExchangedConcept = {
  id: 'genocide', domain: 'crimes', protected: true, definition: { en: 'Acts of article II of the Convention.' },
  designations: [{ lang: 'en', term: 'genocide', status: 'preferred', source: 'UNTERM' }, { lang: 'ar', term: 'إبادة جماعية', status: 'preferred', source: 'UNTERM' }, { lang: 'en', term: 'ethnic cleansing', status: 'avoid', source: 'decision 4' }],
};

describe('terms as a table', () => {
  it('are one line for each designation, with the mark by which Excel knows UTF-8', () => {
    expect(termsToCsv([GENOCIDE])).toBe(
      '\uFEFFconcept,domain,protected,lang,term,status,source,definition\r\n' +
        'genocide,crimes,yes,en,genocide,preferred,UNTERM,Acts of article II of the Convention.\r\ngenocide,crimes,yes,ar,إبادة جماعية,preferred,UNTERM,\r\ngenocide,crimes,yes,en,ethnic cleansing,avoid,decision 4,\r\n',
    );
  });
  it('what is written is read again', () => {
    fc.assert(fc.property(concepts, (list) => expect(termsFromCsv(bytes(termsToCsv(list)))).toEqual(list)), { numRuns: 300 });
  });
  it('no cell begins as a formula', () => {
    fc.assert(fc.property(concepts, (list) => {
      // Every cell that is quoted or not, as a program for tables would split it.
      for (const [, quoted, bare] of termsToCsv(list).slice(1).matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,"\r\n]*))/g)) expect((quoted ?? bare ?? '').replaceAll('""', '"')).not.toMatch(/^[=+\-@\t\r]/);
    }), { numRuns: 200 });
    expect(termsToCsv([{ ...GENOCIDE, definition: {}, designations: [{ lang: 'en', term: '=HYPERLINK("x")', status: 'preferred', source: '+1' }] }])).toContain('en,"\'=HYPERLINK(""x"")",preferred,\'+1');
  });
  it('others write them with semicolons or tabs, other orders, and columns of their own', () => {
    for (const by of [';', '\t'])
      expect(termsFromCsv(bytes(['Lang', 'Term', 'Concept', 'Remark'].join(by) + '\n' + ['en', 'genocide', 'g', 'x'].join(by) + '\n' + ['fr', 'génocide', 'g', ''].join(by)))).toEqual([
        { id: 'g', domain: null, protected: false, definition: {}, designations: [{ lang: 'en', term: 'genocide', status: 'preferred', source: '' }, { lang: 'fr', term: 'génocide', status: 'preferred', source: '' }] },
      ]);
  });
  it.each<[string, string | Uint8Array]>([
    ['exchange.no-terms', ''], ['exchange.no-terms', 'concept,lang,term\n'], ['exchange.csv-column', 'a,b\n1,2'], ['exchange.csv-column', 'concept,lang,term,status\ng,en,x,best'], ['exchange.csv-column', 'concept,term\ng,x'],
    ['exchange.not-csv', 'concept,lang,term\n"g,en,x'], ['exchange.encoding', Uint8Array.from([0x63, 0xe9, 0x0a])], ['exchange.too-large', new Uint8Array(10 * 1024 * 1024 + 1)],
  ])('%s: %#', (expected, file) => expect(code(termsFromCsv(typeof file === 'string' ? bytes(file) : file))).toBe(expected));
});

describe('terms as TBX-Basic', () => {
  it('what is written is read again, or the character is named that XML cannot hold', () => {
    fc.assert(fc.property(concepts, (list) => {
      const written = termsToTbx(list);
      const all = list.flatMap((c) => [...Object.values(c.definition), ...c.designations.flatMap((d) => [d.term, d.source])]);
      if (all.some((t) => notXml(t) !== null)) expect(written).toMatchObject({ refused: 'exchange.unwritable' });
      else expect(grouped(must(termsFromTbx(bytes(must(written)))))).toEqual(grouped(list));
    }), { numRuns: 200 });
  });
  it('the edition of 2019 is read too', () => {
    const tbx = `<?xml version="1.0"?><tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="c1"><descrip type="subjectField">crimes</descrip>
      <langSec xml:lang="fr"><descripGrp><descrip type="definition">Acte.</descrip></descripGrp><termSec><term>génocide</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote><admin type="source">ONU</admin></termSec></langSec></conceptEntry></body></text></tbx>`;
    expect(termsFromTbx(bytes(tbx))).toEqual([{ id: 'c1', domain: 'crimes', protected: false, definition: { fr: 'Acte.' }, designations: [{ lang: 'fr', term: 'génocide', status: 'admitted', source: 'ONU' }] }]);
  });
  it.each([['exchange.not-xml', 'x'], ['exchange.not-tbx', '<tmx/>'], ['exchange.no-terms', '<martif/>'], ['exchange.no-concept', '<martif><termEntry/></martif>'], ['exchange.doctype', '<!DOCTYPE martif SYSTEM "x.dtd"><martif/>']])('%s: %s', (expected, file) =>
    expect(code(termsFromTbx(bytes(file)))).toBe(expected));
  it('is told from a table by its first sign', () => {
    expect([isTbx(bytes('\uFEFF <?xml')), isTbx(bytes('concept,lang')), isTbx(Uint8Array.from([0xff, 0xfe, 0x3c, 0]))]).toEqual([true, false, true]);
  });
});
