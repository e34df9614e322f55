import { Failure, type Subcommand } from './command.js';
import { assertRecord, clusterOf, withPlatform } from './folder.js';
import { write } from './terminal.js';

export const rebuild: Subcommand = {
  name: 'rebuild',
  operands: ['<view>'],
  summary: 'builds a view anew from the record, beside the one that serves, and lets it take over',
  options: {},
  run: ({ config, folder, terminal, operands: [name = ''] }) => {
    if (!clusterOf(config)) assertRecord(folder);
    return withPlatform(config, async ({ views, runner }) => {
      const known = views.views.map((view) => view.name);
      if (!known.includes(name)) throw new Failure(`There is no view ${name}. There are: ${known.toSorted().join(', ')}.`);
      await runner.rebuild(name);
      const documents = await views.reader(null).count(name);
      await write(terminal.out, `${name}: ${documents} documents, up to position ${runner.position}\n`);
    });
  },
};
