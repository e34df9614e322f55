import type { Config } from '#platform/runtime';
import type { Terminal } from './terminal.js';

export interface Options {
  readonly [name: string]: { readonly type: 'string' | 'boolean'; readonly short?: string; readonly value?: string; readonly summary: string };
}
export type Given = Readonly<Record<string, string | boolean | undefined>>;

/** What a subcommand is run with. */
export interface Run {
  readonly terminal: Terminal;
  readonly config: Config;
  /** The data folder. */
  readonly folder: string;
  /** The operator's language, one of those of the interface. */
  readonly lang: string;
  readonly options: Given;
  readonly operands: readonly string[];
}

export interface Subcommand {
  readonly name: string;
  /** The words behind the options, as they stand in the help: `<record file>`. All are needed. */
  readonly operands: readonly string[];
  readonly summary: string;
  readonly options: Options;
  readonly run: (run: Run) => Promise<void>;
}

/** It could not be done; the message says why to a person. Exit code 1. */
export class Failure extends Error {}
/** It was not said right; the message says how. Exit code 2. */
export class Misuse extends Error {}

/** The value of an option that must be there. @throws Misuse */
export function needed(options: Given, name: string): string {
  const value = options[name];
  if (typeof value !== 'string' || value === '') throw new Misuse(`--${name} is missing`);
  return value;
}
export const text = (options: Given, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};
