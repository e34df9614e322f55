import { parseArgs } from 'node:util';
import { FolderInUse } from '#platform/event-store';
import { negotiate } from '#platform/i18n';
import { InsecurePublicUrl } from '#platform/identity';
import { type Config, ConfigError, readConfig } from '#platform/runtime';
import { Failure, Misuse, type Options, type Subcommand, text } from './command.js';
import { createAccount } from './create-account.js';
import { exportEvents } from './export.js';
import { importFile } from './import.js';
import { rebuild } from './rebuild.js';
import { status } from './status.js';
import { columns, type Terminal, write } from './terminal.js';

const SUBCOMMANDS: readonly Subcommand[] = [status, importFile, rebuild, exportEvents, createAccount];

const COMMON: Options = {
  data: { type: 'string', value: '<folder>', summary: 'the data folder; otherwise COMITY_DATA, otherwise ./data' },
  lang: { type: 'string', value: '<tag>', summary: 'your language; otherwise that of the system' },
  help: { type: 'boolean', summary: 'says this' },
};

/** Runs one subcommand. 0: done; 1: it could not be done; 2: it was not said right. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const subcommand = SUBCOMMANDS.find(({ name }) => name === args[0]);
  try {
    if (subcommand === undefined) return await withoutSubcommand(args[0], terminal);
    await runSubcommand(subcommand, args.slice(1), terminal);
    return 0;
  } catch (error) {
    // The reader of a pipe has gone: it has what it wanted.
    if ((error as { code?: string }).code === 'EPIPE') return 0;
    if (error instanceof Misuse) {
      await write(terminal.err, `${error.message}\nSee: ${['comity', subcommand?.name, '--help'].filter(Boolean).join(' ')}\n`);
      return 2;
    }
    await write(terminal.err, `${sentenceOf(error)}\n`);
    return 1;
  }
}

async function withoutSubcommand(word: string | undefined, terminal: Terminal): Promise<0> {
  if (word === undefined) throw new Misuse('what is to be done is missing');
  if (word !== '--help' && word !== '-h' && word !== 'help') throw new Misuse(`there is no ${word}`);
  await write(terminal.out, help());
  return 0;
}

async function runSubcommand(subcommand: Subcommand, args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = parse(subcommand, args);
  if (values['help'] === true) return write(terminal.out, helpOf(subcommand));
  const missing = subcommand.operands[positionals.length];
  if (missing !== undefined) throw new Misuse(`${missing} is missing`);
  const surplus = positionals[subcommand.operands.length];
  if (surplus !== undefined) throw new Misuse(`${surplus} was not expected`);

  const folder = text(values, 'data');
  const config: Config = readConfig(folder === undefined ? terminal.env : { ...terminal.env, COMITY_DATA: folder });
  const lang = languageOf(text(values, 'lang'), terminal.env);
  await subcommand.run({ terminal, config, folder: config.COMITY_DATA, lang, options: values, operands: positionals });
}

function parse({ options }: Subcommand, args: readonly string[]) {
  const known = Object.fromEntries(Object.entries({ ...options, ...COMMON }).map(([name, { type }]) => [name, { type }]));
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true });
  } catch (error) {
    // Node's own words: they name the option.
    throw new Misuse((error as Error).message);
  }
}

/** `--lang`, then what the system says of itself: `fr_CA.UTF-8` is `fr-CA`, `C` is nothing. */
function languageOf(asked: string | undefined, env: Terminal['env']): string {
  const system = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  const tag = system?.split(/[.@]/)[0]?.replaceAll('_', '-');
  return negotiate({ setting: asked, query: tag === 'C' || tag === 'POSIX' ? undefined : tag });
}

/** What a person can mend is said plainly; everything else with its trace, since it is ours to mend. */
function sentenceOf(error: unknown): string {
  if (error instanceof FolderInUse)
    return `The data folder ${error.folder} is in use: a server or another comity has it open. Stop it first, then try again.`;
  if (error instanceof Failure || error instanceof ConfigError || error instanceof InsecurePublicUrl) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const usage = ({ name, operands, options }: Subcommand) =>
  ['comity', name, ...operands, ...(Object.keys(options).length > 0 ? ['[options]'] : [])].join(' ');

function help(): string {
  const rows = SUBCOMMANDS.map((subcommand) => [[subcommand.name, ...subcommand.operands].join(' '), subcommand.summary]);
  return `comity <what> [options]

Works on a data folder that no server has open.

${columns(rows)}
Each says more with --help. Exit code 0: done; 1: it could not be done; 2: it was not said right.
`;
}

function helpOf(subcommand: Subcommand): string {
  const rows = Object.entries({ ...subcommand.options, ...COMMON }).map(([name, { value, summary }]) => [
    `--${[name, value].filter(Boolean).join(' ')}`,
    summary,
  ]);
  return `${usage(subcommand)}\n\n${subcommand.summary}\n\n${columns(rows)}`;
}
