import { text } from 'node:stream/consumers';
import { Failure, Misuse } from './command.js';
import { type Terminal, write } from './terminal.js';

const ENTER = new Set(['\r', '\n', '\u0004']);
const BACKSPACE = new Set(['\u007f', '\b']);
const INTERRUPT = '\u0003';

/** The whole of standard input, without the line's end that `echo` adds. */
export const passwordFrom = async (input: Terminal['in']): Promise<string> => (await text(input)).replace(/\r?\n$/, '');

/** Asks twice, and shows nothing of what is typed. @throws Misuse where there is nobody to ask */
export async function askPassword({ in: input, err }: Terminal): Promise<string> {
  if (input.isTTY !== true) throw new Misuse('there is no terminal to ask for the password at: use --password-stdin');
  await write(err, 'Password: ');
  const first = await readHidden(input);
  await write(err, '\nThe same again: ');
  const second = await readHidden(input);
  await write(err, '\n');
  if (first !== second) throw new Failure('The two passwords differ.');
  return first;
}

function readHidden(input: Terminal['in']): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed: string[] = [];
    const stop = () => {
      input.off('data', onData);
      input.setRawMode?.(false);
      input.pause();
    };
    const onData = (chunk: Buffer | string) => {
      for (const key of String(chunk)) {
        if (key === INTERRUPT) {
          stop();
          reject(new Failure('Stopped.'));
          return;
        }
        if (ENTER.has(key)) {
          stop();
          resolve(typed.join(''));
          return;
        }
        if (BACKSPACE.has(key)) typed = typed.slice(0, -1);
        else typed.push(key);
      }
    };
    input.setEncoding('utf8');
    input.setRawMode?.(true);
    input.on('data', onData);
    input.resume();
  });
}
