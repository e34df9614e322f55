import { parliamentsOf } from './cross-party.js';
import type { Kind, Snapshot } from './schemas.js';

/** Who is said to speak; the sentence `attribution.<kind>` is made of it in the reader's language. */
export interface Attribution {
  readonly kind: Kind;
  readonly counts: { readonly parliamentarians: number; readonly parliaments: number; readonly groups: number };
  /** The groups that are named: only those that have endorsed, and only where the kind speaks for groups. */
  readonly groups: readonly string[];
}

/** Computed from the kind and those who have really signed or endorsed; nobody can type it (STM-1, G12). */
export function attributionOf(kind: Kind, signatories: readonly Pick<Snapshot, 'parliament'>[], endorsing: readonly string[]): Attribution {
  const groups = kind === 'joint-statement' ? [...new Set(endorsing)] : [];
  return {
    kind,
    counts: { parliamentarians: signatories.length, parliaments: parliamentsOf(signatories).length, groups: groups.length },
    groups,
  };
}
