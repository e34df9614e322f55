import { type Paragraph, DeletedTextRun, InsertedTextRun, type IParagraphOptions, type IRunOptions, Tab, TextRun } from 'docx';
import { writable } from '../markup.js';

/** Language, direction and fonts of words, and the marks of what is put in or taken out. */

const RTL = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi']);
const RTL_SCRIPTS = /-(Arab|Hebr|Thaa|Syrc|Nkoo|Adlm)\b/i;
export const isRtl = (lang: string): boolean => RTL_SCRIPTS.test(lang) || (RTL.has(lang.split('-')[0]!.toLowerCase()) && !/-Latn\b/i.test(lang));
const EAST_ASIAN = new Set(['zh', 'ja', 'ko']);
/** Fonts that every Word and LibreOffice has or replaces by one of the same measures. */
const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: 'SimSun' };

const propertiesOf = (lang: string, rtl: boolean): IRunOptions => ({
  font: FONT, ...(rtl ? { rightToLeft: true, language: { bidirectional: lang } } : EAST_ASIAN.has(lang.split('-')[0]!) ? { language: { value: 'en', eastAsia: lang } } : { language: { value: lang } }),
});

/** Who changed the text, and when: as Word shows it beside the words. */
export interface Mark {
  readonly kind: 'added' | 'removed';
  readonly id: () => number;
  readonly author: string;
  /** ISO 8601, to the second. */
  readonly date: string;
}
export const changeOf = ({ id, author, date }: Mark): { id: number; author: string; date: string } => ({ id: id(), author, date });

/** Latin words within a text that runs from right to left keep their own direction. */
const LATIN = /\p{Script=Latin}(?:[\p{Script=Latin}\p{M}\p{N}'’.-]|[ \u00A0](?=\p{Script=Latin}))*/gu;
function parts(text: string, lang: string): { text: string; rtl: boolean }[] {
  if (!isRtl(lang)) return [{ text, rtl: false }];
  const found: { text: string; rtl: boolean }[] = [];
  let at = 0;
  for (const match of text.matchAll(LATIN)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index), rtl: true });
    found.push({ text: match[0], rtl: false });
    at = match.index + match[0].length;
  }
  return at < text.length || found.length === 0 ? [...found, { text: text.slice(at), rtl: true }] : found;
}

/** Words as runs: a line feed is a line break, a tab a tab. */
export function runs(text: string, lang: string, mark: Mark | null = null, look: IRunOptions = {}): (TextRun | InsertedTextRun | DeletedTextRun)[] {
  return writable(text).split('\n').flatMap((line, i) =>
    parts(line, lang).map((part, j) => {
      const children = part.text.split('\t').flatMap((word, k) => (k === 0 ? [word] : [new Tab(), word])).filter((word) => word !== '');
      // Latin words among others are tagged as English: of all languages that they may be in it is the likeliest, and no speller takes them for Arabic.
      const options: IRunOptions = { ...look, ...propertiesOf(isRtl(lang) && !part.rtl ? 'en' : lang, part.rtl), children, ...(i > 0 && j === 0 ? { break: 1 } : {}) };
      return mark === null ? new TextRun(options) : mark.kind === 'added' ? new InsertedTextRun({ ...options, ...changeOf(mark) }) : new DeletedTextRun({ ...options, ...changeOf(mark) });
    }),
  );
}
/** What a paragraph in this language needs. */
export const direction = (lang: string): Pick<IParagraphOptions, 'bidirectional'> => (isRtl(lang) ? { bidirectional: true } : {});
export type { Paragraph };
