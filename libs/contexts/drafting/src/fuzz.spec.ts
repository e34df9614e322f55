import { createHash } from 'node:crypto';
import { type Actor, decide, type DomainEvent, evolve, isRefusal } from '#kernel';
import { applySteps, canonicalText, cellFromText, cellSchema, type LostEdit, parseStep, type RecordedCommit, Replica, type SentCommit } from '#text';
import { Transform } from 'prosemirror-transform';
import { clauseText } from './clause-text/clause-text.js';
import type { DataOf } from './clause-text/events.js';
import type { Writing } from './clause-text/roles.js';
import type { ClauseText } from './clause-text/state.js';

const RUNS = Number(process.env['COMITY_FUZZ'] ?? 24);
const SEED = Number(process.env['COMITY_SEED'] ?? 20261123);
const TEXT = 'Calls upon all States to prevent and to punish incitement 🕊️, in the e\u0301tats and the nations, قبل وقوع العنف, 防止灭绝种族, हर देश में, គ្រប់រដ្ឋ, without delay;';
const writing: Writing = {
  document: { type: 'statement', id: 's' }, clauseId: 'c', lang: 'en', draft: null, text: TEXT, reach: 'network', groups: [], pens: [], writers: [], shut: null,
};
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
/** Mulberry32: the same seed gives the same run. */
function dice(seed: number) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The real decider as the server runs it: command ids remembered, events encoded and read again. */
class Authority {
  state: ClauseText = clauseText.initial;
  readonly log: { event: DomainEvent; by: string; commitId: string }[] = [];
  readonly #given = new Set<string>();
  constructor() {
    this.give('OpenText', { document: writing.document, clauseId: 'c', lang: 'en' }, 'p0', 'open');
  }
  give(command: string, input: unknown, person: string, commitId: string): boolean {
    if (this.#given.has(commitId)) return true;
    const actor: Actor = { personId: person, capacity: 'member', onBehalfOf: 'g' };
    const parsed = clauseText.commands[command]!.input.parse(input);
    const evidence = { ...writing, text: canonicalText(this.state.status === 'open' ? this.state.doc : cellFromText(TEXT)), pens: [person] };
    const decision = decide(clauseText, command, parsed, this.state, { now: '2026-11-23T10:00:00Z', actor, mode: 'live', evidence, newId: String, sha256 });
    if (isRefusal(decision)) throw new Error(JSON.stringify(decision));
    for (const event of decision) {
      this.log.push({ event, by: person, commitId });
      this.state = evolve(clauseText, this.state, event);
    }
    this.#given.add(commitId);
    return true;
  }
  /** Another process: everything that it knows it has from the record. */
  restart(): void {
    this.state = this.log.reduce<ClauseText>((state, { event }) => {
      const stored = clauseText.events.encode(event as never);
      return evolve(clauseText, state, clauseText.events.decode(stored.type, JSON.parse(JSON.stringify(stored.data))));
    }, clauseText.initial);
  }
  get commits(): RecordedCommit[] {
    return this.log.flatMap(({ event, commitId }) => {
      if (event.type !== 'ClauseTextCommitted') return [];
      const { version, steps, dropped } = event.data as DataOf<'ClauseTextCommitted'>;
      return [{ commitId, version, steps, dropped }];
    });
  }
}

interface Typist {
  readonly name: string;
  readonly replica: Replica;
  readonly rtt: number;
  readonly lost: LostEdit[];
  offlineUntil: number;
  heard: number;
  keys: number;
  steps: number;
  sends: number;
}
interface Faults {
  /** A client that does not rebase what it has typed. */
  readonly deaf?: boolean;
  /** An authority that forgets one commit when it sends. */
  readonly forgets?: boolean;
}

/** Virtual time: keys, range deletions, marks, offline spells, lost answers and restarts, until everything has arrived. */
function run(seed: number, faults: Faults = {}) {
  const random = dice(seed);
  const upTo = (n: number) => Math.floor(random() * n);
  const authority = new Authority();
  const start = authority.state;
  const people: Typist[] = Array.from({ length: 2 + upTo(7) }, (_, i) => ({
    name: `p${i}`, replica: new Replica(start.doc, start.version), rtt: 50 + upTo(450), lost: [], offlineUntil: 0, heard: 0, keys: 0, steps: 0, sends: 0,
  }));
  const line: { at: number; run: () => void }[] = [];
  const later = (at: number, act: () => void) => line.push({ at, run: act });
  let now = 0;
  let commitNumber = 0;

  const hear = (p: Typist) => {
    if (now < p.offlineUntil) return;
    const news = authority.commits.slice(p.heard);
    for (const commit of news) {
      p.heard++;
      if (faults.forgets && commit.version === 5 && p.name === 'p1') continue;
      p.lost.push(...p.replica.receive(commit).lost);
    }
    send(p);
  };
  const deliver = (p: Typist, commit: SentCommit) => {
    p.sends++;
    later(now + p.rtt / 2, () => {
      if (now < p.offlineUntil) return;
      authority.give('CommitText', { base: commit.base, steps: commit.steps }, p.name, commit.commitId);
      if (upTo(40) === 0) authority.restart();
      for (const q of people) later(now + q.rtt / 2, () => hear(q));
    });
    // The answer may be lost: the same commit is sent again.
    later(now + 2 * p.rtt + 200, () => {
      const again = p.replica.again();
      if (again?.commitId === commit.commitId && now >= p.offlineUntil) deliver(p, again);
      else if (again?.commitId === commit.commitId) later(p.offlineUntil + 1, () => p.replica.again() && deliver(p, p.replica.again()!));
    });
  };
  const send = (p: Typist) => {
    if (now < p.offlineUntil) return;
    const commit = p.replica.take(`commit-${commitNumber++}-0000`);
    if (commit) deliver(p, commit);
  };
  const key = (p: Typist) => {
    const { doc } = p.replica;
    const size = doc.content.size;
    const tr = new Transform(doc);
    const from = upTo(size + 1);
    const kind = upTo(10);
    if (kind < 7 || size < 12) tr.insert(from, cellSchema.text(String.fromCharCode(97 + upTo(26))));
    else if (kind < 9) tr.delete(Math.min(from, size - 4), Math.min(size, from + 1 + upTo(18)));
    else tr.addMark(Math.min(from, size - 5), Math.min(size, from + 8), upTo(2) === 0 ? cellSchema.marks.opening.create() : cellSchema.marks.bracket.create({ id: `b${upTo(99)}` }));
    if (tr.steps.length === 0) return;
    p.steps += tr.steps.length;
    p.replica.edit(tr.steps);
    later(now + 60 + upTo(100), () => send(p));
  };
  for (const p of people) {
    for (let k = 0; k < 60; k++) later(upTo(12_000), () => key(p));
    if (upTo(3) === 0) {
      const begins = upTo(6_000);
      later(begins, () => (p.offlineUntil = begins + upTo(30_000)));
    }
  }
  if (faults.deaf) people[1]!.replica.receive = function (this: Replica, commit: RecordedCommit) {
    const own = this.underWay?.commitId === commit.commitId;
    if (own) return Replica.prototype.receive.call(this, commit);
    this.version = commit.version;
    return { transform: new Transform(this.doc), lost: [] };
  };
  for (let turns = 0; line.length > 0 && turns < 400_000; turns++) {
    line.sort((a, b) => a.at - b.at);
    const next = line.shift()!;
    now = next.at;
    next.run();
    if (line.length === 0)
      for (const p of people) {
        now = Math.max(now, p.offlineUntil + 1);
        hear(p);
        const again = p.replica.again();
        if (again) deliver(p, again);
      }
  }
  return { authority, people };
}

/** Everything that must hold once all has arrived. */
function check({ authority, people }: ReturnType<typeof run>): void {
  let doc = cellFromText(TEXT);
  const authors = new Map<string, string>();
  for (const { event, by, commitId } of authority.log) {
    if (event.type !== 'ClauseTextCommitted') continue;
    const { steps, textHash } = event.data as DataOf<'ClauseTextCommitted'>;
    doc = applySteps(doc, steps.map(parseStep))!;
    expect(sha256(canonicalText(doc))).toBe(textHash);
    expect(authors.get(commitId)).toBeUndefined();
    authors.set(commitId, by);
  }
  for (const p of people) {
    expect(p.replica.unconfirmed).toBe(0);
    expect(p.replica.confirmed.toJSON()).toEqual(doc.toJSON());
    expect(p.replica.doc.toJSON()).toEqual(doc.toJSON());
    // No step that was dropped is without its entry.
    const own = authority.log.filter((l) => l.by === p.name && l.event.type === 'ClauseTextCommitted').map((l) => l.event.data as DataOf<'ClauseTextCommitted'>);
    const dropped = own.reduce((sum, d) => sum + d.dropped.length, 0);
    expect(p.lost.length).toBeGreaterThanOrEqual(dropped);
    const recorded = own.reduce((sum, d) => sum + d.steps.length, 0);
    expect(recorded + p.lost.length).toBe(p.steps);
  }
}

describe('live text under random typists, lines, deletions, marks, offline spells, lost answers and restarts', () => {
  it('TXT-1 every copy equals the replay of the log, and TXT-3 no dropped step is without its entry', () => {
    let commits = 0;
    let dropped = 0;
    for (let n = 0; n < RUNS; n++) {
      const outcome = run(SEED + n);
      check(outcome);
      commits += outcome.authority.commits.length;
      dropped += outcome.authority.commits.reduce((sum, c) => sum + c.dropped.length, 0);
    }
    process.stdout.write(`${RUNS} runs, ${commits} commits, ${dropped} steps dropped and told\n`);
    expect(commits).toBeGreaterThan(RUNS * 20);
  });
  it('finds a client that does not do its own words again on top of others’', () => {
    expect(() => { for (let n = 0; n < 8; n++) check(run(SEED + n, { deaf: true })); }).toThrow();
  });
  it('finds a server that forgets to send a commit', () => {
    expect(() => { for (let n = 0; n < 8; n++) check(run(SEED + n, { forgets: true })); }).toThrow();
  });
});
