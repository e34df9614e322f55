import fc from 'fast-check';
import { edits } from '../diff.js';
import { cutsGrapheme, tokens } from '../tokens.js';
import { type Change, compareRevisions, textAt } from './blame.js';
import { type AmendableClause, applyOperations, derive, isTextOperation, type Operation } from './operations.js';
import { type Amending, conflictGroups, isCompatible, relation } from './relation.js';
import { movedRange, transform } from './transform.js';

const BASE: AmendableClause[] = [
  { id: 'c1', section: 'preambular', text: { en: 'Recalling the duty of every parliament to prevent and to speak early,', fr: 'Rappelant le devoir de chaque parlement,' } },
  { id: 'c2', section: 'preambular', text: { en: 'Alarmed by re\u0301sume\u0301s 👨‍👩‍👧 of hate 🇷🇼 and by the silence of the many,', ar: 'وإذ يثير جزعنا خطاب الكراهية قبل الانتخابات،' } },
  { id: 'c3', section: 'operative', text: { en: 'Calls upon all States to refer the situation to the Court without delay;', zh: '呼吁所有国家立即将局势提交法院;' } },
  { id: 'c4', section: 'operative', text: { en: 'Requests a report every year on what was done;', hi: 'हर वर्ष एक रिपोर्ट का अनुरोध करता है;', km: 'ស្នើសុំរបាយការណ៍រៀងរាល់ឆ្នាំ;' } },
];
const make = (o: Extract<Operation, { op: 'insert-clause' }>): AmendableClause => ({ id: o.clauseId, section: o.section, text: o.text });
const apply = (clauses: readonly AmendableClause[], operations: readonly Operation[]) => applyOperations(clauses, operations, make);
const WORDS = ['urgently', 'all', 'States', '👩🏽‍⚖️', 'l’égalité', 'السلام', '和平', 'शांति', 'សន្តិភាព', 'e\u0301tat', ','];

/** A change of some words of one clause in one of its languages, as a person would make it; derived as the product derives it. */
const wordChange = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat({ max: 3 }), fc.array(fc.constantFrom(...WORDS), { maxLength: 3 })).map(([c, l, at, take, put]): Operation[] => {
  const clause = BASE[c % BASE.length]!;
  const langs = Object.keys(clause.text);
  const lang = langs[l % langs.length]!;
  const before = clause.text[lang]!;
  const all = tokens(before, lang);
  const i = at % (all.length + 1);
  const after = [...all.slice(0, i), ...put.flatMap((w) => [w, ' ']), ...all.slice(i + take)].join('');
  return after.trim() === '' ? [] : derive(clause.id, lang, before, after);
});
const structure = fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 2 }), fc.uuid()).map(([c, a, kind, id]): Operation[] => {
  const clause = BASE[c % BASE.length]!;
  const anchor = [null, ...BASE.map((x) => x.id)].filter((x) => x !== clause.id)[a % BASE.length] ?? null;
  if (kind === 0) return [{ op: 'insert-clause', clauseId: `new-${id}`, section: 'operative', after: anchor, text: { en: `New ${id}` } }];
  return kind === 1 ? [{ op: 'delete-clause', clauseId: clause.id }] : [{ op: 'move-clause', clauseId: clause.id, after: anchor }];
});
const amendment = fc.oneof({ weight: 5, arbitrary: wordChange }, { weight: 1, arbitrary: structure }).filter((o) => o.length > 0 && apply(BASE, o) !== null);
const several = fc.array(amendment, { minLength: 2, maxLength: 7 }).map((all): Amending[] => all.map((operations, i) => ({ id: `a${i}`, operations })));

interface Engine {
  readonly relation: typeof relation;
  readonly transform: typeof transform;
  readonly groups: typeof conflictGroups;
  readonly textAt: typeof textAt;
}
const engine: Engine = { relation, transform, groups: conflictGroups, textAt };

/** Accepts in this order; each next one is brought over what was accepted before. */
function acceptAll(order: readonly Amending[], e: Engine): AmendableClause[] | null {
  let clauses: AmendableClause[] = BASE;
  let waiting = [...order];
  while (waiting.length > 0) {
    const [next, ...rest] = waiting as [Amending, ...Amending[]];
    const after = apply(clauses, next.operations);
    if (after === null) return null;
    const text = (clauseId: string, lang: string) => after.find((c) => c.id === clauseId)?.text[lang];
    waiting = rest.map((a) => {
      const result = e.transform(a.operations, next.operations, text);
      return 'conflict' in result ? a : { id: a.id, operations: result.operations };
    });
    clauses = after;
  }
  return clauses;
}
const compatibleOnes = (all: readonly Amending[], e: Engine): Amending[] =>
  all.reduce<Amending[]>((set, a) => (set.every((b) => isCompatible(e.relation(a, b))) ? [...set, a] : set), []);
/** Sections are read one after the other, whatever the order of the list between them. */
const asRead = (clauses: readonly AmendableClause[] | null) => clauses && ['preambular', 'operative', 'annex'].flatMap((s) => clauses.filter((c) => c.section === s));
const put = (o: readonly Operation[]) => o.filter(isTextOperation).map((x) => x.text);

const laws: Record<string, (e: Engine) => fc.IProperty<[Amending[]]>> = {
  'any order of a compatible set gives the same text': (e) =>
    fc.property(several, (all) => {
      const set = compatibleOnes(all, e);
      expect(asRead(acceptAll(set.toReversed(), e))).toEqual(asRead(acceptAll(set, e)));
      expect(acceptAll(set, e)).not.toBeNull();
    }),
  'rebasing over an unrelated change keeps what is put and what is taken': (e) =>
    fc.property(several, ([a, b]) => {
      const after = apply(BASE, b!.operations)!;
      const result = e.transform(a!.operations, b!.operations, (c, l) => after.find((x) => x.id === c)?.text[l]);
      if ('conflict' in result) return;
      expect(put(result.operations)).toEqual(put(a!.operations));
      expect(result.operations.map((o) => ('expected' in o ? o.expected : ''))).toEqual(a!.operations.map((o) => ('expected' in o ? o.expected : '')));
      expect(apply(after, result.operations)).not.toBeNull();
    }),
  'no operation is lost: it is in the text, or a conflict says so': (e) =>
    fc.property(several, (all) => {
      const set = compatibleOnes(all, e);
      const text = JSON.stringify(acceptAll(set, e));
      const gone = set.flatMap((a) => a.operations.flatMap((o) => (o.op === 'delete-clause' ? [o.clauseId] : [])));
      for (const a of set) for (const o of a.operations) if (isTextOperation(o) && !gone.includes(o.clauseId)) expect(text).toContain(JSON.stringify(o.text).slice(1, -1));
      for (const a of all) if (!set.includes(a)) expect(set.some((b) => !isCompatible(e.relation(a, b)))).toBe(true);
    }),
  'the relation is the same from either side': (e) => fc.property(several, ([a, b]) => expect(e.relation(a!, b!)).toBe(e.relation(b!, a!))),
  'groups partition the set, and are what hangs together': (e) =>
    fc.property(several, (all) => {
      const groups = e.groups(all);
      expect(groups.flatMap((g) => g.members).toSorted()).toEqual(all.map((a) => a.id).toSorted());
      const groupOf = new Map(groups.flatMap((g, i) => g.members.map((m) => [m, i] as const)));
      for (const a of all) for (const b of all) if (a !== b && !isCompatible(relation(a, b))) expect(groupOf.get(a.id)).toBe(groupOf.get(b.id));
      for (const g of groups) if (g.members.length > 1) for (const m of g.members) expect(g.relations.some((r) => r.a === m || r.b === m)).toBe(true);
      const sorted = (list: typeof groups) => list.map((g) => g.members.toSorted().join()).toSorted();
      expect(sorted(e.groups(all.toReversed()))).toEqual(sorted(groups));
    }),
  'replay is the projection: every revision, and who brought each word': (e) =>
    fc.property(several, (all) => {
      const start: Operation[] = BASE.map((c) => ({ op: 'insert-clause', clauseId: c.id, section: c.section, after: 'end', text: c.text }));
      let clauses: AmendableClause[] = BASE;
      const changes: Change<string>[] = [{ revision: 1, operations: start, by: 'start' }];
      for (const a of all) {
        const after = apply(clauses, a.operations);
        if (after === null) continue;
        clauses = after;
        changes.push({ revision: changes.length + 1, operations: a.operations, by: a.id });
      }
      const now = e.textAt(changes);
      expect(now.map(({ id, text }) => ({ id, text }))).toEqual(clauses.map(({ id, text }) => ({ id, text })));
      for (const c of now) for (const [lang, runs] of Object.entries(c.runs)) expect(runs.map((r) => r.text).join('')).toBe(c.text[lang]);
      const own = changes.filter((c) => c.by !== 'start');
      for (const change of own.slice(-1)) for (const o of change.operations) if (isTextOperation(o) && o.op !== 'replace-whole' && o.text !== '') {
        const run = now.find((c) => c.id === o.clauseId)?.runs[o.lang]?.find((r) => r.change === change);
        expect(run?.text).toBeDefined();
      }
      for (const c of compareRevisions(changes, 1, changes.length, 'en')) {
        const [was, is] = [BASE.find((x) => x.id === c.id)?.text['en'] ?? '', clauses.find((x) => x.id === c.id)?.text['en'] ?? ''];
        expect(c.pieces.filter((p) => p.kind !== 'added').map((p) => p.text).join('')).toBe(was);
        expect(c.pieces.filter((p) => p.kind !== 'removed').map((p) => p.text).join('')).toBe(is);
      }
    }),
  'no grapheme is cut, in any script': () =>
    fc.property(several, (all) => {
      for (const a of all) for (const o of a.operations) {
        if (!isTextOperation(o) || o.op === 'replace-whole') continue;
        const before = BASE.find((c) => c.id === o.clauseId)!.text[o.lang]!;
        const [from, to] = o.op === 'insert' ? [o.at, o.at] : [o.from, o.to];
        expect([cutsGrapheme(before, from), cutsGrapheme(before, to)]).toEqual([false, false]);
      }
    }),
};

/** For each law a bug that it must find. */
const bugs: Record<string, Partial<Engine>> = {
  'any order of a compatible set gives the same text': { transform: (o) => ({ operations: o, relation: 'independent' }) },
  'rebasing over an unrelated change keeps what is put and what is taken': {
    transform: (o, over, text, order) => {
      const r = transform(o, over, text, order);
      return 'conflict' in r ? r : { ...r, operations: r.operations.map((x) => (x.op === 'replace' && x.from > 3 ? { ...x, from: x.from - 1 } : x.op === 'insert' && x.text.length > 2 ? { ...x, text: x.text.slice(1) } : x)) };
    },
  },
  'no operation is lost: it is in the text, or a conflict says so': { relation: (a, b) => (relation(a, b) === 'exclusive' || relation(a, b) === 'overlap' || relation(a, b) === 'contains' ? 'adjacent' : relation(a, b)), transform: (o, over, text) => { const r = transform(o, over, text); return 'conflict' in r ? { operations: [], relation: 'adjacent' } : r; } },
  'the relation is the same from either side': { relation: (a, b) => (a.operations.length > b.operations.length ? 'contains' : relation(a, b)) },
  'groups partition the set, and are what hangs together': { groups: (all) => conflictGroups(all).map((g) => (g.members.length > 2 ? { ...g, members: g.members.slice(1) } : g)) },
  'replay is the projection: every revision, and who brought each word': { textAt: ((changes: readonly Change<string>[]) => textAt(changes.slice(0, -1))) as typeof textAt },
};

describe('the laws of amendments', () => {
  for (const [name, law] of Object.entries(laws)) it(name, () => fc.assert(law(engine) as fc.IProperty<[Amending[]]>, { numRuns: 400, seed: 20261123 }));
  for (const [name, bug] of Object.entries(bugs))
    it(`${name}: finds a planted bug`, () => {
      expect(fc.check(laws[name]!({ ...engine, ...bug }) as fc.IProperty<[Amending[]]>, { numRuns: 600, seed: 20261123 }).failed).toBe(true);
    });

  it('a bracket stays on its words through whatever is accepted beside them', () => {
    fc.assert(fc.property(amendment, fc.nat(), fc.nat({ max: 20 }), (operations, at, size) => {
      const text = BASE[2]!.text['en']!;
      const from = at % text.length;
      const to = Math.min(text.length, from + 1 + size);
      const after = apply(BASE, operations)!.find((c) => c.id === 'c3')?.text['en'] ?? '';
      const touches = operations.some((o) => o.op === 'replace' && o.clauseId === 'c3' && o.from < to && o.to > from) || operations.some((o) => o.op === 'insert' && o.clauseId === 'c3' && o.at > from && o.at < to);
      const range = movedRange({ from, to }, operations, 'c3', 'en');
      if (!touches && after !== '' && !operations.some((o) => 'lang' in o && o.lang !== 'en')) expect(after.slice(range!.from, range!.to)).toBe(text.slice(from, to));
    }), { numRuns: 400, seed: 20261123 });
  });
  it('accepting and taking back restores the text', () =>
    fc.assert(fc.property(wordChange.filter((o) => o.length > 0), (operations) => {
      const after = apply(BASE, operations)!;
      const back = operations.filter(isTextOperation).slice(0, 1).flatMap(({ clauseId, lang }) => derive(clauseId, lang, after.find((c) => c.id === clauseId)!.text[lang]!, BASE.find((c) => c.id === clauseId)!.text[lang]!));
      expect(apply(after, back)).toEqual(BASE);
    }), { numRuns: 300, seed: 20261123 }));
  it('words that differ by a space only are not found twice', () => {
    expect(edits('Calls upon all States to refer', 'Urges all States to submit', 'en')).toEqual([{ from: 0, to: 10, text: 'Urges' }, { from: 25, to: 30, text: 'submit' }]);
  });
});
