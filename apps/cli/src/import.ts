import { readFileSync } from 'node:fs';
import { ImportRefused, importRecord, RecordFile } from '#platform/runtime';
import { z } from 'zod';
import { openI18n } from '../../server/src/open-i18n.js';
import { Failure, type Subcommand } from './command.js';
import { quiet, withPlatform } from './folder.js';
import { refusalIn } from './refusal.js';
import { write } from './terminal.js';

export const importFile: Subcommand = {
  name: 'import',
  operands: ['<record file>'],
  summary: 'gives the commands of a record file; said twice it changes nothing',
  options: {},
  run: async ({ config, lang, terminal, operands: [path = ''] }) => {
    const file = read(path);
    await withPlatform(config, async (platform) => {
      try {
        const { steps } = await importRecord(platform, file);
        // The rules may have added acts of their own behind the last step.
        await write(terminal.out, `${file.title}: ${steps} steps; the record goes up to position ${await platform.events.head()}\n`);
      } catch (error) {
        if (!(error instanceof ImportRefused)) throw error;
        const { step, command, refusal } = error;
        // What is said around the sentence is names and numbers, so that it reads in every language.
        throw new Failure(`${file.name} ${step}/${file.steps.length} ${command}: ${refusalIn(openI18n(quiet), lang, refusal)}`);
      }
    });
  },
};

function read(path: string): RecordFile {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Failure(error instanceof SyntaxError ? `${path} is not JSON: ${error.message}` : `${path} cannot be read.`);
  }
  const parsed = RecordFile.safeParse(json);
  if (!parsed.success) throw new Failure(`${path} is not a record file:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
