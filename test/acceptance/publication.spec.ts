import request from 'supertest';
import { LIVE_PASSWORD, setUpLiveNetwork } from '../live-network.js';
import { DAY, endIn, HOUR, pass, startClock, stopClock } from './clock.js';
import { assign, concord, type Desks, translate, translationOf } from './concord.js';
import { Line } from './line.js';
import { type Json, type Seat, World } from './world.js';

const ID = 'warning';
const SUBJECT = { en: 'On the warning signs', fr: 'Sur les signes avant-coureurs', ar: 'بشأن علامات الإنذار', es: 'Sobre las señales de alerta' };
const WORDS: Record<string, Record<string, string>> = {
  'Recalling the duty to prevent,': { fr: 'Rappelant le devoir de prévention,', ar: 'إذ نستذكر واجب المنع،', es: 'Recordando el deber de prevenir,' },
  'Urge every government to act;': { fr: 'Prions chaque gouvernment d’agir;', ar: 'نحث كل حكومة على التحرك؛', es: 'Instamos a cada gobierno a actuar;' },
  [SUBJECT.en]: { fr: SUBJECT.fr, ar: SUBJECT.ar, es: SUBJECT.es },
};
const LANGS = ['fr', 'ar', 'es'] as const;

describe('The end of a statement: concordance, seal, signature, embargo, release, procès-verbal', () => {
  let world: World;
  let seats: Record<string, Seat>;
  /** Attached before the embargo. */
  let file: string;
  const names = ['chair.xa', 'chair.xb', 'chair.xc', 'chair.xd', 'member.xa', 'member.xb', 'member.xc', 'network', 'cochair', ...LANGS.flatMap((l) => [`translator.${l}`, `reviser.${l}`])];
  const signIn = async () => (seats = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await world.signIn(name, LIVE_PASSWORD)] as const))));
  const seat = (name: string): Seat => seats[name]!;
  const desks = (): Desks =>
    Object.fromEntries(LANGS.map((l) => [l, { translator: { seat: seat(`translator.${l}`), personId: `translator-${l}` }, reviser: { seat: seat(`reviser.${l}`), personId: `reviser-${l}` } }]));
  const words = Object.fromEntries(LANGS.map((l) => [l, (segment: Json) => WORDS[segment.source as string]![l]!]));
  const page = (who = 'network') => seat(who).doc('statements', ID);
  const restart = async (ms: number) => {
    await world.restart(() => pass(ms));
    await signIn();
  };

  beforeAll(async () => {
    startClock();
    world = await World.open({ demo: false, prepare: setUpLiveNetwork });
    await signIn();
  }, 120_000);
  afterAll(async () => {
    await world.close();
    stopClock();
  });

  test('the text of four languages is written in one, and adopted', async () => {
    const [chair, network] = [seat('chair.xa'), seat('network')];
    await chair.does('statements', ID, 'ProposeStatement', {
      statementId: ID, kind: 'network-statement', subject: SUBJECT, leadLanguage: 'en', authenticLanguages: ['en', ...LANGS], urgency: 'ordinary',
    });
    await seat('chair.xb').does('statements', ID, 'SponsorStatement', {});
    await chair.does('statements', ID, 'StartDrafting', {});
    await chair.does('statements', ID, 'AddClause', { section: 'preambular', text: { en: 'Recalling the duty to prevent,' } });
    await chair.does('statements', ID, 'AddClause', { section: 'operative', text: { en: 'Urge all governments to act;' } });
    // Spanish is begun early, so that the source moves under it.
    await network.does('translations', `${ID}-es`, 'RequestTranslation', { docRef: { type: 'statement', id: ID }, targetLang: 'es', status: 'authentic' });
    await assign(network, ID, 'es', desks()['es']!);
    await translate(ID, 'es', desks()['es']!, (s) => WORDS[s.source as string]?.['es'] ?? 'Instamos a todos;');
    const { clauses, revision } = await page('chair.xa');
    await chair.does('statements', ID, 'EditClause', { clauseId: clauses[1].id, baseRevision: revision, text: { en: 'Urge every government to act;' }, note: 'each one' });
    await chair.does('statements', ID, 'CirculateDraft', { commentsDue: endIn(2 * DAY) });
    for (const c of (await page()).clauses as Json[]) await chair.does('statements', ID, 'MarkClauseAgreed', { clauseId: c.id, mode: 'agreed' });
    await chair.does('statements', ID, 'FreezeText', {});
    expect(Object.keys((await page()).frozen.digests)).toEqual(['en']);
    await chair.does('statements', ID, 'SubmitForDecision', { procedure: 'consensus' });
    const { frozen } = await page();
    await seat('cochair').does('decisions', 'consensus', 'CallConsensus', { subject: { type: 'statement', id: ID, revision: frozen.revision, digest: frozen.digest } });
    await seat('cochair').does('decisions', 'consensus', 'DeclareConsensus', {});
    expect(await page()).toMatchObject({ status: 'adopted', sealed: null, next: { kind: 'seal', missing: [{ params: { lang: 'fr' } }, { params: { lang: 'ar' } }, { params: { lang: 'es' } }] } });
  });

  test('it is not sealed over an open query and a stale clause, and is told all that is missing at once', async () => {
    const network = seat('network');
    await assign(network, ID, 'fr', desks()['fr']!);
    const { segments } = await translationOf(network, ID, 'fr');
    await seat('translator.fr').does('translations', `${ID}-fr`, 'QuerySource', { segmentId: segments.at(-1).id, question: 'Every government, or those of the network?' });
    const { body } = await network.give('statements', ID, 'SealText', {});
    const unmet = (body.unmet as Json[]).map((u) => u.code as string);
    expect(unmet.toSorted()).toEqual(['statement.language-not-certified', 'statement.language-not-certified', 'statement.language-not-certified', 'statement.queries-open', 'statement.translation-stale']);
    expect(await network.refused(409, 'statements', ID, 'OpenSignature', { closesAt: endIn(60 * DAY) })).toEqual(['statement.not-sealed']);
  });

  test('it is sealed when every language says the same', async () => {
    const network = seat('network');
    const [query] = (await translationOf(network, ID, 'fr')).queries as Json[];
    await seat('chair.xa').does('translations', `${ID}-fr`, 'AnswerQuery', { queryId: query.id, answer: 'Every one.', sourceToChange: false });
    await concord(network, ID, desks(), words);
    const doc = await page();
    expect(doc.versions.map((v: Json) => [v.lang, v.status]).toSorted()).toEqual([['ar', 'authentic'], ['es', 'authentic'], ['fr', 'authentic']]);
    expect(doc.clauses[1].text).toEqual({ en: 'Urge every government to act;', ...WORDS['Urge every government to act;'] });
    await network.does('statements', ID, 'SealText', {});
    expect(await page()).toMatchObject({ sealed: { digest: doc.frozen.digest }, next: { kind: 'open-signature', missing: [] } });
    await network.does('statements', ID, 'OpenSignature', { closesAt: endIn(90 * DAY), thresholds: { signatories: 2, parliaments: 2 } });
    const { digest } = doc.frozen;
    await seat('chair.xa').does('statements', ID, 'SignStatement', { digest, languageSeen: 'en' });
    expect(await network.refused(409, 'statements', ID, 'PlaceUnderEmbargo', { until: endIn(HOUR), list: { groups: [], persons: [] } })).toContain('statement.too-few-signatories');
    await seat('member.xb').does('statements', ID, 'SignStatement', { digest, languageSeen: 'fr' });
    const sent = await request(world.server).post(`/api/v1/attachments?subject=statements/${ID}`)
      .set({ ...seat('member.xb').headers, 'content-type': 'application/octet-stream', 'x-file-name': 'scan-of-signature.txt' }).send(Buffer.from('What the network may read until the embargo.')).expect(200);
    file = sent.body.href as string;
    await world.settled();
    for (const name of ['chair.xc', 'member.xa']) await seat(name).get(file).expect(200);
  });

  describe('under embargo', () => {
    const INSIDE = ['chair.xa', 'member.xa', 'chair.xb', 'member.xb', 'chair.xd', 'member.xc', 'network'];
    const OUTSIDE = ['chair.xc', 'cochair', 'translator.ar'];

    test('it is released by no hand before its instant', async () => {
      const network = seat('network');
      await network.does('statements', ID, 'PlaceUnderEmbargo', { until: endIn(6 * HOUR, 'Europe/London'), list: { groups: ['xd-group'], persons: [] } });
      await network.does('statements', ID, 'AdmitToEmbargo', { to: { groups: [], persons: ['xc-member'] }, purpose: 'Briefing of the press.' });
      expect(await network.refused(409, 'statements', ID, 'Publish', {})).toEqual(['statement.embargo-holds']);
    });

    test.each(INSIDE)('%s reads it', async (name) => {
      expect(await page(name)).toMatchObject({ status: 'embargoed', embargo: { groups: ['xd-group'], persons: ['xc-member'] } });
      await seat(name).get(file).expect(200);
      // Who was let in later reads what has been done since.
      expect((await seat(name).history('statements', ID)).map((a) => a.doc.type)).toContain(name === 'member.xc' ? 'EmbargoAccessGranted' : 'EmbargoSet');
    });

    test.each([...OUTSIDE, 'nobody'])('%s reads nothing of it, by no way', async (name) => {
      const who = name === 'nobody' ? world.anonymous : seat(name);
      await who.get(`/api/v1/statements/${ID}`).expect(404);
      const ways = {
        list: '/api/v1/statements?limit=500', archive: '/api/v1/publications?limit=500', commitments: '/api/v1/commitments?limit=500', file: `/api/v1/exports/statements/${ID}.docx`,
        inbox: '/api/v1/inbox', page: `/public/en/statements/${ID}`, pages: '/public/en/statements', feed: '/public/en/feed.atom', promised: '/public/en/commitments', calendar: '/public/en/calendar.ics',
      };
      const told = Object.fromEntries(await Promise.all(Object.entries(ways).map(async ([way, path]) => [way, (await who.get(path).buffer(true)).text ?? ''] as const)));
      for (const [way, text] of Object.entries(told)) for (const word of [SUBJECT.en, SUBJECT.fr, 'Urge every', 'EmbargoSet', 'Briefing of the press']) expect([name, way, word, text.includes(word)]).toEqual([name, way, word, false]);
      // Neither do acts, drafts, translations and past moments that the network read before.
      const recorded = (await seat('network').history('statements', ID)).at(3)!.doc.recordedAt as string;
      const before = {
        history: `/api/v1/statements/${ID}/history?limit=500`, export: `/api/v1/statements/${ID}/export`, activity: '/api/v1/activity?limit=500', revisions: `/api/v1/revisions?statement=${ID}`,
        amendments: `/api/v1/amendments?statement=${ID}`, translations: `/api/v1/translations?docId=${ID}`, translation: `/api/v1/translations/${ID}-fr`, memory: '/api/v1/memory?source=Urge every government to act;&from=en&to=fr',
        texts: `/api/v1/texts?document=statement-${ID}`, decision: '/api/v1/decisions/consensus', files: `/api/v1/attachments?subject=statement-${ID}`, file, past: `/api/v1/statements/${ID}?known=${recorded}`, pasts: `/api/v1/statements?known=${recorded}`, day: `/api/v1/statements/${ID}?asOf=2099-01-01`,
      };
      for (const [way, path] of Object.entries(before)) {
        const { text } = await who.get(path).buffer(true);
        for (const word of [SUBJECT.en, 'Urge every', 'agir', 'EmbargoSet', 'Briefing of the press', 'statement-warning', 'scan-of-signature', 'What the network']) expect([name, way, word, (text ?? '').includes(word)]).toEqual([name, way, word, false]);
      }
      for (const q of ['warning', 'avant-coureurs', 'señales', 'government']) expect([name, q, (await who.get('/api/v1/search', { q }).expect(200)).body.hits]).toEqual([name, q, []]);
      const all = (await who.get('/api/v1/activity', { limit: 500 }).expect(200)).body.entries as Json[];
      expect(all.filter((e) => JSON.stringify(e.doc).includes(ID)).map((e) => e.doc.type)).toEqual([]);
    });

    test('anyone reads that a text is fixed, by its digest, and not what it says', async () => {
      const { digest } = (await page()).frozen;
      const { doc, label } = await world.anonymous.row('commitments', digest);
      expect([label.tlp, doc]).toEqual(['CLEAR', { digest, until: (await page()).embargo.until.instant, committedAt: expect.any(String), releasedAt: null, statementId: null }]);
    });

    test('nothing is said of it on the line to who is not on the list', async () => {
      const [line, insider] = await Promise.all([Line.open(world, seat('chair.xc')), Line.open(world, seat('member.xa'))]);
      const { id } = (await page()).clauses[0];
      const told = async (who: Line) => JSON.stringify(await who.ask('cell:open', [{ document: { type: 'statement', id: ID }, clauseId: id, lang: 'en' }]));
      expect(await told(line)).not.toContain('Recalling the duty');
      expect(await told(insider)).toMatch(/"ok":true/);
      line.close();
      insider.close();
    });

    test('its instant releases it, in four languages with one act', async () => {
      const { frozen, embargo } = await page();
      await restart(6 * HOUR);
      const doc = await world.until(() => page(), (d: Json) => d.status === 'published', 10_000);
      expect(doc).toMatchObject({
        status: 'published', embargo: null, published: { digest: frozen.digest, provisional: false, corrections: 0, languages: ['en', 'fr', 'ar', 'es'].map((tag) => ({ tag, status: 'authentic' })) },
      });
      expect(Date.parse(doc.published.at)).toBeGreaterThanOrEqual(Date.parse(embargo.until.instant));
      const acts = (await seat('network').history('statements', ID)).filter((a) => a.doc.type === 'StatementPublished');
      expect(acts).toMatchObject([{ doc: { actor: { capacity: 'system', rule: 'statement-embargo-ends' } } }]);
      const { doc: publication } = await world.anonymous.row('publications', `${ID}_r${frozen.revision}`);
      expect(publication).toMatchObject({ digest: frozen.digest, title: SUBJECT, clauses: [{ label: 'PP1' }, { label: 'OP1', text: WORDS['Urge every government to act;'] }] });
      for (const lang of ['en', 'fr', 'ar', 'es']) expect((await world.anonymous.get(`/public/${lang}/statements/${ID}`).expect(200)).text).toContain(SUBJECT[lang as 'en']);
      expect(await world.anonymous.doc('commitments', frozen.digest)).toMatchObject({ statementId: ID, releasedAt: doc.published.at });
      expect((await world.anonymous.get('/api/v1/search', { q: 'avant-coureurs' }).expect(200)).body.hits).toContainEqual(expect.objectContaining({ view: 'statements', id: ID }));
    });
  });

  describe('after its publication', () => {
    const CORRECTION = { correctionId: 'pv-1', wrong: 'gouvernment', right: 'gouvernement', class: 'typographical', evidence: [{ title: 'Dictionary' }] };

    test('a misprint is put right by procès-verbal, after all who signed were told and had time', async () => {
      const { clauses, published } = await page();
      const target = { stream: `statement-${ID}`, ...clauses[1].stands.fr };
      await seat('chair.xd').does('corrections', 'pv-1', 'ProposeCorrection', { ...CORRECTION, target });
      expect(await seat('network').refused(409, 'corrections', 'pv-1', 'ExecuteProcesVerbal', { procesVerbalRef: 'PV 1/2026', effective: 'ab-initio' })).toContain('correction.not-notified');
      await seat('network').does('corrections', 'pv-1', 'NotifyCorrection', { objectionsUntil: endIn(31 * DAY) });
      expect((await seat('network').doc('corrections', 'pv-1')).notified.to.toSorted()).toEqual(['xa-chair', 'xb-member']);
      await restart(32 * DAY);
      await seat('network').does('corrections', 'pv-1', 'ExecuteProcesVerbal', { procesVerbalRef: 'PV 1/2026', effective: 'ab-initio' });
      const doc = await world.until(() => page(), (d: Json) => d.published.corrections === 1, 10_000);
      expect(doc.clauses[1].text.fr).toBe('Prions chaque gouvernement d’agir;');
      expect(doc.corrections).toMatchObject([{ clauseId: clauses[1].id, lang: 'fr', wrong: 'gouvernment', right: 'gouvernement', ref: 'PV 1/2026', before: published.digests.fr, after: doc.published.digests.fr }]);
      expect(doc.published.digests).toEqual({ ...published.digests, fr: expect.not.stringMatching(published.digests.fr as string) });
    });
    test('each state stays at its address, with both readings', async () => {
      const { published } = await page();
      const [first, second] = await Promise.all(['', '-c1'].map((c) => world.anonymous.doc('publications', `${ID}_r${published.revision}${c}`)));
      expect([first.clauses[1].text.fr, second.clauses[1].text.fr]).toEqual(['Prions chaque gouvernment d’agir;', 'Prions chaque gouvernement d’agir;']);
      expect(second.digest).toBe(published.digest);
    });
    test('it is superseded and retracted, and stays for anyone to read under the notices', async () => {
      const network = seat('network');
      expect(await network.refused(409, 'statements', ID, 'Supersede', { byStatementId: 'nothing' })).toContain('statement.successor-not-published');
      await seat('cochair').does('statements', ID, 'Retract', { decisionRef: 'consensus', reason: { en: 'It rested on a false report.' } });
      await world.settled();
      const doc = await world.anonymous.doc('statements', ID);
      expect(doc).toMatchObject({ status: 'retracted', notices: [{ kind: 'retracted' }], clauses: [{ label: 'PP1' }, { label: 'OP1' }] });
      expect((await world.anonymous.rows('publications', { statement: ID })).map((r) => r.id).toSorted()).toEqual([`${ID}_r${doc.published.revision}`, `${ID}_r${doc.published.revision}-c1`]);
    });
  });
});
