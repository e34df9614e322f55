import { refuse, type Refusal } from '#kernel';
import { parliamentsOf } from './cross-party.js';
import type { Snapshot } from './schemas.js';
import type { PrivateUntil, SigningPolicy, SigningStage } from './signing-schemas.js';

/** A signature as far as order and thresholds go; only those that stand are asked. */
export interface Standing {
  readonly personId: string;
  readonly groupId: string | null;
  readonly snapshot: Snapshot;
}
interface Signed {
  readonly signatures: readonly Standing[];
  /** Groups that have endorsed. */
  readonly endorsements: readonly string[];
}
export interface StageStanding {
  /** From 1. */
  readonly stage: number;
  readonly have: number;
  readonly need: number;
  readonly complete: boolean;
  /** May those named sign now? */
  readonly open: boolean;
  /** Those named who have not. */
  readonly missing: { readonly groups: readonly string[]; readonly persons: readonly string[] };
}
interface Who {
  readonly personId?: string;
  readonly groupId?: string | undefined;
}

const distinct = <T>(list: readonly T[]): T[] => [...new Set(list)];
const namedIn = ({ groups, persons }: SigningStage): number => distinct(groups).length + distinct(persons).length;

/** How the stages stand, from who has signed and which groups have endorsed. */
export function stagesOf({ stages = [] }: SigningPolicy, { signatures, endorsements }: Signed): StageStanding[] {
  let open = true;
  return stages.map((stage, i) => {
    const groups = distinct(stage.groups).filter((g) => !endorsements.includes(g) && !signatures.some((s) => s.groupId === g));
    const persons = distinct(stage.persons).filter((p) => !signatures.some((s) => s.personId === p));
    const named = namedIn(stage);
    const have = named - groups.length - persons.length;
    const need = stage.need ?? named;
    const standing = { stage: i + 1, have, need, complete: have >= need, open, missing: { groups, persons } };
    open &&= standing.complete;
    return standing;
  });
}

const names = (stage: SigningStage, { personId, groupId }: Who): boolean => stage.persons.includes(personId ?? '') || stage.groups.includes(groupId ?? '');
/** The number of the stage that names this person or group; the first where several do. */
export const stageFor = ({ order, stages = [] }: SigningPolicy, who: Who): number | undefined => {
  const at = order === 'stages' ? stages.findIndex((s) => names(s, who)) : -1;
  return at < 0 ? undefined : at + 1;
};

/** Has this person been asked to sign: by name, by group, or as one of the sponsors’? */
export function isAsked(policy: SigningPolicy | null, sponsors: readonly string[], who: Who): boolean {
  if (policy?.order === 'stages') return stageFor(policy, who) !== undefined;
  if (policy?.order === 'k-of-m') return (policy.persons ?? []).includes(who.personId ?? '');
  return sponsors.includes(who.groupId ?? '');
}

/** Why it is not this person’s or this group’s turn. It is asked at the moment of signing, of who signs: no link carries a turn. */
export function turnProblem(policy: SigningPolicy | null, who: Who, signed: Signed): Refusal | undefined {
  if (policy === null || policy.order === 'all-at-once') return undefined;
  const notAsked = () => refuse('statement.not-asked', {}, 'STM-6');
  if (policy.order === 'k-of-m') {
    // A group endorses beside those who are named: they sign as persons.
    if (who.personId === undefined) return undefined;
    const persons = policy.persons ?? [];
    if (!persons.includes(who.personId)) return notAsked();
    const have = signed.signatures.filter((s) => persons.includes(s.personId)).length;
    const need = policy.need ?? persons.length;
    return have >= need ? refuse('statement.enough-signed', { need }, 'STM-6') : undefined;
  }
  const own = stageFor(policy, who);
  if (own === undefined) return notAsked();
  const stages = stagesOf(policy, signed);
  if (stages[own - 1]?.open) return undefined;
  const waiting = stages.findLast((s) => s.open)!;
  const { groups, persons } = waiting.missing;
  return refuse('statement.not-your-turn', { stage: waiting.stage, own, missing: waiting.need - waiting.have, waitingFor: [...groups, ...persons].join(', ') }, 'STM-6');
}

/** What of the order is still missing before publication. */
export function orderObstacles(policy: SigningPolicy | null, revealed: boolean, signed: Signed): Refusal[] {
  if (policy === null) return [];
  const { signatories = 0, parliaments = 0, parties = 0 } = policy.privateUntil ?? {};
  const unseen = policy.privateUntil !== undefined && !revealed ? [refuse('statement.signatures-private', { signatories, parliaments, parties }, 'STM-7')] : [];
  if (policy.order === 'k-of-m') {
    const persons = policy.persons ?? [];
    const have = signed.signatures.filter((s) => persons.includes(s.personId)).length;
    const need = policy.need ?? persons.length;
    return have >= need ? unseen : [...unseen, refuse('statement.too-few-of-those-named', { have, need }, 'STM-7')];
  }
  const late = policy.order === 'stages' ? stagesOf(policy, signed).filter((s) => !s.complete) : [];
  return [...unseen, ...late.map(({ stage, have, need }) => refuse('statement.stage-incomplete', { stage, have, need }, 'STM-7'))];
}

export const partiesOf = (snapshots: readonly Snapshot[]): string[] =>
  distinct(snapshots.flatMap((s) => (s.party === undefined ? [] : [`${s.parliament} ${s.party}`])));

/** Is the threshold reached at which everybody sees who has signed? */
export function revealDue({ signatories = 0, parliaments = 0, parties = 0 }: PrivateUntil, snapshots: readonly Snapshot[]): boolean {
  return snapshots.length >= signatories && parliamentsOf(snapshots).length >= parliaments && partiesOf(snapshots).length >= parties;
}

/** What is wrong with a policy in itself. */
export function policyProblems(policy: SigningPolicy | undefined): Refusal[] {
  if (policy === undefined) return [];
  const { order, stages = [], persons = [], need, privateUntil } = policy;
  const nobody = (stage: number) => refuse('statement.stage-names-nobody', { stage }, 'STM-6');
  const tooMany = (asked: number, named: number) => refuse('statement.more-needed-than-named', { need: asked, named }, 'STM-6');
  const named = order === 'k-of-m' ? distinct(persons).length : 0;
  return [
    ...(order === 'stages' && stages.length === 0 ? [nobody(1)] : []),
    ...(order === 'stages' ? stages : []).flatMap((s, i) => (namedIn(s) === 0 ? [nobody(i + 1)] : (s.need ?? 0) > namedIn(s) ? [tooMany(s.need!, namedIn(s))] : [])),
    ...(order === 'k-of-m' && (named === 0 || (need ?? 0) > named) ? [tooMany(need ?? 1, named)] : []),
    // Whose turn it is would tell who has signed.
    ...(order !== 'all-at-once' && privateUntil !== undefined ? [refuse('statement.private-in-order', {}, 'STM-7')] : []),
  ];
}
