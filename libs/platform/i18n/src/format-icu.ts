import ICU from 'i18next-icu';
import { IntlMessageFormat } from 'intl-messageformat';

/** Browser-safe: the same message format for the server's i18next and the browser's. */

/**
 * Plurals and numbers of Kinyarwanda. Neither Node nor Chromium has its plural rule, and both would take that of whatever
 * language the process runs in. Its rule is one/other and its numbers are 1.234,5: the same as those of German.
 */
const BORROWED: Readonly<Record<string, string>> = { rw: 'de' };
export const icuLocale = (lang: string): string => BORROWED[lang] ?? lang;

/** The plural categories that a message must carry in this language. */
export const pluralCategories = (lang: string): readonly string[] =>
  new Intl.PluralRules(icuLocale(lang)).resolvedOptions().pluralCategories;

/** A message could not be formed: a parameter is missing, or it does not parse. */
export type OnProblem = (error: Error, key: string) => void;

/** A value that is not there is `none`, as messages ask for it; a message that does not parse stays as it stands. */
export function icuFormat(onProblem: OnProblem = () => undefined): InstanceType<typeof ICU> {
  return new ICU({
    parseLngForICU: icuLocale,
    parseErrorHandler: (error, key, message, options) => {
      onProblem(error, key);
      const given = options as Record<string, unknown>;
      const values = new Proxy(given, { has: () => true, get: (all, name) => all[name as string] ?? 'none' });
      try {
        const lang = icuLocale(typeof given['lng'] === 'string' ? given['lng'] : 'en');
        return String(
          new IntlMessageFormat(message, lang, undefined, { ignoreTag: true }).format(values as Record<string, string>),
        );
      } catch {
        return message;
      }
    },
  });
}
