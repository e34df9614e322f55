import { createHash } from 'node:crypto';
import { importRecord } from '#platform/runtime';
import { LANGUAGE_TAGS } from '#platform/i18n';
import { digestIn, HOSTILE, IN_FRENCH, recordOf, UNPUBLISHED, WARNING } from './public-record.js';
import { World } from './world.js';

const PAGES = ['', '/statements', '/statements/warning-signs', '/statements/warning-signs/r5', '/statements/hostile', '/memoranda', '/memoranda/2014-gb-ca', '/network', '/timeline', '/verify', '/commitments'];
const MOST = 60 * 1024;
const MOST_SCRIPT = 15 * 1024;

describe('The public site', () => {
  let world: World;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${world.url}${path}`, { headers, redirect: 'manual' });
  const text = async (path: string) => {
    const answer = await get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  };
  const verify = async (fields: Record<string, string | Blob>, lang = 'en') => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const answer = await fetch(`${world.url}/public/${lang}/verify`, { method: 'POST', body: form });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  const plain = (page: string) => page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

  beforeAll(async () => {
    world = await World.open();
    await importRecord(world.services.platform, recordOf('public', WARNING, HOSTILE, IN_FRENCH, ...UNPUBLISHED));
    await world.settled();
  }, 60_000);
  afterAll(() => world.close());

  it.each(['fr-CA,fr;q=0.9', 'ar', 'de'])('leads to the language that is asked for: %s', async (accept) => {
    const answer = await get('/public', { 'accept-language': accept });
    expect([answer.status, answer.headers.get('location'), answer.headers.get('vary')]).toEqual([302, `/public/${accept.startsWith('fr') ? 'fr' : accept === 'ar' ? 'ar' : 'en'}`, 'Accept-Language']);
  });

  it.each(LANGUAGE_TAGS)('has every page in %s: its language and direction, no key, no cookie, at most 60 KB with everything it loads', async (lang) => {
    for (const path of PAGES) {
      const answer = await get(`/public/${lang}${path}`);
      const page = await answer.text();
      expect([path, answer.status, answer.headers.get('set-cookie'), answer.headers.get('content-language')]).toEqual([path, 200, null, lang]);
      expect(page).toMatch(new RegExp(`^<!doctype html><html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">`));
      expect(plain(page)).not.toMatch(/\b(site|state|value|attribution|event)\.[a-zA-Z][\w.-]+/);
      const loaded = [...new Set([...page.matchAll(/(?:src|href)="(\/public\/assets\/[^"]+)"/g)].map((m) => m[1]!))];
      const sizes = await Promise.all(loaded.map(async (asset) => ({ asset, size: (await (await get(asset)).arrayBuffer()).byteLength })));
      expect(loaded.length).toBeGreaterThanOrEqual(2);
      expect(Buffer.byteLength(page) + sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(MOST);
      expect(sizes.filter(({ asset }) => asset.endsWith('.js')).reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(MOST_SCRIPT);
      // Nothing is loaded from elsewhere.
      expect([...page.matchAll(/(?:src|(?<=<link[^>]*)href)="(?:https?:)?\/\/[^"]*"/g)].filter((m) => !/rel="(canonical|alternate)"/.test(page.slice(page.lastIndexOf('<', m.index), m.index)))).toEqual([]);
    }
  }, 60_000);

  it('is the same for everybody, and asks browsers to run and load nothing of others', async () => {
    const chair = await world.signIn('chair.xa');
    const [as, nobody] = await Promise.all([get('/public/en/statements', { cookie: chair.cookie!, 'accept-language': 'fr' }), get('/public/en/statements')]);
    expect(await as.text()).toBe(await nobody.text());
    expect(nobody.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    const embed = await get('/public/en/statements/warning-signs/embed');
    expect([embed.headers.get('content-security-policy'), embed.headers.get('x-frame-options')]).toEqual([expect.stringContaining('frame-ancestors *'), null]);
  });

  it('shows a statement with what it counts for, who speaks, its clauses, its reservations and its signatories', async () => {
    const page = await text('/public/en/statements/warning-signs');
    const words = plain(page);
    expect(words).toContain('3 parliamentarians from 2 parliaments');
    expect(words).toContain('This text is authentic in English, French, Arabic and Spanish: each version has equal force.');
    expect(page).toContain('<em>Recalling</em> the duty of every State');
    expect(page).toMatch(/<li id="clause-[\w-]+"><a class="label" id="OP3" href="#OP3"/);
    expect(words).toContain('The group understands the third operative paragraph as an invitation.');
    expect(words).toMatch(/Parliament of Canada Roméo A\. Dallaire · Senator · Liberal · Senate · Opposition/);
    for (const lang of ['en', 'fr', 'ar', 'es']) expect(page).toContain(`href="/public/${lang}/statements/warning-signs" hreflang="${lang}" lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"`);
    expect(page).toContain(digestIn(WARNING, 'en'));
    expect(page).toContain('<link rel="canonical" href="http://localhost');
    const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(page)![1]!);
    expect(data).toMatchObject({ '@type': 'CreativeWork', inLanguage: 'en', identifier: `sha256:${digestIn(WARNING, 'en')}` });
  });

  it('shows a text that is not there in the language of the page in its own, and says so', async () => {
    const page = await text('/public/pt/statements/a-paris');
    expect(page).toContain('<h1 lang="fr" dir="ltr">Sur la tribune de Paris</h1>');
    expect(page).toContain('<div class="text" lang="fr" dir="ltr">');
    expect(plain(page)).toContain('Não há versão deste texto em português. É mostrado em francês.');
    expect(await text('/public/en/statements/warning-signs?text=ar')).toContain('<div class="text" lang="ar" dir="rtl">');
  });

  it('keeps an address for each published text, and each format beside it', async () => {
    const [newest, stable] = await Promise.all([get('/public/en/statements/warning-signs'), get('/public/en/statements/warning-signs/r5')]);
    expect([newest.headers.get('cache-control'), stable.headers.get('cache-control')]).toEqual(['public, max-age=60', 'public, max-age=3600']);
    for (const lang of ['en', 'fr', 'ar', 'es']) {
      const file = Buffer.from(await (await get(`/public/${lang}/statements/warning-signs/r5.txt`)).arrayBuffer());
      // As `sha256sum` of the file would print it.
      expect(createHash('sha256').update(file).digest('hex')).toBe(digestIn(WARNING, lang));
    }
    const data = JSON.parse(await text('/public/en/statements/warning-signs/r5.json'));
    expect(data).toMatchObject({ id: 'warning-signs', revision: 5, corrections: 0, digests: { fr: digestIn(WARNING, 'fr') }, crossPartyMark: false });
    for (const [ending, begins] of [['akn.xml', '<?xml'], ['docx', 'PK'], ['pdf', '%PDF']] as const) {
      const answer = await get(`/public/ar/statements/warning-signs/r5.${ending}`);
      if (!(await text('/public/ar/statements/warning-signs')).includes(`r5.${ending}"`)) expect([ending, answer.status]).toEqual([ending, 404]);
      else expect([answer.status, Buffer.from(await answer.arrayBuffer()).toString('latin1', 0, begins.length)]).toEqual([200, begins]);
    }
    // As it stands in files, without a language.
    const bare = await get('/public/statements/warning-signs/r5', { 'accept-language': 'ar' });
    expect([bare.status, bare.headers.get('location')]).toEqual([302, '/public/ar/statements/warning-signs/r5']);
    for (const missing of ['r4', 'r5-c1', 'r5.exe', 'r', 'r5.txt.x', '..%2f..%2f']) expect((await get(`/public/en/statements/warning-signs/${missing}`)).status).toBe(404);
  });

  it('lets nothing that was written become markup', async () => {
    for (const path of ['/public/en', '/public/en/statements', '/public/en/statements/hostile', '/public/en/timeline', '/public/en/statements/hostile/embed', '/public/en/feed.atom']) {
      const page = await text(path);
      expect(page).not.toMatch(/<script>|<img|<b onmouseover/);
    }
    const echoed = await verify({ text: '"><script>alert(4)</script>', digest: '"><script>alert(5)</script>' });
    expect(echoed).not.toContain('<script>alert');
    const searched = await text('/public/en/statements?kind=%22%3E%3Cscript%3Ealert(6)%3C%2Fscript%3E');
    expect(searched).not.toContain('<script>alert');
  });

  it('knows nothing of what is not published, nor of exercises (G4, STM-8)', async () => {
    const everything = await Promise.all(LANGUAGE_TAGS.flatMap((lang) => [...PAGES, '/feed.atom', '/calendar.ics'].map((path) => get(`/public/${lang}${path}`).then((answer) => answer.text()))));
    for (const page of everything) expect(page).not.toMatch(/Canary|still-open|still-drafted|exercise-statement|exercise-mou|Exercise/);
    for (const id of ['still-open', 'still-drafted', 'exercise-statement', 'no-such']) {
      const answer = await get(`/public/en/statements/${id}`);
      expect([answer.status, (await answer.text()).includes(id)]).toEqual([404, false]);
    }
    expect(plain(await verify({ text: UNPUBLISHED[0]!.clauses[0]!.text['en']! }))).toContain('Unknown: nothing like this has been published here');
    expect(plain(await verify({ digest: digestIn(UNPUBLISHED[0]!, 'en') }))).toContain('Unknown');
  });

  describe('verifies a text', () => {
    const given = (lang: string) => WARNING.clauses.map((c) => c.text[lang]).join('\n\n');
    it.each(['en', 'fr', 'ar', 'es'])('that is pasted, in %s', async (lang) => {
      const page = plain(await verify({ text: `Some header\n\n${given(lang).replaceAll(' ', '\n')}` }));
      expect(page).toContain('It matches revision 5 in');
      expect(page).toContain('All 5 clauses stand there word for word and in order.');
      expect(page).toContain('17 June 2014');
      expect(page).toContain('Some header');
    });
    it('that is a file: our own is the one that was signed', async () => {
      const file = await (await get('/public/fr/statements/warning-signs/r5.txt')).blob();
      expect(plain(await verify({ file }))).toContain('not one sign differs');
      expect(plain(await verify({ file: new Blob([await text('/public/es/statements/warning-signs/r5')], { type: 'text/html' }) }))).toContain('It matches revision 5 in Spanish');
      const answer = await fetch(`${world.url}/public/en/verify`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });
      expect(plain(await answer.text())).toContain('not one sign differs');
    });
    it('in every form in which it can be had as text', async () => {
      for (const ending of ['akn.xml', 'docx']) {
        const file = await (await get(`/public/fr/statements/warning-signs/r5.${ending}`)).blob();
        expect(plain(await verify({ file }))).toContain('It matches revision 5 in French');
      }
    });
    it('where a word was changed, and says where', async () => {
      const page = await verify({ text: given('en').replace('every government', 'some governments') });
      expect(plain(page)).toContain('It differs from revision 5 in English: here is where');
      expect(plain(page)).toContain('4 of 5 clauses are the same word for word.');
      expect(page).toMatch(/<bdi>OP1<\/bdi>.*<del>.*every government<\/del><ins>.*some governments<\/ins>/);
    });
    it('by its digest, by that of all languages, and by one clause', async () => {
      expect(plain(await verify({ digest: digestIn(WARNING, 'ar').toUpperCase() }))).toContain('This is the digest of a published text');
      expect(plain(await text(`/public/en/verify?digest=${digestIn(WARNING, 'en')}`))).toContain('This is the digest of a published text');
      expect(plain(await verify({ text: `${WARNING.clauses[4]!.text['fr']}` }))).toContain('This is clause OP3 of a published text, word for word');
    });
    it('and says when it knows none', async () => {
      expect(plain(await verify({ text: 'All parliaments of the world resolve to do nothing whatsoever about it.' }))).toContain('Unknown');
      expect(plain(await verify({ file: new Blob(['%PDF-1.7 …']) }))).toContain('Of a PDF, please paste the text.');
      expect(plain(await verify({ text: '' }))).toContain('Nothing was given to compare');
    });
    it('of at most 1 MB, without a session, as a form of another site too, and nothing else', async () => {
      const post = (body: string, headers: Record<string, string>) => fetch(`${world.url}/public/en/verify`, { method: 'POST', body, headers });
      expect((await post('x'.repeat(1_100_000), { 'content-type': 'text/plain' })).status).toBe(413);
      expect((await post('{}', { 'content-type': 'application/json' })).status).toBe(415);
      const foreign = await post('text=nothing', { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' });
      expect([foreign.status, foreign.headers.get('cache-control')]).toEqual([200, 'no-store']);
    });
  });

  it('tells news in Atom and deadlines in iCalendar', async () => {
    const feed = await get('/public/fr/feed.atom');
    const atom = await feed.text();
    expect([feed.headers.get('content-type'), atom.match(/<entry/g)?.length]).toEqual(['application/atom+xml; charset=utf-8', 3]);
    expect(atom).toContain('Sur les signes avant-coureurs des atrocités criminelles');
    const calendar = await get('/public/ar/calendar.ics');
    expect([calendar.headers.get('content-type'), (await calendar.text()).slice(0, 15)]).toEqual(['text/calendar; charset=utf-8', 'BEGIN:VCALENDAR']);
  });

  it('filters its register, and leaves a choice out that fits nothing', async () => {
    const listed = async (query: string) => [...(await text(`/public/en/statements?${query}`)).matchAll(/<h2><a href="\/public\/en\/statements\/([\w-]+)"/g)].map((m) => m[1]);
    expect(await listed('')).toEqual(['a-paris', 'hostile', 'warning-signs']);
    expect(await listed('year=2014')).toEqual(['warning-signs']);
    expect(await listed('parliament=CA&kind=open-letter')).toEqual(['warning-signs']);
    expect(await listed('parliament=XX')).toEqual([]);
    expect(await listed('page=7')).toEqual(['a-paris', 'hostile', 'warning-signs']);
  });

  it('answers conditionally, packed, to HEAD, and refuses every other method', async () => {
    const first = await get('/public/en/statements/warning-signs', { 'accept-encoding': 'identity' });
    const again = await get('/public/en/statements/warning-signs', { 'if-none-match': first.headers.get('etag')! });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const plainly = await first.text();
    for (const coding of ['br', 'gzip']) {
      const packed = await get('/public/en/statements/warning-signs', { 'accept-encoding': coding });
      expect([packed.headers.get('content-encoding'), packed.headers.get('vary')]).toEqual([coding, 'Accept-Encoding']);
      expect(Number(packed.headers.get('content-length'))).toBeLessThan(Buffer.byteLength(plainly) / 2);
      expect(await packed.text()).toBe(plainly);
    }
    expect((await get('/public/en', { 'accept-encoding': 'br;q=0, identity' })).headers.get('content-encoding')).toBeNull();
    const head = await fetch(`${world.url}/public/en`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const [path, method] of [['/public/en', 'POST'], ['/public/en/statements', 'DELETE'], ['/public/en/verify', 'PUT']] as const) {
      const answer = await fetch(`${world.url}${path}`, { method });
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, path.endsWith('verify') ? 'GET, HEAD, POST' : 'GET, HEAD']);
    }
    for (const path of ['/public/xx', '/public/en/nothing', '/public/en/statements/-bad', '/public/assets/other.css']) expect((await get(path)).status).toBe(404);
    const [css] = /\/public\/assets\/site-[\w-]+\.css/.exec(await text('/public/en'))!;
    expect((await get(css)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('shows a new statement as soon as it is published', async () => {
    await importRecord(world.services.platform, recordOf('public-later', { ...IN_FRENCH, id: 'later', subject: { en: 'Published a moment ago' }, languages: ['en'], clauses: [{ section: 'operative', text: { en: 'Ask for patience;' } }], publishedOn: '2016-01-01' }));
    await world.settled();
    expect(await text('/public/en')).toContain('Published a moment ago');
    expect(plain(await verify({ text: 'Ask for patience;' }))).toContain('This is clause OP1 of a published text');
  });

  it('lets one address compare so often, then asks it to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => fetch(`${world.url}/public/en/verify`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'text=x' })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });
});
