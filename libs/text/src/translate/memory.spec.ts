import fc from 'fast-check';
import { Memory, type MemoryUnit } from './memory.js';
import { alignedSentences, sentences } from './sentences.js';

const unit = (source: string, target = `→ ${source}`, origin: unknown = null): MemoryUnit => ({ source, target, sourceLang: 'en', targetLang: 'fr', origin });
const filled = (...sources: string[]) => {
  const memory = new Memory();
  for (const [i, source] of sources.entries()) memory.add(unit(source, undefined, i));
  return memory;
};

describe('sentences', () => {
  it.each([
    ['en', 'Calls on States to act. Art. 5 applies; see No. 3 of it. Done.', ['Calls on States to act. ', 'Art. 5 applies; see No. 3 of it. ', 'Done.']],
    ['ar', 'تدعو الدول إلى العمل. هل تعمل؟ نعم.', ['تدعو الدول إلى العمل. ', 'هل تعمل؟ ', 'نعم.']],
    ['zh', '人人生而自由。人人平等。', ['人人生而自由。', '人人平等。']],
    ['km', 'មនុស្សទាំងអស់ ។ កើតមក ។', ['មនុស្សទាំងអស់ ។ ', 'កើតមក ។']],
    ['am', 'የሰው ልጅ ሁሉ። ነጻ ነው።', ['የሰው ልጅ ሁሉ። ', 'ነጻ ነው።']],
    ['ru', 'Все люди. См. ст. 5 Пакта. Конец.', ['Все люди. ', 'См. ст. 5 Пакта. ', 'Конец.']],
  ])('%s', (lang, text, expected) => expect(sentences(text, lang)).toEqual(expected));
  it('join to the text, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('en', 'ar', 'zh', 'km', 'am'), (text, lang) => expect(sentences(text, lang).join('')).toBe(text)), { numRuns: 50 });
  });
  it('are aligned where there are as many, and otherwise not at all', () => {
    expect(alignedSentences('One. Two.', 'Un. Deux.', 'en', 'fr')).toEqual([['One.', 'Un.'], ['Two.', 'Deux.']]);
    expect(alignedSentences('One. Two.', 'Un, deux.', 'en', 'fr')).toEqual([]);
  });
});

describe('the memory', () => {
  it('finds the same text, newest first, whatever its spaces, in that pair of languages alone', () => {
    const memory = filled('Calls upon States', 'Something else', 'Calls upon  States');
    expect(memory.exact(' Calls upon States ', 'en', 'fr').map((u) => u.origin)).toEqual([2, 0]);
    expect(memory.exact('Calls upon States', 'fr', 'en')).toEqual([]);
    expect(memory.exact('calls upon states', 'en', 'fr')).toEqual([]);
  });
  it('finds similar ones by words, best first, and says how similar', () => {
    const memory = filled('calls upon all States to act without delay', 'calls upon all States to act', 'urges the Council to meet', 'Calls upon all States, to act without delay!');
    expect(memory.fuzzy('calls upon all States to act without delay', 'en', 'fr').map((h) => [h.unit.origin, Number(h.score.toFixed(2))])).toEqual([[3, 0.99], [1, 0.75]]);
    expect(memory.fuzzy('calls upon all States to act without delay', 'en', 'fr', { least: 0.8 }).map((h) => h.unit.origin)).toEqual([3]);
    expect(memory.fuzzy('calls upon all States to act without delay', 'en', 'fr', { limit: 1 })).toHaveLength(1);
    expect(memory.fuzzy('', 'en', 'fr')).toEqual([]);
    expect(memory.fuzzy('nothing like it was ever said', 'en', 'fr')).toEqual([]);
  });
  it('finds sentences of clauses, in Chinese by characters', () => {
    const memory = new Memory();
    memory.add(unit('All are free. All are equal before the law.', 'Tous sont libres. Tous sont égaux devant la loi.'));
    expect(memory.exact('All are equal before the law.', 'en', 'fr')[0]?.target).toBe('Tous sont égaux devant la loi.');
    memory.add({ source: '人人有资格享有本宣言所载的一切权利和自由', target: 'Everyone', sourceLang: 'zh', targetLang: 'en', origin: null });
    expect(memory.fuzzy('人人有资格享有本宪章所载的一切权利和自由', 'zh', 'en')[0]?.score).toBeCloseTo(18 / 20);
  });
  it('takes units that may not be shown for not there', () => {
    const memory = filled('calls upon all States to act now', 'calls upon all States to act');
    const may = (u: MemoryUnit) => u.origin === 1;
    expect(memory.fuzzy('calls upon all States to act soon', 'en', 'fr', { limit: 1, may }).map((h) => h.unit.origin)).toEqual([1]);
    expect(memory.exact('calls upon all States to act now', 'en', 'fr', may)).toEqual([]);
  });

  const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((w) => w.join(' '));
  const edits = (a: readonly string[], b: readonly string[]): number => {
    const row = b.map((_, j) => j + 1);
    let last = b.length;
    for (const [i, x] of a.entries()) {
      let diagonal = i;
      let left = i + 1;
      for (const [j, y] of b.entries()) {
        const value = Math.min(diagonal + (x === y ? 0 : 1), row[j]! + 1, left + 1);
        diagonal = row[j]!;
        row[j] = left = value;
      }
      last = left;
    }
    return a.length === 0 ? b.length : last;
  };
  it('misses nothing that a comparison with every unit would find', () => {
    fc.assert(fc.property(fc.array(text, { maxLength: 40 }), text, fc.constantFrom(0.3, 0.5, 0.6, 0.75, 0.9), fc.integer({ min: 1, max: 50 }), (sources, asked, least, limit) => {
      const score = (source: string) => {
        const [a, b] = [asked.split(' '), source.split(' ')];
        return 1 - edits(a, b) / Math.max(a.length, b.length);
      };
      const expected = sources.filter((s) => s !== asked).map(score).filter((s) => s >= least - 1e-9).toSorted((a, b) => b - a).slice(0, limit);
      const found = filled(...sources).fuzzy(asked, 'en', 'fr', { least, limit });
      expect(found.map((h) => h.score.toFixed(6))).toEqual(expected.map((s) => s.toFixed(6)));
      for (const { unit: u, score: s } of found) expect(s).toBeCloseTo(score(u.source));
    }), { numRuns: 1000 });
  });
});
