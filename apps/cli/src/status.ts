import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { categoryOf, comparePositions } from '#platform/event-store';
import type { Subcommand } from './command.js';
import { withRecord } from './folder.js';
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
  run: ({ folder, terminal }) =>
    withRecord(folder, async (events) => {
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

      const builds = buildsIn(folder);
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
function buildsIn(folder: string): readonly Build[] | undefined {
  const path = join(folder, 'views.db');
  if (!existsSync(path)) return undefined;
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = db.prepare('SELECT view, version, checkpoint, serving FROM builds ORDER BY view, id').all();
    return rows as unknown as Build[];
  } finally {
    db.close();
  }
}
