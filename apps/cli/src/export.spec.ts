import { Desk } from './testing.js';

describe('comity export', () => {
  const desk = new Desk();
  beforeAll(() => desk.run(['import', desk.record()]));
  afterAll(() => desk.clear());
  const lines = async (...args: string[]) => {
    const { code, out, err } = await desk.run(['export', ...args]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('writes every event as it is stored, one a line, in the order of the record', async () => {
    const all = await lines();
    expect(all.map((e) => [e['position'], e['stream'], e['type']])).toEqual([
      ['1', 'parliament-XA', 'directory.ParliamentRegistered.v1'],
      ['2', 'parliament-XB', 'directory.ParliamentRegistered.v1'],
    ]);
    expect(all[0]).toMatchObject({ revision: 1, data: { parliamentId: 'XA' }, meta: { mode: 'exercise', label: { tlp: 'GREEN' } } });
  });
  it('goes on after a position', async () => {
    expect((await lines('--from', '1')).map((e) => e['position'])).toEqual(['2']);
    expect(await lines('--from', '2')).toEqual([]);
  });
  it('writes one stream, from a position too', async () => {
    expect((await lines('--stream', 'parliament-XB')).map((e) => e['position'])).toEqual(['2']);
    expect(await lines('--stream', 'parliament-XA', '--from', '1')).toEqual([]);
  });
  it('says that there is no such stream', async () => {
    expect(await desk.run(['export', '--stream', 'parliament-XZ'])).toEqual({ code: 1, out: '', err: 'There is no stream parliament-XZ.\n' });
  });
});
