import { LANGUAGE_TAGS, negotiate } from '#platform/i18n';
import { Misuse } from './command.js';
import type { Terminal } from './terminal.js';

const languageIn = (tag: string): string => tag.split('-')[0]!.toLowerCase();

/** What an option asks for has to be a language of the interface, in any of its varieties: `fr-CA` too. @throws Misuse */
export function assertLanguage(option: string, tag: string): void {
  if (!LANGUAGE_TAGS.includes(languageIn(tag))) throw new Misuse(`--${option}: there is no language ${tag}; there are ${LANGUAGE_TAGS.join(', ')}`);
}

/** `--lang`, then what the system says of itself: `fr_CA.UTF-8` is `fr-CA`, `C` is nothing. @throws Misuse */
export function languageOf(asked: string | undefined, env: Terminal['env']): string {
  if (asked !== undefined) assertLanguage('lang', asked);
  const system = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  const tag = system?.split(/[.@]/)[0]?.replaceAll('_', '-');
  return negotiate({ setting: asked, query: tag === 'C' || tag === 'POSIX' ? undefined : tag });
}
