import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { act, Workspace } from './workspace.js';

// oxlint-disable-next-line typescript/no-explicit-any -- documents of any shape
type Json = any;
const S = 'one-text';
const LANGS = ['fr', 'ar', 'es'] as const;
const SEATS = {
  'chair.xa': 'en', 'chair.xb': 'fr', 'chair.xc': 'ar', 'chair.xd': 'es', 'member.xb': 'fr', 'member.xc': 'ar', network: 'en', cochair: 'en',
  'translator.fr': 'fr', 'reviser.fr': 'fr', 'translator.ar': 'ar', 'reviser.ar': 'ar', 'translator.es': 'es', 'reviser.es': 'es',
} as const;
type Who = keyof typeof SEATS;
const TITLE = { en: 'Before the elections', fr: 'Avant les élections', ar: 'قبل الانتخابات', es: 'Antes de las elecciones' };
const CLAUSES = [
  { section: 'preambular', en: 'Recalling the duty to prevent genocide,', fr: 'Rappelant le devoir de prévenir le génocide,', ar: 'إذ نذكّر بواجب منع الإبادة الجماعية،', es: 'Recordando el deber de prevenir el genocidio,' },
  { section: 'operative', en: 'Call upon all governments to publish 3 reports by 2027;', fr: 'Appellent tous les gouvernements à publier 3 rapports d’ici à 2027 ;', ar: 'ندعو جميع الحكومات إلى نشر 3 تقارير بحلول 2027؛', es: 'Exhortan a todos los gobiernos a publicar 3 informes antes de 2027;' },
  { section: 'operative', en: 'Remain seized of the matter.', fr: 'Demeurent saisis de la question.', ar: 'ونبقي المسألة قيد النظر.', es: 'Seguirán ocupándose de la cuestión.' },
] as const;
/** What an amendment makes of the second clause after it has been translated. */
const CHANGED = { en: 'Call upon all governments to publish 4 reports by 2027;', fr: 'Appellent tous les gouvernements à publier 4 rapports d’ici à 2027 ;', ar: 'ندعو جميع الحكومات إلى نشر 4 تقارير بحلول 2027؛', es: 'Exhortan a todos los gobiernos a publicar 4 informes antes de 2027;' };
const json = (path: string): Json => JSON.parse(readFileSync(join(import.meta.dirname, '../..', path), 'utf8'));
const of = (context: string, lang: string): Json => json(`libs/contexts/${context}/src/locales/${lang}.json`).command;
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const later = (ms: number) => {
  const instant = new Date(Date.now() + ms).toISOString();
  return { instant, wallTime: instant.slice(0, 16), timezone: 'UTC' };
};

describe('one text in four languages, from adoption to publication', () => {
  const workspace = new Workspace(true);
  const at = {} as Record<Who, Page>;
  const get = (page: Page, path: string): Promise<Json> => page.evaluate(async (p) => (await fetch(`/api/v1/${p}`)).json() as Promise<unknown>, path);
  const doc = async (who: Who = 'network'): Promise<Json> => (await get(at[who], `statements/${S}`)).doc;
  const translation = async (lang: string): Promise<Json> => (await get(at.network, `translations/${S}-${lang}`)).doc;
  const does = async (who: Who, path: string, input: Json) => {
    const answer = (await act(at[who], path, input)) as Json;
    if (answer.status !== 200) throw new Error(`${who} ${path}: ${JSON.stringify(answer)}`);
    await at[who].evaluate(async ([p, s]) => fetch(`/api/v1/statements/${s}?minPosition=${p}`), [answer.position, S] as const);
  };
  const say = (who: Who, name: string, input: Json) => does(who, `statements/${S}/${name}`, input);
  const until = async (what: () => Promise<boolean>, tries = 150) => {
    for (let i = 0; i < tries; i++) {
      if (await what().catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`did not come to be: ${what.toString()}`);
  };
  const enter = async (who: Who) => {
    at[who] = (await workspace.open({ locale: SEATS[who], viewport: { width: 1280, height: 900 } })).page;
    await workspace.signIn(at[who], who, SEATS[who]);
    // A page that only gives commands need not follow what everybody else does.
    await at[who].goto('/health/live');
  };
  const open = async (who: Who, path: string, selector: string) => {
    await at[who].goto(path);
    await at[who].waitForSelector(selector);
  };
  const click = (who: Who, name: string, within = 'main') => at[who].locator(within).getByRole('button', { name, exact: true }).first().click();
  /** Everything that waits in one language, translated and reviewed as the two of them would, but for what is done by hand. */
  const translate = async (lang: (typeof LANGS)[number], texts: Readonly<Record<string, string>>) => {
    for (const s of (await translation(lang)).segments as Json[]) {
      const target = texts[s.id];
      if (target === undefined || s.target === target) continue;
      await does(`translator.${lang}`, `translations/${S}-${lang}/translate-segment`, { segmentId: s.id, sourceDigest: s.sourceDigest, target });
    }
  };

  beforeAll(async () => {
    await workspace.start();
    for (const who of Object.keys(SEATS) as Who[]) await enter(who);
    await say('chair.xa', 'propose-statement', { statementId: S, kind: 'network-statement', subject: { en: TITLE.en }, leadLanguage: 'en', authenticLanguages: ['en', ...LANGS], urgency: 'ordinary' });
    for (const who of ['chair.xb', 'chair.xc', 'chair.xd'] as const) await say(who, 'sponsor-statement', {});
    await say('chair.xa', 'start-drafting', {});
    for (const { section, en } of CLAUSES) await say('chair.xa', 'add-clause', { section, text: { en } });
    await say('chair.xa', 'circulate-draft', { commentsDue: later(48 * 3_600_000) });
    // They begin to translate while the text is still negotiated.
    for (const lang of LANGS) {
      await does('network', `translations/${S}-${lang}/request-translation`, { docRef: { type: 'statement', id: S }, targetLang: lang, status: 'authentic' });
      for (const [personId, role] of [[`translator-${lang}`, 'translator'], [`reviser-${lang}`, 'reviser'], [`reviser-${lang}`, 'linguist']] as const)
        await does('network', `translations/${S}-${lang}/assign-translator`, { personId, role });
    }
    const { clauses } = await doc();
    for (const lang of LANGS) await translate(lang, { title: TITLE[lang], ...Object.fromEntries(clauses.map((c: Json, i: number) => [c.id, CLAUSES[i]![lang]])) });
    // One clause changes afterwards: it falls behind in every language.
    await say('chair.xb', 'propose-amendment', {
      amendmentId: 'one-more', lang: 'en', changes: [{ clauseId: clauses[1].id, lang: 'en', text: CHANGED.en }], rationale: { fr: 'Un rapport de plus' }, baseRevision: (await doc()).revision,
    });
    await say('chair.xa', 'accept-amendment', { amendmentId: 'one-more' });
    for (const c of clauses) await say('chair.xa', 'mark-clause-agreed', { clauseId: c.id, mode: 'agreed' });
    await say('chair.xa', 'freeze-text', {});
    await say('chair.xa', 'submit-for-decision', { procedure: 'consensus' });
    const { frozen } = await doc();
    await does('cochair', 'decisions/one-text-decision/call-consensus', { subject: { type: 'statement', id: S, revision: frozen.revision, digest: frozen.digest } });
    await does('cochair', 'decisions/one-text-decision/declare-consensus', {});
    await until(async () => (await doc()).status === 'adopted');
    await until(async () => (await translation('fr')).counts.stale === 1);
  }, 300_000);
  afterAll(() => workspace.stop(), 60_000);

  it('a stale clause is found at the desk with what has changed in its source, and brought up to date', async () => {
    const [{ id }] = (await doc()).clauses.slice(1) as [Json];
    for (const lang of ['ar', 'es'] as const) await translate(lang, { [id]: CHANGED[lang] });
    await open('translator.fr', `/translate/${S}-fr`, '.desk-segment.chosen textarea');
    const chosen = at['translator.fr'].locator('.desk-segment.chosen');
    await until(async () => (await chosen.locator('ins').textContent()) === '4' && (await chosen.locator('del').textContent()) === '3');
    // What was 3 in the source is 4 now: the check says so while one types.
    await chosen.locator('textarea').fill(CLAUSES[1].fr);
    await until(async () => (await chosen.locator('.finding').count()) > 0);
    await chosen.locator('textarea').fill(CHANGED.fr);
    await until(async () => (await chosen.locator('.finding').count()) === 0);
    await at['translator.fr'].keyboard.press('Control+Enter');
    await until(async () => (await translation('fr')).counts.stale === 0);
  }, 90_000);

  it('is revised by a second person, who is never the one that translated', async () => {
    for (const lang of LANGS) {
      await does(`translator.${lang}`, `translations/${S}-${lang}/submit-for-revision`, {});
      const { segments } = await translation(lang);
      const own = (await act(at[`translator.${lang}`], `translations/${S}-${lang}/review-segment`, { segmentId: segments[0].id, sourceDigest: segments[0].sourceDigest })) as Json;
      expect(own.status).toBeGreaterThanOrEqual(400);
      for (const s of segments) await does(`reviser.${lang}`, `translations/${S}-${lang}/review-segment`, { segmentId: s.id, sourceDigest: s.sourceDigest });
      await does(`reviser.${lang}`, `translations/${S}-${lang}/submit-for-concordance`, {});
    }
    expect((await translation('ar')).state).toBe('inConcordance');
  }, 120_000);

  it('a question is asked in the concordance, keeps the text from the seal, and is answered by the pen', async () => {
    const [{ id }] = (await doc()).clauses as [Json];
    await does('reviser.ar', `translations/${S}-ar/query-source`, { segmentId: id, question: 'هل يشمل ذلك خطاب الكراهية؟' });
    const refused = (await act(at.network, `statements/${S}/seal-text`, {})) as Json;
    expect(refused.status).toBe(409);
    await open('chair.xa', `/statements/${S}/concordance`, '.concordance-table');
    const cell = at['chair.xa'].locator('.concordance-table td', { hasText: 'هل يشمل ذلك' });
    await cell.locator('textarea').first().fill('Yes: words of every kind.');
    await cell.getByRole('button', { name: of('languages', 'en').AnswerQuery, exact: true }).click();
    await until(async () => (await translation('ar')).counts.openQueries === 0);
  }, 60_000);

  it('every clause is attested in the concordance, each language certified, and the text sealed', async () => {
    for (const lang of LANGS) {
      const who = `reviser.${lang}` as const;
      await open(who, `/statements/${S}/concordance`, '.concordance-table');
      const attest = at[who].getByRole('button', { name: of('languages', lang).AttestClause, exact: true });
      for (let left = 4; left > 0; left--) {
        await until(async () => (await attest.count()) === left);
        await attest.first().click();
      }
      await until(async () => (await translation(lang)).counts.attested === 4);
      await does(who, `translations/${S}-${lang}/certify`, {});
    }
    await until(async () => (await doc()).clauses.every((c: Json) => LANGS.every((l) => c.text[l] !== undefined)));
    await open('network', `/statements/${S}/concordance`, '.concordance-table');
    await click('network', of('statements', 'en').SealText);
    await at.network.getByRole('dialog').locator('button[type=submit]').click();
    await until(async () => (await doc()).sealed !== null);
    const { sealed, clauses } = await doc();
    expect(Object.keys(sealed.digests).toSorted()).toEqual(['ar', 'en', 'es', 'fr']);
    expect(clauses[1].text).toEqual(CHANGED);
  }, 180_000);

  it('nobody sees who has signed until three of three parliaments have', async () => {
    await say('network', 'open-signature', { thresholds: { signatoriesPerGroup: 0 }, policy: { order: 'all-at-once', privateUntil: { signatories: 3, parliaments: 3 } } });
    for (const who of ['chair.xa', 'chair.xb'] as const) {
      await open(who, `/statements/${S}`, '.sign-button');
      await at[who].click('.sign-button');
      await at[who].waitForSelector('.sign-panel .verdict-adopted');
    }
    expect((await doc('chair.xd')).signatories).toEqual([]);
    expect(await at['chair.xd'].evaluate(async (s) => (await fetch(`/api/v1/statements/${s}/history?limit=200`)).text(), S)).not.toContain('StatementSigned');
    await open('chair.xc', `/statements/${S}`, '.sign-button');
    await at['chair.xc'].click('.sign-button');
    await until(async () => (await doc('chair.xd')).signatories.length === 3);
  }, 120_000);

  it('one who signed withdraws, and the others are told', async () => {
    await open('member.xb', `/statements/${S}`, '.sign-button');
    await at['member.xb'].click('.sign-button');
    await until(async () => (await doc()).signatories.length === 4);
    await open('chair.xb', `/statements/${S}`, '.sign-panel details summary');
    await at['chair.xb'].click('.sign-panel details summary');
    await at['chair.xb'].locator('.sign-panel details input').fill('Une réserve de mon groupe.');
    await at['chair.xb'].locator('.sign-panel details button').click();
    await until(async () => (await doc()).signatories.length === 3);
    await open('chair.xa', '/inbox', 'h1');
    await until(async () => ((await at['chair.xa'].textContent('main')) ?? '').includes('Une réserve de mon groupe.'));
    // Whoever signed once may sign again; the withdrawal stays in the record.
    await say('chair.xd', 'sign-statement', { digest: (await doc()).frozen.digest, languageSeen: 'es' });
  }, 90_000);

  it('is kept under embargo, its digest public, and released in four languages at one instant', async () => {
    const public_ = await Promise.all((['en', ...LANGS] as const).map(async (lang) => ({ lang, page: (await workspace.open({ locale: lang })).page })));
    const end = later(25_000);
    await say('network', 'place-under-embargo', { until: end, list: { groups: ['xa-group', 'xb-group', 'xc-group', 'xd-group'], persons: [] } });
    const { digest } = (await doc()).sealed;
    const commitments = await public_[0]!.page.goto('/public/en/commitments').then(() => public_[0]!.page.textContent('body'));
    expect(commitments).toContain(digest);
    expect(commitments).not.toContain(TITLE.en);
    for (const { lang, page } of public_) expect((await page.goto(`/public/${lang}/statements/${S}`))!.status()).toBe(404);
    expect((await act(at.network, `statements/${S}/publish`, {}) as Json).status).toBe(409);
    // Each language is watched by a reader of its own.
    const seen = await Promise.all(
      public_.map(async ({ lang, page }) => {
        for (let i = 0; i < 1_200; i++) {
          const answer = await page.request.get(`${workspace.url}/public/${lang}/statements/${S}`);
          if (answer.status() === 200) return { lang, at: Date.now(), text: await answer.text() };
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`${lang} was not released`);
      }),
    );
    for (const { lang, at: when, text } of seen) {
      expect(when).toBeGreaterThanOrEqual(Date.parse(end.instant));
      expect(text).toContain(CHANGED[lang].slice(0, 20));
    }
    // All within what two looks and one page take: one event releases them.
    expect(Math.max(...seen.map((s) => s.at)) - Math.min(...seen.map((s) => s.at))).toBeLessThan(2_000);
    for (const { lang, page } of public_) {
      await page.goto(`/public/${lang}/statements/${S}`);
      expect(await page.getAttribute('html', 'dir')).toBe(lang === 'ar' ? 'rtl' : 'ltr');
      expect(await page.textContent('h1')).toContain(TITLE[lang]);
    }
  }, 120_000);

  it('a copy of it is verified by anybody', async () => {
    const { page } = await workspace.open({ locale: 'fr' });
    const text = await (await page.request.get(`${workspace.url}/public/fr/statements/${S}/r${(await doc()).published.revision}.txt`)).text();
    expect(sha256(text)).toBe((await doc()).sealed.digests.fr);
    await page.goto('/public/fr/verify');
    await page.locator('textarea').first().fill(text);
    await page.locator('form button').first().click();
    await page.waitForLoadState();
    expect(await page.textContent('main')).toContain(TITLE.fr);
  }, 60_000);

  it('a procès-verbal puts a letter right afterwards, and both readings stay', async () => {
    const acts = (await get(at.network, `statements/${S}/history?limit=200`)).entries as Json[];
    const entered = acts.find((e) => e.doc.type === 'LanguageVersionEntered' && e.doc.data.lang === 'fr')!;
    const clause = (await doc()).clauses[2];
    const right = 'Demeurent saisis de cette question.';
    await does('chair.xb', 'corrections/pv-1/propose-correction', {
      correctionId: 'pv-1', target: { stream: `statement-${S}`, revision: entered.doc.revision, field: `texts.${clause.id as string}` }, wrong: clause.text.fr, right, evidence: [{ title: 'Compte rendu' }], class: 'concordance',
    });
    await does('network', 'corrections/pv-1/notify-correction', { objectionsUntil: later(31 * 24 * 3_600_000) });
    await workspace.stopServer('SIGTERM');
    await workspace.startServer(32 * 24 * 3_600_000);
    // A month later nobody is signed in any more.
    for (const who of ['network', 'chair.xa', 'chair.xb', 'chair.xc'] as const) await enter(who);
    await does('network', 'corrections/pv-1/execute-proces-verbal', { procesVerbalRef: 'PV 1', effective: 'ab-initio' });
    await until(async () => (await doc()).clauses[2].text.fr === right);
    const { page } = await workspace.open({ locale: 'fr' });
    await page.goto(`/public/fr/statements/${S}`);
    const shown = (await page.textContent('main')) ?? '';
    expect(shown).toContain(right);
    expect(shown).toContain(clause.text.fr);
    // The first reading keeps its address.
    const { published } = await doc();
    expect(await (await page.request.get(`${workspace.url}/public/fr/statements/${S}/r${published.revision as number}`)).text()).toContain(clause.text.fr);
  }, 120_000);

  it('a group accedes to a memorandum later: consents are given on its page, and everybody reads since when it takes part', async () => {
    const M = 'two-groups';
    const mou = async (): Promise<Json> => (await get(at.network, `mous/${M}`)).doc;
    const both = ['xa', 'xb'] as const;
    await does('chair.xa', `mous/${M}/propose-mou`, {
      mouId: M, titles: { en: 'Early warning', fr: 'Alerte précoce' }, participants: ['xa-group', 'xb-group'], purpose: { en: 'To warn.', fr: 'Alerter.' }, bindingness: 'political', authenticLanguages: ['en', 'fr'],
      effect: { rule: 'last-signature' }, accession: 'unanimous', withdrawalNoticeMonths: 3, amendmentConsent: 'all', suspension: 'none', numberStyle: 'paragraphs', renewal: 'none',
    });
    await does('chair.xb', `mous/${M}/open-negotiation`, { leads: {}, timetable: [] });
    await does('chair.xa', `mous/${M}/propose-clause`, { kind: 'purpose', text: { en: 'The Participants will warn each other in good time.', fr: 'Les Participants s’avertiront à temps.' } });
    const [{ clauseId }] = (await mou()).clauses as [Json];
    for (const g of both) await does(`chair.${g}`, `mous/${M}/agree-clause`, { clauseId, revision: 1, mode: 'agreed' });
    for (const g of both) await does(`chair.${g}`, `mous/${M}/initial-text`, {});
    for (const g of both) {
      await does(`chair.${g}`, `groups/${g}-group/grant-authorisation`, { subject: { type: 'mou', id: M }, act: 'sign', holder: `${g}-chair`, textDigests: (await mou()).digests, latitude: 'none', expiresAt: new Date(Date.now() + 90 * 24 * 3_600_000).toISOString(), decisionRef: 'Minutes' });
      const [authorisation] = (await get(at[`chair.${g}`], `authorisations?groupId=${g}-group&subjectId=${M}`)).rows as [Json];
      await does(`chair.${g}`, `mous/${M}/record-party-authorisation`, { authorisationId: authorisation.doc.authorisationId });
    }
    await does('network', `mous/${M}/open-for-signature`, { mode: 'counterparts' });
    await does('chair.xa', `mous/${M}/sign-first`, {});
    await does('chair.xb', `mous/${M}/sign-last`, {});
    await until(async () => (await mou()).status === 'inEffect');
    await does('chair.xc', `mous/${M}/request-accession`, { letterRef: 'Letter of group C' });
    for (const g of both) {
      const who = `chair.${g}` as const;
      await open(who, `/mous/${M}`, '.actions button');
      await click(who, of('agreements', SEATS[who]).ConsentToAccession);
      const dialog = at[who].getByRole('dialog');
      if ((await dialog.locator('select').count()) > 0) await dialog.locator('select').first().selectOption('xc-group');
      await dialog.locator('button[type=submit]').click();
      await dialog.waitFor({ state: 'detached' });
    }
    await does('network', `mous/${M}/deposit-accession`, { groupId: 'xc-group', instrumentRef: 'Instrument of group C' });
    await until(async () => (await mou()).participants.some((p: Json) => p.groupId === 'xc-group' && p.acceded));
    const { page } = await workspace.open({ locale: 'ar' });
    await page.goto(`/public/ar/memoranda/${M}`);
    expect(await page.getAttribute('html', 'dir')).toBe('rtl');
    expect(await page.locator('main').textContent()).toContain((await get(at.network, 'groups/xc-group')).doc.names.ar);
  }, 120_000);

  it('breaks no rule of the page’s Content-Security-Policy, and no script', () => expect(workspace.complaints).toEqual([]));
});
