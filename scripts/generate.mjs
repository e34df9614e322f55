// Writes docs/generated/events.md and, where the domain's catalogue is at hand, docs/coverage.md; both from the registry in dist/ (npm run build).
// test/contracts/catalogue.spec.ts proves them fresh.
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
export const CATALOGUE = join(root, '../shared/domain/catalogue.json');
export const NOTES = join(root, 'docs/coverage.json');
export const paths = { events: join(root, 'docs/generated/events.md'), coverage: join(root, 'docs/coverage.md') };

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const list = (values) => (values.length === 0 ? '–' : values.join(', '));
const lacks = (a, b) => a.some((value) => !b.includes(value));
const same = (a, b) => !lacks(a, b) && !lacks(b, a);

/** The type of a field, short: `id of a group`, `text by language`, `one of: a, b`. */
export function typeOf(node = {}) {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return `one of: ${node.enum.join(', ')}`;
  if (node.ref) return `id of ${/^[aeiou]/.test(node.ref) ? 'an' : 'a'} ${node.ref}`;
  if (node.format === 'multilingual') return 'text by language';
  if (node.format) return { 'date-time': 'instant (UTC)', date: 'day', edtf: 'partial date (EDTF)', language: 'language tag', prose: 'prose', 'time-zone': 'time zone' }[node.format] ?? node.format;
  const either = node.anyOf ?? node.oneOf;
  if (either) return either.map(typeOf).join(' or ');
  if (node.allOf) return node.allOf.map(typeOf).join(' and ');
  if (node.type === 'array') return node.prefixItems ? `[${node.prefixItems.map(typeOf).join(', ')}]` : `list of ${typeOf(node.items)}`;
  if (node.type === 'object' && node.properties)
    return `{ ${Object.entries(node.properties).map(([name, child]) => `${name}${(node.required ?? []).includes(name) ? '' : '?'}: ${typeOf(child)}`).join('; ')} }`;
  if (node.type === 'object') return `${typeOf(node.additionalProperties)} by ${node.propertyNames ? typeOf(node.propertyNames) : 'name'}`;
  return node.type ?? 'any';
}
const fieldsOf = (schema) => {
  const node = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input', reused: 'inline' });
  // An event of several shapes shows each of them.
  const shapes = node.anyOf ?? node.oneOf ?? [node];
  return shapes.map((shape) =>
    Object.entries(shape.properties ?? {})
      .map(([name, child]) => `\`${name}\`${(shape.required ?? []).includes(name) ? '' : '?'}: ${typeOf(child)}`)
      .join('; '),
  ).join(' — or — ') || '–';
};

const samplesOf = (context, aggregate) =>
  aggregate.events.names.flatMap((type) => {
    const [file] = globSync(`libs/contexts/${context.name}/src/*/golden/${type}.v${aggregate.events.version(type)}.json`, { cwd: root });
    if (file === undefined) return [];
    const { full, minimal } = JSON.parse(readFileSync(join(root, file), 'utf8'));
    return [full, minimal].filter((data) => aggregate.events.schema(type).safeParse(data).success).map((data) => ({ type, data }));
  });
/**
 * Who may read each event: the labels that the aggregate's rule gives its golden samples, in every state that the samples lead to.
 * The rule itself is code; this shows what it comes to.
 */
function labelsOf(context, aggregate) {
  const samples = samplesOf(context, aggregate);
  const states = [aggregate.initial];
  for (const { type, data } of samples) states.push(aggregate.evolve[type](states.at(-1), data));
  const ORDER = ['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR'];
  return new Map(
    aggregate.events.names.map((type) => {
      const found = samples.filter((sample) => sample.type === type).flatMap((event) => states.map((state) => aggregate.label(aggregate.evolve[type](state, event.data), event).tlp));
      return [type, ORDER.filter((tlp) => found.includes(tlp)).join(' or ') || 'no sample'];
    }),
  );
}

/** The catalogue of events as a page. */
export function eventsPage(contexts) {
  const parts = contexts.flatMap((context) => [
    `## ${context.name}`,
    ...context.aggregates.flatMap((aggregate) => {
      const labels = labelsOf(context, aggregate);
      const rows = aggregate.events.names.map((type) => {
        const by = Object.entries(aggregate.commands).filter(([, { emits }]) => emits.includes(type)).map(([name]) => name);
        return [type, `\`${aggregate.events.storedType(type)}\``, fieldsOf(aggregate.events.schema(type)), labels.get(type), list(by)];
      });
      return [
        `### ${aggregate.name}`,
        `Streams \`${aggregate.category}-<id>\`.`,
        table(['Event', 'Stored as', 'Fields (? may be absent)', 'Label', 'By commands'], rows),
      ];
    }),
  ]);
  const count = contexts.flatMap((c) => c.aggregates.flatMap((a) => a.events.names)).length;
  return `${['# Events', `Made by \`npm run generate\`; do not edit. ${count} events. Where two labels stand, the state decides. What surrounds each (actor, instants, mode, sources, label) is the envelope in libs/kernel/src/event.ts.`, ...parts].join('\n\n')}\n`;
}

const COLUMNS = { by: 1, from: 2, to: 3, emits: 4, guards: 5 };
/** One row of the catalogue beside the product's: the columns that differ. */
export function differencesOf(cmd, row) {
  const wanted = (column) => (Array.isArray(cmd[COLUMNS[column]]) ? cmd[COLUMNS[column]] : cmd[COLUMNS[column]].replace(/^=$/, 'same').split('|'));
  return Object.keys(COLUMNS)
    // To be judged by more invariants than the catalogue asks is no difference.
    .filter((column) => (column === 'guards' ? lacks(wanted(column), row.guards ?? []) : !same(wanted(column), [row[column]].flat())))
    .map((column) => ({ column, catalogue: wanted(column), product: [row[column] ?? []].flat() }));
}

/** How far the catalogue is implemented, and where the product differs from it. */
export function coverage(contexts, catalogue, notes) {
  const own = new Map(contexts.flatMap((context) => context.aggregates.map((aggregate) => [aggregate.name, { context, aggregate }])));
  const rows = catalogue.aggregates.map((wanted) => {
    const found = own.get(wanted.name);
    const missing = wanted.cmds.map(([name]) => name).filter((name) => !(name in (found?.aggregate.commands ?? {})));
    const extra = Object.keys(found?.aggregate.commands ?? {}).filter((name) => !wanted.cmds.some(([n]) => n === name));
    const differences = wanted.cmds.flatMap((cmd) => {
      const row = found?.aggregate.commands[cmd[0]];
      return row === undefined ? [] : differencesOf(cmd, row).map((d) => {
        const id = `${wanted.name}.${cmd[0]}`;
        return { id, ...d, reason: notes.differences[id] };
      });
    });
  
    return {
      name: wanted.name, context: found?.context.name, begun: found !== undefined, total: wanted.cmds.length, done: wanted.cmds.length - missing.length,
      missing: missing.map((command) => ({ command, issue: notes.notYet?.[`${wanted.name}.${command}`] })), extra, differences,
    };
  });
  const done = rows.reduce((sum, row) => sum + row.done, 0);
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  return { rows, done, total };
}

export function coveragePage(contexts, catalogue, notes) {
  const { rows, done, total } = coverage(contexts, catalogue, notes);
  const begun = rows.filter((row) => row.begun);
  const later = begun.flatMap((row) => row.missing.map(({ command, issue }) => [row.name, command, issue === undefined ? 'none' : `#${issue}`]));
  const differences = begun.flatMap((row) => row.differences.map((d) => [d.id, d.column, list(d.catalogue), list(d.product), d.reason ?? 'no reason given']));
  const known = new Map(rows.map((row) => [row.name, row.extra]));
  const beyond = contexts.flatMap((context) => context.aggregates.flatMap(({ name, commands }) => {
    const extra = known.get(name) ?? Object.keys(commands);
    return extra.length === 0 ? [] : [[name, list(extra), notes.beyond?.[name] ?? 'no reason given']];
  }));
  return `${[
    '# Coverage of the domain catalogue',
    `Made by \`npm run generate\`; do not edit. The reasons stand in docs/coverage.json.`,
    `**${done} of ${total} commands (${((done / total) * 100).toFixed(0)} %)**, in ${begun.length} of ${rows.length} aggregates.`,
    table(['Aggregate', 'Context', 'Commands', 'Of'], rows.map((row) => [row.name, row.context ?? 'not begun', row.done, row.total])),
    '## Commands not in this form yet',
    later.length === 0 ? 'None.' : table(['Aggregate', 'Command', 'Issue'], later),
    '## Beyond the catalogue',
    beyond.length === 0 ? 'None.' : table(['Aggregate', 'Commands', 'Why'], beyond),
    '## Deliberate differences',
    differences.length === 0 ? 'None.' : table(['Command', 'Column', 'Catalogue', 'Product', 'Why'], differences),
  ].join('\n\n')}\n`;
}

if (process.argv[1] === import.meta.filename) {
  const registry = join(root, 'dist/apps/server/src/contexts.js');
  if (!existsSync(registry)) {
    console.error('dist/ is missing: npm run build');
    process.exit(1);
  }
  const { contexts } = await import(registry);
  const { notYet } = await import(join(root, 'dist/libs/contexts/statements/src/index.js'));
  mkdirSync(join(root, 'docs/generated'), { recursive: true });
  writeFileSync(paths.events, eventsPage(contexts));
  if (existsSync(CATALOGUE)) {
    const notes = JSON.parse(readFileSync(NOTES, 'utf8'));
    writeFileSync(paths.coverage, coveragePage(contexts, JSON.parse(readFileSync(CATALOGUE, 'utf8')), withIssues(notes, notYet)));
  } else console.log(`${CATALOGUE} is not here: docs/coverage.md stays as it is`);
}

/** Notes with the commands that the statements put off. */
export function withIssues(notes, notYet) {
  return { ...notes, notYet: Object.fromEntries(notYet.map(({ command, issue }) => [`Statement.${command}`, issue])) };
}
