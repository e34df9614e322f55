import { CHARTER_DEFAULTS } from '../data/charter-defaults.js';

export type Option = 'yes' | 'no' | 'abstain';
export type BallotRule = 'simple' | 'two-thirds' | 'absolute' | 'unanimity';
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
export const present = ({ yes, no, abstain }: Counts): number => yes + no + abstain;

/**
 * The outcome by the rule (DEC-6). Abstentions count for the quorum and not as votes cast:
 * simple: more yes than no; two-thirds: of the votes cast; absolute: more than half of the entitled; unanimity: no vote against, at least one for.
 */
export function outcome(rule: string, counts: Counts, quorum: number): 'adopted' | 'rejected' | 'inquorate' {
  const { yes, no, notVoting } = counts;
  if (present(counts) < quorum) return 'inquorate';
  const carried =
    rule === 'simple' ? yes > no
    : rule === 'two-thirds' ? yes > 0 && yes * 3 >= (yes + no) * 2
    : rule === 'absolute' ? yes * 2 > present(counts) + notVoting
    : yes > 0 && no === 0;
  return carried ? 'adopted' : 'rejected';
}

/** Which question of the charter a subject is. */
export const QUESTION = {
  application: 'admission', statement: 'statement', 'charter-amendment': 'charter', membership: 'membership', other: 'other',
} as const;
export type SubjectType = keyof typeof QUESTION;

/** The rule that a ballot has by the charter: where that asks for consensus, a ballot is carried when nobody votes against it. */
export const ballotRule = (charterRule: string | null): BallotRule | null =>
  charterRule === null ? null : charterRule === 'consensus' ? 'unanimity' : (charterRule as BallotRule);
export const defaultRule = (type: SubjectType): BallotRule => CHARTER_DEFAULTS.decisionRules[QUESTION[type]];

/** How many have to take part: the share of the rules, rounded up. */
export const quorumOf = (entitled: number, percent: number): number => Math.ceil((entitled * percent) / 100);
