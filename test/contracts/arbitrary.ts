import fc from 'fast-check';
import { z } from 'zod';

/** The part of JSON Schema that Zod writes. */
export interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly ref?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Node;
  readonly prefixItems?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
}
/** Values that fields of a name have in the samples: what is generated shall meet what is already there. */
export type Pool = ReadonlyMap<string, readonly string[]>;

const INSTANTS = ['2026-11-23T09:00:00Z', '2026-11-22T09:00:00Z', '2026-11-30T12:00:00Z', '2027-06-01T00:00:00Z', '2014-06-17T10:00:00Z'];
const DAYS = ['2026-11-23', '2026-11-01', '2026-12-24', '2027-11-23', '2014-06-17', '1999-12-31'];
const EDTF = ['2005', '2005-06', '2014-06-17', '2026-11-23', '[2013-12..2014-06-17]', '[2015-05-18..]', '2010/..', '2014~', 'XXXX'];
const LANGUAGES = ['en', 'fr', 'es', 'ar', 'rw'];
const TEXTS = ['A text', 'The Parties shall agree', 'Une autre', 'نص', 'x'];

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': fc.oneof(fc.constantFrom(...INSTANTS), fc.date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2100-01-01') }).map((d) => d.toISOString())),
  date: fc.constantFrom(...DAYS),
  edtf: fc.constantFrom(...EDTF),
  language: fc.constantFrom(...LANGUAGES),
  'time-zone': fc.constantFrom('Europe/London', 'Africa/Kigali', 'UTC'),
  email: fc.emailAddress(),
  uri: fc.webUrl(),
};

function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    return fc.constantFrom(...TEXTS);
  }
}

function text(node: Node, name: string, pool: Pool): fc.Arbitrary<unknown> {
  const own = node.format === undefined ? undefined : FORMATS[node.format];
  const known = [...(pool.get(name) ?? []), ...(node.ref === undefined ? [] : [`${node.ref}-1`, `${node.ref}-2`]), ...(/Ids?$|Ref$/.test(name) ? ['a1', 'a2'] : [])];
  const free =
    own ??
    (node.pattern === undefined
      ? fc.oneof(fc.constantFrom(...TEXTS), fc.string({ maxLength: Math.min(node.maxLength ?? 30, 30) - 1 }).map((rest) => `x${rest}`))
      : matching(node.pattern));
  return known.length === 0 ? free : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: free });
}

function number(node: Node): fc.Arbitrary<number> {
  const min = Math.max(node.minimum ?? (node.exclusiveMinimum ?? -10) + (node.exclusiveMinimum === undefined ? 0 : 1), -1e6);
  const max = Math.min(node.maximum ?? (node.exclusiveMaximum === undefined ? min + 50 : node.exclusiveMaximum - 1), 1e9);
  return node.type === 'integer' ? fc.integer({ min: Math.ceil(min), max: Math.max(Math.ceil(min), Math.floor(max)) }) : fc.double({ min, max: Math.max(min, max), noNaN: true });
}

function object(node: Node, pool: Pool): fc.Arbitrary<unknown> {
  const entries = Object.entries(node.properties ?? {});
  const model = Object.fromEntries(entries.map(([name, child]) => [name, arbitraryOf(child, name, pool)]));
  return fc.record(model, { requiredKeys: entries.map(([name]) => name).filter((name) => node.required?.includes(name)) });
}

function dictionary(node: Node, name: string, pool: Pool): fc.Arbitrary<unknown> {
  const value = typeof node.additionalProperties === 'object' ? arbitraryOf(node.additionalProperties, name, pool) : fc.constant('x');
  const names = node.propertyNames ?? {};
  // What Zod asks of every one of an enumeration's keys it says in `required`.
  if (names.enum) {
    const keys = names.enum.map(String);
    return fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: keys.filter((key) => node.required?.includes(key)) });
  }
  return fc.dictionary(arbitraryOf(names, `${name}:key`, pool) as fc.Arbitrary<string>, value, { minKeys: 1, maxKeys: 3 });
}

export function arbitraryOf(node: Node, name: string, pool: Pool): fc.Arbitrary<unknown> {
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.enum) return fc.constantFrom(...node.enum);
  const either = node.anyOf ?? node.oneOf;
  if (either) return fc.oneof(...either.map((child) => arbitraryOf(child, name, pool)));
  if (node.allOf) return fc.tuple(...node.allOf.map((child) => arbitraryOf(child, name, pool))).map((parts) => Object.assign({}, ...parts) as unknown);
  switch (node.type) {
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'integer':
    case 'number':
      return number(node);
    case 'array':
      if (node.prefixItems) return fc.tuple(...node.prefixItems.map((child) => arbitraryOf(child, name, pool)));
      return fc.array(arbitraryOf(node.items ?? {}, name, pool), { minLength: node.minItems ?? 0, maxLength: Math.min(node.maxItems ?? 3, Math.max(3, node.minItems ?? 0)) });
    case 'object':
      return node.properties ? object(node, pool) : dictionary(node, name, pool);
    case 'string':
    case undefined:
      return text(node, name, pool);
    default:
      throw new Error(`no values for ${JSON.stringify(node)}`);
  }
}

/** Values that mostly fit the schema: its refinements are not in its JSON form, so whoever uses them parses and passes over the rest. */
export const fromSchema = (schema: z.ZodType, pool: Pool): fc.Arbitrary<unknown> =>
  arbitraryOf(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input', reused: 'inline' }) as Node, '', pool);

/** The strings of samples by the name of their field; those of a list by the list's. */
export function poolOf(samples: readonly unknown[]): Pool {
  const pool = new Map<string, Set<string>>();
  const add = (name: string, value: string) => pool.set(name, (pool.get(name) ?? new Set()).add(value));
  const walk = (value: unknown, name: string): void => {
    if (typeof value === 'string') add(name, value);
    else if (Array.isArray(value)) for (const item of value) walk(item, name);
    else if (typeof value === 'object' && value !== null)
      for (const [key, child] of Object.entries(value)) {
        add(`${name}:key`, key);
        walk(child, key);
      }
  };
  for (const sample of samples) walk(sample, '');
  return new Map([...pool].map(([name, values]) => [name, [...values]]));
}
