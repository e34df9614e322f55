import type { Node } from 'prosemirror-model';
import { Mapping, replaceStep, Step, Transform } from 'prosemirror-transform';
import { edits } from '../diff.js';
import { cellSchema, plainText } from './schema.js';

/** A step as it travels and is kept. */
export type StepJson = Readonly<Record<string, unknown>>;

/** @throws RangeError on a step that is none, or that brings what the schema does not know */
export const parseStep = (json: StepJson): Step => Step.fromJSON(cellSchema, json);
export const stepJson = (step: Step): StepJson => step.toJSON() as StepJson;

/** The document after the steps; null where one of them cannot be applied, or leaves what the schema forbids. */
export function applySteps(doc: Node, steps: readonly Step[]): Node | null {
  try {
    let result = doc;
    for (const step of steps) {
      const { doc: next } = step.apply(result);
      if (!next) return null;
      result = next;
    }
    result.check();
    return result;
  } catch {
    // A place beyond the end is thrown, not told.
    return null;
  }
}

/** Says that the second map does again what the first one undid. In the library, but not in its types. */
export const setMirror = (mapping: Mapping, undone: number, again: number): void => (mapping as unknown as { setMirror(a: number, b: number): void }).setMirror(undone, again);

/** Steps brought over others: those that are left, in order, and the mapping of the transform that made them. */
export interface Rebased {
  readonly steps: readonly Step[];
  /** Places, in the list that was given, of those that found no place any more: the words round them are gone. */
  readonly dropped: readonly number[];
  readonly doc: Node;
}

/**
 * Brings steps made on `base` over those which were recorded meanwhile. Undoes, applies the others, does again: the algorithm of `rebaseSteps` in
 * prosemirror-collab 1.3 (Marijn Haverbeke, MIT), which is internal there.
 * @param base the document on which both begin
 */
export function rebase(base: Node, steps: readonly Step[], over: readonly Step[]): Rebased {
  const transform = new Transform(base);
  for (const step of steps) transform.step(step);
  return rebaseOn(transform, steps.length, over);
}

/** The same on a transform that already has the steps as its last `count`; what is done stays in it, so that a view can follow. */
export function rebaseOn(transform: Transform, count: number, over: readonly Step[], onKept: (place: number, step: Step) => void = () => {}): Rebased {
  const first = transform.steps.length - count;
  const own = transform.steps.slice(first).map((step, i) => ({ step, inverted: step.invert(transform.docs[first + i]!) }));
  const mapsBefore = transform.steps.length;
  for (const { inverted } of own.toReversed()) transform.step(inverted);
  for (const step of over) transform.step(step);
  const left: Step[] = [];
  const dropped: number[] = [];
  // The maps of one's own steps stand before: a step is mapped through the undoing of those that came before it, and what was done since.
  for (const [i, { step }] of own.entries()) {
    const undone = mapsBefore + own.length - i;
    const mapped = step.map(transform.mapping.slice(undone));
    if (mapped === null || transform.maybeStep(mapped).failed) {
      dropped.push(i);
      continue;
    }
    setMirror(transform.mapping, undone - 1, transform.steps.length - 1);
    left.push(mapped);
    onKept(i, mapped);
  }
  return { steps: left, dropped, doc: transform.doc };
}

/** Where a place goes over steps; `assoc` -1 keeps it before what is inserted there. `null` where the words round it are gone. */
export function mapPlace(at: number, steps: readonly Step[], assoc: 1 | -1): number | null {
  const mapping = new Mapping(steps.map((s) => s.getMap()));
  const result = mapping.mapResult(at, assoc);
  return result.deletedAcross ? null : result.pos;
}

/** What leads from the words of one document to those of another, for whatever hangs on them. */
export const stepsBetween = (before: Node, after: Node, lang: string): Step[] =>
  edits(plainText(before), plainText(after), lang)
    .toReversed()
    .flatMap(({ from, to, text }) => {
      const step = replaceStep(before, from, to, text === '' ? undefined : cellSchema.node('doc', null, [cellSchema.text(text)]).slice(0));
      return step ? [step] : [];
    });
