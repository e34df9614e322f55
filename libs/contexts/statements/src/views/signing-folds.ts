import { CHAMBER_PROFILES } from '../data/chamber-profiles.js';
import { checkMotion } from '../data/motion-form.js';
import type { DataOf, StatementEvent } from '../statement/events.js';
import type { VariantDoc } from './signing-doc.js';
import type { Core } from './statement-doc.js';

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
