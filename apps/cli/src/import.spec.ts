import { Desk, register } from './testing.js';

describe('comity import', () => {
  let desk: Desk;
  beforeEach(() => (desk = new Desk()));
  afterEach(() => desk.clear());

  it('gives the commands of the file, and twice changes nothing', async () => {
    const path = desk.record();
    const first = await desk.run(['import', path]);
    expect(first).toEqual({ code: 0, err: '', out: 'Two parliaments: 2 steps; the record goes up to position 2\n' });
    expect(await desk.run(['import', path])).toEqual(first);
    expect((await desk.run(['export'])).out.trimEnd().split('\n')).toHaveLength(2);
  });

  it('says step and refusal in the language of the operator; what stood before it stays', async () => {
    const again = { ...register('XA'), aggregate: 'Parliament' };
    const path = desk.record(again);
    const english = await desk.run(['import', path], '', { LANG: 'C.UTF-8' });
    expect({ code: english.code, out: english.out }).toEqual({ code: 1, out: '' });
    expect(english.err).toMatch(/^two-parliaments 3\/3 Parliament\.RegisterParliament: /);
    const french = await desk.run(['import', path], '', { LANG: 'fr_CA.UTF-8' });
    const spanish = await desk.run(['import', path, '--lang', 'es'], '', { LANG: 'fr_CA.UTF-8' });
    expect(french.err).toMatch(/^two-parliaments 3\/3 Parliament\.RegisterParliament: /);
    expect(new Set([english.err, french.err, spanish.err]).size).toBe(3);
    expect((await desk.run(['status'])).out).toContain('Record: 2 events');
  });

  it('names the fields that do not fit', async () => {
    const path = desk.record({ aggregate: 'Parliament', id: 'XC', command: 'RegisterParliament', input: { parliamentId: 'XC' } });
    const { code, err } = await desk.run(['import', path]);
    expect(code).toBe(1);
    expect(err).toMatch(/\n {2}names: \S/);
  });

  it.each([
    ['a file that is not there', undefined, 'cannot be read'],
    ['what is not JSON', '{', 'is not JSON'],
    ['what is no record', '{"name":"x"}', 'is not a record file'],
  ])('%s is a plain sentence', async (_, content, why) => {
    const path = content === undefined ? '/nowhere/record.json' : desk.write('other.json', content);
    const { code, err } = await desk.run(['import', path]);
    expect(code).toBe(1);
    expect(err).toContain(why);
    expect(err).not.toContain('    at ');
  });
});
