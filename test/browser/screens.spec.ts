import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { Workspace } from './workspace.js';

const PUBLIC = ['/', '/network', '/groups', '/groups/gb-appg', '/people', '/people/stephen-twigg', '/parliaments/GB', '/partners/aegis', '/mous', '/mous/2014-gb-ca', '/mous/2014-gb-ca?tab=history', '/record/carlisle-spelling', '/statements', '/activity', '/search?q=genocide', '/sign-in'];
const MEMBER = ['/', '/inbox', '/joining', '/joining/xc-application', '/decisions', '/groups/xa-group', '/mous/exercise-mou', '/statements/exercise-statement', '/statements/exercise-statement/room', '/statements/exercise-statement/room?tab=amendments', '/statements/exercise-statement/room?tab=compare', '/statements/exercise-statement/concordance', '/translate', '/translate/exercise-statement-fr', '/terms', '/meetings', '/network?asOf=2015-04-15'];
/** A key that was shown instead of its words. */
const KEY = /\b(state|value|field|command|event|refusal|duty|place|next|unknown|aggregate)\.[A-Za-z][\w.-]+/;

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`);
}

describe('every screen', () => {
  const workspace = new Workspace();
  beforeAll(() => workspace.start(), 60_000);
  afterAll(() => workspace.stop(), 60_000);

  /** Two pages at a time: much of it is waiting. */
  const look = async (page: Page, paths: readonly string[]) => {
    const other = await page.context().newPage();
    const half = Math.ceil(paths.length / 2);
    const found = await Promise.all([visit(page, paths.slice(0, half)), visit(other, paths.slice(half))]);
    await other.close();
    return found.flat();
  };
  const visit = async (page: Page, paths: readonly string[]) => {
    const found: string[] = [];
    for (const path of paths) {
      await page.goto(path);
      await page.waitForSelector('h1, .empty');
      await page.waitForLoadState('networkidle');
      found.push(...(await serious(page)).map((v) => `${path}: ${v}`));
      const key = KEY.exec((await page.textContent('main')) ?? '')?.[0];
      if (key) found.push(`${path}: ${key} has no words`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 1) found.push(`${path}: ${wide} px too wide`);
    }
    return found;
  };

  for (const [lang, scheme, width] of [['en', 'light', 1280], ['fr', 'dark', 390], ['ar', 'light', 390], ['ar', 'dark', 1280]] as const) {
    it(`of the public is accessible, in words and fits: ${lang}, ${scheme}, ${width} px`, async () => {
      const { page, context } = await workspace.open({ locale: lang, colorScheme: scheme, viewport: { width, height: 900 } });
      expect(await look(page, PUBLIC)).toEqual([]);
      expect(await page.getAttribute('html', 'dir')).toBe(lang === 'ar' ? 'rtl' : 'ltr');
      await context.close();
    }, 180_000);
  }
  for (const [lang, scheme, width] of [['en', 'dark', 390], ['fr', 'light', 1280], ['ar', 'light', 1280]] as const) {
    it(`of a chair is accessible, in words and fits: ${lang}, ${scheme}, ${width} px`, async () => {
      const { page, context } = await workspace.open({ locale: lang, colorScheme: scheme, viewport: { width, height: 900 } });
      await workspace.signIn(page, 'chair.xa', lang);
      expect(await look(page, MEMBER)).toEqual([]);
      await context.close();
    }, 180_000);
  }

  it('is used by keyboard alone: a clause is proposed, and a refusal keeps what was written', async () => {
    const { page, context } = await workspace.open({ locale: 'en' });
    await workspace.signIn(page, 'chair.xa', 'en');
    await page.goto('/mous/exercise-mou');
    await page.getByRole('button', { name: 'Propose a clause' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await dialog.locator('button[type=submit]').focus();
    await page.keyboard.press('Enter');
    await dialog.locator('.refusal').waitFor();
    await dialog.locator('select').first().selectOption('differences');
    await dialog.locator('textarea').first().fill('Differences are settled by consultation.');
    await dialog.locator('button[type=submit]').focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Differences are settled by consultation.').first().waitFor();
    await context.close();
  }, 60_000);

  it('puts a question to the members and takes their votes, from page to page', async () => {
    const registrar = await workspace.open({ locale: 'en' });
    await workspace.signIn(registrar.page, 'network', 'en');
    await registrar.page.goto('/joining/xc-application');
    await registrar.page.getByRole('button', { name: 'Open a ballot' }).click();
    const dialog = registrar.page.getByRole('dialog');
    await dialog.locator('input[type=datetime-local]').fill('2030-01-01T12:00');
    await dialog.locator('button[type=submit]').click();
    await registrar.page.waitForURL('**/decisions/*');
    const path = new URL(registrar.page.url()).pathname;
    for (const name of ['chair.xa', 'chair.xb']) {
      const { page, context } = await workspace.open({ locale: 'en' });
      await workspace.signIn(page, name, 'en');
      await page.goto(path);
      await page.getByRole('button', { name: 'Vote', exact: true }).click();
      await page.getByRole('dialog').locator('select').selectOption('yes');
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await context.close();
    }
    // It closes by rule with the last vote, and the page of who opened it says so without a reload.
    await registrar.page.locator('.state-adopted').first().waitFor();
    await registrar.context.close();
  }, 90_000);

  it('describes its interface on a page of its own', async () => {
    const { page, context } = await workspace.open({ locale: 'en' });
    await page.goto('/api/docs');
    await page.locator('.opblock-tag', { hasText: 'Statement' }).waitFor();
    await context.close();
  }, 30_000);

  it('shows the readings of 2014 as queried, not changed', async () => {
    const { page, context } = await workspace.open({ locale: 'en' });
    await page.goto('/people/lord-carlisle');
    await page.getByText('reading queried').waitFor();
    expect(await page.textContent('h1')).toBe('Lord Carlisle');
    await context.close();
  }, 30_000);

  it('made no browser complain: no violation of the Content-Security-Policy, no error of a script', () => {
    expect(workspace.complaints).toEqual([]);
  });
});
