import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const onOff = z.enum(['on', 'off']);

/** What a process does: `api` answers requests, `live` holds sockets, `projector` folds views and runs rules and deadlines. */
export const ROLES = ['api', 'live', 'projector'] as const;
export type Role = (typeof ROLES)[number];
const Roles = z
  .string()
  .transform((text) => text.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(ROLES)).min(1));

/** The one schema of the configuration: read, checked and printed from here. Every key is an environment variable. */
export const ConfigSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('Port of the HTTP server; 0 takes a free one.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 behind a reverse proxy in a container.'),
  COMITY_DATA: z.string().min(1).default('./data').describe('Folder of the events, views and accounts; one process at a time.'),
  COMITY_EVENTS: z.string().min(1).optional().describe('KurrentDB for several nodes: kurrentdb://user:password@host:2113,host:2113?…; without it the record is in COMITY_DATA.'),
  COMITY_POSTGRES: z.string().regex(/^postgres(ql)?:\/\//, 'it is not postgres://user:password@host:5432/database').optional().describe('PostgreSQL for views, accounts and deadlines of several nodes; goes with COMITY_EVENTS.'),
  COMITY_ROLES: Roles.default([...ROLES]).describe('What this process does, of api, live and projector; only with COMITY_EVENTS less than all.'),
  COMITY_NODE: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'letters, digits, dots, dashes; at most 64').optional().describe('Name of this node in logs, metrics and traces; by default the name of the machine and the process.'),
  COMITY_TRUST_PROXY: z.string().regex(/^[0-9a-fA-F.:/, ]+$/, 'addresses or networks, with commas between').optional().describe('Addresses or networks of the reverse proxies whose X-Forwarded-For is believed, with commas between; nobody’s where it is not set.'),
  COMITY_METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional().describe('A port of its own, on HOST, for Prometheus metrics at /metrics: for the monitoring, never for the reverse proxy.'),
  COMITY_DEMO: onOff.default('off').describe('Imports the record of 2014 and makes demo accounts for an exercise (npm start turns it on).'),
  COMITY_PUBLIC_URL: z.url().optional().describe('Address at which people reach the server, for cookies and links; by default http://localhost:PORT.'),
  COMITY_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info').describe('Least level that is logged.'),
  COMITY_DRAIN_SECONDS: z.coerce.number().int().min(0).max(300).default(10).describe('Longest wait for running requests at a stop.'),
});
export type Config = z.output<typeof ConfigSchema> & { readonly publicUrl: string };

/** A setting is missing or does not fit; the message names it and says why. */
export class ConfigError extends Error {}

/** Environment first (a value, or the name of a file that holds it under the key with _FILE behind), then the JSON file that COMITY_CONFIG names, then the defaults. @throws ConfigError */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const file = env['COMITY_CONFIG'];
  const fromFile = file === undefined ? {} : readFile(file);
  const given: Record<string, unknown> = { ...fromFile, ...Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== '')) };
  for (const key of Object.keys(ConfigSchema.shape)) {
    // Passwords come as files where a container is given secrets.
    const path = env[`${key}_FILE`];
    if (path !== undefined && path !== '' && !(key in given)) given[key] = readSecret(key, path);
  }
  const known = Object.fromEntries(Object.keys(ConfigSchema.shape).flatMap((k) => (k in given ? [[k, given[k as never]]] : [])));
  const parsed = ConfigSchema.safeParse(known);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
  const config = parsed.data;
  const { COMITY_EVENTS: events, COMITY_POSTGRES: postgres, COMITY_ROLES: roles } = config;
  if ((events === undefined) !== (postgres === undefined))
    throw new ConfigError(`${events === undefined ? 'COMITY_EVENTS' : 'COMITY_POSTGRES'}: is missing; KurrentDB and PostgreSQL go together`);
  if (events === undefined && roles.length < ROLES.length) throw new ConfigError('COMITY_ROLES: a process alone over its folder has every role');
  return { ...config, publicUrl: config.COMITY_PUBLIC_URL ?? `http://localhost:${config.PORT}` };
}

function readSecret(key: string, path: string): string {
  if (!existsSync(path)) throw new ConfigError(`${key}_FILE: there is no file ${path}`);
  return readFileSync(path, 'utf8').trim();
}

function readFile(path: string): Record<string, unknown> {
  if (!existsSync(path)) throw new ConfigError(`COMITY_CONFIG: there is no file ${path}`);
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new ConfigError(`COMITY_CONFIG: ${path} is not a JSON object`);
  }
}

/** One line for each setting: name, default, meaning. */
export function describeConfig(): string {
  return Object.entries(ConfigSchema.shape)
    .map(([name, schema]) => {
      const fallback: unknown = schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
      return `  ${name.padEnd(22)}${fallback === undefined ? '' : `[${JSON.stringify(fallback)}] `}${schema.description ?? ''}`;
    })
    .concat(`  ${'COMITY_CONFIG'.padEnd(22)}A JSON file with any of these; the environment wins.`, `  ${'<any>_FILE'.padEnd(22)}A file that holds the value of a setting: for secrets.`)
    .join('\n');
}
