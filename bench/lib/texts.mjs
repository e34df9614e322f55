// Seeded words, clauses and amendments: the same in every run, so that figures of one run stand beside those of another.
import { derive } from '#text';

/** Mulberry32: a small generator with a seed. */
export function random(seed) {
  let a = seed >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, below: (n) => Math.floor(next() * n), of: (list) => list[Math.floor(next() * list.length)] };
}

const WORDS = {
  en: 'parliament government shall protect persons who flee violence and incitement report before every session on measures taken with partners under the convention in good faith urgent independent monitoring of elections speech duty committee early warning without delay regional members concerned'.split(' '),
  fr: 'parlement gouvernement protège personnes qui fuient la violence et l’incitation rapport avant chaque session sur les mesures prises avec partenaires selon convention de bonne foi urgente surveillance indépendante élections discours devoir commission alerte précoce sans délai régionale membres concernés'.split(' '),
  ar: 'البرلمان الحكومة تحمي الأشخاص الذين يفرون من العنف والتحريض تقرير قبل كل دورة عن التدابير المتخذة مع الشركاء بموجب الاتفاقية بحسن نية عاجلة رصد مستقل للانتخابات الخطاب واجب اللجنة إنذار مبكر دون تأخير الأعضاء المعنيون'.split(' '),
  zh: '议会 政府 应当 保护 逃离 暴力 和 煽动 的 人员 在 每届 会议 之前 报告 所 采取 的 措施 与 伙伴 根据 公约 善意 紧急 独立 监测 选举 言论 义务 委员会 早期 预警 不得 拖延 区域 有关 成员'.split(' '),
  km: 'សភា រដ្ឋាភិបាល ត្រូវ ការពារ មនុស្ស ដែល ភៀសខ្លួន ពី អំពើហិង្សា និង ការញុះញង់ រាយការណ៍ មុន សម័យប្រជុំ នីមួយៗ អំពី វិធានការ ជាមួយ ដៃគូ តាម អនុសញ្ញា ដោយ សុច្ឆន្ទៈ បន្ទាន់ ឯករាជ្យ តាមដាន ការបោះឆ្នោត សុន្ទរកថា កាតព្វកិច្ច គណៈកម្មាធិការ ព្រមាន ជាមុន សមាជិក'.split(' '),
};
const UNSPACED = new Set(['zh', 'km']);
const joined = (words, lang) => words.join(UNSPACED.has(lang) ? '' : ' ');

export const someWords = (rng, lang, count) => joined(Array.from({ length: count }, () => rng.of(WORDS[lang])), lang);
/** A sentence of so many words. */
export const sentence = (rng, lang, count) => `${someWords(rng, lang, count)}${lang === 'zh' ? '。' : lang === 'km' ? '។' : ';'}`;

/** Words of a language until there are so many UTF-8 bytes. */
export function textOfBytes(rng, lang, bytes) {
  const words = [];
  const separator = UNSPACED.has(lang) ? 0 : 1;
  for (let size = 0; size < bytes; size += Buffer.byteLength(words.at(-1)) + separator) words.push(rng.of(WORDS[lang]));
  return words;
}
/** The same words with some of them changed, taken out, or joined by others. */
export function reworded(rng, lang, words, changes) {
  const after = [...words];
  for (let n = 0; n < changes; n++) {
    const at = rng.below(after.length);
    if (rng.next() < 0.6) after[at] = rng.of(WORDS[lang]);
    else if (rng.next() < 0.5) after.splice(at, 1);
    else after.splice(at, 0, rng.of(WORDS[lang]));
  }
  return after;
}
export const textOf = joined;

export const LANGUAGES = ['en', 'fr', 'ar'];
/** Clauses of a statement in three languages, some forty words in each. */
export const clauses = (rng, count) =>
  Array.from({ length: count }, (_, i) => ({
    id: `c${String(i + 1).padStart(3, '0')}`, section: i < count / 4 ? 'preambular' : 'operative',
    text: Object.fromEntries(LANGUAGES.map((lang) => [lang, sentence(rng, lang, 25 + rng.below(30))])),
  }));

/** One place of a clause changed as people do: some words of a sentence replaced, taken out or put in. */
function changed(rng, lang, text) {
  const words = text.split(' ');
  const [at, put] = [rng.below(Math.max(1, words.length - 3)), someWords(rng, lang, 1 + rng.below(4)).split(' ')];
  const kind = rng.next();
  words.splice(at, kind < 0.6 ? put.length : kind < 0.75 ? 2 : 0, ...(kind < 0.6 || kind >= 0.75 ? put : []));
  return words.join(' ');
}

/**
 * Amendments of one base: of the words of a clause (one place or two), of a whole clause, of several clauses, of the structure.
 * @param pick gives the clause that the next one is about
 */
export function amendments(rng, base, count, pick) {
  const words = (clause, places = 1 + rng.below(2)) => {
    const lang = rng.next() < 0.8 ? 'en' : rng.of(Object.keys(clause.text));
    let text = clause.text[lang];
    for (let n = 0; n < places; n++) text = changed(rng, lang, text);
    return derive(clause.id, lang, clause.text[lang], text);
  };
  const operations = (n) => {
    const clause = pick(n);
    const kind = rng.next();
    if (kind < 0.75) return words(clause);
    if (kind < 0.8) return [{ op: 'replace-whole', clauseId: clause.id, lang: 'en', expected: clause.text.en, text: sentence(rng, 'en', 30) }];
    if (kind < 0.9) return [...new Set([clause, rng.of(base), rng.of(base)])].flatMap((c) => words(c, 1));
    if (kind < 0.95) return [{ op: 'insert-clause', clauseId: `new${n}`, section: clause.section, after: clause.id, text: { en: sentence(rng, 'en', 20) } }];
    const others = base.filter((c) => c !== clause && c.section === clause.section);
    return kind < 0.98 ? [{ op: 'move-clause', clauseId: clause.id, after: rng.of(others).id }] : [{ op: 'delete-clause', clauseId: clause.id }];
  };
  return Array.from({ length: count }, (_, n) => {
    let found = [];
    // Words replaced by themselves change nothing: another one is proposed.
    while (found.length === 0) found = operations(n);
    return { id: `a${String(n + 1).padStart(4, '0')}`, operations: found };
  });
}
