// npm start: builds where that is needed, then runs the server on the project's own Node, with the demonstration on.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ownNode, root } from './own-node.mjs';

const built = spawnSync(ownNode, [join(root, 'scripts/build.mjs'), '--if-needed'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

const server = spawn(ownNode, ['--enable-source-maps', join(root, 'dist/apps/server/src/main.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { COMITY_DEMO: 'on', ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
