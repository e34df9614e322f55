export type Option = 'yes' | 'no' | 'abstain';
export interface Counts {
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
  readonly notVoting: number;
}

export const count = (votes: Readonly<Record<string, Option>>, entitled: readonly string[]): Counts => {
  const cast = entitled.flatMap((group) => votes[group] ?? []);
  const of = (option: Option) => cast.filter((v) => v === option).length;
  return { yes: of('yes'), no: of('no'), abstain: of('abstain'), notVoting: entitled.length - cast.length };
};

/**
 * The outcome by the rule (DEC-6). Abstentions count for the quorum and not as votes cast:
 * simple: more yes than no; two-thirds: of the votes cast; absolute: more than half of the entitled; unanimity: no vote against, at least one for.
 */
export function outcome(rule: string, counts: Counts, quorum: number): 'adopted' | 'rejected' | 'inquorate' {
  const { yes, no, abstain, notVoting } = counts;
  if (yes + no + abstain < quorum) return 'inquorate';
  const carried =
    rule === 'simple' ? yes > no
    : rule === 'two-thirds' ? yes > 0 && yes * 3 >= (yes + no) * 2
    : rule === 'absolute' ? yes * 2 > yes + no + abstain + notVoting
    : yes > 0 && no === 0;
  return carried ? 'adopted' : 'rejected';
}
