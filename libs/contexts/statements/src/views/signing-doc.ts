import type { DataOf, StatementEvent } from '../statement/events.js';
import type { Snapshot } from '../statement/schemas.js';
import { type Standing, stagesOf } from '../statement/signing-policy.js';
import type { ProfileRef, SigningPolicy } from '../statement/signing-schemas.js';
import { CHAMBER_PROFILES } from '../data/chamber-profiles.js';
import { checkMotion, type MotionCheck } from '../data/motion-form.js';
import type { Core, Deadline } from './statement-doc.js';

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
  addUntil: Deadline | null;
  withdrawUntil: Deadline | null;
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

export function signingOf({ opening }: Pick<Core, 'opening'>, signed: { readonly signatures: readonly Standing[]; readonly endorsements: readonly string[] }): SigningDoc | null {
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

function variant({ profile, ...d }: DataOf<'MotionVariantSet'>): VariantDoc {
  const rules = CHAMBER_PROFILES.find((p) => p.profileId === profile.profileId && p.version === profile.version);
  return { ...d, profile, checks: rules ? checkMotion(rules, d) : [] };
}

/** Before publication the name disappears; after it, it stays and is shown as withdrawn on its date (STM-9). */
const left = (doc: Core, d: { personId: string; at: string; beforePublication: boolean }, reason: string | null, removed: boolean): Core => ({
  ...doc,
  signatories: d.beforePublication
    ? doc.signatories.filter((s) => s.personId !== d.personId)
    : doc.signatories.map((s) => (s.personId === d.personId && s.withdrawn === null ? { ...s, withdrawn: { at: d.at, reason, removed } } : s)),
});

type Fold<K extends StatementEvent['type']> = (doc: Core, data: DataOf<K>) => Core;
type Folded = 'StatementOpenedForSignature' | 'StatementSigned' | 'SignaturesRevealed' | 'SignatureWithdrawn' | 'SignatureRemoved' | 'MotionVariantSet' | 'MotionAmendmentTabled' | 'MotionAmendmentSigned';

/** What signing does to the page. Private signatures never come here: `onThePage` keeps them away. */
export const signingFolds: { [K in Folded]: Fold<K> } = {
  StatementOpenedForSignature: (doc, { from, closesAt = null, thresholds, eligibility, policy = null }) => ({
    ...doc, status: 'openForSignature', opening: { from, closesAt, thresholds, eligibility, policy, revealed: false },
  }),
  StatementSigned: (doc, { digest: _digest, stage: _stage, private: _private, groupId = null, ...d }) => ({
    ...doc, signatories: [...doc.signatories, { ...d, groupId, later: doc.published !== null, withdrawn: null }],
  }),
  SignaturesRevealed: (doc, { signatories }) => ({
    ...doc,
    opening: doc.opening && { ...doc.opening, revealed: true },
    signatories: [...doc.signatories, ...signatories.map(({ groupId = null, ...s }) => ({ ...s, groupId, later: doc.published !== null, withdrawn: null }))],
  }),
  SignatureWithdrawn: (doc, d) => left(doc, d, d.reason ?? null, false),
  SignatureRemoved: (doc, d) => left(doc, d, d.because, true),
  MotionVariantSet: (doc, d) => ({ ...doc, variants: [...doc.variants.filter((v) => v.chamber !== d.chamber), variant(d)].toSorted((a, b) => a.chamber.localeCompare(b.chamber)) }),
  MotionAmendmentTabled: (doc, { amendmentId: id, chamber, text, words, personId: by, at }) => ({
    ...doc, motionAmendments: [...doc.motionAmendments, { id, chamber, by, text, words, at, signatories: [{ personId: by, at }] }],
  }),
  MotionAmendmentSigned: (doc, { amendmentId, personId, at }) => ({
    ...doc, motionAmendments: doc.motionAmendments.map((a) => (a.id === amendmentId ? { ...a, signatories: [...a.signatories, { personId, at }] } : a)),
  }),
};
