import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { importRecord } from '#platform/runtime';
import { HOSTILE, IN_FRENCH, recordOf, WARNING } from '../acceptance/public-record.js';
import { World } from '../acceptance/world.js';

const PATHS = ['', '/statements', '/statements/warning-signs', '/statements/a-paris', '/statements/hostile', '/memoranda', '/memoranda/2014-gb-ca', '/network', '/timeline', '/verify', '/commitments', '/nowhere'];

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`);
}

describe('the public site in a browser', () => {
  let world: World;
  let browser: Browser;
  let url: string;
  const complaints: string[] = [];
  const open = async (options: Parameters<Browser['newContext']>[0] = {}) => {
    const context = await browser.newContext({ baseURL: url, ...options });
    const page = await context.newPage();
    page.on('console', (m) => m.type() === 'error' && !/Failed to load resource/.test(m.text()) && complaints.push(m.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => new URL(request.url()).origin === url || complaints.push(request.url()));
    return { context, page };
  };

  beforeAll(async () => {
    world = await World.open();
    url = `http://localhost:${world.port}`;
    await importRecord(world.services.platform, recordOf('public', WARNING, HOSTILE, IN_FRENCH));
    await world.settled();
    browser = await chromium.launch({ executablePath: process.env['COMITY_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  for (const [lang, scheme, width] of [['en', 'light', 1280], ['fr', 'dark', 390], ['ar', 'light', 390], ['ar', 'dark', 1280]] as const)
    it(`is accessible and fits: ${lang}, ${scheme}, ${width} px`, async () => {
      const { page, context } = await open({ colorScheme: scheme, viewport: { width, height: 900 } });
      const found: string[] = [];
      for (const path of PATHS) {
        await page.goto(`/public/${lang}${path}`);
        found.push(...(await serious(page)).map((v) => `${path}: ${v}`));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 1) found.push(`${path}: ${wide} px too wide`);
      }
      expect(found).toEqual([]);
      await context.close();
    }, 120_000);

  it('fits at a zoom of 400 %, which is a window of 320 px', async () => {
    const { page, context } = await open({ viewport: { width: 320, height: 256 } });
    for (const path of PATHS) {
      await page.goto(`/public/fr${path}`);
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 320]);
    }
    await context.close();
  }, 60_000);

  it('reads and verifies without script', async () => {
    const { page, context } = await open({ javaScriptEnabled: false });
    await page.goto('/public/en/statements/warning-signs');
    await page.getByRole('link', { name: 'Français' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Sur les signes avant-coureurs' }).waitFor();
    await page.goto('/public/fr/verify');
    await page.fill('#text', WARNING.clauses.map((c) => c.text['fr']).join('\n'));
    await page.click('form.verify button[type=submit]');
    await page.getByRole('heading', { name: 'Conforme à la révision 5 en français' }).waitFor();
    await context.close();
  }, 60_000);

  it('takes a file that is dropped on the form', async () => {
    const { page, context } = await open();
    await page.goto('/public/en/verify');
    const text = WARNING.clauses.map((c) => c.text['es']).join('\n\n').replace('su blanco', 'el blanco');
    const data = await page.evaluateHandle((words) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([words], 'carta.txt', { type: 'text/plain' }));
      return transfer;
    }, text);
    await page.dispatchEvent('form.verify', 'drop', { dataTransfer: data });
    await page.getByRole('heading', { name: 'It differs from revision 5 in Spanish' }).waitFor();
    expect([await page.locator('del').textContent(), await page.locator('ins').textContent()]).toEqual([expect.stringContaining('su'), expect.stringContaining('el')]);
    await context.close();
  }, 60_000);

  it('is used by keyboard, and leads to a clause by its label', async () => {
    const { page, context } = await open();
    await page.goto('/public/en/statements/warning-signs');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.goto('/public/en/statements/warning-signs#OP2');
    expect(await page.evaluate(() => document.querySelector(':target')?.id)).toBe('OP2');
    await context.close();
  }, 60_000);

  it('made no browser complain, ran nothing that was written, and asked nobody else for anything', () => {
    expect(complaints).toEqual([]);
  });
});
