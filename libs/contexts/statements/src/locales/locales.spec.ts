import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkResources, flatten, type Messages } from '#platform/i18n';
import { z } from 'zod';
import { statement } from '../statement/statement.js';

const folder = import.meta.dirname;
const words = JSON.parse(readFileSync(join(folder, 'en.json'), 'utf8')) as Messages;
const keys = [...flatten(words)].map(([key]) => key);
const sources = ['../statement', '../views'].flatMap((dir) =>
  readdirSync(join(folder, dir))
    .filter((file) => file.endsWith('.ts') && !file.includes('.spec.'))
    .map((file) => readFileSync(join(folder, dir, file), 'utf8')),
);
const said = (pattern: RegExp) => [...new Set(sources.flatMap((s) => [...s.matchAll(pattern)].map((m) => m[1] ?? '')))].toSorted();

interface Node {
  enum?: string[];
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
}
/** Every field of a schema, and every value of its enumerations under the name of its field. */
function* namesIn(node: Node, name = ''): Generator<string> {
  for (const value of node.enum ?? []) yield `value.${name}.${value}`;
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    yield `field.${key}`;
    yield* namesIn(child, key);
  }
  for (const child of [...(node.items ? [node.items] : []), ...(node.anyOf ?? [])]) yield* namesIn(child, name);
}

describe('the words of statements', () => {
  it('are complete and right in every language, with all its plurals', () =>
    expect(checkResources([{ namespace: 'statements', folder }])).toEqual([]));
  it('name every command, event, state, field and value', () => {
    const { commands, events, states } = statement;
    const schemas = [...Object.values(events.schemas), ...Object.values(commands).map((c) => c.input)] as z.ZodType[];
    const fields = schemas.flatMap((s) => [...namesIn(z.toJSONSchema(s, { unrepresentable: 'any', io: 'input' }) as Node)]);
    const wanted = [
      'aggregate.Statement',
      ...Object.keys(commands).map((c) => `command.${c}`),
      ...events.names.map((e) => `event.${e}`),
      ...states.map((s) => `state.Statement.${s}`),
      ...fields,
    ];
    expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
  });
  it('have a sentence for every refusal, and none for others', () =>
    expect(keys.filter((k) => k.startsWith('refusal.')).toSorted()).toEqual(said(/'(statement\.[a-z-]+)'/g).map((code) => `refusal.${code}`)));
  it('have a sentence for every duty', () =>
    expect(keys.filter((k) => k.startsWith('duty.')).toSorted()).toEqual(said(/'(statement-[a-z]+(?:-[a-z]+)*)'/g).map((kind) => `duty.${kind}`)));
});
