import type { Multilingual } from '#kernel';
import type { Database, SqlValue } from '#platform/database';

/** The languages that PostgreSQL knows stems of; every other is found by whole words and their beginnings. */
const CONFIGS: Readonly<Record<string, string>> = {
  ar: 'arabic', ca: 'catalan', da: 'danish', de: 'german', el: 'greek', en: 'english', es: 'spanish', eu: 'basque', fi: 'finnish', fr: 'french',
  ga: 'irish', hi: 'hindi', hu: 'hungarian', hy: 'armenian', id: 'indonesian', it: 'italian', lt: 'lithuanian', ne: 'nepali', nl: 'dutch',
  no: 'norwegian', nb: 'norwegian', pt: 'portuguese', ro: 'romanian', ru: 'russian', sr: 'serbian', sv: 'swedish', ta: 'tamil', tr: 'turkish', yi: 'yiddish',
};
const configOf = (lang: string): string | undefined => CONFIGS[lang.split('-')[0]?.toLowerCase() ?? ''];

const wordsOf = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
/** Accents of Latin, Greek and Cyrillic letters are often left out in a search; the signs of other scripts are letters of their own. */
const unaccented = (text: string): string =>
  text.normalize('NFD').replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu, '$1').normalize('NFC');
const lower = (text: string): string => wordsOf(text).join(' ').toLowerCase();

/** What PostgreSQL indexes of one document: the words as they are, and for each language of its title that has stems, the stems. */
export function indexed({ title, words }: { title: Multilingual; words: string }): { config: string; title: string; words: string }[] {
  const plain = { config: 'simple', title: unaccented(lower(Object.values(title).join(' '))), words: unaccented(lower(words)) };
  const stemmed = Object.entries(title).flatMap(([lang, text]) => {
    const config = configOf(lang);
    return config === undefined ? [] : [{ config, title: lower(text), words: lower(words) }];
  });
  return [plain, ...stemmed];
}

/** The statement that finds build and key of what fits best; null where there is nothing to look for. */
export function searchStatement(
  { dialect }: Database,
  text: string,
  lang: string,
  builds: readonly number[],
  mayRead: { readonly sql: string; readonly values: readonly SqlValue[] },
  limit: number,
): { sql: string; values: SqlValue[] } | null {
  const words = wordsOf(text);
  if (words.length === 0) return null;
  const served = JSON.stringify(builds);
  if (dialect === 'sqlite')
    return {
      sql: `SELECT s.build, s.key FROM search s WHERE search MATCH ? AND s.build IN (SELECT value FROM json_each(?))${mayRead.sql} ORDER BY rank LIMIT ?`,
      // Quoted words are cut by the index's own rules.
      values: [words.map((w) => `"${w}"*`).join(' '), served, ...mayRead.values, limit],
    };
  const prefixes = words.map((w) => `${unaccented(w.toLowerCase())}:*`).join(' & ');
  const config = configOf(lang) ?? 'simple';
  return {
    sql: `SELECT s.build, s.key FROM search s, to_tsquery('simple', ?) AS beginning, plainto_tsquery(?::regconfig, ?) AS stem
      WHERE ((s.config = 'simple' AND s.vector @@ beginning) OR (s.config = ? AND s.vector @@ stem))
        AND s.build = ANY (ARRAY (SELECT (jsonb_array_elements_text(?::jsonb))::integer))${mayRead.sql}
      GROUP BY s.build, s.key
      ORDER BY max(greatest(ts_rank(s.vector, beginning), ts_rank(s.vector, stem))) DESC, s.build, s.key LIMIT ?`,
    values: [prefixes, config, lower(text), config, served, ...mayRead.values, limit],
  };
}
