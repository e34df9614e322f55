import { baseOf } from './numbers.js';

/** What ends a clause, whatever sign a language has for it. */
export type Ending = 'stop' | 'semicolon' | 'colon' | 'comma' | 'question' | 'exclamation' | 'none';

const SIGNS: Readonly<Record<Exclude<Ending, 'none'>, string>> = {
  stop: '.。．።।॥۔։။។៕།॥｡', semicolon: ';；؛፤', colon: ':：፦៖', comma: ',，،፣、՝', question: '?？؟፧', exclamation: '!！՜',
};
const BY_SIGN = new Map(Object.entries(SIGNS).flatMap(([ending, signs]) => [...signs].map((sign) => [sign, ending as Ending] as const)));
/** Where a language has a sign of its own: the first is written, the others pass. */
const OWN: Readonly<Record<string, Partial<Record<Ending, string>>>> = {
  ar: { semicolon: '؛', comma: '،', question: '؟' }, fa: { semicolon: '؛', comma: '،', question: '؟' }, ur: { stop: '۔', semicolon: '؛', comma: '،', question: '؟' },
  ckb: { semicolon: '؛', comma: '،', question: '؟' }, ug: { semicolon: '؛', comma: '،', question: '؟' },
  zh: { stop: '。', semicolon: '；', colon: '：', comma: '，、', question: '？', exclamation: '！' }, ja: { stop: '。', comma: '、，', question: '？', exclamation: '！' },
  am: { stop: '።', semicolon: '፤', colon: '፦', comma: '፣', question: '?፧' }, ti: { stop: '።', semicolon: '፤', colon: '፦', comma: '፣', question: '?፧' },
  km: { stop: '។៕', colon: '៖:' }, my: { stop: '။' }, hi: { stop: '।॥.' }, ne: { stop: '।॥' }, bn: { stop: '।॥' }, hy: { stop: '։', comma: ',' }, el: { semicolon: '··', question: ';;' },
};
/** Sentences there may end without any sign. */
const OPEN_END = new Set(['km', 'th', 'lo', 'my']);
const CLOSERS = /[\s\p{Pe}\p{Pf}"'”’»）」』】\]\u200E\u200F]+$/u;

/** The sign that ends a text, closing quotes and brackets left aside. `፡፡` is the older form of `።`. */
function last(text: string): string {
  const bare = text.replace(CLOSERS, '').replace(/(?<=[።፤፣?])፡$/u, '').replace(/፡፡$/u, '።');
  return Array.from(bare.slice(-2)).at(-1) ?? '';
}
export function endingOf(text: string, lang: string): Ending {
  const sign = last(text);
  if (baseOf(lang) === 'el') {
    if (sign === ';' || sign === '\u037E') return 'question';
    if (sign === '·' || sign === '\u0387') return 'semicolon';
  }
  return BY_SIGN.get(sign) ?? 'none';
}

/** The sign by which a language writes an ending; empty for none. */
export const signOf = (ending: Ending, lang: string): string =>
  ending === 'none' ? '' : Array.from(OWN[baseOf(lang)]?.[ending] ?? { stop: '.', semicolon: ';', colon: ':', comma: ',', question: '?', exclamation: '!' }[ending])[0]!;

/** French sets a space before double signs; Canadian French before the colon alone. */
const unspaced = (text: string, lang: string): string | null =>
  baseOf(lang) === 'fr' ? (new RegExp(String.raw`[\p{L}\p{N})\]](${/^fr-ca$/i.test(lang) ? ':' : '[;:!?]'})(?=\s|$)`, 'u').exec(text)?.[1] ?? null) : null;

/** How the end of a translation, or its signs, differ from what its language asks; null where they are right. */
export function endingFault(source: string, sourceLang: string, target: string, targetLang: string): { readonly found: string; readonly expected: string } | null {
  const wanted = endingOf(source, sourceLang);
  const ending = endingOf(target, targetLang);
  const sign = last(target);
  const own = OWN[baseOf(targetLang)]?.[ending];
  if (ending !== wanted && !(ending === 'none' && wanted === 'stop' && OPEN_END.has(baseOf(targetLang)))) return { found: ending === 'none' ? '' : sign, expected: signOf(wanted, targetLang) };
  if (own !== undefined && !own.includes(sign) && !(sign === '\u0387' || sign === '\u037E')) return { found: sign, expected: signOf(ending, targetLang) };
  const tight = unspaced(target, targetLang);
  return tight === null ? null : { found: tight, expected: `\u00A0${tight}` };
}
