// A record of many events: that of 2014 and the exercise, recorded by their own commands, then again and again under new names,
// so that each kind of event, stream and view has its natural share.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { categoryOf, comparePositions, derivedId, idOf, START } from '#platform/event-store';
import { Identity, openIdentityDatabase } from '#platform/identity';
import { openEmbedded, openPlatform, viewsOf } from '#platform/runtime';
import { root, setting } from './bench.mjs';

export const EVENTS = setting('EVENTS', 100_000);
export const { contexts } = await import('../../dist/apps/server/src/contexts.js');
const { setUpDemo } = await import('../../dist/apps/server/src/demo.js');
export const VIEWS = viewsOf(contexts);
const RECORDS = join(root, 'apps/server/records');
const CACHE = join(root, 'bench/.data');
/** What the events of a record are made by. */
const MAKERS = ['dist/libs/kernel/**/*.js', 'dist/libs/contexts/**/*.js', 'dist/apps/server/src/demo.js', 'apps/server/records/*.json', 'bench/lib/dataset.mjs'];
/** Parliaments and networks are few; the things of every copy refer to the same ones. */
const SHARED = new Set(['parliament', 'network']);
const WORDS = ['Harbour', 'Orchard', 'Lantern', 'Meridian', 'Compass', 'Granite', 'Willow', 'Beacon', 'Delta', 'Summit', 'Prairie', 'Estuary', 'Juniper'];
/** As many appends are on their way at once as fill some commits. */
const AT_ONCE = 2_048;

const log = { fatal: console.error, error: console.error, warn() {}, info() {}, debug() {} };
const open = (folder) => openPlatform({ folder, contexts, log });
const fail = (error) => {
  throw error;
};

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

/** Every event of a store, in order. */
export async function* eachEvent(store) {
  for (let after = START; ; ) {
    const page = await store.readAll({ after, limit: 1000 });
    yield* page;
    if (page.length < 1000) return;
    after = page.at(-1).position;
  }
}

async function multiply(store, events) {
  const first = await Array.fromAsync(eachEvent(store));
  const ids = [...new Set(first.map((e) => e.stream))].filter((s) => !SHARED.has(categoryOf(s))).map(idOf);
  const copied = first.filter((e) => !SHARED.has(categoryOf(e.stream)));
  let count = first.length;
  let appends = [];
  for (let k = 1; count < events; k++) {
    const names = new Map(ids.map((id) => [id, `${id}-${k}`]));
    for (const e of copied.slice(0, events - count)) {
      const event = { id: derivedId('bench', k, e.id), type: e.type, data: retold(renamed(e.data, names), k), meta: renamed(e.meta, names) };
      appends.push(store.append(`${categoryOf(e.stream)}-${names.get(idOf(e.stream))}`, e.revision - 1, [event]));
      count += 1;
    }
    if (appends.length >= AT_ONCE) await Promise.all(appends.splice(0));
  }
  await Promise.all(appends);
}

/** The record alone: what the demonstration records, and its copies. */
async function record(folder, events) {
  mkdirSync(folder, { recursive: true });
  const platform = await open(folder);
  const accounts = openIdentityDatabase(folder);
  const identity = await Identity.open({ database: accounts, signals: platform.signals, publicUrl: 'http://localhost:3000' });
  await setUpDemo(platform, identity, RECORDS);
  await platform.processes.settled();
  await identity.close();
  await accounts.close();
  await platform.close();

  const storage = await openEmbedded(folder, VIEWS, fail);
  await multiply(storage.events, events);
  // What the rules did is among the copied events.
  for (const name of ['reactions', 'schedules']) {
    await storage.processes.checkpoint(name);
    await storage.processes.advance(name, await storage.events.head());
  }
  await storage.close();
}

/** The folder as a server leaves it: events, accounts, views that stand at the end, nothing left to do by rule. */
async function make(folder) {
  await record(folder, EVENTS);
  const filled = await open(folder);
  const behind = comparePositions(filled.runner.position, await filled.events.head()) < 0;
  await filled.close();
  if (behind) throw new Error('the views did not come to the end of the record');
}

/** Made under another name first: a folder that is there is whole. */
async function once(made, work) {
  if (existsSync(made)) return made;
  const making = `${made}.making`;
  rmSync(making, { recursive: true, force: true });
  await work(making);
  renameSync(making, made);
  return made;
}

/** A copy of the folder for one use; it is made once in a run. */
export async function filledFolder({ scratch, folder }) {
  const made = await once(join(scratch, 'filled'), make);
  const copy = folder('filled');
  cpSync(made, copy, { recursive: true });
  return copy;
}

/** A folder with so many events to be read only, kept from run to run until what makes them changes. */
export async function recordedFolder(events) {
  const hash = createHash('sha256');
  for (const file of MAKERS.flatMap((pattern) => globSync(pattern, { cwd: root })).toSorted()) hash.update(file).update(readFileSync(join(root, file)));
  const name = `record-${events}-`;
  const key = hash.digest('hex').slice(0, 16);
  mkdirSync(CACHE, { recursive: true });
  for (const old of readdirSync(CACHE)) if (old.startsWith(name) && !old.startsWith(name + key)) rmSync(join(CACHE, old), { recursive: true, force: true });
  return once(join(CACHE, name + key), (folder) => record(folder, events));
}

/** The first memorandum of the exercise, by its own id. */
export function firstMou() {
  const { steps } = JSON.parse(readFileSync(join(RECORDS, 'exercise.json'), 'utf8'));
  return steps.find((step) => step.aggregate === 'Mou').id;
}
