// What the disk and SQLite cost below the event store, in the same folder.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { uuidv7 } from '#platform/event-store';
import { PRAGMAS, SCHEMA } from '../../dist/libs/platform/event-store/src/sqlite/schema.js';
import { clauseAdded } from './events.mjs';
import { spread } from './stats.mjs';

/** Repeats something synchronous for some seconds; `each` is how many events one turn is. */
function repeat(seconds, each, act) {
  for (const end = performance.now() + seconds * 250; performance.now() < end; ) act();
  const samples = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    const at = performance.now();
    act();
    samples.push(performance.now() - at);
  }
  const took = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const { p50, p95, p99 } = spread(samples);
  return { rate: (samples.length * each) / took, p50, p95, p99, cpu: (user + system) / (samples.length * each) };
}

/** 4 KiB at the end of a file, on the disk before the next. */
export function fsynced(folder, seconds) {
  const file = openSync(join(folder, 'floor.bin'), 'a');
  const page = Buffer.alloc(4096, 1);
  try {
    return repeat(seconds, 1, () => {
      writeSync(file, page);
      fdatasyncSync(file);
    });
  } finally {
    closeSync(file);
  }
}

/** Inserts into the store's own tables with nothing asked before, one commit for each group. */
export function rawSqlite(folder, seconds, group) {
  const db = new DatabaseSync(join(folder, `raw-${uuidv7()}.db`));
  db.exec(PRAGMAS);
  db.exec(SCHEMA);
  const addStream = db.prepare('INSERT INTO streams (name, category, version) VALUES (?, ?, 0)');
  const addEvent = db.prepare('INSERT INTO events (stream_id, revision, event_id, type, data, meta) VALUES (?, ?, ?, ?, ?, ?)');
  const setVersion = db.prepare('UPDATE streams SET version = ? WHERE id = ?');
  const streams = Array.from({ length: group }, () => ({ id: 0, revision: 20 }));
  const add = (stream) => {
    if (stream.revision === 20) {
      stream.id = Number(addStream.run(`statement-${uuidv7()}`, 'statement').lastInsertRowid);
      stream.revision = 0;
    }
    const e = clauseAdded(stream.revision);
    stream.revision += 1;
    addEvent.run(stream.id, stream.revision, Buffer.from(e.id.replaceAll('-', ''), 'hex'), e.type, JSON.stringify(e.data), JSON.stringify(e.meta));
    setVersion.run(stream.revision, stream.id);
  };
  try {
    return repeat(seconds, group, () => {
      db.exec('BEGIN IMMEDIATE');
      for (const stream of streams) add(stream);
      db.exec('COMMIT');
    });
  } finally {
    db.close();
  }
}
