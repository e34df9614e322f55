import type { AggregateDefinition } from '#kernel';
import type { StatementSchemas } from './events.js';
import type { Statement } from './state.js';

type Evolve = AggregateDefinition<Statement, StatementSchemas>['evolve'];

/** Before publication the name disappears from the list; after it, it stays as withdrawn (STM-9). */
const left = (state: Statement, personId: string, gone: boolean): Statement => ({
  ...state,
  signatures: gone ? state.signatures.filter((s) => s.personId !== personId) : state.signatures.map((s) => (s.personId === personId ? { ...s, withdrawn: true } : s)),
});

export const evolveSigning: Pick<
  Evolve,
  | 'StatementOpenedForSignature' | 'StatementSigned' | 'SignaturesRevealed' | 'SignatureWithdrawn' | 'SignatureDeclined' | 'SignatureRemoved'
  | 'MotionVariantSet' | 'MotionAmendmentTabled' | 'MotionAmendmentSigned'
> = {
  StatementOpenedForSignature: (state, d) => ({
    ...state, status: 'openForSignature',
    opening: { closesAt: d.closesAt?.instant ?? null, thresholds: d.thresholds, eligibility: d.eligibility, policy: d.policy ?? null, revealed: false },
  }),
  StatementSigned: (state, { personId, groupId = null, capacity, snapshot, languageSeen, at, method }) => ({
    ...state,
    signatures: [...state.signatures, { personId, groupId, capacity, snapshot, languageSeen, at, method, withdrawn: false }],
    declined: state.declined.filter((p) => p !== personId),
  }),
  SignaturesRevealed: (state) => ({ ...state, opening: state.opening && { ...state.opening, revealed: true } }),
  SignatureWithdrawn: (state, d) => left(state, d.personId, d.beforePublication),
  SignatureRemoved: (state, d) => left(state, d.personId, d.beforePublication),
  SignatureDeclined: (state, { personId }) => ({ ...state, declined: [...new Set([...state.declined, personId])] }),
  MotionVariantSet: (state, { chamber, lang, title, text }) => ({ ...state, variants: [...state.variants.filter((v) => v.chamber !== chamber), { chamber, lang, title, text }] }),
  MotionAmendmentTabled: (state, { amendmentId: id, chamber, words, personId }) => ({
    ...state, motionAmendments: [...state.motionAmendments, { id, chamber, words, signatories: [personId] }],
  }),
  MotionAmendmentSigned: (state, { amendmentId, personId }) => ({
    ...state, motionAmendments: state.motionAmendments.map((a) => (a.id === amendmentId ? { ...a, signatories: [...new Set([...a.signatories, personId])] } : a)),
  }),
};
