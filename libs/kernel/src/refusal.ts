/**
 * Why something was refused: a stable code and its values, never a sentence.
 * The sentence is made at the edge, in the reader's language, from the message `refusal.<code>`.
 */
export interface Refusal {
  /** Stable, lower-case, dotted: `mou.open-brackets`. */
  readonly refused: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  /** The rule of the catalogue that stands behind it, for example `MOU-3`. */
  readonly rule?: string;
  /** Where several conditions are unmet at once, each of them. */
  readonly unmet?: readonly Refusal[];
}

export const refuse = (refused: string, params: Refusal['params'] = {}, rule?: string): Refusal =>
  rule === undefined ? { refused, params } : { refused, params, rule };

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;

/** Nothing when nothing was refused, the one refusal, or all of them together. */
export function refuseAll(refusals: readonly (Refusal | false | undefined)[]): Refusal | undefined {
  const unmet = refusals.filter((r): r is Refusal => typeof r === 'object');
  const [first] = unmet;
  if (first === undefined || unmet.length === 1) return first;
  return { refused: 'several-conditions', params: { count: unmet.length }, unmet };
}
