import type { Snapshot } from '../statement/schemas.js';
import { type Standing, stagesOf } from '../statement/signing-policy.js';
import type { ProfileRef, SigningPolicy } from '../statement/signing-schemas.js';
import type { MotionCheck } from '../data/motion-form.js';

export interface SignatoryDoc {
  personId: string;
  groupId: string | null;
  capacity: 'individual' | 'officer';
  snapshot: Snapshot;
  languageSeen: string;
  /** Of the signature itself, also where it was shown later. */
  at: string;
  method: 'account' | 'passkey' | 'source';
  /** Signed after publication. */
  later: boolean;
  /** `reason`: in his words, or the code of the rule (`signed-amendment`, `executive-office`). `removed`: by the rules of the chamber. */
  withdrawn: { at: string; reason: string | null; removed: boolean } | null;
}
/** In what order and until when names are put to the text; null where nothing was said. */
export interface SigningDoc {
  order: SigningPolicy['order'];
  stages: readonly {
    stage: number;
    title: Readonly<Record<string, string>> | null;
    groups: readonly string[];
    persons: readonly string[];
    have: number;
    need: number;
    complete: boolean;
    open: boolean;
    missing: { readonly groups: readonly string[]; readonly persons: readonly string[] };
  }[];
  /** With `k-of-m`: who may, so many must, and who really has. */
  named: { persons: readonly string[]; need: number; signed: readonly string[] } | null;
  addUntil: SigningPolicy['addUntil'] | null;
  withdrawUntil: SigningPolicy['withdrawUntil'] | null;
  afterPublication: 'shown' | 'refused';
  /** Until these are reached nobody sees who has signed; null where everybody does. */
  private: { signatories: number; parliaments: number; parties: number } | null;
}
/** The motion in the form of one chamber, checked by the rules under which it was written. */
export interface VariantDoc {
  chamber: string;
  profile: ProfileRef;
  lang: string;
  title: string;
  text: string;
  checks: readonly MotionCheck[];
}
export interface MotionAmendmentDoc {
  id: string;
  chamber: string;
  by: string;
  text: string;
  words: number;
  at: string;
  signatories: readonly { personId: string; at: string }[];
}

export function signingOf({ opening }: { readonly opening: { readonly policy: SigningPolicy | null; readonly revealed: boolean } | null }, signed: { readonly signatures: readonly Standing[]; readonly endorsements: readonly string[] }): SigningDoc | null {
  const policy = opening?.policy ?? null;
  if (opening === null || policy === null) return null;
  const persons = policy.persons ?? [];
  const { signatories = 0, parliaments = 0, parties = 0 } = policy.privateUntil ?? {};
  const standing = policy.order === 'stages' ? stagesOf(policy, signed) : [];
  return {
    order: policy.order,
    stages: standing.map((s, i) => ({ ...s, title: policy.stages?.[i]?.title ?? null, groups: policy.stages?.[i]?.groups ?? [], persons: policy.stages?.[i]?.persons ?? [] })),
    named: policy.order === 'k-of-m' ? { persons, need: policy.need ?? persons.length, signed: signed.signatures.flatMap((s) => (persons.includes(s.personId) ? [s.personId] : [])) } : null,
    addUntil: policy.addUntil ?? null,
    withdrawUntil: policy.withdrawUntil ?? null,
    afterPublication: policy.afterPublication ?? 'shown',
    private: policy.privateUntil === undefined || opening.revealed ? null : { signatories, parliaments, parties },
  };
}
