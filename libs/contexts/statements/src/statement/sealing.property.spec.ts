import { type AggregateDefinition, canonicalParagraph, decide, evolve, isRefusal } from '#kernel';
import { NOW, sha256 } from '#kernel/testing';
import fc from 'fast-check';
import type { StatementEvent, StatementSchemas } from './events.js';
import { actors, drafting, happened, later, proposal, serving } from './fixtures.contract.js';
import type { StatementEvidence } from './rules.js';
import { isSealed, type Translation } from './sealing.js';
import { initialStatement, type Statement } from './state.js';
import { statement } from './statement.js';
import { canonicalText, complete } from './text.js';

type Definition = AggregateDefinition<Statement, StatementSchemas, StatementEvidence | undefined>;
const LANGS = ['fr', 'es', 'ar'] as const;
type Lang = (typeof LANGS)[number];

/** What the translators have, apart from the statement: it changes at any time, in any order. */
interface Desk {
  readonly certified: string | null;
  readonly queries: number;
  readonly stale: boolean;
  readonly provisional: boolean;
}
interface World {
  readonly state: Statement;
  readonly desks: Readonly<Record<Lang, Desk>>;
  /** The texts of all languages as they were sealed. */
  readonly sealedTexts: string | null;
}

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('enter' as const), lang: fc.constantFrom(...LANGS), words: fc.integer({ min: 0, max: 2 }), certify: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('desk' as const), lang: fc.constantFrom(...LANGS), queries: fc.integer({ min: 0, max: 1 }), stale: fc.boolean(), provisional: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('enter-all' as const), words: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'all-well' as const }) },
  { weight: 6, arbitrary: fc.constant({ do: 'seal' as const }) },
  { weight: 5, arbitrary: fc.constantFrom({ do: 'freeze' as const }, { do: 'freeze' as const }, { do: 'reopen' as const }, { do: 'submit' as const }, { do: 'adopt' as const }, { do: 'reject' as const }, { do: 'open' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), lang: fc.constantFrom('en', ...LANGS), words: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'move' as const }, { do: 'correct' as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const wordsOf = (lang: string, n: number) => ({ c1: `${lang} ${n} recalling,`, c2: `${lang} ${n} urges;` });
const textsOf = (state: Statement) => JSON.stringify(state.languages.map((lang) => canonicalText(state, lang)));

function translationOf(state: Statement, lang: Lang, desk: Desk): Translation {
  return {
    id: `s1-${lang}`, lang, legalStatus: 'authentic', certified: desk.certified === null ? null : { by: ['p-rev'], digest: desk.certified }, provisional: desk.provisional, openQueries: desk.queries,
    segments: state.clauses.map((c) => ({ id: c.id, sourceDigest: sha256(canonicalParagraph(desk.stale ? 'what it was' : (c.text['en'] ?? ''))), target: c.text[lang] ?? null, stale: false })),
  };
}
const evidenceOf = ({ state, desks }: World): StatementEvidence => ({ ...serving, translations: LANGS.map((lang) => translationOf(state, lang, desks[lang])) });

/** Gives a command as the executor does; what is refused changes nothing. */
function give(aggregate: Definition, world: World, command: string, input: object, actor: (typeof actors)[keyof typeof actors]): { world: World; events: readonly StatementEvent[] } {
  const parsed = aggregate.commands[command]!.input.safeParse(input);
  if (!parsed.success) return { world, events: [] };
  const ctx = { now: NOW, actor, mode: 'live' as const, evidence: evidenceOf(world), newId: (n: number) => `id-${n}`, sha256 };
  const decided = decide(aggregate, command, parsed.data, world.state, ctx);
  if (isRefusal(decided)) return { world, events: [] };
  return { world: { ...world, state: decided.reduce((s, e) => evolve(aggregate, s, e), world.state) }, events: decided };
}

function act(aggregate: Definition, world: World, s: Step): { world: World; events: readonly StatementEvent[] } {
  const { state } = world;
  const desk = (lang: Lang, by: Partial<Desk>): World => ({ ...world, desks: { ...world.desks, [lang]: { ...world.desks[lang], ...by } } });
  const quiet = (next: World) => ({ world: next, events: [] });
  switch (s.do) {
    case 'enter': {
      const input = { lang: s.lang, status: 'authentic', texts: wordsOf(s.lang, s.words), sourceRevision: state.revision, translationId: `s1-${s.lang}`, certifiedBy: ['p-rev'] };
      const given = give(aggregate, world, 'EnterLanguageVersion', input, actors.system);
      if (!s.certify || given.events.length === 0) return given;
      const certified = sha256(canonicalText(given.world.state, s.lang));
      return { ...given, world: { ...given.world, desks: { ...given.world.desks, [s.lang]: { ...world.desks[s.lang], certified } } } };
    }
    case 'enter-all':
      return LANGS.reduce((so, lang) => { const one = act(aggregate, so.world, { do: 'enter', lang, words: s.words, certify: true }); return { world: one.world, events: [...so.events, ...one.events] }; }, { world, events: [] as readonly StatementEvent[] });
    case 'desk':
      return quiet(desk(s.lang, { queries: s.queries, stale: s.stale, provisional: s.provisional }));
    case 'all-well':
      return quiet({ ...world, desks: Object.fromEntries(LANGS.map((l) => [l, { certified: sha256(canonicalText(state, l)), queries: 0, stale: false, provisional: false }])) as World['desks'] });
    case 'seal':
      return give(aggregate, world, 'SealText', {}, actors.secretariat);
    case 'freeze':
      return give(aggregate, state.clauses.reduce((w, c) => give(aggregate, w, 'MarkClauseAgreed', { clauseId: c.id, mode: 'agreed' }, actors.chair).world, world), 'FreezeText', {}, actors.chair);
    case 'reopen':
      return give(aggregate, world, 'ReopenText', { reason: 'again' }, actors.chair);
    case 'submit':
      return give(aggregate, world, 'SubmitForDecision', { procedure: 'ballot' }, actors.chair);
    case 'adopt':
      return give(aggregate, world, 'RecordAdoption', { decisionId: 'd1', revision: state.frozen?.revision ?? 0, digest: state.frozen?.digest ?? sha256('') }, actors.system);
    case 'reject':
      return give(aggregate, world, 'RecordNonAdoption', { decisionId: 'd1', outcome: 'rejected', revision: state.frozen?.revision ?? 0, digest: state.frozen?.digest ?? sha256('') }, actors.system);
    case 'open':
      return give(aggregate, world, 'OpenSignature', { closesAt: later }, actors.secretariat);
    case 'edit':
      return give(aggregate, world, 'EditClause', { clauseId: 'c1', baseRevision: state.revision, text: { [s.lang]: wordsOf(s.lang, s.words).c1 }, note: 'n' }, actors.pen);
    case 'move':
      return give(aggregate, world, 'MoveClause', { clauseId: 'c2', after: null }, actors.pen);
    case 'correct':
      return give(aggregate, world, 'EnterCorrection', { correctionId: `k${state.corrections.length}`, clauseId: 'c1', lang: 'fr', wrong: 'recalling', corrected: 'Recalling', procesVerbalRef: 'PV' }, actors.system);
  }
}

/** What must be so whenever a text is sealed, said without the rules that seal it. */
function wellSealed({ state, desks }: World): boolean {
  return LANGS.every((lang) => {
    const { certified, queries, stale, provisional } = desks[lang];
    return queries === 0 && !stale && !provisional && complete(state, lang) && certified === sha256(canonicalText(state, lang));
  });
}

const start = (): World => {
  const [, ...rest] = drafting('open-letter');
  const clauses = rest.filter((e) => e.type !== 'ClauseAdded');
  const events = [
    happened('StatementProposed', { ...proposal, kind: 'open-letter', authenticLanguages: ['en', ...LANGS], by: 'g-p', personId: 'p-chair' }), ...clauses,
    happened('ClauseAdded', { clauseId: 'c1', section: 'preambular', text: { en: wordsOf('en', 0).c1 } }), happened('ClauseAdded', { clauseId: 'c2', section: 'operative', text: { en: wordsOf('en', 0).c2 } }),
    happened('DraftCirculated', { revision: 2, to: [], commentsDue: later }),
  ];
  const none: Desk = { certified: null, queries: 0, stale: false, provisional: false };
  return { state: events.reduce((s, e) => evolve(statement, s, e), initialStatement), desks: { fr: none, es: none, ar: none }, sealedTexts: null };
};

/** Every path of commands and of what the translators do between them. @returns how often something was sealed */
function holds(aggregate: Definition, steps: readonly Step[], seen: { seals: number; opened: number; broken: number }): boolean {
  let world = start();
  for (const s of steps) {
    const before = world;
    const { world: after, events } = act(aggregate, world, s);
    world = after;
    if (events.some((e) => e.type === 'TextSealed')) {
      seen.seals++;
      if (!wellSealed(before)) return false;
      world = { ...world, sealedTexts: textsOf(world.state) };
    }
    // A procès-verbal carries the seal on; any other change of a word breaks it.
    if (events.some((e) => e.type === 'StatementCorrected')) world = { ...world, sealedTexts: isSealed(world.state) ? textsOf(world.state) : world.sealedTexts };
    if (isSealed(world.state) && textsOf(world.state) !== world.sealedTexts) return false;
    if (isSealed(before.state) && !isSealed(world.state)) seen.broken++;
    if (events.some((e) => e.type === 'StatementOpenedForSignature')) {
      seen.opened++;
      if (!isSealed(before.state)) return false;
    }
  }
  return true;
}
const paths = fc.array(step, { minLength: 5, maxLength: 60 });

describe('the seal, over the whole state machine', () => {
  it('STM-12 is never on a text with an open query, a stale clause or a language that is not certified for exactly its words, and breaks with any word', () => {
    const seen = { seals: 0, opened: 0, broken: 0 };
    fc.assert(fc.property(paths, (steps) => holds(statement, steps, seen)), { numRuns: 1_500, seed: 20_261_130 });
    // The paths do come where it matters.
    expect(seen.seals).toBeGreaterThan(100);
    expect(seen.broken).toBeGreaterThan(20);
    expect(seen.opened).toBeGreaterThan(10);
  });

  const { SealText, OpenSignature } = statement.commands;
  const planted: Record<string, Definition> = {
    'an open query does not count': { ...statement, commands: { ...statement.commands, SealText: { ...SealText!, guard: (input, state, ctx) => SealText!.guard!(input, state, { ...ctx, evidence: { ...ctx.evidence!, translations: ctx.evidence!.translations.map((t) => ({ ...t, openQueries: 0 })) } }) } } },
    'a stale clause does not count': {
      ...statement, commands: { ...statement.commands, SealText: { ...SealText!, guard: (input, state, ctx) => SealText!.guard!(input, state, { ...ctx, evidence: { ...ctx.evidence!, translations: ctx.evidence!.translations.map((t) => ({ ...t, segments: [] })) } }) } },
    },
    'nothing is asked': { ...statement, commands: { ...statement.commands, SealText: { ...SealText!, guard: () => undefined } } },
    'the list opens without a seal': { ...statement, commands: { ...statement.commands, OpenSignature: { ...OpenSignature!, guard: () => undefined } } },
    'the seal outlives the words': { ...statement, evolve: { ...statement.evolve, LanguageVersionEntered: (state, d) => { const after = statement.evolve.LanguageVersionEntered(state, d); return { ...after, sealed: state.sealed === null ? null : (after.frozen?.digest ?? null) }; } } },
  };
  it.each(Object.keys(planted))('a planted fault is found: %s', (name) => {
    const { failed } = fc.check(fc.property(paths, (steps) => holds(planted[name]!, steps, { seals: 0, opened: 0, broken: 0 })), { numRuns: 1_500, seed: 20_261_130, endOnFailure: true });
    expect(failed).toBe(true);
  });
});
