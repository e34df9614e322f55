// Builds dist/: the server, the command line and the libraries with the TypeScript compiler, the workspace with Vite.
import { spawnSync } from 'node:child_process';
import fs, { cpSync, existsSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownNode, root } from './own-node.mjs';

const STAMP = join(root, 'dist/.built');
const SOURCES = ['apps', 'libs', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

const run = (what, ...args) => {
  const { status } = spawnSync(ownNode, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${what} failed`);
    process.exit(status ?? 1);
  }
};

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return fs.globSync('**/*', { cwd: path }).reduce((latest, file) => Math.max(latest, statSync(join(path, file)).mtimeMs), stat.mtimeMs);
}

/** Is dist/ at least as new as every source? */
export const upToDate = () =>
  existsSync(STAMP) && SOURCES.every((source) => newest(join(root, source)) <= statSync(STAMP).mtimeMs);

export function build() {
  const began = Date.now();
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run('the compilation', 'node_modules/typescript7/bin/tsc', '-p', 'tsconfig.build.json');
  for (const file of [...fs.globSync('{libs,apps/server,apps/cli}/**/*.json', { cwd: root }), ...fs.globSync('apps/server/src/public/assets/*', { cwd: root })]) {
    if (/golden|tsconfig/.test(file)) continue;
    mkdirSync(dirname(join(root, 'dist', file)), { recursive: true });
    cpSync(join(root, file), join(root, 'dist', file));
  }
  if (existsSync(join(root, 'apps/web/index.html'))) run('the workspace', 'node_modules/vite/bin/vite.js', 'build', 'apps/web', '--logLevel', 'warn');
  writeFileSync(STAMP, '');
  utimesSync(STAMP, new Date(), new Date());
  console.log(`built in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

if (process.argv[1] === import.meta.filename) {
  if (process.versions.node.split('.')[0] < 24 && ownNode !== process.execPath)
    process.exit(spawnSync(ownNode, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
  if (!process.argv.includes('--if-needed') || !upToDate()) build();
}
