import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGE_TAGS } from './languages.js';

/** Messages by key, nested: `refusal.group.quorum-not-met`. */
export interface Messages {
  readonly [key: string]: string | Messages;
}
/** Where the words of a namespace are: `<folder>/<lang>.json`. */
export interface NamespaceSource {
  /** Name of the context; `common` for the platform's own. */
  readonly namespace: string;
  readonly folder: string;
  /** The file of a language within the folder, where it is not `<lang>.json`. */
  readonly file?: (lang: string) => string;
}
/** By language, then by namespace. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Messages>>>>;

/** The platform's own words, beside this file: also in dist, where the JSON files are copied along. */
export const COMMON: NamespaceSource = {
  namespace: 'common',
  folder: join(import.meta.dirname, 'locales'),
  file: (lang) => `${lang}/common.json`,
};

/** A file of words is missing or is no JSON object; the message names it. */
export class MissingWords extends Error {}

/** @throws MissingWords */
export function loadResources(sources: readonly NamespaceSource[]): Resources {
  return Object.fromEntries(
    LANGUAGE_TAGS.map((lang) => [lang, Object.fromEntries(sources.map((source) => [source.namespace, load(source, lang)]))]),
  );
}

function load({ folder, file = (lang) => `${lang}.json` }: NamespaceSource, lang: string): Messages {
  const path = join(folder, file(lang));
  try {
    const words: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof words !== 'object' || words === null || Array.isArray(words)) throw new TypeError('not a JSON object');
    return words as Messages;
  } catch (cause) {
    throw new MissingWords(`${path}: ${(cause as Error).message}`, { cause });
  }
}

/** Every message with its whole key. */
export function* flatten(messages: Messages, at: readonly string[] = []): Generator<readonly [key: string, message: string]> {
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'object' && value !== null) yield* flatten(value, [...at, key]);
    else yield [[...at, key].join('.'), String(value)];
  }
}
