import { START } from '#platform/event-store';
import { Failure, Misuse, type Subcommand, text } from './command.js';
import { withRecord } from './folder.js';
import { eventsAfter, eventsOf } from './record-pages.js';
import { write } from './terminal.js';

export const exportEvents: Subcommand = {
  name: 'export',
  operands: [],
  summary: 'writes the events as they are stored, one JSON object a line; all of them, whatever their label',
  options: {
    stream: { type: 'string', value: '<category-id>', summary: 'of one stream only, for example parliament-GB' },
    from: { type: 'string', value: '<position>', summary: 'what was recorded after this position: the last of an earlier export' },
  },
  run: ({ config, terminal, options }) => {
    const stream = text(options, 'stream');
    const from = text(options, 'from') ?? START;
    if (!/^\d{1,20}$/.test(from)) throw new Misuse(`--from: ${from} is not a position`);
    const after = from.replace(/^0+(?=\d)/, '');
    return withRecord(config, async (events) => {
      if (stream !== undefined && (await events.readStream(stream, 0, 1)).length === 0) throw new Failure(`There is no stream ${stream}.`);
      const found = stream === undefined ? eventsAfter(events, after) : eventsOf(events, stream, after);
      for await (const event of found) await write(terminal.out, `${JSON.stringify(event)}\n`);
    });
  },
};
