import 'reflect-metadata';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigSchema, readConfig } from '#platform/runtime';
import { parse } from 'yaml';
import { HealthController } from '../../apps/server/src/http/health.controller.js';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const json = (path: string): Record<string, Record<string, string>> => JSON.parse(read(path)) as never;
const SETTINGS = Object.keys(ConfigSchema.shape);

interface Instruction {
  readonly stage: string;
  readonly name: string;
  readonly rest: string;
}
/** The instructions of the Dockerfile; the last stage has no name. */
function instructions(): Instruction[] {
  let stage = '';
  return read('Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      if (name === 'FROM') stage = / AS (\w+)$/.exec(rest)?.[1] ?? '';
      return { stage, name, rest };
    });
}
const all = instructions();
const of = (name: string, stage?: string): string[] => all.filter((i) => i.name === name && (stage === undefined || i.stage === stage)).map(({ rest }) => rest);
const environment = Object.fromEntries(of('ENV', '').flatMap((rest) => rest.split(/\s+/).map((pair) => pair.split('=') as [string, string])));
/** What a stage copies: from this folder, or from another stage. */
const copies = all
  .filter(({ name }) => name === 'COPY')
  .map(({ stage, rest }) => {
    const words = rest.split(/\s+/);
    const from = /^--from=(\w+)$/.exec(words[0] ?? '')?.[1];
    return { stage, from, sources: words.slice(from === undefined ? 0 : 1, -1) };
  });
const copied = (stage: string) => copies.filter((c) => c.stage === stage && c.from === undefined).flatMap(({ sources }) => sources);

describe('the Dockerfile', () => {
  it('reads as instructions, in stages', () => {
    expect(all.filter(({ name }) => name === '')).toEqual([]);
    expect(of('FROM')).toHaveLength(3);
  });
  it('runs on the Node that the project carries', () => {
    const [carried] = new Set(Object.values(json('package.json')['optionalDependencies']!).map((version) => version.split('.')[0]));
    expect([...new Set(of('FROM').map((rest) => /^node:(\d+)\b/.exec(rest)?.[1]))]).toEqual([carried]);
  });
  it('copies what is there', () => {
    const sources = copies.filter(({ from }) => from === undefined).flatMap(({ sources: own }) => own);
    expect(sources).toContain('package.json');
    expect(sources.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
  it('copies from the stages what they make', () => {
    const { outDir } = json('tsconfig.json')['compilerOptions']!;
    const made = copies.filter(({ from }) => from !== undefined).flatMap(({ from, sources }) => sources.map((path) => `${from}:${path}`));
    expect(made.toSorted()).toEqual([`build:/comity/${outDir!.replace('./', '')}`, 'dependencies:/comity/node_modules']);
    expect(of('WORKDIR')).toEqual(['/comity', '/comity', '/comity']);
  });
  it('builds from all sources that the build looks at, by a script that there is', () => {
    const sources = /const SOURCES = \[([^\]]+)\]/.exec(read('scripts/build.mjs'))?.[1]?.match(/[\w.-]+/g) ?? [];
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.filter((path) => !copied('build').includes(path))).toEqual([]);
    const runs = of('RUN', 'build').flatMap((rest) => /^npm run (\S+)$/.exec(rest)?.[1] ?? []);
    expect(runs).toEqual(['build']);
    expect(json('package.json')['scripts']).toHaveProperty('build');
    expect(json('package.json')['scripts']!['build']).toBe('node scripts/build.mjs');
  });
  it('leaves out of what runs neither the package nor a dependency', () => {
    // The imports map of package.json leads from #kernel to dist.
    expect(copied('')).toEqual(['package.json']);
    expect(of('RUN', 'dependencies')).toEqual(['npm ci --omit=dev --omit=optional']);
  });
  it('starts what the build puts there', () => {
    const command = JSON.parse(of('CMD', '').at(-1)!) as string[];
    expect(command[0]).toBe('node');
    const [, program] = /^dist\/(.+)\.js$/.exec(command.at(-1)!) ?? [];
    const { include } = json('tsconfig.build.json') as unknown as { readonly include: readonly string[] };
    expect(existsSync(join(root, `${program}.ts`))).toBe(true);
    expect(include.some((folder) => program!.startsWith(`${folder}/`))).toBe(true);
  });
  it('asks for a route that the server has', () => {
    const [, path] = /\$\{process\.env\.PORT\}(\/[\w/-]+)`/.exec(of('HEALTHCHECK').join('')) ?? [];
    const base = Reflect.getMetadata('path', HealthController) as string;
    const routes = Object.getOwnPropertyNames(HealthController.prototype)
      .map((name) => Reflect.getMetadata('path', HealthController.prototype[name as 'ready']) as string | undefined)
      .filter((route) => route !== undefined)
      .map((route) => `/${base}/${route}`);
    expect(routes).toContain('/health/live');
    expect(routes).toContain(path);
  });
  it('sets what the server knows, to what fits', () => {
    const { NODE_ENV, ...own } = environment;
    expect(NODE_ENV).toBe('production');
    expect(Object.keys(own).filter((name) => !SETTINGS.includes(name))).toEqual([]);
    expect(readConfig(own)).toMatchObject({ HOST: '0.0.0.0', PORT: Number(of('EXPOSE')[0]), COMITY_DATA: of('VOLUME')[0] });
  });
  it('runs as a user to whom the data folder belongs', () => {
    const [user] = of('USER', '');
    expect(user).toBe('node');
    expect(of('RUN', '').join()).toContain(`chown ${user}:${user} ${environment['COMITY_DATA']}`);
  });
});

describe('deploy/docker-compose.single.yml', () => {
  /** Only what this file has: maps by indentation, lists of texts. */
  const lines = read('deploy/docker-compose.single.yml').replaceAll(/^\s*#.*\n/gm, '').split('\n');
  /** What stands under a key, by the path of keys that leads to it. */
  function under(...path: string[]): string[] {
    let rest = lines;
    for (const [depth, key] of path.entries()) {
      const at = rest.findIndex((line) => line.startsWith(`${'  '.repeat(depth)}${key}:`));
      if (at < 0) throw new Error(`there is no ${path.join('.')}`);
      const value = rest[at]!.slice(rest[at]!.indexOf(':') + 1).trim();
      if (value !== '') return [value];
      const end = rest.findIndex((line, i) => i > at && line.trim() !== '' && !line.startsWith('  '.repeat(depth + 1)));
      rest = rest.slice(at + 1, end < 0 ? undefined : end).filter((line) => line.trim() !== '');
    }
    return rest.map((line) => line.trim().replace(/^- "?([^"]*)"?$/, '$1'));
  }
  const settings = Object.fromEntries(under('services', 'comity', 'environment').map((line) => [line.split(':')[0]!, line.slice(line.indexOf(':') + 1).trim()]));

  it('builds the project', () => {
    expect(under('services', 'comity', 'build')).toEqual(['..']);
  });
  it('publishes the port on this machine only', () => {
    expect(under('services', 'comity', 'ports')).toEqual([`127.0.0.1:3000:${environment['PORT']}`]);
  });
  it('keeps the data folder in a volume that it declares', () => {
    const mounts = under('services', 'comity', 'volumes').map((line) => line.split(':'));
    expect(mounts.map(([, target]) => target)).toEqual([environment['COMITY_DATA']]);
    expect(under('volumes')).toEqual(mounts.map(([name]) => `${name}:`));
  });
  it('passes on what the server knows, with defaults that fit', () => {
    const fallbacks = Object.entries(settings).map(([name, value]) => [name, /^\$\{(\w+):-(.*)\}$/.exec(value)?.slice(1)] as const);
    expect(fallbacks.filter(([name, found]) => found?.[0] !== name || !SETTINGS.includes(name))).toEqual([]);
    const config = readConfig(Object.fromEntries(fallbacks.map(([name, found]) => [name, found![1]])));
    const usual = readConfig({});
    expect(config).toMatchObject({ publicUrl: usual.publicUrl, COMITY_DEMO: 'off', COMITY_LOG: usual.COMITY_LOG });
  });
  it('waits longer for a stop than the server does, its last resort included', () => {
    const [, seconds] = /^(\d+)s$/.exec(under('services', 'comity', 'stop_grace_period')[0]!) ?? [];
    const [, margin] = /COMITY_DRAIN_SECONDS \+ (\d+)\) \* 1000/.exec(read('apps/server/src/main.ts')) ?? [];
    expect(Number(seconds)).toBeGreaterThan(readConfig({}).COMITY_DRAIN_SECONDS + Number(margin));
  });
});

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly secrets?: readonly string[];
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly stop_grace_period?: string;
  readonly profiles?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly configs: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

describe('docker-compose.yml', () => {
  const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
  const services = Object.entries(compose.services);
  const own = services.filter(([, { build }]) => build !== undefined);
  const caddy = read('deploy/Caddyfile');

  it('has two servers, a projector, both databases and a proxy; what is ours comes of one build', () => {
    expect(own.map(([name]) => name)).toEqual(['api-1', 'api-2', 'projector']);
    expect(new Set(own.map(([, { build, image }]) => `${build} ${image}`))).toEqual(new Set(['. comity']));
    expect(services.map(([name]) => name)).toEqual(expect.arrayContaining(['proxy', 'kurrentdb', 'postgres']));
  });
  it('pins what is not ours', () => {
    const images = services.filter(([, { build }]) => build === undefined).map(([, { image }]) => image!);
    expect(images.filter((image) => !/^[a-z0-9/-]+:v?\d+(\.\d+)*$/.test(image))).toEqual([]);
  });
  it('lets the world in by the proxy only', () => {
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['proxy']);
    expect(compose.networks['inside']).toEqual({ internal: true });
    const open = services.filter(([, { networks = [] }]) => networks.includes('outside')).map(([name]) => name);
    expect(open).toEqual(['proxy']);
  });
  it('declares every volume, secret, configuration, network and service that is used, and no other', () => {
    const used = (pick: (service: Service) => readonly string[]) => [...new Set(services.flatMap(([, service]) => pick(service)))].toSorted();
    const declared = (part: Readonly<Record<string, unknown>>) => Object.keys(part).toSorted();
    expect(used(({ volumes = [] }) => volumes.map((v) => v.split(':')[0]!))).toEqual(declared(compose.volumes));
    expect(used(({ secrets = [] }) => secrets)).toEqual(declared(compose.secrets));
    expect(used(({ configs = [] }) => configs.map(({ source }) => source))).toEqual(declared(compose.configs));
    expect(used(({ networks = [] }) => networks)).toEqual(declared(compose.networks));
    const needed = used(({ depends_on: on = [] }) => (Array.isArray(on) ? (on as string[]) : Object.keys(on)));
    expect(needed.filter((name) => compose.services[name] === undefined)).toEqual([]);
  });
  it('takes configurations from files that are there, and secrets from files that are not kept here', () => {
    expect(Object.values(compose.configs).filter(({ file }) => !existsSync(join(root, file)))).toEqual([]);
    expect(Object.values(compose.secrets).filter(({ file }) => !file.startsWith('./deploy/secrets/') || existsSync(join(root, file)))).toEqual([]);
    expect(read('deploy/secrets/.gitignore')).toContain('*');
  });
  it('sets what the server knows, to what fits', () => {
    for (const [name, { environment: set = {}, secrets = [] }] of own) {
      expect(Object.keys(set).filter((key) => !SETTINGS.includes(key.replace(/_FILE$/, '')))).toEqual([]);
      const files = Object.entries(set).filter(([key]) => key.endsWith('_FILE'));
      expect(files.map(([, path]) => path)).toEqual(secrets.map((secret) => `/run/secrets/${secret}`));
      const values = Object.fromEntries(
        Object.entries(set).filter(([key]) => !key.endsWith('_FILE')).map(([key, value]) => [key, String(value).replace(/\$\{\w+:\?[^}]*\}/, 'comity.example').replace(/\$\{\w+:-(\w+)\}/, '$1')]),
      );
      const config = readConfig({ ...values, COMITY_EVENTS: 'kurrentdb://admin:x@kurrentdb:2113', COMITY_POSTGRES: 'postgres://comity:x@postgres:5432/comity' });
      expect(config.publicUrl).toBe('https://comity.example');
      expect(config.COMITY_ROLES).toEqual(name === 'projector' ? ['projector'] : ['api', 'live']);
    }
  });
  it('waits longer for a stop than the server does, its last resort included', () => {
    const [, margin] = /COMITY_DRAIN_SECONDS \+ (\d+)\) \* 1000/.exec(read('apps/server/src/main.ts')) ?? [];
    for (const [, { stop_grace_period: wait = '' }] of own) expect(Number(wait.replace('s', ''))).toBeGreaterThan(readConfig({}).COMITY_DRAIN_SECONDS + Number(margin));
  });
  it('leads the proxy to the nodes that answer, on their port, and shows nobody what is for the operators', () => {
    const upstreams = [...caddy.matchAll(/reverse_proxy ([^{]+)\{/g)].flatMap((match) => match[1]!.trim().split(/\s+/));
    const answering = own.filter(([, { environment: set = {} }]) => String(set['COMITY_ROLES']).includes('api')).map(([name]) => `${name}:${environment['PORT']}`);
    expect(new Set(upstreams)).toEqual(new Set(answering));
    expect(caddy).toMatch(/@inside path \/health \/health\/\* \/metrics\n\s*respond @inside 404/);
    expect(caddy).toContain('health_uri /health/ready');
    expect(caddy).toMatch(/handle \/socket\.io\/\* \{\s*reverse_proxy [^{]*\{\s*lb_policy cookie/);
  });
  it('has its nodes watched where they show their figures', () => {
    const [{ dns_sd_configs: [targets] }] = (parse(read('deploy/prometheus.yml')) as { scrape_configs: [{ dns_sd_configs: [{ names: string[]; port: number }] }] }).scrape_configs;
    expect(targets.names).toEqual(own.map(([name]) => name));
    expect(own.map(([, { environment: set = {} }]) => set['COMITY_METRICS_PORT'])).toEqual(own.map(() => targets.port));
    const rules = (parse(read('deploy/alerts.yml')) as { groups: { rules: { alert: string; expr: string }[] }[] }).groups.flatMap((group) => group.rules);
    const runbook = read('docs/runbook.md');
    expect(rules.filter(({ alert }) => !runbook.includes(alert))).toEqual([]);
    const known = ['projecting', 'view_lag_seconds', 'command_seconds', 'http_request_seconds'].map((name) => `comity_${name}`);
    expect(rules.flatMap(({ expr }) => expr.match(/comity_\w+/g) ?? []).filter((name) => !known.some((k) => name.startsWith(k)))).toEqual([]);
  });
});
