/** A number as it stands in a text, in one form for all digits and separators. */
export interface Figure {
  /** `1234`, `3.5`, `4.2.1` */
  readonly value: string;
  readonly role: 'number' | 'date' | 'article';
}

const ND = /\p{Nd}/u;
/** Runs of ten digits begin where the last hexadecimal digit is 0 or 6 (Unicode, general category Nd). */
function digit(character: string): string {
  const code = character.codePointAt(0)!;
  const low = code % 16;
  return String(ND.test(String.fromCodePoint(code - low)) ? low : low - 6);
}
/** Arabic-Indic, Devanagari, Khmer and all other decimal digits as 0 to 9; Arabic separators as `.` and `,`. Lengths may change. */
export const latinDigits = (text: string): string =>
  text.replaceAll(/\p{Nd}/gu, (d) => (d <= '9' ? d : digit(d))).replaceAll(/(?<=\d)\u066B(?=\d)/g, '.').replaceAll(/(?<=\d)\u066C(?=\d)/g, ',');

/** Languages that write 1.234,5 or 1 234,5 (CLDR 48); all others 1,234.5. In Arabic with its own digits the separators are signs of their own. */
const COMMA = new Set('af az be bg bs ca cs da de el es et eu fi fo fr gl hr hu hy id is it ka kk km ky lt lv mk mn nb nl nn no pl pt ro ru rw sk sl sq sr sv tg tk tr uk uz vi'.split(' '));
export const baseOf = (lang: string): string => lang.split('-', 1)[0]!.toLowerCase();

const HAN = '〇零一二三四五六七八九十百千两';
const HAN_DIGIT = new Map([...'〇一二三四五六七八九'].map((c, i) => [c, i] as const).concat([['零', 0], ['两', 2]]));
/** 第十二 is 12, 二〇〇六 is 2006. */
function hanNumber(text: string): number {
  if (!/[十百千]/.test(text)) return Number([...text].map((c) => HAN_DIGIT.get(c)).join(''));
  let total = 0;
  let open = 0;
  for (const c of text) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[c];
    if (unit === undefined) open = HAN_DIGIT.get(c) ?? 0;
    else {
      total += (open || 1) * unit;
      open = 0;
    }
  }
  return total + open;
}
/** Only where they count for certain: articles, resolutions, years, months and days; elsewhere 一 is a word. */
const hanAsDigits = (text: string): string =>
  text.replaceAll(new RegExp(`(?<=第)[${HAN}]+|[${HAN}]+(?=[年月日号])`, 'g'), (n) => String(hanNumber(n)));

/** What articles are called, at the end of what stands before their number. */
const ARTICLE = /(?:(?<![\p{L}\p{M}])(?:articles?|art[íi]culos?|artigos?|arts?|стать\p{L}+|ст|ingingo(?:\s+ya)?|artikel|articol\p{L}*)|(?:ال|لل)?ماد(?:ة|تين|تان)|(?:ال|لل)?مواد|មាត្រា|አንቀጽ|अनुच्छेद|άρθρ\p{L}+|հոդված\p{L}*|第)[\s.°º]*$/iu;
const ORDINALS: Readonly<Record<string, readonly string[]>> = {
  fr: ['premier'], ar: ['الأولى', 'الثانية', 'الثالثة', 'الرابعة', 'الخامسة', 'السادسة', 'السابعة', 'الثامنة', 'التاسعة', 'العاشرة'],
};

/** 12.05.2006, 12/05/2006, 2006-05-12, 2006年5月12日; months are named in one language and counted in another, so that they are left out. */
const DATES = /(?<!\d)(?:(\d{1,2})([./-])\d{1,2}\2(\d{4})|(\d{4})-\d{1,2}-(\d{1,2})|(\d{4})年(?:\d{1,2}月)?(?:(\d{1,2})日)?|\d{1,2}月(\d{1,2})日)(?!\d)/g;
/** 12 May 2006; 12 de mayo de 2006; 1er janvier 2006; ១២ ខែឧសភា ឆ្នាំ២០០៦ */
const NAMED = /(?<!\d)(\d{1,2})(?:\p{L}{1,2}|[.ºª°])?\s+(?:[\p{L}\p{M}’']+[.,]?\s+){1,3}?\p{L}*?(?=[12]\d{3}(?!\d))|\p{L}{3,}\.?\s+(\d{1,2}),\s+(?=[12]\d{3}(?!\d))/gu;

/** In one form: the separators of the language taken for what they are, where three digits follow; a point or comma elsewhere is a decimal sign. */
function canonical(number: string, lang: string): string {
  const group = COMMA.has(baseOf(lang)) ? '.' : ',';
  const tight = number.replaceAll(/[\s\u00A0\u202F\u2009'’]/g, '');
  const [whole = '', ...parts] = tight.split(/[.,]/);
  if (parts.length === 0) return whole.replace(/^0+(?=\d)/, '');
  const signs = [...tight].filter((c) => c === '.' || c === ',');
  const grouping = (sign: string) => sign === group || signs.filter((s) => s === sign).length > 1;
  if (parts.length > 1 && signs.every((s) => s === '.') && parts.some((p) => p.length !== 3)) return tight;
  let value = whole;
  for (const [i, part] of parts.entries()) value += part.length === 3 && grouping(signs[i]!) && whole.length <= 3 ? part : `.${part}`;
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

/** Figures of a text in their order. References and addresses are to be taken out before. */
export function figuresIn(text: string, lang: string): Figure[] {
  const base = baseOf(lang);
  let rest = latinDigits(base === 'zh' || base === 'ja' ? hanAsDigits(text) : text);
  const found: (Figure & { at: number })[] = [];
  const add = (value: string | undefined, role: Figure['role'], at: number) => value !== undefined && found.push({ value: String(Number(value)), role, at });
  const blank = (whole: string) => ' '.repeat(whole.length);
  rest = rest.replaceAll(DATES, (whole, day, _sign, year, isoYear, isoDay, hanYear, hanDay, day2, at: number) => {
    for (const part of [day, year, isoYear, isoDay, hanYear, hanDay, day2]) add(part as string | undefined, 'date', at);
    return blank(whole);
  });
  rest = rest.replaceAll(NAMED, (whole, day, day2, at: number) => {
    add((day ?? day2) as string, 'date', at);
    return blank(whole);
  });
  for (const [i, word] of (ORDINALS[base] ?? []).entries())
    for (const { index } of rest.matchAll(new RegExp(`(?<![\\p{L}\\p{M}])${word}(?![\\p{L}\\p{M}])`, 'giu'))) if (ARTICLE.test(rest.slice(Math.max(0, index - 24), index))) add(String(i + 1), 'article', index);
  const spaced = COMMA.has(base) ? '[ \\u00A0\\u202F\\u2009]' : '[\\u00A0\\u202F\\u2009]';
  for (const { 0: number, index } of rest.matchAll(new RegExp(`\\d{1,3}(?:${spaced}\\d{3})+(?!\\d)(?:[.,]\\d+)?|\\d+(?:[.,’']\\d+)*`, 'g'))) {
    const value = canonical(number, lang);
    const role = ARTICLE.test(rest.slice(Math.max(0, index - 24), index)) ? 'article' : /^[12]\d{3}$/.test(number) ? 'date' : 'number';
    found.push({ value, role, at: index });
  }
  return found.toSorted((a, b) => a.at - b.at).map(({ value, role }) => ({ value, role }));
}
