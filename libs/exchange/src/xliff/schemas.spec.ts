import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { declaration, must, SAMPLE, segment, translation } from './sample.contract.js';
import { writeXliff12, writeXliff21 } from './write.js';

/** The core and the two modules in one. */
const FOLDER = join(import.meta.dirname, '../../../../../shared/schemas/xliff-2.1');
const schemaOf = (folder: string) => `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${[
  ['urn:oasis:names:tc:xliff:document:2.0', 'xliff_core_2.0.xsd'], ['urn:oasis:names:tc:xliff:glossary:2.0', 'glossary.xsd'], ['urn:oasis:names:tc:xliff:metadata:2.0', 'metadata.xsd'],
].map(([namespace, file]) => `<xs:import namespace="${namespace}" schemaLocation="${folder}/${file}"/>`).join('')}</xs:schema>`;
/** Of Debian's package php-symfony-translation. */
const STRICT_12 = '/usr/share/php/Symfony/Component/Translation/Resources/schemas/xliff-core-1.2-strict.xsd';

const long = (lang: string) => translation(declaration('en').map((text, i) => segment(`a${i}`, text, i % 3 === 0 ? null : declaration(lang)[i]!)), { targetLang: lang });

function by(xsd: () => { readonly text: string; readonly url: string }): (xml: string) => void {
  xmlRegisterFsInputProviders();
  const { text, url } = xsd();
  const schema = XmlDocument.fromString(text, { url });
  const validator = XsdValidator.fromDoc(schema);
  return (xml) => {
    const doc = XmlDocument.fromString(xml);
    try {
      validator.validate(doc);
    } finally {
      doc.dispose();
    }
  };
}
function schema(name: string, path: string, xsd: () => { readonly text: string; readonly url: string }, body: (validate: (xml: string) => void) => void): void {
  if (!existsSync(path)) process.stderr.write(`${name}: the schema is not on this machine; validation is skipped\n`);
  (existsSync(path) ? describe : describe.skip)(`${name} by its schema`, () => {
    let validate: ((xml: string) => void) | undefined;
    beforeAll(() => (validate = by(xsd)));
    body((xml) => validate!(xml));
  });
}

schema('XLIFF 2.1', FOLDER, () => ({ text: schemaOf(FOLDER), url: join(FOLDER, 'all.xsd') }), (validate) => {
  const file = must(writeXliff21(SAMPLE));
  it.each(['fr', 'ar', 'km', 'zh'])('the export is valid: %s', (lang) => {
    validate(must(writeXliff21(long(lang))));
  });
  it('a sample with brackets, terms, every state and a character that XML cannot hold is valid', () => {
    validate(file);
    validate(must(writeXliff21(translation([segment('c1', 'a\u0001[b\u0002]', 'c\uFFFF')]))));
  });
  it.each<[string, (xml: string) => string, RegExp]>([
    ['a state that there is not', (xml) => xml.replace('state="reviewed"', 'state="approved"'), /approved/],
    ['a target before its source', (xml) => xml.replace(/(<source[^>]*>Calls[^<]*<\/source>)(<target[^>]*>[^<]*<\/target>)/, '$2$1'), /target/],
    ['an entry of the glossary without its term', (xml) => xml.replace(/<gls:term [^>]*>[^<]*<\/gls:term>/, ''), /term/],
    ['metadata without their type', (xml) => xml.replace(' type="legal-status"', ''), /type/],
  ])('refuses %s', (_, defect, message) => {
    expect(defect(file)).not.toBe(file);
    expect(() => validate(defect(file))).toThrow(message);
  });
});

schema('XLIFF 1.2 strict', STRICT_12, () => ({ text: readFileSync(STRICT_12, 'utf8').replace('http://www.w3.org/2001/xml.xsd', 'xml.xsd'), url: STRICT_12 }), (validate) => {
  const file = must(writeXliff12(SAMPLE));
  it.each(['fr', 'ar', 'km', 'zh'])('the export is valid: %s', (lang) => {
    validate(must(writeXliff12(long(lang))));
    validate(file);
  });
  it.each<[string, (xml: string) => string, RegExp]>([
    ['a state that there is not', (xml) => xml.replace('state="final"', 'state="done"'), /done|state/],
    ['a unit without a source', (xml) => xml.replace(/<source[^>]*>Calls[^<]*<\/source>/, ''), /source/],
    ['a mark without its id', (xml) => xml.replace('<g id="1" ', '<g '), /id/],
  ])('refuses %s', (_, defect, message) => {
    expect(defect(file)).not.toBe(file);
    expect(() => validate(defect(file))).toThrow(message);
  });
});
