// npm run bench: the benchmarks in turn, or those that are named: npm run bench -- append live
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { ownNode, root } from '../scripts/own-node.mjs';
import { table } from './lib/table.mjs';

const ALL = ['append', 'command', 'reads', 'projection', 'live', 'startup', 'bundle', 'nodes', 'engines', 'rebuild-memory', 'migrate', 'amendments', 'memory', 'typing', 'exports', 'public', 'room'];
/** `rebuild-memory` takes longer than all others together; `room` needs a Chromium. */
const BY_NAME_ONLY = new Set(['rebuild-memory', 'room']);
const asked = process.argv.slice(2).filter((word) => word !== '--only');
const unknown = asked.filter((name) => !ALL.includes(name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${ALL.join(', ')}`);
  process.exit(1);
}

if (spawnSync(ownNode, [join(root, 'scripts/build.mjs'), '--if-needed'], { stdio: 'inherit' }).status !== 0) process.exit(1);

const scratch = mkdtempSync(join(tmpdir(), 'comity-bench-'));
let running;
process.once('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
// The benchmark ends its own children; its folders go when it is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => {
    if (running === undefined) process.exit(1);
    running.once('close', () => process.exit(1));
    running.kill('SIGTERM');
  });

function run(name) {
  return new Promise((resolve) => {
    let report;
    running = spawn(ownNode, ['--disable-warning=ExperimentalWarning', join(root, `bench/${name}.bench.mjs`)], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, COMITY_BENCH_SCRATCH: scratch },
    });
    running.once('message', (message) => (report = message));
    running.once('close', (code) => {
      running = undefined;
      resolve(code === 0 ? report : undefined);
    });
  });
}

const versions = spawnSync(ownNode, ['-p', '`Node ${process.versions.node}, SQLite ${process.versions.sqlite}`'], { encoding: 'utf8' }).stdout.trim();
const load = () => loadavg().map((n) => n.toFixed(1)).join(' ');
console.log(`${new Date().toISOString().slice(0, 10)}: ${process.platform} ${process.arch}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${versions}; load ${load()}`);
const failed = [];
const missed = [];
for (const name of asked.length > 0 ? asked : ALL.filter((each) => !BY_NAME_ONLY.has(each))) {
  const began = Date.now();
  const report = await run(name);
  if (report === undefined) {
    failed.push(name);
    continue;
  }
  console.log(`\n## ${name}\n\n${[table(report.rows), ...report.notes.map((text) => `\n${text}`)].join('\n')}`);
  console.log(`\n(${((Date.now() - began) / 1000).toFixed(0)} s, load ${load()})`);
  missed.push(...report.rows.filter((row) => row.met === false).map((row) => `${row.goal}: ${row.what}`));
}
console.log(missed.length === 0 ? '\nEvery goal that was measured is met.' : `\nGoals missed:\n${missed.map((text) => `- ${text}`).join('\n')}`);
if (failed.length > 0) console.error(`\nfailed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
