import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { ConfigSchema } from '#platform/runtime';
import { runCli } from '../../apps/cli/src/cli.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../../apps/server/src/demo.js';
import { json, read, root } from './support.js';

const page = read(join(root, 'README.md'));
const plain = (markdown: string): string => markdown.replaceAll('`', '').trim();
const section = (title: string): string => {
  const found = page.split(/^## /m).find((part) => part.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`README.md has no section “${title}”`);
  return found;
};
/** Cells of the first table of a section, without its head. */
function table(title: string): string[][] {
  const lines = section(title).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const end = lines.findIndex((line, i) => i > first && !line.startsWith('|'));
  return lines.slice(first + 2, end).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

describe('the settings of README.md', () => {
  const rows = table('Settings').map((cells) => cells.map(plain));
  const settings = Object.entries(ConfigSchema.shape);
  const fallback = (schema: z.ZodType): string | undefined => (schema instanceof z.ZodDefault ? String(schema.def.defaultValue) : undefined);

  it('are those of the schema, in its order, and the file', () => {
    expect(rows.map(([name]) => name)).toEqual([...settings.map(([name]) => name), 'COMITY_CONFIG']);
  });
  it.each(settings.map(([name, schema]) => [name, schema as z.ZodType] as const))('%s: default, meaning, values', (name, schema) => {
    const [, standard, meaning = ''] = rows.find(([own]) => own === name) ?? [];
    // What is computed from other settings the schema says in words.
    const [, computed] = /; by default (\S+)\.$/.exec(schema.description ?? '') ?? [];
    expect(standard).toBe(fallback(schema) ?? computed ?? '');
    expect(meaning).toContain((schema.description ?? '?').replace(/; by default .*|\.$/, ''));
    const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
    const values = inner instanceof z.ZodEnum ? inner.options.map(String) : [];
    if (values.length > 2) expect(values.filter((value) => !new RegExp(`\\b${value}\\b`).test(meaning))).toEqual([]);
  });
});

describe('the command line of README.md', () => {
  const help = async (...args: string[]): Promise<string> => {
    const out = new PassThrough();
    const said = text(out);
    expect(await runCli([...args, '--help'], { in: new PassThrough(), out, err: new PassThrough(), env: {} })).toBe(0);
    out.end();
    return said;
  };
  const rows = table('comity').map(([what = '']) => plain(what));
  it('has every subcommand with its operands', async () => {
    const known = [...(await help()).matchAll(/^ {2}(\S+(?: <[^>]+>)*) {2,}/gm)].map((match) => match[1]!);
    expect(known.length).toBeGreaterThan(3);
    expect(rows.map((row) => row.replace(/ [[-].*$/, ''))).toEqual(known);
  });
  it('names options that there are', async () => {
    for (const row of rows) {
      const options = row.match(/--[a-z-]+/g) ?? [];
      const known = await help(row.split(' ')[0]!);
      expect(options.filter((option) => !known.includes(`  ${option} `))).toEqual([]);
    }
  });
});

describe('the rest of README.md', () => {
  it('has the accounts of the demonstration, with their password', () => {
    const names: Readonly<Record<string, string>> = { en: 'English', fr: 'French', es: 'Spanish', ar: 'Arabic', pt: 'Portuguese', rw: 'Kinyarwanda' };
    expect(section('Run it')).toContain(`\`${DEMO_PASSWORD}\``);
    const accounts = [...section('Run it').matchAll(/^\| `(\S+@\S+)` \| (.+) \| (\w+) \|$/gm)].map(([, email, , language]) => ({ email, language }));
    expect(accounts).toEqual(DEMO_ACCOUNTS.map(({ email, language }) => ({ email, language: names[language] })));
  });
  it('names folders, scripts, pages and pictures that are there', () => {
    const folders = table('What is where').map(([folder = '']) => plain(folder));
    expect(folders.length).toBeGreaterThan(5);
    const links = [...page.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1]!);
    expect([...folders, ...links].filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const { scripts } = json(join(root, 'package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const said = [...page.matchAll(/npm (?:run )?(start|test|(?<=run )[\w:]+)/g)].map((match) => match[1]!);
    expect(said).toContain('comity');
    expect(said.filter((name) => !(name in scripts))).toEqual([]);
  });
});
