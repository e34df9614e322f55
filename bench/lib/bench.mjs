// What every benchmark stands in: a scratch folder, rows to report, children that end with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from './stats.mjs';
import { table } from './table.mjs';

export const root = join(import.meta.dirname, '../..');

/** How large a benchmark is: as usual, or as COMITY_BENCH_<NAME> says. */
export const setting = (name, usual) => Number(process.env[`COMITY_BENCH_${name}`] ?? usual);

const children = new Set();
/** A child process that is ended with this one, however this one ends. */
export function keep(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Runs a benchmark; its rows go to run.mjs where that started it, and to the terminal where not. */
export async function bench(measure) {
  const given = process.env.COMITY_BENCH_SCRATCH;
  const scratch = given ?? mkdtempSync(join(tmpdir(), 'comity-bench-'));
  process.once('exit', () => {
    for (const child of children) child.kill('SIGKILL');
    if (given === undefined) rmSync(scratch, { recursive: true, force: true });
  });
  // What has to be ended in order, the last begun first; whatever hangs then is killed with the process.
  const endings = [];
  const end = async () => {
    for (const ending of endings.splice(0).toReversed()) await ending().catch(() => undefined);
  };
  let leaving;
  const leave = (code) => (leaving ??= Promise.race([end(), sleep(20_000)]).then(() => process.exit(code)));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void leave(1));
  // Whoever started it has gone.
  process.once('disconnect', () => void leave(1));

  const rows = [];
  const notes = [];
  const folder = (name) => mkdtempSync(join(scratch, `${name}-`));
  try {
    await measure({ row: (row) => rows.push(row), note: (text) => notes.push(text), atEnd: (ending) => endings.push(ending), folder, scratch });
    await end();
  } catch (error) {
    // What fails because all is being ended is no news.
    if (leaving === undefined) console.error(error);
    await leave(1);
  }
  if (process.send === undefined) console.log([table(rows), ...notes].join('\n'));
  else await new Promise((resolve) => process.send({ rows, notes }, resolve));
  process.exit(0);
}
