// The lock must be complete and name no host: newest native packages are sometimes dropped silently when it is made.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './own-node.mjs';

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
const problems = Object.entries(packages).flatMap(([path, entry]) => [
  ...(entry.resolved?.startsWith('http') ? [`${path} records a host`] : []),
  ...Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !names.has(name))
    .map((name) => `${path || 'the project'} wants ${name}, which is not in the lock`),
]);
for (const problem of problems) console.error(problem);
console.log(`lock: ${Object.keys(packages).length} packages, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
