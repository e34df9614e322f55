import fc from 'fast-check';
import JSZip from 'jszip';
import type { XmlElement } from 'libxml2-wasm';
import { isRefusal } from '#kernel';
import { applyOperations, derive } from '#text';
import { clausesFromDocx } from '../clauses/docx.js';
import type { ExchangedAmendment, ExchangedDocument } from '../document.js';
import { attributeOf, childOf, elementsOf, withXml } from '../markup.js';
import { digestOf, DRAFT, MOU, STATEMENT, WORDS } from '../sample.contract.js';
import { authorOf, toDocx } from './write.js';

const VERBS = [{ key: 'recalling', section: 'preambular' as const, words: { en: 'Recalling' } }, { key: 'urges', section: 'operative' as const, words: { en: 'Urges' } }];
const write = (doc: ExchangedDocument, langs: readonly string[], more: object = {}) => toDocx(doc, { langs, words: () => WORDS, ...more });
const xmlOf = async (bytes: Uint8Array, name = 'word/document.xml') => (await JSZip.loadAsync(bytes)).file(name)!.async('string');
const val = (e: XmlElement | undefined) => e && attributeOf(e, 'val');

/** What Word leaves when the changes of one author are accepted and all others refused; by the standard's words, not by our reader. */
async function settledBy(bytes: Uint8Array, author: string | null): Promise<string[]> {
  return withXml(await xmlOf(bytes), (root) => {
    const stays = (e: XmlElement) => (e.name === 'ins' ? attributeOf(e, 'author') === author : attributeOf(e, 'author') !== author);
    const words = (parent: XmlElement): string => elementsOf(parent).map((e) => {
      if (e.name === 'ins' || e.name === 'del') return stays(e) ? words(e) : '';
      if (e.name === 'r') return val(childOf(childOf(e, 'rPr'), 'rStyle')) === 'BracketMark' ? '' : elementsOf(e).map((x) => (x.name === 't' || x.name === 'delText' ? x.content : x.name === 'br' ? '\n' : x.name === 'tab' ? '\t' : '')).join('');
      return '';
    }).join('');
    const lines: string[] = [];
    let carried = '';
    for (const p of elementsOf(childOf(root, 'body')!).filter((e) => e.name === 'p')) {
      const properties = childOf(p, 'pPr');
      const style = val(childOf(properties, 'pStyle')) ?? '';
      const marks = childOf(properties, 'rPr');
      const end = marks && elementsOf(marks).find((e) => e.name === 'ins' || e.name === 'del');
      carried += words(p);
      if (end !== undefined && !stays(end)) continue;
      if (style.endsWith('Clause')) lines.push(`${style.slice(0, 2)} ${carried}`);
      carried = '';
      if (style === 'PartHeading') break;
    }
    return lines;
  });
}
const expected = (doc: ExchangedDocument, a: ExchangedAmendment | null, lang = 'en'): string[] => {
  const clauses = a === null ? doc.clauses : (applyOperations(doc.clauses as never, a.operations, (o) => ({ id: o.clauseId, section: o.section, text: o.text })) as unknown as ExchangedDocument['clauses']);
  return ['preambular', 'operative', 'annex'].flatMap((s) => clauses.filter((c) => c.section === s)).map((c) => `${c.section.slice(0, 1).toUpperCase()}${c.section.slice(1, 2)} ${c.text[lang]}`);
};

describe('toDocx', () => {
  it('comes back clause by clause, by digest, in every language and direction', async () => {
    for (const doc of [STATEMENT, DRAFT])
      for (const { tag } of doc.languages) {
        const read = await clausesFromDocx(await write(doc, [tag]), VERBS);
        if (isRefusal(read)) throw new Error(read.refused);
        expect(read.clauses.map((c) => [c.section, c.label, digestOf(c.text)])).toEqual(doc.clauses.map((c) => [c.section, c.label, digestOf(c.text[tag]!)]));
        expect(read.title).toBe(doc.title[tag]);
        expect(read.warnings).toEqual([]);
      }
    const mou = await clausesFromDocx(await write(MOU, ['fr']), VERBS);
    if (isRefusal(mou)) throw new Error(mou.refused);
    expect([mou.title, ...mou.clauses.map((c) => c.text)]).toEqual(MOU.clauses.map((c) => c.text['fr']));
    expect(mou.clauses.map((c) => c.label)).toEqual([null, null, '1', '2', null]);
  });
  it('several languages stand one after the other, or side by side; what comes back is the first', async () => {
    for (const layout of ['sequence', 'columns'] as const) {
      const read = await clausesFromDocx(await write(STATEMENT, ['ar', 'en', 'fr'], { layout }), VERBS);
      if (isRefusal(read)) throw new Error(read.refused);
      expect(read.clauses.map((c) => digestOf(c.text))).toEqual(STATEMENT.clauses.map((c) => digestOf(c.text['ar']!)));
      expect(read.warnings.map((w) => w.code)).toEqual([layout === 'columns' ? 'table' : 'several-languages']);
    }
  });
  it('every language has lists of its own, so that its labels begin anew', async () => {
    const bytes = await write(STATEMENT, ['en', 'fr', 'ar'], { layout: 'columns' });
    const used = new Set([...(await xmlOf(bytes)).matchAll(/<w:numId w:val="(\d+)"/g)].map((m) => m[1]));
    const definitions = [...(await xmlOf(bytes, 'word/numbering.xml')).matchAll(/<w:num w:numId="(\d+)"[^>]*><w:abstractNumId w:val="(\d+)"/g)].filter(([, id]) => used.has(id)).map(([, , definition]) => definition);
    expect([used.size, new Set(definitions).size]).toEqual([9, 9]);
  });
  it('says direction, language and fonts of right-to-left words; Latin words among them keep theirs', async () => {
    const xml = await xmlOf(await write(STATEMENT, ['ar']));
    expect(xml).toContain('<w:bidi/>');
    expect(xml).toMatch(/<w:rtl\/>.*?<w:lang w:bidi="ar"\/>/);
    expect(xml).toMatch(/<w:r><w:rPr>(?:(?!w:rtl)[\s\S])*?<\/w:rPr><w:t[^>]*>IHL<\/w:t>/);
    expect(await xmlOf(await write(STATEMENT, ['fr']))).toContain('<w:lang w:val="fr"/>');
    expect(await xmlOf(await write(STATEMENT, ['fr']))).not.toContain('<w:bidi/>');
  });
  it('says title, attribution, signatories and notices beside the text', async () => {
    const xml = await xmlOf(await write(STATEMENT, ['en']));
    for (const words of ['The groups A and B', 'Dr Ada Marlowe, Blue', 'withdrawn', 'Rectified by procès-verbal', 'reads “seized”']) expect(xml).toContain(words);
  });
  it('to accept the changes of one amendment gives its text, to refuse all the text as it stands', async () => {
    const bytes = await write(DRAFT, ['en'], { amendments: 'all' });
    expect((await settledBy(bytes, null)).map(digestOf)).toEqual(expected(DRAFT, null).map(digestOf));
    for (const a of DRAFT.amendments.slice(0, 2)) expect((await settledBy(bytes, authorOf(a))).map(digestOf)).toEqual(expected(DRAFT, a).map(digestOf));
    const xml = await xmlOf(bytes);
    expect(xml).toContain('w:author="Group A, Ada Marlowe (1)" w:date="2026-11-10T10:00:00Z"');
    const ids = [...xml.matchAll(/<w:(?:ins|del) [^>]*w:id="(\d+)"/g)].map((m) => m[1]);
    expect(new Set(ids).size).toBe(ids.length);
    // The third is in the way of the first: it stands on its own behind the text.
    expect(xml).toContain('Amendment 3 (Group C)');
    expect(await xmlOf(bytes, 'word/settings.xml')).toContain('w:trackRevisions');
    expect(await xmlOf(await write(DRAFT, ['en']))).not.toMatch(/<w:(ins|del) /);
  });
  it('holds for any amendment, whatever the words', async () => {
    const unit = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.constantFrom('عربي ', 'é', '<b>&', '\n', '\t', '漢字', ' word ', '[x]'));
    const words = fc.array(unit, { minLength: 1, maxLength: 6 }).map((p) => p.join('')).filter((t) => t.isWellFormed() && !/[\p{Cc}--[\n\t]]|[\uFFFE\uFFFF]/v.test(t));
    await fc.assert(
      fc.asyncProperty(words, words, fc.constantFrom('en', 'ar'), fc.boolean(), async (before, after, lang, gone) => {
        const doc: ExchangedDocument = { ...DRAFT, brackets: [], languages: [{ tag: lang, status: 'authentic', digest: null }], clauses: DRAFT.clauses.map((c) => ({ ...c, text: { [lang]: c.id === 'c2' ? before : `clause ${c.id}` } })) };
        const amendment: ExchangedAmendment = { ...DRAFT.amendments[0]!, lang, operations: [...derive('c2', lang, before, after), ...(gone ? [{ op: 'delete-clause' as const, clauseId: 'c3' }] : [])] };
        const bytes = await write({ ...doc, amendments: [amendment] }, [lang], { amendments: [amendment.id] });
        expect(await settledBy(bytes, null)).toEqual(expected(doc, null, lang));
        expect(await settledBy(bytes, authorOf(amendment))).toEqual(expected(doc, amendment, lang));
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});
