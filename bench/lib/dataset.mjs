// A data folder of many events: the record of 2014 and the exercise, recorded by their own commands, then again and again
// under new names, so that each kind of event, stream and view has its natural share.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { categoryOf, comparePositions, derivedId, idOf, START, SqliteEventStore } from '#platform/event-store';
import { Identity } from '#platform/identity';
import { openPlatform, ProcessStore } from '#platform/runtime';
import { root } from './bench.mjs';

export const EVENTS = 100_000;
const { contexts } = await import('../../dist/apps/server/src/contexts.js');
const { setUpDemo } = await import('../../dist/apps/server/src/demo.js');
/** Parliaments and networks are few; the things of every copy refer to the same ones. */
const SHARED = new Set(['parliament', 'network']);
const WORDS = ['Harbour', 'Orchard', 'Lantern', 'Meridian', 'Compass', 'Granite', 'Willow', 'Beacon', 'Delta', 'Summit', 'Prairie', 'Estuary', 'Juniper'];

const log = { error: (...all) => console.error(...all), warn() {}, info() {}, debug() {} };
const open = (folder) => openPlatform({ folder, contexts, log });

/** A value with the ids of one copy in place of the first ones. */
function renamed(value, names) {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((part) => renamed(part, names));
  if (value === null || typeof value !== 'object') return value;
  // A capacity may be called as a person is; it is no id.
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [names.get(key) ?? key, key === 'capacity' ? part : renamed(part, names)]));
}
/** Titles of the copies differ, so that a search has something to choose. */
function retold(data, k) {
  const word = `${WORDS[k % WORDS.length]} ${k}`;
  const titled = (text) => (text && typeof text === 'object' && typeof text.en === 'string' ? { ...text, en: `${text.en} ${word}` } : text);
  return Object.fromEntries(Object.entries(data).map(([key, part]) => [key, /^(name|names|title|titles|subject)$/.test(key) ? titled(part) : part]));
}

async function readAll(store) {
  const all = [];
  for (let after = START; ; after = all.at(-1).position) {
    const page = await store.readAll({ after, limit: 1000 });
    all.push(...page);
    if (page.length < 1000) return all;
  }
}

async function multiply(store, events) {
  const first = await readAll(store);
  const ids = [...new Set(first.map((e) => e.stream))].filter((s) => !SHARED.has(categoryOf(s))).map(idOf);
  const copied = first.filter((e) => !SHARED.has(categoryOf(e.stream)));
  let count = first.length;
  for (let k = 1; count < events; k++) {
    const names = new Map(ids.map((id) => [id, `${id}-${k}`]));
    const acts = copied.slice(0, events - count).map((e) => ({
      stream: `${categoryOf(e.stream)}-${names.get(idOf(e.stream))}`,
      revision: e.revision,
      event: { id: derivedId('bench', k, e.id), type: e.type, data: retold(renamed(e.data, names), k), meta: renamed(e.meta, names) },
    }));
    count += acts.length;
    await Promise.all(acts.map(({ stream, revision, event }) => store.append(stream, revision - 1, [event])));
  }
}

/** Makes the folder once for a run: events, accounts, views that stand at the end, nothing left to do by rule. Copy it before use. */
async function make(folder) {
  mkdirSync(folder, { recursive: true });
  const platform = await open(folder);
  const identity = new Identity({ folder, publicUrl: 'http://localhost:3000' });
  await setUpDemo(platform, identity, join(root, 'apps/server/records'));
  identity.close();
  await platform.close();

  const store = new SqliteEventStore(folder);
  await multiply(store, EVENTS);
  const head = await store.head();
  await store.close();
  // What the rules did is among the copied events.
  const processes = new ProcessStore(folder);
  for (const name of ['reactions', 'schedules']) processes.advance(name, head);
  processes.close();

  const filled = await open(folder);
  const behind = comparePositions(filled.runner.position, await filled.events.head()) < 0;
  await filled.close();
  if (behind) throw new Error('the views did not come to the end of the record');
}

/** A copy of the folder for one use. */
export async function filledFolder({ scratch, folder }) {
  const made = join(scratch, 'filled');
  if (!existsSync(made)) {
    const making = join(scratch, 'filling');
    rmSync(making, { recursive: true, force: true });
    await make(making);
    renameSync(making, made);
  }
  const copy = folder('filled');
  cpSync(made, copy, { recursive: true });
  return copy;
}

/** The first memorandum of the exercise, by its own id. */
export function firstMou() {
  const { steps } = JSON.parse(readFileSync(join(root, 'apps/server/records/exercise.json'), 'utf8'));
  return steps.find((step) => step.aggregate === 'Mou').id;
}
