import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { type BoundedContext, Capacity } from '#kernel';
import { checkResources, COMMON, type Shape, flatten, LANGUAGE_TAGS, loadResources } from '#platform/i18n';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import { contexts } from '../../apps/server/src/contexts.js';
import { productOf, read, root, sourceOf } from './support.js';

const localesOf = (context: BoundedContext) => ({ namespace: context.name, folder: join(sourceOf(context), 'locales') });
const keysOf = (source: Parameters<typeof loadResources>[0][number], lang: string): ReadonlySet<string> => {
  const resources = loadResources([source]);
  return new Set([...flatten(resources[lang]![source.namespace]!)].map(([key]) => key));
};
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** Codes as they stand in the sources: refuse('…'), refused: '…', and what helpers pass on: any text `<word>.<kebab>` beside them. */
function refusalsOf(context: BoundedContext): string[] {
  const sources = productOf(context).map(read);
  const direct = sources.flatMap((text) => [...all(text, /\brefuse\(\s*'([^']+)'/g), ...all(text, /\brefused:\s*'([^']+)'/g)]);
  const prefixes = new Set(direct.filter((code) => code.includes('.')).map((code) => code.split('.')[0]));
  const passedOn = sources.flatMap((text) => all(text, /'([a-z][a-z-]*\.[a-z][a-z-]*)'/g)).filter((code) => prefixes.has(code.split('.')[0]));
  return [...new Set([...direct, ...passedOn])].toSorted();
}

/** Kinds of duties: `kind: '…'` before a holder, also behind a condition, and those that helpers are given, `('<kind>', '<Command>'` or `('<kind>', command`. */
function dutiesOf(context: BoundedContext): string[] {
  const sources = productOf(context, 'views').map(read);
  const beside = sources.flatMap((text) => all(text, /\bkind:([^,{}]*),\s*(?:holder\b|\.\.\.)/g)).flatMap((text) => all(text, /'([a-z]+-[a-z-]+)'/g));
  const given = sources.flatMap((text) => all(text, /'([a-z]+-[a-z-]+)',\s*(?:'[A-Z][A-Za-z]+'|command\b)/g));
  // `holder: 'network-secretariat', command` reads like one of them.
  return [...new Set([...beside, ...given])].filter((kind) => !(Capacity.options as readonly string[]).includes(kind)).toSorted();
}

/** Kinds of parts in the tree of a message, as @formatjs numbers them. */
const [LITERAL, ARGUMENT] = [0, 1];

/** Every field of a schema, and every value of its enumerations under the name of its field. */
function* namesIn(node: Shape, name = ''): Generator<string> {
  for (const value of node.enum ?? []) yield `value.${name}.${String(value)}`;
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    yield `field.${key}`;
    yield* namesIn(child, key);
  }
  for (const child of [...(typeof node.items === 'object' ? [node.items] : []), ...(node.anyOf ?? [])]) yield* namesIn(child, name);
}
const shapeOf = (schema: unknown): Shape => z.toJSONSchema(schema as z.ZodType, { unrepresentable: 'any', io: 'input' }) as Shape;

/** Names that a message speaks of; `always` are those outside any choice. */
function argumentsOf(message: string): { readonly all: ReadonlySet<string>; readonly always: ReadonlySet<string> } {
  const [found, always] = [new Set<string>(), new Set<string>()];
  const walk = (parts: ReturnType<IntlMessageFormat['getAst']>, outside: boolean) => {
    for (const part of parts) {
      if ('value' in part && part.type !== LITERAL) found.add(String(part.value));
      if ('value' in part && part.type === ARGUMENT && outside) always.add(String(part.value));
      if ('options' in part) for (const option of Object.values(part.options)) walk(option.value, false);
    }
  };
  walk(new IntlMessageFormat(message, 'en').getAst(), true);
  return { all: found, always };
}
const ROUND = ['actor', 'actorCapacity', 'actorBody', 'subject'];

const needed = (context: BoundedContext): string[] => [
  ...context.aggregates.flatMap(({ name, commands, events, states }) => [
    `aggregate.${name}`,
    ...Object.keys(commands).map((command) => `command.${command}`),
    ...events.names.map((type) => `event.${type}`),
    ...states.map((state: string) => `state.${name}.${state}`),
    ...events.names.flatMap((type) => [...namesIn(shapeOf(events.schema(type)))]),
    ...Object.values(commands).flatMap(({ input }) => [...namesIn(shapeOf(input))]),
  ]),
  ...refusalsOf(context).map((code) => `refusal.${code}`),
  ...dutiesOf(context).map((kind) => `duty.${kind}`),
];

it.each(LANGUAGE_TAGS)('every rule that a field can break has its sentence in %s', (lang) => {
  const sources = contexts.flatMap((context) => productOf(context)).concat(globSync('libs/{kernel,platform}/**/*.ts', { cwd: root }).map((file) => join(root, file)));
  const rules = new Set(sources.filter((file) => !file.includes('.spec.')).flatMap((file) => all(read(file), /\berror: '([a-z0-9-]+)'/g)));
  expect(rules).toContain('edtf');
  const known = keysOf(COMMON, lang);
  expect([...rules].filter((rule) => !known.has(`issue.${rule}`))).toEqual([]);
});

it('the words of the platform are complete and well formed in every language', () => {
  expect(checkResources([COMMON])).toEqual([]);
});

describe.each(contexts.map((context) => [context.name, context] as const))('the words of %s', (_, context) => {
  const source = localesOf(context);
  const missing = LANGUAGE_TAGS.filter((lang) => !existsSync(join(source.folder, `${lang}.json`)));

  it('are there in every language', () => {
    expect(missing).toEqual([]);
  });
  it('are the same messages in every language, well formed, with the plurals of each', () => {
    expect(checkResources([source])).toEqual([]);
  });
  it.each(LANGUAGE_TAGS)('name every aggregate, command, event, state, field, value, refusal and duty in %s', (lang) => {
    if (missing.includes(lang)) throw new Error(`${context.name} has no words in ${lang} yet`);
    const own = keysOf({ ...source, file: () => `${lang}.json` }, lang);
    const common = keysOf(COMMON, lang);
    expect([...new Set(needed(context))].filter((key) => !own.has(key) && !common.has(key))).toEqual([]);
  });
  it('refuse and ask nothing that the sources do not', () => {
    const [refusals, duties] = [refusalsOf(context), dutiesOf(context)];
    const own = [...keysOf(source, 'en')];
    const said = (section: string) => own.filter((key) => key.startsWith(`${section}.`)).map((key) => key.slice(section.length + 1));
    expect([said('refusal').filter((code) => !refusals.includes(code)), said('duty').filter((kind) => !duties.includes(kind))]).toEqual([[], []]);
  });
  it('speak in the sentence of an event of what the event tells, and test what may be absent', () => {
    const messages = new Map(flatten(loadResources([source])['en']![source.namespace]!));
    const wrong = context.aggregates.flatMap(({ events }) =>
      events.names.flatMap((type) => {
        const { properties = {}, required = [] } = shapeOf(events.schema(type)) as Shape & { readonly required?: readonly string[] };
        const { all: spoken, always } = argumentsOf(messages.get(`event.${type}`)!);
        const told = (name: string) => ROUND.includes(name) || name in properties || name.replace(/(Kind|Count|Value)$/, '') in properties;
        return [
          ...[...spoken].filter((name) => !told(name)).map((name) => `${type} knows no ${name}`),
          ...[...always].filter((name) => name in properties && !required.includes(name)).map((name) => `${type} may lack ${name}`),
        ];
      }),
    );
    expect(wrong).toEqual([]);
  });
  it('has refusals and duties to speak of (else the search above has gone blind)', () => {
    expect(refusalsOf(context)).not.toEqual([]);
    if (context.views.some((view) => view.duties !== undefined)) expect(dutiesOf(context)).not.toEqual([]);
  });
});

describe('the words of the workspace', () => {
  const web = { namespace: 'web', folder: join(root, 'apps/web/src/locales') };
  const sources = globSync('apps/web/src/**/*.{ts,tsx}', { cwd: root }).map((file) => read(join(root, file)));

  it('are the same messages in every language, well formed, with the plurals of each', () => {
    expect(checkResources([web])).toEqual([]);
  });
  it('are there for whatever the pages say, and none is left over', () => {
    const own = keysOf(web, 'en');
    const elsewhere = new Set([...keysOf(COMMON, 'en'), ...contexts.flatMap((context) => [...keysOf(localesOf(context), 'en')])]);
    const said = new Set(sources.flatMap((text) => all(text, /\bt\(\s*'([A-Za-z][A-Za-z0-9.-]*)'/g)));
    expect(said.size).toBeGreaterThan(100);
    expect([...said].filter((key) => !own.has(key) && !elsewhere.has(key))).toEqual([]);
    // A key that is put together, `t(`kind.${k}`)`, or handed on as a text counts as said by its first word.
    const texts = sources.join('\n');
    const unsaid = [...own].filter((key) => !said.has(key) && !texts.includes(`'${key}'`) && !texts.includes(`"${key}"`) && !texts.includes(`\`${key.split('.')[0]}.`));
    expect(unsaid).toEqual([]);
  });
});
