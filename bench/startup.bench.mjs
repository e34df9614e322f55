// From the start of the process to the first 200 of /health/ready, and the memory then.
import { spawnSync } from 'node:child_process';
import { bench, setting } from './lib/bench.mjs';
import { EVENTS, filledFolder } from './lib/dataset.mjs';
import { memoryOf, startBareNest, startServer } from './lib/process.mjs';
import { inRounds, sleep } from './lib/stats.mjs';

const ROUNDS = setting('ROUNDS', 5);

async function started(start) {
  const program = await start();
  // The garbage of the start is part of what it takes: nothing is forced.
  await sleep(500);
  const { now, peak } = memoryOf(program.pid);
  await program.stop();
  return { p50: program.took, now, peak };
}

await bench(async (around) => {
  const { row, note, folder } = around;
  const demo = folder('demo');
  await (await startServer(demo)).stop();
  const filled = await filledFolder(around);
  const { of, ratio } = await inRounds(ROUNDS, {
    node: () => {
      const began = performance.now();
      spawnSync(process.execPath, ['-e', '0']);
      return { p50: performance.now() - began };
    },
    nest: () => started(startBareNest),
    empty: () => started(() => startServer(folder('empty'), { demo: false })),
    first: () => started(() => startServer(folder('first'))),
    demo: () => started(() => startServer(demo)),
    filled: () => started(() => startServer(filled, { demo: false })),
  });

  const memory = ({ now, peak }) => `${Math.round(now / 2 ** 20)} MB, at most ${Math.round(peak / 2 ** 20)} MB`;
  row({ what: 'floor: node -e 0', p50: of.node.p50 });
  row({ what: 'floor: bare Nest and Fastify', p50: of.nest.p50, other: memory(of.nest) });
  for (const [key, what] of [
    ['empty', 'an empty folder, no demonstration'],
    ['first', 'an empty folder, the demonstration imported'],
    ['demo', 'the folder of the demonstration, again'],
    ['filled', `a folder of ${EVENTS} events, its views in place`],
  ]) {
    const beyond = of[key].p50 - of.nest.p50;
    const goal = key === 'first' ? {} : { goal: 'P7a bare Nest + 1000 ms', met: beyond <= 1000 };
    row({ what, p50: of[key].p50, other: memory(of[key]), ratio: ratio(key, 'nest', 'p50'), of: 'x bare Nest', ...goal });
  }
  const most = of.filled.now / 2 ** 20;
  row({ what: `memory with ${EVENTS} events`, other: `${Math.round(most)} MB`, goal: 'P7b ≤ 300 MB', met: most <= 300 });
  note('The goals speak of a million events; these folders have a tenth of them.');
});
