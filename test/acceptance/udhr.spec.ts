import { OPENING_VERBS } from '#contexts/statements';
import { clausesFromDocx, clausesFromText, fromAkomaNtoso, readTmx, readXliff } from '#exchange';
import { isRefusal } from '#kernel';
import { AlignmentType, Document, HeadingLevel, LevelFormat, Packer, Paragraph as DocxParagraph, TextRun } from 'docx';
import request from 'supertest';
import { LIVE_PASSWORD, setUpLiveNetwork } from '../live-network.js';
import { assign, certify, type Desks, newLinguists, revise, translationOf } from './concord.js';
import { declaration, DECLARATIONS, digests, type Lang, LANGS, sha256 } from './udhr.js';
import { deadline, type Fields, type Json, type Seat, World } from './world.js';

const ID = 'udhr';
const LETTER = 'first-article';
/** Those that the fonts at hand can set. */
const SET: readonly string[] = ['en', 'fr', 'es', 'pt', 'rw', 'sw', 'ar', 'fa', 'ru', 'zh'];
const bytes = (res: request.Response, done: (error: Error | null, body: unknown) => void) => {
  const chunks: Buffer[] = [];
  res.on('data', (chunk: Buffer) => chunks.push(chunk));
  res.on('end', () => done(null, Buffer.concat(chunks)));
};
const TARGETS = LANGS.filter((lang) => lang !== 'en');
const TEXTS = Object.fromEntries(LANGS.map((lang) => [lang, declaration(lang)])) as Record<Lang, ReturnType<typeof declaration>>;
const ENGLISH = TEXTS.en.clauses.map((c) => c.text);
/** Title and clauses, as a language version has them: what comes back is held against this. */
const CORPUS = Object.fromEntries(LANGS.map((lang) => [lang, digests([TEXTS[lang].title, ...TEXTS[lang].clauses.map((c) => c.text)])])) as Record<Lang, string[]>;
/** The clause that is amended, “the right to life, liberty and the security of person.”, and what stands in it for a while: not agreed, hence in brackets. */
const AMENDED = ENGLISH.findIndex((text) => text.includes('right to life, liberty'));
const EVERYWHERE: Record<Lang, string> = {
  en: 'everywhere', fr: 'partout', es: 'en todas partes', pt: 'em toda a parte', rw: 'hose', sw: 'kila mahali', ar: 'في كل مكان', fa: 'در همه جا', ru: 'повсюду', zh: '在任何地方', hi: 'सर्वत्र', km: 'គ្រប់ទីកន្លែង', he: 'בכל מקום',
  hy: 'ամենուր', ka: 'ყველგან', ta: 'எங்கும்',
};
const withBrackets = (lang: Lang): string => TEXTS[lang].clauses[AMENDED]!.text.replace(/\s?[.。।।។]?$/u, (end) => ` [${EVERYWHERE[lang]}]${end}`);
const must = <X>(value: X): Exclude<X, { readonly refused: string }> => {
  if (isRefusal(value)) throw new Error(JSON.stringify(value));
  return value as Exclude<X, { readonly refused: string }>;
};
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** A translator’s tool: puts its words into the targets of a file, keeps the marks round brackets and leaves everything else as it stands. */
const filled = (xliff: string, words: (segmentId: string) => string | undefined): string =>
  xliff.replaceAll(/(<trans-unit id="([^"]+)\.s1" approved=")[^"]*("[\s\S]*?<target xml:lang="[^"]+") state="[^"]*"[^>]*>([\s\S]*?)(<\/target>)/g, (whole, open: string, id: string, middle: string, copy: string, end: string) => {
    const said = words(id);
    if (said === undefined) return whole;
    const marks = [...copy.matchAll(/<g [^>]*>/g)].map((m) => m[0]);
    let n = 0;
    return `${open}yes${middle} state="translated">${escaped(said).replaceAll(/\[[^\]]*\]/g, (bracket) => `${marks[n++] ?? '<g>'}${bracket}</g>`)}${end}`;
  });

describe(`The Universal Declaration of Human Rights in ${LANGS.length} languages`, () => {
  let world: World;
  let chair: Seat;
  let other: Seat;
  let network: Seat;
  let desks: Desks;
  let ids: readonly string[] = [];
  const page = (): Promise<Json> => chair.doc('statements', ID);
  const version = (lang: Lang): Promise<Json> => translationOf(network, ID, lang);
  const tr = (lang: Lang) => `${ID}-${lang}`;
  const upload = (who: Seat, path: string, body: string | Uint8Array, headers: Fields = {}) =>
    request(world.server).post(path).set({ ...who.headers, 'content-type': 'application/octet-stream', ...headers }).send(Buffer.from(body as Uint8Array));
  const file = async (who: Seat, path: string, query: Fields = {}): Promise<Buffer> => {
    const { body, status } = await who.get(path, query).buffer(true).parse(bytes);
    if (status !== 200) throw new Error(`${path}: ${status} ${(body as Buffer).toString()}`);
    return body as Buffer;
  };
  /** What a segment says in the corpus; the amended one as it reads while its words stand in brackets. */
  const words = (lang: Lang, id: string, bracketed = false): string =>
    id === 'title' ? TEXTS[lang].title : bracketed && ids.indexOf(id) === AMENDED ? withBrackets(lang) : TEXTS[lang].clauses[ids.indexOf(id)]!.text;

  beforeAll(async () => {
    world = await World.open({ demo: false, prepare: setUpLiveNetwork });
    [chair, other, network] = (await Promise.all(['chair.xa', 'chair.xb', 'network'].map((n) => world.signIn(n, LIVE_PASSWORD)))) as [Seat, Seat, Seat];
    const { mul } = await newLinguists(world, ['mul'], false);
    const desk = async (lang: string) => ({ translator: { seat: await world.signIn(`translator.${lang}`, LIVE_PASSWORD), personId: `translator-${lang}` }, reviser: { seat: await world.signIn(`reviser.${lang}`, LIVE_PASSWORD), personId: `reviser-${lang}` } });
    const own = Object.fromEntries(await Promise.all(['fr', 'ar', 'es'].map(async (lang) => [lang, await desk(lang)] as const)));
    desks = Object.fromEntries(TARGETS.map((lang) => [lang, own[lang] ?? mul!]));
  }, 120_000);
  afterAll(() => world.close());

  test('the corpus is whole: nine languages and five scripts at least, each with its preamble and thirty articles, clause beside clause', () => {
    expect([LANGS.length >= 9, new Set(Object.values(DECLARATIONS).map(([, script]) => script)).size >= 5]).toEqual([true, true]);
    for (const lang of LANGS) {
      const { preamble, articles, clauses } = TEXTS[lang];
      expect([lang, articles.length, clauses.map((c) => c.section)]).toEqual([lang, 30, [...Array<string>(7).fill('preambular'), ...Array<string>(50).fill('operative')]]);
      expect(clauses.flatMap((c) => c.text.split('\n'))).toEqual([...preamble, ...articles.flatMap((a) => a.paragraphs)]);
    }
  });

  test('it is imported from Word and from plain text; each clause is that of the corpus by digest, and becomes a clause', async () => {
    const { title, preamble, articles, clauses } = TEXTS.en;
    const lines = (text: string) => text.split('\n').map((line, i) => new TextRun({ text: line, ...(i > 0 ? { break: 1 } : {}) }));
    const word = await Packer.toBuffer(new Document({
      numbering: { config: [{ reference: 'articles', levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: AlignmentType.START }] }] },
      sections: [{ children: [
        new DocxParagraph({ text: title, heading: HeadingLevel.TITLE }), new DocxParagraph('Preamble'),
        ...clauses.map((c) => new DocxParagraph({ children: lines(c.text), ...(c.section === 'operative' ? { numbering: { reference: 'articles', level: 0 } } : {}) })),
      ] }],
    }));
    const { body } = await upload(chair, '/api/v1/imports/clauses?lang=en', word, { 'x-file-name': 'udhr.docx' }).expect(200);
    expect([body.title, body.warnings]).toEqual([title, []]);
    expect(body.clauses.map((c: Json) => [c.section, sha256(c.text)])).toEqual(clauses.map((c, i) => [c.section, CORPUS.en[i + 1]]));

    // As it is printed, with a heading above each article: the thirty articles as they are.
    const printed = [title, 'Preamble', ...preamble, ...articles.flatMap((a) => [a.heading, ...a.paragraphs.map((p, i) => (a.numbered ? `${i + 1}. ${p}` : p))])].join('\n\n');
    const plain = (await upload(chair, '/api/v1/imports/clauses?lang=en', printed, { 'x-file-name': 'udhr.txt' }).expect(200)).body;
    expect(plain.clauses.slice(0, preamble.length).map((c: Json) => sha256(c.text))).toEqual(digests(preamble));
    expect(plain.clauses.slice(preamble.length).map((c: Json) => [c.section, c.label, sha256(c.text)])).toEqual(
      articles.map((a, i) => ['article', String(i + 1), sha256(a.paragraphs.map((p, n) => (a.numbered ? `${n + 1}. ${p}` : p)).join('\n'))]),
    );

    await chair.does('statements', ID, 'ProposeStatement', { statementId: ID, kind: 'joint-statement', subject: { en: title }, leadLanguage: 'en', authenticLanguages: LANGS, urgency: 'ordinary' });
    await other.does('statements', ID, 'SponsorStatement', {});
    await chair.does('statements', ID, 'StartDrafting', {});
    for (const { section, verb, text } of body.clauses as Json[]) await chair.does('statements', ID, 'AddClause', { section, ...(verb === null ? {} : { verb }), text: { en: text } });
    const doc = await page();
    ids = doc.clauses.map((c: Json) => c.id);
    expect(doc.clauses.map((c: Json) => sha256(c.text.en))).toEqual(CORPUS.en.slice(1));
    expect([doc.clauses[6].label, doc.clauses[7].label, doc.clauses.at(-1).label]).toEqual(['PP7', 'OP1', 'OP50']);
  }, 120_000);

  /** Another group amends the clause; the penholder accepts the words that he has seen. */
  async function amend(amendmentId: string, text: string): Promise<void> {
    const { revision } = await page();
    await other.does('statements', ID, 'ProposeAmendment', { amendmentId, lang: 'en', changes: [{ clauseId: ids[AMENDED], lang: 'en', text }], rationale: { en: 'Article 6 says so too.' }, baseRevision: revision });
    await chair.does('statements', ID, 'AcceptAmendment', { amendmentId });
  }

  test('another group amends one article, and nothing else changes', async () => {
    await chair.does('statements', ID, 'CirculateDraft', { commentsDue: deadline(2) });
    await amend('a1', withBrackets('en'));
    const { clauses } = await page();
    expect(clauses[AMENDED].text.en).toBe('Everyone has the right to life, liberty and the security of person [everywhere].');
    expect(clauses.filter((c: Json, i: number) => sha256(c.text.en) !== CORPUS.en[i + 1]).map((c: Json) => c.id)).toEqual([ids[AMENDED]]);
    expect(await chair.doc('amendments', 'a1')).toMatchObject({ by: 'xb-group', status: 'accepted' });
  }, 60_000);

  test('what was certified before is offered from memory', async () => {
    const [, french] = ['en', 'fr'].map((lang) => TEXTS[lang as Lang].clauses[7]!.text);
    await chair.does('statements', LETTER, 'ProposeStatement', { statementId: LETTER, kind: 'open-letter', subject: { en: 'On the first article' }, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary' });
    await chair.does('statements', LETTER, 'StartDrafting', {});
    await chair.does('statements', LETTER, 'AddClause', { section: 'operative', text: { en: ENGLISH[7] } });
    await chair.does('statements', LETTER, 'CirculateDraft', { commentsDue: deadline(2) });
    await network.does('translations', `${LETTER}-fr`, 'RequestTranslation', { docRef: { type: 'statement', id: LETTER }, targetLang: 'fr', status: 'courtesy' });
    await assign(network, LETTER, 'fr', desks['fr']!);
    for (const s of (await translationOf(network, LETTER, 'fr')).segments as Json[])
      await desks['fr']!.translator.seat.does('translations', `${LETTER}-fr`, 'TranslateSegment', { segmentId: s.id, sourceDigest: s.sourceDigest, target: s.id === 'title' ? 'Sur l’article premier' : french });
    await revise(LETTER, 'fr', desks['fr']!);
    await certify(LETTER, 'fr', desks['fr']!);

    for (const lang of TARGETS) {
      await network.does('translations', tr(lang), 'RequestTranslation', { docRef: { type: 'statement', id: ID }, targetLang: lang, status: 'authentic' });
      await assign(network, ID, lang, desks[lang]!);
    }
    expect((await version('fr')).segments.filter((s: Json) => s.target !== null).map((s: Json) => [s.id, s.state, s.origin.kind, s.origin.ref, s.targetDigest])).toEqual([[ids[7], 'draft', 'tm', LETTER, CORPUS.fr[8]]]);
    expect((await version('es')).counts).toMatchObject({ missing: 58 });
    const { body } = await desks['fr']!.translator.seat.get('/api/v1/memory', { source: ENGLISH[7], from: 'en', to: 'fr' }).expect(200);
    expect(body.exact).toMatchObject([{ target: french, origin: { id: LETTER } }]);
  }, 60_000);

  test.each(TARGETS)('%s is translated in a tool of translators, and each target is the paragraph of the corpus by digest', async (lang) => {
    const { seat } = desks[lang]!.translator;
    for (const s of (await version(lang)).segments as Json[])
      if (s.id === 'title') await seat.does('translations', tr(lang), 'TranslateSegment', { segmentId: s.id, sourceDigest: s.sourceDigest, target: words(lang, s.id, true) });
    await world.settled();
    const out = (await file(seat, `/api/v1/translations/${tr(lang)}/xliff`)).toString();
    expect(out.match(/<g [^>]*ctype="x-bracket"/g)).toHaveLength(2);
    const back = filled(out, (id) => words(lang, id, true));
    const compared = (await upload(seat, `/api/v1/translations/${tr(lang)}/compare`, back).expect(200)).body;
    const open = compared.segments.filter((s: Json) => s.status !== 'same');
    // The draft from memory is taken as it is.
    expect(open.map((s: Json) => [s.status, s.foreign, s.findings.filter((f: Json) => f.severity === 'blocks')])).toEqual(ids.map((_, i) => [lang === 'fr' && i === 7 ? 'changed' : 'new', [], []]));
    await upload(seat, `/api/v1/translations/${tr(lang)}/import`, back, { 'x-segments': 'all', 'x-file-name': `${lang}.xlf` }).expect(200);
    const { segments, counts } = await version(lang);
    expect(segments.map((s: Json) => s.targetDigest)).toEqual(CORPUS[lang].map((digest, i) => (i === AMENDED + 1 ? digests([withBrackets(lang)])[0] : digest)));
    expect(counts).toMatchObject({ translated: 58, stale: 0 });
  }, 60_000);

  test('a second amendment makes exactly that clause stale in every language, and each follows it', async () => {
    const before = Object.fromEntries(await Promise.all(TARGETS.map(async (lang) => [lang, (await file(desks[lang]!.translator.seat, `/api/v1/translations/${tr(lang)}/xliff`)).toString()] as const)));
    await amend('a2', ENGLISH[AMENDED]!);
    for (const lang of TARGETS) {
      const { seat } = desks[lang]!.translator;
      expect([lang, (await version(lang)).segments.filter((s: Json) => s.state !== 'translated').map((s: Json) => [s.id, s.state])]).toEqual([lang, [[ids[AMENDED], 'stale']]]);
      // It is back on the desks of its people by itself.
      expect(await version(lang)).toMatchObject({ state: 'inTranslation' });
      // A file from before is held back where its source has moved, and nowhere else.
      const late = filled(before[lang]!, (id) => words(lang, id));
      const compared = (await upload(seat, `/api/v1/translations/${tr(lang)}/compare`, late).expect(200)).body.segments as Json[];
      expect(compared.filter((s) => s.status !== 'same').map((s) => [s.segmentId, s.status])).toEqual([[ids[AMENDED], 'source-moved']]);
      expect((await upload(seat, `/api/v1/translations/${tr(lang)}/import`, late)).body.code).toBe('translation.file-behind');
      const anew = filled((await file(seat, `/api/v1/translations/${tr(lang)}/xliff`)).toString(), (id) => words(lang, id));
      await upload(seat, `/api/v1/translations/${tr(lang)}/import`, anew, { 'x-segments': ids[AMENDED] }).expect(200);
      const { segments, counts } = await version(lang);
      expect([segments.map((s: Json) => s.targetDigest), counts.translated]).toEqual([CORPUS[lang], 58]);
    }
  }, 120_000);

  test('it is agreed, frozen, revised by second persons and in concordance, after one query', async () => {
    for (const clauseId of ids) await chair.does('statements', ID, 'MarkClauseAgreed', { clauseId, mode: 'agreed' });
    await chair.does('statements', ID, 'FreezeText', {});
    expect(Object.keys((await page()).frozen.digests)).toEqual(['en']);
    const ar = desks['ar']!;
    await ar.translator.seat.does('translations', tr('ar'), 'QuerySource', { segmentId: ids[8], question: 'Is “distinction of any kind” wider than discrimination?' });
    for (const lang of TARGETS) await revise(ID, lang, desks[lang]!);
    for (const lang of TARGETS) expect(await version(lang)).toMatchObject({ state: 'inConcordance', counts: { reviewed: 58, openQueries: lang === 'ar' ? 1 : 0 } });
  }, 120_000);

  test('each clause is attested in each language, the query answered, all certified and the text sealed', async () => {
    const ar = desks['ar']!.reviser.seat;
    for (const s of (await version('ar')).segments as Json[]) await ar.does('translations', tr('ar'), 'AttestClause', { segmentId: s.id, sourceDigest: s.sourceDigest, targetDigest: s.targetDigest });
    expect(await ar.refused(409, 'translations', tr('ar'), 'Certify', {})).toEqual(['translation.query-open']);
    const [query] = (await version('ar')).queries as Json[];
    await chair.does('translations', tr('ar'), 'AnswerQuery', { queryId: query.id, answer: 'It is: article 7 speaks of discrimination.', sourceToChange: false });
    for (const lang of TARGETS) await certify(ID, lang, desks[lang]!);
    const doc = await page();
    expect(doc.versions.map((v: Json) => v.lang).toSorted()).toEqual(TARGETS.toSorted());
    for (const lang of LANGS) expect([doc.subject[lang], ...doc.clauses.map((c: Json) => c.text[lang])].map((text) => sha256(text))).toEqual(CORPUS[lang]);
    await network.does('statements', ID, 'SealText', {});
    expect(Object.keys((await page()).sealed.digests).toSorted()).toEqual(LANGS.toSorted());
  }, 120_000);

  test('it is published in all languages at once', async () => {
    await network.does('statements', ID, 'OpenSignature', { closesAt: deadline(30), thresholds: { endorsements: 0 } });
    await chair.does('statements', ID, 'SignStatement', { digest: (await page()).frozen.digest, languageSeen: 'en' });
    await network.does('statements', ID, 'Publish', {});
    expect((await page()).published.languages).toEqual(LANGS.map((tag) => ({ tag, status: 'authentic' })));
  }, 60_000);

  test.each(LANGS)('%s leaves in every format and is equal by digest; its page has every clause', async (lang) => {
    const { published } = await page();
    const { title, clauses } = TEXTS[lang];
    const own = CORPUS[lang].slice(1);
    const nobody = world.anonymous;
    const exported = (format: string) => file(nobody, `/api/v1/exports/statements/${ID}.${format}`, { lang });

    const plain = await exported('txt');
    expect(sha256(plain)).toBe(published.digests[lang]);
    const again = clausesFromText(plain.toString(), OPENING_VERBS, lang);
    expect([sha256(again.title!), ...again.clauses.map((c) => sha256(c.text))]).toEqual(CORPUS[lang]);
    const akn = fromAkomaNtoso(await exported('akn'));
    expect([sha256(akn.title), ...akn.clauses.map((c) => sha256(c.text))]).toEqual(CORPUS[lang]);
    expect(akn.languages.map((l) => [l.tag, l.digest])).toEqual(LANGS.map((tag) => [tag, published.digests[tag]]));
    const docx = must(await clausesFromDocx(await exported('docx'), OPENING_VERBS, lang));
    expect([docx.title, docx.clauses.map((c) => [c.section, sha256(c.text)])]).toEqual([title, clauses.map((c, i) => [c.section, own[i]])]);
    const popolo = JSON.parse((await exported('json')).toString()) as Json;
    expect(popolo.motions).toHaveLength(1);
    // A script that no font here can set is refused by name; what is set begins and ends as a PDF does, its words are read in the tests of the format.
    const pdf = await nobody.get(`/api/v1/exports/statements/${ID}.pdf`, { lang }).buffer(true).parse(bytes);
    if (SET.includes(lang)) expect([pdf.status, (pdf.body as Buffer).subarray(0, 8).toString(), (pdf.body as Buffer).length > 20_000]).toEqual([200, '%PDF-1.7', true]);
    else expect([pdf.status, JSON.parse((pdf.body as Buffer).toString()).code]).toEqual([422, 'exchange.script-not-settable']);

    const tag = ['en', 'fr', 'es', 'ar', 'pt', 'rw'].includes(lang) ? lang : 'en';
    const { text } = await nobody.get(`/public/${tag}/statements/${ID}`, { text: lang }).expect(200);
    const shown = text.replaceAll(/<[^>]*>/g, '').replaceAll('&quot;', '"').replaceAll('&#39;', '\'').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    expect(clauses.filter((c) => !shown.includes(c.text)).map((c) => c.text)).toEqual([]);

    if (lang === 'en') return;
    const { seat } = desks[lang]!.reviser;
    for (const version12or21 of ['1.2', '2.1']) {
      const xliff = must(readXliff(await file(seat, `/api/v1/translations/${tr(lang)}/xliff`, { version: version12or21 })));
      expect(xliff.units.map((u) => [sha256(u.source.text), sha256(u.target?.text ?? '')])).toEqual(CORPUS[lang].map((digest, i) => [CORPUS.en[i], digest]));
    }
    const tmx = must(readTmx(await file(seat, `/api/v1/translations/${tr(lang)}/tmx`)));
    expect(tmx.units.map((u) => [sha256(u.texts['en']!), sha256(u.texts[lang]!)])).toEqual(CORPUS[lang].map((digest, i) => [CORPUS.en[i], digest]));
  }, 60_000);
});
