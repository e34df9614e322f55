import { applyOperations, derive, type Operation } from '#text';
import fc from 'fast-check';
import type { ExchangedAmendment, ExchangedClause } from '../document.js';
import { drafted, settled } from './drafted.js';

const clause = (id: string, section: ExchangedClause['section'], en: string): ExchangedClause => ({ id, section, label: id, verb: null, text: { en } });
const CLAUSES = [clause('a', 'preambular', 'Recalling the first thing,'), clause('b', 'operative', 'Urges all to act at once;'), clause('c', 'operative', 'Decides to remain seized.')];
const amendment = (id: string, operations: Operation[]): ExchangedAmendment => ({ id, number: 1, by: { en: 'G' }, author: null, at: '2026-01-01T00:00:00Z', lang: 'en', operations, rationale: {} });
const read = (list: ReturnType<typeof drafted>['paragraphs'], accepted: string | null) => list.flatMap((p) => { const text = settled(p, accepted); return text === null ? [] : [`${p.clause.section} ${text}`]; });

describe('drafted', () => {
  it('draws independent amendments into one text, and sets those in the way of another apart', () => {
    const one = amendment('one', derive('b', 'en', 'Urges all to act at once;', 'Urges all groups to act at once;'));
    const two = amendment('two', derive('b', 'en', 'Urges all to act at once;', 'Urges all to act now;'));
    const three = amendment('three', [{ op: 'replace-whole', clauseId: 'b', lang: 'en', expected: 'Urges all to act at once;', text: 'Calls upon all;' }]);
    const { paragraphs, apart } = drafted({ clauses: CLAUSES }, 'en', [one, two, three]);
    expect(read(paragraphs, null)).toEqual(['preambular Recalling the first thing,', 'operative Urges all to act at once;', 'operative Decides to remain seized.']);
    expect(read(paragraphs, 'one')[1]).toBe('operative Urges all groups to act at once;');
    expect(read(paragraphs, 'two')[1]).toBe('operative Urges all to act now;');
    expect(apart.map((a) => a.amendment.id)).toEqual(['three']);
    expect(read(apart[0]!.paragraphs, 'three')).toEqual(['operative Calls upon all;']);
  });
  it('leaves out an amendment that no longer fits, and one that says nothing in this language', () => {
    const gone = amendment('gone', [{ op: 'replace', clauseId: 'b', lang: 'en', from: 0, to: 3, expected: 'xyz', text: 'x' }]);
    const other = amendment('other', [{ op: 'replace-whole', clauseId: 'b', lang: 'fr', expected: 'x', text: 'y' }]);
    expect(drafted({ clauses: CLAUSES }, 'en', [gone, other])).toEqual(drafted({ clauses: CLAUSES }, 'en', []));
  });
  it('accepted alone, any amendment gives what its operations give', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 });
    const operation = fc.oneof(
      fc.tuple(fc.constantFrom('a', 'b', 'c'), word).map(([id, text]): Operation[] => derive(id, 'en', CLAUSES.find((c) => c.id === id)!.text['en']!, text)),
      fc.tuple(fc.constantFrom(null, 'a', 'b', 'c'), fc.constantFrom('preambular' as const, 'operative' as const), word).map(([after, section, en]): Operation[] => [{ op: 'insert-clause', clauseId: 'n', section, after, text: { en } }]),
      fc.tuple(fc.constantFrom('b', 'c'), fc.constantFrom(null, 'a', 'b', 'c')).filter(([id, after]) => id !== after).map(([clauseId, after]): Operation[] => [{ op: 'move-clause', clauseId, after }]),
      fc.constantFrom('a', 'b').map((clauseId): Operation[] => [{ op: 'delete-clause', clauseId }]),
    );
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 5 }), (all) => {
        const amendments = all.map((operations, i) => amendment(String(i), operations));
        const { paragraphs, apart } = drafted({ clauses: CLAUSES }, 'en', amendments);
        expect(read(paragraphs, null)).toEqual(CLAUSES.map((c) => `${c.section} ${c.text['en']}`));
        for (const a of amendments) {
          if (apart.some((x) => x.amendment === a)) continue;
          const after = applyOperations(CLAUSES as never[], a.operations, (o) => clause(o.clauseId, o.section, o.text['en']!) as never) as ExchangedClause[];
          const expected = ['preambular', 'operative'].flatMap((s) => after.filter((c) => c.section === s)).map((c) => `${c.section} ${c.text['en']}`);
          expect(read(paragraphs, a.id)).toEqual(expected);
        }
      }),
      { numRuns: 400 },
    );
  });
});
