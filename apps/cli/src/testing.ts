import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { runCli } from './cli.js';
import type { Terminal } from './terminal.js';

export interface Said {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

const gathering = (): { stream: PassThrough; text: () => string } => {
  const stream = new PassThrough();
  let gathered = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (gathered += chunk));
  return { stream, text: () => gathered };
};

/** Standard input that is a terminal: what is typed comes when it is asked for. */
export function typing(...lines: string[]): Terminal['in'] & { readonly raw: boolean[] } {
  const raw: boolean[] = [];
  const input = new PassThrough();
  const setRawMode = (on: boolean) => {
    raw.push(on);
    if (on) input.write(lines.shift() ?? '\u0003');
  };
  return Object.assign(input, { isTTY: true, setRawMode, raw });
}

/** A temporary data folder and a comity that works on it. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'comity-cli-'));
  readonly data = join(this.folder, 'data');

  async run(args: readonly string[], input: Terminal['in'] | string = '', env: Terminal['env'] = {}): Promise<Said> {
    const out = gathering();
    const err = gathering();
    const from = typeof input === 'string' ? new PassThrough().end(input) : input;
    const code = await runCli(args, { in: from, out: out.stream, err: err.stream, env: { COMITY_DATA: this.data, ...env } });
    return { code, out: out.text(), err: err.text() };
  }

  write(name: string, content: unknown): string {
    const path = join(this.folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  /** A parliament of an exercise, registered and then, one after the other, with its further steps. */
  record(...steps: readonly object[]): string {
    return this.write('record.json', {
      name: 'two-parliaments',
      title: 'Two parliaments',
      mode: 'exercise',
      actor: { personId: 'xn-secretariat', capacity: 'network-secretariat' },
      steps: [register('XA'), register('XB'), ...steps],
    });
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const register = (id: string): object => ({
  aggregate: 'Parliament',
  id,
  command: 'RegisterParliament',
  input: {
    parliamentId: id,
    iso3166: id,
    names: { en: `Parliament ${id}` },
    m49Region: '001',
    structure: 'unicameral',
    seatTimezone: 'Europe/London',
    workingLanguages: ['en'],
  },
});
