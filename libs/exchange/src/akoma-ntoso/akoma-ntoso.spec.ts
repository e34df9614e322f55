import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import type { ExchangedDocument } from '../document.js';
import { digestOf, DRAFT, MOU, STATEMENT } from '../sample.contract.js';
import { UnreadableXml } from '../markup.js';
import { fromAkomaNtoso, toAkomaNtoso } from './index.js';

const OPTIONS = { authority: { country: 'un', actor: 'gpn', name: 'Global Parliamentary Network' }, at: '2026-11-30T00:00:00Z' };
const SCHEMA = join(import.meta.dirname, '../../../../../shared/schemas/akoma-ntoso/akomantoso30.xsd');
const write = (doc: ExchangedDocument, lang: string) => toAkomaNtoso(doc, lang, OPTIONS);
const described = existsSync(SCHEMA) ? describe : describe.skip;
if (!existsSync(SCHEMA)) process.stderr.write('Akoma Ntoso: the schema is not beside this repository; validation is skipped\n');

described('Akoma Ntoso by its schema', () => {
  let validator: XsdValidator;
  beforeAll(() => {
    xmlRegisterFsInputProviders();
    const schema = XmlDocument.fromBuffer(readFileSync(SCHEMA), { url: SCHEMA });
    validator = XsdValidator.fromDoc(schema);
    schema.dispose();
  });
  afterAll(() => validator.dispose());
  const check = (xml: string) => {
    const doc = XmlDocument.fromString(xml);
    try {
      validator.validate(doc);
    } finally {
      doc.dispose();
    }
  };
  it.each([['a published statement', STATEMENT], ['a draft with amendments', DRAFT], ['a memorandum', MOU], ['a statement without clauses', { ...STATEMENT, clauses: [], signatories: [], history: [] }]])('%s is valid in every language', (_, doc) => {
    for (const { tag } of doc.languages) check(write(doc, tag));
  });
  it.each([
    ['a body that the document does not know', (xml: string) => xml.replaceAll('mainBody', 'body'), /body/],
    ['two things of one eId', (xml: string) => xml.replace('eId="cl_2"', 'eId="cl_1"'), /unique|Duplicate key/i],
    ['a step without an agent', (xml: string) => xml.replace(/ by="#network" refersTo="#act_adopted"/, ' refersTo="#act_adopted"'), /'by' is required/],
    ['a date of a year only', (xml: string) => xml.replace('<FRBRdate date="2014-01-01"', '<FRBRdate date="2014"'), /2014/],
  ])('refuses %s', (_, defect, message) => {
    const broken = defect(write(STATEMENT, 'en'));
    expect(broken).not.toBe(write(STATEMENT, 'en'));
    expect(() => check(broken)).toThrow(message);
  });
});

describe('Akoma Ntoso', () => {
  it('comes back with every clause of every language, by digest', () => {
    for (const doc of [STATEMENT, DRAFT, MOU])
      for (const { tag } of doc.languages) {
        const read = fromAkomaNtoso(write(doc, tag));
        expect(read.clauses.map((c) => [c.id, c.section, c.label, c.verb, c.kind, digestOf(c.text)])).toEqual(doc.clauses.map((c) => [c.id, c.section, c.label, c.verb, c.kind, digestOf(c.text[tag]!)]));
        expect([read.lang, digestOf(read.title), read.type]).toEqual([tag, digestOf(doc.title[tag]!), doc.type]);
      }
  });
  it('comes back with history, status, digests and signatories; a year stays a year', () => {
    const read = fromAkomaNtoso(write(STATEMENT, 'fr'));
    expect(read.history.map((h) => [h.act, h.by, h.outcome])).toEqual(STATEMENT.history.map((h) => [h.act, h.by, h.outcome]));
    expect(read.history[0]!.at).toBe('2014');
    expect(read.languages).toEqual(STATEMENT.languages);
    expect([read.digest, read.revision, read.name, read.work]).toEqual([STATEMENT.digest, 3, 'jointStatement', '/akn/un/statement/joint-statement/gpn/2014/s-1']);
    expect(read.signatories).toEqual([{ name: 'Ada Marlowe', at: STATEMENT.signatories[0]!.at, withdrawn: false }, { name: 'Omar Haddad', at: STATEMENT.signatories[1]!.at, withdrawn: true }]);
    expect(write(STATEMENT, 'ar')).toContain('<FRBRtranslation href="/akn/un/statement/joint-statement/gpn/2014/s-1/eng@2026-11-20" fromLanguage="en" authoritative="false" by="#network"/>');
    expect(write(STATEMENT, 'en')).toContain('<FRBRdate date="2014-01-01" name="year-only"/>');
  });
  it('marks brackets, and the words of amendments with who put them', () => {
    const xml = write(DRAFT, 'en');
    expect(xml).toContain('Remains <inline name="bracketed">seized</inline> of the matter.'.slice(8));
    expect(xml).toContain('<del refersTo="#amendment_a1">Urges</del><ins refersTo="#amendment_a1">Calls upon</ins> all parties');
    expect(xml).toMatch(/<note eId="note_amendment_1" class="amendment">.*Begs the/);
  });
  it('comes back by digest whatever the words are', () => {
    const unit = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('عربي‏ (x) ', 'é̂', '&lt;<b>&', ']]>', '[x] ', '\n', 'שָׁלוֹם', '漢字', '\t', '👩‍👩‍👧', '"\''));
    // What the record accepts: no controls beyond line feed and tab, no half of a surrogate pair; two noncharacters that XML has no place for.
    const words = fc.array(unit, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')).filter((t) => t.isWellFormed() && !/[\p{Cc}--[\n\t]]|[\uFFFE\uFFFF]/v.test(t));
    fc.assert(
      fc.property(fc.array(fc.record({ en: words, ar: words }), { minLength: 1, maxLength: 6 }), fc.constantFrom(STATEMENT, MOU), (texts, base) => {
        const sections = ['preambular', 'operative', 'operative', 'annex'] as const;
        const doc: ExchangedDocument = { ...base, languages: [{ tag: 'en', status: 'authentic', digest: null }, { tag: 'ar', status: 'authentic', digest: null }], clauses: texts.map((text, i) => ({ id: `c${i}`, label: `L${i}`, section: base.type === 'mou' ? 'article' : sections[Math.floor((i * 4) / texts.length)]!, verb: null, text })) };
        for (const tag of ['en', 'ar']) expect(fromAkomaNtoso(write(doc, tag)).clauses.map((c) => digestOf(c.text))).toEqual(doc.clauses.map((c) => digestOf(c.text[tag]!)));
      }),
      { numRuns: 200 },
    );
  });
  it('refuses what is not of the standard, and any document type', () => {
    expect(() => fromAkomaNtoso('<a/>')).toThrow('no document of Akoma Ntoso');
    expect(() => fromAkomaNtoso('no xml')).toThrow(UnreadableXml);
    expect(() => fromAkomaNtoso('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')).toThrow('document-type');
    expect(() => fromAkomaNtoso(Buffer.from('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'utf16le'))).toThrow();
  });
});
