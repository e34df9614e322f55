import type { Page } from 'playwright-core';
import { act, Workspace } from './workspace.js';

const ACTS = 30;
const percentile = (sorted: number[], p: number) => sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))]!;
const positions = (page: Page) => page.$$eval('.act', (acts) => acts.map((a) => (a as HTMLElement).dataset['position'] ?? ''));

describe('two people, two languages, two browsers', () => {
  const workspace = new Workspace();
  let london: Page;
  let ottawa: Page;
  beforeAll(async () => {
    await workspace.start();
    london = (await workspace.open({ locale: 'en' })).page;
    ottawa = (await workspace.open({ locale: 'fr' })).page;
    await workspace.signIn(london, 'chair.xa', 'en');
    await workspace.signIn(ottawa, 'chair.xb', 'fr');
    await ottawa.goto('/activity');
    await ottawa.waitForSelector('.live-live');
    await ottawa.waitForSelector('.act');
  }, 120_000);
  afterAll(() => workspace.stop(), 60_000);

  it('see what the other does, in their own language, without a reload', async () => {
    await ottawa.evaluate(() => {
      const seen = ((window as unknown as { seen: Record<string, number> }).seen = {});
      const note = () => {
        for (const a of document.querySelectorAll<HTMLElement>('.act')) (seen as Record<string, number>)[a.dataset['position'] ?? ''] ??= Date.now();
      };
      new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
      note();
    });
    const times: number[] = [];
    for (let i = 0; i < ACTS; i++) {
      const began = await london.evaluate(() => Date.now());
      const { status, position } = await act(london, 'mous/exercise-mou/propose-clause', { kind: 'other', text: { en: `Clause ${i}`, fr: `Clause ${i}` } });
      expect(status).toBe(200);
      await ottawa.waitForFunction((p) => (window as unknown as { seen: Record<string, number> }).seen[p] !== undefined, position!);
      times.push((await ottawa.evaluate((p) => (window as unknown as { seen: Record<string, number> }).seen[p]!, position!)) - began);
    }
    times.sort((a, b) => a - b);
    console.log(`from the act in one browser to the screen of the other: p50 ${percentile(times, 50)} ms, p95 ${percentile(times, 95)} ms over ${ACTS} acts`);
    const sentence = await ottawa.textContent('.act .act-text');
    expect(sentence).toContain('Ada Marlowe');
    expect(sentence).not.toMatch(/MouClauseProposed|event\./);
    expect(await ottawa.getAttribute('html', 'lang')).toBe('fr');
  }, 120_000);

  it('see that the other has the same page open, and that they have left it', async () => {
    await london.goto('/mous/exercise-mou');
    const second = (await workspace.open({ locale: 'fr' })).page;
    await workspace.signIn(second, 'chair.xb', 'fr');
    await second.goto('/mous/exercise-mou');
    await london.waitForFunction(() => document.querySelector('.here-now')?.textContent?.includes('Benoît Laurier'));
    await second.waitForFunction(() => document.querySelector('.here-now')?.textContent?.includes('Ada Marlowe'));
    expect(await second.textContent('.here-now')).toContain('Aussi ici');
    await second.goto('/groups');
    await london.waitForFunction(() => !document.querySelector('.here-now')?.textContent?.includes('Benoît'));
    await second.context().close();
  }, 60_000);

  it('miss nothing and see nothing twice after a lost connection', async () => {
    const before = (await positions(ottawa))[0]!;
    await ottawa.context().setOffline(true);
    await workspace.stopServer('SIGKILL');
    await workspace.startServer();
    const given: string[] = [];
    for (let i = 0; i < 12; i++) {
      const { position } = await act(london, 'mous/exercise-mou/propose-clause', { kind: 'other', text: { en: `Away ${i}`, fr: `Absent ${i}` } });
      given.push(position!);
    }
    await ottawa.context().setOffline(false);
    await ottawa.waitForFunction((p) => document.querySelector(`.act[data-position="${p}"]`) !== null, given.at(-1)!, { timeout: 30_000 });
    const shown = await positions(ottawa);
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown.slice(0, shown.indexOf(before)).toReversed()).toEqual(given);
  }, 120_000);

  it('come back by themselves after an orderly stop, and go on', async () => {
    await workspace.stopServer('SIGTERM');
    await ottawa.waitForSelector('.live-offline');
    await workspace.startServer();
    await ottawa.waitForSelector('.live-live', { timeout: 30_000 });
    const { position } = await act(london, 'mous/exercise-mou/propose-clause', { kind: 'other', text: { en: 'Again', fr: 'De nouveau' } });
    await ottawa.waitForSelector(`.act[data-position="${position!}"]`);
  }, 60_000);
});
