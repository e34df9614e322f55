import type { Node } from 'prosemirror-model';
import { ReplaceStep, type Step, Transform } from 'prosemirror-transform';
import { parseStep, rebaseOn, setMirror, type StepJson, stepJson } from './rebase.js';

/** A commit as the record has it and as it is broadcast. */
export interface RecordedCommit {
  readonly commitId: string;
  /** The version that it made; versions count commits, from 1. */
  readonly version: number;
  readonly steps: readonly StepJson[];
  /** Places, in the commit as it was sent, of the steps that found no place any more. */
  readonly dropped: readonly number[];
}
/** A commit as it is sent: steps made on a version. */
export interface SentCommit {
  readonly commitId: string;
  readonly base: number;
  readonly steps: readonly StepJson[];
}
/** An edit that could not be kept: what it wanted to put, and where that was. */
export interface LostEdit {
  readonly kind: 'insert' | 'delete' | 'mark';
  readonly text: string;
  /** The words before and behind the place. */
  readonly left: string;
  readonly right: string;
}

interface Pending {
  readonly step: Step;
  readonly lost: LostEdit;
}
const CONTEXT = 30;

function lostOf(step: Step, before: Node): LostEdit {
  const { from = 0, to = 0 } = step as Partial<ReplaceStep>;
  const end = before.content.size;
  const around = { left: before.textBetween(Math.max(0, from - CONTEXT), Math.min(from, end)), right: before.textBetween(Math.min(to, end), Math.min(to + CONTEXT, end)) };
  if (!(step instanceof ReplaceStep)) return { kind: 'mark', text: before.textBetween(Math.min(from, end), Math.min(to, end)), ...around };
  const { content } = step.slice;
  const text = content.textBetween(0, content.size);
  return text === '' ? { kind: 'delete', text: before.textBetween(Math.min(from, end), Math.min(to, end)), ...around } : { kind: 'insert', text, ...around };
}

/**
 * One person's copy of a cell. `confirmed` is what the record has, step by step as it was broadcast; `doc` has one's own unconfirmed edits on top. One commit is
 * under way at a time. No DOM, no clock, no line: a view and a socket are put round it.
 */
export class Replica {
  confirmed: Node;
  doc: Node;
  version: number;
  #pending: Pending[] = [];
  #sent: { commit: SentCommit; count: number; lost: readonly LostEdit[] } | null = null;

  constructor(doc: Node, version: number) {
    this.confirmed = this.doc = doc;
    this.version = version;
  }

  /** How many edits are not in the record yet. */
  get unconfirmed(): number {
    return this.#pending.length;
  }
  get underWay(): SentCommit | null {
    return this.#sent?.commit ?? null;
  }
  get pendingSteps(): readonly StepJson[] {
    return this.#pending.map(({ step }) => stepJson(step));
  }
  /** Everything that would be lost if this copy were thrown away now. */
  get unsaved(): readonly LostEdit[] {
    return this.#pending.map(({ lost }) => lost);
  }

  /** One's own edit, already applied where it was made. */
  edit(steps: readonly Step[]): void {
    for (const step of steps) {
      const { doc, failed } = step.apply(this.doc);
      if (!doc) throw new RangeError(`an edit does not fit its own document: ${failed ?? ''}`);
      this.#pending.push({ step, lost: lostOf(step, this.doc) });
      this.doc = doc;
    }
  }

  /** The next commit to send, where there is something and nothing is under way. @param most at most so many steps */
  take(commitId: string, most = 64): SentCommit | null {
    if (this.#sent !== null || this.#pending.length === 0) return null;
    const parts = this.#pending.slice(0, most);
    const commit = { commitId, base: this.version, steps: parts.map(({ step }) => stepJson(step)) };
    this.#sent = { commit, count: parts.length, lost: parts.map(({ lost }) => lost) };
    return commit;
  }

  /**
   * What the record has next. Versions that are known already change nothing.
   * @returns the transform that leads from the document shown before to the one shown now, and what found no place any more
   * @throws RangeError where a version is missing in between, or the steps do not fit: the copy has to be opened anew
   */
  receive(commit: RecordedCommit): { readonly transform: Transform; readonly lost: readonly LostEdit[] } {
    const transform = new Transform(this.doc);
    if (commit.version <= this.version) return { transform, lost: [] };
    if (commit.version !== this.version + 1) throw new RangeError(`version ${commit.version} came after ${this.version}`);
    const steps = commit.steps.map(parseStep);
    const confirmed = steps.reduce((doc, step) => step.apply(doc).doc ?? fail(commit.version), this.confirmed);
    const own = this.#sent?.commit.commitId === commit.commitId ? this.#sent : null;
    const mine = own === null ? [] : this.#pending.slice(0, own.count);
    const rest = own === null ? this.#pending : this.#pending.slice(own.count);
    const lost = own === null ? [] : commit.dropped.map((i) => own.lost[i] ?? own.lost.at(-1)!);
    const asSent = own !== null && JSON.stringify(mine.map(({ step }) => stepJson(step))) === JSON.stringify(commit.steps);
    let kept = rest;
    if (!asSent) {
      const all = [...mine, ...rest];
      const whole = new Transform(this.confirmed);
      for (const { step } of all) whole.step(step);
      const shown = whole.steps.length;
      kept = own === null ? this.#over(whole, all, steps, lost) : this.#instead(whole, mine.length, rest, steps, lost);
      for (const step of whole.steps.slice(shown)) transform.step(step);
      for (let i = shown; i < whole.steps.length; i++) {
        const mirror = whole.mapping.getMirror(i);
        if (mirror !== undefined && mirror > i) setMirror(transform.mapping, i - shown, mirror - shown);
      }
    }
    if (own !== null) this.#sent = null;
    this.#pending = kept;
    this.confirmed = confirmed;
    this.version = commit.version;
    this.doc = transform.doc;
    return { transform, lost };
  }

  /** Others' steps come under one's own. What is under way is judged by the server: only what was not sent yet is lost here. */
  #over(whole: Transform, all: readonly Pending[], steps: readonly Step[], lost: LostEdit[]): Pending[] {
    const kept = new Map<number, Step>();
    rebaseOn(whole, all.length, steps, (i, step) => kept.set(i, step));
    const sent = this.#sent?.count ?? 0;
    for (const [i, { lost: words }] of all.entries()) if (!kept.has(i) && i >= sent) lost.push(words);
    if (this.#sent) this.#sent = { ...this.#sent, count: [...kept.keys()].filter((i) => i < sent).length };
    return [...kept].map(([i, step]) => ({ step, lost: all[i]!.lost }));
  }

  /** One's own commit came back changed: its steps stand as the server has them, what was typed since is done again on top. */
  #instead(whole: Transform, count: number, rest: readonly Pending[], steps: readonly Step[], lost: LostEdit[]): Pending[] {
    const first = whole.steps.length - count - rest.length;
    // Undone from the end: the unsent first, then what was sent.
    const inverse = whole.steps.slice(first).map((step, i) => step.invert(whole.docs[first + i]!));
    const mapsBefore = whole.steps.length;
    for (const step of inverse.toReversed()) whole.step(step);
    for (const step of steps) whole.step(step);
    // Where a step stands as it was sent, its undoing and its return are one place again.
    if (steps.length === count) for (let i = 0; i < count; i++) setMirror(whole.mapping, mapsBefore + rest.length + count - 1 - i, mapsBefore + rest.length + count + i);
    const kept: Pending[] = [];
    for (const [i, pending] of rest.entries()) {
      const undone = mapsBefore + rest.length - i;
      const mapped = pending.step.map(whole.mapping.slice(undone));
      if (mapped === null || whole.maybeStep(mapped).failed) {
        lost.push(pending.lost);
        continue;
      }
      setMirror(whole.mapping, undone - 1, whole.steps.length - 1);
      kept.push({ step: mapped, lost: pending.lost });
    }
    return kept;
  }

  /** After a new start: this commit had been sent, and its steps are the first that are not confirmed. */
  sentBefore(commit: SentCommit): void {
    const count = Math.min(commit.steps.length, this.#pending.length);
    this.#sent = { commit, count, lost: this.#pending.slice(0, count).map(({ lost }) => lost) };
  }

  /** The line was lost, or the commit was refused: what was under way is sent again, or given up. */
  again(): SentCommit | null {
    return this.#sent?.commit ?? null;
  }
  /** Gives up what is not confirmed. @returns what was lost by it */
  giveUp(): readonly LostEdit[] {
    const lost = this.unsaved;
    this.#pending = [];
    this.#sent = null;
    this.doc = this.confirmed;
    return lost;
  }
}

const fail = (version: number): never => {
  throw new RangeError(`version ${version} does not fit the text before it`);
};
