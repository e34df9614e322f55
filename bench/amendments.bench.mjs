// Amendments of a long text: who stands in whose way, what an acceptance does to all others, what changed between two revisions, which words differ.
import { createHash } from 'node:crypto';
import { statement } from '#contexts/statements';
import { decide, evolve, isRefusal, mayCommand } from '#kernel';
import { applyEdits, applyOperations, compareRevisions, conflictGroups, edits, isCompatible, relation, textAt, tokens, transform } from '#text';
import { bench, setting } from './lib/bench.mjs';
import { inRounds, repeated } from './lib/stats.mjs';
import { amendments, clauses, LANGUAGES, random, reworded, someWords, textOf, textOfBytes } from './lib/texts.mjs';

const ROUNDS = setting('ROUNDS', 3);
const SECONDS = setting('SECONDS', 2);
const SEED = 2014;
const [CLAUSES, AMENDMENTS, CHANGES, BYTES] = [200, 500, 300, 5_000];
const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
const must = (right, what) => {
  if (!right) throw new Error(what);
};
const make = (o) => ({ id: o.clauseId, section: o.section, text: o.text });
const wordsOf = (list) => JSON.stringify(list.map(({ id, text }) => [id, Object.entries(text).toSorted()]));

/** A number of amendments on a number of clauses: evenly, or half of them on ten. */
function drafted(seed, crowded) {
  const rng = random(seed);
  const base = clauses(rng, CLAUSES);
  return { base, all: amendments(rng, base, AMENDMENTS, () => (crowded && rng.next() < 0.5 ? base[rng.below(10) * 19] : rng.of(base))) };
}

/** Groups partition the set, nobody is in the way of one of another group, and each group hangs together. */
function checkGroups(all, groups) {
  const members = groups.flatMap((g) => g.members);
  must(members.length === all.length && new Set(members).size === all.length, 'the groups do not partition the amendments');
  const groupOf = new Map(groups.flatMap((g, i) => g.members.map((id) => [id, i])));
  const pairs = new Set(groups.flatMap((g) => g.relations.map(({ a, b }) => `${a} ${b}`)));
  for (const [i, a] of all.entries())
    for (const b of all.slice(i + 1)) {
      const apart = isCompatible(relation(a, b));
      must(apart || groupOf.get(a.id) === groupOf.get(b.id), `${a.id} and ${b.id} are in each other's way and not in one group`);
      must(apart !== pairs.has(`${a.id} ${b.id}`), `${a.id} and ${b.id}: the relation is not told as it is`);
    }
  for (const { members: [first, ...rest], relations } of groups) {
    const reached = new Set([first]);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      for (const { a, b } of relations) if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
    }
    must(rest.every((id) => reached.has(id)), 'a group does not hang together');
  }
}

/** Every other amendment over the accepted one, and the text that it would leave. */
function rebasedOver(base, all, accepted) {
  const after = applyOperations(base, accepted.operations, make);
  const byId = new Map(after.map((c) => [c.id, c]));
  const textAfter = (clauseId, lang) => byId.get(clauseId)?.text[lang];
  return all.filter((a) => a !== accepted).map((a) => {
    const result = transform(a.operations, accepted.operations, textAfter);
    return { a, result, text: 'conflict' in result ? null : applyOperations(after, result.operations, make) };
  });
}
/** Whatever does not conflict applies, and with it both orders have one result. */
function checkRebase(base, all, accepted) {
  for (const { a, result, text } of rebasedOver(base, all, accepted)) {
    if ('conflict' in result) continue;
    must(text !== null, `${a.id} over ${accepted.id} does not apply`);
    const first = applyOperations(base, a.operations, make);
    const other = transform(accepted.operations, a.operations, (clauseId, lang) => first.find((c) => c.id === clauseId)?.text[lang]);
    must(!('conflict' in other), `${a.id} and ${accepted.id} conflict one way only`);
    const both = applyOperations(first, other.operations, make);
    must(both !== null && wordsOf(both) === wordsOf(text), `${a.id} and ${accepted.id}: the order of acceptance shows in the text`);
  }
}

const PEN = { personId: 'p-pen', capacity: 'group-secretariat', onBehalfOf: 'g-p' };
/** The statement itself, in the negotiation, with all amendments tabled. */
function tabled({ base, all }) {
  const later = { instant: '2026-12-01T12:00:00Z', wallTime: '2026-12-01T12:00', timezone: 'Europe/London' };
  const by = { by: 'g-p', personId: 'p-chair' };
  const events = [
    ['StatementProposed', { statementId: 's', kind: 'open-letter', subject: { en: 'On early warning' }, leadLanguage: 'en', authenticLanguages: LANGUAGES, urgency: 'ordinary', ...by }],
    ['PenholderAppointed', { personId: PEN.personId }],
    ['DraftingStarted', {}],
    ...base.map(({ id, section, text }) => ['ClauseAdded', { clauseId: id, section, text }]),
    ['DraftCirculated', { revision: base.length, to: [], commentsDue: later }],
    ...all.map(({ id, operations }, i) => ['AmendmentProposed', { amendmentId: id, number: i + 1, lang: 'en', operations, rationale: { en: 'Clearer.' }, baseRevision: base.length, ...by, by: `g-${i % 40}` }]),
  ];
  return events.reduce((state, [type, data]) => evolve(statement, state, { type, data }), statement.initial);
}
/** All that the server does of an acceptance beside storing it: schema, permission, decision, and the state after. */
function accept(state, amendmentId) {
  const ctx = { now: '2026-11-24T09:00:00Z', actor: PEN, mode: 'live', evidence: { group: null, candidate: null, successor: null, live: [], drafts: [], undoUntil: '2026-11-27T09:00:00Z' }, newId: String, sha256 };
  const input = statement.commands.AcceptAmendment.input.parse({ amendmentId });
  must(mayCommand(statement, 'AcceptAmendment', state, input, PEN, 'live'), 'the penholder may not accept');
  const decided = decide(statement, 'AcceptAmendment', input, state, ctx);
  must(!isRefusal(decided), `refused: ${JSON.stringify(decided)}`);
  return { decided, after: decided.reduce((s, e) => evolve(statement, s, e), state) };
}
function checkAccepted(state, id) {
  const { decided, after } = accept(state, id);
  const told = new Map(decided.slice(1).map((e) => [e.data.amendmentId, e.type]));
  const open = after.amendments.filter((a) => a.status === 'open');
  for (const a of open) must(applyOperations(after.clauses, a.operations, make) !== null, `${a.id} is open after ${id} and does not fit`);
  for (const a of state.amendments) if (a.status === 'open' && a.id !== id && !open.some((o) => o.id === a.id)) must(told.has(a.id), `nobody says what became of ${a.id}`);
  return decided.length - 1;
}

/** A record: each clause as it was added, then changes, as acceptances and edits leave them. */
function recorded(seed) {
  const rng = random(seed);
  const first = clauses(rng, CLAUSES);
  const changes = first.map((c, i) => ({ revision: i + 1, operations: [{ op: 'insert-clause', clauseId: c.id, section: c.section, after: first[i - 1]?.id ?? null, text: c.text }], by: `p${i % 8}` }));
  let now = applyOperations([], changes.flatMap((c) => c.operations), make);
  for (let n = 0; n < CHANGES; n++) {
    const [{ operations }] = amendments(rng, now, 1, () => rng.of(now));
    const unique = operations.map((o) => (o.op === 'insert-clause' ? { ...o, clauseId: `added${n}` } : o));
    now = applyOperations(now, unique, make);
    changes.push({ revision: changes.length + 1, operations: unique, by: `p${n % 8}` });
  }
  return changes;
}
function checkComparison(changes, from, to, lang) {
  const [was, is] = [textAt(changes, from), textAt(changes, to)];
  const compared = compareRevisions(changes, from, to, lang);
  const sideOf = (kind) => new Map(compared.map((c) => [c.id, c.pieces.filter((p) => p.kind !== kind).map((p) => p.text).join('')]));
  const [old, now] = [sideOf('added'), sideOf('removed')];
  for (const c of was) must(old.get(c.id) === (c.text[lang] ?? ''), `${c.id} is not told as it stood at revision ${from}`);
  for (const c of is) must(now.get(c.id) === (c.text[lang] ?? ''), `${c.id} is not told as it stands at revision ${to}`);
  const told = compared.flatMap((c) => c.pieces).filter((p) => p.kind !== 'same');
  must(told.every((p) => p.change !== null && p.change.revision <= to), `words changed by nobody up to revision ${to}`);
}

await bench(async ({ row, note }) => {
  const even = drafted(SEED, false);
  const crowded = drafted(SEED + 1, true);
  for (const { base, all } of [even, crowded]) {
    checkGroups(all, conflictGroups(all));
    for (let n = 0; n < 25; n++) checkRebase(base, all, all[n * 20]);
  }
  const states = { even: tabled(even), crowded: tabled(crowded) };
  const followed = Object.fromEntries(Object.entries(states).map(([name, state]) => [name, even.all.filter((_, n) => n % 10 === 0).map(({ id }) => checkAccepted(state, id))]));
  const changes = recorded(SEED + 2);
  const last = changes.length;
  const pairs = random(SEED + 3);
  const pairOf = () => [1 + pairs.below(last), 1 + pairs.below(last)].toSorted((a, b) => a - b);
  for (let n = 0; n < 30; n++) checkComparison(changes, ...pairOf(), LANGUAGES[n % 3]);
  checkComparison(changes, 0, last, 'en');

  const long = Object.fromEntries(['en', 'zh', 'km'].map((lang) => {
    const rng = random(SEED + 4);
    const words = textOfBytes(rng, lang, BYTES);
    const before = textOf(words, lang);
    const versions = Array.from({ length: 20 }, () => textOf(reworded(rng, lang, words, 12), lang));
    const anew = Array.from({ length: 5 }, () => someWords(rng, lang, words.length));
    for (const text of [before, ...versions, ...anew]) {
      must(tokens(text, lang).join('') === text, `words of ${lang} do not join to the text`);
      must(applyEdits(before, edits(before, text, lang)) === text, `edits of ${lang} do not lead to the text`);
    }
    return [lang, { before, versions, anew }];
  }));

  const timed = (act) => () => repeated(SECONDS, act);
  const subjects = {
    groups: timed(() => conflictGroups(even.all)),
    groupsCrowded: timed(() => conflictGroups(crowded.all)),
    rebase: timed((n) => rebasedOver(even.base, even.all, even.all[n % AMENDMENTS])),
    rebaseCrowded: timed((n) => rebasedOver(crowded.base, crowded.all, crowded.all[n % AMENDMENTS])),
    decide: timed((n) => accept(states.even, even.all[n % AMENDMENTS].id)),
    decideCrowded: timed((n) => accept(states.crowded, crowded.all[n % AMENDMENTS].id)),
    compare: timed((n) => compareRevisions(changes, ...pairOf(), LANGUAGES[n % 3])),
    compareAll: timed(() => compareRevisions(changes, 0, last, 'en')),
    ...Object.fromEntries(Object.entries(long).flatMap(([lang, { before, versions, anew }]) => [
      [`tokens-${lang}`, timed((n) => tokens(versions[n % versions.length], lang))],
      [`edits-${lang}`, timed((n) => edits(before, versions[n % versions.length], lang))],
      [`anew-${lang}`, timed((n) => edits(before, anew[n % anew.length], lang))],
    ])),
  };
  const { of } = await inRounds(ROUNDS, subjects);

  const most = (list) => Math.max(...list);
  const largest = (all) => most(conflictGroups(all).map((g) => g.members.length));
  const judged = (what, figures, goal, limit, other) => row({ what, ...figures, other, goal: `${goal} p95 ≤ ${limit} ms`, met: figures.p95 <= limit });
  judged(`conflict groups of ${AMENDMENTS} amendments, ${CLAUSES} clauses`, of.groups, 'P9', 10, `largest group ${largest(even.all)}`);
  judged('the same, half of them on ten clauses', of.groupsCrowded, 'P9', 10, `largest group ${largest(crowded.all)}`);
  judged(`${AMENDMENTS - 1} others over an accepted one, each applied`, of.rebase, 'P9', 200);
  judged('the same, half of them on ten clauses', of.rebaseCrowded, 'P9', 200);
  judged('AcceptAmendment: schema, permission, decision, state after', of.decide, 'P9', 200, `most others moved or displaced ${most(followed.even)}`);
  judged('the same, half of them on ten clauses', of.decideCrowded, 'P9', 200, `most others moved or displaced ${most(followed.crowded)}`);
  judged(`any two of ${last} revisions, one language`, of.compare, 'P9', 200);
  judged('the first and the last', of.compareAll, 'P9', 200);
  for (const lang of ['en', 'zh', 'km']) {
    row({ what: `words of ${BYTES / 1000} kB, ${lang}`, ...of[`tokens-${lang}`], other: `${long[lang].before.length} UTF-16 units, ${tokens(long[lang].before, lang).length} words` });
    row({ what: `what changed in them, 12 places, ${lang}`, ...of[`edits-${lang}`] });
    row({ what: `the same, written anew, ${lang}`, ...of[`anew-${lang}`] });
  }
  note(`Seed ${SEED}. The record: ${CLAUSES} clauses added one by one, then ${CHANGES} changes. Checked before: groups against all pairs; every rebase over 50 acceptances applies, and either order leaves one text; what is open after an acceptance fits; both sides of 31 comparisons against the texts, every changed word has who changed it; words join, edits lead there.`);
});
