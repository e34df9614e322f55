import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const contexts = globSync('libs/contexts/*/', { cwd: root }).map((path) => path.replace(/\/$/, ''));
const LANGUAGES = ['ar', 'en', 'es', 'fr', 'pt', 'rw'];
const MOST_LINES = 300;
/** Files that may be longer, each with the reason. */
const LONGER: Readonly<Record<string, string>> = {};

it('no folder under libs has a name that says nothing', () => {
  const folders = globSync('libs/**/', { cwd: root, exclude: (path) => basename(String(path)) === 'node_modules' });
  expect(folders.filter((path) => ['shared', 'common', 'utils', 'util', 'helpers', 'core', 'misc'].includes(basename(path)))).toEqual([]);
});

it('there are contexts to look at', () => {
  expect(contexts.length).toBeGreaterThan(0);
});

describe.each(contexts)('%s', (context) => {
  const has = (path: string) => existsSync(join(root, context, path));

  it('has its page, its door and its definition', () => {
    expect(['README.md', 'src/index.ts', `src/${basename(context)}.context.ts`].filter((path) => !has(path))).toEqual([]);
  });
  it('has its words in six languages', () => {
    expect(LANGUAGES.map((lang) => `src/locales/${lang}.json`).filter((path) => !has(path))).toEqual([]);
  });
  it('is served', () => {
    expect(readFileSync(join(root, 'apps/server/src/contexts.ts'), 'utf8')).toContain(`'#contexts/${basename(context)}'`);
  });
});

it(`no source file has more than ${MOST_LINES} lines`, () => {
  const files = globSync('{libs,apps}/**/*.{ts,tsx,css,mjs}', { cwd: root, exclude: (path) => ['node_modules', 'dist'].includes(basename(String(path))) });
  const long = files.filter((path) => readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length > MOST_LINES);
  expect(long.filter((path) => !(path in LONGER))).toEqual([]);
  expect(Object.keys(LONGER).filter((path) => !long.includes(path))).toEqual([]);
});
