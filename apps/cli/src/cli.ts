import { parseArgs } from 'node:util';
import { DatabaseUnavailable, WrongCollation } from '#platform/database';
import { ConnectionStringRefused, FolderInUse, StoreUnavailable } from '#platform/event-store';
import { InsecurePublicUrl } from '#platform/identity';
import { type Config, ConfigError, readConfig } from '#platform/runtime';
import { Failure, Misuse, type Options, type Subcommand, text } from './command.js';
import { createAccount } from './create-account.js';
import { exportEvents } from './export.js';
import { importFile } from './import.js';
import { languageOf } from './language.js';
import { migrateRecord } from './migrate.js';
import { rebuild } from './rebuild.js';
import { status } from './status.js';
import { columns, type Terminal, write } from './terminal.js';

const SUBCOMMANDS: readonly Subcommand[] = [status, importFile, rebuild, exportEvents, migrateRecord, createAccount];

const COMMON: Options = {
  data: { type: 'string', value: '<folder>', summary: 'the data folder; otherwise COMITY_DATA, otherwise ./data' },
  lang: { type: 'string', value: '<tag>', summary: 'your language; otherwise that of the system' },
  help: { type: 'boolean', short: 'h', summary: 'says this' },
};

/** Runs one subcommand. 0: done; 1: it could not be done; 2: it was not said right. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const subcommand = SUBCOMMANDS.find(({ name }) => name === args[0]);
  try {
    if (subcommand === undefined) return await withoutSubcommand(args, terminal);
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

async function withoutSubcommand([word, of]: readonly string[], terminal: Terminal): Promise<0> {
  if (word === undefined) throw new Misuse('what is to be done is missing');
  if (word !== '--help' && word !== '-h' && word !== 'help')
    throw new Misuse(word.startsWith('-') ? `what is to be done comes before ${word}` : `there is no ${word}`);
  const subcommand = SUBCOMMANDS.find(({ name }) => name === of);
  if (of !== undefined && subcommand === undefined) throw new Misuse(`there is no ${of}`);
  await write(terminal.out, subcommand === undefined ? help() : helpOf(subcommand));
  return 0;
}

async function runSubcommand(subcommand: Subcommand, args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = parse(subcommand, args);
  if (values['help'] === true) return write(terminal.out, helpOf(subcommand));
  // Most often the variable of a script that was never set: nothing else must be taken in its place.
  const empty = Object.keys(values).find((name) => values[name] === '');
  if (empty !== undefined) throw new Misuse(`--${empty} is empty`);
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
  const known = Object.fromEntries(Object.entries({ ...options, ...COMMON }).map(([name, { type, short }]) => [name, { type, ...(short === undefined ? {} : { short }) }]));
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true });
  } catch (error) {
    // Node's own words: they name the option.
    throw new Misuse((error as Error).message);
  }
}

/** SQLite's words for a folder or a file that cannot serve: READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const SYSTEM_OF_SQLITE: ReadonlySet<number> = new Set([8, 10, 11, 13, 14, 26]);

/** What a person can mend is said plainly; everything else with its trace, since it is ours to mend. */
function sentenceOf(error: unknown): string {
  if (error instanceof FolderInUse)
    return `The data folder ${error.folder} is in use: a server or another comity has it open. Stop it first, then try again.`;
  if (error instanceof StoreUnavailable) return `KurrentDB cannot be reached: ${error.message}.`;
  if (error instanceof DatabaseUnavailable) return `The database cannot be reached: ${(error.cause as Error | undefined)?.message ?? error.message}.`;
  if (error instanceof ConnectionStringRefused) return `COMITY_EVENTS: ${error.message}.`;
  if (error instanceof WrongCollation) return `COMITY_POSTGRES: ${error.message}.`;
  if (error instanceof Failure || error instanceof ConfigError || error instanceof InsecurePublicUrl) return error.message;
  const { syscall, errcode, message } = error as { syscall?: string; errcode?: number; message?: string };
  if (syscall !== undefined || SYSTEM_OF_SQLITE.has(errcode ?? 0)) return `The system says: ${message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const usage = ({ name, operands, options }: Subcommand) =>
  ['comity', name, ...operands, ...(Object.keys(options).length > 0 ? ['[options]'] : [])].join(' ');

function help(): string {
  const rows = SUBCOMMANDS.map((subcommand) => [[subcommand.name, ...subcommand.operands].join(' '), subcommand.summary]);
  return `comity <what> [options]

Works on a data folder that no server has open; or, where COMITY_EVENTS and COMITY_POSTGRES are set, on that cluster, beside its nodes.

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
