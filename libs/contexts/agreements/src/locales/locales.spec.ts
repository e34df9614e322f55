import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import IntlMessageFormat from 'intl-messageformat';
import { z } from 'zod';
import { mou } from '../mou/mou.js';

interface Words { [key: string]: string | Words }
const folder = import.meta.dirname;
const read = (lang: string) => JSON.parse(readFileSync(join(folder, `${lang}.json`), 'utf8')) as Words;
const keys = (words: Words, at = ''): string[] =>
  Object.entries(words).flatMap(([k, v]) => (typeof v === 'string' ? [`${at}${k}`] : keys(v, `${at}${k}.`)));
const at = (words: Words, path: string) => path.split('.').reduce<unknown>((w, k) => (w as Words)[k], words) as string;
const argumentsOf = (message: string, lang: string) => {
  const found = new Set<string>();
  const walk = (parts: ReturnType<IntlMessageFormat['getAst']>) => {
    for (const part of parts) {
      if ('value' in part && part.type !== 0) found.add(String(part.value));
      if ('options' in part) for (const option of Object.values(part.options)) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(message, lang).getAst());
  return [...found].toSorted();
};

interface Node { enum?: string[]; properties?: Record<string, Node>; items?: Node; anyOf?: Node[] }
const fieldsOf = (node: Node, name: string, fields: Set<string>, values: Set<string>): void => {
  for (const value of node.enum ?? []) values.add(`${name}.${value}`);
  for (const [k, child] of Object.entries(node.properties ?? {})) {
    fields.add(k);
    fieldsOf(child, k, fields, values);
  }
  for (const child of [...(node.items ? [node.items] : []), ...(node.anyOf ?? [])]) fieldsOf(child, name, fields, values);
};

describe.each(['en', 'fr', 'es', 'ar', 'pt', 'rw'])('the words of agreements in %s', (lang) => {
  const words = read(lang);
  const english = read('en');
  it('are the same as in English, with the same arguments', () => {
    expect(keys(words)).toEqual(keys(english));
    for (const key of keys(words)) expect([key, argumentsOf(at(words, key), lang)]).toEqual([key, argumentsOf(at(english, key), 'en')]);
  });
  it('name every command, event, state, field and value', () => {
    const fields = new Set<string>();
    const values = new Set<string>();
    const schemas = [...mou.events.names.map((n) => mou.events.schema(n as 'MouSigned')), ...Object.values(mou.commands).map((c) => c.input)];
    for (const schema of schemas) fieldsOf(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Node, '', fields, values);
    const has = new Set(keys(words));
    const wanted = [
      ...Object.keys(mou.commands).map((c) => `command.${c}`), ...mou.events.names.map((e) => `event.${e}`), ...mou.states.map((s) => `state.Mou.${s}`),
      ...[...fields].map((f) => `field.${f}`), ...[...values].map((v) => `value.${v}`),
    ];
    expect(wanted.filter((key) => !has.has(key))).toEqual([]);
  });
  it('have a sentence for every refusal and duty', () => {
    const sources = ['../mou', '../views'].flatMap((dir) =>
      readdirSync(join(folder, dir)).filter((f) => f.endsWith('.ts') && !f.includes('.spec.')).map((f) => readFileSync(join(folder, dir, f), 'utf8')));
    const said = (pattern: RegExp) => [...new Set(sources.flatMap((s) => [...s.matchAll(pattern)].map((m) => m[1] ?? '')))].toSorted();
    const refusals = said(/'mou\.([a-z-]+)'/g);
    const duties = said(/'(mou-[a-z-]+)', '[A-Z]/g);
    expect(Object.keys(words['refusal']!['mou' as never])).toEqual(refusals);
    expect(duties.filter((d) => typeof (words['duty'] as Words)[d] !== 'string')).toEqual([]);
  });
});
