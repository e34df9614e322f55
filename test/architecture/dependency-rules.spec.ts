import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string; readonly severity: string };
}
interface Config {
  readonly forbidden: readonly { readonly name: string }[];
}

const root = join(import.meta.dirname, '../..');
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

// A small house that keeps every rule, so that each planted violation is the only reason for its finding.
const HOUSE: Readonly<Record<string, string>> = {
  'libs/kernel/src/index.ts': `import { z } from 'zod'; export const id = z;`,
  'libs/platform/views/src/index.ts': `import { id } from '#kernel'; export const views = id;`,
  'libs/platform/views/src/inner.ts': `export const inner = 1;`,
  'libs/platform/event-store/src/index.ts': `import client from '@eventstore/db-client'; export const store = client;`,
  'libs/contexts/record/src/index.ts': `import { correction } from './correction/correction.js'; export const record = correction;`,
  'libs/contexts/record/src/correction/correction.ts': `import { id } from '#kernel'; import { z } from 'zod'; export const correction = [id, z];`,
  'libs/contexts/agreements/src/index.ts': `import { record } from '#contexts/record'; export const agreements = record;`,
  'apps/server/src/main.ts': `import { record } from '#contexts/record'; import { store } from '#platform/event-store'; export const main = [record, store];`,
  'apps/web/src/main.ts': `import { id } from '#kernel'; export const page = id;`,
};

// One file for each rule; the path says who imports, the text what it must not.
const PLANTED: Readonly<Record<string, readonly [path: string, text: string, also?: Readonly<Record<string, string>>]>> = {
  'no-cycles': [
    'libs/platform/views/src/a.ts',
    `import { b } from './b.js'; export const a = b;`,
    { 'libs/platform/views/src/b.ts': `import { a } from './a.js'; export const b = a;` },
  ],
  'libs-never-import-apps': [
    'libs/platform/views/src/up.ts',
    `import { main } from '../../../../apps/server/src/main.js'; export const up = main;`,
  ],
  'kernel-imports-zod-only': ['libs/kernel/src/nest.ts', `import { Module } from '@nestjs/common'; export const nest = Module;`],
  'text-is-pure': ['libs/text/src/reads.ts', `import { id } from '#kernel'; export const reads = id;`],
  'exchange-knows-formats-only': ['libs/exchange/src/knows.ts', `import { record } from '#contexts/record'; export const knows = record;`],
  'platform-never-imports-contexts': [
    'libs/platform/views/src/knows.ts',
    `import { record } from '#contexts/record'; export const knows = record;`,
  ],
  'contexts-meet-only-at-index': [
    'libs/contexts/agreements/src/views/deep.ts',
    `import { correction } from '../../../record/src/correction/correction.js'; export const deep = correction;`,
  ],
  'contexts-know-no-platform': [
    'libs/contexts/record/src/views/store.ts',
    `import { views } from '#platform/views'; export const store = views;`,
  ],
  'apps-enter-libs-at-index': [
    'apps/server/src/deep.ts',
    `import { inner } from '../../../libs/platform/views/src/inner.js'; export const deep = inner;`,
  ],
  'aggregates-are-pure': [
    'libs/contexts/record/src/correction/reads.ts',
    `import { readFileSync } from 'node:fs'; export const reads = readFileSync;`,
  ],
  'web-imports-nothing-of-the-server': [
    'apps/web/src/reach.ts',
    `import { views } from '#platform/views'; export const reach = views;`,
  ],
  'event-store-client-only-in-its-adapter': [
    'libs/platform/views/src/client.ts',
    `import client from '@eventstore/db-client'; export const it = client;`,
  ],
  'database-driver-only-in-its-library': ['libs/platform/views/src/driver.ts', `import pg from 'pg'; export const it = pg;`],
};

const plant = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
};

function cruise(planted: Readonly<Record<string, string>>): readonly Violation[] {
  const folder = mkdtempSync(join(tmpdir(), 'comity-rules-'));
  try {
    for (const file of ['.dependency-cruiser.mjs', 'package.json', 'tsconfig.json']) cpSync(join(root, file), join(folder, file));
    for (const name of ['zod', '@nestjs/common', '@eventstore/db-client', 'pg'])
      plant(folder, {
        [`node_modules/${name}/package.json`]: `{ "name": "${name}", "main": "index.js" }`,
        [`node_modules/${name}/index.js`]: '',
      });
    plant(folder, { ...HOUSE, ...planted });
    const args = [cruiser, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'libs', 'apps'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (stdout === '') throw new Error(stderr);
    return (JSON.parse(stdout) as { summary: { violations: readonly Violation[] } }).summary.violations;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it('every rule has a planted violation', async () => {
  const { default: config } = (await import(join(root, '.dependency-cruiser.mjs'))) as { default: Config };
  expect(Object.keys(PLANTED).toSorted()).toEqual(config.forbidden.map(({ name }) => name).toSorted());
});

it('a house that keeps the rules has no violation', () => {
  expect(cruise({})).toEqual([]);
}, 30_000);

it.each(Object.entries(PLANTED))(
  '%s fails on its planted violation',
  (rule, [path, text, also = {}]) => {
    const found = cruise({ [path]: text, ...also });
    const its = found.filter((violation) => violation.rule.name === rule);
    expect(its.map(({ from }) => from)).toContain(path);
    // A warning would be printed and let through.
    expect(its.every((violation) => violation.rule.severity === 'error')).toBe(true);
  },
  30_000,
);
