import { spawnSync } from 'node:child_process';
import { startPostgres } from './index.ts';
const p = await startPostgres();
const r = spawnSync(process.execPath, ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--selectProjects', 'unit', '--testPathPatterns=platform/database'], { env: { ...process.env, COMITY_TEST_POSTGRES: p.url }, encoding: 'utf8' });
console.log(r.stderr.split('\n').filter((l) => /^(PASS|FAIL|Tests:)|●/.test(l)).join('\n'));
const pg = (await import('pg')).default; const c = new pg.Client(p.url); await c.connect(); console.log((await c.query('select datname from pg_database')).rows.map((x) => x.datname).join()); await c.end();
await p.stop();
