import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteEventStore } from '#platform/event-store';
import { Desk } from './testing.js';

describe('comity status', () => {
  const desk = new Desk();
  beforeAll(() => desk.run(['import', desk.record()]));
  afterAll(() => desk.clear());

  it('counts events and streams by category, and says where each view stands', async () => {
    const { code, out, err } = await desk.run(['status']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Record: 2 events, the last at position 2\n');
    expect(out).toMatch(/^ {2}parliament +2 events +2 streams$/m);
    expect(out).toMatch(/^Views: \d+, all up to the record$/m);
    expect(out).toMatch(/^ {2}parliaments@\d+ +position 2 +serving$/m);
  });

  it('says which views are behind, and brings none of them up', async () => {
    const events = new SqliteEventStore(desk.data);
    const [stored] = await events.readAll({ after: '0', limit: 1 });
    await events.append('parliament-XA', 1, [{ ...stored!, id: '00000000-0000-7000-8000-000000000009' }]);
    await events.close();
    for (let time = 0; time < 2; time++) {
      const { out } = await desk.run(['status']);
      expect(out).toContain('Record: 3 events');
      expect(out).toMatch(/^Views: (\d+), \1 behind the record/m);
      expect(out).toMatch(/^ {2}parliaments@\d+ +position 2 +serving$/m);
    }
  });

  it('works where the views were thrown away', async () => {
    for (const end of ['', '-wal', '-shm']) rmSync(join(desk.data, `views.db${end}`), { force: true });
    expect((await desk.run(['status'])).out).toContain('Views: none yet');
  });
});
