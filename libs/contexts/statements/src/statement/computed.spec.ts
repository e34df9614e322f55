import { sha256 } from '#kernel/testing';
import fc from 'fast-check';
import { attributionOf } from './attribution.js';
import { bearsMark, crossParty } from './cross-party.js';
import { Kind } from './schemas.js';
import { canonicalText, digestOf, digestsOf, labels, placed, type Written } from './text.js';
import { Side } from '#kernel';

const sided = fc.array(fc.record({ parliament: fc.constantFrom('XA', 'XB', 'XC'), side: fc.constantFrom(...Side.options) }), { maxLength: 30 });
const shuffled = <T>(list: T[]) => fc.shuffledSubarray(list, { minLength: list.length });

describe('the cross-party mark', () => {
  it('STM-7 is borne exactly when every claimed parliament has both sides', () =>
    fc.assert(
      fc.property(sided, (list) => {
        const claimed = [...new Set(list.map((s) => s.parliament))];
        const has = (parliament: string, side: string) => list.some((s) => s.parliament === parliament && s.side === side);
        expect(bearsMark(crossParty(list))).toBe(claimed.length > 0 && claimed.every((p) => has(p, 'government') && has(p, 'opposition')));
      }),
    ));
  it('STM-7 does not depend on the order of signing and counts everybody once', () =>
    fc.assert(
      fc.property(sided.chain((list) => fc.tuple(fc.constant(list), shuffled(list))), ([list, other]) => {
        expect(crossParty(other)).toEqual(crossParty(list));
        expect(crossParty(list).reduce((n, p) => n + p.government + p.opposition + p.other, 0)).toBe(list.length);
      }),
    ));
  it('STM-7 is not lost by a further signatory of a parliament that has it', () =>
    fc.assert(
      fc.property(sided, fc.constantFrom(...Side.options), (list, side) => {
        const marked = crossParty(list).find((p) => p.mark);
        fc.pre(marked !== undefined);
        const more = crossParty([...list, { parliament: marked!.parliament, side }]);
        expect(more.find((p) => p.parliament === marked!.parliament)?.mark).toBe(true);
      }),
    ));
  it('STM-7 is not earned by those who sit on neither side', () => {
    const neither = (['crossbench', 'independent', 'confidence-and-supply', 'unknown'] as const).map((side) => ({ parliament: 'XA', side }));
    expect(crossParty(neither)).toEqual([{ parliament: 'XA', government: 0, opposition: 0, other: 4, mark: false }]);
    expect(bearsMark([])).toBe(false);
  });
});

describe('the attribution', () => {
  it('STM-1 of an open letter counts parliamentarians and parliaments, never groups', () =>
    fc.assert(
      fc.property(sided, fc.array(fc.constantFrom('g1', 'g2')), (list, endorsing) => {
        const { counts, groups } = attributionOf('open-letter', list, endorsing);
        expect(counts.parliamentarians).toBe(list.length);
        expect(counts.parliaments).toBe(new Set(list.map((s) => s.parliament)).size);
        expect(groups).toEqual([]);
      }),
    ));
  it('STM-1 of a joint statement names the groups that have endorsed, and no other kind names any', () => {
    expect(attributionOf('joint-statement', [], ['g2', 'g1', 'g2']).groups).toEqual(['g2', 'g1']);
    for (const kind of Kind.options.filter((k) => k !== 'joint-statement')) expect(attributionOf(kind, [], ['g1']).groups).toEqual([]);
  });
});

describe('the text', () => {
  const clause = (id: string, section: 'preambular' | 'operative', en: string) => ({ id, section, text: { en }, stale: [] });
  const written = (...clauses: Written['clauses'][number][]): Written => ({ subject: { en: 'T' }, leadLanguage: 'en', languages: ['en'], clauses });
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 2 });

  it('STM-2 is numbered by order within its sections, whatever the ids', () => {
    const list = [clause('x', 'operative', '1'), clause('y', 'preambular', '2'), clause('z', 'operative', '3')];
    expect(labels(list)).toEqual({ y: 'PP1', x: 'OP1', z: 'OP2' });
  });
  it('STM-2 keeps every clause when one is moved, right behind its neighbour', () =>
    fc.assert(
      fc.property(ids, fc.nat(), fc.nat(), (all, i, j) => {
        const list = all.map((id) => ({ id }));
        const moved = list[i % list.length]!;
        const after = list[j % list.length]!;
        fc.pre(moved.id !== after.id);
        const order = placed(list, moved, after.id).map((c) => c.id);
        expect(order.toSorted()).toEqual(all.toSorted());
        expect(order.indexOf(moved.id)).toBe(order.indexOf(after.id) + 1);
        expect(placed(list, moved, null)[0]).toBe(moved);
      }),
    ));
  it('STM-5 has the same digest however its letters are composed, and another one for every other change', () => {
    const text = written(clause('a', 'preambular', 'Génocide'), clause('b', 'operative', 'Condemns'));
    const same = written(clause('a', 'preambular', 'Génocide'.normalize('NFD')), clause('b', 'operative', 'Condemns  '));
    expect(digestsOf(same, sha256)).toEqual(digestsOf(text, sha256));
    const others = [
      written(clause('a', 'preambular', 'Genocide'), clause('b', 'operative', 'Condemns')),
      written(clause('a', 'operative', 'Génocide'), clause('b', 'operative', 'Condemns')),
      written(clause('b', 'operative', 'Condemns')),
      { ...text, subject: { en: 'U' } },
    ];
    const digests = [text, ...others].map((t) => digestsOf(t, sha256)['en']);
    expect(new Set(digests).size).toBe(digests.length);
    expect(canonicalText(text, 'en')).toBe('T\n\nPP1 Génocide\n\nOP1 Condemns');
  });
  it('STM-5 has one digest over all languages, whatever their order, and none for a language that is not whole', () => {
    expect(digestOf({ en: 'a', fr: 'b' }, sha256)).toBe(digestOf({ fr: 'b', en: 'a' }, sha256));
    expect(digestsOf({ ...written(clause('a', 'operative', 'x')), languages: ['en', 'fr'] }, sha256)).not.toHaveProperty('fr');
    expect(digestsOf(written(), sha256)).toEqual({});
  });
});
