import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkResources, flatten, I18n, LANGUAGE_TAGS, loadResources } from '#platform/i18n';
import { EXCHANGE_WORDS, TRANSLATORS_WORDS } from '../open-i18n.js';

const root = join(import.meta.dirname, '../../../..');
const FOLDERS = ['libs/exchange/src/xml', 'libs/exchange/src/xliff', 'libs/exchange/src/tmx', 'libs/exchange/src/terms', 'apps/server/src/languages'];
const sources = FOLDERS.flatMap((folder) => globSync(`${folder}/*.ts`, { cwd: root })).filter((file) => !/\.(spec|contract)\.ts$/.test(file)).map((file) => readFileSync(join(root, file), 'utf8'));
const codes = [...new Set(sources.flatMap((text) => Array.from(text.matchAll(/'(exchange\.[a-z-]+)'/g), ([, code]) => code!)))].toSorted();

it('are the same messages in every language, well formed', () => {
  expect(checkResources([TRANSLATORS_WORDS])).toEqual([]);
});
it.each(LANGUAGE_TAGS)('say in %s why a file is refused, and what differs in a translation', (lang) => {
  const known = new Set([TRANSLATORS_WORDS, EXCHANGE_WORDS].flatMap((source) => [...flatten(loadResources([source])[lang]![source.namespace]!)].map(([key]) => key)));
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !known.has(`refusal.${code}`))).toEqual([]);
  const kinds = ['brackets', 'numbers', 'dates', 'references', 'terms', 'forbidden-variant', 'ending', 'tlp', 'empty', 'untranslated'];
  expect(kinds.filter((kind) => !known.has(`finding.${kind}`))).toEqual([]);
});
it('speak of what the finding tells', () => {
  const i18n = new I18n({ namespaces: [TRANSLATORS_WORDS] });
  expect(i18n.translator('en')('finding.numbers', { missing: '30' })).toBe('Figures differ. Missing: 30.');
  expect(i18n.translator('fr')('finding.terms', { concept: 'genocide', term: 'genocide', expected: 'génocide' })).toBe('Le terme convenu pour « genocide » manque : « génocide ».');
  expect(i18n.refusal('ar', { refused: 'exchange.not-xml', params: { line: 3 } })).toContain('XML');
});
