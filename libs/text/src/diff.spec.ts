import fc from 'fast-check';
import { applyEdits, edits, wordDiff } from './diff.js';
import { cutsGrapheme } from './tokens.js';

const WORDS = ['the', 'a', 'States', 'to', 'refer', ',', '👩🏽‍⚖️', '🇷🇼', 'e\u0301tat', 'السلام', '和平', 'शांति', 'សន្តិភាព'];
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(' '));

describe('what changed between two texts', () => {
  it('leads from one to the other, whatever they are, and cuts no grapheme', () => {
    fc.assert(fc.property(text, text, fc.constantFrom('en', 'fr', 'ar', 'zh', 'hi', 'km'), (before, after, lang) => {
      const found = edits(before, after, lang);
      expect(applyEdits(before, found)).toBe(after);
      for (const { from, to } of found) expect([cutsGrapheme(before, from), cutsGrapheme(before, to)]).toEqual([false, false]);
      expect(found.every((e, i) => i === 0 || found[i - 1]!.to <= e.from)).toBe(true);
      const pieces = wordDiff(before, after, lang);
      expect(pieces.filter((p) => p.kind !== 'added').map((p) => p.text).join('')).toBe(before);
      expect(pieces.filter((p) => p.kind !== 'removed').map((p) => p.text).join('')).toBe(after);
    }), { numRuns: 1_500, seed: 20261123 });
  });
  it('keeps as many words as can be kept: as many as a table of all ways finds', () => {
    // Signs stand without spaces, so that each is a word of its own.
    const signs = fc.array(fc.constantFrom(',', ';', ':', '!'), { maxLength: 12 });
    fc.assert(fc.property(signs, signs, (a, b) => {
      const best = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
      for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) best[i]![j] = a[i] === b[j] ? best[i + 1]![j + 1]! + 1 : Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
      const taken = edits(a.join(''), b.join(''), 'en').reduce((sum, e) => sum + e.to - e.from, 0);
      expect(a.length - taken).toBe(best[0]![0]);
    }), { numRuns: 1_000, seed: 20261123 });
  });
  it('is words, as a person would mark them', () => {
    expect(wordDiff('Calls upon all States to refer the situation to the ICC;', 'Calls upon all States to submit the situation without delay to the ICC;', 'en').filter((p) => p.kind !== 'same')).toEqual([
      { kind: 'removed', text: 'refer' }, { kind: 'added', text: 'submit' }, { kind: 'added', text: ' without delay' },
    ]);
  });
  it('of texts that have hardly anything in common is one change', () => expect(edits('x '.repeat(2_000), 'y', 'en')).toHaveLength(1));
});
