// The main reads of the views with nothing round them, as somebody who holds these tokens; the same on every engine.
import { repeated } from './stats.mjs';

export const WORDS = ['harbour', 'orch', 'meridian 3', 'exercise', 'group', 'letter', 'compass 12', 'mem'];
const TOKENS = new Set(['public', 'network', 'group:xa-group']);

export const readerOf = (views) => views.reader(TOKENS);

/** Name of each read to its figures. @param mou the memorandum that is read */
export async function timedReads(views, mou, seconds) {
  const reader = readerOf(views);
  const reads = {
    list: () => reader.list('groups', {}, { limit: 50 }),
    one: () => reader.row('mous', mou),
    history: () => reader.list('activity', { stream: `mou-${mou}` }, { sort: '-key', limit: 50 }),
    search: (n) => reader.search(WORDS[n % WORDS.length]),
  };
  const figures = {};
  for (const [name, read] of Object.entries(reads)) figures[name] = await repeated(seconds, read);
  return figures;
}
