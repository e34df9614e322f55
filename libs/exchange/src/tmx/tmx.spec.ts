import fc from 'fast-check';
import { isRefusal } from '#kernel';
import { bytes, declaration, must } from '../xliff/sample.contract.js';
import { notXml } from '../xml/write.js';
import { type ExchangedMemory, readTmx, writeTmx } from './tmx.js';

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: fc.constantFrom('[', ']', '&', '<', '&lt;', '\r', '\n', 'é', 'e\u0301', 'لا', '中', '👩‍👧', 'ក្ម', 'a', ' '), maxLength: 30 }));
const memory: fc.Arbitrary<ExchangedMemory> = fc.record({
  sourceLang: fc.constant('en'),
  units: fc.array(fc.record({
    id: fc.option(fc.uuid()),
    texts: fc.record({ en: text, fr: text, ar: text, 'zh-Hant': text }, { requiredKeys: ['en'] }),
    at: fc.option(fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((d) => d.toISOString().replace(/\.\d+/, ''))),
    origin: fc.option(text.filter((t) => t !== '')),
  }), { maxLength: 5 }),
});
const code = (xml: string) => {
  const found = readTmx(bytes(xml));
  return isRefusal(found) ? found.refused : 'read';
};

it.each(['signs', 'codes'] as const)('what is written is read again, with brackets as %s', (brackets) => {
  fc.assert(fc.property(memory, (m) => {
    const written = writeTmx(m, { brackets });
    if (m.units.some((u) => [...Object.values(u.texts), u.origin ?? ''].some((t) => notXml(t) !== null))) expect(written).toMatchObject({ refused: 'exchange.unwritable' });
    else expect(readTmx(bytes(must(written)))).toEqual(JSON.parse(JSON.stringify(m)));
  }), { numRuns: 200 });
});
it('the Universal Declaration of Human Rights in nine languages goes out and comes back', () => {
  const langs = ['en', 'fr', 'es', 'ar', 'zh', 'km', 'ru', 'rw', 'am'];
  const all = langs.map(declaration);
  const m: ExchangedMemory = { sourceLang: 'en', units: all[0]!.map((_, i) => ({ id: `a${i}`, texts: Object.fromEntries(langs.map((lang, l) => [lang, all[l]![i]!])), at: '1948-12-10T00:00:00Z', origin: 'Universal Declaration' })) };
  expect(readTmx(bytes(must(writeTmx(m))))).toEqual(m);
});
it('codes of other tools are kept with their characters; older files are read', () => {
  const xml = '<tmx version="1.1"><header srclang="EN-US"/><body><tu><tuv lang="EN-US"><seg>a <bpt i="1">&lt;b></bpt>b<ept i="1">&lt;/b></ept> <ph><sub>note</sub></ph></seg></tuv><tuv lang="FR"><seg>x</seg></tuv></tu></body></tmx>';
  expect(readTmx(bytes(xml))).toEqual({ sourceLang: 'EN-US', units: [{ id: null, texts: { 'EN-US': 'a <b>b</b> note', FR: 'x' }, at: null, origin: null }] });
});
it.each([['exchange.not-xml', 'x'], ['exchange.not-tmx', '<xliff/>'], ['exchange.wrong-version', '<tmx version="2.0"/>'], ['exchange.doctype', '<!DOCTYPE tmx [<!ENTITY x "y">]><tmx version="1.4"/>'], ['read', '<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body/></tmx>']])('%s: %s', (expected, xml) => expect(code(xml)).toBe(expected));
