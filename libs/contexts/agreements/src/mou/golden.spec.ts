import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mou } from './mou.js';

const folder = join(import.meta.dirname, 'golden');
const { events } = mou;

describe('the golden samples', () => {
  it.each(events.names.map((n) => [n]))('%s is stored as it was', (name) => {
    const file = join(folder, `${name}.v${events.version(name)}.json`);
    const { full, minimal } = JSON.parse(readFileSync(file, 'utf8')) as { full: object; minimal: object };
    for (const data of [full, minimal]) {
      const stored = events.encode({ type: name, data });
      expect(stored).toEqual({ type: `agreements.${name}.v${events.version(name)}`, data });
      expect(events.decode(stored.type, stored.data)).toEqual({ type: name, data });
    }
  });
  it('are of no other event', () =>
    expect(readdirSync(folder).toSorted()).toEqual(events.names.map((n) => `${n}.v${events.version(n)}.json`).toSorted()));
});
