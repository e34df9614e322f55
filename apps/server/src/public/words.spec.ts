import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkResources, flatten, loadResources } from '#platform/i18n';
import { PUBLIC_WORDS } from '../open-i18n.js';

const folder = import.meta.dirname;
const sources = globSync('**/*.ts', { cwd: folder, exclude: (path) => String(path).endsWith('.spec.ts') }).map((path) => readFileSync(join(folder, path), 'utf8'));
const all = (pattern: RegExp): string[] => sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!));

describe('the words of the public site', () => {
  const own = new Set([...flatten(loadResources([PUBLIC_WORDS])['en']![PUBLIC_WORDS.namespace]!)].map(([key]) => key));

  it('are the same messages in every language, well formed, with the plurals of each', () => {
    expect(checkResources([PUBLIC_WORDS])).toEqual([]);
  });
  it('are there for whatever the pages say, and none is left over', () => {
    const said = new Set(all(/\bsay\(\s*'([a-z][a-z0-9.-]*)'/g));
    expect(said.size).toBeGreaterThan(80);
    expect([...said].filter((key) => !own.has(`site.${key}`))).toEqual([]);
    // A key that is put together, or chosen of two, counts as said by its first word.
    const texts = sources.join('\n');
    const unsaid = [...own].map((key) => key.slice('site.'.length)).filter((key) => !said.has(key) && !texts.includes(`'${key}'`) && !texts.includes(`\`${key.split('.')[0]!}.`));
    expect(unsaid).toEqual([]);
  });
});
