import { isRefusal } from '#kernel';
import { STATEMENT, WORDS } from '../sample.contract.js';
import { familiesFor, pathsOf } from './fonts.js';
import { endPdf, toPdf } from './pdf.js';
import { SettingThread } from './thread.js';

const FONTS = pathsOf(familiesFor('x'));
const one = async () => {
  const made = await toPdf(STATEMENT, { lang: 'en', words: WORDS });
  if (isRefusal(made)) throw new Error(made.refused);
  return made.length;
};

describe('the thread that sets documents', () => {
  afterAll(() => endPdf());

  it('is let go when the compiler holds too much, after the document that it has set', async () => {
    const modest = new SettingThread(1);
    expect((await modest.set('x', '{}', FONTS)).length).toBeGreaterThan(500);
    expect(modest.ended).toBe(true);
    const roomy = new SettingThread();
    await roomy.set('x', '{}', FONTS);
    expect([roomy.ended, roomy.held > 1_000_000]).toEqual([false, true]);
    await roomy.end();
  }, 30_000);

  it('takes no other document along with one that it loses', async () => {
    await endPdf();
    const [lost, ...others] = [one(), one(), one()];
    // Begun with the next turn; then its thread goes away under it.
    await Promise.resolve();
    await Promise.all([expect(lost).rejects.toThrow('has ended'), endPdf()]);
    for (const length of await Promise.all(others)) expect(length).toBeGreaterThan(1000);
  }, 30_000);
});
