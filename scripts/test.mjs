// npm test: everything that must hold, in one run; the last line says how many passed and failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './ensure-chromium.mjs';
import { ownNode, root } from './own-node.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'comity-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const bin = (path) => join(root, 'node_modules', path);

function step(name, args, env = {}) {
  const began = Date.now();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(ownNode, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
  console.log(`   ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return status === 0;
}
function check(name, args) {
  if (step(name, args)) total.passed += 1;
  else total.failed += 1;
}
function jest(project, env, ...options) {
  const report = join(scratch, `${project}.json`);
  const ok = step(
    `${project} tests`,
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', bin('jest/bin/jest.js'), '--selectProjects', project, '--json', `--outputFile=${report}`, '--silent=false', ...options],
    env,
  );
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  total.passed += counts?.numPassedTests ?? 0;
  total.skipped += (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0);
  // A suite that could not run has no failed test of its own.
  total.failed += counts ? Math.max(counts.numFailedTests, ok ? 0 : counts.numFailedTestSuites, ok ? 0 : 1) : 1;
}

check('lock', ['scripts/check-lock.mjs']);
check('types', [bin('typescript7/bin/tsc'), '--noEmit']);
if (existsSync(join(root, 'apps/web/tsconfig.json'))) check('types of the workspace', [bin('typescript7/bin/tsc'), '--noEmit', '-p', 'apps/web']);
check('types of the browser tests', [bin('typescript7/bin/tsc'), '--noEmit', '-p', 'test/browser']);
check('lint', [bin('oxlint/bin/oxlint'), '--type-aware']);
check('dependency rules', [bin('dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', '.dependency-cruiser.mjs', 'libs', 'apps']);
check('build', ['scripts/build.mjs', '--if-needed']);
jest('unit', {});
jest('acceptance', {});
// Three processes and two databases each: one file after the other.
jest('cluster', {}, '--runInBand', '--forceExit');
if (existsSync(join(root, 'test/browser'))) {
  const chromium = ensureChromium();
  if (chromium) jest('browser', { COMITY_CHROMIUM: chromium }, '--runInBand');
  else {
    console.error('no Chromium: the browser tests could not run');
    total.failed += 1;
  }
}
rmSync(scratch, { recursive: true, force: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
