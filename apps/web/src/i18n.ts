import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type CldrData, directionOf, type Formatters, icuFormat, makeFormatters, type Say, type Shape } from '#platform/i18n/browser';
import { get } from './api.js';

export const LANGUAGES: readonly { tag: string; name: string }[] = [
  { tag: 'en', name: 'English' },
  { tag: 'fr', name: 'Français' },
  { tag: 'es', name: 'Español' },
  { tag: 'ar', name: 'العربية' },
  { tag: 'pt', name: 'Português' },
  { tag: 'rw', name: 'Ikinyarwanda' },
];
const OWN = import.meta.glob<{ default: Record<string, unknown> }>('./locales/*.json');
const formatters = new Map<string, Formatters>();
let namespaces: string[] = ['web'];
let shapes: Record<string, Shape> = {};

/** The words of the server and of these pages, and names and formats that a browser may lack, for one language. */
async function load(lang: string): Promise<void> {
  if (formatters.has(lang)) return;
  const own = OWN[`./locales/${lang}.json`];
  const [messages, cldr, web] = await Promise.all([
    get<Record<string, Record<string, unknown>>>(`/i18n/${lang}.json`),
    get<CldrData>(`/i18n/cldr/${lang}.json`),
    own?.(),
  ]);
  for (const [namespace, words] of Object.entries(messages)) i18next.addResourceBundle(lang, namespace, words, true, true);
  if (web) i18next.addResourceBundle(lang, 'web', web.default, true, true);
  namespaces = ['web', ...Object.keys(messages)];
  i18next.options.ns = namespaces;
  i18next.options.fallbackNS = namespaces;
  const fixed = i18next.getFixedT(lang, namespaces);
  const say: Say = (key, params) => (i18next.exists(key, { lng: lang, ns: namespaces }) ? fixed(key, { ...params }) : undefined);
  formatters.set(lang, makeFormatters(cldr, say));
}

export async function startLanguages(lang: string): Promise<i18n> {
  await i18next
    .use(icuFormat())
    .use(initReactI18next)
    .init({ lng: lang, fallbackLng: false, ns: ['web'], defaultNS: 'web', nsSeparator: false, resources: {}, interpolation: { escapeValue: false }, returnNull: false });
  shapes = await get<Record<string, Shape>>('/api/v1/event-shapes');
  await changeLanguage(lang);
  return i18next;
}

export async function changeLanguage(lang: string): Promise<void> {
  await load(lang);
  await i18next.changeLanguage(lang);
  document.documentElement.lang = lang;
  document.documentElement.dir = directionOf(lang);
  document.cookie = `comity-lang=${lang}; path=/; max-age=31536000; samesite=lax`;
}

/** The context whose words an aggregate speaks: one name can mean two things in two contexts. */
export const homeOf = (aggregate: string): string | undefined => namespaces.find((ns) => i18next.exists(`aggregate.${aggregate}`, { ns: [ns], fallbackNS: [] }));
export const formattersOf = (lang: string): Formatters => formatters.get(lang) ?? formatters.values().next().value!;
export const shapeOf = (type: string): Shape | undefined => shapes[type];
