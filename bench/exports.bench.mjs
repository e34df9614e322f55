// A long text in six languages as each format, and back: time, size, and the most memory that one export takes beyond what was there.
import { createHash } from 'node:crypto';
import { OPENING_VERBS } from '#contexts/statements';
import { clausesFromDocx, clausesFromText, fromAkomaNtoso, endPdf, toAkomaNtoso, toDocx, toPdf, toPlainText, toPopolo } from '#exchange';
import { canonicalParagraph, isRefusal } from '#kernel';
import { bench, setting } from './lib/bench.mjs';
import { inRounds, repeated } from './lib/stats.mjs';
import { amendments, clauses, random, sentence } from './lib/texts.mjs';

const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('SECONDS', 2);
const SEED = 2014;
const [CLAUSES, AMENDMENTS, SIGNATORIES] = [200, 40, 60];
const LANGS = ['en', 'fr', 'ar', 'zh', 'km', 'rw'];
const SETTABLE = LANGS.filter((lang) => lang !== 'km');
const digest = (text) => createHash('sha256').update(canonicalParagraph(text)).digest('hex');
const must = (right, what) => {
  if (!right) throw new Error(what);
};

/** Words beside the text: as many as a real export has, of no meaning. */
const WORDS = () => ({
  signatures: 'Signatures', reservations: 'Reservations', verify: 'Digest', amendment: (n, by) => `Amendment ${n} (${by})`, withdrawn: (at) => `withdrawn ${at}`, later: 'later', status: () => '', authentic: 'Authentic text', kind: (k) => k, exercise: 'Exercise',
  draft: (n) => `Draft, revision ${n}`, date: (at) => at.slice(0, 10), capacity: (c) => c,
});

function text() {
  const rng = random(SEED);
  const drafted = clauses(rng, CLAUSES);
  const count = { preambular: 0, operative: 0, annex: 0 };
  const prefix = { preambular: 'PP', operative: 'OP', annex: 'AN' };
  const ordered = ['preambular', 'operative', 'annex'].flatMap((section) => drafted.filter((c) => c.section === section));
  const own = ordered.map((c) => {
    const more = Object.fromEntries(LANGS.filter((lang) => c.text[lang] === undefined).map((lang) => [lang, sentence(rng, lang === 'rw' ? 'en' : lang, 12 + rng.below(30))]));
    return { id: c.id, section: c.section, label: `${prefix[c.section]}${++count[c.section]}`, verb: null, text: { ...c.text, ...more } };
  });
  const at = '2026-11-20T10:00:00.000Z';
  return {
    type: 'statement', id: 's-bench', kind: 'joint-statement', status: 'negotiating', title: Object.fromEntries(LANGS.map((lang) => [lang, sentence(rng, lang === 'rw' ? 'en' : lang, 8)])),
    languages: LANGS.map((tag) => ({ tag, status: 'authentic', digest: null })), clauses: own, attribution: { en: 'The groups' }, revision: 7, corrections: 0, digest: null,
    signatories: Array.from({ length: SIGNATORIES }, (_, i) => ({
      personId: `p${i}`, name: `Member ${i}`, title: null, party: 'Party', side: 'government', chamber: 'XA-LC01', parliament: `x${i % 8}`, parliamentName: { en: `Parliament ${i % 8}` }, groupId: null, capacity: 'individual', at, later: false, withdrawnAt: null,
    })),
    groups: [], reservations: [], history: [{ act: 'proposed', at, by: 'Group', outcome: null }], notices: [],
    amendments: amendments(rng, ordered, AMENDMENTS, () => rng.of(ordered)).map(({ id, operations }, i) => ({ id, number: i + 1, by: { en: `Group ${i}` }, author: null, at, lang: 'en', operations, rationale: {} })),
    publishedAt: null, address: null, exercise: false,
  };
}

const OPTIONS = { authority: { country: 'un', actor: 'bench', name: 'Network' }, at: '2026-11-30T00:00:00Z' };
const utf8 = (texts) => texts.reduce((sum, one) => sum + Buffer.byteLength(one), 0);

/** The largest resident memory while it is done once, beyond what there was before, in MB. */
async function memoryOf(act) {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 2);
  await act();
  most = Math.max(most, process.memoryUsage.rss());
  clearInterval(look);
  return (most - before) / 2 ** 20;
}

await bench(async ({ row, note }) => {
  const doc = text();
  const plain = { ...doc, amendments: [] };
  const formats = {
    'DOCX, six languages one after the other': { act: () => toDocx(plain, { langs: LANGS, words: WORDS }), size: (x) => x.length },
    'DOCX, six languages side by side': { act: () => toDocx(plain, { langs: LANGS, layout: 'columns', words: WORDS }), size: (x) => x.length },
    [`DOCX, one language, ${AMENDMENTS} amendments as tracked changes`]: { act: () => toDocx(doc, { langs: ['en'], amendments: 'all', words: WORDS }), size: (x) => x.length },
    'PDF, five files (Khmer has no font here)': { act: async () => Promise.all(SETTABLE.map((lang) => toPdf(plain, { lang, words: WORDS() }))), size: (files) => files.reduce((sum, file) => sum + file.length, 0) },
    'Akoma Ntoso, six files': { act: () => LANGS.map((lang) => toAkomaNtoso(plain, lang, OPTIONS)), size: utf8 },
    'plain text, six files': { act: () => LANGS.map((lang) => toPlainText(plain, lang)), size: utf8 },
    'Popolo': { act: () => [JSON.stringify(toPopolo(plain, { lang: 'en', network: { id: 'bench', name: 'Network' } }))], size: utf8 },
  };
  // What comes back is what went out, by digest.
  const files = {};
  for (const lang of LANGS) {
    const expected = doc.clauses.map((c) => digest(c.text[lang])).join();
    files[lang] = await toDocx(plain, { langs: [lang], words: WORDS });
    const word = await clausesFromDocx(files[lang], OPENING_VERBS, lang);
    must(!isRefusal(word) && word.clauses.map((c) => digest(c.text)).join() === expected, `DOCX in ${lang} does not come back`);
    must(fromAkomaNtoso(toAkomaNtoso(plain, lang, OPTIONS)).clauses.map((c) => digest(c.text)).join() === expected, `Akoma Ntoso in ${lang} does not come back`);
    must(clausesFromText(toPlainText(plain, lang), OPENING_VERBS, lang).clauses.map((c) => digest(c.text)).join() === expected, `plain text in ${lang} does not come back`);
  }
  const xml = toAkomaNtoso(plain, 'en', OPTIONS);
  const txt = toPlainText(plain, 'en');
  const back = { 'from DOCX, one language': () => clausesFromDocx(files.en, OPENING_VERBS, 'en'), 'from Akoma Ntoso, one language': () => fromAkomaNtoso(xml), 'from plain text, one language': () => clausesFromText(txt, OPENING_VERBS, 'en') };
  const subjects = Object.fromEntries([...Object.entries(formats).map(([name, { act }]) => [name, act]), ...Object.entries(back)].map(([name, act]) => [name, () => repeated(SECONDS, act)]));
  const { of } = await inRounds(ROUNDS, subjects);
  for (const [name, { act, size }] of Object.entries(formats)) row({ what: name, ...of[name], other: `${Math.round(size(await act()) / 1024)} kB, ${Math.round(await memoryOf(act))} MB more` });
  for (const name of Object.keys(back)) row({ what: name, ...of[name] });
  note(`Seed ${SEED}: ${CLAUSES} clauses in ${LANGS.join(', ')}, ${SIGNATORIES} signatories, ${AMENDMENTS} amendments. Checked before: every language comes back from every format clause by clause, by SHA-256.`);
  await endPdf();
});
