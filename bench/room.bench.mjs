// The drafting room of a long statement, in Chromium on a slow processor: until it can be read, until one can write, what a key costs.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { bench, setting } from './lib/bench.mjs';
import { cpuOf, settled, signIn, startServer } from './lib/process.mjs';
import { medians, sleep, spread } from './lib/stats.mjs';
import { clauses, LANGUAGES, random } from './lib/texts.mjs';

const ROUNDS = setting('ROUNDS', 3);
const CLAUSES = setting('CLAUSES', 200);
const SLOWER = setting('SLOWER', 4);
const KEYS = setting('KEYS', 60);
const STATEMENT = 'bench-room';
const WITHIN = 120_000;
const CHROMIUM = process.env.COMITY_CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Inside the page, before its own scripts: when what was waited for had been painted, and how long the thread was held. */
function watch(count) {
  const bench = (window.bench = { at: {}, long: [], keys: [] });
  new PerformanceObserver((list) => bench.long.push(...list.getEntries().map((e) => [e.startTime, e.duration]))).observe({ type: 'longtask', buffered: true });
  const painted = (act) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => act(performance.now());
    channel.port2.postMessage(null);
  });
  const [sections, cells, open] = ['room-clause', 'cell', 'cell-open'].map((name) => document.getElementsByClassName(name));
  const there = {
    readable: () => sections.length === count && cells.length >= 2 * count && cells[cells.length - 1].textContent.length > 20,
    three: () => cells.length >= 3 * count && cells[cells.length - 1].textContent.length > 20,
    writable: () => open.length >= 2 * count,
    editable: () => bench.clicked !== undefined && document.activeElement?.closest?.('.ProseMirror[contenteditable=true]') != null,
  };
  const look = () => {
    for (const [name, holds] of Object.entries(there)) {
      if (name in bench.at || !holds()) continue;
      bench.at[name] = null;
      painted((at) => (bench.at[name] = at));
    }
  };
  const start = () => new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'contenteditable'] });
  start();
  document.addEventListener('focusin', look, true);
  document.addEventListener('pointerdown', (e) => {
    delete bench.at.editable;
    bench.clicked = e.timeStamp;
  }, true);
  document.addEventListener('keydown', (e) => painted((at) => bench.keys.push(at - e.timeStamp)), true);
}
/** So many paragraphs and nothing else: the floor. */
function paragraphs(texts) {
  return new Promise((resolve) => {
    const began = performance.now();
    document.body.innerHTML = texts.map((t) => `<p lang="${t.lang}" dir="auto"></p>`).join('');
    texts.forEach(({ text }, i) => (document.body.children[i].textContent = text));
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
  });
}

await bench(async ({ row, note, folder, atEnd }) => {
  if (!existsSync(CHROMIUM)) throw new Error(`there is no Chromium at ${CHROMIUM}: name one in COMITY_CHROMIUM`);
  const server = await startServer(folder('room'));
  atEnd(() => server.stop());
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  atEnd(() => browser.close());
  const session = await signIn(server.url, 'chair.xa');
  const command = async (name, input) => {
    const answer = await fetch(`${server.url}/api/v1/statements/${STATEMENT}/${name}`, { method: 'POST', headers: { ...session, 'content-type': 'application/json' }, body: JSON.stringify({ input }) });
    if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}: ${await answer.text()}`);
  };
  await command('propose-statement', { statementId: STATEMENT, kind: 'joint-statement', subject: { en: 'On early warning' }, leadLanguage: 'en', authenticLanguages: LANGUAGES, urgency: 'ordinary' });
  await command('start-drafting', {});
  const texts = clauses(random(2014), CLAUSES);
  for (const { section, text } of texts) await command('add-clause', { section, text });
  await settled(server.url);
  const base = `http://localhost:${server.port}`;

  /** A browser as somebody comes with it for the first time: nothing kept, signed in. */
  const fresh = async (slower) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en' });
    const [name, value] = session.cookie.split('=');
    await context.addCookies([{ name, value, url: base }]);
    const page = await context.newPage();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
    return { context, page, cdp, complaints };
  };
  const reached = async (page, name) => {
    await page.waitForFunction((n) => window.bench.at[n] > 0, name, { timeout: WITHIN, polling: 100 });
    return page.evaluate((n) => window.bench.at[n], name);
  };
  /** The longest and the sum of what held the thread for 50 ms or more since then. */
  const held = async (page, since) => {
    const all = (await page.evaluate((from) => window.bench.long.filter(([at]) => at >= from), since)).map(([, took]) => took);
    return { count: all.length, sum: all.reduce((a, b) => a + b, 0), most: Math.max(0, ...all) };
  };
  const metrics = async (cdp) => {
    await cdp.send('HeapProfiler.collectGarbage');
    const { metrics: list } = await cdp.send('Performance.getMetrics');
    const of = (name) => list.find((m) => m.name === name).value;
    return { heap: of('JSHeapUsedSize') / 2 ** 20, nodes: of('Nodes') };
  };

  const floor = async (slower) => {
    const { context, page } = await fresh(slower);
    const took = await page.evaluate(paragraphs, texts.flatMap((c) => LANGUAGES.map((lang) => ({ lang, text: c.text[lang] }))));
    await context.close();
    return { took };
  };
  // Each visit writes in a clause of its own, so that all find the same.
  let visits = 0;
  const visit = async (slower) => {
    const { context, page, cdp, complaints } = await fresh(slower);
    await page.addInitScript(watch, CLAUSES);
    const before = cpuOf(server.pid);
    await page.goto(`${base}/statements/${STATEMENT}/room`, { timeout: WITHIN, waitUntil: 'commit' });
    const readable = await reached(page, 'readable');
    const writable = await reached(page, 'writable');
    const server1 = (cpuOf(server.pid) - before) / 1000;
    await sleep(1_000);
    const loading = await held(page, 0);
    const loaded = await metrics(cdp);
    // The first editor brings its own code; the second does not.
    const editors = [];
    const clause = 2 + 2 * visits++;
    for (const n of [clause, clause + 1]) {
      const cell = page.locator('.room-clause').nth(n).locator('.cell').first();
      // In the middle of the window: the slider lies over what stands at its foot, the header over its top.
      await cell.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      await sleep(300);
      await cell.click({ position: { x: 60, y: 12 } });
      editors.push((await reached(page, 'editable')) - (await page.evaluate(() => window.bench.clicked)));
      await sleep(700);
    }
    const mounted = await page.locator('.ProseMirror').count();
    let now = await page.evaluate(() => performance.now());
    await page.keyboard.press('End');
    await page.evaluate(() => (window.bench.keys.length = 0));
    const typed = Array.from({ length: KEYS }, (_, i) => (i % 6 === 5 ? ' ' : 'abcdefgh'[i % 8])).join('');
    for (const key of typed) {
      await page.keyboard.press(key === ' ' ? 'Space' : key);
      await sleep(170);
    }
    const keys = spread(await page.evaluate(() => window.bench.keys));
    const typing = await held(page, now);
    await page.waitForFunction(() => document.querySelectorAll('.sign-saved').length > 0, null, { timeout: WITHIN });
    const words = await page.locator('.ProseMirror').innerText();
    if (!words.replaceAll(/\s/g, '').includes(typed.replaceAll(' ', ''))) throw new Error(`what was typed is not there: ${words}`);
    // One goes out of the clause: what was typed becomes a version, and the page follows the record.
    now = await page.evaluate(() => performance.now());
    const cpu = cpuOf(server.pid);
    await page.keyboard.press('Escape');
    await page.mouse.click(1_270, 880);
    await sleep(4_000);
    const leaving = await held(page, now);
    const server2 = (cpuOf(server.pid) - cpu) / 1000;
    now = await page.evaluate(() => performance.now());
    await page.locator('.chip-button[aria-pressed=false]').first().click();
    const third = (await reached(page, 'three')) - now;
    await sleep(1_000);
    const whole = await metrics(cdp);
    const cells = await page.locator('.cell').count();
    if (cells !== CLAUSES * LANGUAGES.length) throw new Error(`${cells} cells for ${CLAUSES} clauses`);
    if (complaints.length > 0) throw new Error(`the page complains: ${complaints.join('; ')}`);
    await context.close();
    return {
      readable, writable, loadCount: loading.count, loadMost: loading.most, loadSum: loading.sum, heap: loaded.heap, nodes: loaded.nodes, first: editors[0], second: editors[1], mounted,
      key50: keys.p50, key95: keys.p95, keyMax: keys.max, typingMost: typing.most, leavingMost: leaving.most, leavingSum: leaving.sum, third, heap3: whole.heap, nodes3: whole.nodes,
      opening: server1, following: server2,
    };
  };

  const results = { slow: [], quick: [], floor: [] };
  for (let round = 0; round < ROUNDS; round++) {
    results.floor.push(await floor(SLOWER));
    results.slow.push(await visit(SLOWER));
    results.quick.push(await visit(1));
  }
  const { took } = medians(results.floor);
  row({ what: `floor: ${CLAUSES * LANGUAGES.length} static paragraphs, CPU ${SLOWER} times slower`, p50: took });
  for (const [name, slower] of [['slow', SLOWER], ['quick', 1]]) {
    const f = medians(results[name]);
    const at = slower === 1 ? 'CPU as it is' : `CPU ${slower} times slower`;
    const judged = slower !== 1;
    const goal = (text, met) => (judged ? { goal: text, met } : {});
    row({ what: `${at}: from the address to all words painted (two languages)`, p50: f.readable, ...(judged ? { ratio: f.readable / took, of: 'of the paragraphs' } : {}), other: `thread held ${f.loadCount} times, most ${f.loadMost.toFixed(0)}, in all ${f.loadSum.toFixed(0)} ms` });
    row({ what: `${at}: … until all cells can be written in`, p50: f.writable, other: `server CPU ${f.opening.toFixed(0)} ms` });
    row({ what: `${at}: a click, until the first editor takes keys`, p50: f.first, ...goal('WS1 ≤ 600 ms', f.first <= 600) });
    row({ what: `${at}: … until the second does`, p50: f.second, other: `${f.mounted} editors stand`, ...goal('WS1 ≤ 40', f.mounted <= 40) });
    row({ what: `${at}: a key, until its letter is painted`, p50: f.key50, p95: f.key95, other: `most ${f.keyMax.toFixed(0)} ms; thread held at most ${f.typingMost.toFixed(0)} ms` });
    row({ what: `${at}: one leaves the clause, thread held`, other: `most ${f.leavingMost.toFixed(0)}, in all ${f.leavingSum.toFixed(0)} ms; server CPU ${f.following.toFixed(0)} ms` });
    row({ what: `${at}: the third language, until painted`, p50: f.third });
    row({ what: `${at}: memory and nodes, two languages; three`, other: `${f.heap.toFixed(1)} MB, ${f.nodes.toFixed(0)}; ${f.heap3.toFixed(1)} MB, ${f.nodes3.toFixed(0)}` });
  }
  note(`${CLAUSES} clauses in ${LANGUAGES.join(', ')}, the penholder's own room; ${browser.version()}, 1280 x 900, nothing in its cache; median of ${ROUNDS} rounds. Painted: after the next frame. ${KEYS} keys, five a second.`);
});
