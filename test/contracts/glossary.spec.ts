import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aggregates, read, root } from './support.js';

const PATH = join(root, 'docs/glossary.md');
const page = read(PATH);

interface Entry {
  readonly term: string;
  readonly text: string;
}
/** An entry begins with `- **Term**` and goes on until the next one, a heading or an empty line. */
const entriesOf = (text: string): Entry[] =>
  [...text.matchAll(/^- \*\*(.+?)\*\*(?:.*(?:\n(?!- |#|$).*)*)/gm)].map((match) => ({ term: match[1]!, text: match[0] }));

const sections = page.split(/^## /m).slice(1).map((text) => [text.split('\n')[0]!, entriesOf(text)] as const);
const entries = sections.flatMap(([, own]) => own);
/** Entries by what their bracket names: `(aggregate `Group`)`, `(role `NetSec`)`, `(state `none`)`. */
const named = (kind: string): ReadonlyMap<string, readonly Entry[]> =>
  Map.groupBy(entries.filter(({ text }) => text.includes(`(${kind} \``)), ({ text }) => new RegExp(`\\(${kind} \`(\\w+)\`\\)`).exec(text)?.[1] ?? text);

const all = aggregates.map(([, aggregate]) => aggregate);
const roles = new Set(all.flatMap(({ commands }) => Object.values(commands).flatMap(({ by }) => by)));
const spoken = (names: Iterable<string>) => [...names].toSorted();

describe('docs/glossary.md', () => {
  it('explains every aggregate once, and no other', () => {
    expect(spoken(named('aggregate').keys())).toEqual(spoken(all.map(({ name }) => name)));
    expect([...named('aggregate').values()].filter((found) => found.length > 1)).toEqual([]);
  });
  it.each(all.map((aggregate) => [aggregate.name, aggregate] as const))('explains every state of %s once, in its entry', (name, aggregate) => {
    const text = named('aggregate').get(name)?.[0]?.text ?? '';
    // A state and what it means: `recess`: it pauses …
    const explained = [...text.matchAll(/`(\w+)`:\s/g)].map((match) => match[1]!);
    expect(spoken(explained)).toEqual(spoken(aggregate.states.filter((state) => state !== 'none')));
  });
  it('explains the state in which all begin', () => {
    expect([...named('state').keys()]).toEqual(['none']);
    expect(all.filter(({ initial }) => initial.status !== 'none').map(({ name }) => name)).toEqual([]);
  });
  it('explains every role that may give a command once, and no other', () => {
    expect(spoken(named('role').keys())).toEqual(spoken(roles));
    expect([...named('role').values()].filter((found) => found.length > 1)).toEqual([]);
  });

  it.each(sections)('%s: in alphabetical order', (_, own) => {
    const terms = own.map(({ term }) => term);
    expect(terms.length).toBeGreaterThan(0);
    expect(terms).toEqual(terms.toSorted((a, b) => a.localeCompare(b, 'en')));
  });
  it('names files and pages that are there', () => {
    const files = [...page.matchAll(/`((?:apps|libs|docs|test)\/[\w./-]+)`/g)].map((match) => match[1]!);
    const links = [...page.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => join('docs', match[1]!));
    expect(files.length).toBeGreaterThan(20);
    expect([...files, ...links].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
  it('names events and rules that are there', () => {
    const events = new Set(all.flatMap(({ events: { names } }) => names));
    const bracketed = new Set([...all.map(({ name }) => name), ...roles]);
    const words = [...page.matchAll(/`([A-Z][a-z]+[A-Za-z]*)`/g)].map((match) => match[1]!);
    expect(words.filter((word) => !events.has(word) && !bracketed.has(word))).toEqual([]);
    const rules = [...page.matchAll(/`(when-[a-z-]+)`/g)].map((match) => match[1]!);
    const known = globSync('libs/contexts/*/src/reactions/*.ts', { cwd: root }).map((file) => read(join(dirname(PATH), '..', file)));
    expect(rules.filter((rule) => !known.some((text) => text.includes(`'${rule}'`)))).toEqual([]);
  });
});
