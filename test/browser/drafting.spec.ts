import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { canonicalText } from '#contexts/statements';
import { conflictGroups } from '#text';
import { act, Workspace } from './workspace.js';

// oxlint-disable-next-line typescript/no-explicit-any -- documents of any shape
type Json = any;
const HOUR = 3_600_000;
const S = 'four-groups';
const PEOPLE = { xa: ['chair.xa', 'en'], xb: ['chair.xb', 'fr'], xc: ['chair.xc', 'ar'], xd: ['chair.xd', 'es'], network: ['network', 'en'] } as const;
type Who = keyof typeof PEOPLE;
const CLAUSES: [string, string][] = [
  ['preambular', 'Recalling the duty of every parliament to speak before violence begins,'],
  ['preambular', 'Alarmed by reports of hate speech in the run-up to elections,'],
  ['operative', 'Calls upon all governments to fund independent monitors without delay;'],
  ['operative', 'Requests the network to publish a joint report every year;'],
  ['operative', 'Decides to send an observer delegation before the vote;'],
  ['operative', 'Invites the press to report with care and with courage;'],
  ['operative', 'Encourages schools to teach the history of prevention;'],
  ['operative', 'Resolves to remain seized of the matter 🕊️ until peace is secured.'],
];
const words = (lang: string): Json => JSON.parse(readFileSync(join(import.meta.dirname, `../../apps/web/src/locales/${lang}.json`), 'utf8'));
const command = (lang: string): Json => JSON.parse(readFileSync(join(import.meta.dirname, `../../libs/contexts/statements/src/locales/${lang}.json`), 'utf8')).command;
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');



describe('four groups draft a statement in four browsers', () => {
  const workspace = new Workspace();
  const at = {} as Record<Who, Page>;
  const get = (page: Page, path: string): Promise<Json> => page.evaluate(async (p) => (await fetch(`/api/v1/${p}`)).json() as Promise<unknown>, path);
  const doc = async (who: Who = 'xa'): Promise<Json> => (await get(at[who], `statements/${S}`)).doc;
  const amendments = async (): Promise<Json[]> => (await get(at.xa, `amendments?statement=${S}&sort=number&limit=500`)).rows.map((r: Json) => ({ ...r.doc, id: r.id }));
  const does = async (who: Who, path: string, input: Json) => {
    const answer = (await act(at[who], path, input)) as Json;
    if (answer.status !== 200) throw new Error(`${who} ${path}: ${JSON.stringify(answer)}`);
    // The views follow; what the page reads next is there.
    await at[who].evaluate(async ([p, s]) => fetch(`/api/v1/statements/${s}?minPosition=${p}`), [answer.position, S] as const);
    return answer as { position: string };
  };
  const say = (who: Who, name: string, input: Json) => does(who, `statements/${S}/${name}`, input);
  const until = async (what: () => Promise<boolean>) => {
    for (let i = 0; i < 100; i++) {
      if (await what().catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`did not come to be: ${what.toString()}`);
  };
  /** The words of a clause as the browser shows them, without others' carets. */
  const read = (page: Page, selector: string, n = 0) =>
    page.locator(selector).nth(n).evaluate((element) => {
      const copy = element.cloneNode(true) as Element;
      for (const caret of copy.querySelectorAll('.caret')) caret.remove();
      return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
    });
  /** The words as the browser shows them, clause by clause. */
  const shown = (page: Page) => page.$$eval('.room-clause', (all) => all.map((c) => [c.id, c.querySelector('.cell')?.textContent?.replace(/✎/g, '').trim() ?? '']));
  const room = async (who: Who, tab = '') => {
    await at[who].goto(`/statements/${S}/room${tab === '' ? '' : `?tab=${tab}`}`);
    await at[who].waitForSelector('.live-live');
    await at[who].waitForSelector(tab === '' ? '.room-clause' : '.amendments, .compared');
  };
  const signIn = async () => {
    for (const who of Object.keys(PEOPLE) as Who[]) {
      at[who] = (await workspace.open({ locale: PEOPLE[who][1], viewport: { width: 1280, height: 900 } })).page;
      await workspace.signIn(at[who], PEOPLE[who][0], PEOPLE[who][1]);
    }
  };
  const click = (who: Who, name: string, within = 'body') => at[who].locator(within).getByRole('button', { name, exact: true }).first().click();

  beforeAll(async () => {
    await workspace.start();
    await signIn();
    await say('xa', 'propose-statement', { statementId: S, kind: 'network-statement', subject: { en: 'Before the elections', fr: 'Avant les élections', ar: 'قبل الانتخابات', es: 'Antes de las elecciones' }, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary' });
    for (const who of ['xb', 'xc', 'xd'] as const) await say(who, 'sponsor-statement', {});
    for (const p of ['xa-chair', 'xb-chair']) await say('xa', 'appoint-penholder', { personId: p });
    await say('xa', 'start-drafting', {});
    for (const [section, text] of CLAUSES) await say('xa', 'add-clause', { section, text: { en: text } });
  }, 180_000);
  afterAll(() => workspace.stop(), 60_000);

  it('two penholders write one clause at once, see each other’s caret, and everybody reads the same', async () => {
    await Promise.all([room('xa'), room('xb'), room('xd')]);
    for (const who of ['xa', 'xb'] as const) {
      await at[who].locator('.room-clause .cell-edit').nth(2).click();
      await at[who].waitForSelector('.ProseMirror');
    }
    const typing = async (who: Who, key: string, text: string) => {
      await at[who].locator('.ProseMirror').press(key);
      for (const c of text) await at[who].keyboard.type(c, { delay: 20 });
    };
    await Promise.all([typing('xa', 'Control+Home', 'Firmly c'), typing('xb', 'Control+End', ' Merci. ')]);
    await until(async () => (await at.xb.locator('.caret-name').count()) > 0 || (await at.xa.locator('.caret-name').count()) > 0);
    await until(async () => (await read(at.xa, '.ProseMirror')).includes('Merci.') && (await read(at.xb, '.ProseMirror')).startsWith('Firmly c'));
    await at.xa.keyboard.press('Control+s');
    await until(async () => (await doc()).clauses[2].text.en.includes('Merci.'));
    const text = (await doc()).clauses[2].text.en as string;
    expect(text).toContain('Firmly cCalls upon all governments');
    for (const who of ['xa', 'xb', 'xd'] as const) await until(async () => (await read(at[who], '.room-clause', 2)).includes('Firmly cCalls upon'));
    const commits = await get(at.xa, `texts/${(await doc()).clauses[2].id as string}_en/commits`);
    expect(commits.text).toBe(text);
    expect(new Set(commits.entries.flatMap((e: Json) => (e.kind === 'committed' ? [e.by.personId] : [])))).toEqual(new Set(['xa-chair', 'xb-chair']));
  }, 90_000);

  it('words typed without a line are kept on the device, said so, and arrive after kill -9 of the server', async () => {
    await workspace.stopServer('SIGKILL');
    await at.xa.waitForSelector('.room .sign-offline');
    await at.xa.locator('.ProseMirror').press('Control+End');
    await at.xa.keyboard.type('Thanks. ');
    await until(async () => /8 edits kept on this device/.test(await read(at.xa, '.room .sign-offline')));
    await workspace.startServer();
    await until(async () => (await read(at.xb, '.ProseMirror')).includes('Thanks.'));
    await until(async () => (await at.xa.locator('.room .sign-saved').count()) > 0);
  }, 90_000);

  it('circulation closes the text under the hands of who types, and loses no word', async () => {
    const before = await read(at.xa, '.ProseMirror');
    const inTwoDays = new Date(Date.now() + 48 * HOUR).toISOString();
    await say('xa', 'circulate-draft', { commentsDue: { instant: inTwoDays, wallTime: inTwoDays.slice(0, 16), timezone: 'UTC' } });
    await until(async () => (await at.xa.locator('.ProseMirror[contenteditable=true]').count()) === 0);
    expect((await doc()).clauses[2].text.en).toBe(before);
  }, 60_000);

  it('amends a clause in place, in the group’s own copy', async () => {
    const fr = words('fr').room;
    await room('xb');
    await at.xb.locator('.room-clause h3 button').nth(3).click();
    await click('xb', (fr.amendIn as string).replace('{language}', 'anglais'), '.panel');
    await at.xb.waitForSelector('.panel .ProseMirror');
    await at.xb.locator('.panel .ProseMirror').press('Control+End');
    await at.xb.keyboard.type(' and to send it to every member;');
    await at.xb.locator('.draft textarea').last().fill('Que chacun le lise.');
    expect(await at.xb.locator('.would-read ins').count()).toBeGreaterThan(0);
    // Nobody else sees the copy before it is on the table.
    expect((await get(at.xd, `texts?document=statement-${S}&group=xb-group`)).rows).toEqual([]);
    await click('xb', command('fr').ProposeAmendment, '.draft');
    await until(async () => (await amendments()).length === 1);
    expect((await amendments())[0]).toMatchObject({ number: 1, by: 'xb-group', personId: 'xb-chair', operations: [{ op: 'insert', lang: 'en' }] });
  }, 90_000);

  it('tables forty amendments, of which many conflict, and shows the conflicts', async () => {
    const { clauses, revision } = await doc();
    const groups: Who[] = ['xa', 'xb', 'xc', 'xd'];
    const verbs = ['Urges', 'Appeals to', 'Demands of', 'Asks'];
    for (let n = 1; n < 40; n++) {
      const who = groups[n % 4]!;
      const clause = clauses[n % 8];
      const text = clause.text.en as string;
      const all = text.split(' ');
      // By turns: the beginning, a word in the middle, the end; so that of one clause several want the same words.
      const i = Math.floor(n / 8) % 3;
      const next = i === 0 ? [verbs[n % 4], ...all.slice(1)] : i === 1 ? all.toSpliced(3, 1, `word${n % 5}`) : [...all.slice(0, -1), `today ${all.at(-1)}`];
      await say(who, 'propose-amendment', { amendmentId: `am-${n}`, lang: 'en', changes: [{ clauseId: clause.id, lang: 'en', text: next.join(' ') }], rationale: { en: `Reason ${n}` }, baseRevision: revision });
    }
    const list = await amendments();
    expect(list).toHaveLength(40);
    const conflicts = conflictGroups(list as never).filter((g) => g.members.length > 1);
    expect(conflicts.length).toBeGreaterThan(4);
    await room('xa', 'amendments');
    await until(async () => (await at.xa.locator('.conflict').count()) === conflicts.length);
    await say('xc', 'second-amendment', { amendmentId: 'am-4' });
  }, 120_000);

  it('a compromise is refused by one author, another is consented to by all and accepted', async () => {
    const clauses = (await doc()).clauses as Json[];
    const groups = conflictGroups((await amendments()) as never).filter((g) => g.members.length > 1);
    const list = await amendments();
    const [first, second] = groups.map((g) => ({ ids: g.members, by: [...new Set(g.members.map((id) => list.find((a) => a.id === id).by as string))], clause: list.find((a) => a.id === g.members[0]).operations[0].clauseId as string }));
    for (const [name, group] of [['c-refused', first], ['c-agreed', second]] as const) {
      const text = clauses.find((c) => c.id === group!.clause).text.en as string;
      await say('xa', 'propose-compromise', { compromiseId: name, amendments: group!.ids, changes: [{ clauseId: group!.clause, lang: 'en', text: `${text.slice(0, -1)}, together;` }], rationale: { en: 'So that all can agree' } });
    }
    const refuser = (Object.keys(PEOPLE) as Who[]).find((w) => first!.by.includes(`${w}-group`) && w !== 'xa')!;
    await say(refuser, 'refuse-compromise', { compromiseId: 'c-refused', reason: 'Too weak for us.' });
    for (const who of ['xb', 'xc', 'xd'] as const) {
      if (!second!.by.includes(`${who}-group`)) continue;
      await room(who, 'amendments');
      await click(who, command(PEOPLE[who][1]).ConsentToCompromise);
    }
    await until(async () => (await get(at.xa, `compromises/c-agreed`)).doc.consents.length >= second!.by.filter((g) => g !== 'xa-group').length);
    await room('xa', 'amendments');
    await click('xa', command('en').AcceptAmendmentModified);
    await until(async () => (await get(at.xa, 'compromises/c-agreed')).doc.status === 'accepted');
    expect((await doc()).clauses.find((c: Json) => c.id === second!.clause).text.en).toContain(', together;');
    expect((await get(at.xa, 'compromises/c-refused')).doc).toMatchObject({ status: 'refused', refused: { reason: 'Too weak for us.' } });
  }, 120_000);

  it('an accepted amendment brings others over itself; an author takes that back', async () => {
    const open = async () => (await amendments()).filter((a) => a.status === 'open');
    for (let tries = 0; tries < 20 && !(await open()).some((a) => a.rebased !== null && a.by !== 'xa-group'); tries++) {
      const list = await open();
      const next = list.find((a) => list.some((b) => b.id !== a.id && b.by !== 'xa-group' && b.operations.some((o: Json) => a.operations.some((x: Json) => x.clauseId === o.clauseId && (o.from ?? o.at) > (x.to ?? x.at) + 1))));
      await say('xa', 'accept-amendment', { amendmentId: next.id });
    }
    const rebased = (await open()).find((a) => a.rebased !== null && a.by !== 'xa-group')!;
    const who = (rebased.by as string).slice(0, 2) as Who;
    await room(who, 'amendments');
    await click(who, command(PEOPLE[who][1]).UndoRebase);
    await until(async () => (await amendments()).find((a) => a.id === rebased.id).status === 'displaced');
  }, 120_000);

  it('says in the reader’s language all that stands between the text and its freezing', async () => {
    const answer = await at.xa.evaluate(async (s) => {
      const me = (await (await fetch('/api/v1/session')).json()) as { csrf: string };
      const headers = { 'content-type': 'application/json', 'x-comity-csrf': me.csrf, 'idempotency-key': crypto.randomUUID() };
      return (await fetch(`/api/v1/statements/${s}/freeze-text?lang=fr`, { method: 'POST', headers, body: '{"input":{}}' })).json() as Promise<unknown>;
    }, S) as Json;
    const codes = answer.unmet.map((u: Json) => u.code);
    expect(codes).toEqual(expect.arrayContaining(['statement.amendments-pending', 'statement.clause-open']));
    expect(answer.unmet.every((u: Json) => /\S \S/.test(u.message))).toBe(true);
  }, 30_000);

  const settle = async () => {
    for (const a of (await amendments()).filter((x) => ['open', 'displaced'].includes(x.status))) await say('xa', 'reject-amendment', { amendmentId: a.id, reason: 'Not now.' });
    for (const c of (await doc()).clauses) await say('xa', 'mark-clause-agreed', { clauseId: c.id, mode: 'agreed' });
    await say('xa', 'freeze-text', {});
    await say('xa', 'submit-for-decision', { procedure: 'silence' });
  };
  const silence = async (id: string) => {
    const { frozen } = await doc();
    const end = new Date(Date.now() + 73 * HOUR).toISOString();
    await does('network', `decisions/${id}/open-silence-procedure`, { subject: { type: 'statement', id: S, revision: frozen.revision, digest: frozen.digest }, deadline: { instant: end, wallTime: end.slice(0, 16), timezone: 'UTC' }, urgency: 'ordinary' });
  };

  it('the digest is one in every browser and on the server', async () => {
    await settle();
    const { frozen, subject } = await doc();
    for (const who of ['xa', 'xb', 'xc', 'xd'] as const) {
      await room(who);
      await until(async () => (await shown(at[who])).every(([, t]) => t !== ''));
      const page = new Map(await shown(at[who]) as [string, string][]);
      const clauses = (await doc(who)).clauses.map((c: Json) => ({ id: c.id, section: c.section, stale: [], text: { en: page.get(c.id)! } }));
      expect(sha256(canonicalText({ subject, leadLanguage: 'en', languages: ['en'], clauses }, 'en'))).toBe(frozen.digests.en);
    }
  }, 120_000);

  it('a silence is broken, and the text goes back to negotiation', async () => {
    await silence('silence-a');
    await at.xb.goto('/decisions/silence-a');
    await does('xb', 'decisions/silence-a/break-silence', { reason: 'The second clause goes too far for our members.' });
    await until(async () => (await doc()).status === 'negotiating');
    await until(async () => (await at.xb.textContent('main'))!.includes('The second clause goes too far'));
  }, 60_000);

  it('a second silence is kept over a restart after kill -9, once; with a reservation on a clause and an explanation', async () => {
    await settle();
    const before = await doc();
    await silence('silence-b');
    await does('xb', 'decisions/silence-b/enter-reservation', { clauses: [before.clauses[2].id], text: { fr: 'Réserve sur les observateurs.' } });
    await workspace.stopServer('SIGKILL');
    await workspace.startServer(75 * HOUR);
    await signIn();
    await until(async () => (await doc()).status === 'adopted');
    await does('xa', 'decisions/silence-b/explain-position', { text: { en: 'We joined so that the text may stand.' } });
    const decision = (await get(at.xa, 'decisions/silence-b')).doc;
    expect(decision.status).toBe('adopted');
    const acts = (await get(at.xa, 'decisions/silence-b/history?limit=200')).entries.map((e: Json) => e.doc.type);
    expect(acts.filter((t: string) => t === 'SilenceObserved')).toHaveLength(1);
    // After the replay of a new process the words and their digest are the same.
    const after = await doc();
    expect(after.frozen.digest).toBe(before.frozen.digest);
    expect(sha256(canonicalText(after, 'en'))).toBe(before.frozen.digests.en);
    await at.xd.goto('/decisions/silence-b');
    await until(async () => (await at.xd.textContent('main'))!.includes('Réserve sur les observateurs.'));
  }, 120_000);

  it('the articles of a memorandum are written in the same way', async () => {
    for (const who of ['xa', 'xb'] as const) {
      await at[who].goto('/');
      await at[who].waitForSelector('.live-live');
      await at[who].goto('/mous/exercise-mou');
      await at[who].waitForSelector('.parallel .cell-edit');
    }
    const column = (who: Who) => at[who].locator('.parallel td[lang=en]').first();
    await column('xa').locator('.cell-edit').click();
    await at.xa.waitForSelector('.ProseMirror');
    await at.xa.locator('.ProseMirror').press('Control+End');
    await at.xa.keyboard.type(' Together.');
    await until(async () => (await column('xb').textContent())!.includes('Together.'));
    await at.xa.locator('.ProseMirror').press('Escape');
    await until(async () => (await get(at.xa, 'mous/exercise-mou')).doc.clauses[0].text.en.endsWith('Together.'));
    // From one page to another within the workspace the line to the texts opens as well.
    await at.xa.goto(`/statements/${S}`);
    await at.xa.click('.button-link');
    await until(async () => (await at.xa.locator('.room-clause .cell').count()) === CLAUSES.length);
  }, 60_000);

  it('breaks no rule of the page’s Content-Security-Policy, and no script', () => expect(workspace.complaints).toEqual([]));
});
