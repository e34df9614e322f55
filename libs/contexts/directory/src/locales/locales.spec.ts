import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import { directory } from '../directory.context.js';

interface Words { [key: string]: string | Words }
interface Shape { enum?: string[]; properties?: Record<string, Shape>; items?: Shape; anyOf?: Shape[] }
const folder = import.meta.dirname;
const read = (lang: string) => JSON.parse(readFileSync(join(folder, `${lang}.json`), 'utf8')) as Words;
const flat = (words: Words, at = ''): [string, string][] =>
  Object.entries(words).flatMap(([k, v]): [string, string][] => (typeof v === 'string' ? [[at + k, v]] : flat(v, `${at}${k}.`)));
const messages = (lang: string) => new Map(flat(read(lang)));

/** Names of the arguments of a message; those outside a `select` must always be there. */
const argumentsOf = (message: string, lang: string) => {
  const found = { all: new Set<string>(), bare: new Set<string>() };
  const walk = (parts: ReturnType<IntlMessageFormat['getAst']>, outside: boolean) => {
    for (const part of parts) {
      if ('value' in part && part.type !== 0) found.all.add(String(part.value));
      if ('value' in part && part.type === 1 && outside) found.bare.add(String(part.value));
      if ('options' in part) for (const option of Object.values(part.options)) walk(option.value, false);
    }
  };
  walk(new IntlMessageFormat(message, lang).getAst(), true);
  return { all: [...found.all].toSorted(), bare: [...found.bare].toSorted() };
};
const keysOf = (shape: Shape, name: string): string[] => [
  ...(shape.enum ?? []).map((v) => `value.${name}.${v}`),
  ...Object.entries(shape.properties ?? {}).flatMap(([k, child]) => [`field.${k}`, ...keysOf(child, k)]),
  ...[...(shape.items ? [shape.items] : []), ...(shape.anyOf ?? [])].flatMap((child) => keysOf(child, name)),
];
const shapeOf = (schema: unknown) => z.toJSONSchema(schema as z.ZodType, { unrepresentable: 'any' }) as Shape & { required?: string[] };
const english = messages('en');

describe('the words of the directory', () => {
  it.each(['fr', 'es', 'ar', 'pt', 'rw'])('are in %s the same as in English, with the same arguments', (lang) => {
    const words = messages(lang);
    expect([...words.keys()]).toEqual([...english.keys()]);
    for (const [key, message] of words) expect([key, argumentsOf(message, lang).all]).toEqual([key, argumentsOf(english.get(key)!, 'en').all]);
  });
  it('name every aggregate, state, command, event, field and value', () => {
    const wanted = directory.aggregates.flatMap((a) => [
      `aggregate.${a.name}`,
      ...a.states.map((s) => `state.${a.name}.${String(s)}`),
      ...Object.entries(a.commands).flatMap(([name, row]) => [`command.${name}`, ...keysOf(shapeOf(row.input), '')]),
      ...a.events.names.flatMap((name) => [`event.${name}`, ...keysOf(shapeOf(a.events.schema(name)), '')]),
    ]);
    expect([...new Set(wanted)].filter((key) => !english.has(key))).toEqual([]);
  });
  it('speak in the sentence of an event of what the event tells, and test what may be absent', () => {
    for (const a of directory.aggregates)
      for (const name of a.events.names) {
        const { properties = {}, required = [] } = shapeOf(a.events.schema(name));
        const { all, bare } = argumentsOf(english.get(`event.${name}`)!, 'en');
        const known = new Set(['actor', 'subject']);
        expect([name, all.filter((v) => !known.has(v) && !(v in properties))]).toEqual([name, []]);
        expect([name, bare.filter((v) => !known.has(v) && !required.includes(v))]).toEqual([name, []]);
      }
  });
  it('have a sentence for every refusal and duty, and none besides', () => {
    const sources = ['parliament', 'person', 'group', 'partner', 'views'].flatMap((dir) =>
      readdirSync(join(folder, '..', dir)).filter((f) => f.endsWith('.ts') && !f.includes('.spec.')).map((f) => readFileSync(join(folder, '..', dir, f), 'utf8')));
    const said = (pattern: RegExp) => [...new Set(sources.flatMap((s) => [...s.matchAll(pattern)].map((m) => m[1])))].toSorted();
    const has = (section: string) => [...english.keys()].filter((k) => k.startsWith(`${section}.`)).map((k) => k.slice(section.length + 1)).toSorted();
    expect(has('refusal')).toEqual(said(/refuse\(\s*'([a-z.-]+)'/g));
    expect(has('duty')).toEqual(said(/kind: '((?:person|group|partner)-[a-z-]+)', holder/g));
  });
});
