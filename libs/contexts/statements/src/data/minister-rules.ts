import { certainlyBefore } from '#kernel';
import type { Kind } from '../statement/schemas.js';

export interface MinisterRule {
  readonly profileId: string;
  readonly version: string;
  readonly validFrom: string;
  readonly validUntil?: string;
  readonly chamber: string;
  /** Kinds of statement that those who hold executive office do not sign there. */
  readonly notSigning: readonly Kind[];
  readonly source: { readonly title: string; readonly confidence: 'high' | 'medium' | 'low' };
}

/**
 * Chamber rules on the signatures of ministers (PER-6, STM-6), as versioned data. Where none stands the chamber does not regulate it.
 * A harmonised motion is tabled in the chamber, so that the chamber's own rule for motions governs who may put a name to it.
 */
export const MINISTER_RULES: readonly MinisterRule[] = [
  {
    profileId: 'gb-edm', version: '1', validFrom: 'XXXX', chamber: 'GB-LC01', notSigning: ['harmonised-motion'],
    source: { title: 'House of Commons practice on early day motions: ministers do not sign (domain brief, PER-6)', confidence: 'medium' },
  },
];

/** May a holder of executive office sign a statement of this kind as a member of this chamber, on this day? */
export const ministersMaySign = (chamber: string, kind: Kind, day: string, rules: readonly MinisterRule[] = MINISTER_RULES): boolean =>
  !rules.some(
    (r) =>
      r.chamber === chamber &&
      r.notSigning.includes(kind) &&
      !certainlyBefore(day, r.validFrom) &&
      (r.validUntil === undefined || !certainlyBefore(r.validUntil, day)),
  );
