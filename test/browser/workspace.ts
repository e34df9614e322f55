import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../apps/server/src/demo.js';
import { LIVE_PASSWORD, setUpLiveNetwork } from '../live-network.js';

const root = join(import.meta.dirname, '../..');
const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** The built server as its own process on a folder of its own, and a real Chromium. */
export class Workspace {
  #server: ChildProcess | undefined;
  readonly #folder = mkdtempSync(join(tmpdir(), 'comity-browser-'));
  #browser: Browser | undefined;
  url = '';
  /** What browsers complained of: violations of the Content-Security-Policy and errors of scripts. */
  readonly complaints: string[] = [];

  /** @param live the network of `live-network.ts` instead of the demonstration, for what leaves the network */
  constructor(private readonly live = false) {}

  async start(): Promise<void> {
    if (this.live) await setUpLiveNetwork(this.#folder);
    const port = await freePort();
    this.url = `http://localhost:${port}`;
    await this.startServer();
    const executablePath = process.env['COMITY_CHROMIUM'] ?? '/usr/bin/chromium';
    this.#browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
  }

  /** @param ahead by so many milliseconds the server's clock stands ahead */
  async startServer(ahead = 0): Promise<void> {
    const port = new URL(this.url).port;
    this.#server = spawn(process.execPath, ['--import', join(import.meta.dirname, 'later.mjs'), join(root, 'dist/apps/server/src/main.js')], {
      env: { ...process.env, COMITY_TEST_AHEAD: String(ahead), PORT: port, COMITY_DATA: this.#folder, COMITY_DEMO: this.live ? 'off' : 'on', COMITY_LOG: 'error' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (let i = 0; i < 300; i++) {
      const ready = await fetch(`${this.url}/health/ready`).catch(() => null);
      if (ready?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the server did not become ready: was it built (npm run build)?');
  }

  stopServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    return new Promise((resolve) => {
      this.#server?.once('exit', () => resolve());
      this.#server?.kill(signal);
    });
  }

  async open(options: Parameters<Browser['newContext']>[0] = {}): Promise<{ context: BrowserContext; page: Page }> {
    const context = await this.#browser!.newContext({ baseURL: this.url, ...options });
    const page = await context.newPage();
    page.on('console', (m) => {
      if (m.type() === 'error' && !/Failed to load resource|WebSocket connection|net::ERR/.test(m.text())) this.complaints.push(m.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    return { context, page };
  }

  async signIn(page: Page, name: string, lang: string): Promise<void> {
    await page.goto('/sign-in');
    await page.fill('#email', `${name}@demo.example`);
    await page.fill('#password', this.live ? LIVE_PASSWORD : DEMO_PASSWORD);
    await page.click('form.card button[type=submit]');
    await page.waitForURL('**/');
    await page.selectOption('.languages', lang);
    await page.waitForFunction((l) => document.documentElement.lang === l, lang);
    await page.waitForSelector('.live-live');
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.stopServer('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Gives a command from inside a page, as its own scripts do. */
export const act = (page: Page, path: string, input: unknown): Promise<{ status: number; position?: string }> =>
  page.evaluate(
    async ([p, i]) => {
      const me = (await (await fetch('/api/v1/session')).json()) as { csrf: string };
      const response = await fetch(`/api/v1/${p as string}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-comity-csrf': me.csrf, 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({ input: i }),
      });
      return { status: response.status, ...((await response.json()) as object) };
    },
    [path, input] as const,
  );
