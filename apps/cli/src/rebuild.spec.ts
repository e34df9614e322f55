import { Desk } from './testing.js';

describe('comity rebuild', () => {
  const desk = new Desk();
  beforeAll(() => desk.run(['import', desk.record()]));
  afterAll(() => desk.clear());

  it('builds the view anew and lets it take over: one build is left, with the same documents', async () => {
    const before = await desk.run(['status']);
    expect(await desk.run(['rebuild', 'parliaments'])).toEqual({ code: 0, err: '', out: 'parliaments: 2 documents, up to position 2\n' });
    expect((await desk.run(['status'])).out).toBe(before.out);
  });

  it('names the views where there is none of that name', async () => {
    const { code, err } = await desk.run(['rebuild', 'castles']);
    expect(code).toBe(1);
    expect(err).toMatch(/^There is no view castles\. There are: .*parliaments.*\.\n$/);
  });
});
