import { z } from 'zod';
import { EventCatalogue, older, versions } from './event.js';

const V1 = z.object({ name: z.string() });
const V2 = z.object({ names: z.array(z.string()) });
const V3 = z.object({ names: z.array(z.string()), lang: z.string() });
const catalogue = new EventCatalogue('test', {
  Named: versions(V3, older(V1, ({ name }) => ({ names: [name] })), older(V2, ({ names }) => ({ names, lang: 'en' }))),
  Gone: z.object({ on: z.string() }),
});

describe('events of several versions', () => {
  it('are stored under the newest', () => {
    expect(catalogue.encode({ type: 'Named', data: { names: ['a'], lang: 'fr' } })).toEqual({ type: 'test.Named.v3', data: { names: ['a'], lang: 'fr' } });
    expect(catalogue.encode({ type: 'Gone', data: { on: '2014' } })).toEqual({ type: 'test.Gone.v1', data: { on: '2014' } });
  });
  it.each([
    ['test.Named.v1', { name: 'a' }],
    ['test.Named.v2', { names: ['a'] }],
    ['test.Named.v3', { names: ['a'], lang: 'en' }],
  ])('%s is read as the newest', (type, data) => expect(catalogue.decode(type, data)).toEqual({ type: 'Named', data: { names: ['a'], lang: 'en' } }));
  it('that a newer program has written, or another context, are not guessed at', () => {
    expect(() => catalogue.decode('test.Named.v4', {})).toThrow('not known here');
    expect(() => catalogue.decode('test.Named.v0', {})).toThrow('not known here');
    expect(() => catalogue.decode('test.Named', {})).toThrow('not known here');
    expect(() => catalogue.decode('other.Named.v1', {})).toThrow('not an event of test');
    expect(() => catalogue.decode('test.Renamed.v1', {})).toThrow('no event Renamed');
  });
  it('whose old data does not fit its old shape are not mended in silence', () => {
    expect(() => catalogue.decode('test.Named.v1', { title: 'a' })).toThrow(z.ZodError);
  });
  it('are never stored in a shape that does not fit', () => {
    expect(() => catalogue.encode({ type: 'Named', data: { name: 'a' } })).toThrow(z.ZodError);
  });
});
