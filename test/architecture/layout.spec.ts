import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Project {
  readonly type: 'application' | 'library';
  readonly root: string;
  readonly sourceRoot: string;
  readonly entryFile: string;
  readonly compilerOptions: { readonly tsConfigPath: string };
}

const root = join(import.meta.dirname, '../..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const foldersIn = (path: string): string[] =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${path}/${name}`);

const { projects } = read('nest-cli.json') as { readonly projects: Readonly<Record<string, Project>> };
// The workspace is built by Vite, from its own tsconfig.
const WEB = 'apps/web';
const folders = [
  ...foldersIn('apps').filter((path) => path !== WEB),
  'libs/kernel',
  'libs/text',
  'libs/exchange',
  ...foldersIn('libs/platform'),
  ...foldersIn('libs/contexts'),
];

it('nest-cli.json names every program and library, and nothing else', () => {
  expect(
    Object.values(projects)
      .map((project) => project.root)
      .toSorted(),
  ).toEqual(folders.toSorted());
});

it('libs holds the kernel, the text library, the formats of exchange, the platform and the contexts only', () => {
  expect(foldersIn('libs').toSorted()).toEqual(['libs/contexts', 'libs/exchange', 'libs/kernel', 'libs/platform', 'libs/text']);
});

describe.each(Object.entries(projects))('%s', (name, project) => {
  it('has its folder, its kind and its entry', () => {
    expect(project.root.endsWith(`/${name}`)).toBe(true);
    expect(project.type).toBe(project.root.startsWith('apps/') ? 'application' : 'library');
    expect(project.sourceRoot).toBe(`${project.root}/src`);
    expect(existsSync(join(root, project.sourceRoot, `${project.entryFile}.ts`))).toBe(true);
  });

  it('is compiled by the tsconfig that is named', () => {
    const { include } = read(project.compilerOptions.tsConfigPath) as { readonly include: readonly string[] };
    expect(include.some((path) => project.root === path || project.root.startsWith(`${path}/`))).toBe(true);
  });
});
