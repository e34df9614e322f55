import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PostgresDatabase, SqliteDatabase } from '#platform/database';
import { categoryOf, comparePositions } from '#platform/event-store';
import type { Config } from '#platform/runtime';
import type { Subcommand } from './command.js';
import { clusterOf, withRecord } from './folder.js';
import { eventsAfter } from './record-pages.js';
import { columns, write } from './terminal.js';

interface Build {
  readonly view: string;
  readonly version: number;
  readonly checkpoint: string;
  readonly serving: number;
}

export const status: Subcommand = {
  name: 'status',
  operands: [],
  summary: 'says how far the record and its views have come; changes nothing',
  options: {},
  run: ({ config, terminal }) =>
    withRecord(config, async (events) => {
      const head = await events.head();
      const counts = new Map<string, { events: number; streams: Set<string> }>();
      for await (const { stream } of eventsAfter(events)) {
        const count = counts.get(categoryOf(stream)) ?? { events: 0, streams: new Set() };
        count.events += 1;
        count.streams.add(stream);
        counts.set(categoryOf(stream), count);
      }
      const total = [...counts.values()].reduce((sum, count) => sum + count.events, 0);
      await write(terminal.out, `Record: ${total} events, the last at position ${head}\n`);
      const byName = [...counts].toSorted(([a], [b]) => a.localeCompare(b, 'en'));
      await write(terminal.out, columns(byName.map(([name, c]) => [name, `${c.events} events`, `${c.streams.size} streams`])));

      const builds = await buildsOf(config);
      if (builds === undefined) return write(terminal.out, 'Views: none yet; the next start builds them\n');
      const behind = builds.filter(({ checkpoint }) => comparePositions(checkpoint, head) < 0).length;
      await write(terminal.out, `Views: ${builds.length}, ${behind === 0 ? 'all up to the record' : `${behind} behind the record; the next start folds the rest`}\n`);
      await write(
        terminal.out,
        columns(builds.map((b) => [`${b.view}@${b.version}`, `position ${b.checkpoint}`, b.serving === 1 ? 'serving' : 'being built'])),
      );
    }),
};

/** Read beside the view store: opening that would drop what is left over and begin what is missing. */
async function buildsOf(config: Config): Promise<readonly Build[] | undefined> {
  const cluster = clusterOf(config);
  const path = join(config.COMITY_DATA, 'views.db');
  if (!cluster && !existsSync(path)) return undefined;
  const database = cluster ? await PostgresDatabase.open({ url: cluster.postgres }) : new SqliteDatabase(new DatabaseSync(path, { readOnly: true }));
  try {
    return await database.all<Build>('SELECT view, version, checkpoint, serving FROM builds ORDER BY view, id');
  } finally {
    await database.close();
  }
}
