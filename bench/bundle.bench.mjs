// What a browser loads before the workspace shows: the files that index.html names, and what those import at once.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bench, root } from './lib/bench.mjs';

const web = join(root, 'dist/web');

await bench(async ({ row, note }) => {
  const page = readFileSync(join(web, 'index.html'), 'utf8');
  const files = new Set([...page.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map(([, path]) => path));
  for (const file of files) {
    if (!file.endsWith('.js')) continue;
    const text = readFileSync(join(web, file), 'utf8');
    for (const [, path] of text.matchAll(/(?:import|from)\s*"(\.\/[^"]+\.js)"/g)) if (existsSync(join(web, dirname(file), path))) files.add(join(dirname(file), path));
  }
  const sizes = [...files].map((file) => {
    const bytes = readFileSync(join(web, file));
    return { file, raw: bytes.length, packed: gzipSync(bytes).length };
  });
  const KB = (bytes) => (bytes / 1000).toFixed(1);
  for (const [ending, limit] of [['.js', 240], ['.css', 30]]) {
    const these = sizes.filter(({ file }) => file.endsWith(ending));
    const sum = (key) => these.reduce((total, size) => total + size[key], 0);
    row({
      what: `first load, ${ending.slice(1).toUpperCase()}, ${these.length} files`, other: `${KB(sum('packed'))} KB gzip, ${KB(sum('raw'))} KB raw`,
      goal: `budget ≤ ${limit} KB gzip`, met: sum('packed') <= limit * 1000,
    });
  }
  note(sizes.map(({ file, packed }) => `${file.replace(/-[\w-]{8}\./, '.')} ${KB(packed)} KB`).join(', '));
});
