import fc from 'fast-check';
import { type Actor, decide, evolve, isRefusal, mayCommand } from '#kernel';
import { sha256 } from '#kernel/testing';
import type { TranslationEvent } from './translation/events.js';
import { terms } from './fixtures.contract.js';
import type { SourceDocument, TranslationEvidence } from './translation/rules.js';
import { segmentOf, stateOf, type Translation } from './translation/state.js';
import { translation } from './translation/translation.js';

/**
 * The whole state machine, not examples of it: any sequence of all commands, given by anybody who may, over a source that changes under them, by rules that
 * come late or not at all. What must hold in every state is read from the record alone, by other means than the decider’s.
 */
const RUNS = Number(process.env['COMITY_FUZZ'] ?? 80);
const SEED = Number(process.env['COMITY_SEED'] ?? 20261123);
const STEPS = 140;

const SOURCES: Record<string, readonly string[]> = {
  title: ['On early warning', 'On early warning and action'],
  c1: ['Recalling the duty to prevent genocide,', 'Recalling the duty to prevent,', 'Recalling the duty of all to prevent genocide,'],
  c2: ['Urges all governments to act;', 'Urges all governments to act at once;'],
  c3: ['Decides to meet again;'],
};
const TARGETS = ['Texte un', 'Texte deux, le génocide', 'Texte du massacre', 'Le génocide, sans massacre'];
const PEOPLE: readonly Actor[] = [
  ...['p1', 'p2', 'p3', 'p4'].map((personId): Actor => ({ personId, capacity: 'translator' })),
  { personId: 'p-pen', capacity: 'member', onBehalfOf: 'g-p' }, { personId: 'p-sec', capacity: 'network-secretariat', onBehalfOf: 'net' }, { personId: 'system', capacity: 'system', rule: 'r' },
  { personId: 'p-stranger', capacity: 'member', onBehalfOf: 'g-q' },
];

class World {
  readonly words: Record<string, string> = { title: SOURCES['title']![0]!, c1: SOURCES['c1']![0]!, c2: SOURCES['c2']![0]! };
  sibling: Translation['status'] = 'inConcordance';
  crisis = false;
  reach: 'groups' | 'network' = 'network';
  revision = 1;
  get document(): SourceDocument {
    const segments = Object.keys(this.words).toSorted((a, b) => Number(b === 'title') - Number(a === 'title') || a.localeCompare(b));
    return {
      type: 'statement', id: 's1', lang: 'en', languages: ['en', 'fr', 'ar'], revision: this.revision, crisis: this.crisis, reach: this.reach, groups: ['g-p'], penholders: ['p-pen'],
      segments: segments.map((id, n) => ({ id, label: id === 'title' ? id : `OP${n}`, section: id === 'title' ? 'title' : 'operative', source: this.words[id]!, existing: null })),
    };
  }
  get evidence(): TranslationEvidence {
    return { document: this.document, ownId: true, terms, versions: [{ lang: 'ar', status: this.sibling, legalStatus: 'authentic' }] };
  }
}

type Machine = typeof translation;
interface Step {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}
const steps = fc.array(fc.record({ kind: fc.nat(99), a: fc.nat(9999), b: fc.nat(9999), c: fc.nat(9999) }), { minLength: STEPS / 2, maxLength: STEPS });
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** What is likely to lead on, so that walks reach the far states too. */
function onward(state: Translation, { a, b }: Step): readonly [string, object] {
  const first = (...states: string[]) => state.segments.find((s) => states.includes(stateOf(s)));
  switch (state.status) {
    case 'none':
      return ['RequestTranslation', { docRef: { type: 'statement', id: 's1' }, targetLang: 'fr', status: 'authentic' }];
    case 'inTranslation': {
      const left = first('missing', 'draft', 'stale');
      if (state.revisers.length === 0 || state.linguists.length === 0) return ['AssignTranslator', { personId: `p${2 + (a % 3)}`, role: pick(['reviser', 'linguist'], b) }];
      const claimed = state.segments.find((s) => s.editorial !== null && stateOf(s) !== 'stale');
      if (claimed && a % 3 === 0) return ['ContestEditorial', { segmentId: claimed.id }];
      if (!left) return ['SubmitForRevision', {}];
      const on = { segmentId: left.id, sourceDigest: left.sourceDigest };
      if (stateOf(left) === 'stale' && b % 3 > 0) return b % 3 === 1 ? ['ConfirmUnchanged', on] : ['DeclareEditorial', { ...on, note: 'n' }];
      return ['TranslateSegment', { segmentId: left.id, sourceDigest: left.sourceDigest, target: left.source.includes('genocide') ? pick([TARGETS[1]!, TARGETS[1]!, TARGETS[2]!], a) : TARGETS[0]! }];
    }
    case 'inRevision': {
      const left = first('translated');
      return left ? ['ReviewSegment', { segmentId: left.id }] : pick([['SubmitForConcordance', {}], ['SubmitForConcordance', {}], ['SubmitForConcordance', {}], ['ReturnToTranslator', { reason: 'r' }]], a) as [string, object];
    }
    case 'inConcordance': {
      const left = first('reviewed');
      return left ? ['AttestClause', { segmentId: left.id, sourceDigest: left.sourceDigest, targetDigest: left.targetDigest }] : ['Certify', {}];
    }
    case 'requested':
    case 'stale':
    case 'certified':
    case 'cancelled':
      return ['AssignTranslator', { personId: 'p1', role: 'translator' }];
  }
}

/** Anything at all, about what is there. */
function anything(state: Translation, { a, b, c }: Step): readonly [string, object] {
  const segment = state.segments[a % Math.max(1, state.segments.length)];
  const on = { segmentId: segment?.id ?? 'c1', sourceDigest: c % 8 === 0 ? sha256('else') : (segment?.sourceDigest ?? sha256('else')) };
  const target = pick(TARGETS, c);
  const queryId = state.queries[b % Math.max(1, state.queries.length)]?.id ?? 'q0';
  const inputs: Record<string, object> = {
    RequestTranslation: { docRef: { type: 'statement', id: 's1' }, targetLang: 'fr', status: 'authentic' }, AssignTranslator: { personId: `p${1 + (b % 4)}`, role: pick(['translator', 'reviser', 'linguist'], c) },
    PretranslateSegment: { ...on, target, origin: pick(['tm', 'mt'], b), engine: 'e', external: b % 3 === 0 }, TranslateSegment: { ...on, target }, ReviewSegment: { ...on, ...(b % 3 === 0 ? { target } : {}) },
    QuerySource: { segmentId: on.segmentId, question: `q${b % 5}` }, AnswerQuery: { queryId, answer: 'a', sourceToChange: c % 3 === 0 }, SubmitForRevision: {}, ReturnToTranslator: { reason: 'r' },
    SubmitForConcordance: {}, Certify: {}, CertifyProvisionally: { reason: 'r', completeBy: '2027-01-01T00:00:00Z' }, MarkStale: {},
    ImportXliff: { fileDigest: sha256(`f${a}`), fileName: 'f.xlf', segments: state.segments.slice(a % 2).map((s) => ({ segmentId: s.id, sourceDigest: b % 5 === 0 ? sha256('old') : s.sourceDigest, target, approved: c % 2 === 0 })) },
    ConfirmUnchanged: on, DeclareEditorial: { ...on, note: 'n' }, ContestEditorial: { segmentId: on.segmentId },
    AttestClause: { ...on, targetDigest: segment?.targetDigest ?? sha256('x') }, CancelTranslation: { reason: 'r' },
  };
  const names = Object.keys(inputs).filter((name) => name !== 'CancelTranslation' || c % 20 === 0);
  const name = pick(names, b);
  return [name, inputs[name]!];
}

/** A source that changes: other words of a clause, a clause more or less, other readers, another standing of the sister language. */
function move(world: World, { a, b }: Step): void {
  world.revision += 1;
  const id = pick(['title', 'c1', 'c2', 'c3'], a);
  if (b % 10 === 0) world.sibling = pick(['inConcordance', 'certified', 'inRevision', 'stale'], a);
  else if (b % 10 === 1) world.crisis = !world.crisis;
  else if (b % 10 === 2) world.reach = pick(['groups', 'network'], a);
  else if (id === 'c3' && world.words['c3'] !== undefined) delete world.words['c3'];
  else world.words[id] = pick(SOURCES[id]!, b);
}

interface Told {
  source: string;
  target: string | null;
  human: string | null;
  alignedTo: string | null;
  editorial: string | null;
  attestations: { by: string; source: string; target: string }[];
}
/** What the record says, read without the aggregate: the facts by which a certificate is judged. */
class Chronicle {
  readonly segments = new Map<string, Told>();
  open = new Map<string, string>();
  promised = new Map<string, string>();
  readonly #blank = (source: string): Told => ({ source, target: null, human: null, alignedTo: null, editorial: null, attestations: [] });
  add({ type, data: d }: TranslationEvent): void {
    if (type === 'TranslationRequested') for (const s of d.segments) this.segments.set(s.id, this.#blank(s.source));
    if (type === 'SourceChanged') {
      const before = new Map(this.segments);
      this.segments.clear();
      for (const s of d.segments) this.segments.set(s.id, { ...(before.get(s.id) ?? this.#blank('')), ...(s.source === undefined ? {} : { source: s.source }) });
      for (const queries of [this.open, this.promised]) for (const [id, on] of queries) if (!this.segments.has(on.split(' ')[0]!)) queries.delete(id);
    }
    const write = (id: string, target: string, source: string, human: string | null) => {
      const told = this.segments.get(id);
      if (told) Object.assign(told, { target, alignedTo: source, human, editorial: null });
    };
    if (type === 'SegmentPretranslated') write(d.segmentId, d.target, d.source, null);
    if (type === 'SegmentTranslated') write(d.segmentId, d.target, d.source, d.by);
    if (type === 'XliffImported') for (const c of d.changed) write(c.segmentId, c.target, c.source, c.approved ? d.by : null);
    const one = 'segmentId' in d ? this.segments.get(d.segmentId) : undefined;
    if (type === 'SegmentConfirmedUnchanged' && one) Object.assign(one, { alignedTo: d.source, human: d.by, editorial: null });
    if (type === 'SegmentReviewed' && one && d.change !== undefined) one.target = d.change;
    if (type === 'SourceChangeDeclaredEditorial' && one) one.editorial = d.sourceDigest;
    if (type === 'EditorialClaimContested' && one) one.editorial = null;
    if (type === 'SegmentAttested') one?.attestations.push({ by: d.by, source: d.sourceDigest, target: d.targetDigest });
    if (type === 'SourceQueryRaised') this.open.set(d.queryId, d.segmentId);
    if (type === 'SourceQueryAnswered') {
      this.open.delete(d.queryId);
      if (d.sourceToChange) this.promised.set(d.queryId, `${d.segmentId} ${one?.source}`);
      else this.promised.delete(d.queryId);
    }
  }
  /** Why what is certified should not have been; empty where all is well. */
  faults(provisional: boolean): string[] {
    const faults = [...this.open.values()].map((id) => `open query on ${id}`);
    for (const on of this.promised.values()) if (on === `${on.split(' ')[0]} ${this.segments.get(on.split(' ')[0]!)?.source}`) faults.push(`promised change of ${on}`);
    for (const [id, s] of this.segments) {
      if (s.target === null) faults.push(`${id} missing`);
      else if (s.human === null) faults.push(`${id} without a human act`);
      else if (s.alignedTo !== s.source && s.editorial !== sha256(s.source)) faults.push(`${id} stale`);
      else if (!provisional && !s.attestations.some((a) => a.by !== s.human && a.source === sha256(s.source) && a.target === sha256(s.target!))) faults.push(`${id} not attested`);
      if (s.source.includes('genocide') && !s.target?.includes('génocide')) faults.push(`${id} without the agreed term`);
      if (s.source.includes('genocide') && s.target?.includes('massacre')) faults.push(`${id} with a term to avoid`);
    }
    return faults;
  }
}

interface Walked {
  readonly certified: number;
  readonly provisional: number;
  readonly accepted: ReadonlySet<string>;
}
/** @throws where a state is reached that must not be. */
function walk(machine: Machine, dice: readonly Step[], accepted: Set<string> = new Set()): Walked {
  const world = new World();
  const record = new Chronicle();
  let state = machine.initial;
  let [certified, provisional] = [0, 0];
  const give = (name: string, input: object, { a, b }: Step, n: number): void => {
    const parsed = machine.commands[name]!.input.safeParse(input);
    if (!parsed.success) return;
    const able = PEOPLE.filter((actor) => mayCommand(machine, name, state, parsed.data, actor, 'live'));
    if (able.length === 0) return;
    const actor = pick(able, a + b);
    const outcome = decide(machine, name, parsed.data, state, { now: '2026-11-23T09:00:00Z', actor, mode: 'live', evidence: world.evidence, newId: (k) => `q${n}-${k}`, sha256 });
    if (isRefusal(outcome)) return;
    for (const event of outcome) {
      state = evolve(machine, state, event);
      record.add(event);
      if (event.type === 'TranslationCertified') {
        certified += 1;
        // At that instant the document itself said what was translated, although a rule may not have told of its last change.
        const now = world.document.segments.map((s) => `${s.id} ${s.source}`);
        if (now.join('\n') !== [...record.segments].map(([id, s]) => `${id} ${s.source}`).join('\n')) throw new Error('certified against a source that had moved on');
        if (!['inConcordance', 'certified'].includes(world.sibling)) throw new Error('certified beside a language that is not in concordance');
      }
      if (event.type === 'TranslationReleasedProvisionally') provisional += 1;
    }
    if (outcome.length > 0) accepted.add(name);
    if (state.status === 'certified') {
      const faults = record.faults(state.provisional !== null);
      if (faults.length > 0) throw new Error(`${name}: ${faults.join(', ')}`);
    }
    if (state.segments.some((s) => segmentOf(state, s.id)!.level !== 'draft' && record.segments.get(s.id)?.human === null)) throw new Error('a machine’s words went on without a human act');
  };
  dice.forEach((step, n) => {
    if (step.kind < 8) move(world, step);
    // The rule tells of a change at once, later, or never.
    if (step.kind < 6) return give('MarkStale', {}, step, n);
    const [name, input] = step.kind < 74 ? onward(state, step) : anything(state, step);
    give(name, input, step, n);
  });
  return { certified, provisional, accepted };
}

const holds = (machine: Machine) => fc.check(fc.property(steps, (dice) => void walk(machine, dice)), { numRuns: RUNS, seed: SEED, endOnFailure: true });
const variant = (commands: Partial<Machine['commands']>, evolveBy: Partial<Machine['evolve']> = {}): Machine =>
  ({ ...translation, commands: { ...translation.commands, ...commands }, evolve: { ...translation.evolve, ...evolveBy } }) as Machine;
/** The row with some refusals of its guard forgotten. */
const forgetting = (name: string, ...codes: string[]) => {
  const row = translation.commands[name]!;
  return { ...row, guard: (...args: Parameters<NonNullable<typeof row.guard>>) => [row.guard!(...args) ?? []].flat().filter((r) => r !== false && r !== undefined && !('refused' in r && codes.includes(r.refused))) };
};

describe('TRN-5 certification over the whole state machine', () => {
  it('holds in every state: no open query, no clause stale or missing, each attested as it stands by another than its translator, each protected term in its place', () => {
    const result = holds(translation);
    expect(result.failed ? (result.errorInstance as Error).message : null).toBeNull();
  });
  it('says something: walks certify in full and provisionally, fall behind and come back, and every command is accepted somewhere', () => {
    const accepted = new Set<string>();
    const walks = fc.sample(steps, { numRuns: RUNS, seed: SEED }).map((dice) => walk(translation, dice, accepted));
    expect(walks.filter((w) => w.certified > 0).length).toBeGreaterThan(RUNS / 5);
    expect(walks.filter((w) => w.certified > 1).length).toBeGreaterThan(RUNS / 20);
    expect(walks.some((w) => w.provisional > 0)).toBe(true);
    expect(Object.keys(translation.commands).filter((name) => !accepted.has(name))).toEqual([]);
  });
  it.each<[string, Machine]>([
    ['no guard at all', variant({ Certify: { ...translation.commands['Certify']!, guard: () => undefined } })],
    ['open queries forgotten', variant({ Certify: forgetting('Certify', 'translation.query-open') })],
    ['promised changes forgotten', variant({ Certify: forgetting('Certify', 'translation.source-to-change') })],
    ['attestation forgotten', variant({ Certify: forgetting('Certify', 'translation.segment-not-attested') })],
    ['the document not asked', variant({ Certify: forgetting('Certify', 'translation.source-changing') })],
    ['the other languages not asked', variant({ Certify: forgetting('Certify', 'translation.not-in-concordance') })],
    ['protected terms forgotten', variant({ SubmitForConcordance: forgetting('SubmitForConcordance', 'translation.term-missing', 'translation.term-avoided'), Certify: forgetting('Certify', 'translation.term-missing', 'translation.term-avoided') })],
    ['attested by the translator', variant({ AttestClause: { ...translation.commands['AttestClause']!, guard: () => undefined } })],
    ['a machine’s words revised', variant({ ReviewSegment: { ...translation.commands['ReviewSegment']!, decide: ({ segmentId }, _, { actor, sha256: digest }) => [{ type: 'SegmentReviewed', data: { segmentId, sourceDigest: digest('x'), targetDigest: digest('x'), by: actor.personId } }] as never } })],
    ['a change that leaves the certificate standing', variant({}, { SourceChanged: (state, d) => ({ ...translation.evolve.SourceChanged(state, d), status: state.status }) })],
    ['stale clauses released in a crisis', variant({ CertifyProvisionally: { ...translation.commands['CertifyProvisionally']!, guard: () => undefined } })],
  ])('finds a planted mistake: %s', (_, machine) => expect(holds(machine).failed).toBe(true));
});
