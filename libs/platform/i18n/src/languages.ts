import { match } from '@formatjs/intl-localematcher';
import { type Direction, directionOf } from './format-direction.js';

export interface Language {
  readonly tag: string;
  /** In itself, as it stands in the menu of languages. */
  readonly name: string;
  readonly direction: Direction;
}

const NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
  pt: 'Português',
  rw: 'Ikinyarwanda',
};
/** The languages of the interface. Content may be in any. */
export const LANGUAGES: readonly Language[] = Object.entries(NAMES).map(([tag, name]) => ({
  tag,
  name,
  direction: directionOf(tag),
}));
export const LANGUAGE_TAGS: readonly string[] = LANGUAGES.map(({ tag }) => tag);
export const FALLBACK = 'en';
export const LANGUAGE_COOKIE = 'comity-lang';

/** All that a request says about the language of the answer. */
export interface Asked {
  /** Of the account. */
  readonly setting?: string | undefined;
  /** `?lang=`. */
  readonly query?: unknown;
  /** The whole `Cookie` header. */
  readonly cookie?: string | undefined;
  /** The whole `Accept-Language` header. */
  readonly acceptLanguage?: string | undefined;
}

/** Setting of the account, then `?lang`, the cookie, Accept-Language, English: the first that asks for one that we have. */
export function negotiate({ setting, query, cookie, acceptLanguage }: Asked): string {
  const wishes = [
    setting === undefined ? [] : [setting],
    typeof query === 'string' ? [query] : [],
    cookieLanguage(cookie),
    accepted(acceptLanguage),
  ];
  for (const wish of wishes) {
    const found = best(wish);
    if (found !== undefined) return found;
  }
  return FALLBACK;
}

const NONE = 'und';
function best(tags: readonly string[]): string | undefined {
  const valid = tags.flatMap(canonical);
  if (valid.length === 0) return undefined;
  // With CLDR's distances every language is near to some other; only the same language is what was asked for.
  const found = match(valid, LANGUAGE_TAGS, NONE, { algorithm: 'best fit' });
  return valid.some((tag) => tag.split('-')[0] === found) ? found : undefined;
}

function canonical(tag: string): string[] {
  try {
    return tag.length > 35 ? [] : Intl.getCanonicalLocales(tag.trim());
  } catch {
    return [];
  }
}

function cookieLanguage(header = ''): string[] {
  const pair = header.split(';').find((part) => part.trim().startsWith(`${LANGUAGE_COOKIE}=`));
  return pair === undefined ? [] : [pair.slice(pair.indexOf('=') + 1).trim()];
}

/** By their weights, those of weight 0 left out (RFC 9110, 12.5.4). At most 20 are looked at. */
function accepted(header = ''): string[] {
  return header
    .split(',', 20)
    .map((part) => {
      const [tag = '', ...params] = part.split(';').map((text) => text.trim());
      const weight = params.find((param) => param.startsWith('q='));
      return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ tag, weight }) => tag !== '' && tag !== '*' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
